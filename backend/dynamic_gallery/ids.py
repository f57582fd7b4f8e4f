"""Ids and names as they are spelled, and checked before they touch a path or a key (SPEC S1)."""

from __future__ import annotations

import re
import secrets
import time

from .errors import InvalidInput

SESSION_PATTERN = r"gal-[0-9]{1,12}-[0-9a-z]{6}"
IMAGE_PATTERN = r"img-[0-9]{3,9}"
LAST_IMAGE = 999_999_999

_SESSION = re.compile(SESSION_PATTERN)
_IMAGE = re.compile(IMAGE_PATTERN)
_IMAGE_RECORD = re.compile(r"img_([0-9]{3,9})\.json")
_IMAGE_BLOB = re.compile(r"(img_[0-9]{3,9})\.(?:png|jpg|webp|avif|gif)")
_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"


def new_session_id() -> str:
    """`gal-{unix seconds}-{6 random base-36}`."""
    return f"gal-{int(time.time())}-{''.join(secrets.choice(_BASE36) for _ in range(6))}"


def is_session_id(text: str) -> bool:
    """Whether a text is spelled as a session id."""
    return _SESSION.fullmatch(text) is not None


def check_session_id(text: str) -> str:
    """Return the id, or raise InvalidInput when it is off its pattern."""
    if not is_session_id(text):
        raise InvalidInput(
            "A session id looks like gal-1733500000-abc123; take it from the list of sessions."
        )
    return text


def check_image_id(text: str) -> str:
    """Return the id, or raise InvalidInput when it is off its pattern or spelled with needless zeros."""
    if _IMAGE.fullmatch(text) is None or image_id(image_number(text)) != text:
        raise InvalidInput("An image id looks like img-001; take it from the session's list of images.")
    return text


def image_id(number: int) -> str:
    """`img-001`, … `img-1000`."""
    return f"img-{number:03d}"


def image_number(text: str) -> int:
    """The number in an image id that was checked."""
    return int(text[4:])


def image_stem(number: int) -> str:
    """The file name of an image and of its record, without their endings: `img_001`."""
    return f"img_{number:03d}"


def record_number(filename: str) -> int | None:
    """The number of an image record's file name, or None when it is another file."""
    found = _IMAGE_RECORD.fullmatch(filename)
    if found is None or f"{image_stem(int(found[1]))}.json" != filename:
        return None
    return int(found[1]) or None


def blob_number(filename: str) -> int | None:
    """The number of an image's file name as a save makes it, or None when it is another file."""
    found = _IMAGE_BLOB.fullmatch(filename)
    return record_number(f"{found[1]}.json") if found is not None else None
