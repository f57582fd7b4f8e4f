"""What became of a write that failed: found out, not guessed (SPEC P5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ..errors import (
    AlreadyExists,
    GalleryError,
    InvalidInput,
    NotFound,
    StorageUnavailable,
    VersionMismatch,
)
from ..models import GalleryImage, GallerySession

_Record = TypeVar("_Record", GallerySession, GalleryImage)
_CLEAR = (AlreadyExists, VersionMismatch, NotFound, InvalidInput)


class OutcomeUnknown(StorageUnavailable):
    """A write failed, and whether it happened all the same could not be found out."""

    def __init__(self) -> None:
        super().__init__("Storage failed while this was being saved, so it may or may not be; try again.")


def put_resolved(
    put: Callable[[_Record, str | None], str],
    get: Callable[[], tuple[_Record, str]],
    record: _Record,
    version: str | None,
) -> str:
    """Store a record and return its version. When that fails, what is stored decides.

    Raises what `put` raised when the record is known not to be there, else OutcomeUnknown.
    """
    try:
        return put(record, version)
    except _CLEAR:
        raise
    except GalleryError as error:
        try:
            found, stored = get()
        except NotFound:
            raise error from None
        except GalleryError:
            raise OutcomeUnknown from error
        if found.model_dump_json() != record.model_dump_json():
            raise
        return _again(put, record, stored)


def _again(put: Callable[[_Record, str | None], str], record: _Record, stored: str) -> str:
    """What can be read back need not be synced; written once more, it is."""
    try:
        return put(record, stored)
    except GalleryError as error:
        raise OutcomeUnknown from error
