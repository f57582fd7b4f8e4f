"""The index of all sessions, in memory and as `sessions.json`: a cache, checked against the folders."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import orjson
from pydantic import ValidationError

from ..errors import GalleryError, NotFound, StorageUnavailable
from ..ids import is_session_id
from ..models import SCHEMA
from ..summaries import DERIVATION, SessionSummary
from .base import ANY, BlobStore, Damage, SessionPage, SessionQuery
from .records import session_key
from .session_order import SessionOrder
from .throttle import Throttle

INDEX_KEY = "sessions.json"
FEW = 64
"""So many sessions are all looked at before each page; more are looked at in the background."""
SOON = 0.2
"""Seconds before a change of an image reaches `sessions.json`."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one session, and the marks of its folder and record when that was read."""

    marks: tuple[str, str]
    found: SessionSummary | Damage
    encoded: bytes = b""


class SessionIndex:
    """Answers pages from memory.

    Before it does, it looks again at what may have changed behind its back: the root for sessions that
    came or went, the sessions on the page, and as often as `Throttle` lets, all others.
    """

    def __init__(self, blobs: BlobStore, summarise: Callable[[str], SessionSummary]) -> None:
        self._blobs = blobs
        self._summarise = summarise
        self._entries: dict[str, Entry] = {}
        self._stale: deque[str] = deque()
        self._unsettled: set[str] = set()
        self._order = SessionOrder()
        self._loaded = False
        self._root_mark = ""
        self._mutex = threading.RLock()
        self._checking = Throttle()
        self._checker: threading.Thread | None = None
        self._writing = Throttle()
        self._write_mutex = threading.Lock()
        self._timer_mutex = threading.Lock()
        self._timer: threading.Timer | None = None
        self._closed = False

    def touch(self, session_id: str, *, at_once: bool = False) -> None:
        """A session's records changed. With `at_once` `sessions.json` follows now, if that is cheap."""
        self._stale.append(session_id)
        if at_once and self._loaded and len(self._entries) < FEW and self._writing.due():
            self._write()
        else:
            self._write_soon()

    def outdated(self, session_id: str) -> None:
        """An image's record was found edited in place, which leaves no trace on the session's marks."""
        entry = self._entries.get(session_id)
        if entry is not None:
            self._entries[session_id] = Entry(("", ""), entry.found, entry.encoded)
        self.touch(session_id)

    def page(self, query: SessionQuery) -> SessionPage:
        """See Catalogue."""
        with self._mutex:
            self._refresh()
            page = self._order.page(query)
            for _ in range(3):
                changed = [summary.id for summary in page.sessions if not self._fresh(summary.id)]
                if not changed:
                    break
                self._read_again(changed)
                page = self._order.page(query)
            return page

    def summary(self, session_id: str) -> SessionSummary:
        """See Catalogue."""
        entry = self._entries.get(session_id)
        if entry is not None and self._fresh(session_id):
            found = entry.found
            if isinstance(found, SessionSummary):
                return found
        return self._summarise(session_id)

    def close(self) -> None:
        """Write what is not written yet."""
        with self._timer_mutex:
            self._closed = True
        if self._take_timer():
            self._write()
        with self._write_mutex:
            return

    def _refresh(self) -> None:
        if not self._loaded:
            self._load()
        mark = self._blobs.head("").mark
        if mark != self._root_mark:
            self._look_at_root()
            self._root_mark = mark
        if len(self._entries) <= FEW or self._checking.due():
            self._check_all()
        self._stale.extend(self._unsettled)
        # Only what was touched before this look: under many savers the queue may never be empty.
        self._read_again(dict.fromkeys([self._stale.popleft() for _ in range(len(self._stale))]))

    def _load(self) -> None:
        self._entries = {entry.found.id: entry for entry in _stored_entries(self._blobs)}
        for entry in self._entries.values():
            self._order.put(entry.found)
        self._stale.extend([known for known in self._entries if not self._fresh(known)])
        self._loaded = True

    def _look_at_root(self) -> None:
        listing = self._blobs.list("", suffix=INDEX_KEY, marks=False)
        present = {name for name in listing.folders if is_session_id(name)}
        for gone in set(self._entries) - present:
            self._drop(gone)
        # Half-made and damaged ones: what mends them leaves no trace on the root, so they are looked at each time.
        self._unsettled &= present
        new = present - set(self._entries) - self._unsettled
        self._stale.extend(new)
        if new or (present and not listing.blobs):
            self._write_soon()

    def _check_all(self) -> None:
        if len(self._entries) <= FEW:
            self._mark_stale(list(self._entries))
        elif self._checker is None or not self._checker.is_alive():
            self._checker = threading.Thread(target=self._mark_stale, args=[list(self._entries)], daemon=True)
            self._checker.start()

    def _mark_stale(self, known: Iterable[str]) -> None:
        with self._checking.timed():
            self._stale.extend([session_id for session_id in known if not self._fresh(session_id)])

    def _marks(self, session_id: str) -> tuple[str, str]:
        return self._blobs.head(f"{session_id}/").mark, self._blobs.head(session_key(session_id)).mark

    def _fresh(self, session_id: str) -> bool:
        entry = self._entries.get(session_id)
        try:
            return entry is not None and entry.marks == self._marks(session_id)
        except GalleryError:
            return False

    def _read_again(self, session_ids: Iterable[str]) -> None:
        for session_id in session_ids:
            try:
                marks = self._marks(session_id)
                self._keep(session_id, marks, self._summarise(session_id))
            except NotFound:
                self._drop(session_id)
                self._unsettled.add(session_id)
            except GalleryError as error:
                # Also what could not be read at all: one bad folder must not take the list away.
                damage = Damage(session_id, session_key(session_id), error.detail)
                self._keep(session_id, ("", ""), damage)

    def _keep(self, session_id: str, marks: tuple[str, str], found: SessionSummary | Damage) -> None:
        encoded = b""
        if isinstance(found, SessionSummary):
            encoded = b'{"marks":%s,%s' % (orjson.dumps(marks), found.model_dump_json().encode()[1:])
            self._unsettled.discard(session_id)
        else:
            self._unsettled.add(session_id)
        before = self._entries.get(session_id)
        self._entries[session_id] = Entry(marks, found, encoded)
        if before is None or before.found != found:
            self._order.put(found)

    def _drop(self, session_id: str) -> None:
        if self._entries.pop(session_id, None) is not None:
            self._order.drop(session_id)

    def _take_timer(self) -> bool:
        with self._timer_mutex:
            pending, self._timer = self._timer, None
        if pending is not None:
            pending.cancel()
        return pending is not None

    def _write_soon(self) -> None:
        with self._timer_mutex:
            if self._timer is None and not self._closed:
                self._timer = threading.Timer(max(SOON, self._writing.wait()), self._write)
                self._timer.daemon = True
                self._timer.start()

    def _write(self) -> None:
        try:
            with self._write_mutex, self._writing.timed():
                self._take_timer()
                with self._mutex:
                    self._refresh()
                    encoded = [entry.encoded for entry in self._entries.values() if entry.encoded]
                lines = b",\n  ".join(encoded)
                head = b'{"schema": %d, "derivation": %d, "sessions": [' % (SCHEMA, DERIVATION)
                document = b"%s\n  %s\n]}\n" % (head, lines)
                self._blobs.put(INDEX_KEY, document, if_match=ANY)
        except GalleryError:
            # It is a cache: the next change writes it, and the records say all that it says.
            return


def _stored_entries(blobs: BlobStore) -> list[Entry]:
    try:
        document = orjson.loads(blobs.load(INDEX_KEY).data)
        if (document["schema"], document["derivation"]) != (SCHEMA, DERIVATION):
            return []
        return [_stored_entry(item) for item in document["sessions"]]
    except StorageUnavailable:
        raise
    except (GalleryError, ValidationError, ValueError, TypeError, KeyError):
        return []


def _stored_entry(item: dict[str, object]) -> Entry:
    marks = item["marks"]
    if not isinstance(marks, list):
        raise TypeError
    folder_mark, record_mark = marks
    summary = SessionSummary.model_validate(item)
    if not is_session_id(summary.id):
        raise ValueError
    return Entry((str(folder_mark), str(record_mark)), summary, orjson.dumps(item))
