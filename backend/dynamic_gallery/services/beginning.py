"""Beginning a session, once for each idempotency key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

from ..errors import AlreadyExists, Erased, IdempotencyKeyReused, NotFound
from ..ids import new_session_id
from ..models import GallerySession, IdempotencyMark, SessionClaim, now
from ..storage.base import Catalogue
from ..summaries import SessionSummary, summarise
from .edits import SessionChanges, apply_changes

Put = Callable[[GallerySession, None], str]


@dataclass(frozen=True, slots=True)
class Begun:
    """The session, the version of its record, and whether this request made it or an earlier one with its key."""

    summary: SessionSummary
    version: str
    created: bool


def begin(put: Put, changes: SessionChanges) -> Begun:
    """Begin a session under an id that nobody has."""
    while True:
        try:
            return _make(put, new_session_id(), changes, None)
        except AlreadyExists:
            continue


def begin_once(catalogue: Catalogue, put: Put, changes: SessionChanges, key: str) -> Begun:
    """The session that the key makes, or made before.

    The key is bound to an id before the session is made under it, so whoever tries again after a crash
    between the two makes the same session. Raises IdempotencyKeyReused for another request, and Erased.
    """
    mark = IdempotencyMark(key=key, request_sha256=_digest(changes))
    held = _claim(catalogue, mark)
    session_id = held.session_id
    if held.request_sha256 != mark.request_sha256:
        raise IdempotencyKeyReused(
            f"This Idempotency-Key already began {session_id} by another request; use a new key a session."
        )
    if held.erased_at is not None:
        raise Erased.by_key(session_id)
    if not _is_there(catalogue, session_id):
        try:
            return _make(put, session_id, changes, mark)
        except AlreadyExists:
            pass  # made meanwhile by another with the same key
    try:
        session, version = catalogue.get_session(session_id)
        if session.purging:
            raise Erased.by_key(session_id)
        return Begun(catalogue.summary(session_id, fresh=True), version, created=False)
    except NotFound:
        raise Erased.by_key(session_id) from None


def _claim(catalogue: Catalogue, mark: IdempotencyMark) -> SessionClaim:
    while True:
        wanted = SessionClaim(
            session_id=new_session_id(), request_sha256=mark.request_sha256, created_at=now()
        )
        try:
            return catalogue.claim_session(mark.key, wanted)
        except AlreadyExists:
            continue


def _is_there(catalogue: Catalogue, session_id: str) -> bool:
    try:
        catalogue.get_session(session_id)
    except NotFound:
        return False
    return True


def _make(put: Put, session_id: str, changes: SessionChanges, mark: IdempotencyMark | None) -> Begun:
    at = now()
    blank = GallerySession(id=session_id, created_at=at, updated_at=at, idempotency=mark)
    session = apply_changes(blank, changes, at)
    version = put(session, None)
    # Not read back: it is kept, and a failing read must not hide that.
    return Begun(summarise(session, ()), version, created=True)


def _digest(changes: SessionChanges) -> str:
    asked = {field: value for field, value in changes.wanted().items() if value}
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
