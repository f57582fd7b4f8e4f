"""The commands `export` and `import`."""

# ruff: noqa: PLC0415  (heavy imports wait until a command runs)
from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from errno import ENOSPC
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from dynamic_gallery.command_parts import JsonOption, StorageOption, open_store
from dynamic_gallery.errors import GalleryError, InvalidInput, StorageFull, StorageUnavailable
from dynamic_gallery.validation_words import printable

if TYPE_CHECKING:
    from dynamic_gallery.services.archive.packing import Archive
    from dynamic_gallery.services.archive.unpacking import Imported
    from dynamic_gallery.services.gallery_store import GalleryStore

TO_OUTPUT = "-"


def export_session(
    session: Annotated[
        str, typer.Argument(help="Id of the session, as `list` shows it.", show_default=False)
    ],
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="File to write, or a directory, or - for standard output (else a file named after the session).",
            show_default=False,
        ),
    ] = None,
    storage: StorageOption = None,
) -> None:
    """Write a session as one ZIP that plays by itself. Exit code 1 when damaged files had to be left out."""
    store = open_store(storage)
    archive = store.export(session)
    if output == TO_OUTPUT:
        _to_output(archive)
    else:
        path = Path(output or ".")
        path = path / archive.filename if path.is_dir() else path
        with _opened(path) as file:
            _write(archive, file)
        typer.echo(f"{printable(str(path))}: {printable(archive.title)}, {archive.size / 1e6:.1f} MB.")
    for one in archive.left_out:
        typer.echo(f"Left out: {printable(one.path)}: {printable(one.reason)}", err=True)
    store.close()
    if archive.left_out:
        raise typer.Exit(1)


def import_sessions(
    files: Annotated[
        list[str],
        typer.Argument(
            help="ZIPs, or directories as they lie in a storage.", metavar="FILE...", show_default=False
        ),
    ],
    storage: StorageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Import sessions, and say of each file what became of it. Exit code 1 when one could not be imported."""
    store = open_store(storage, create=True)
    failed = 0
    for name in files:
        for path in _sessions_in(Path(name)):
            failed += not _import_one(store, path, as_json)
    store.close()
    if failed:
        raise typer.Exit(1)


def _to_output(archive: Archive) -> None:
    if sys.stdout.isatty():
        raise InvalidInput("A ZIP is nothing for a terminal; send it to a file or a program, or name a FILE.")
    try:
        _write(archive, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise StorageUnavailable("Whoever was to take the ZIP went away before its end.") from None


def _write(archive: Archive, file: BinaryIO) -> None:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

    columns = BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn()
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("", total=archive.size)
        for chunk in archive.stream():
            file.write(chunk)
            progress.advance(task, len(chunk))


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """Where to write: a pipe or a device itself, else what takes the place of the file a link leads to."""
    try:
        path = path.resolve()
        with path.open("wb") if path.exists() and not path.is_file() else _replacing(path) as file:
            yield file
    except OSError as error:
        kind = StorageFull if error.errno == ENOSPC else StorageUnavailable
        raise kind(f"{path} cannot be written: {error.strerror}.") from None


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """A file beside `path` that takes its place, durably, when all was written; else nothing of it stays."""
    descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}-", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        umask = os.umask(0)
        os.umask(umask)
        Path(beside).chmod(0o666 & ~umask)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _sessions_in(path: Path) -> list[Path]:
    """The path itself, or the folders of all sessions where it is a storage."""
    if path.is_dir():
        sessions = sorted(record.parent for record in path.glob("gal-*/metadata.json"))
        if sessions and not (path / "manifest.json").exists():
            return sessions
    return [path]


def _import_one(store: GalleryStore, path: Path, as_json: bool) -> bool:
    try:
        imported = _imported(store, path)
    except GalleryError as error:
        if as_json:
            typer.echo(json.dumps({"file": str(path), "error": error.detail}))
        else:
            typer.echo(f"{printable(str(path))}: not imported. {printable(error.detail)}", err=True)
        return False
    if as_json:
        typer.echo(json.dumps({"file": str(path), **asdict(imported)}))
        return True
    name = store.get_session(imported.session_id)[0].name
    typer.echo(
        f"{printable(str(path))}: imported as {imported.session_id}, {printable(name)}{_note(imported)}"
    )
    for one in imported.skipped:
        typer.echo(f"{printable(str(path))}: skipped {printable(one.path)}: {printable(one.reason)}")
    return True


def _imported(store: GalleryStore, path: Path) -> Imported:
    if path.is_dir():
        return store.import_folder(path)
    try:
        file = path.open("rb")
    except OSError as error:
        raise InvalidInput(f"It cannot be read: {error.strerror}.") from None
    with file:
        return store.import_zip(file, path.stem)


def _note(imported: Imported) -> str:
    images = "1 image" if imported.images == 1 else f"{imported.images} images"
    taken = f"; the id {imported.renamed_from} was taken" if imported.renamed_from else ""
    return f" ({images}{taken})."
