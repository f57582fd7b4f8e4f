"""LocalBlobs stays inside its root, and tells what is wrong with it (SPEC P9, S10)."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dynamic_gallery.errors import DamagedData, GalleryError, InvalidInput, NotFound, StorageUnavailable
from dynamic_gallery.services.edits import SessionChanges
from dynamic_gallery.services.gallery_store import GalleryStore
from dynamic_gallery.services.saving import NewImage
from dynamic_gallery.storage.base import ANY, SessionQuery
from dynamic_gallery.storage.local import LocalBlobs
from dynamic_gallery.testing.pictures import png

from .trace import tree

FOLDER = "gal-1733500000-abc123/"
KEY = f"{FOLDER}img_001.png"

OPERATIONS: dict[str, Callable[[LocalBlobs], object]] = {
    "put": lambda blobs: blobs.put(KEY, b"new"),
    "replace": lambda blobs: blobs.put(KEY, b"new", if_match="0" * 32),
    "load": lambda blobs: blobs.load(KEY),
    "read": lambda blobs: blobs.read(KEY),
    "head": lambda blobs: blobs.head(KEY),
    "stream": lambda blobs: list(blobs.stream(KEY, 0, 1)),
    "delete": lambda blobs: blobs.delete(KEY),
    "list": lambda blobs: blobs.list(FOLDER),
    "list all": lambda blobs: blobs.list(""),
    "head folder": lambda blobs: blobs.head(FOLDER),
    "delete folder": lambda blobs: blobs.delete(FOLDER),
    "leftovers": lambda blobs: blobs.leftovers(FOLDER, older_than=0, sweep=True),
    "check": lambda blobs: blobs.check(),
}


@pytest.fixture
def blobs(tmp_path: Path) -> LocalBlobs:
    return LocalBlobs(tmp_path / "gallery")


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "img_001.png").write_bytes(b"secret")
    (folder / ".tmp-x-0123456789ab").write_bytes(b"secret")
    return folder


@pytest.mark.parametrize("operation", OPERATIONS)
def test_p9_a_linked_session_folder_is_not_entered(blobs: LocalBlobs, outside: Path, operation: str) -> None:
    (blobs.root / FOLDER.rstrip("/")).symlink_to(outside)
    before = tree(outside)
    if operation == "list all":
        assert blobs.list("").folders == ()
    elif operation != "check":
        with pytest.raises(DamagedData):
            OPERATIONS[operation](blobs)
    assert tree(outside) == before


@pytest.mark.parametrize("operation", ["load", "read", "head", "stream"])
def test_p9_a_linked_file_is_not_followed(blobs: LocalBlobs, outside: Path, operation: str) -> None:
    (blobs.root / FOLDER).mkdir()
    (blobs.root / KEY).symlink_to(outside / "img_001.png")
    with pytest.raises(DamagedData):
        OPERATIONS[operation](blobs)
    assert blobs.list(FOLDER).blobs == ()


def test_p9_a_linked_file_is_replaced_and_deleted_itself(blobs: LocalBlobs, outside: Path) -> None:
    (blobs.root / FOLDER).mkdir()
    link = blobs.root / KEY
    link.symlink_to(outside / "img_001.png")
    with pytest.raises(GalleryError):
        blobs.put(KEY, b"new")
    blobs.put(KEY, b"new", if_match=ANY)
    assert (link.is_symlink(), link.read_bytes()) == (False, b"new")
    link.unlink()
    link.symlink_to(outside / "img_001.png")
    blobs.delete(KEY)
    assert not link.is_symlink()
    assert (outside / "img_001.png").read_bytes() == b"secret"


def test_p9_p7_links_in_a_gallery_cost_only_themselves(tmp_path: Path, outside: Path) -> None:
    root = tmp_path / "gallery"
    store = GalleryStore.open(root)
    session = store.create_session(SessionChanges(name="one"))[0].id
    for n in (1, 2):
        store.save_image(session, NewImage(data=png(n)))
    (root / session / "img_002.json").unlink()
    (root / session / "img_002.json").symlink_to(root / session / "img_001.json")
    (root / "gal-1-aaaaaa").symlink_to(root / session)
    (root / "gal-2-bbbbbb").mkdir()
    (root / "gal-2-bbbbbb" / "metadata.json").symlink_to(outside / "img_001.png")
    page = store.page_sessions(SessionQuery())
    assert [summary.id for summary in page.sessions] == [session]
    assert [damage.id for damage in page.damaged] == ["gal-2-bbbbbb"]
    images = store.images(session)
    assert [image.id for image in images.images] == ["img-001"]
    store.close()


def test_the_root_itself_may_be_a_link(tmp_path: Path) -> None:
    """Somebody keeps the gallery on another disk."""
    (tmp_path / "real").mkdir()
    (tmp_path / "root").symlink_to(tmp_path / "real")
    LocalBlobs(tmp_path / "root").put(KEY, b"one")
    assert (tmp_path / "real" / KEY).read_bytes() == b"one"


@pytest.mark.parametrize("instead", ["nothing", "a file"])
@pytest.mark.parametrize("operation", OPERATIONS)
def test_s10_a_root_that_went_is_unavailable_not_empty(
    blobs: LocalBlobs, instead: str, operation: str
) -> None:
    blobs.put(KEY, b"one")
    blobs.root.rename(blobs.root.with_name("moved"))
    if instead == "a file":
        blobs.root.write_bytes(b"")
    with pytest.raises(StorageUnavailable):
        OPERATIONS[operation](blobs)
    assert blobs.root.exists() is (instead == "a file")
    blobs.root.unlink(missing_ok=True)
    blobs.root.with_name("moved").rename(blobs.root)
    assert blobs.read(KEY) == b"one"


def test_s10_a_gallery_whose_root_went_finds_nothing_missing(tmp_path: Path) -> None:
    root = tmp_path / "gallery"
    store = GalleryStore.open(root)
    session = store.create_session(SessionChanges(name="one"))[0].id
    image = store.save_image(session, NewImage(data=png())).image
    root.rename(tmp_path / "moved")
    for ask in (
        lambda: store.page_sessions(SessionQuery()),
        lambda: store.get_session(session),
        lambda: store.images(session),
        lambda: store.get_image(session, image.id),
        lambda: store.read(image),
        lambda: store.save_image(session, NewImage(data=png(2))),
        lambda: store.create_session(SessionChanges()),
        store.check,
        lambda: list(store.verify(repair=True)),
        store.purge,
    ):
        with pytest.raises(StorageUnavailable):
            ask()
    assert not root.exists()
    (tmp_path / "moved").rename(root)
    assert [summary.id for summary in store.page_sessions(SessionQuery()).sessions] == [session]
    assert store.read(image) == png()
    store.close()


@pytest.mark.parametrize("place", ["a file", "below a file"])
def test_a_root_that_cannot_be_is_refused_with_a_sentence(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    root = tmp_path / "file" if place == "a file" else tmp_path / "file" / "gallery"
    with pytest.raises(GalleryError) as caught:
        LocalBlobs(root)
    assert "file" in caught.value.detail


def test_other_storages_are_refused_with_a_sentence() -> None:
    with pytest.raises(InvalidInput, match="directory"):
        GalleryStore.open("ftp://example.com/gallery")


def test_unfinished_and_foreign_files_are_not_listed(blobs: LocalBlobs) -> None:
    blobs.put(KEY, b"one")
    folder = blobs.root / FOLDER
    for name in (".tmp-img_002.png-0123456789ab", ".DS_Store", "img_002.json~", "a b.json", "é.json"):
        (folder / name).write_bytes(b"x")
    os.mkfifo(folder / "img_003.json")
    assert [blob.key for blob in blobs.list(FOLDER).blobs if blobs.exists(blob.key)] == [KEY]
    with pytest.raises(NotFound):
        blobs.read(f"{FOLDER}img_003.json")


def test_files_follow_the_umask(tmp_path: Path) -> None:
    """In a process of its own: the mask is the whole process's."""
    program = (
        "import os, sys; os.umask(0o027)\n"
        "from dynamic_gallery.storage.local import LocalBlobs\n"
        f"LocalBlobs(sys.argv[1]).put({KEY!r}, b'one')"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "gallery")], check=True)
    modes = {
        path.name: oct(stat.S_IMODE(path.stat().st_mode))
        for path in (tmp_path / "gallery", *(tmp_path / "gallery").rglob("*"))
    }
    assert modes == {"gallery": "0o750", FOLDER.rstrip("/"): "0o750", "img_001.png": "0o640"}


