"""Records as they lie in files: what is kept, what is refused, what a person may leave out (SPEC S2, P7)."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dynamic_gallery.errors import DamagedData
from dynamic_gallery.models import GalleryImage, GallerySession
from dynamic_gallery.services.edits import moved
from dynamic_gallery.storage.records import decode_image, decode_session, encode
from dynamic_gallery.summaries import summarise
from dynamic_gallery.testing.records import BEGAN, SESSION, a_session, an_image
from dynamic_gallery.timeline import build_timeline

MINIMAL = {"id": SESSION, "created_at": "2026-03-01T09:30:00Z", "updated_at": "2026-03-01T09:30:00Z"}
MINIMAL_IMAGE = {
    "id": "img-001",
    "session_id": SESSION,
    "filename": "img_001.png",
    "source_url": "https://example.com/a.png",
    "created_at": "2026-03-01T09:30:00Z",
    "width": 1,
    "height": 1,
}

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=-(10**40), max_value=10**40)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
known = set(GallerySession.model_fields) | {"schema"} | set(dir(GallerySession))
unknown = st.dictionaries(texts.filter(lambda name: name not in known), values, max_size=4)


def stored(record: dict[str, Any]) -> bytes:
    return json.dumps(record).encode()


def test_s2_a_record_is_one_pretty_printed_document_with_its_schema() -> None:
    data = encode(a_session(name="Straße ✨"))
    lines = data.decode().splitlines()
    assert lines[:2] == ["{", '  "schema": 1,']
    assert data.endswith(b"}\n")
    assert "Straße ✨" in data.decode()


@given(unknown)
def test_s2_unknown_fields_of_a_session_survive_a_rewrite(extra: dict[str, Any]) -> None:
    session = decode_session(stored({**MINIMAL, **extra}), SESSION)
    again = json.loads(encode(session.changed(name="renamed")))
    assert {name: again[name] for name in extra} == extra
    assert again["name"] == "renamed"


@given(unknown)
def test_s2_unknown_fields_inside_a_record_survive_a_rewrite(extra: dict[str, Any]) -> None:
    edit = {"field": "name", "at": MINIMAL["created_at"], "value": "one"}
    placement = {"at": MINIMAL["created_at"], "x": 0, "y": 0, "width": 1, "height": 1}
    inner = {f"x-{name}": value for name, value in extra.items()}
    session = decode_session(stored({**MINIMAL, "edits": [{**edit, **inner}]}), SESSION)
    image = decode_image(
        stored(
            {
                **MINIMAL_IMAGE,
                "placements": [{**placement, **inner}],
                "removals": [{"at": MINIMAL["created_at"], **inner}],
                "generator": extra,
            }
        ),
        SESSION,
        1,
    )
    for kept in (
        json.loads(encode(session))["edits"][0],
        json.loads(encode(image))["placements"][0],
        json.loads(encode(image))["removals"][0],
    ):
        assert {name: kept[name] for name in inner} == inner
    assert json.loads(encode(image))["generator"] == extra


def test_s2_a_newer_schema_is_read_and_marked_read_only() -> None:
    session = decode_session(stored({**MINIMAL, "schema": 2, "new": 1}), SESSION)
    image = decode_image(stored({**MINIMAL_IMAGE, "schema": 99}), SESSION, 1)
    assert (session.read_only, image.read_only, a_session().read_only) == (True, True, False)


def test_s2_a_newer_schema_that_cannot_be_read_says_why() -> None:
    with pytest.raises(DamagedData, match="newer version"):
        decode_session(stored({**MINIMAL, "schema": 2, "edits": {"kept": "otherwise"}}), SESSION)


def test_a_record_made_by_hand_needs_little() -> None:
    session = decode_session(stored(MINIMAL), SESSION)
    image = decode_image(stored(MINIMAL_IMAGE), SESSION, 1)
    assert image.visible
    summary = summarise(session, [image])
    assert (summary.name, summary.image_count, summary.total_bytes) == ("1 Mar 2026", 1, 0)
    types = [event["type"] for event in build_timeline(session, [image])]
    assert types == ["session_created", "image_saved"]


def test_s2_an_older_record_without_z_lies_at_0_and_keeps_its_history() -> None:
    placement = {"at": MINIMAL["created_at"], "x": 0, "y": 0, "width": 1, "height": 1}
    image = decode_image(stored({**MINIMAL_IMAGE, "placements": [placement]}), SESSION, 1)
    assert (image.z, image.placements[0].z) == (0, 0)
    lifted = moved(image, {"z": 2.0}, BEGAN + timedelta(minutes=1))
    again = decode_image(encode(lifted), SESSION, 1)
    assert [one.z for one in again.placements] == [0, 2] == [0, again.z]
    events = build_timeline(decode_session(stored(MINIMAL), SESSION), [again])
    assert [event["placement"]["z"] for event in events[1:]] == [0, 2]


@pytest.mark.parametrize(
    "moment",
    [
        "2026-03-01T09:30:00",
        "2026-03-01 09:30:00+00:00",
        "2026-03-01T11:30:00.000+02:00",
        "2026-03-01T09:30:00.000000Z",
        1772357400,
    ],
)
def test_times_by_hand_are_utc_unless_they_say_otherwise(moment: object) -> None:
    session = decode_session(stored({**MINIMAL, "created_at": moment}), SESSION)
    assert session.created_at == BEGAN
    assert json.loads(encode(session))["created_at"] == "2026-03-01T09:30:00.000Z"


DAMAGED: dict[str, Any] = {
    "nothing": b"",
    "cut short": stored(MINIMAL)[:-3],
    "no text": b"\xff\xfe\x00",
    "null": b"null",
    "a list": b"[]",
    "a number": b"5",
    "another's": {**MINIMAL, "id": "gal-1-aaaaaa"},
    "no id": {"created_at": MINIMAL["created_at"], "updated_at": MINIMAL["updated_at"]},
    "id a number": {**MINIMAL, "id": 5},
    "schema 0": {**MINIMAL, "schema": 0},
    "schema a text": {**MINIMAL, "schema": "one"},
    "no time": {**MINIMAL, "created_at": "yesterday"},
    "before all time": {**MINIMAL, "created_at": "0001-01-01T00:00:00+05:00"},
    "after all time": {**MINIMAL, "created_at": "9999-12-31T23:59:59-05:00"},
    "a time beyond": {**MINIMAL, "created_at": 1e300},
    "products a text": {**MINIMAL, "saved_products": "product-0"},
    "an edit of nothing": {**MINIMAL, "edits": [{"field": "colour", "at": MINIMAL["created_at"]}]},
    "a negative edit": {
        **MINIMAL,
        "edits": [
            {
                "field": "user_composition",
                "at": MINIMAL["created_at"],
                "start": -1,
                "removed": 0,
                "inserted": "",
            }
        ],
    },
    "lone surrogate": b'{"name": "\\ud800", ' + stored(MINIMAL)[1:],
    "deep": stored(MINIMAL)[:-1] + b', "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "infinite": stored(MINIMAL)[:-1] + b', "updated_at": 1e999}',
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED.keys())
def test_p7_what_is_no_record_is_damaged_with_a_reason(content: Any) -> None:
    data = content if isinstance(content, bytes) else stored(content)
    with pytest.raises(DamagedData) as caught:
        decode_session(data, SESSION)
    assert caught.value.detail


DAMAGED_IMAGES: dict[str, Any] = {
    "another number": {"id": "img-002"},
    "another session": {"session_id": "gal-1-aaaaaa"},
    "another file": {"filename": "img_002.png"},
    "a path": {"filename": "../img_001.png"},
    "a path behind": {"filename": "img_001.png/../../x"},
    "its own record": {"filename": "img_001.json"},
    "no ending": {"filename": "img_001"},
    "a new line": {"filename": "img_001.png\n"},
    "no width": {"width": None},
    "not a number": {"x": float("nan")},
    "infinite": {"y": float("inf")},
}


@pytest.mark.parametrize("fields", DAMAGED_IMAGES.values(), ids=DAMAGED_IMAGES.keys())
def test_p9_an_image_record_that_leads_elsewhere_is_damaged(fields: dict[str, Any]) -> None:
    with pytest.raises(DamagedData) as caught:
        decode_image(stored({**MINIMAL_IMAGE, **fields}), SESSION, 1)
    assert caught.value.detail


def test_p5_a_record_reads_back_as_it_was_written() -> None:
    for record in (
        a_session(name="a", user_composition="b\n\u2028"),
        an_image(1000, key="k", generator={"seed": 2**64}),
    ):
        data = encode(record)
        if isinstance(record, GalleryImage):
            assert decode_image(data, SESSION, 1000) == record
        else:
            assert decode_session(data, SESSION) == record
    assert encode(decode_image(encode(an_image(7)), SESSION, 7)) == encode(an_image(7))


def test_what_clients_are_shown_follows_a_change() -> None:
    image = an_image(1, key="secret")
    shown = json.loads(image.public_json())
    assert shown["id"] == "img-001"
    assert not {"idempotency", "placements", "removals", "schema", "schema_version", "crc32"} & set(shown)
    later = image.changed(x=5.0)
    assert json.loads(later.public_json())["x"] == 5.0
    assert json.loads(image.public_json())["x"] == 0.0


def test_a_summary_takes_times_from_everything_that_happened() -> None:
    session = a_session()
    image = an_image(1, created_at=BEGAN + timedelta(hours=1))
    assert summarise(session, []).updated_at == BEGAN
    assert summarise(session, [image]).updated_at == BEGAN + timedelta(hours=1)
