"""What LocalBlobs syncs, in which order, and what is left when the system fails it (SPEC P1, P2, S4, S9)."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from dynamic_gallery.errors import GalleryError, NotFound, StorageFull, StorageUnavailable
from dynamic_gallery.services.edits import SessionChanges
from dynamic_gallery.services.gallery_store import GalleryStore
from dynamic_gallery.services.saving import NewImage
from dynamic_gallery.storage.base import ANY
from dynamic_gallery.storage.json_index import SessionIndex
from dynamic_gallery.storage.local import LocalBlobs
from dynamic_gallery.testing.pictures import png

from .trace import Trace, nth, onwards, tree

FOLDER = "gal-1733500000-abc123/"
KEY = f"{FOLDER}img_001.png"


@pytest.fixture
def blobs(tmp_path: Path) -> LocalBlobs:
    return LocalBlobs(tmp_path / "gallery")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[GalleryStore]:
    """A gallery that does not write its index, which would come in between at any time."""
    monkeypatch.setattr(SessionIndex, "_write", lambda _self: None)
    opened = GalleryStore.open(tmp_path / "gallery")
    yield opened
    opened.close()


def session_steps(trace: Trace, session_id: str) -> list[tuple[str, str]]:
    """What happened in and to a session's folder."""
    return [
        (call, path.removeprefix(session_id)) for call, path in trace.steps if path.startswith(session_id)
    ]


