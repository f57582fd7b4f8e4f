"""Changing a record that others may be changing at the same time: read, change, compare and swap."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ..errors import StorageUnavailable, VersionMismatch
from ..models import GalleryImage, GallerySession

TRIES = 200
_Record = TypeVar("_Record", GallerySession, GalleryImage)


def change_record(
    what: str,
    read: Callable[[], tuple[_Record, str]],
    change: Callable[[_Record], _Record],
    put: Callable[[_Record, str], object],
) -> _Record:
    """Return the record as it is kept in the end; what `change` leaves as it is, is not written.

    Raises StorageUnavailable when others keep coming first, and whatever `read` and `put` raise.
    """
    for _ in range(TRIES):
        before, version = read()
        after = change(before)
        if after == before:
            return before
        try:
            put(after, version)
        except VersionMismatch:
            continue
        return after
    raise StorageUnavailable(f"Too many are changing this {what} at once; try again.")
