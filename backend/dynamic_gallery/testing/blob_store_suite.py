"""What every BlobStore promises (storage/base.py, docs/SPEC.md). Subclass it as `Test…` and give what is abstract.

`seed` and `peek` reach the medium itself, so that an adapter is never judged by its own word.
"""

# ruff: noqa: S101

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Iterable

import pytest

from ..errors import AlreadyExists, GalleryError, InvalidInput, NotFound, VersionMismatch
from ..storage.base import ANY, BlobStore
from .together import outcomes, together

FOLDER = "gal-1733500000-abc123/"
KEY = f"{FOLDER}img_001.png"
LARGE = bytes(range(256)) * (5 * 4096)
ODD_KEYS = (
    "../outside",
    f"{FOLDER}../../outside",
    f"{FOLDER}..",
    "/etc/outside",
    f"{FOLDER}a\0b",
    "a\\b",
    "a//b",
    "./a",
    f"{FOLDER}./a",
    "a b",
    "a\nb",
    "é",
    "-rf",
    f"{FOLDER}.hidden",
    "a" * 201,
)


class BlobStoreSuite(ABC):
    """The contract of one medium; `open` may be called often, each time for another opener of the same one."""

    @abstractmethod
    def open(self) -> BlobStore:
        """Another opener of this test's medium, which begins empty."""

    @abstractmethod
    def seed(self, key: str, data: bytes) -> None:
        """Write behind the adapter's back, over what is there."""

    @abstractmethod
    def peek(self, key: str) -> bytes | None:
        """Read behind the adapter's back; None for what is absent."""

    @pytest.fixture
    def store(self) -> Iterable[BlobStore]:
        """One opener."""
        opened = self.open()
        yield opened
        opened.close()

    # Writing

    def test_put_creates_and_gives_the_version_that_load_gives(self, store: BlobStore) -> None:
        """P8: the bytes are those that were put."""
        version = store.put(KEY, b"one")
        assert self.peek(KEY) == b"one"
        assert store.load(KEY).version == version
        assert store.load(KEY).data == b"one"

    def test_put_creates_only(self, store: BlobStore) -> None:
        """S5: what is there stays."""
        self.seed(KEY, b"first")
        with pytest.raises(AlreadyExists):
            store.put(KEY, b"second")
        assert self.peek(KEY) == b"first"

    def test_s5_of_twenty_that_create_at_once_one_wins(self) -> None:
        """All others hear that it is there, and its bytes stay."""
        stores = [self.open(), self.open()]
        found = outcomes(
            [lambda n=n: stores[n % 2].put(KEY, b"%d" % n) for n in range(20)]  # type: ignore[misc]
        )
        won = [n for n, outcome in enumerate(found) if isinstance(outcome, str)]
        assert len(won) == 1
        assert self.peek(KEY) == b"%d" % won[0]
        assert sum(isinstance(outcome, AlreadyExists) for outcome in found) == 19

    def test_put_replaces_the_version_it_names(self, store: BlobStore) -> None:
        """Compare and swap; the new version replaces next."""
        self.seed(KEY, b"one")
        second = store.put(KEY, b"two", if_match=store.load(KEY).version)
        store.put(KEY, b"three", if_match=second)
        assert self.peek(KEY) == b"three"

    def test_s8_a_stale_version_replaces_nothing(self, store: BlobStore) -> None:
        """No lost update."""
        stale = store.put(KEY, b"one")
        self.seed(KEY, b"edited by hand")
        with pytest.raises(VersionMismatch):
            store.put(KEY, b"two", if_match=stale)
        assert self.peek(KEY) == b"edited by hand"

    def test_s8_of_twenty_that_replace_one_version_at_once_one_wins(self) -> None:
        """No lost update between threads or openers."""
        stores = [self.open(), self.open()]
        version = stores[0].put(KEY, b"before")
        calls = [lambda n=n: stores[n % 2].put(KEY, b"%d" % n, if_match=version) for n in range(20)]
        found = outcomes(calls)
        won = [n for n, outcome in enumerate(found) if isinstance(outcome, str)]
        assert len(won) == 1
        assert self.peek(KEY) == b"%d" % won[0]
        assert sum(isinstance(outcome, VersionMismatch) for outcome in found) == 19

    def test_replacing_what_is_absent_is_not_found_and_makes_nothing(self, store: BlobStore) -> None:
        """S9: also no folder."""
        with pytest.raises(NotFound):
            store.put(KEY, b"two", if_match="0" * 32)
        assert self.peek(KEY) is None
        assert store.list("").folders == ()

    def test_any_takes_whatever_is_there(self, store: BlobStore) -> None:
        """Nothing, or something."""
        store.put(KEY, b"one", if_match=ANY)
        assert self.peek(KEY) == b"one"
        store.put(KEY, b"two", if_match=ANY)
        assert self.peek(KEY) == b"two"

    @pytest.mark.parametrize("data", [b"", LARGE], ids=["empty", "5 MB"])
    def test_p8_any_size_comes_back_the_same(self, store: BlobStore, data: bytes) -> None:
        """Empty and large blobs."""
        store.put(KEY, data)
        assert self.peek(KEY) == data
        assert store.load(KEY).data == data
        assert store.read(KEY) == data
        assert store.head(KEY).size == len(data)
        assert b"".join(store.stream(KEY, 0, len(data))) == data

    def test_p2_a_reader_sees_a_whole_blob_or_none(self) -> None:
        """Never a mixture of two versions."""
        reader, writer = self.open(), self.open()
        size = 300_000
        writer.put(KEY, b"a" * size)
        torn: list[int] = []

        def write() -> None:
            for n in range(12):
                writer.put(KEY, (b"b", b"a")[n % 2] * size, if_match=ANY)

        def read() -> None:
            for _ in range(40):
                data = reader.load(KEY).data
                if len(data) != size or len(set(data)) != 1:
                    torn.append(len(data))

        together([write, read, read])
        assert torn == []

    @pytest.mark.parametrize("key", ODD_KEYS)
    def test_p9_keys_off_their_pattern_are_refused(self, store: BlobStore, key: str) -> None:
        """Before they reach the medium, by every operation."""
        for operation in (
            lambda: store.put(key, b"x"),
            lambda: store.put(key, b"x", if_match=ANY),
            lambda: store.load(key),
            lambda: store.read(key),
            lambda: store.head(key),
            lambda: store.delete(key),
            lambda: store.list(f"{key}/"),
        ):
            with pytest.raises(InvalidInput):
                operation()
        assert store.list("") == store.list("gal-9-absent/")

    @pytest.mark.parametrize("key", ["", FOLDER])
    def test_a_folder_cannot_be_written_as_a_blob(self, store: BlobStore, key: str) -> None:
        """A key without a name is no blob's."""
        with pytest.raises(InvalidInput):
            store.put(key, b"x")
        assert store.list("").folders == ()

    # Reading

    def test_s10_absent_is_not_found(self, store: BlobStore) -> None:
        """By every way to ask."""
        self.seed(f"{FOLDER}metadata.json", b"{}")
        for key in (KEY, "gal-9-absent/img_001.png"):
            for ask in (store.load, store.read, store.head):
                with pytest.raises(NotFound):
                    ask(key)
            assert not store.exists(key)
        with pytest.raises(NotFound):
            store.head("gal-9-absent/")

    @pytest.mark.parametrize(
        ("start", "stop", "expected"),
        [
            (0, None, b"0123456789"),
            (0, 0, b""),
            (3, 5, b"34"),
            (9, 10, b"9"),
            (8, 100, b"89"),
            (10, 11, b""),
            (50, 100, b""),
            (7, None, b"789"),
            (11, None, b""),
            (5, 3, b""),
        ],
    )
    def test_h9_ranges_leave_out_what_lies_past_the_end(
        self, store: BlobStore, start: int, stop: int | None, expected: bytes
    ) -> None:
        """Nothing is an error about a range."""
        self.seed(KEY, b"0123456789")
        assert store.read(KEY, start, stop) == expected

    def test_stream_gives_the_range_in_chunks(self, store: BlobStore) -> None:
        """The first bytes come before the last are read."""
        self.seed(KEY, LARGE)
        chunks = list(store.stream(KEY, 7, len(LARGE) - 5))
        assert b"".join(chunks) == LARGE[7:-5]
        assert len(chunks) > 2

    def test_s10_a_stream_that_ends_early_says_so(self, store: BlobStore) -> None:
        """Rather than give less than was promised."""
        self.seed(KEY, b"short")
        with pytest.raises(GalleryError):
            list(store.stream(KEY, 0, 6))

    # Marks

    def test_unchanged_content_keeps_its_mark_once_settled(self, store: BlobStore) -> None:
        """S6: else everything would be read again each time; for another opener too."""
        store.put(KEY, b"one")
        self.settled(store)
        other = self.open()
        for key in (KEY, FOLDER):
            assert store.head(key).mark == store.head(key).mark == other.head(key).mark
        assert store.load(KEY).mark == store.head(KEY).mark
        assert store.list(FOLDER).blobs == (store.head(KEY),)

    def test_s3_each_change_gives_a_new_mark_however_fast(self, store: BlobStore) -> None:
        """Replaced, or overwritten in place with as many bytes, also within one tick of a clock."""
        marks = set()
        for n in range(40):
            if n % 2:
                self.seed(KEY, b"%02d" % n)
            else:
                store.put(KEY, b"%02d" % n, if_match=ANY)
            mark = store.head(KEY).mark
            assert mark not in marks
            marks.add(mark)

    def test_a_mark_that_two_openers_share_means_unchanged(self) -> None:
        """Marks are kept in files and compared by others."""
        one, other = self.open(), self.open()
        self.seed(KEY, b"1")
        before = one.head(KEY).mark
        self.seed(KEY, b"2")
        assert other.head(KEY).mark != before

    def test_a_folder_has_a_new_mark_when_a_name_comes_goes_or_is_replaced(self, store: BlobStore) -> None:
        """However fast."""
        marks = set()
        other = f"{FOLDER}img_002.png"
        for n in range(12):
            for change in (
                lambda n=n: store.put(KEY, b"%d" % n, if_match=ANY),
                lambda: store.put(other, b""),
                lambda: store.delete(other),
            ):
                change()
                mark = store.head(FOLDER).mark
                assert mark not in marks
                marks.add(mark)

    def test_the_root_has_a_new_mark_when_a_folder_comes_or_goes(self, store: BlobStore) -> None:
        """S8: that is how another's new session is seen."""
        empty = self.settled(store, "")
        store.put(KEY, b"1")
        with_folder = self.settled(store, "")
        assert with_folder != empty
        store.delete(KEY)
        store.delete(FOLDER)
        assert self.settled(store, "") not in (empty, with_folder)

    def settled(self, store: BlobStore, key: str = KEY) -> str:
        """Wait until the medium can tell that nothing changes; returns the mark."""
        until = time.monotonic() + 5
        folder = key.rpartition("/")[0] + "/" if key else ""
        while time.monotonic() < until:
            if all(store.head(one).mark == store.head(one).mark for one in (key, folder)):
                return store.head(key).mark
            time.sleep(0.005)
        raise AssertionError("The marks never settle.")

    # Listing

    def test_a_listing_shows_one_level_in_order_of_name(self, store: BlobStore) -> None:
        """Folders by name, blobs by their full keys."""
        for name in ("b.json", "a.png", "sub/deep.json"):
            self.seed(FOLDER + name, name.encode())
        self.seed("sessions.json", b"{}")
        listing = store.list(FOLDER)
        assert [blob.key for blob in listing.blobs] == [f"{FOLDER}a.png", f"{FOLDER}b.json"]
        assert [blob.size for blob in listing.blobs] == [5, 6]
        assert listing.folders == ("sub",)
        assert store.list("").folders == (FOLDER.rstrip("/"),)
        assert [blob.key for blob in store.list("").blobs] == ["sessions.json"]

    def test_a_listing_can_leave_out_other_endings_and_marks(self, store: BlobStore) -> None:
        """`marks=False` still gives the keys."""
        for name in ("b.json", "a.png", "a.json"):
            self.seed(FOLDER + name, b"")
        listing = store.list(FOLDER, suffix=".json", marks=False)
        assert [blob.key for blob in listing.blobs] == [f"{FOLDER}a.json", f"{FOLDER}b.json"]

    def test_an_absent_folder_is_empty(self, store: BlobStore) -> None:
        """No error."""
        listing = store.list("gal-9-absent/")
        assert (listing.folders, listing.blobs) == ((), ())

    def test_s1_what_is_kept_aside_is_no_session(self, store: BlobStore) -> None:
        """`.gallery` takes blobs and is not listed."""
        key = f".gallery/thumbnails/{FOLDER}img_001-160.webp"
        store.put(key, b"thumbnail")
        assert self.peek(key) == b"thumbnail"
        assert store.list("").folders == ()
        assert [blob.key for blob in store.list(key.rpartition("/")[0] + "/").blobs] == [key]

    # Deleting

    def test_delete_is_whole_and_may_be_repeated(self, store: BlobStore) -> None:
        """P6: absent already is fine."""
        self.seed(KEY, b"one")
        store.delete(KEY)
        assert self.peek(KEY) is None
        store.delete(KEY)
        store.delete("gal-9-absent/img_001.png")
        store.delete("gal-9-absent/deep/")
        assert store.list("gal-9-absent/").folders == ()
        assert store.put(KEY, b"two")

    def test_a_folder_goes_only_when_nothing_is_in_it(self, store: BlobStore) -> None:
        """P4: whatever else was thought."""
        self.seed(KEY, b"one")
        store.delete(FOLDER)
        assert self.peek(KEY) == b"one"
        store.delete(KEY)
        store.delete(FOLDER)
        assert store.list("").folders == ()
        store.delete(FOLDER)

    def test_a_folder_stays_while_a_folder_is_in_it(self, store: BlobStore) -> None:
        """P4: one level after the other."""
        self.seed(f"{FOLDER}sub/deep.json", b"one")
        store.delete(FOLDER)
        assert self.peek(f"{FOLDER}sub/deep.json") == b"one"
        assert store.list(FOLDER).folders == ("sub",)

    # Several openers

    def test_s8_one_opener_sees_at_once_what_another_did(self) -> None:
        """Created, replaced, deleted."""
        one, other = self.open(), self.open()
        version = one.put(KEY, b"one")
        assert other.load(KEY).version == version
        other.put(KEY, b"two", if_match=version)
        assert one.read(KEY) == b"two"
        one.delete(KEY)
        assert not other.exists(KEY)

    def test_s8_a_lock_lets_in_one_of_all_openers(self) -> None:
        """Threads and openers."""
        stores = [self.open(), self.open()]
        self.seed(KEY, b"")
        inside: list[int] = []
        most: list[int] = []

        def work(n: int) -> None:
            for _ in range(5):
                with stores[n % 2].lock(FOLDER):
                    inside.append(n)
                    most.append(len(inside))
                    time.sleep(0.0005)
                    inside.remove(n)

        together([lambda n=n: work(n) for n in range(6)])  # type: ignore[misc]
        assert most == [1] * 30

    def test_a_lock_is_given_up_when_its_holder_fails(self) -> None:
        """Else everybody would wait for ever."""
        self.seed(KEY, b"")
        one, other = self.open(), self.open()
        with pytest.raises(ZeroDivisionError), one.lock(FOLDER):
            raise ZeroDivisionError
        with other.lock(FOLDER):
            pass

    def test_locks_of_other_folders_do_not_wait(self) -> None:
        """S6: sessions do not slow each other."""
        self.seed(KEY, b"")
        self.seed("gal-2-bbbbbb/a", b"")
        one, other = self.open(), self.open()
        with one.lock(FOLDER), other.lock("gal-2-bbbbbb/"):
            pass

    def test_a_lock_may_be_held_while_writing_in_the_folder(self, store: BlobStore) -> None:
        """The same thread does not wait for itself."""
        version = store.put(KEY, b"one")
        with store.lock(FOLDER), store.lock(FOLDER):
            store.put(KEY, b"two", if_match=version)
        assert self.peek(KEY) == b"two"

    def test_check_leaves_nothing_behind(self, store: BlobStore) -> None:
        """S9."""
        store.check()
        assert store.list("") == store.list("gal-9-absent/")
        assert store.leftovers("", older_than=0, sweep=True) == []
