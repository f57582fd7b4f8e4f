"""Serving one picture's bytes: whole, in part, as a thumbnail, or not at all because the client has them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from urllib.parse import parse_qs, quote

from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from dynamic_gallery.errors import DamagedData, InvalidInput, NotFound, TooLarge
from dynamic_gallery.models import GalleryImage
from dynamic_gallery.routers.conditional import not_modified, wanted_range
from dynamic_gallery.routers.problems import problem_response
from dynamic_gallery.routers.turns import Turns
from dynamic_gallery.services.gallery_store import GalleryStore
from dynamic_gallery.services.stored_thumbnails import AT_ONCE, WIDTHS
from dynamic_gallery.storage.base import CHUNK

_Headers = list[tuple[bytes, bytes]]

_SAFE: _Headers = [
    (b"cache-control", b"private, max-age=31536000, immutable"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; sandbox"),
    (b"cross-origin-resource-policy", b"same-site"),
]
"""An image's URL means the same bytes for ever, and nothing in them may run as a page."""
_URL_SAFE = ":/%#?=@[]!$&'()*+,;"
_OFFERED = tuple(str(width) for width in WIDTHS)
_MAKERS = Turns("thumbnail_makers", AT_ONCE)


class PictureResponse(Response):
    """A response made of finished parts; `rest` are the chunks after the first, read in a worker thread."""

    def __init__(
        self, status: int, headers: _Headers, body: bytes = b"", rest: Iterator[bytes] | None = None
    ) -> None:
        self.status_code = status
        self.raw_headers = headers
        self.body = body
        self.background = None
        self._rest = rest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """ASGI."""
        more = self._rest is not None
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        await send({"type": "http.response.body", "body": self.body, "more_body": more})
        if self._rest is not None:
            async for chunk in iterate_in_threadpool(self._rest):
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})


async def picture_response(store: GalleryStore, scope: Scope, session_id: str, image_id: str) -> Response:
    """The answer to a request for a picture.

    Raises InvalidInput for a width that is not offered, and what `GalleryStore.get_image` raises.
    """
    answer_now = partial(_answer, store, scope, session_id, image_id, at_once=True)
    answer = answer_now() if store.quick else await run_in_threadpool(answer_now)
    if answer is None:
        make = partial(_make_and_answer, store, scope, session_id, image_id)
        answer = await _MAKERS.run(make)
    return answer


def _make_and_answer(store: GalleryStore, scope: Scope, session_id: str, image_id: str) -> Response:
    answer = _answer(store, scope, session_id, image_id, at_once=False)
    assert answer is not None  # noqa: S101 -- only `at_once` leaves it open
    return answer


def _answer(
    store: GalleryStore, scope: Scope, session_id: str, image_id: str, *, at_once: bool
) -> Response | None:
    """The answer, or None when `at_once` is wanted and a thumbnail has to be made first."""
    width = _width(scope["query_string"])
    image = store.get_image(session_id, image_id)
    if image.sha256 is None:
        return _elsewhere(image)
    headers = Headers(scope=scope)
    if width is not None:
        try:
            return _thumbnail(store, headers, image, width, at_once)
        except TooLarge:
            pass  # what was kept is shown, if need be as it is
    return _original(store, headers, image, scope["method"])


def _original(store: GalleryStore, request: Headers, image: GalleryImage, method: str) -> Response:
    etag = f'"{image.sha256}"'
    size = image.size or 0
    headers = [*_SAFE, (b"etag", etag.encode()), (b"accept-ranges", b"bytes")]
    if not_modified(request, etag):
        return PictureResponse(304, headers)
    start, stop, status = 0, size, 200
    asked = wanted_range(request, etag, size)
    if asked is not None:
        start, stop = asked
        if start >= size:
            beyond = f"The picture has {size} bytes, the range lies beyond; ask for less, or for all of it."
            return problem_response(416, beyond, headers={"Content-Range": f"bytes */{size}"})
        status = 206
        headers.append(_header("content-range", f"bytes {start}-{stop - 1}/{size}"))
    headers += [
        _header("content-type", image.media_type or "application/octet-stream"),
        _header("content-length", str(stop - start)),
        _header("content-disposition", f'inline; filename="{image.session_id}_{image.filename}"'),
    ]
    if method == "HEAD":
        _first_chunk(
            store, image, max(start, stop - 1), stop
        )  # nobody may be told of bytes that are not there
        return PictureResponse(status, headers)
    first = _first_chunk(store, image, start, stop)
    rest = store.stream(image, start + CHUNK, stop) if stop - start > CHUNK else None
    return PictureResponse(status, headers, first, rest)


def _first_chunk(store: GalleryStore, image: GalleryImage, start: int, stop: int) -> bytes:
    try:
        first = store.read(image, start, min(stop, start + CHUNK))
    except NotFound:
        raise _damaged(image, "is missing") from None
    if len(first) != min(stop - start, CHUNK):
        raise _damaged(image, "is shorter than its record says")
    return first


def _thumbnail(
    store: GalleryStore, request: Headers, image: GalleryImage, width: int, at_once: bool
) -> Response | None:
    etag = f'"{image.sha256}-{width}"'
    headers = [*_SAFE, (b"etag", etag.encode())]
    if not_modified(request, etag):
        return PictureResponse(304, headers)
    try:
        data = store.kept_thumbnail(image, width) if at_once else store.thumbnail(image, width)
    except NotFound:
        raise _damaged(image, "is missing") from None
    if data is None:
        return None
    headers += [(b"content-type", b"image/webp"), _header("content-length", str(len(data)))]
    return PictureResponse(200, headers, data)


def _elsewhere(image: GalleryImage) -> Response:
    """Where a hosted picture is. Not kept by caches: one day its bytes may be here."""
    headers = [
        _header("location", quote(image.source_url or "", safe=_URL_SAFE)),
        (b"cache-control", b"no-store"),
        _NOTHING,
    ]
    return PictureResponse(307, [*headers, (b"referrer-policy", b"no-referrer"), _SAFE[1]])


def _header(name: str, value: str) -> tuple[bytes, bytes]:
    return name.encode(), value.encode()


_NOTHING = _header("content-length", "0")


def _damaged(image: GalleryImage, what: str) -> DamagedData:
    return DamagedData(
        f"The file {image.session_id}/{image.filename} {what}; restore it from a copy, "
        "or look for more with dynamic-gallery verify."
    )


def _width(query: bytes) -> int | None:
    if not query:
        return None
    sent = parse_qs(query.decode("ascii", "replace"), keep_blank_values=True).get("width")
    if sent is None:
        return None
    if sent[-1] not in _OFFERED:
        raise InvalidInput(f"width must be one of {', '.join(_OFFERED)}; leave it out for the original.")
    return int(sent[-1])
