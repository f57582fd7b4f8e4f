"""The list of a session's images, and that of its trash, as JSON with their ETags."""

from __future__ import annotations

import hashlib
from datetime import datetime
from operator import itemgetter

import orjson
from fastapi import Request
from pydantic import TypeAdapter, ValidationError
from starlette.concurrency import run_in_threadpool

from dynamic_gallery.errors import InvalidInput
from dynamic_gallery.models import GalleryImage, iso
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
        shown = [image_json(image, base) for image in images.images if image.visible]
        kept = _encode(images, shown, session_id)
        images.keep(base, kept)
        store.thumbnails_ahead.opened(images.images)
    return kept


def _trash(store: GalleryStore, session_id: str, base: str) -> Encoded:
    images = store.images(session_id)
    removed = [(image.removed_at, image.number, image) for image in images.images if image.in_trash]
    newest_first = sorted(removed, key=itemgetter(0, 1), reverse=True)
    items = [_removed_json(image, base, at) for at, _, image in newest_first if at is not None]
    return _encode(images, items, session_id)


def _removed_json(image: GalleryImage, base: str, removed_at: datetime) -> bytes:
    """An image as RemovedImageOut shows it."""
    return b'{"removed_at":"%s",%s' % (iso(removed_at).encode(), image_json(image, base)[1:])


def _encode(images: ImageSet, items: list[bytes], session_id: str) -> Encoded:
    content = b'{"session_id":%s,"images":[%s],"damaged":%s}' % (
        orjson.dumps(session_id),
        b",".join(items),
        orjson.dumps(images.damaged),
    )
    return content, f'"{hashlib.sha256(content).hexdigest()[:32]}"'
