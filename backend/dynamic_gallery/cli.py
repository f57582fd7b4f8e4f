"""The command line. Whatever goes wrong is one sentence on standard error and exit code 1.

Everything heavy is imported inside the commands, so that `--help` answers at once.
"""

# ruff: noqa: PLC0415  (imports inside commands, see above)
from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dynamic_gallery.archive_commands import export_session, import_sessions
from dynamic_gallery.command_parts import JsonOption, StorageOption, open_store
from dynamic_gallery.errors import GalleryError
from dynamic_gallery.housekeeping import MAX_TRASH_DAYS
from dynamic_gallery.validation_words import printable

if TYPE_CHECKING:
    from dynamic_gallery.services.upkeep import Finding
    from dynamic_gallery.settings import Settings
    from dynamic_gallery.summaries import SessionSummary

cli = typer.Typer(
    name="dynamic-gallery",
    help="Keeps every generated picture of a session the moment it appears, and opens the session again.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command line; the entry point of `dynamic-gallery`."""
    try:
        cli()
    except GalleryError as error:
        typer.echo(f"Error: {error.detail}", err=True)
        sys.exit(1)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"dynamic-gallery {version('dynamic-gallery')}")
        raise typer.Exit


@cli.callback()
def _options(
    _version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    pass


HostOption = Annotated[
    str | None,
    typer.Option(help="Address to listen on (else GALLERY_HOST, 127.0.0.1).", show_default=False),
]
PortOption = Annotated[
    int | None, typer.Option(help="Port to listen on (else GALLERY_PORT, 8000).", show_default=False)
]


@cli.command()
def serve(host: HostOption = None, port: PortOption = None, storage: StorageOption = None) -> None:
    """Serve the gallery, its pages and its API, until it is stopped (Ctrl+C)."""
    from dynamic_gallery.server import run_server

    run_server(_ready_to_serve(host, port, storage))


@cli.command()
def demo(
    host: HostOption = None,
    port: PortOption = None,
    storage: StorageOption = None,
    browser: Annotated[bool, typer.Option(help="Open the sample in the browser.")] = True,
) -> None:
    """Put the sample session into the gallery, unless it is there, and serve and open it."""
    from dynamic_gallery.server import run_server
    from dynamic_gallery.services.sample import load_sample

    settings = _ready_to_serve(host, port, storage)
    store = open_store(settings.storage, create=True)
    session_id, _ = load_sample(store)
    store.close()
    run_server(settings, show=f"/dynamic/{session_id}/replay", in_browser=browser)


def _ready_to_serve(host: str | None, port: int | None, storage: str | None) -> Settings:
    from dynamic_gallery.logs import configure_logging
    from dynamic_gallery.settings import load_settings

    settings = load_settings(host=host, port=port, storage=storage)
    settings.require_key_when_exposed()
    configure_logging(settings.log_format, settings.log_level)
    return settings


cli.command("export")(export_session)
cli.command("import")(import_sessions)


@cli.command("list")
def list_sessions(
    storage: StorageOption = None,
    as_json: JsonOption = False,
    trashed: Annotated[bool, typer.Option("--trashed", help="List what is in the trash instead.")] = False,
) -> None:
    """List the sessions, newest activity first."""
    from dynamic_gallery.storage.base import SessionQuery

    store = open_store(storage)
    cursor: str | None = None
    while True:
        page = store.page_sessions(SessionQuery(limit=200, after=cursor, trashed=trashed))
        for session in page.sessions:
            typer.echo(session.model_dump_json() if as_json else _line(session))
        cursor = page.next_cursor
        if cursor is None:
            break
    for damage in page.damaged:
        typer.echo(f"Damaged: {printable(damage.file)}: {printable(damage.reason)}", err=True)
    if not page.total and not as_json:
        typer.echo(f"There are no sessions in {store.location}.")
    store.close()


@cli.command()
def verify(
    storage: StorageOption = None,
    repair: Annotated[
        bool, typer.Option("--repair", help="Repair what can be repaired without loss.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Check every record and every picture. Exit code 1 when something is wrong and was not repaired."""
    store = open_store(storage)
    found = left = 0
    for finding in store.verify(repair=repair):
        found += 1
        left += not finding.repaired
        if as_json:
            facts: dict[str, Any] = {
                "path": finding.path,
                "problem": finding.problem,
                "repaired": finding.repaired,
            }
            typer.echo(json.dumps(facts))
        else:
            typer.echo(_finding(finding))
    store.close()
    if not as_json:
        typer.echo(_verdict(store.location, found, left))
    if left:
        raise typer.Exit(1)


@cli.command()
def purge(
    storage: StorageOption = None,
    older_than: Annotated[
        float | None,
        typer.Option(
            min=0,
            max=MAX_TRASH_DAYS,
            metavar="DAYS",
            help="Days in the trash (else GALLERY_TRASH_DAYS).",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Erase for good what has been in the trash long enough."""
    store = open_store(storage)
    erased = store.purge(older_than)
    store.close()
    typer.echo(
        f"Erased {erased} discarded {'session or picture' if erased == 1 else 'sessions and pictures'}."
    )


def _line(session: SessionSummary) -> str:
    pictures = "1 picture" if session.image_count == 1 else f"{session.image_count} pictures"
    megabytes = session.total_bytes / 1_000_000
    when = f"{session.updated_at:%Y-%m-%d %H:%M}"
    return f"{session.id}  {when}  {pictures:>13}  {megabytes:8.1f} MB  {printable(session.name)}"


def _finding(finding: Finding) -> str:
    done = " (repaired)" if finding.repaired else ""
    return f"{printable(finding.path)}: {printable(finding.problem)}{done}"


def _verdict(location: str, found: int, left: int) -> str:
    if not found:
        return f"Everything in {location} is whole."
    repaired = f", {found - left} repaired" if found > left else ""
    return f"{found} found in {location}{repaired}."


if __name__ == "__main__":
    main()
