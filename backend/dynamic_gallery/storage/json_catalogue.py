"""Records as JSON documents in any blob store, laid out as SPEC S1 says."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from contextlib import nullcontext, suppress
from functools import partial

import orjson

from ..errors import AlreadyExists, DamagedData, InvalidInput, NotFound
from ..ids import LAST_IMAGE, image_id, image_number
from ..models import GalleryImage, GallerySession, SessionClaim
from ..summaries import SessionSummary, summarise
from .base import ANY, BlobStore, Catalogue, Claim, ImageSet, KeyTaken, SessionPage, SessionQuery
from .json_images import SessionImages
from .json_index import SessionIndex
from .json_keys import SessionKeys
from .records import decode_image, decode_session, encode, image_key, session_key

CACHED_IMAGES = 100_000
CACHED_SESSIONS = 20_000
LOOK_EVERY = 64
"""After so many newly opened sessions it is counted how many images are kept."""


class JsonCatalogue(Catalogue):
    """A record is read again only when its file's mark changed, so edits by hand are seen at once."""

    def __init__(self, blobs: BlobStore) -> None:
        self._blobs = blobs
        self._sessions: OrderedDict[str, tuple[str, str, GallerySession]] = OrderedDict()
        self._folders: OrderedDict[str, SessionImages] = OrderedDict()
        self._keys = SessionKeys(blobs)
        self._opened = 0
        self._mutex = threading.Lock()
        self._index = SessionIndex(blobs, self._summarise)

    def get_session(self, session_id: str) -> tuple[GallerySession, str]:
        """See Catalogue."""
        key = session_key(session_id)
        cached = self._sessions.get(session_id)
        if cached is not None and cached[0] == self._blobs.head(key).mark:
            return cached[2], cached[1]
        blob = self._blobs.load(key)
        try:
            session = decode_session(blob.data, session_id)
        except DamagedData as error:
            raise DamagedData(
                f"The record {key} is damaged: {error.detail}. Mend it, or restore it from a copy."
            ) from None
        with self._mutex:
            self._sessions[session_id] = (blob.mark, blob.version, session)
            while len(self._sessions) > CACHED_SESSIONS:
                self._sessions.popitem(last=False)
        return session, blob.version

    def put_session(self, session: GallerySession, version: str | None) -> str:
        """See Catalogue."""
        key, data = session_key(session.id), encode(session)
        if version is not None or session.idempotency is None:
            new = self._blobs.put(key, data, if_match=version)
        else:
            with self._keys.lock():
                self._keys.check_not_erased(session.idempotency.key)
                new = self._blobs.put(key, data)
        self._index.touch(session.id, at_once=True)
        return new

    def claim_session(self, key: str, wanted: SessionClaim) -> SessionClaim:
        """See Catalogue."""
        return self._keys.claim(key, wanted)

    def drop_session(self, session_id: str) -> None:
        """See Catalogue."""
        folder = f"{session_id}/"
        own = session_key(session_id)
        keys_folder = f".gallery/keys/{folder}"
        for blob in self._blobs.list(keys_folder, marks=False).blobs:
            self._blobs.delete(blob.key)
        self._blobs.delete(keys_folder)
        for blob in self._blobs.list(folder, suffix=".json", marks=False).blobs:
            if blob.key != own:
                self._blobs.delete(blob.key)
        self._drop_record(session_id)
        self._blobs.delete(folder)
        with self._mutex:
            self._sessions.pop(session_id, None)
            self._folders.pop(session_id, None)
        self._index.touch(session_id, at_once=True)

    def page(self, query: SessionQuery) -> SessionPage:
        """See Catalogue."""
        return self._index.page(query)

    def summary(self, session_id: str, *, fresh: bool = False) -> SessionSummary:
        """See Catalogue."""
        if fresh:
            # An image's record that was edited in place leaves no trace on what the index looks at.
            self._images_of(session_id).notice_edits()
        return self._index.summary(session_id)

    def claim(self, session_id: str, key: str | None) -> Claim:
        """See Catalogue."""
        if key is not None and self._holder(session_id, key) is not None:
            # Whoever made it did so under this lock and synced before letting go.
            with self._blobs.lock(f"{session_id}/"):
                existing = self._holder(session_id, key)
            if existing is not None:
                return Claim(existing.number, existing)
        number = self._images_of(session_id).next_number()
        if number > LAST_IMAGE:
            raise InvalidInput("This session has used up its image numbers; begin another session.")
        return Claim(number)

    def put_image(self, image: GalleryImage, version: str | None) -> str:
        """See Catalogue."""
        key = image_key(image.session_id, image.number)
        data = _readable(image)
        if version is not None or image.idempotency is None:
            new = self._blobs.put(key, data, if_match=version)
        else:
            with self._blobs.lock(f"{image.session_id}/"):
                new = self._put_once(image, image.idempotency.key, key, data)
        self._index.touch(image.session_id)
        return new

    def images(self, session_id: str) -> ImageSet:
        """See Catalogue."""
        return self._images_of(session_id).all()

    def settled_images(self, session_id: str) -> ImageSet | None:
        """See Catalogue."""
        return self._images_of(session_id).settled() if self._blobs.quick else None

    def get_image(self, session_id: str, image_id: str) -> tuple[GalleryImage, str]:
        """See Catalogue."""
        return self._images_of(session_id).get(image_number(image_id))

    def warm(self) -> None:
        """Read the index, so that the first page is quick."""
        self._index.page(SessionQuery(limit=1))

    def close(self) -> None:
        """Write the index down."""
        self._index.close()

    def _drop_record(self, session_id: str) -> None:
        try:
            mark = self.get_session(session_id)[0].idempotency
        except (NotFound, DamagedData):
            mark = None
        with self._keys.lock() if mark is not None else nullcontext():
            if mark is not None:
                self._keys.mark_erased(mark.key)
            self._blobs.delete(session_key(session_id))

    def _put_once(self, image: GalleryImage, idempotency_key: str, key: str, data: bytes) -> str:
        holder = self._holder(image.session_id, idempotency_key)
        if holder is not None:
            raise KeyTaken(holder)
        if self._blobs.exists(key):
            raise AlreadyExists(f"{key} is already there.")
        note = orjson.dumps({"image": image.id})
        self._blobs.put(_note_key(image.session_id, idempotency_key), note, if_match=ANY)
        return self._blobs.put(key, data)

    def _holder(self, session_id: str, idempotency_key: str) -> GalleryImage | None:
        """The image that an idempotency key made; a note without a committed image counts for nothing."""
        try:
            note = orjson.loads(self._blobs.read(_note_key(session_id, idempotency_key)))
            image, _ = self.get_image(session_id, image_id(image_number(note["image"])))
        except (NotFound, ValueError, TypeError, KeyError):
            return None
        mark = image.idempotency
        return image if mark is not None and mark.key == idempotency_key else None

    def _images_of(self, session_id: str) -> SessionImages:
        with self._mutex:
            folder = self._folders.get(session_id)
            if folder is None:
                edited = partial(self._index.outdated, session_id)
                folder = self._folders[session_id] = SessionImages(self._blobs, session_id, edited)
                self._let_go_of_some()
            with suppress(KeyError):
                self._folders.move_to_end(session_id)
            return folder

    def _let_go_of_some(self) -> None:
        self._opened += 1
        kept = sum(map(len, self._folders.values())) if self._opened % LOOK_EVERY == 0 else 0
        while kept > CACHED_IMAGES and len(self._folders) > 1:
            _, dropped = self._folders.popitem(last=False)
            kept -= len(dropped)

    def _summarise(self, session_id: str) -> SessionSummary:
        session, _ = self.get_session(session_id)
        if session.purging:
            raise NotFound(f"Session {session_id} is being erased.")
        images = self.images(session_id)
        return summarise(session, images.images, images.state)


def _readable(image: GalleryImage) -> bytes:
    """A record as bytes that are known to be understood when they are read again."""
    data = encode(image)
    try:
        decode_image(data, image.session_id, image.number)
    except DamagedData as error:
        raise InvalidInput(f"This image cannot be kept as it was described: {error.detail}.") from None
    return data


def _note_key(session_id: str, idempotency_key: str) -> str:
    digest = hashlib.sha256(idempotency_key.encode()).hexdigest()[:40]
    return f".gallery/keys/{session_id}/{digest}.json"
