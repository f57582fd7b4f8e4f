"""GalleryStore: what several do at once, what may not be written, and odd content (SPEC P3, P4, P7, S2, S3, S5, S8)."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from dynamic_gallery.errors import (
    DamagedData,
    GalleryError,
    IdempotencyKeyReused,
    InvalidInput,
    NotFound,
    ReadOnlyRecord,
    VersionMismatch,
)
from dynamic_gallery.models import placement_version
from dynamic_gallery.services.edits import SessionChanges
from dynamic_gallery.services.gallery_store import GalleryStore
from dynamic_gallery.services.saving import NewImage
from dynamic_gallery.storage.base import SessionQuery
from dynamic_gallery.storage.json_catalogue import JsonCatalogue
from dynamic_gallery.storage.local import LocalBlobs
from dynamic_gallery.storage.wrappers import SteppedBlobs
from dynamic_gallery.testing.pictures import png
from dynamic_gallery.testing.together import outcomes, together
from dynamic_gallery.timeline import composition_after

from .crash_points import check_whole


class Gallery:
    """Two openers of one folder, with one session."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.stores = [GalleryStore.open(root), GalleryStore.open(root)]
        self.store = self.stores[0]
        self.id = self.store.create_session(SessionChanges(name="one"))[0].id

    def path(self, name: str) -> Path:
        return self.root / self.id / name

    def rewrite(self, file: str, **fields: Any) -> None:
        record = json.loads(self.path(file).read_bytes()) | fields
        self.path(file).write_text(json.dumps(record))


@pytest.fixture
def gallery(tmp_path: Path) -> Iterator[Gallery]:
    opened = Gallery(tmp_path / "gallery")
    yield opened
    for store in opened.stores:
        store.close()


def test_p3_of_fifty_saves_with_one_key_one_makes_the_image(gallery: Gallery) -> None:
    new = NewImage(data=png(1), directive="same")
    calls = [
        lambda n=n: gallery.stores[n % 2].save_image(gallery.id, new, idempotency_key="k") for n in range(50)
    ]
    found = together(calls)
    assert sum(saved.created for saved in found) == 1
    assert len({saved.image.id for saved in found}) == 1
    blobs = sorted(path.name for path in (gallery.root / gallery.id).iterdir())
    assert len(blobs) == 3, blobs
    check_whole(gallery.store)


def test_h6_a_key_with_another_request_is_refused(gallery: Gallery) -> None:
    gallery.store.save_image(gallery.id, NewImage(data=png(1)), idempotency_key="k")
    for other in (NewImage(data=png(2)), NewImage(data=png(1), x=1.0), NewImage(data=png(1), directive="d")):
        for store in gallery.stores:
            with pytest.raises(IdempotencyKeyReused):
                store.save_image(gallery.id, other, idempotency_key="k")
    assert gallery.store.get_session(gallery.id)[0].image_count == 1


def test_h17_of_twenty_moves_from_one_place_one_wins(gallery: Gallery) -> None:
    image = gallery.store.save_image(gallery.id, NewImage(data=png(1))).image
    known = [placement_version(image)]
    calls = [
        lambda n=n: gallery.stores[n % 2].move_image(gallery.id, image.id, {"x": 1.0 + n}, expected=known)
        for n in range(20)
    ]
    found = outcomes(calls)
    won = [1.0 + n for n, outcome in enumerate(found) if not isinstance(outcome, VersionMismatch)]
    moved = gallery.store.get_image(gallery.id, image.id)
    assert won == [moved.x]
    assert [placement.x for placement in moved.placements] == [0, *won]


