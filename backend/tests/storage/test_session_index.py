"""`sessions.json` is a cache (SPEC S7): whatever becomes of it, the records are what counts."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from dynamic_gallery.storage.base import ANY, SessionQuery
from dynamic_gallery.storage.json_catalogue import JsonCatalogue
from dynamic_gallery.storage.local import LocalBlobs
from dynamic_gallery.storage.records import encode
from dynamic_gallery.storage.throttle import Throttle
from dynamic_gallery.storage.wrappers import SteppedBlobs
from dynamic_gallery.testing.records import a_session, an_image, session_id

INDEX = "sessions.json"


class Gallery:
    """A catalogue over a folder, with a count of what it does there."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.steps: Counter[tuple[str, str]] = Counter()
        self.blobs = LocalBlobs(root)
        counting = SteppedBlobs(self.blobs, before=lambda *step: self.steps.update([step]))
        self.catalogue = JsonCatalogue(counting)

    def seed(self, number: int, **fields: object) -> Path:
        session = a_session(session_id(number), **fields)  # type: ignore[arg-type]
        path = self.root / session.id / "metadata.json"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(encode(session))
        return path

    def names(self) -> list[str]:
        return [summary.name for summary in self.catalogue.page(SessionQuery(sort="name")).sessions]

    def stored(self) -> dict[str, str]:
        document = json.loads((self.root / INDEX).read_bytes())
        return {session["id"]: session["name"] for session in document["sessions"]}


@pytest.fixture
def gallery(tmp_path: Path) -> Iterator[Gallery]:
    opened = Gallery(tmp_path)
    yield opened
    opened.catalogue.close()


def until(condition: object, within_s: float = 5.0) -> None:
    """Wait until a callable is true."""
    assert callable(condition)
    end = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < end, "It never came true."
        time.sleep(0.01)


def test_s7_it_says_what_the_records_say(gallery: Gallery) -> None:
    version = gallery.catalogue.put_session(a_session(name="one"), None)
    gallery.catalogue.put_session(a_session(name="two"), version)
    gallery.catalogue.close()
    assert list(gallery.stored().values()) == ["two"]


def test_s7_deleted_it_is_made_again(gallery: Gallery) -> None:
    gallery.seed(1, name="one")
    gallery.catalogue.warm()
    until((gallery.root / INDEX).exists)
    (gallery.root / INDEX).unlink()
    assert gallery.names() == ["one"]
    until((gallery.root / INDEX).exists)
    assert list(gallery.stored().values()) == ["one"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"5",
        b'"text"',
        b"\xff\xfe",
        b'{"schema": 2, "sessions": []}',
        b'{"schema": 1, "sessions": 5}',
        b'{"schema": 1, "sessions": [5]}',
        b'{"schema": 1, "sessions": [{"id": "gal-1-aaaaaa", "marks": [1, 2]}]}',
        b'{"schema": 1, "sessions": [{"id": "gal-1-aaaaaa", "marks": "ab"}]}',
        b"[" * 100_000,
    ],
)
def test_s7_damaged_it_is_made_again(gallery: Gallery, content: bytes) -> None:
    gallery.seed(1, name="one")
    (gallery.root / INDEX).write_bytes(content)
    assert gallery.names() == ["one"]
    until(lambda: b"one" in (gallery.root / INDEX).read_bytes())


def test_s7_stale_it_is_put_right(tmp_path: Path) -> None:
    """Sessions that came, went and changed while nobody looked."""
    first = Gallery(tmp_path)
    kept, gone = first.seed(1, name="kept"), first.seed(2, name="gone")
    first.names()
    until((first.root / INDEX).exists)
    first.catalogue.close()
    kept.write_bytes(encode(a_session(session_id(1), name="edited")))
    gone.unlink()
    gone.parent.rmdir()
    (tmp_path / session_id(1) / "img_001.json").write_bytes(encode(an_image(1, session_id(1))))
    first.seed(3, name="came")
    second = Gallery(tmp_path)
    assert second.names() == ["came", "edited"]
    assert second.catalogue.summary(session_id(1)).image_count == 1
    second.catalogue.close()
    assert sorted(second.stored().values()) == ["came", "edited"]


