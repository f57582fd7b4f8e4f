"""SPEC P7, S3, S7, P9: files that were damaged, edited, removed or led astray behind the server's back."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response

from .gallery import Gallery, running
from .pictures import picture
from .refusals import check_problem


@pytest.fixture
def session(gallery: Gallery) -> dict[str, Any]:
    """A session with three images, beside another one with one."""
    gallery.save(gallery.create(name="Beside"))
    made = gallery.create(name="Morning Demo")
    for seed in range(3):
        gallery.save(made, picture(seed), directive=f"Directive {seed}")
    return made


def edit(path: Path, **fields: Any) -> None:
    """What somebody with an editor does: other values, the file written anew."""
    record = {**json.loads(path.read_bytes()), **fields}
    path.write_text(json.dumps(record, indent=2), encoding="utf-8")


def everything_else_loads(gallery: Gallery, session: dict[str, Any], *damaged: str) -> None:
    """The list of sessions, this session and its other images are all as they should be."""
    page = gallery.get("/sessions")
    assert {one["name"] for one in page["sessions"]} == {"Beside", "Morning Demo"}
    assert page["damaged"] == []
    content = gallery.get(f"/session/{session['id']}/images")
    assert {one["id"] for one in content["damaged"]} == set(damaged)
    assert {image["id"] for image in content["images"]} == {"img-001", "img-002", "img-003"} - set(damaged)
    for image in content["images"]:
        assert gallery.call("GET", gallery.path(image)).status_code == 200
    assert gallery.get(f"/session/{session['id']}")["image_count"] == 3 - len(damaged)
    assert gallery.get(f"/session/{session['id']}/timeline")["events"]
    assert gallery.save(session, picture(99))["id"] == "img-004"


def other(**fields: Any) -> Callable[[Path], None]:
    return lambda path: edit(path, **fields)


def whole(content: bytes) -> Callable[[Path], Any]:
    return lambda path: path.write_bytes(content)


DAMAGES: dict[str, Callable[[Path], Any]] = {
    "empty": whole(b""),
    "garbage": whole(b"\x00\xff\x13 garbage"),
    "half": lambda path: path.write_bytes(path.read_bytes()[:100]),
    "an array": whole(b"[]"),
    "deep": whole(b"[" * 100_000),
    "not UTF-8": lambda path: path.write_bytes(path.read_bytes().replace(b"Directive", b"\xff\xfe")),
    "another's id": other(id="img-001"),
    "another session's": other(session_id="gal-1733500000-abc123"),
    "an id that leads away": other(id="../../secret"),
    "a file name that leads away": other(filename="../../../etc/passwd"),
    "another's file": other(filename="img_001.png"),
    "a hidden file": other(filename=".img_002.png"),
    "the record itself as file": other(filename="img_002.json"),
    "a file name with an odd ending": other(filename="img_002.png\r\nX: y"),
    "no width": other(width=None),
    "a text for a number": other(x="left"),
    "an infinite number": lambda path: path.write_bytes(
        path.read_bytes().replace(b'"x": 0.0', b'"x": 1e999')
    ),
    "a date that is none": other(created_at="yesterday"),
    "a date beyond all calendars": other(created_at="9999-12-31T23:59:59-12:00"),
    "a date before all calendars": other(created_at="0001-01-01T00:00:00+12:00"),
    "a date as a huge number": other(created_at=1e300),
    "placements that are none": other(placements=[{"x": 1}]),
    "removed at no date": other(removals=[{"at": "0001-01-01T00:00:00+12:00"}]),
    "a size that is none": other(size="large"),
    "a negative size": other(size=-5),
    "a size beyond 64 bits": other(size=10**30),
    "no size": other(size=None),
    "no sha256 and no URL": other(sha256=None, source_url=None),
    "a sha256 that is none": other(sha256='é"\r\nX-Evil: 1'),
    "a type that is none": other(media_type="text/html\r\nX-Evil: 1"),
    "the type of a page": other(media_type="text/html"),
    "a URL of JavaScript": other(sha256=None, source_url="javascript:alert(1)"),
    "pixels beyond 64 bits": other(pixel_width=10**30),
    "a schema of nought": other(schema=0),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=list(DAMAGES))
def test_p7_a_damaged_record_costs_its_image_only(
    gallery: Gallery, session: dict[str, Any], damage: Callable[[Path], Any]
) -> None:
    image = gallery.images(session)[1]
    damage(gallery.record(image))
    content = gallery.get(f"/session/{session['id']}/images")["damaged"]
    assert [one["file"] for one in content] == [f"{session['id']}/img_002.json"]
    assert len(content[0]["reason"]) > 10
    for method, path, body in (
        ("GET", gallery.path(image), None),
        ("GET", f"{gallery.path(image)}?width=160", None),
        ("PATCH", gallery.path(image), {"x": 5}),
        ("DELETE", gallery.path(image), None),
        ("POST", f"{gallery.path(image)}/restore", None),
    ):
        answer = gallery.call(method, path, **({"json": body} if body else {}))
        check_problem(answer, 500, "img_002.json is damaged")
    everything_else_loads(gallery, session, "img-002")


@pytest.mark.parametrize("damage", list(DAMAGES)[:6])
def test_p7_a_mended_record_is_seen_at_once(gallery: Gallery, session: dict[str, Any], damage: str) -> None:
    image = gallery.images(session)[1]
    record = gallery.record(image)
    kept = record.read_bytes()
    DAMAGES[damage](record)
    assert len(gallery.images(session)) == 2
    record.write_bytes(kept)
    assert gallery.call("GET", gallery.path(image)).status_code == 200
    everything_else_loads(gallery, session)


SESSION_DAMAGES: dict[str, Callable[[Path], Any]] = {
    "empty": whole(b""),
    "garbage": whole(b"\x00\xff"),
    "half": lambda path: path.write_bytes(path.read_bytes()[:60]),
    "null": whole(b"null"),
    "deep": whole(b'{"a":' * 100_000),
    "another's id": other(id="gal-1733500000-abc123"),
    "no id": other(id=None),
    "a name that is a number": other(name=5),
    "products that are none": other(saved_products="product-0"),
    "a date beyond all calendars": other(updated_at="9999-12-31T23:59:59-12:00"),
    "an edit that is none": other(edits=[{"field": "colour"}]),
    "an edit before the text": other(
        edits=[
            {
                "field": "user_composition",
                "at": "2024-12-06T10:00:00Z",
                "start": -5,
                "removed": 0,
                "inserted": "",
            }
        ]
    ),
}


@pytest.mark.parametrize("damage", SESSION_DAMAGES.values(), ids=list(SESSION_DAMAGES))
def test_p7_a_damaged_session_costs_itself_only(
    gallery: Gallery, session: dict[str, Any], damage: Callable[[Path], Any]
) -> None:
    record = gallery.root / session["id"] / "metadata.json"
    kept = record.read_bytes()
    damage(record)
    for _ in range(2):
        page = gallery.get("/sessions")
        assert [one["name"] for one in page["sessions"]] == ["Beside"]
        assert [(one["id"], one["file"]) for one in page["damaged"]] == [
            (session["id"], f"{session['id']}/metadata.json")
        ]
    for method, rest in (("GET", ""), ("GET", "/images"), ("GET", "/timeline"), ("GET", "/images/img-001")):
        check_problem(
            gallery.call(method, f"/session/{session['id']}{rest}"), 500, "metadata.json is damaged"
        )
    check_problem(gallery.call("PATCH", f"/session/{session['id']}", json={"name": "a"}), 500, "damaged")
    assert gallery.create(name="Another")["name"] == "Another"
    record.write_bytes(kept)
    assert gallery.get("/sessions")["damaged"] == []
    assert len(gallery.images(session)) == 3


def test_p7_a_record_of_a_newer_schema_is_read_and_not_written(
    gallery: Gallery, session: dict[str, Any]
) -> None:
    image = gallery.images(session)[0]
    edit(gallery.record(image), schema=7, colour="red")
    edit(gallery.root / session["id"] / "metadata.json", schema=2)
    assert gallery.get(f"/session/{session['id']}")["name"] == "Morning Demo"
    assert len(gallery.images(session)) == 3
    before = gallery.stored()
    for method, path, body in (
        ("PATCH", f"/session/{session['id']}", {"name": "a"}),
        ("DELETE", f"/session/{session['id']}", None),
        ("PATCH", gallery.path(image), {"x": 5}),
        ("DELETE", f"{gallery.path(image)}?permanent=true", None),
    ):
        answer = gallery.call(method, path, **({"json": body} if body else {}))
        check_problem(answer, 409, "update")
    assert gallery.stored() == before


def broken_picture(answer: Response, words: str) -> None:
    check_problem(answer, 500, words)
    assert "immutable" not in answer.headers.get("cache-control", "")


@pytest.mark.parametrize("asked", [{}, {"range": "bytes=0-99"}, {"range": "bytes=-10"}])
def test_p7_a_missing_blob_costs_its_image_only(
    gallery: Gallery, session: dict[str, Any], asked: dict[str, str]
) -> None:
    image = gallery.images(session)[1]
    kept = gallery.blob(image).read_bytes()
    gallery.blob(image).unlink()
    broken_picture(gallery.call("GET", gallery.path(image), headers=asked), "img_002.png is missing")
    broken_picture(gallery.call("GET", f"{gallery.path(image)}?width=320"), "img_002.png is missing")
    assert gallery.call("HEAD", gallery.path(image)).status_code == 500
    gallery.blob(image).write_bytes(kept)
    everything_else_loads(gallery, session)


@pytest.mark.parametrize("left", [0, 10, 500])
def test_p7_a_truncated_blob_is_never_served_as_a_whole(
    gallery: Gallery, session: dict[str, Any], left: int
) -> None:
    image = gallery.images(session)[1]
    os.truncate(gallery.blob(image), left)
    broken_picture(gallery.call("GET", gallery.path(image)), "shorter than its record")
    broken_picture(gallery.call("GET", f"{gallery.path(image)}?width=320"), "")
    assert [one["id"] for one in gallery.images(session)] == ["img-001", "img-002", "img-003"]
    for beside in (0, 2):
        assert gallery.call("GET", gallery.path(gallery.images(session)[beside])).status_code == 200


def test_p9_a_link_in_place_of_a_picture_is_not_followed(
    gallery: Gallery, session: dict[str, Any], tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(picture(2) + b"secret")
    image = gallery.images(session)[1]
    gallery.blob(image).unlink()
    gallery.blob(image).symlink_to(secret)
    answer = gallery.call("GET", gallery.path(image))
    broken_picture(answer, "link")
    gallery.record(image).unlink()
    gallery.record(image).symlink_to(secret)
    assert b"secret" not in gallery.call("GET", f"/session/{session['id']}/images").content
    (gallery.root / "gal-1733500000-linked").symlink_to(gallery.root / session["id"])
    assert gallery.get("/sessions")["total"] == 2
    assert gallery.call("GET", "/session/gal-1733500000-linked").status_code in {404, 500}


def test_s3_edits_by_hand_are_seen_at_once(gallery: Gallery, session: dict[str, Any]) -> None:
    record = gallery.root / session["id"] / "metadata.json"
    for name in ("Renamed by hand", "And again"):
        edit(record, name=name, made_by="somebody")
        assert gallery.get(f"/session/{session['id']}")["name"] == name
        assert name in {one["name"] for one in gallery.get("/sessions")["sessions"]}
        assert gallery.get(f"/sessions?q={name}")["total"] == 1
    image = gallery.images(session)[0]
    edit(gallery.record(image), directive="Edited by hand", x=77.5)
    shown = gallery.images(session)[0]
    assert (shown["directive"], shown["x"]) == ("Edited by hand", 77.5)
    # S2: what this version does not know is kept when it writes.
    gallery.call("PATCH", f"/session/{session['id']}", json={"user_composition": "Words"})
    assert json.loads(record.read_bytes())["made_by"] == "somebody"


INDEXES = (
    *(None, b"", b"garbage \xff", b"[]", b"{}", b"[" * 100_000),
    *(b'{"schema": 1, "sessions": 5}', b'{"schema": 1, "sessions": [{}]}'),
    b'{"schema": 1, "sessions": [{"id": "../../etc", "marks": ["", ""]}]}',
)


@pytest.mark.parametrize("content", INDEXES)
@pytest.mark.parametrize("running_on", [True, False])
def test_s7_the_index_is_made_again(tmp_path: Path, content: bytes | None, running_on: bool) -> None:
    root = tmp_path / "gallery"
    with running(root) as gallery:
        first = gallery.create(name="First")
        gallery.save(first)
        expected = gallery.get("/sessions")
        if running_on:
            _spoil(root / "sessions.json", content)
            assert gallery.get("/sessions") == expected
            gallery.create(name="Second")
            assert gallery.get("/sessions")["total"] == 2
    if not running_on:
        _spoil(root / "sessions.json", content)
    with running(root) as gallery:
        found = gallery.get("/sessions")
        assert [one for one in found["sessions"] if one["name"] == "First"] == expected["sessions"]
        gallery.create(name="Third")
    index = json.loads((root / "sessions.json").read_bytes())
    assert {"First", "Third"} <= {one["name"] for one in index["sessions"]}


def test_s7_an_index_that_lies_is_found_out(tmp_path: Path) -> None:
    root = tmp_path / "gallery"
    with running(root) as gallery:
        session = gallery.create(name="True")
    index = json.loads((root / "sessions.json").read_bytes())
    lie = {**index["sessions"][0], "name": "False", "marks": ["1-2-3-4", "1-2-3-4"], "image_count": 10**30}
    beyond = {**lie, "id": "gal-1733500000-aaaaaa", "updated_at": "9999-12-31T23:59:59-12:00"}
    (root / "sessions.json").write_text(json.dumps({"schema": 1, "sessions": [lie, beyond]}))
    with running(root) as gallery:
        page = gallery.get("/sessions")
        assert [(one["id"], one["name"]) for one in page["sessions"]] == [(session["id"], "True")]


def _spoil(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    else:
        path.write_bytes(content)