def test_s8_saves_renames_and_edits_at_once_lose_nothing(gallery: Gallery) -> None:  # noqa: C901
    """Eight through two openers; every read meanwhile is whole."""
    each = 6
    done = threading.Event()
    failures: list[GalleryError] = []

    def save(n: int) -> list[str]:
        store = gallery.stores[n % 2]
        return [
            store.save_image(gallery.id, NewImage(data=png(n * 100 + one))).image.id for one in range(each)
        ]

    def note(n: int) -> None:
        """Append to what is there, under the version it was read at: as two people do."""
        store = gallery.stores[n % 2]
        for one in range(each):
            while True:
                summary, version = store.get_session(gallery.id)
                products = [*summary.saved_products, f"{n}-{one}"]
                try:
                    store.update_session(
                        gallery.id, SessionChanges(saved_products=products), expected=[version]
                    )
                except VersionMismatch:
                    continue
                break

    def rename(n: int) -> None:
        for one in range(each):
            gallery.stores[n % 2].update_session(gallery.id, SessionChanges(name=f"{n}-{one}"))

    def read() -> None:
        while not done.is_set():
            found = outcomes([lambda: check_whole_once(gallery.stores[1], gallery.id)])
            failures.extend(one for one in found if isinstance(one, GalleryError))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        savers: list[Callable[[], Any]] = [partial(save, n) for n in range(4)]
        editors = [partial(edit, n) for n in range(2) for edit in (note, rename)]
        ids = [one for found in together([*savers, *editors])[:4] for one in found]
    finally:
        done.set()
        reader.join()
    assert failures == []
    assert len(set(ids)) == 4 * each
    expected = sorted(f"{n}-{one}" for n in range(2) for one in range(each))
    for store in gallery.stores:
        summary = store.get_session(gallery.id)[0]
        assert sorted(summary.saved_products) == expected
        assert summary.name in (f"0-{each - 1}", f"1-{each - 1}")
        assert summary.image_count == len(ids)
        assert sorted(image.id for image in store.images(gallery.id).images) == sorted(ids)
    check_whole(gallery.store)


def check_whole_once(store: GalleryStore, session: str) -> None:
    for image in store.images(session).images:
        assert len(store.read(image)) == image.size


def test_s8_moves_of_one_card_at_once_are_all_in_its_record(gallery: Gallery) -> None:
    image = gallery.store.save_image(gallery.id, NewImage(data=png())).image
    calls = [
        lambda n=n: gallery.stores[n % 2].move_image(gallery.id, image.id, {"x": float(n)})
        for n in range(1, 13)
    ]
    together(calls)
    record = json.loads(gallery.path("img_001.json").read_bytes())
    assert sorted(placement["x"] for placement in record["placements"]) == [float(n) for n in range(13)]
    assert record["x"] == record["placements"][-1]["x"]


def test_s8_typing_in_two_windows_keeps_a_whole_history(gallery: Gallery) -> None:
    calls = [
        lambda n=n: gallery.stores[n % 2].update_session(
            gallery.id, SessionChanges(user_composition=f"text {n}")
        )
        for n in range(12)
    ]
    together(calls)
    session, _ = gallery.store._catalogue.get_session(gallery.id)
    assert composition_after(session.edits) == session.user_composition


def test_s2_a_newer_session_is_shown_and_never_written(gallery: Gallery) -> None:
    gallery.store.save_image(gallery.id, NewImage(data=png()))
    gallery.rewrite("metadata.json", schema=2, new_field=1)
    before = {path.name: path.read_bytes() for path in (gallery.root / gallery.id).iterdir()}
    store = gallery.store
    assert store.get_session(gallery.id)[0].image_count == 1
    for change in (
        lambda: store.update_session(gallery.id, SessionChanges(name="two")),
        lambda: store.trash_session(gallery.id),
        lambda: store.erase_session(gallery.id),
        lambda: store.save_image(gallery.id, NewImage(data=png(2))),
        lambda: store.move_image(gallery.id, "img-001", {"x": 1.0}),
        lambda: store.remove_image(gallery.id, "img-001"),
        lambda: store.erase_image(gallery.id, "img-001"),
    ):
        with pytest.raises(ReadOnlyRecord):
            change()
    assert {path.name: path.read_bytes() for path in (gallery.root / gallery.id).iterdir()} == before


def test_s2_a_newer_image_is_shown_and_never_written(gallery: Gallery) -> None:
    gallery.store.save_image(gallery.id, NewImage(data=png()))
    gallery.rewrite("img_001.json", schema=2)
    before = gallery.path("img_001.json").read_bytes()
    assert gallery.store.get_image(gallery.id, "img-001").read_only
    for change in (
        lambda: gallery.store.move_image(gallery.id, "img-001", {"x": 1.0}),
        lambda: gallery.store.remove_image(gallery.id, "img-001"),
        lambda: gallery.store.erase_image(gallery.id, "img-001"),
    ):
        with pytest.raises(ReadOnlyRecord):
            change()
    assert gallery.path("img_001.json").read_bytes() == before
    assert gallery.store.save_image(gallery.id, NewImage(data=png(2))).image.id == "img-002"


