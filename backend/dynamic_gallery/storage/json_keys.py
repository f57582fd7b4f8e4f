"""Which session an idempotency key made: one note a key, under `.gallery/keys/sessions/`."""

from __future__ import annotations

import hashlib
from contextlib import AbstractContextManager

from pydantic import ValidationError

from ..errors import AlreadyExists, Erased, NotFound
from ..models import SessionClaim, now
from .base import BlobStore
from .records import encode, session_key

FOLDER = ".gallery/keys/sessions/"


class SessionKeys:
    """The notes of one medium. What nobody can understand counts as absent, as with a folder that was deleted."""

    def __init__(self, blobs: BlobStore) -> None:
        self._blobs = blobs

    def lock(self) -> AbstractContextManager[None]:
        """Keep all other openers from claiming keys, and from making or erasing sessions that have one."""
        # The root's, because the notes' own folder may not be there yet.
        return self._blobs.lock("")

    def claim(self, key: str, wanted: SessionClaim) -> SessionClaim:
        """See Catalogue.claim_session."""
        # Also to read: whoever made the note did so under the lock and synced before letting go.
        with self.lock():
            held, version = self._load(key)
            if held is not None:
                return held
            if self._blobs.exists(session_key(wanted.session_id)):
                raise AlreadyExists(f"There is a session {wanted.session_id} already.")
            self._blobs.put(_note_key(key), encode(wanted), if_match=version)
            return wanted

    def check_not_erased(self, key: str) -> None:
        """Raises Erased when the session that the key made is gone for good; to be called under the lock."""
        held, _ = self._load(key)
        if held is not None and held.erased_at is not None:
            raise Erased.by_key(held.session_id)

    def mark_erased(self, key: str) -> None:
        """Note that the key's session is gone for good; to be called under the lock, before it goes."""
        held, version = self._load(key)
        if held is not None and held.erased_at is None:
            gone = held.model_copy(update={"erased_at": now()})
            self._blobs.put(_note_key(key), encode(gone), if_match=version)

    def _load(self, key: str) -> tuple[SessionClaim | None, str | None]:
        """What a note says, and its version, which is None where there is no note at all."""
        try:
            blob = self._blobs.load(_note_key(key))
        except NotFound:
            return None, None
        try:
            return SessionClaim.model_validate_json(blob.data), blob.version
        except ValidationError:
            return None, blob.version


def _note_key(idempotency_key: str) -> str:
    return f"{FOLDER}{hashlib.sha256(idempotency_key.encode()).hexdigest()[:40]}.json"
