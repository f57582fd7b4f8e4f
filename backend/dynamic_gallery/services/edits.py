"""What a change makes of a session's or an image's record. Pure, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ..errors import NotFound
from ..models import (
    CompositionEdit,
    GalleryImage,
    GallerySession,
    NameEdit,
    Placement,
    ProductsEdit,
    Removal,
    SessionEdit,
    where,
)
from ..timeline import composition_edit

SAME_EDIT = timedelta(seconds=1)
"""Changes of one field closer together than this are one edit, so that typing does not swell the record."""


@dataclass(frozen=True, slots=True)
class SessionChanges:
    """The fields somebody sent; those left at `...` stay. A `name` of None names it automatically again."""

    name: Any = ...
    user_composition: Any = ...
    saved_products: Any = ...
    directives_used: Any = ...

    def wanted(self) -> dict[str, Any]:
        """The fields that were sent, with their values."""
        fields = ("name", "user_composition", "saved_products", "directives_used")
        return {field: value for field in fields if (value := getattr(self, field)) is not ...}


def apply_changes(session: GallerySession, changes: SessionChanges, at: datetime) -> GallerySession:
    """The record after the changes, its history included; the same object if nothing changes."""
    wanted = {field: value for field, value in changes.wanted().items() if getattr(session, field) != value}
    if not wanted:
        return session
    edits = session.edits
    for field, value in wanted.items():
        edits = _with_edit(edits, field, value, at)
    return session.changed(**wanted, edits=edits, updated_at=max(at, session.updated_at))


def moved(image: GalleryImage, sent: dict[str, float | None], at: datetime) -> GalleryImage:
    """The record after those parts of its placement changed; the same object if nothing changes."""
    measures = where(image) | sent
    if measures == where(image):
        return image
    at = _after_all(image, at)
    placement = Placement.model_validate({"at": at, **measures})
    return image.changed(**measures, placements=[*image.placements, placement])


def removed(image: GalleryImage, at: datetime) -> GalleryImage:
    """The record of an image that goes to the trash; the same object if it is in it already."""
    if image.removed_at is not None:
        return image
    return image.changed(removals=[*image.removals, Removal(at=_after_all(image, at))])


def restored(image: GalleryImage, at: datetime) -> GalleryImage:
    """The record of an image that comes out of the trash; the same object if it is not in it."""
    if image.removed_at is None:
        return image
    ended = image.removals[-1].model_copy(update={"restored_at": _after_all(image, at)})
    return image.changed(removals=[*image.removals[:-1], ended])


def trashed(session: GallerySession, at: datetime) -> GallerySession:
    """The record of a session that goes to the trash; the same object if it is in it already."""
    return session if session.trashed_at is not None else session.changed(trashed_at=at)


def purging(session: GallerySession, trashed_by: datetime | None) -> GallerySession:
    """The record of a session that is being erased. Raises NotFound if it is not in the trash since then."""
    _check_in_trash(session.trashed_at, trashed_by)
    return session.changed(purging=True)


def tombstone(image: GalleryImage, at: datetime, removed_by: datetime | None = None) -> GalleryImage:
    """What stays of an image that is erased: that its number and idempotency key were used.

    The same object if it was erased before. Raises NotFound if it is not in the trash since `removed_by`.
    """
    if image.purged_at is not None:
        return image
    _check_in_trash(image.removed_at, removed_by)
    return GalleryImage(
        id=image.id,
        session_id=image.session_id,
        filename=image.filename,
        created_at=image.created_at,
        width=image.width,
        height=image.height,
        idempotency=image.idempotency,
        purged_at=at,
    )


def _check_in_trash(since: datetime | None, by: datetime | None) -> None:
    if by is not None and (since is None or since > by):
        raise NotFound("It was taken out of the trash meanwhile.")


def _after_all(image: GalleryImage, at: datetime) -> datetime:
    """The moment, or the last thing's that happened to the image: clocks differ, and some are set back."""
    ends = [removal.restored_at or removal.at for removal in image.removals[-1:]]
    return max([at, image.created_at, *(placement.at for placement in image.placements[-1:]), *ends])


def _with_edit(edits: list[SessionEdit], field: str, value: Any, at: datetime) -> list[SessionEdit]:
    last = edits[-1] if edits else None
    at = max(at, last.at) if last is not None else at
    if last is not None and last.field == field and at - last.at < SAME_EDIT:
        edits, at = edits[:-1], last.at
    edit: CompositionEdit | NameEdit | ProductsEdit | None = None
    match field:
        case "name":
            edit = NameEdit(at=at, value=value)
        case "saved_products":
            edit = ProductsEdit(at=at, value=value)
        case "user_composition":
            edit = composition_edit(edits, value, at)
    return [*edits, edit] if edit is not None else edits
