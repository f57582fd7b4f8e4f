"""Serving one picture's bytes: whole, in part, as a thumbnail, or not at all because the client has them."""

from __future__ import annotations

from fastapi import Request, Response
from starlette.responses import RedirectResponse, StreamingResponse

from dynamic_gallery.errors import DamagedData, InvalidInput, NotFound
from dynamic_gallery.models import GalleryImage
from dynamic_gallery.routers.conditional import not_modified, wanted_range
from dynamic_gallery.services.gallery_store import GalleryStore
from dynamic_gallery.services.stored_thumbnails import WIDTHS
from dynamic_gallery.storage.base import CHUNK

SAFE = {
    "Cache-Control": "private, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-site",
}
"""An image's URL means the same bytes for ever, and nothing in them may run as a page."""


def picture_response(store: GalleryStore, request: Request) -> Response:
    """The answer to a request for a picture. Blocks: call it in a worker thread.

    Raises InvalidInput for a width that is not offered, and what `GalleryStore.get_image` raises.
    """
    width = _width(request.query_params.get("width"))
    image = store.get_image(request.path_params["session_id"], request.path_params["image_id"])
    if image.sha256 is None:
        return _elsewhere(image)
    if width is not None:
        return _thumbnail(store, request, image, width)
    return _original(store, request, image)


def _original(store: GalleryStore, request: Request, image: GalleryImage) -> Response:
    etag = f'"{image.sha256}"'
    headers = {**SAFE, "ETag": etag, "Accept-Ranges": "bytes"}
    if not_modified(request.headers, etag):
        return Response(status_code=304, headers=headers)
    size = image.size or 0
    headers["Content-Type"] = image.media_type or "application/octet-stream"
    headers["Content-Disposition"] = f'inline; filename="{image.session_id}_{image.filename}"'
    start, stop, status = 0, size, 200
    asked = wanted_range(request.headers, etag, size)
    if asked is not None:
        start, stop = asked
        if start >= size:
            return Response(status_code=416, headers={**SAFE, "Content-Range": f"bytes */{size}"})
        status = 206
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    headers["Content-Length"] = str(stop - start)
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers)
    return _body(store, image, start, stop, status, headers)


def _body(
    store: GalleryStore, image: GalleryImage, start: int, stop: int, status: int, headers: dict[str, str]
) -> Response:
    try:
        first = store.read(image, start, min(stop, start + CHUNK))
    except NotFound:
        raise _damaged(image, "is missing") from None
    if len(first) != min(stop - start, CHUNK):
        raise _damaged(image, "is shorter than its record says")
    if stop - start <= CHUNK:
        return Response(first, status_code=status, headers=headers)

    def chunks() -> object:
        yield first
        yield from store.stream(image, start + CHUNK, stop)

    return StreamingResponse(chunks(), status_code=status, headers=headers)  # type: ignore[arg-type]


def _thumbnail(store: GalleryStore, request: Request, image: GalleryImage, width: int) -> Response:
    etag = f'"{image.sha256}-{width}"'
    headers = {**SAFE, "ETag": etag, "Content-Type": "image/webp"}
    if not_modified(request.headers, etag):
        return Response(status_code=304, headers=headers)
    try:
        data = store.thumbnail(image, width)
    except NotFound:
        raise _damaged(image, "is missing") from None
    return Response(data, headers=headers)


def _elsewhere(image: GalleryImage) -> Response:
    """Where a hosted picture is. Not kept by caches: one day its bytes may be here."""
    headers = {
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
    return RedirectResponse(image.source_url or "", status_code=307, headers=headers)


def _damaged(image: GalleryImage, what: str) -> DamagedData:
    return DamagedData(
        f"The file {image.session_id}/{image.filename} {what}; restore it from a copy, "
        "or look for more with dynamic-gallery verify."
    )


def _width(text: str | None) -> int | None:
    if text is None:
        return None
    if text not in _OFFERED:
        raise InvalidInput(f"width must be one of {', '.join(_OFFERED)}; leave it out for the original.")
    return int(text)


_OFFERED = tuple(str(width) for width in WIDTHS)
