"""What the player needs of a session, as JSON. Pure, no I/O."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from ...models import GalleryImage, GallerySession, iso
from ...summaries import SessionSummary
from ...timeline import build_timeline

SCHEMA = 1
_SESSION = ("id", "name", "user_composition")
_IMAGE = (
    *("id", "directive", "product_id", "product_name", "product_brand"),
    *("x", "y", "width", "height", "canvas_width", "z", "pixel_width", "pixel_height", "generator"),
)


def recording(
    session: GallerySession,
    summary: SessionSummary,
    images: Iterable[GalleryImage],
    url: Callable[[GalleryImage], str | None],
) -> dict[str, Any]:
    """The session, its timeline, and those images that have a `url`, in order of creation."""
    known = list(images)
    events = [_event(event) for event in build_timeline(session, known)]
    timeline = {
        "session_id": session.id,
        "started_at": events[0]["at"],
        "ended_at": events[-1]["at"],
        "events": events,
    }
    about = {name: getattr(summary, name) for name in _SESSION}
    return {
        "schema": SCHEMA,
        "session": {**about, "created_at": iso(session.created_at)},
        "timeline": timeline,
        "images": [_image(image, place) for image in known if (place := url(image)) is not None],
    }


def _event(event: dict[str, Any]) -> dict[str, Any]:
    at: datetime = event["at"]
    return {**event, "at": iso(at)}


def _image(image: GalleryImage, url: str) -> dict[str, Any]:
    fields = {name: getattr(image, name) for name in _IMAGE}
    return {"url": url, **fields, "created_at": iso(image.created_at)}
