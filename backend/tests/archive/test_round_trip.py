"""SPEC A9, A10: what was exported comes back as it was."""

from __future__ import annotations

import io
import json
import random
import shutil
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dynamic_gallery.errors import InvalidArchive, NotFound, StorageUnavailable
from dynamic_gallery.services.gallery_store import GalleryStore
from dynamic_gallery.services.saving import NewImage
from dynamic_gallery.storage.base import SessionQuery
from dynamic_gallery.storage.json_catalogue import JsonCatalogue
from dynamic_gallery.storage.memory import MemoryBlobs
from dynamic_gallery.storage.wrappers import FailingBlobs
from dynamic_gallery.testing.pictures import png

from .sessions import a_session, exported, files_in, random_session, tree


@contextmanager
def gallery() -> Iterator[GalleryStore]:
    with tempfile.TemporaryDirectory(prefix="gallery-") as folder:
        store = GalleryStore.open(folder)
        yield store
        store.close()


@pytest.fixture
def store() -> Iterator[GalleryStore]:
    with gallery() as opened:
        yield opened


@pytest.fixture
def other() -> Iterator[GalleryStore]:
    with gallery() as opened:
        yield opened


def in_memory() -> GalleryStore:
    medium = MemoryBlobs()
    return GalleryStore(JsonCatalogue(medium), medium)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_a9_export_import_export_gives_the_same_bytes(seed: int) -> None:
    """In memory, because random sessions are thousands of synced files; the other tests use the disk."""
    with closing(in_memory()) as first, closing(in_memory()) as second:
        session_id = random_session(first, random.Random(seed))
        before = exported(first, session_id)
        imported = second.import_zip(io.BytesIO(before))
        assert (imported.session_id, imported.renamed_from, imported.skipped) == (session_id, None, [])
        assert exported(second, session_id) == before
        assert second.timeline(session_id) == first.timeline(session_id)
        shown = [store.get_session(session_id)[0].public_json() for store in (first, second)]
        assert shown[0] == shown[1]
        assert second.images(session_id).images == first.images(session_id).images
        assert list(second.verify()) == []


def test_a9_what_was_damaged_is_left_behind_and_the_rest_comes_back(
    store: GalleryStore, other: GalleryStore
) -> None:
    session_id = a_session(store, pictures=4)
    folder = Path(store.location) / session_id
    (folder / "img_001.png").unlink()
    (folder / "img_003.json").write_text("[]")
    data = exported(store, session_id)
    assert other.import_zip(io.BytesIO(data)).images == 2
    again = files_in(exported(other, session_id))
    before = files_in(data)
    same = {name for name in before if "/" in name}
    assert {name: again[name] for name in same} == {name: before[name] for name in same}
    assert list(other.verify()) == []


def test_a9_records_edited_by_hand_keep_what_is_unknown(store: GalleryStore, other: GalleryStore) -> None:
    session_id = a_session(store)
    for name in ("metadata.json", "img_001.json"):
        path = Path(store.location) / session_id / name
        path.write_text(json.dumps({**json.loads(path.read_bytes()), "a note": ["kept", 1]}))
    before = exported(store, session_id)
    other.import_zip(io.BytesIO(before))
    assert exported(other, session_id) == before
    assert b"a note" in (Path(other.location) / session_id / "img_001.json").read_bytes()


def test_a9_the_trash_comes_back_as_trash_and_numbers_stay_used(
    store: GalleryStore, other: GalleryStore
) -> None:
    session_id = a_session(store, pictures=4)
    store.erase_image(session_id, "img-004")
    other.import_zip(io.BytesIO(exported(store, session_id)))
    with pytest.raises(NotFound):
        other.get_image(session_id, "img-002")
    assert other.restore_image(session_id, "img-002").sha256
    with pytest.raises(NotFound):
        other.restore_image(session_id, "img-004")
    saved = other.save_image(session_id, NewImage(data=png(9), directive="Explore 0"))
    assert saved.image.id == "img-005"
    new = NewImage(data=png(0), directive="Explore 0", product_name="Neverfull MM", x=0)
    retried = other.save_image(session_id, new, idempotency_key="key-0")
    assert (retried.image.id, retried.created) == ("img-001", False)


def test_a10_a_taken_id_gives_a_new_one(store: GalleryStore) -> None:
    session_id = a_session(store)
    before = tree(Path(store.location) / session_id)
    imported = store.import_zip(io.BytesIO(exported(store, session_id)))
    assert imported.session_id != session_id
    assert imported.renamed_from == session_id
    assert tree(Path(store.location) / session_id) == before
    original, copy = (store.get_session(known)[0] for known in (session_id, imported.session_id))
    same = ("name", "created_at", "updated_at", "user_composition", "image_count", "total_bytes", "cover_ids")
    assert [getattr(copy, field) for field in same] == [getattr(original, field) for field in same]
    assert {image.session_id for image in store.images(copy.id).images} == {copy.id}
    assert list(store.verify()) == []


