"""The list of a session's images, and that of its trash, as JSON with their ETags."""

from __future__ import annotations

import hashlib
from datetime import datetime

import orjson
from fastapi import Request
from pydantic import TypeAdapter, ValidationError
from starlette.concurrency import run_in_threadpool

from dynamic_gallery.errors import InvalidInput
from dynamic_gallery.models import GalleryImage
from dynamic_gallery.routers.schemas import image_json
from dynamic_gallery.services.gallery_store import GalleryStore
from dynamic_gallery.storage.base import ImageSet

Encoded = tuple[bytes, str]
_TRUTH = TypeAdapter(bool)


async def image_list(request: Request, store: GalleryStore, session_id: str, base: str) -> Encoded:
    """The list that a request asks for, with URLs under `base`; at once where it was made before.

    Raises InvalidInput for a `trashed` that is neither true nor false, and what `GalleryStore.images` raises.
    """
    if _asks_for_trash(request):
        return await run_in_threadpool(_trash, store, session_id, base)
    settled = store.settled_images(session_id) if store.quick else None
    kept = settled.encoded.get(base) if settled is not None else None
    return kept if kept is not None else await run_in_threadpool(_shown, store, session_id, base)


def _asks_for_trash(request: Request) -> bool:
    try:
        return _TRUTH.validate_python(request.query_params.get("trashed", False))
    except ValidationError:
        raise InvalidInput("The parameter trashed must be true or false.") from None


def _shown(store: GalleryStore, session_id: str, base: str) -> Encoded:
    images = store.images(session_id)
    kept = images.encoded.get(base)
    if kept is None:
        shown = [image for image in images.images if image.visible]
        kept = _encode(images, shown, session_id, base)
        images.keep(base, kept)
    return kept


def _trash(store: GalleryStore, session_id: str, base: str) -> Encoded:
    images = store.images(session_id)
    removed = [image for image in images.images if image.in_trash]
    return _encode(images, sorted(removed, key=_removal, reverse=True), session_id, base)


def _removal(image: GalleryImage) -> tuple[datetime | None, int]:
    return image.removed_at, image.number


def _encode(everything: ImageSet, images: list[GalleryImage], session_id: str, base: str) -> Encoded:
    content = b'{"session_id":%s,"images":[%s],"damaged":%s}' % (
        orjson.dumps(session_id),
        b",".join([image_json(image, base) for image in images]),
        orjson.dumps(everything.damaged),
    )
    return content, f'"{hashlib.sha256(content).hexdigest()[:32]}"'
