"""SPEC P4, P7: the list of sessions answers while others save, and whatever one folder does."""

from __future__ import annotations

import threading
from pathlib import Path

from dynamic_gallery.errors import StorageUnavailable
from dynamic_gallery.services.edits import SessionChanges
from dynamic_gallery.services.gallery_store import GalleryStore
from dynamic_gallery.services.saving import NewImage
from dynamic_gallery.storage.base import SessionQuery
from dynamic_gallery.storage.json_catalogue import JsonCatalogue
from dynamic_gallery.storage.local import LocalBlobs
from dynamic_gallery.storage.wrappers import SteppedBlobs

HOSTED = NewImage(source_url="https://host.example/a.png")


def test_p4_a_page_comes_although_somebody_saves_all_the_time(tmp_path: Path) -> None:
    saves, busy, session = 0, True, ""
    here = threading.current_thread()

    def save_one_more(operation: str, key: str) -> None:
        nonlocal saves, busy
        ours = operation == "list" and key == f"{session}/" and threading.current_thread() is here
        if ours and not busy and saves < 50:
            busy = True
            saves += 1
            store.save_image(session, HOSTED)
            busy = False

    blobs = SteppedBlobs(LocalBlobs(tmp_path), after=save_one_more)
    store = GalleryStore(JsonCatalogue(blobs), blobs)
    session = store.create_session(SessionChanges())[0].id
    busy = False
    store.page_sessions(SessionQuery())
    assert saves < 10
    busy = True
    assert store.page_sessions(SessionQuery()).sessions[0].image_count == saves
    store.close()


def test_p7_a_folder_that_does_not_answer_costs_only_itself(tmp_path: Path) -> None:
    broken, lost = False, ""

    def fail(_operation: str, key: str) -> None:
        if broken and key.startswith(lost):
            raise StorageUnavailable(f"Storage could not be used for {key}: Input/output error.")

    blobs = SteppedBlobs(LocalBlobs(tmp_path), before=fail)
    store = GalleryStore(JsonCatalogue(blobs), blobs)
    lost, whole = (store.create_session(SessionChanges(name=name))[0].id for name in ("Lost", "Whole"))
    assert store.page_sessions(SessionQuery()).total == 2
    broken = True
    for _ in range(2):
        page = store.page_sessions(SessionQuery())
        assert [summary.id for summary in page.sessions] == [whole]
        assert [(damage.id, "Input/output error" in damage.reason) for damage in page.damaged] == [
            (lost, True)
        ]
    broken = False
    page = store.page_sessions(SessionQuery())
    assert (page.total, page.damaged) == (2, [])
    store.close()
