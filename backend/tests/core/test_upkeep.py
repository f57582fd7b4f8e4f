"""What verify finds and mends, and what purge erases (SPEC S9, P6, P7, H12)."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from dynamic_gallery.errors import DamagedData, InvalidInput, NotFound, StorageUnavailable
from dynamic_gallery.models import Removal, now
from dynamic_gallery.services.edits import SessionChanges
from dynamic_gallery.services.gallery_store import GalleryStore
from dynamic_gallery.services.saving import NewImage
from dynamic_gallery.settings import load_settings
from dynamic_gallery.storage.json_catalogue import JsonCatalogue
from dynamic_gallery.storage.local import LocalBlobs
from dynamic_gallery.storage.records import encode
from dynamic_gallery.storage.wrappers import FailingBlobs
from dynamic_gallery.testing.pictures import png
from dynamic_gallery.testing.records import SESSION, a_session, an_image, session_id

OLD = time.time() - 2 * 3600


class Folder:
    """A gallery of one session with three images, and a hand in its files."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.store = GalleryStore.open(root)
        self.id = self.store.create_session(SessionChanges(name="one"))[0].id
        self.session = root / self.id
        for n in (1, 2, 3):
            self.store.save_image(self.id, NewImage(data=png(n)), idempotency_key=f"k{n}")

    def leave(self, name: str, data: bytes = b"left", *, old: bool = True) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        if old:
            os.utime(path, (OLD, OLD))
        return path

    def findings(self, *, repair: bool = False) -> list[tuple[str, bool]]:
        return [(found.path, found.repaired) for found in self.store.verify(repair=repair)]

    def edit(self, name: str, data: bytes) -> None:
        """As most editors do: a new file takes the name."""
        (self.session / f"{name}~").write_bytes(data)
        (self.session / f"{name}~").rename(self.session / name)

    def write(self, session: str, **fields: object) -> None:
        record = a_session(session, **fields)  # type: ignore[arg-type]
        (self.root / session).mkdir(exist_ok=True)
        (self.root / session / "metadata.json").write_bytes(encode(record))


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    opened = Folder(tmp_path / "gallery")
    yield opened
    opened.store.close()


def test_verify_finds_nothing_in_a_whole_gallery(folder: Folder) -> None:
    folder.store.remove_image(folder.id, "img-001")
    folder.store.erase_image(folder.id, "img-002")
    image = folder.store.save_image(folder.id, NewImage(source_url="https://example.com/a.png")).image
    assert image.sha256 is None
    folder.store.thumbnail(folder.store.get_image(folder.id, "img-003"), 160)
    folder.write(session_id(1), trashed_at=now())
    assert folder.findings(repair=True) == []


def test_p8_verify_finds_other_bytes_and_missing_ones_and_leaves_them(folder: Folder) -> None:
    (folder.session / "img_001.png").write_bytes(png(9))
    (folder.session / "img_002.png").write_bytes(png(2)[:-1])
    (folder.session / "img_003.png").unlink()
    expected = [(f"{folder.id}/img_00{n}.png", False) for n in (1, 2, 3)]
    assert folder.findings(repair=True) == expected
    assert (folder.session / "img_001.png").read_bytes() == png(9)


def test_p7_verify_names_damaged_records_and_keeps_their_bytes(folder: Folder) -> None:
    record = folder.session / "img_002.json"
    record.write_bytes(b"{")
    os.utime(folder.session / "img_002.png", (OLD, OLD))
    folder.leave(f"{session_id(1)}/metadata.json", b"no json")
    blob = folder.leave(f"{session_id(1)}/img_001.png")
    assert sorted(folder.findings(repair=True)) == sorted(
        [(f"{folder.id}/img_002.json", False), (f"{session_id(1)}/metadata.json", False)]
    )
    assert (folder.session / "img_002.png").read_bytes() == png(2)
    assert blob.exists()


@pytest.mark.parametrize(
    "name",
    [
        "{id}/.tmp-img_004.png-0123456789ab",
        "{id}/img_004.png",
        "{id}/img_001.jpg",
        ".tmp-sessions.json-0123456789ab",
        ".gallery/keys/{id}/.tmp-x-0123456789ab",
        ".gallery/thumbnails/{id}/.tmp-x-0123456789ab",
        "probe-0123456789abcdef",
    ],
)
def test_s9_what_a_crash_left_is_found_and_swept_after_an_hour(folder: Folder, name: str) -> None:
    name = name.format(id=folder.id)
    young = folder.leave(name, old=False)
    assert folder.findings(repair=True) == []
    assert young.exists()
    left = folder.leave(name)
    assert folder.findings() == [(name, False)]
    assert left.exists()
    assert folder.findings(repair=True) == [(name, True)]
    assert not left.exists()
    assert folder.findings() == []
    assert folder.store.get_session(folder.id)[0].image_count == 3