def test_s8_a_lock_is_given_up_when_its_process_dies(blobs: LocalBlobs) -> None:
    blobs.put(KEY, b"one")
    program = (
        "import sys, time\n"
        "from dynamic_gallery.storage.local import LocalBlobs\n"
        f"with LocalBlobs(sys.argv[1]).lock({FOLDER!r}):\n"
        "    print('held', flush=True)\n"
        "    time.sleep(60)\n"
    )
    command = [sys.executable, "-c", program, str(blobs.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        holder.kill()
        with blobs.lock(FOLDER):
            pass


def test_s2_two_openers_never_share_a_mark_before_it_settles(blobs: LocalBlobs) -> None:
    """Marks are kept in sessions.json, where others compare them."""
    other = LocalBlobs(blobs.root)
    for n in range(5):
        blobs.put(KEY, b"%d" % n, if_match=ANY)
        marks = [blobs.head(KEY).mark, other.head(KEY).mark]
        assert marks[0] != marks[1] or "hot" not in marks[0]


def test_no_descriptor_stays_open(blobs: LocalBlobs) -> None:
    """Whatever fails."""
    blobs.put(KEY, b"one")
    (blobs.root / "gal-2-bbbbbb").symlink_to("/")
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(3):
        for operation in ("load", "read", "head", "stream", "list", "leftovers", "put", "replace"):
            try:
                OPERATIONS[operation](blobs)
            except GalleryError:
                continue
        for key in ("gal-2-bbbbbb/a", "gal-3-cccccc/a", f"{KEY}/a"):
            with pytest.raises(GalleryError):
                blobs.read(key)
    assert len(os.listdir("/proc/self/fd")) == before
