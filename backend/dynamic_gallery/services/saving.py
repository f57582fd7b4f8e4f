"""Saving one image: blob first, durable; then the record, which commits; then the answer."""

from __future__ import annotations

import hashlib
import json
import zlib
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from ..errors import (
    AlreadyExists,
    GalleryError,
    IdempotencyKeyReused,
    InvalidInput,
    StorageUnavailable,
)
from ..ids import image_id, image_stem
from ..models import MEASURES, GalleryImage, IdempotencyMark, Limits, Placement, now
from ..storage.base import BlobStore, Catalogue, KeyTaken
from .pictures import inspect_picture
from .resolving import OutcomeUnknown, put_resolved

CARD_WIDTH = 180.0
CARD_HEIGHT = 220.0
TRIES = 100
URL_LENGTH = 8192
_ENDINGS = {"png", "jpg", "jpeg", "webp", "avif", "gif"}


@dataclass(frozen=True, slots=True)
class NewImage:
    """A picture to save: its bytes, or the URL where it is hosted; the rest as in GalleryImage.

    Without `width` a card is 180 px wide, without `height` it keeps the picture's shape.
    """

    data: bytes | None = None
    source_url: str | None = None
    directive: str = ""
    product_id: str = ""
    product_name: str = ""
    product_brand: str = ""
    x: float = 0.0
    y: float = 0.0
    width: float | None = None
    height: float | None = None
    canvas_width: float | None = None
    z: float = 0.0
    user_composition: str | None = None
    generator: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """The image kept, and whether this request made it or an earlier one with the same idempotency key."""

    image: GalleryImage
    created: bool


@dataclass(frozen=True, slots=True)
class _Prepared:
    """All of a record that does not depend on its number."""

    extension: str
    fields: dict[str, Any] = field(default_factory=dict)
    digest: str = ""


def prepare(new: NewImage, limits: Limits) -> _Prepared:
    """Check a picture and work out what its record says; no I/O.

    Raises InvalidInput, InvalidPicture, UnsupportedPicture or TooLarge.
    """
    if (new.data is None) == (new.source_url is None):
        raise InvalidInput(
            "Send either the picture itself (image_data) or its image_url: exactly one of the two."
        )
    facts = _facts_of_bytes(new.data, limits) if new.data is not None else {}
    extension = facts.pop("extension", None) or _extension_in(check_url(new.source_url or ""))
    fields = {
        **{name: getattr(new, name) for name in ("directive", "product_id", "product_name", "product_brand")},
        **{name: getattr(new, name) for name in ("x", "y", "z", "canvas_width", "generator", "source_url")},
        **_card_size(new, facts),
        **facts,
    }
    asked = {**fields, "user_composition": new.user_composition}
    if not new.z:
        # As it was before there was a `z`: a request that waited for an update of the server is still the same.
        del asked["z"]
    digest = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
    return _Prepared(extension, fields, digest)


def save(
    blobs: BlobStore,
    catalogue: Catalogue,
    session_id: str,
    data: bytes | None,
    prepared: _Prepared,
    *,
    user_composition: str,
    idempotency_key: str | None,
) -> Saved:
    """Keep a prepared picture durably, under a number of its own."""
    mark = IdempotencyMark(key=idempotency_key, request_sha256=prepared.digest) if idempotency_key else None
    for _ in range(TRIES):
        claim = catalogue.claim(session_id, idempotency_key)
        if claim.existing is not None:
            return _earlier(claim.existing, prepared)
        image = _record(session_id, claim.number, prepared, user_composition, mark, now())
        key = f"{session_id}/{image.filename}"
        try:
            if data is not None:
                blobs.put(key, data, sha256=image.sha256)
            _commit(blobs, catalogue, image, key)
        except KeyTaken as taken:
            return _earlier(taken.image, prepared)
        except AlreadyExists:
            continue
        return Saved(image, created=True)
    raise StorageUnavailable("Too many are saving into this session at once; try again.")


def check_url(url: str) -> str:
    """Return a URL that a browser may be sent to, or raise InvalidInput."""
    try:
        parts = urlsplit(url)
        valid = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        valid = False
    if not valid or len(url) > URL_LENGTH or not url.isprintable() or " " in url or "\\" in url:
        raise InvalidInput(
            "image_url must be a whole http or https address, such as https://host/picture.png."
        )
    if "@" in parts.netloc:
        raise InvalidInput("image_url must not carry a user name or password.")
    return url


def _commit(blobs: BlobStore, catalogue: Catalogue, image: GalleryImage, blob_key: str) -> None:
    try:
        put_resolved(
            catalogue.put_image, lambda: catalogue.get_image(image.session_id, image.id), image, None
        )
    except OutcomeUnknown:
        # A record may be there that speaks of these bytes.
        raise
    except GalleryError:
        _take_back(blobs, image, blob_key)
        raise


def _take_back(blobs: BlobStore, image: GalleryImage, blob_key: str) -> None:
    if image.sha256 is not None:
        with suppress(GalleryError):
            blobs.delete(blob_key)


def _earlier(image: GalleryImage, prepared: _Prepared) -> Saved:
    if image.idempotency is None or image.idempotency.request_sha256 != prepared.digest:
        raise IdempotencyKeyReused(
            f"This Idempotency-Key already saved {image.id} from another request; use a new key a picture."
        )
    return Saved(image, created=False)


def _record(
    session_id: str,
    number: int,
    prepared: _Prepared,
    user_composition: str,
    mark: IdempotencyMark | None,
    at: datetime,
) -> GalleryImage:
    return GalleryImage(
        id=image_id(number),
        session_id=session_id,
        filename=f"{image_stem(number)}.{prepared.extension}",
        created_at=at,
        user_composition=user_composition,
        placements=[Placement(at=at, **{name: prepared.fields[name] for name in MEASURES})],
        idempotency=mark,
        **prepared.fields,
    )


def _facts_of_bytes(data: bytes, limits: Limits) -> dict[str, Any]:
    facts = inspect_picture(data, limits)
    return {
        "extension": facts.extension,
        "media_type": facts.media_type,
        "pixel_width": facts.pixel_width,
        "pixel_height": facts.pixel_height,
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "crc32": zlib.crc32(data),
    }


def _card_size(new: NewImage, facts: dict[str, Any]) -> dict[str, float]:
    width = new.width if new.width is not None else CARD_WIDTH
    if new.height is not None:
        return {"width": width, "height": new.height}
    if facts:
        return {"width": width, "height": round(width * facts["pixel_height"] / facts["pixel_width"], 2)}
    return {"width": width, "height": round(width * CARD_HEIGHT / CARD_WIDTH, 2)}


def _extension_in(url: str) -> str:
    """The ending that the name of a hosted picture's copy is reserved with."""
    ending = urlsplit(url).path.rpartition(".")[2].lower()
    return {"jpeg": "jpg"}.get(ending, ending) if ending in _ENDINGS else "png"
