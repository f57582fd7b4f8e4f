"""What several commands of the command line share."""

# ruff: noqa: PLC0415  (heavy imports wait until a command runs)
from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dynamic_gallery.errors import InvalidInput

if TYPE_CHECKING:
    from dynamic_gallery.services.gallery_store import GalleryStore

StorageOption = Annotated[
    str | None,
    typer.Option(
        help="Directory that holds the gallery (else GALLERY_STORAGE).", metavar="DIR", show_default=False
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs, one object a line.")]


def open_store(storage: str | None, *, create: bool = False) -> GalleryStore:
    """The gallery that the settings name. Raises InvalidInput when it is not there and not to be made."""
    from dynamic_gallery.services.gallery_store import GalleryStore
    from dynamic_gallery.settings import load_settings

    settings = load_settings(storage=storage)
    if not create and "://" not in settings.storage and not Path(settings.storage).is_dir():
        raise InvalidInput(f"There is no gallery in {Path(settings.storage).absolute()}: no such directory.")
    return GalleryStore.open(settings.storage, limits=settings.limits, trash_days=settings.trash_days)
