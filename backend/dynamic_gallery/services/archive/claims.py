"""Which session id an import may write to: free, and nobody else's while it writes.

A note in `.gallery/imports/{session}/` says that an import is under way; a lock on that folder, given up when its
process dies, says that it still is. What a dead import left is known by its note and swept.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from ...errors import DamagedData, GalleryError, NotFound
from ...storage.base import ANY, BlobStore, Catalogue
from ...storage.records import session_key
from ..upkeep import IMPORTS, UNFINISHED_FOR, Finding, finish_erasing

_WAITING, _WRITING = b'{"import": "waiting"}', b'{"import": "writing"}'


@contextmanager
def claimed(blobs: BlobStore, catalogue: Catalogue, session_id: str) -> Iterator[bool]:
    """Whether a session id is free; while this lasts, no other import takes it.

    What was written under it is swept when the body raises, unless the session's record is there by then.
    """
    folder = _notes(session_id)
    own = f"{folder}{secrets.token_hex(8)}.json"
    blobs.put(own, _WAITING)
    with blobs.lock(folder):
        _sweep_after_the_dead(blobs, catalogue, session_id, own)
        free = _is_free(blobs, catalogue, session_id)
        if free:
            blobs.put(own, _WRITING, if_match=ANY)
        try:
            yield free
        except BaseException:
            if free:
                # Should this fail, too, the note stays and tells what to sweep.
                _sweep(blobs, catalogue, session_id)
            _let_go(blobs, own, folder)
            raise
        _let_go(blobs, own, folder)


def _let_go(blobs: BlobStore, own: str, folder: str) -> None:
    with suppress(GalleryError):
        blobs.delete(own)
        blobs.delete(folder)


def unfinished(blobs: BlobStore, catalogue: Catalogue, *, repair: bool) -> Iterator[Finding]:
    """Imports that ended before their time, an hour ago or longer; with `repair`, what they left is swept."""
    for session_id in blobs.list(IMPORTS, marks=False).folders:
        folder = _notes(session_id)
        if any(time.time() - note.modified < UNFINISHED_FOR for note in blobs.list(folder).blobs):
            continue
        left = blobs.exists(f"{session_id}/") and not blobs.exists(session_key(session_id))
        if repair:
            with suppress(NotFound), blobs.lock(folder):
                _sweep_after_the_dead(blobs, catalogue, session_id, "")
            blobs.delete(folder)
        if left:
            yield Finding(f"{session_id}/", "was not wholly imported", repair)


def _notes(session_id: str) -> str:
    return f"{IMPORTS}{session_id}/"


def _sweep_after_the_dead(blobs: BlobStore, catalogue: Catalogue, session_id: str, own: str) -> None:
    """Under the lock nobody else is writing: who says so died of it."""
    for note in blobs.list(_notes(session_id), marks=False).blobs:
        if note.key == own:
            continue
        with suppress(NotFound):
            if blobs.read(note.key) == _WRITING:
                _sweep(blobs, catalogue, session_id)
                blobs.delete(note.key)
            elif not own:
                blobs.delete(note.key)


def _sweep(blobs: BlobStore, catalogue: Catalogue, session_id: str) -> None:
    try:
        catalogue.get_session(session_id)
    except NotFound:
        finish_erasing(blobs, catalogue, session_id)
    except DamagedData:
        return


def _is_free(blobs: BlobStore, catalogue: Catalogue, session_id: str) -> bool:
    try:
        catalogue.get_session(session_id)
    except NotFound:
        return not blobs.exists(f"{session_id}/")
    except DamagedData:
        return False
    return False