def test_s7_made_up_entries_lead_nowhere(gallery: Gallery) -> None:
    """P9: also no path out of the root."""
    path = gallery.seed(1, name="one")
    gallery.names()
    until((gallery.root / INDEX).exists)
    document = json.loads((gallery.root / INDEX).read_bytes())
    entry = document["sessions"][0]
    for made_up in ("../outside", "gal-1-zzzzzz", "", "gal-1-aaaaaa/../.."):
        document["sessions"].append({**entry, "id": made_up})
    (gallery.root / INDEX).write_text(json.dumps(document))
    path.touch()
    fresh = Gallery(gallery.root)
    assert fresh.names() == ["one"]
    fresh.catalogue.close()


def test_a_folder_without_a_record_is_no_session_and_costs_no_writes(gallery: Gallery) -> None:
    """What a crash leaves, between making the folder and the record in it."""
    gallery.seed(1, name="one")
    (gallery.root / session_id(2)).mkdir()
    assert gallery.names() == ["one"]
    until((gallery.root / INDEX).exists)
    gallery.steps.clear()
    time.sleep(0.9)
    assert gallery.names() == ["one"]
    assert gallery.steps["put", INDEX] <= 1


def test_s8_a_session_seen_half_made_is_seen_whole_at_once(gallery: Gallery) -> None:
    gallery.seed(1, name="one")
    (gallery.root / session_id(2)).mkdir()
    gallery.names()
    until((gallery.root / INDEX).exists)
    time.sleep(0.05)
    assert gallery.names() == ["one"]
    assert gallery.names() == ["one"]
    gallery.seed(2, name="two")
    assert gallery.names() == ["one", "two"]


def test_nothing_is_written_after_close(tmp_path: Path) -> None:
    gallery = Gallery(tmp_path)
    gallery.catalogue._index._writing = Throttle(free=60)
    gallery.catalogue.put_session(a_session(), None)
    gallery.catalogue.warm()
    time.sleep(0.3)
    gallery.catalogue.put_image(an_image(1), None)
    version = gallery.catalogue.get_session("gal-1733500000-abc123")[1]
    gallery.catalogue.put_session(a_session(name="one"), version)
    gallery.catalogue.close()
    gallery.steps.clear()
    time.sleep(0.4)
    assert gallery.steps == Counter()


def test_close_waits_for_what_is_being_written(tmp_path: Path) -> None:
    """Else it would come into a folder that somebody already moves or deletes."""
    begun, written = threading.Event(), threading.Event()

    def slowly(operation: str, key: str) -> None:
        if (operation, key) == ("put", INDEX):
            begun.set()
            time.sleep(0.2)

    def done(operation: str, key: str) -> None:
        if (operation, key) == ("put", INDEX):
            written.set()

    catalogue = JsonCatalogue(SteppedBlobs(LocalBlobs(tmp_path), before=slowly, after=done))
    catalogue.put_session(a_session(), None)
    assert begun.wait(5)
    catalogue.close()
    assert written.is_set()


def test_p1_a_cache_that_cannot_be_written_fails_nothing(tmp_path: Path) -> None:
    gallery = Gallery(tmp_path)
    (tmp_path / INDEX).mkdir()
    gallery.catalogue.put_session(a_session(name="one"), None)
    assert gallery.names() == ["one"]
    gallery.catalogue.close()


def test_s6_a_page_looks_only_at_its_own_sessions_once_all_are_known(gallery: Gallery) -> None:
    """Of many: those on the page, and the others in the background."""
    for n in range(200):
        gallery.seed(n, name=f"{n:03d}")
    gallery.catalogue.warm()
    until((gallery.root / INDEX).exists)
    gallery.blobs.put(INDEX, (gallery.root / INDEX).read_bytes(), if_match=ANY)
    time.sleep(0.05)
    gallery.catalogue.page(SessionQuery(limit=10))
    checker = gallery.catalogue._index._checker
    if checker is not None:
        checker.join(5)
    gallery.steps.clear()
    gallery.catalogue.page(SessionQuery(limit=10))
    assert sum(count for (operation, _), count in gallery.steps.items() if operation != "head") <= 1
    assert sum(gallery.steps.values()) <= 2 * 10 + 2