OWN_FILES = [
    *("notes.txt", "cover.png", "img_4.png", "img_001.json.bak", "backup/img_001.png"),
    *("img_001.xmp", "img_001.txt", "img_777.psd", "img_004.jpeg", "img_004.PNG"),
]


@pytest.mark.parametrize("name", OWN_FILES)
def test_p4_somebodys_own_file_is_left_alone(folder: Folder, name: str) -> None:
    own = folder.leave(f"{folder.id}/{name}")
    assert folder.findings(repair=True) == []
    assert own.exists()


def test_s5_only_an_images_own_name_uses_up_a_number(folder: Folder) -> None:
    folder.leave(f"{folder.id}/img_999999999.txt")
    folder.leave(f"{folder.id}/img_006.webp")
    reopened = GalleryStore.open(folder.root)
    assert reopened.save_image(folder.id, NewImage(data=png(4))).image.id == "img-007"
    reopened.close()


def test_s9_an_empty_session_folder_is_swept_after_an_hour(folder: Folder) -> None:
    empty = folder.root / session_id(1)
    empty.mkdir()
    assert folder.findings(repair=True) == []
    os.utime(empty, (OLD, OLD))
    assert folder.findings() == [(f"{session_id(1)}/", False)]
    assert folder.findings(repair=True) == [(f"{session_id(1)}/", True)]
    assert not empty.exists()


def test_a_session_folder_that_lost_its_record_keeps_its_images(folder: Folder) -> None:
    blob = folder.leave(f"{session_id(1)}/img_001.png")
    assert folder.findings(repair=True) == [(f"{session_id(1)}/", False)]
    assert blob.exists()


def test_p6_verify_finishes_an_erasing(folder: Folder) -> None:
    folder.write(session_id(1), purging=True)
    folder.leave(f"{session_id(1)}/img_001.png")
    assert folder.findings() == [(f"{session_id(1)}/", False)]
    assert folder.findings(repair=True) == [(f"{session_id(1)}/", True)]
    assert not (folder.root / session_id(1)).exists()


def test_p6_the_bytes_of_an_erased_image_are_swept(folder: Folder) -> None:
    folder.store.erase_image(folder.id, "img-002")
    folder.leave(f"{folder.id}/img_002.png", png(2), old=False)
    assert folder.findings(repair=True) == [(f"{folder.id}/img_002.png", True)]
    assert not (folder.session / "img_002.png").exists()


@pytest.mark.parametrize("finish", ["erase again", "purge"])
def test_p6_an_erasing_of_an_image_that_failed_halfway_is_finished(folder: Folder, finish: str) -> None:
    folder.store.thumbnail(folder.store.get_image(folder.id, "img-002"), 160)
    error = StorageUnavailable("Storage fails on demand.")
    blobs = FailingBlobs(
        LocalBlobs(folder.root), error, forever=True, counts=lambda operation, _: operation == "delete"
    )
    failing = GalleryStore(JsonCatalogue(blobs), blobs)
    with pytest.raises(StorageUnavailable):
        failing.erase_image(folder.id, "img-002")
    failing.close()
    assert (folder.session / "img_002.png").exists()
    if finish == "purge":
        assert folder.store.purge() == 0
    else:
        folder.store.erase_image(folder.id, "img-002")
    assert not (folder.session / "img_002.png").exists()
    assert list((folder.root / ".gallery/thumbnails" / folder.id).iterdir()) == []
    assert folder.findings() == []


def test_p4_a_record_that_came_while_verify_looked_keeps_its_bytes(folder: Folder) -> None:
    """Somebody copies a session in, with the times it had."""
    blob = folder.leave(f"{folder.id}/img_004.png", png(4))
    seen = iter(folder.store.verify(repair=True))
    images = folder.store.images(folder.id)
    assert len(images.images) == 3
    record = json.loads((folder.session / "img_003.json").read_bytes())
    record |= {"id": "img-004", "filename": "img_004.png"}
    (folder.session / "img_004.json").write_text(json.dumps(record))
    list(seen)
    assert blob.exists()


