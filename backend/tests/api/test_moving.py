"""SPEC H8, H17: where a card lies, and two who move it at once."""

from __future__ import annotations

from typing import Any

import pytest

from .gallery import Gallery
from .pictures import picture
from .refusals import Bad, check_problem, refused

FIELDS: dict[str, Any] = {"x": 44, "y": 280.5, "width": 180, "height": 220, "canvas_width": 1440, "z": 3}


def move(gallery: Gallery, image: dict[str, Any], version: str | None, **change: Any) -> Any:
    headers = {} if version is None else {"if-match": f'"{version}"'}
    return gallery.call("PATCH", gallery.path(image), json=change, headers=headers)


def test_h8_moving_changes_only_what_is_sent(gallery: Gallery) -> None:
    image = gallery.save(gallery.create(), **FIELDS)
    changes: list[dict[str, Any]] = [{"x": -5.25}, {"width": 300, "height": 400}, {"canvas_width": None}]
    for change in (*changes, {"z": -2.5}, {}, {"colour": 1}):
        answer = gallery.call("PATCH", gallery.path(image), json=change)
        image |= {name: value for name, value in change.items() if name != "colour"}
        image["version"] = answer.json()["version"]
        assert (answer.status_code, answer.json()) == (200, image)


def test_h17_a_version_changes_with_the_placement_and_with_nothing_else(gallery: Gallery) -> None:
    session = gallery.create()
    image = gallery.save(session, **FIELDS)
    seen = [image["version"]]
    for change in ({"x": 1}, {"y": 1}, {"width": 1}, {"height": 1}, {"canvas_width": None}, {"z": 0}):
        seen.append(move(gallery, image, None, **change).json()["version"])
        assert gallery.images(session)[0]["version"] == seen[-1]
    assert len(set(seen)) == len(seen)
    assert move(gallery, image, None, **FIELDS).json()["version"] == seen[0]
    gallery.call("DELETE", gallery.path(image))
    assert gallery.call("POST", f"{gallery.path(image)}/restore").json()["version"] == seen[0]
    gallery.call("PATCH", f"/session/{session['id']}", json={"name": "Other"})
    assert gallery.images(session)[0]["version"] == seen[0]
    assert gallery.save(session, picture(2), **FIELDS)["version"] == seen[0]


def test_h17_whoever_knows_where_a_card_lies_may_move_it(gallery: Gallery) -> None:
    image = gallery.save(gallery.create(), **FIELDS)
    mine = move(gallery, image, image["version"], x=10).json()
    assert (mine["x"], mine["z"]) == (10, 3)
    theirs = move(gallery, image, image["version"], x=20)
    check_problem(theirs, 412, "moved meanwhile")
    assert gallery.images({"id": image["session_id"]}) == [mine]
    assert move(gallery, image, mine["version"], x=20).json()["x"] == 20
    path = gallery.path(image)
    many = f'"other", "{gallery.images({"id": image["session_id"]})[0]["version"]}"'
    assert gallery.call("PATCH", path, json={"x": 30}, headers={"if-match": many}).status_code == 200
    assert gallery.call("PATCH", path, json={"x": 40}, headers={"if-match": "*"}).status_code == 200


def test_h17_a_retry_of_a_move_whose_answer_was_lost_is_no_conflict(gallery: Gallery) -> None:
    image = gallery.save(gallery.create(), **FIELDS)
    first = move(gallery, image, image["version"], x=10, z=4)
    again = move(gallery, image, image["version"], x=10, z=4)
    assert (again.status_code, again.json()) == (200, first.json())
    check_problem(move(gallery, image, image["version"]), 412, "moved meanwhile")


@pytest.mark.parametrize("tag", ['"other"', "garbage", 'W/"{}"', "{}", '""', ",,", "schlüssel", '"{}-1"'])
def test_h17_if_match_that_matches_nothing(gallery: Gallery, tag: str) -> None:
    image = gallery.save(gallery.create(), **FIELDS)
    headers: Any = {
        b"if-match": tag.format(image["version"]).encode(),
        b"content-type": b"application/json",
    }
    refused(gallery, "PATCH", gallery.path(image), Bad(412, "list of images again", b'{"x": 1}', headers))
