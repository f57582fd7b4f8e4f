"""Records made for tests, the same for the same arguments."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from ..models import GalleryImage, GallerySession, IdempotencyMark, Placement

BEGAN = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
SESSION = "gal-1733500000-abc123"


def session_id(number: int) -> str:
    """A session id for each number, in no order that times or names follow."""
    return f"gal-{1733500000 + number * 7919 % 1000}-{number:06d}"


def a_session(known_as: str = SESSION, *, minutes: int = 0, **fields: Any) -> GallerySession:
    """A session begun so many minutes after `BEGAN`."""
    at = BEGAN + timedelta(minutes=minutes)
    return GallerySession(id=known_as, **{"created_at": at, "updated_at": at, **fields})


def an_image(number: int, known_as: str = SESSION, *, key: str | None = None, **fields: Any) -> GalleryImage:
    """An image's record, saved so many seconds after `BEGAN` as its number says."""
    at = BEGAN + timedelta(seconds=number)
    mark = IdempotencyMark(key=key, request_sha256="0" * 64) if key else None
    given: dict[str, Any] = {
        "created_at": at,
        "width": 180.0,
        "height": 220.0,
        "size": 100,
        "sha256": "0" * 64,
    }
    return GalleryImage(
        id=f"img-{number:03d}",
        session_id=known_as,
        filename=f"img_{number:03d}.png",
        idempotency=mark,
        **{**given, "placements": [Placement(at=at, x=0, y=0, width=180, height=220)], **fields},
    )