def test_p1_s4_a_save_syncs_blob_folder_record_folder(
    store: GalleryStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, _ = store.create_session(SessionChanges())
    trace = Trace(tmp_path / "gallery", monkeypatch)
    store.save_image(session.id, NewImage(data=png()))
    assert session_steps(trace, session.id) == [
        ("write", "/.tmp-img_001.png"),
        ("fsync", "/.tmp-img_001.png"),
        ("link", "/img_001.png"),
        ("unlink", "/.tmp-img_001.png"),
        ("fsync", ""),
        ("write", "/.tmp-img_001.json"),
        ("fsync", "/.tmp-img_001.json"),
        ("link", "/img_001.json"),
        ("unlink", "/.tmp-img_001.json"),
        ("fsync", ""),
    ]


def test_p3_a_note_of_a_key_is_synced_before_the_record(
    store: GalleryStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a power failure could keep the record and lose its key."""
    session, _ = store.create_session(SessionChanges())
    trace = Trace(tmp_path / "gallery", monkeypatch)
    store.save_image(session.id, NewImage(data=png()), idempotency_key="k")
    notes = f".gallery/keys/{session.id}"
    syncs = [path for call, path in trace.steps if call == "fsync" and path.startswith((notes, session.id))]
    record = syncs.index(f"{session.id}/.tmp-img_001.json")
    assert notes in syncs[:record]
    made = [path for call, path in trace.steps if call == "mkdir"]
    assert made == [".gallery", ".gallery/keys", notes]
    for path in made:
        mkdir = trace.steps.index(("mkdir", path))
        parent = path.rpartition("/")[0]
        assert ("fsync", parent) in trace.steps[mkdir : mkdir + 2]


def test_p1_a_new_sessions_folder_is_synced_into_the_root(
    store: GalleryStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trace = Trace(tmp_path / "gallery", monkeypatch)
    session, _ = store.create_session(SessionChanges())
    assert trace.steps == [
        ("mkdir", session.id),
        ("fsync", ""),
        ("write", f"{session.id}/.tmp-metadata.json"),
        ("fsync", f"{session.id}/.tmp-metadata.json"),
        ("link", f"{session.id}/metadata.json"),
        ("unlink", f"{session.id}/.tmp-metadata.json"),
        ("fsync", session.id),
    ]


def test_p1_a_replacement_is_synced_before_and_after_its_rename(
    blobs: LocalBlobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = blobs.put(KEY, b"one")
    trace = Trace(blobs.root, monkeypatch)
    for if_match in (version, ANY):
        trace.steps.clear()
        blobs.put(KEY, b"two", if_match=if_match)
        steps = [step for step in trace.steps if step[0] in ("fsync", "rename")]
        assert steps == [
            ("fsync", f"{FOLDER}.tmp-img_001.png"),
            ("rename", KEY),
            ("fsync", FOLDER.rstrip("/")),
        ]


def test_p6_a_delete_is_synced(blobs: LocalBlobs, monkeypatch: pytest.MonkeyPatch) -> None:
    blobs.put(KEY, b"one")
    trace = Trace(blobs.root, monkeypatch)
    blobs.delete(KEY)
    blobs.delete(FOLDER)
    assert trace.steps == [
        ("unlink", KEY),
        ("fsync", FOLDER.rstrip("/")),
        ("rmdir", FOLDER.rstrip("/")),
        ("fsync", ""),
    ]


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EMFILE])
@pytest.mark.parametrize("how", ["create", "replace", "any", "any new", "new folder"])
def test_s9_a_put_that_fails_at_any_step_leaves_all_as_it_was(
    blobs: LocalBlobs, monkeypatch: pytest.MonkeyPatch, how: str, code: int
) -> None:
    """P2: also a folder whose sync failed after the new name was in it."""
    first = blobs.put(KEY, b"one")
    arguments: dict[str, tuple[str, str | None]] = {
        "create": (f"{FOLDER}img_002.png", None),
        "replace": (KEY, first),
        "any": (KEY, ANY),
        "any new": (f"{FOLDER}img_002.png", ANY),
        "new folder": ("gal-2-bbbbbb/metadata.json", None),
    }
    key, if_match = arguments[how]
    before = tree(blobs.root)
    trace = Trace(blobs.root, monkeypatch)
    expected = StorageFull if code in (errno.ENOSPC, errno.EDQUOT) else StorageUnavailable
    place = 0
    while True:
        trace.steps.clear()
        trace.fail = nth(place, code)
        try:
            blobs.put(key, b"two", if_match=if_match)
        except GalleryError as error:
            failed: GalleryError | None = error
            # What could not be swept is hidden, and verify reports it.
            left = {name: data for name, data in tree(blobs.root).items() if "/.tmp-" not in name}
            assert left == before, trace.steps[place]
            if trace.steps[place][0] != "unlink":
                assert tree(blobs.root) == before, trace.steps[place]
        else:
            failed = None
            if place >= len(trace.steps):
                break
            assert trace.steps[place][0] == "unlink"
            trace.fail = nth(-1)
            blobs.put(KEY, b"one", if_match=ANY)
        assert failed is None or type(failed) is expected, trace.steps[place]
        for name in set(tree(blobs.root)) - set(before):
            (blobs.root / name).unlink()
        place += 1
    assert place >= 4
    assert blobs.read(key) == b"two"


def test_s9_bytes_written_in_part_are_no_blob(blobs: LocalBlobs, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fills up in the middle."""
    real = os.write
    written: list[int] = []

    def short(fd: int, data: bytes) -> int:
        if len(written) >= 3:
            raise OSError(errno.ENOSPC, "full")
        written.append(real(fd, bytes(data[:10])))
        return written[-1]

    monkeypatch.setattr(os, "write", short)
    with pytest.raises(StorageFull):
        blobs.put(KEY, b"x" * 100)
    assert tree(blobs.root) == {}


def test_a_write_in_small_parts_is_whole(blobs: LocalBlobs, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: real(fd, bytes(data[:7])))
    data = bytes(range(200))
    blobs.put(KEY, data)
    assert (blobs.root / KEY).read_bytes() == data


@pytest.mark.parametrize("key", [None, "k"])
def test_p1_a_save_with_a_failing_step_is_a_failed_save(
    store: GalleryStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str | None
) -> None:
    """Every fsync, link and mkdir of a save, one after the other; afterwards the session holds nothing new."""
    root = tmp_path / "gallery"
    session, _ = store.create_session(SessionChanges())
    before = tree(root / session.id)
    trace = Trace(root, monkeypatch)
    place = 0
    while True:
        trace.steps.clear()
        trace.fail = nth(place)
        try:
            store.save_image(session.id, NewImage(data=png()), idempotency_key=key)
        except StorageUnavailable:
            assert tree(root / session.id) == before, trace.steps[place]
        else:
            if place >= len(trace.steps):
                break
            # Only what does not matter may fail unheard: a temporary name that stays behind.
            assert trace.steps[place][0] == "unlink", trace.steps[place]
            for path in (root / session.id).glob("img_*"):
                path.unlink()
        trace.fail = nth(-1)
        for left in (root / session.id).glob(".tmp-*"):
            left.unlink()
        place += 1
    assert place >= 8


def test_p1_a_disk_that_turns_read_only_acknowledges_nothing(
    store: GalleryStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was linked but never synced can still be read back: that makes it no save."""
    session, _ = store.create_session(SessionChanges())
    trace = Trace(tmp_path / "gallery", monkeypatch)
    for place in range(10):
        trace.steps.clear()
        trace.fail = onwards(place)
        with pytest.raises(StorageUnavailable):
            store.save_image(session.id, NewImage(data=png(place)))
        trace.fail = nth(-1)
        for path in (tmp_path / "gallery" / session.id).glob("img*"):
            path.unlink()
        for path in (tmp_path / "gallery" / session.id).glob(".tmp*"):
            path.unlink()


def test_p1_an_edit_that_was_not_synced_is_not_acknowledged(
    store: GalleryStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, _ = store.create_session(SessionChanges(name="before"))
    trace = Trace(tmp_path / "gallery", monkeypatch)
    for place in range(5):
        trace.steps.clear()
        trace.fail = onwards(place)
        with pytest.raises(StorageUnavailable):
            store.update_session(session.id, SessionChanges(name=f"after {place}"))
        trace.fail = nth(-1)


def test_links_that_the_file_system_does_not_know_are_done_without(
    blobs: LocalBlobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S5: still create only."""
    trace = Trace(blobs.root, monkeypatch)
    trace.fail = lambda _place, call, _path: errno.EPERM if call == "link" else None
    version = blobs.put(KEY, b"one")
    with pytest.raises(GalleryError):
        blobs.put(KEY, b"two")
    blobs.put(KEY, b"three", if_match=version)
    blobs.put(KEY, b"four", if_match=ANY)
    assert tree(blobs.root) == {FOLDER.rstrip("/"): None, KEY: b"four"}


def test_a_folder_that_cannot_be_removed_is_no_silence(
    blobs: LocalBlobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S10: only a folder that is not empty may stay without a word."""
    blobs.put(KEY, b"one")
    blobs.delete(KEY)
    trace = Trace(blobs.root, monkeypatch)
    trace.fail = lambda _place, call, _path: errno.EIO if call == "rmdir" else None
    with pytest.raises(StorageUnavailable):
        blobs.delete(FOLDER)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real medium of 256 kB, where the system lets us have one."""
    root = tmp_path / "disk"
    root.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(root)]
    try:
        made = os.geteuid() == 0 and subprocess.run(command, check=False, capture_output=True).returncode == 0
    except OSError:
        made = False
    if not made:
        pytest.skip("a small disk can be mounted by root only")
    yield root
    subprocess.run(["umount", "-l", str(root)], check=True)


def test_s9_a_full_disk_says_so_and_keeps_nothing(small_disk: Path) -> None:
    blobs = LocalBlobs(small_disk)
    blobs.put(KEY, b"x" * 100_000)
    with pytest.raises(StorageFull):
        blobs.put(f"{FOLDER}img_002.png", b"y" * 300_000)
    assert [path.name for path in (small_disk / FOLDER).iterdir()] == ["img_001.png"]
    assert blobs.read(KEY) == b"x" * 100_000
    blobs.delete(KEY)
    assert blobs.put(f"{FOLDER}img_003.png", b"z" * 100_000)


def test_s10_a_storage_that_is_unmounted_is_unavailable_not_empty(small_disk: Path) -> None:
    """And nothing is written into the folder that it was mounted over."""
    blobs = LocalBlobs(small_disk)
    blobs.put(KEY, b"one")
    subprocess.run(["umount", str(small_disk)], check=True)
    try:
        for ask in (lambda: blobs.read(KEY), lambda: blobs.list(""), lambda: blobs.put(KEY, b"two")):
            with pytest.raises(StorageUnavailable):
                ask()
        assert list(small_disk.iterdir()) == []
    finally:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(small_disk)], check=True)


def test_absent_is_not_unavailable(blobs: LocalBlobs, monkeypatch: pytest.MonkeyPatch) -> None:
    """S10: an error that is none of absence is never called so."""
    blobs.put(KEY, b"one")
    real = os.open
    for code in (errno.EIO, errno.EACCES, errno.EMFILE, errno.ESTALE, errno.EPERM):

        def failing(path: str, flags: int, *rest: int, code: int = code, **options: int) -> int:
            if "img_001" in str(path):
                raise OSError(code, os.strerror(code))
            return real(path, flags, *rest, **options)

        monkeypatch.setattr(os, "open", failing)
        with pytest.raises(StorageUnavailable):
            blobs.read(KEY)
    monkeypatch.setattr(os, "open", real)
    with pytest.raises(NotFound):
        blobs.read(f"{FOLDER}img_002.png")
