"""Taking an upload of any size in: on disk in a file without a name, never whole in memory."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from fastapi import Request
from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from dynamic_gallery.errors import InvalidInput, TooLarge
from dynamic_gallery.storage.local_files import TEMPORARY, translated

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

PART = "archive"
RAW_TYPES = ("application/zip", "application/x-zip-compressed", "application/octet-stream")
AROUND_BYTES = 1024 * 1024
"""Room in a multipart body beside the file."""
_WRITTEN_AT_ONCE = 1024 * 1024


class Upload:
    """A ZIP that was sent: the open file, and the name it had, without its ending."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.home = ""


@asynccontextmanager
async def spooled(request: Request, most: int, folder: Path | None) -> AsyncIterator[Upload]:
    """The file in a request's body: the body itself, or the part `archive` of a form; gone afterwards.

    Raises TooLarge for more than `most` bytes, HTTPException 415 for another content type, InvalidInput.
    """
    content_type = request.headers.get("content-type", "").encode("latin-1")
    kind, options = parse_options_header(content_type)
    if kind.decode("latin-1") not in (*RAW_TYPES, "multipart/form-data"):
        raise HTTPException(
            415, f"Send the ZIP as application/zip, or as the part “{PART}” of multipart/form-data."
        )
    declared = request.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and int(declared[:20]) > most + AROUND_BYTES:
        raise _too_large(most)
    with translated("the upload"):
        file = await run_in_threadpool(_nameless, folder)
    try:
        upload = Upload(file)
        if kind == b"multipart/form-data":
            await _take_part(request, upload, options.get(b"boundary", b""), most)
        else:
            await _take_body(request, upload, most)
        yield upload
    finally:
        file.close()


def _nameless(folder: Path | None) -> BinaryIO:
    return tempfile.TemporaryFile(dir=folder, prefix=f"{TEMPORARY}import-")


async def _take_body(request: Request, upload: Upload, most: int) -> None:
    sink = _Sink(upload.file, most)
    async for chunk in request.stream():
        await sink.take(chunk)
    await sink.flush()


async def _take_part(request: Request, upload: Upload, boundary: bytes, most: int) -> None:
    pieces: list[bytes] = []
    form = _Form(pieces.append)
    sink = _Sink(upload.file, most)
    try:
        parser = MultipartParser(boundary, form.callbacks())
        async for chunk in request.stream():
            parser.write(chunk)
            await sink.take(b"".join(pieces))
            pieces.clear()
    except (MultipartParseError, ValueError, LookupError):
        raise InvalidInput("The multipart body cannot be read; check its boundary.") from None
    if not form.ended:
        raise InvalidInput("The multipart body cannot be read: it ends before its last boundary.")
    if form.found != 1:
        raise InvalidInput(f"Send one ZIP, as the part “{PART}” of the form.")
    upload.home = PurePosixPath(form.filename.replace("\\", "/")).stem
    await sink.flush()


class _Sink:
    """Writes what it takes in a worker thread, a megabyte at a time."""

    def __init__(self, file: BinaryIO, most: int) -> None:
        self._file = file
        self._most = most
        self._size = 0
        self._pending = bytearray()

    async def take(self, chunk: bytes) -> None:
        """Take the next bytes; raises TooLarge when they are more than may be."""
        self._size += len(chunk)
        if self._size > self._most:
            raise _too_large(self._most)
        self._pending += chunk
        if len(self._pending) >= _WRITTEN_AT_ONCE:
            await self.flush()

    async def flush(self) -> None:
        """Write what was taken."""
        data, self._pending = self._pending, bytearray()
        with translated("the upload"):
            await run_in_threadpool(self._write, data)

    def _write(self, data: bytearray) -> None:
        self._file.write(data)
        self._file.flush()


class _Form:
    """Hands on the bytes of the part that is wanted, and lets the others pass."""

    def __init__(self, take: Callable[[bytes], None]) -> None:
        self.found = 0
        self.filename = ""
        self.ended = False
        self._take = take
        self._wanted = False
        self._field = b""
        self._value = b""

    def callbacks(self) -> MultipartCallbacks:
        """What the parser calls."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._on_field,
            "on_header_value": self._on_value,
            "on_header_end": self._header,
            "on_part_data": self._data,
            "on_end": self._end,
        }

    def _begin(self) -> None:
        self._wanted = False

    def _on_field(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]

    def _on_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header(self) -> None:
        if self._field.lower() == b"content-disposition":
            _, options = parse_options_header(self._value)
            if options.get(b"name") == PART.encode():
                self._wanted = True
                self.found += 1
                self.filename = options.get(b"filename", b"").decode("utf-8", "replace")
        self._field = self._value = b""

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._wanted:
            self._take(data[start:end])

    def _end(self) -> None:
        self.ended = True


def _too_large(most: int) -> TooLarge:
    return TooLarge(
        f"The upload is larger than {most:,} bytes (GALLERY_MAX_IMPORT_BYTES); import it on the server itself, "
        "with dynamic-gallery import."
    )
