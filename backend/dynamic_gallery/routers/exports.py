"""Sessions out as ZIPs (SPEC A): streamed, of known length, in any part."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from urllib.parse import quote

import anyio
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from dynamic_gallery.errors import GalleryError
from dynamic_gallery.routers.conditional import not_modified, wanted_range
from dynamic_gallery.routers.described import EXPORT, EXPORT_PARAMETERS
from dynamic_gallery.routers.problems import bare, problem_response
from dynamic_gallery.services.archive.packing import Archive
from dynamic_gallery.services.gallery_store import GalleryStore


def add_exports(router: APIRouter, store: GalleryStore) -> None:
    """Add the endpoints to the gallery's router."""
    path = "/session/{session_id}/export"

    @router.head(path, include_in_schema=False)
    @router.get(
        path,
        summary="The session as a ZIP that plays by itself",
        response_class=Response,
        responses=EXPORT,
        openapi_extra={"parameters": EXPORT_PARAMETERS},
    )
    @bare
    async def export_session(request: Request) -> Response:
        archive = await run_in_threadpool(store.export, request.path_params["session_id"])
        return archive_response(archive, request.headers, request.method)


def archive_response(archive: Archive, request: Headers, method: str) -> Response:
    """The answer to a request for an archive: all of it, a part, or nothing because the client has it."""
    headers = {
        "ETag": archive.etag,
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-cache",
        "X-Content-Type-Options": "nosniff",
    }
    if not_modified(request, archive.etag):
        return Response(status_code=304, headers=headers)
    start, stop, status = 0, archive.size, 200
    asked = wanted_range(request, archive.etag, archive.size)
    if asked is not None:
        start, stop = asked
        if start >= archive.size:
            beyond = (
                f"The ZIP has {archive.size} bytes, the range lies beyond; ask for less, or for all of it."
            )
            return problem_response(416, beyond, headers={"Content-Range": f"bytes */{archive.size}"})
        status = 206
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{archive.size}"
    headers["Content-Type"] = "application/zip"
    headers["Content-Length"] = str(stop - start)
    headers["Content-Disposition"] = attachment(archive.filename)
    if method == "HEAD":
        return Response(status_code=status, headers=headers)
    return ChunkedResponse(status, headers, archive.stream(start, stop))


def attachment(filename: str) -> str:
    """Content-Disposition with a name for every client: plain letters, and all of it (RFC 6266)."""
    plain = unicodedata.normalize("NFKD", filename).encode("ascii", "ignore").decode()
    plain = plain.replace("%", "") if len(plain) > len(".zip") else "session.zip"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"


_BATCH = 512 * 1024


class BrokenOff(RuntimeError):
    """An answer that cannot be finished rightly, so its connection is closed before its end."""


class ChunkedResponse(Response):
    """Sends chunks read in worker threads, one batch ahead, and reads no further once the client is gone."""

    def __init__(self, status: int, headers: dict[str, str], chunks: Iterator[bytes]) -> None:
        super().__init__(status_code=status, headers=headers)
        self._chunks = chunks
        self._broken: GalleryError | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """ASGI."""
        async with anyio.create_task_group() as group:

            async def stop_when_gone() -> None:
                while (await receive())["type"] != "http.disconnect":
                    pass
                group.cancel_scope.cancel()

            ahead, batches = anyio.create_memory_object_stream[list[bytes]](1)
            group.start_soon(stop_when_gone)
            group.start_soon(self._read, ahead)
            await self._send_all(send, batches)
            group.cancel_scope.cancel()
        if self._broken is not None:
            raise BrokenOff(f"The export was broken off: {self._broken.detail}") from self._broken

    async def _read(self, ahead: MemoryObjectSendStream[list[bytes]]) -> None:
        async with ahead:
            try:
                while batch := await run_in_threadpool(self._batch):
                    await ahead.send(batch)
            except GalleryError as error:
                self._broken = error

    def _batch(self) -> list[bytes]:
        """The next chunks, of half a megabyte or more together; none at the end."""
        batch: list[bytes] = []
        size = 0
        while size < _BATCH and (chunk := next(self._chunks, None)) is not None:
            batch.append(chunk)
            size += len(chunk)
        return batch

    async def _send_all(self, send: Send, batches: MemoryObjectReceiveStream[list[bytes]]) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        async with batches:
            async for batch in batches:
                for chunk in batch:
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
        if self._broken is None:
            await send({"type": "http.response.body", "body": b"", "more_body": False})