def test_h12_purge_erases_what_was_in_the_trash_long_enough(folder: Folder) -> None:
    for n, days in ((1, 29), (2, 31)):
        folder.write(session_id(n), trashed_at=now() - timedelta(days=days))
        image = an_image(n, folder.id, removals=[Removal(at=now() - timedelta(days=days))])
        folder.edit(f"img_00{n}.json", encode(image))
    assert folder.store.purge() == 2
    assert (folder.root / session_id(1)).exists()
    assert not (folder.root / session_id(2)).exists()
    assert (folder.session / "img_001.png").exists()
    assert not (folder.session / "img_002.png").exists()
    assert folder.store.restore_image(folder.id, "img-001").visible
    with pytest.raises(NotFound):
        folder.store.restore_image(folder.id, "img-002")
    assert folder.store.purge() == 0
    assert folder.store.purge(older_than_days=20) == 1


def test_purge_leaves_what_was_restored(folder: Folder) -> None:
    folder.store.remove_image(folder.id, "img-001")
    folder.store.restore_image(folder.id, "img-001")
    folder.store.trash_session(folder.id)
    folder.store.restore_session(folder.id)
    assert folder.store.purge(older_than_days=0) == 0
    assert folder.store.get_session(folder.id)[0].image_count == 3


@pytest.mark.parametrize("days", [-1, 36_501, 1e9, float("inf"), float("nan")])
def test_h4_days_off_the_calendar_are_refused(folder: Folder, days: float) -> None:
    with pytest.raises(InvalidInput, match="from 0 to 36500"):
        folder.store.purge(days)
    with pytest.raises(InvalidInput, match="GALLERY_TRASH_DAYS must be"):
        load_settings(trash_days=days)
    assert folder.store.purge(36_500) == 0


def test_p7_a_damaged_session_that_is_to_be_erased_names_its_folder(folder: Folder) -> None:
    folder.edit("metadata.json", b"{")
    with pytest.raises(DamagedData, match=f"delete the folder {folder.id} "):
        folder.store.erase_session(folder.id)
    assert (folder.session / "img_001.png").exists()


def test_h12_purge_leaves_what_is_restored_while_it_works(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process takes it out of the trash after it was judged, and before it is erased."""
    other = GalleryStore.open(folder.root)
    trashed = other.create_session(SessionChanges(name="two"))[0].id
    other.trash_session(trashed)
    other.remove_image(folder.id, "img-001")
    erase_session, erase_image = folder.store.erase_session, folder.store.erase_image

    def session(session_id: str, **given: Any) -> None:
        other.restore_session(session_id)
        erase_session(session_id, **given)

    def image(session_id: str, image_id: str, **given: Any) -> None:
        other.restore_image(session_id, image_id)
        erase_image(session_id, image_id, **given)

    monkeypatch.setattr(folder.store, "erase_session", session)
    monkeypatch.setattr(folder.store, "erase_image", image)
    assert folder.store.purge(0) == 0
    assert other.get_session(trashed)[0].name == "two"
    assert other.read(other.get_image(folder.id, "img-001")) == png(1)
    other.close()


def test_p7_one_that_cannot_be_purged_keeps_no_other(folder: Folder) -> None:
    """S2: a newer schema is never written, nor erased by this version."""
    ago = now() - timedelta(days=40)
    folder.write(session_id(1), trashed_at=ago, schema=2)
    folder.write(session_id(2), trashed_at=ago)
    folder.leave(f"{session_id(3)}/metadata.json", b"{")
    (folder.root / session_id(4)).mkdir()
    for n in (1, 2):
        image = an_image(n, folder.id, removals=[Removal(at=ago)], schema=3 - n)
        folder.edit(f"img_00{n}.json", encode(image))
    (folder.session / "img_003.json").write_bytes(b"{")
    assert folder.store.purge() == 2
    left = sorted(path.name for path in folder.root.glob("gal-*"))
    assert left == sorted([folder.id, session_id(1), session_id(3), session_id(4)])
    assert json.loads((folder.session / "img_001.json").read_bytes())["schema"] == 2
    assert not (folder.session / "img_002.png").exists()


def test_what_is_seeded_is_what_a_session_is() -> None:
    assert a_session().id == SESSION