@pytest.mark.parametrize(
    "generator",
    [
        {},
        {"seed": 2**70},
        {"seed": -(10**40)},
        {"scale": 1e308},
        {"name": "é\u2028✨"},
        {"deep": [[{"a": [None]}]]},
    ],
)
def test_p4_what_a_generator_says_is_kept_as_it_is(gallery: Gallery, generator: dict[str, Any]) -> None:
    image = gallery.store.save_image(gallery.id, NewImage(data=png(), generator=generator)).image
    assert gallery.stores[1].get_image(gallery.id, image.id).generator == generator
    check_whole(gallery.store)


@pytest.mark.parametrize(
    "fields",
    [
        {"x": float("nan")},
        {"y": float("inf")},
        {"generator": {"scale": float("nan")}},
        {"directive": "\ud800"},
        {"generator": {"prompt": "\udfff"}},
        {"user_composition": "\ud800"},
    ],
)
def test_p4_what_could_not_be_read_back_is_not_stored(gallery: Gallery, fields: dict[str, Any]) -> None:
    """Refused, or stored so that it loads; never a record that fails a list."""
    try:
        gallery.store.save_image(gallery.id, NewImage(data=png(), **fields))
    except (GalleryError, ValueError):
        assert [path.name for path in (gallery.root / gallery.id).iterdir()] == ["metadata.json"]
    check_whole(GalleryStore.open(gallery.root))


def test_p7_a_key_whose_image_is_damaged_is_not_guessed(gallery: Gallery) -> None:
    """P5: neither a second image nor another answer."""
    new = NewImage(data=png())
    gallery.store.save_image(gallery.id, new, idempotency_key="k")
    whole = gallery.path("img_001.json").read_bytes()
    gallery.path("img_001.json").write_bytes(b"{")
    with pytest.raises(DamagedData):
        gallery.stores[1].save_image(gallery.id, new, idempotency_key="k")
    gallery.path("img_001.json").write_bytes(whole)
    assert not gallery.stores[1].save_image(gallery.id, new, idempotency_key="k").created


@pytest.mark.parametrize(
    "note", [b"", b"{", b"[]", b"5", b'{"image": 5}', b'{"image": "img-x"}', b'{"image": "img-9"}']
)
def test_a_damaged_note_of_a_key_costs_only_the_key(gallery: Gallery, note: bytes) -> None:
    gallery.store.save_image(gallery.id, NewImage(data=png()), idempotency_key="k")
    for path in (gallery.root / ".gallery" / "keys" / gallery.id).iterdir():
        path.write_bytes(note)
    saved = gallery.stores[1].save_image(gallery.id, NewImage(data=png()), idempotency_key="k")
    assert saved.image.id == "img-002"
    assert gallery.store.get_session(gallery.id)[0].image_count == 2


def test_s5_no_number_is_given_that_could_not_be_listed(gallery: Gallery) -> None:
    """Somebody made the last number there is by hand."""
    gallery.store.save_image(gallery.id, NewImage(data=png()))
    record = json.loads(gallery.path("img_001.json").read_bytes())
    record |= {"id": "img-999999999", "filename": "img_999999999.png"}
    gallery.path("img_999999999.json").write_text(json.dumps(record))
    gallery.path("img_999999999.png").write_bytes(png())
    store = gallery.stores[1]
    with pytest.raises(GalleryError):
        store.save_image(gallery.id, NewImage(data=png(2)))
    assert len(list((gallery.root / gallery.id).glob("img_*"))) == 4
    check_whole(store)


@pytest.mark.parametrize(
    "odd",
    ["", "..", "gal-1-aaaaaa/", "gal-1-AAAAAA", "gal-1-aaaaaa\n", "gal-1-aaaaa\0", "../x", "gal-١-aaaaaa"],
)
def test_p9_ids_off_their_pattern_are_refused(gallery: Gallery, odd: str) -> None:
    store = gallery.store
    for ask in (
        lambda: store.get_session(odd),
        lambda: store.erase_session(odd),
        lambda: store.images(odd),
        lambda: store.save_image(odd, NewImage(data=png())),
        lambda: store.get_image(gallery.id, odd),
        lambda: store.erase_image(gallery.id, odd),
    ):
        with pytest.raises(InvalidInput):
            ask()