@pytest.mark.parametrize("state", ["in the trash", "damaged", "a folder without a record"])
def test_a10_what_is_not_shown_takes_an_id_too(store: GalleryStore, state: str) -> None:
    session_id = a_session(store)
    data = exported(store, session_id)
    record = Path(store.location) / session_id / "metadata.json"
    if state == "in the trash":
        store.trash_session(session_id)
    elif state == "damaged":
        record.write_text("{")
    else:
        record.unlink()
    before = tree(record.parent)
    assert store.import_zip(io.BytesIO(data)).renamed_from == session_id
    assert tree(record.parent) == before


def test_a10_an_erased_id_is_free_again(store: GalleryStore) -> None:
    session_id = a_session(store)
    data = exported(store, session_id)
    store.erase_session(session_id)
    assert store.import_zip(io.BytesIO(data)).renamed_from is None


def test_a10_a_record_that_hides_its_session_is_shown(store: GalleryStore, other: GalleryStore) -> None:
    session_id = a_session(store)
    folder = Path(store.location) / session_id
    path = folder / "metadata.json"
    record = json.loads(path.read_bytes())
    path.write_text(json.dumps({**record, "trashed_at": "2026-01-01T00:00:00Z", "purging": True}))
    imported = other.import_folder(folder)
    assert imported.session_id == session_id
    other.purge(0)
    assert other.get_session(session_id)[0].trashed_at is None


def test_a10_imports_of_one_id_at_the_same_time_are_sessions_of_their_own(
    store: GalleryStore, other: GalleryStore
) -> None:
    session_id = a_session(store, pictures=6)
    data = exported(store, session_id)
    found = []
    opened = [GalleryStore.open(other.location) for _ in range(3)]
    threads = [
        threading.Thread(target=lambda store=one: found.append(store.import_zip(io.BytesIO(data))))
        for one in (other, *opened, other)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len({one.session_id for one in found}) == 5
    assert [one.renamed_from for one in found].count(None) == 1
    assert other.page_sessions(SessionQuery()).total == 5
    assert list(other.verify()) == []
    assert not (Path(other.location) / ".gallery/imports").is_dir() or not any(
        (Path(other.location) / ".gallery/imports").iterdir()
    )
    for one in opened:
        one.close()


def test_a13_a_failing_storage_leaves_nothing_or_all(store: GalleryStore) -> None:
    data = exported(store, a_session(store))
    place = 0
    while True:
        medium = MemoryBlobs()
        failing = FailingBlobs(medium, StorageUnavailable("It fails on demand."), fail_at=place)
        try:
            GalleryStore(JsonCatalogue(failing), failing).import_zip(io.BytesIO(data))
            done = True
        except StorageUnavailable:
            done = False
        reopened = GalleryStore(JsonCatalogue(medium), medium)
        page = reopened.page_sessions(SessionQuery())
        assert page.damaged == []
        if page.total:
            assert list(reopened.verify()) == []
            assert len(reopened.images(page.sessions[0].id).images) == 3
        elif not done:
            assert not [key for key in medium._blobs if "img_" in key] or any(
                key.startswith(".gallery/imports/") for key in medium._blobs
            )
            assert reopened.import_zip(io.BytesIO(data)).renamed_from is None
        if place >= len(failing.steps):
            assert done
            return
        place += 1


def test_a12_an_unpacked_export_and_a_folder_from_storage_come_back(
    store: GalleryStore, other: GalleryStore, tmp_path: Path
) -> None:
    session_id = a_session(store)
    data = exported(store, session_id)
    with zipfile.ZipFile(io.BytesIO(data)) as read:
        read.extractall(tmp_path / "Morning Demo")
    assert other.import_folder(tmp_path / "Morning Demo").renamed_from is None
    assert exported(other, session_id) == data
    other.erase_session(session_id)
    shutil.copytree(Path(store.location) / session_id, tmp_path / session_id)
    assert other.import_folder(tmp_path / session_id).session_id == session_id
    assert exported(other, session_id) == data


def test_a12_an_export_zipped_again_by_other_programs_comes_back(
    store: GalleryStore, other: GalleryStore
) -> None:
    session_id = a_session(store)
    data = exported(store, session_id)
    again = io.BytesIO()
    with zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as write:
        write.mkdir("Morning Demo")
        for name, content in files_in(data).items():
            write.writestr(f"Morning Demo/{name}", content)
        write.writestr("__MACOSX/Morning Demo/._index.html", b"litter")
        write.writestr("Morning Demo/.DS_Store", b"litter")
    assert other.import_zip(again).renamed_from is None
    assert exported(other, session_id) == data


def test_a11_an_edited_record_beside_its_old_manifest_is_refused(
    store: GalleryStore, other: GalleryStore, tmp_path: Path
) -> None:
    session_id = a_session(store)
    with zipfile.ZipFile(io.BytesIO(exported(store, session_id))) as read:
        read.extractall(tmp_path)
    record = tmp_path / session_id / "metadata.json"
    record.write_text(record.read_text().replace("Morning", "Evening"))
    with pytest.raises(InvalidArchive, match=r"metadata\.json .*sha256"):
        other.import_folder(tmp_path)
    (tmp_path / "manifest.json").unlink()
    other.import_folder(tmp_path)
    assert other.get_session(session_id)[0].name == "Evening Demo"
