"""The timeline, from any history (SPEC T1 to T4)."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dynamic_gallery.models import (
    CompositionEdit,
    GalleryImage,
    GallerySession,
    NameEdit,
    SessionEdit,
    where,
)
from dynamic_gallery.services.edits import SessionChanges, apply_changes, moved, removed, restored, tombstone
from dynamic_gallery.storage.records import decode_session, encode
from dynamic_gallery.testing.records import BEGAN, SESSION, a_session, an_image
from dynamic_gallery.timeline import build_timeline, composition_after, composition_edit

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
gaps = st.sampled_from([0, 0, 1, 400, 999, 1000, 1001, 60_000, 3_600_000])
skews = st.sampled_from([0, 0, 0, 0, -1, -1000, -3_600_000])
"""Milliseconds by which a clock is behind: of another machine on the same storage, or after it was set."""

session_steps = st.tuples(
    st.one_of(
        st.builds(lambda text: SessionChanges(name=text or None), texts),
        st.builds(lambda text: SessionChanges(user_composition=text), texts),
        st.builds(lambda one: SessionChanges(saved_products=one), st.lists(texts, max_size=2)),
        st.builds(lambda one: SessionChanges(directives_used=one), st.lists(texts, max_size=2)),
    ),
    gaps,
    skews,
)
image_steps = st.tuples(st.sampled_from(["move", "remove", "restore"]), gaps, skews, st.integers(0, 5))


def lived(steps: list[tuple[SessionChanges, int, int]]) -> GallerySession:
    session, clock = a_session(), BEGAN
    for changes, gap, skew in steps:
        clock += timedelta(milliseconds=gap)
        session = apply_changes(session, changes, clock + timedelta(milliseconds=skew))
    return decode_session(encode(session), SESSION)


def handled(number: int, steps: list[tuple[str, int, int, int]]) -> GalleryImage:
    image = an_image(number)
    clock = image.created_at
    for what, gap, skew, x in steps:
        clock += timedelta(milliseconds=gap)
        at = clock + timedelta(milliseconds=skew)
        if what == "move" and image.visible:
            image = moved(image, {"z" if x == 5 else "x": float(x)}, at)
        elif what == "remove" and image.visible:
            image = removed(image, at)
        elif what == "restore":
            image = restored(image, at)
    return image


def replayed(events: list[dict[str, Any]]) -> tuple[str, dict[str, Any]]:
    """What a replay shows at the end: the composition, and the cards with where they lie."""
    text, cards, places = "", set(), {}
    for event in events:
        match event["type"]:
            case "composition":
                text = event["user_composition"]
            case "image_saved" | "image_restored" | "image_moved":
                if "placement" in event:
                    places[event["image_id"]] = event["placement"]
                if event["type"] != "image_moved":
                    cards.add(event["image_id"])
            case "image_removed":
                cards.discard(event["image_id"])
    return text, {card: places[card] for card in sorted(cards)}


@given(st.lists(session_steps, max_size=6), st.lists(st.lists(image_steps, max_size=5), max_size=2))
def test_t1_t2_it_is_in_order_and_ends_as_the_records_are(
    edits: list[tuple[SessionChanges, int, int]], lives: list[list[tuple[str, int, int, int]]]
) -> None:
    session = lived(edits)
    images = [handled(number, steps) for number, steps in enumerate(lives, 1)]
    events = build_timeline(session, images)
    moments = [event["at"] for event in events]
    assert moments == sorted(moments)
    assert events[0]["offset_ms"] == 0
    offsets = [event["offset_ms"] for event in events]
    assert offsets == sorted(offsets)
    assert all(event["offset_ms"] == ms(event["at"] - moments[0]) for event in events)
    text, cards = replayed(events)
    assert text == session.user_composition
    assert cards == {image.id: where(image) for image in images if image.visible}


def ms(gap: timedelta) -> int:
    return round(gap / timedelta(milliseconds=1))


@given(st.lists(session_steps, max_size=8))
def test_t2_the_last_name_and_products_are_those_of_the_record(
    edits: list[tuple[SessionChanges, int, int]],
) -> None:
    session = lived(edits)
    last: dict[str, Any] = {"named": None, "products": []}
    for event in build_timeline(session, []):
        last[event["type"]] = event.get("name", event.get("saved_products"))
    assert last["named"] == session.name
    assert last["products"] == session.saved_products


@given(texts, texts, texts)
def test_a_composition_edit_leads_from_any_text_to_any_other(one: str, two: str, three: str) -> None:
    edits: list[SessionEdit] = []
    for text in (one, two, three):
        edit = composition_edit(edits, text, BEGAN)
        assert (edit is None) == (composition_after(edits) == text)
        edits += [edit] if edit else []
        assert composition_after(edits) == text


@given(texts, texts, texts)
def test_a_composition_edit_is_no_longer_than_the_change(head: str, change: str, tail: str) -> None:
    edits: list[SessionEdit] = [CompositionEdit(at=BEGAN, start=0, removed=0, inserted=head + tail)]
    edit = composition_edit(edits, head + change + tail, BEGAN)
    assert edit is None or (len(edit.inserted) <= len(change) and edit.removed == 0)


def _typed(gaps_ms: list[int]) -> GallerySession:
    session, clock = a_session(), BEGAN
    for n, gap in enumerate(gaps_ms, 1):
        clock += timedelta(milliseconds=gap)
        session = apply_changes(session, SessionChanges(user_composition="typing"[:n]), clock)
    return session


def test_t3_changes_within_a_second_are_one_edit() -> None:
    session = _typed([5000, 300, 300, 300, 300, 300])
    assert [edit.at - BEGAN for edit in session.edits] == [timedelta(seconds=5), timedelta(seconds=6.2)]
    assert composition_after(session.edits) == "typing"
    assert len(_typed([1000] * 6).edits) == 6


def test_t3_an_edit_taken_back_within_a_second_leaves_none() -> None:
    session = apply_changes(a_session(), SessionChanges(user_composition="a"), BEGAN)
    session = apply_changes(session, SessionChanges(user_composition=""), BEGAN + timedelta(seconds=0.5))
    assert (session.edits, session.user_composition) == ([], "")


def test_t2_edits_of_different_fields_are_kept_apart() -> None:
    session = a_session()
    for n in range(3):
        session = apply_changes(
            session, SessionChanges(name=f"{n}", user_composition=f"{n}"), BEGAN + timedelta(milliseconds=n)
        )
    names = [edit.value for edit in session.edits if isinstance(edit, NameEdit)]
    assert names[-1] == "2"
    assert composition_after(session.edits) == "2"


def test_t4_a_composition_changed_by_hand_is_a_last_event() -> None:
    session = apply_changes(a_session(), SessionChanges(user_composition="by api"), BEGAN)
    record = json.loads(encode(session)) | {"user_composition": "by hand"}
    edited = decode_session(json.dumps(record).encode(), SESSION)
    events = build_timeline(edited, [])
    assert [event["user_composition"] for event in events[1:]] == ["by api", "by hand"]
    later = apply_changes(
        edited, SessionChanges(user_composition="by api again"), BEGAN + timedelta(minutes=1)
    )
    assert composition_after(later.edits) == "by api again"


def test_t4_a_placement_changed_by_hand_is_a_last_event() -> None:
    image = an_image(1).changed(x=9.0)
    events = build_timeline(a_session(), [image])
    assert [event["type"] for event in events] == ["session_created", "image_saved", "image_moved"]
    assert events[-1]["placement"]["x"] == 9.0


def test_t2_what_was_erased_is_not_in_it_what_is_in_the_trash_is() -> None:
    gone = tombstone(an_image(1), BEGAN)
    binned = removed(an_image(2), BEGAN + timedelta(minutes=1))
    events = build_timeline(a_session(), [gone, binned])
    assert [event["type"] for event in events] == ["session_created", "image_saved", "image_removed"]


def test_t1_what_was_saved_before_the_session_began_comes_first() -> None:
    """A clock that was set, or a record made by hand."""
    early = an_image(1, created_at=BEGAN - timedelta(hours=1), placements=[])
    events = build_timeline(a_session(), [early])
    assert [(event["type"], event["offset_ms"]) for event in events] == [
        ("image_saved", 0),
        ("session_created", 3_600_000),
    ]


def test_t1_a_history_by_hand_never_fails() -> None:
    beyond = CompositionEdit(at=datetime(1, 1, 1), start=10**30, removed=10**30, inserted="x")
    events = build_timeline(a_session(edits=[beyond]), [])
    assert events[0]["user_composition"] == "x"