@pytest.mark.parametrize("alias", ["img-0001", "img-1", "img-01", "img-000", "img-0000000001", "img-٠٠١"])
def test_an_image_has_one_id(gallery: Gallery, alias: str) -> None:
    gallery.store.save_image(gallery.id, NewImage(data=png()))
    with pytest.raises((InvalidInput, NotFound)):
        gallery.store.get_image(gallery.id, alias)


def test_s3_a_session_renamed_in_its_file_is_seen_at_once(gallery: Gallery) -> None:
    for n in range(5):
        gallery.rewrite("metadata.json", name=f"by hand {n}")
        for store in gallery.stores:
            assert store.get_session(gallery.id)[0].name == f"by hand {n}"
            assert store.page_sessions(SessionQuery()).sessions[0].name == f"by hand {n}"


def test_p3_the_key_of_an_erased_image_makes_no_other(gallery: Gallery) -> None:
    new = NewImage(data=png())
    gallery.store.save_image(gallery.id, new, idempotency_key="k")
    gallery.store.erase_image(gallery.id, "img-001")
    saved = gallery.stores[1].save_image(gallery.id, new, idempotency_key="k")
    assert (saved.created, saved.image.id) == (False, "img-001")
    assert gallery.store.get_session(gallery.id)[0].image_count == 0


@pytest.mark.parametrize(
    ("before", "key"),
    # With a key the record is written under the lock of the folder, which erasing waits for.
    [
        ("img_002.png", None),
        ("img_002.png", "k"),
        ("img_002.json", None),
        ("metadata.json", None),
        ("metadata.json", "k"),
    ],
)
def test_p6_a_session_erased_while_somebody_saves_stays_away(
    gallery: Gallery, before: str, key: str | None
) -> None:
    """Erased by another process before the saver writes its blob or its record, or looks again."""
    gallery.store.save_image(gallery.id, NewImage(data=png(1)), idempotency_key="first")
    seen: list[str] = []

    def erase(operation: str, name: str) -> None:
        wanted = ("put", "put", "head")[("img_002.png", "img_002.json", "metadata.json").index(before)]
        if operation == "put":
            seen.append(name)
        written = before != "metadata.json" or f"{gallery.id}/img_002.json" in seen
        if written and (operation, name) == (wanted, f"{gallery.id}/{before}"):
            gallery.store.erase_session(gallery.id)

    blobs = SteppedBlobs(LocalBlobs(gallery.root), before=erase)
    saver = GalleryStore(JsonCatalogue(blobs), blobs)
    with pytest.raises(NotFound):
        saver.save_image(gallery.id, NewImage(data=png(2)), idempotency_key=key)
    saver.close()
    assert [path for path in gallery.root.rglob("*") if gallery.id in str(path)] == []


def test_p7_a_save_that_finds_no_session_takes_no_other_picture_away(gallery: Gallery) -> None:
    """An editor may take metadata.json away for a moment; that is not said of an erased session only."""
    gallery.store.save_image(gallery.id, NewImage(data=png(1)))

    def hide(operation: str, name: str) -> None:
        if operation == "put" and name.endswith("img_002.json"):
            gallery.path("metadata.json").rename(gallery.path("metadata.old"))

    blobs = SteppedBlobs(LocalBlobs(gallery.root), after=hide)
    saver = GalleryStore(JsonCatalogue(blobs), blobs)
    with pytest.raises(NotFound):
        saver.save_image(gallery.id, NewImage(data=png(2)))
    saver.close()
    names = sorted(path.name for path in gallery.path("").iterdir())
    assert names == ["img_001.json", "img_001.png", "metadata.old"]


def test_emptying_the_trash_reads_no_pictures_records_where_nothing_was_removed(gallery: Gallery) -> None:
    """It runs at every start, over all sessions."""
    for n in range(3):
        gallery.store.save_image(gallery.id, NewImage(data=png(n)))
    time.sleep(0.1)  # until the folder's time tells changes apart
    gallery.store.page_sessions(SessionQuery())
    for store in reversed(gallery.stores):
        store.close()
    read: list[str] = []
    blobs = SteppedBlobs(
        LocalBlobs(gallery.root),
        before=lambda operation, key: read.append(key) if operation == "load" else None,
    )
    store = GalleryStore(JsonCatalogue(blobs), blobs)
    store.warm()
    read.clear()
    store.purge()
    store.close()
    assert [key for key in read if key.endswith("img_001.json")] == []
