"""Writing an import down: pictures and their records first, the session's record last, which makes it one."""

from __future__ import annotations

import hashlib
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from ...ids import new_session_id
from ...storage.base import BlobStore, Catalogue
from ..resolving import put_resolved
from .checking import Incoming, Picture, Skipped
from .claims import claimed
from .refusing import Source, refused_entry

AT_ONCE = 4
"""So many pictures are synced side by side; each is in memory meanwhile."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of an import; `renamed_from` is the id that was taken, else None."""

    session_id: str
    renamed_from: str | None
    images: int
    skipped: list[Skipped]


def keep(source: Source, incoming: Incoming, blobs: BlobStore, catalogue: Catalogue) -> Imported:
    """Write a checked session down, under its own id where that is free, else under a new one."""
    wanted = incoming.session.id
    session_id = wanted
    while True:
        with claimed(blobs, catalogue, session_id) as free:
            if free:
                _Writer(source, blobs, catalogue, session_id).write(incoming)
                renamed_from = None if session_id == wanted else wanted
                return Imported(session_id, renamed_from, len(incoming.pictures), incoming.skipped)
        session_id = new_session_id()


@dataclass(frozen=True, slots=True)
class _Writer:
    source: Source
    blobs: BlobStore
    catalogue: Catalogue
    session_id: str

    def write(self, incoming: Incoming) -> None:
        # Records without bytes may come first, and their locks need the folder.
        placeholder = f"{self.session_id}/importing"
        self.blobs.put(placeholder, b"")
        self._keep_all(incoming.pictures)
        self.blobs.delete(placeholder)
        put_resolved(
            self.catalogue.put_session,
            lambda: self.catalogue.get_session(self.session_id),
            incoming.session.changed(id=self.session_id),
            None,
        )

    def _keep_all(self, pictures: list[Picture]) -> None:
        under_way: deque[Future[None]] = deque()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for picture in pictures:
                if len(under_way) == AT_ONCE:
                    under_way.popleft().result()
                under_way.append(pool.submit(self._keep, picture, self._bytes_of(picture)))
            while under_way:
                under_way.popleft().result()

    def _bytes_of(self, picture: Picture) -> bytes | None:
        if picture.member is None:
            return None
        data = b"".join(self.source.chunks(picture.member))
        if hashlib.sha256(data).hexdigest() != picture.sha256:
            raise refused_entry(picture.member.name, "was changed while it was being imported")
        return data

    def _keep(self, picture: Picture, data: bytes | None) -> None:
        image = picture.image.changed(session_id=self.session_id)
        if data is not None:
            self.blobs.put(f"{self.session_id}/{image.filename}", data, sha256=picture.sha256)
        put_resolved(
            self.catalogue.put_image,
            lambda: self.catalogue.get_image(self.session_id, image.id),
            image,
            None,
        )
