"""The timeline: all that happened in a session, in order of time, derived from its records. Pure, no I/O."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from .models import (
    CompositionEdit,
    GalleryImage,
    GallerySession,
    NameEdit,
    ProductsEdit,
    SessionEdit,
    where,
)

_ORDER = {
    "session_created": 0,
    "named": 1,
    "products": 2,
    "composition": 3,
}
"""What comes first of what happened in the same millisecond; all of one image is in its own order already."""

_IMAGES = len(_ORDER)


def composition_edit(edits: Iterable[SessionEdit], text: str, at: datetime) -> CompositionEdit | None:
    """The edit that leads from what the history says was written to `text`, or None if that is it already.

    It starts from the history and not from the stored composition, so that the history stays whole
    when somebody changes the composition in the file.
    """
    before = composition_after(edits)
    if before == text:
        return None
    start = _common_prefix(before, text)
    tail = min(_common_prefix(before[::-1], text[::-1]), min(len(before), len(text)) - start)
    return CompositionEdit(
        at=at, start=start, removed=len(before) - tail - start, inserted=text[start : len(text) - tail]
    )


def composition_after(edits: Iterable[SessionEdit]) -> str:
    """What the writing pane held after all these edits."""
    text = ""
    for edit in edits:
        if isinstance(edit, CompositionEdit):
            text = _apply(text, edit)
    return text


def build_timeline(session: GallerySession, images: Iterable[GalleryImage]) -> list[dict[str, Any]]:
    """All events, in order of time; `at` is a moment, `offset_ms` the milliseconds since the session began.

    Images that were purged do not appear; images in the trash appear with the event of their removal.
    """
    events = [*_session_events(session), *(event for image in images for event in _image_events(image))]
    events.sort(key=lambda event: (event["at"], _ORDER.get(event["type"], _IMAGES)))
    start = events[0]["at"]
    for event in events:
        event["offset_ms"] = round((event["at"] - start).total_seconds() * 1000)
    return events


def _session_events(session: GallerySession) -> Iterator[dict[str, Any]]:
    yield {"type": "session_created", "at": session.created_at}
    text = ""
    for edit in session.edits:
        match edit:
            case NameEdit():
                yield {"type": "named", "at": edit.at, "name": edit.value}
            case ProductsEdit():
                yield {"type": "products", "at": edit.at, "saved_products": edit.value}
            case CompositionEdit():
                text = _apply(text, edit)
                yield {"type": "composition", "at": edit.at, "user_composition": text}
    if text != session.user_composition:
        moment = max(session.updated_at, session.created_at)
        yield {"type": "composition", "at": moment, "user_composition": session.user_composition}


def _image_events(image: GalleryImage) -> Iterator[dict[str, Any]]:
    if image.purged_at is not None:
        return
    history = [(placement.at, where(placement)) for placement in image.placements]
    history = history or [(image.created_at, where(image))]
    if history[-1][1] != where(image):
        history.append((max(history[-1][0], image.created_at), where(image)))
    about = {"image_id": image.id, "directive": image.directive, "product_id": image.product_id}
    about |= {"product_name": image.product_name, "product_brand": image.product_brand}
    yield {"type": "image_saved", "at": image.created_at, **about, "placement": history[0][1]}
    for moment, placement in history[1:]:
        yield {"type": "image_moved", "at": moment, "image_id": image.id, "placement": placement}
    for removal in image.removals:
        yield {"type": "image_removed", "at": removal.at, "image_id": image.id}
        if removal.restored_at is not None:
            yield {"type": "image_restored", "at": removal.restored_at, "image_id": image.id}


def _apply(text: str, edit: CompositionEdit) -> str:
    return text[: edit.start] + edit.inserted + text[edit.start + edit.removed :]


def _common_prefix(one: str, other: str) -> int:
    length = min(len(one), len(other))
    return next((place for place in range(length) if one[place] != other[place]), length)
