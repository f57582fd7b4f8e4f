"""Putting a session into a ZIP: everything is planned first, then any range of it can be read.

Records, manifest and page are kept as they were at that moment, compressed; pictures are read as they are sent.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import orjson

from ...errors import DamagedData, GalleryError, NotFound
from ...models import GalleryImage, GallerySession
from ...storage.base import BlobStore, Damage, ImageSet
from ...storage.records import encode, image_key, session_key
from ...summaries import SessionSummary
from .player import index_html
from .recording import recording
from .zip_layout import Content, Entry, ZipLayout

MANIFEST = "manifest.json"
PAGE = "index.html"
SCHEMA = 1
SENT_TOGETHER = 256 * 1024
"""Smaller pieces are gathered up to so many bytes."""
_UNFIT = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file of the session that the ZIP does not hold, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class _File:
    """One file to come: what the manifest says of it, and its bytes unless they lie in storage."""

    entry: Entry
    sha256: str
    packed: bytes | None = None


class Archive:
    """A session's ZIP: `size` in bytes, a strong `etag`, and a `filename` for people."""

    def __init__(
        self,
        blobs: BlobStore,
        files: Sequence[_File],
        title: str,
        left_out: Sequence[LeftOut],
        broken: set[str],
    ) -> None:
        self.left_out = left_out
        self.title = title
        self.session_id = files[-1].entry.name.partition("/")[0]
        self._blobs = blobs
        self._broken = broken
        self._packed = [file.packed for file in files]
        self._layout = ZipLayout([file.entry for file in files])
        self.size = self._layout.size
        # The manifest names every byte but those of the ZIP's own structure, which follow from the times.
        times = ",".join(str(file.entry.modified.timestamp()) for file in files)
        self.etag = f'"{hashlib.sha256(f"{SCHEMA} {files[0].sha256} {times}".encode()).hexdigest()[:32]}"'

    @property
    def filename(self) -> str:
        """A name to keep it under: the session's, without what file systems do not take."""
        name = " ".join(_UNFIT.sub(" ", unicodedata.normalize("NFC", self.title)).split()).strip(". ")
        return f"{name[:80].strip('. ') or self.session_id}.zip"

    def stream(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """Bytes `start` to before `stop`.

        Raises DamagedData before its end when a picture is no longer what the plan says, NotFound when it is gone.
        """
        gathered: list[bytes] = []
        size = 0
        for piece in self._layout.pieces(start, stop):
            for chunk in [piece] if isinstance(piece, bytes) else self._content(piece):
                if size + len(chunk) > SENT_TOGETHER and gathered:
                    yield b"".join(gathered)
                    gathered, size = [], 0
                gathered.append(chunk)
                size += len(chunk)
        if gathered:
            yield b"".join(gathered)

    def _content(self, part: Content) -> Iterator[bytes]:
        packed = self._packed[part.place]
        if packed is not None:
            yield zlib.decompress(packed)[part.start : part.stop]
            return
        entry = self._layout.entries[part.place]
        try:
            yield from _checked(self._blobs, entry, part.start, part.stop)
        except (NotFound, DamagedData):
            self._broken.add(entry.name)
            raise


def _checked(blobs: BlobStore, entry: Entry, start: int, stop: int) -> Iterator[bytes]:
    """A part of a picture. Its end is given only when the whole picture turned out to be the planned one."""
    crc, at = 0, 0
    held = b""
    for chunk in _whole(blobs, entry):
        crc = zlib.crc32(chunk, crc)
        wanted = chunk[max(0, start - at) : max(0, stop - at)]
        at += len(chunk)
        if wanted:
            if held:
                yield held
            held = wanted
    if crc != entry.crc32:
        raise DamagedData(
            f"The file {entry.name} holds other bytes than were saved; look for more with dynamic-gallery verify."
        )
    yield held


def _whole(blobs: BlobStore, entry: Entry) -> Iterator[bytes]:
    try:
        size = blobs.head(entry.name).size
        if size == entry.size:
            yield from blobs.stream(entry.name, 0, size)
            return
    except NotFound:
        raise NotFound(f"The file {entry.name} went missing while it was being exported.") from None
    raise DamagedData(f"The file {entry.name} has {size} bytes and not {entry.size}, as its record says.")


@dataclass(slots=True)
class Packer:
    """Plans archives of the sessions in one storage."""

    blobs: BlobStore
    broken: set[str] = field(default_factory=set)
    """Pictures that broke an archive off: the next plan reads them first, and leaves out what is damaged."""

    def pack(self, session: GallerySession, summary: SessionSummary, images: ImageSet) -> Archive:
        """Plan a session's archive; of its pictures only those without a CRC are read."""
        folder = f"{session.id}/"
        sizes = {blob.key: blob.size for blob in self.blobs.list(folder).blobs}
        left_out = [LeftOut(damage.file, _clause(damage)) for damage in images.damaged]
        kept: list[GalleryImage] = []
        files: list[_File] = []
        for image in images.images:
            try:
                found = list(self._files_of(image, sizes))
            except GalleryError as error:
                left_out.append(LeftOut(f"{folder}{image.filename}", error.detail))
                continue
            kept.append(image)
            files += found
        page = index_html(recording(session, summary, kept, _url_of))
        own = [
            _snapshot(PAGE, page, summary.updated_at),
            _snapshot(session_key(session.id), encode(session), session.updated_at),
        ]
        named = [*own, *files]
        manifest = _snapshot(MANIFEST, _manifest(summary, named, left_out), summary.updated_at)
        return Archive(self.blobs, [manifest, *named], summary.name, left_out, self.broken)

    def _files_of(self, image: GalleryImage, sizes: dict[str, int]) -> Iterator[_File]:
        yield _snapshot(image_key(image.session_id, image.number), encode(image), image.created_at)
        if image.sha256 is None or image.purged_at is not None:
            return
        key = f"{image.session_id}/{image.filename}"
        if sizes.get(key) != image.size:
            what = "is missing" if key not in sizes else f"has {sizes[key]} bytes and not {image.size}"
            raise DamagedData(f"It {what}, though its record says that it was saved.")
        crc = image.crc32 if image.crc32 is not None and key not in self.broken else self._crc_of(key, image)
        self.broken.discard(key)
        yield _File(Entry(key, image.size or 0, crc, image.created_at), image.sha256)

    def _crc_of(self, key: str, image: GalleryImage) -> int:
        crc, digest = 0, hashlib.sha256()
        for chunk in self.blobs.stream(key, 0, image.size or 0):
            crc = zlib.crc32(chunk, crc)
            digest.update(chunk)
        if digest.hexdigest() != image.sha256 or image.crc32 not in (None, crc):
            raise DamagedData("It holds other bytes than were saved.")
        return crc


def _snapshot(name: str, data: bytes, modified: datetime) -> _File:
    entry = Entry(name, len(data), zlib.crc32(data), modified)
    return _File(entry, hashlib.sha256(data).hexdigest(), zlib.compress(data, 1))


def _url_of(image: GalleryImage) -> str | None:
    if image.purged_at is not None:
        return None
    return f"{image.session_id}/{image.filename}" if image.sha256 is not None else image.source_url


def _manifest(summary: SessionSummary, files: Sequence[_File], left_out: Sequence[LeftOut]) -> bytes:
    """Names every other file; the same for an unchanged session."""
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "generator": f"Dynamic Gallery {_own_version()}",
        "session_id": summary.id,
        "name": summary.name,
        "files": [
            {"path": file.entry.name, "size": file.entry.size, "sha256": file.sha256} for file in files
        ],
    }
    if left_out:
        document["left_out"] = [{"path": one.path, "reason": one.reason} for one in left_out]
    return orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n"


def _clause(damage: Damage) -> str:
    return f"The record is damaged: {damage.reason}."


@cache
def _own_version() -> str:
    try:
        return version("dynamic-gallery")
    except PackageNotFoundError:
        return "0"
