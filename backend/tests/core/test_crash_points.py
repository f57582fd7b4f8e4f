"""Every storage step of every change fails once, or from then on, before it happens or after (SPEC P1, P3, P5, P6)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dynamic_gallery.errors import Erased, GalleryError, NotFound
from dynamic_gallery.models import now
from dynamic_gallery.services.edits import SessionChanges
from dynamic_gallery.services.gallery_store import GalleryStore
from dynamic_gallery.services.saving import NewImage
from dynamic_gallery.storage.base import SessionQuery
from dynamic_gallery.storage.json_index import SessionIndex
from dynamic_gallery.testing.pictures import png
from dynamic_gallery.testing.records import SESSION, a_session

from .crash_points import MODES, Attempt, attempts, gallery_over, is_there, mode_name

Mode = tuple[type[GalleryError], bool, bool]
FIRST, SECOND = png(1), png(2)
FOLDER = f"{SESSION}/"

every_mode = pytest.mark.parametrize("mode", MODES, ids=mode_name)


@pytest.fixture(autouse=True)
def _index_in_memory_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """`sessions.json` is written by a thread at any time; what becomes of it is no matter (S7)."""
    monkeypatch.setattr(SessionIndex, "_write", lambda _self: None)


def prepare(store: GalleryStore) -> None:
    """One session with one image, which every attempt starts from."""
    store._catalogue.put_session(a_session(name="before"), None)
    store.save_image(SESSION, NewImage(data=FIRST, directive="first"), idempotency_key="first")


def image_ids(store: GalleryStore) -> list[str]:
    return [image.id for image in store.images(SESSION).images if image.visible]


@every_mode
@pytest.mark.parametrize("key", [None, "second"])
def test_p1_p5_a_save_says_what_it_did(mode: Mode, key: str | None) -> None:
    new = NewImage(data=SECOND, directive="second")
    places = 0
    for attempt in attempts(mode, prepare, lambda store: store.save_image(SESSION, new, idempotency_key=key)):
        ids = image_ids(attempt.reopened)
        if attempt.error is None:
            assert ids == ["img-001", attempt.answer.image.id], attempt.step
            assert attempt.reopened.read(attempt.answer.image) == SECOND
        elif attempt.known_undone:
            assert ids == ["img-001"], attempt.step
        assert len(ids) <= 2
        check_leftovers(attempt, ids)
        if key is not None:
            check_retry(attempt, new, key)
        places += 1
    assert places >= 3


def check_leftovers(attempt: Attempt, ids: list[str]) -> None:
    """S4, S9: at most one blob has no record."""
    records = {f"{FOLDER}{image_id.replace('-', '_')}" for image_id in ids}
    blobs = [key for key in attempt.stored(FOLDER) if key.endswith(".png")]
    orphans = [key for key in blobs if key.removesuffix(".png") not in records]
    assert len(orphans) <= 1, attempt.step
    if attempt.error is None:
        assert orphans == [], attempt.step


def check_retry(attempt: Attempt, new: NewImage, key: str) -> None:
    """P3: after a restart, whatever the first answer was."""
    before = image_ids(attempt.reopened)
    for _ in range(2):
        saved = gallery_over(attempt.medium).save_image(SESSION, new, idempotency_key=key)
        assert saved.created is (len(before) == 1)
        before = image_ids(attempt.reopened)
        assert before == ["img-001", saved.image.id], attempt.step
        assert attempt.reopened.read(saved.image) == SECOND


@every_mode
def test_p1_p5_a_new_session_is_there_or_not(mode: Mode) -> None:
    for attempt in attempts(
        mode, lambda _store: None, lambda store: store.create_session(SessionChanges(name="new"))
    ):
        names = [one.name for one in attempt.reopened.page_sessions(SessionQuery()).sessions]
        if attempt.error is None:
            assert names == ["new"], attempt.step
            assert attempt.reopened.get_session(attempt.answer[0].id) == attempt.answer
        elif attempt.known_undone:
            assert names == [], attempt.step
        assert len(names) <= 1


@every_mode
def test_h18_a_session_begun_under_a_key_is_begun_once(mode: Mode) -> None:
    new = SessionChanges(name="new")
    for attempt in attempts(mode, lambda _store: None, lambda store: store.create_session_once(new, "key")):
        found = [one.id for one in attempt.reopened.page_sessions(SessionQuery()).sessions]
        if attempt.error is None:
            assert found == [attempt.answer.summary.id], attempt.step
        elif attempt.known_undone:
            assert found == [], attempt.step
        for _ in range(2):
            begun = gallery_over(attempt.medium).create_session_once(new, "key")
            assert begun.created is (found == []), attempt.step
            found = found or [begun.summary.id]
            assert [one.id for one in attempt.reopened.page_sessions(SessionQuery()).sessions] == found


@every_mode
def test_h18_a_session_that_is_erased_is_not_begun_again(mode: Mode) -> None:
    new = SessionChanges(name="new")

    def begun(store: GalleryStore) -> str:
        return store.create_session_once(new, "key").summary.id

    made: list[str] = []
    for attempt in attempts(
        mode, lambda store: made.append(begun(store)), lambda store: store.erase_session(made[-1])
    ):
        store = attempt.reopened
        listed = [one.id for one in store.page_sessions(SessionQuery()).sessions]
        if listed:
            assert attempt.error is not None, attempt.step
            assert begun(store) == listed[0]
            store.erase_session(listed[0])
        store.purge()
        with pytest.raises(Erased):
            begun(store)
        list(store.verify(repair=True))
        (note,) = attempt.stored()
        assert note.startswith(".gallery/keys/sessions/")


def _name(store: GalleryStore) -> str:
    return store.get_session(SESSION)[0].name


def _x(store: GalleryStore) -> float:
    return store.get_image(SESSION, "img-001").x


def _shown(store: GalleryStore) -> bool:
    return is_there(lambda: store.get_image(SESSION, "img-001"))


def _listed(store: GalleryStore) -> bool:
    return is_there(lambda: store.get_session(SESSION))


def removed(store: GalleryStore) -> None:
    prepare(store)
    store.remove_image(SESSION, "img-001")


def trashed(store: GalleryStore) -> None:
    prepare(store)
    store.trash_session(SESSION)


CHANGES: dict[str, tuple[Any, ...]] = {
    "rename": (
        prepare,
        lambda store: store.update_session(SESSION, SessionChanges(name="after")),
        _name,
        "before",
        "after",
    ),
    "move": (prepare, lambda store: store.move_image(SESSION, "img-001", {"x": 7.0}), _x, 0.0, 7.0),
    "remove": (prepare, lambda store: store.remove_image(SESSION, "img-001"), _shown, True, False),
    "restore image": (
        removed,
        lambda store: store.restore_image(SESSION, "img-001"),
        _shown,
        False,
        True,
    ),
    "trash": (prepare, lambda store: store.trash_session(SESSION), _listed, True, False),
    "restore": (trashed, lambda store: store.restore_session(SESSION), _listed, False, True),
}


@every_mode
@pytest.mark.parametrize("change", CHANGES)
def test_p5_a_change_is_done_or_undone_as_it_says(mode: Mode, change: str) -> None:
    made: Callable[[GalleryStore], None]
    made, act, look, before, after = CHANGES[change]
    for attempt in attempts(mode, made, act):
        found = look(attempt.reopened)
        if attempt.error is None:
            assert found == after, attempt.step
        elif attempt.known_undone:
            assert found == before, attempt.step
        else:
            assert found in (before, after), attempt.step
        if found == before:
            act(attempt.reopened)
            assert look(attempt.reopened) == after
        assert attempt.stored(FOLDER) == [
            f"{FOLDER}{name}" for name in ("img_001.json", "img_001.png", "metadata.json")
        ]


@every_mode
@pytest.mark.parametrize("made", [prepare, removed], ids=["shown", "in the trash"])
def test_p6_erasing_an_image_is_finished_or_undone(mode: Mode, made: Callable[[GalleryStore], None]) -> None:
    for attempt in attempts(mode, made, lambda store: store.erase_image(SESSION, "img-001")):
        store = attempt.reopened
        image = next(one for one in store.images(SESSION).images if one.id == "img-001")
        if attempt.error is None:
            assert image.purged_at is not None, attempt.step
            assert f"{FOLDER}img_001.png" not in attempt.stored(), attempt.step
        if image.purged_at is None:
            assert store.read(image) == FIRST
            store.erase_image(SESSION, "img-001")
        list(store.verify(repair=True))
        assert f"{FOLDER}img_001.png" not in attempt.stored(), attempt.step
        assert list(store.verify()) == []
        # S5: its number is never used again.
        assert store.save_image(SESSION, NewImage(data=SECOND)).image.id == "img-002"


@every_mode
@pytest.mark.parametrize(
    "made", [prepare, removed, trashed], ids=["shown", "image in the trash", "in the trash"]
)
def test_p6_erasing_a_session_is_finished_by_purge_or_undone(
    mode: Mode, made: Callable[[GalleryStore], None]
) -> None:
    for attempt in attempts(mode, made, lambda store: store.erase_session(SESSION)):
        store = attempt.reopened
        listed = [
            one.id
            for in_trash in (False, True)
            for one in store.page_sessions(SessionQuery(trashed=in_trash)).sessions
        ]
        if attempt.error is None:
            assert (listed, attempt.stored()) == ([], []), attempt.step
        if listed:
            assert store._catalogue.get_session(SESSION)[0].purging is False, attempt.step
            assert f"{FOLDER}img_001.png" in attempt.stored()
            store.erase_session(SESSION)
        else:
            with pytest.raises(NotFound):
                store.restore_session(SESSION)
            store.purge()
            list(store.verify(repair=True))
        assert attempt.stored() == [], attempt.step
        assert list(store.verify()) == []


@every_mode
def test_p6_a_purge_that_fails_is_finished_by_the_next(mode: Mode) -> None:
    def made(store: GalleryStore) -> None:
        prepare(store)
        store._catalogue.put_session(a_session("gal-2-bbbbbb", trashed_at=now()), None)
        store.remove_image(SESSION, "img-001")

    for attempt in attempts(mode, made, lambda store: store.purge(older_than_days=0)):
        store = attempt.reopened
        store.purge(older_than_days=0)
        list(store.verify(repair=True))
        assert attempt.stored() == [
            key
            for key in attempt.stored()
            if key.startswith((".gallery/keys/", FOLDER)) and not key.endswith("png")
        ], attempt.step
        assert _listed(store)
