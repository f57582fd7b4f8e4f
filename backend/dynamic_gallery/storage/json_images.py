"""The image records of one session, kept in memory and checked against the files before each use."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count

from ..errors import DamagedData, NotFound
from ..ids import blob_number, image_id, image_stem, record_number
from ..models import GalleryImage
from .base import Blob, BlobStat, BlobStore, Damage, ImageSet
from .records import decode_image, image_key
from .throttle import Throttle

PROBES = 64
FEW = 64
"""So many records are all looked at each time, however busy the machine is."""
_VERSIONS = count(1)
_CHANGES = count(1)


@dataclass(slots=True)
class CachedImage:
    """One record as it was read; `image` is the reason instead when it is damaged."""

    mark: str
    version: str
    image: GalleryImage | str


class SessionImages:
    """Reads the folder of one session no more often than it must.

    Names that came or went change the folder's mark, which costs one look. Records edited in place
    do not: they are looked for as often as `Throttle` lets, each time in sessions of some hundred images.
    """

    def __init__(self, blobs: BlobStore, session_id: str, edited: Callable[[], None]) -> None:
        """`edited` is called when a record turns out to be another than before, or damaged."""
        self.session_id = session_id
        self._edited = edited
        self._blobs = blobs
        self._folder = f"{session_id}/"
        self._records: dict[int, CachedImage] = {}
        self._set: ImageSet | None = None
        self._changes = 0
        self._set_after = -1
        self._seen_mark = ""
        self._throttle = Throttle()
        self._last_number: int | None = None
        self._mutex = threading.RLock()

    def __len__(self) -> int:
        return len(self._records)

    def get(self, number: int) -> tuple[GalleryImage, str]:
        """One record and its version, as it lies there now."""
        key = image_key(self.session_id, number)
        cached = self._records.get(number)
        if cached is None or cached.mark != self._blobs.head(key).mark:
            cached = self._remember(number, self._blobs.load(key))
        if isinstance(cached.image, str):
            raise DamagedData(
                f"The record {key} is damaged: {cached.image}. Mend it, or restore it from a copy."
            )
        return cached.image, cached.version

    def all(self) -> ImageSet:
        """All records, in order of creation."""
        with self._mutex:
            mark = self._blobs.head(self._folder).mark
            if mark != self._seen_mark or self._due():
                with self._throttle.timed():
                    self._look(mark)
            changes = self._changes
            if self._set is None or self._set_after != changes:
                self._set = self._gather()
                self._set_after = changes
            return self._set

    def notice_edits(self) -> None:
        """Look whether records were edited in place, as often as `all` does; `edited` is called if so."""
        with suppress(NotFound):
            self.all()

    def settled(self) -> ImageSet | None:
        """All records, or None when that takes more than a look at the folder."""
        known, after = self._set, self._set_after
        if known is None or after != self._changes or self._due():
            return None
        return known if self._blobs.head(self._folder).mark == self._seen_mark else None

    def _due(self) -> bool:
        return len(self._records) <= FEW or self._throttle.due()

    def next_number(self) -> int:
        """A number that no image of the session has had, handed out once in this process."""
        with self._mutex:
            self._last_number = self._free_number_after(self._last_number)
            return self._last_number

    def _free_number_after(self, last: int | None) -> int:
        if last is not None:
            for number in range(last + 1, last + 1 + PROBES):
                if not self._blobs.exists(image_key(self.session_id, number)):
                    return number
        return max(self._numbers_in_use(), default=0) + 1

    def _numbers_in_use(self) -> Iterator[int]:
        for blob in self._blobs.list(self._folder, marks=False).blobs:
            name = blob.key.rpartition("/")[2]
            number = record_number(name) or blob_number(name)
            if number is not None:
                yield number

    def _look(self, mark: str) -> None:
        seen = set()
        for blob in self._blobs.list(self._folder, suffix=".json").blobs:
            number = record_number(blob.key.rpartition("/")[2])
            if number is not None:
                seen.add(number)
                self._look_at(number, blob)
        for number in set(self._records) - seen:
            self._forget(number)
        self._seen_mark = mark

    def _look_at(self, number: int, blob: BlobStat) -> None:
        cached = self._records.get(number)
        if cached is None or cached.mark != blob.mark:
            try:
                self._remember(number, self._blobs.load(blob.key))
            except NotFound:
                self._forget(number)
            except DamagedData as error:
                self._store(number, CachedImage(blob.mark, "", error.detail))

    def _remember(self, number: int, blob: Blob) -> CachedImage:
        image: GalleryImage | str
        cached = self._records.get(number)
        if cached is not None and cached.version == blob.version:
            image = cached.image
        else:
            try:
                image = decode_image(blob.data, self.session_id, number)
            except DamagedData as error:
                image = error.detail
        return self._store(number, CachedImage(blob.mark, blob.version, image))

    def _store(self, number: int, found: CachedImage) -> CachedImage:
        before = self._records.get(number)
        self._records[number] = found
        if before is None or before.image is not found.image:
            self._changes = next(_CHANGES)
            if before is not None or isinstance(found.image, str):
                self._edited()
        return found

    def _forget(self, number: int) -> None:
        if self._records.pop(number, None) is not None:
            self._changes = next(_CHANGES)

    def _gather(self) -> ImageSet:
        images, damaged = [], []
        records = sorted(self._records.copy().items())
        for number, cached in records:
            if isinstance(cached.image, GalleryImage):
                images.append(cached.image)
            else:
                key = f"{self._folder}{image_stem(number)}.json"
                damaged.append(Damage(image_id(number), key, cached.image))
        return ImageSet(str(next(_VERSIONS)), tuple(images), tuple(damaged), _state(records))


def _state(records: Iterable[tuple[int, CachedImage]]) -> str:
    lines = [f"{number} {cached.version or cached.image}\n" for number, cached in records]
    return hashlib.sha256("".join(lines).encode(errors="replace")).hexdigest()[:16] if lines else ""
