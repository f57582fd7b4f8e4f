"""SPEC H18: a session begun once, however often the request is sent."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response

from .gallery import PREFIX, Gallery, running
from .refusals import check_problem

FIELDS: dict[str, Any] = {
    "name": "Morning Demo",
    "user_composition": "Evening wear",
    "directives_used": ["a"],
}


def begin(gallery: Gallery, key: str | None, **fields: Any) -> Response:
    headers = {} if key is None else {"idempotency-key": key}
    return gallery.call("POST", "/sessions", json=fields, headers=headers)


def total(gallery: Gallery) -> int:
    count: int = gallery.get("/sessions")["total"]
    return count


def test_h18_a_retry_gets_the_first_session(gallery: Gallery) -> None:
    first, again = begin(gallery, "key", **FIELDS), begin(gallery, "key", **FIELDS)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    for name in ("location", "etag"):
        assert first.headers[name] == again.headers[name]
    assert again.headers["location"] == f"{PREFIX}/session/{first.json()['id']}"
    assert total(gallery) == 1


def test_h18_a_late_retry_gets_the_session_as_it_is_now(gallery: Gallery) -> None:
    session = begin(gallery, "key", **FIELDS).json()
    path = f"/session/{session['id']}"
    gallery.save(session)
    gallery.call("PATCH", path, json={"name": "Renamed"})
    again = begin(gallery, "key", **FIELDS)
    assert (again.status_code, again.json()) == (200, gallery.get(path))
    assert (again.json()["name"], again.json()["image_count"]) == ("Renamed", 1)
    gallery.call("DELETE", path)
    in_trash = begin(gallery, "key", **FIELDS)
    assert (in_trash.status_code, in_trash.json()["id"]) == (200, session["id"])
    assert in_trash.json()["trashed_at"]


def test_h18_a_late_retry_does_not_bring_back_what_was_erased(gallery: Gallery) -> None:
    session = begin(gallery, "key", **FIELDS).json()
    gallery.call("DELETE", f"/session/{session['id']}?permanent=true")
    for _ in range(2):
        check_problem(begin(gallery, "key", **FIELDS), 410, "use a new key")
    check_problem(begin(gallery, "key", name="Other"), 422, "use a new key")
    assert not (gallery.root / session["id"]).exists()
    assert begin(gallery, "new", **FIELDS).status_code == 201


def test_h18_a_key_with_another_request_is_refused(gallery: Gallery) -> None:
    session = begin(gallery, "key", **FIELDS).json()
    for other in ({}, {**FIELDS, "name": "Other"}, {**FIELDS, "saved_products": ["product-0"]}):
        check_problem(begin(gallery, "key", **other), 422, "use a new key")
    assert gallery.get("/sessions")["sessions"] == [session]
    # A refused request uses no key up, and what is not said is the same as what is left empty.
    check_problem(begin(gallery, "other", name=5), 422)
    assert begin(gallery, "other").status_code == 201
    assert begin(gallery, "other", name="", user_composition="").status_code == 200


def test_h18_without_a_key_every_request_begins_a_session(gallery: Gallery) -> None:
    assert [begin(gallery, None, **FIELDS).status_code for _ in range(3)] == [201] * 3
    assert total(gallery) == 3


@pytest.mark.parametrize("key", ["", "a b", "é", "a" * 256, "a\x7f"])
def test_h18_a_key_is_visible_ascii(gallery: Gallery, key: str) -> None:
    headers: Any = {b"idempotency-key": key.encode()}
    check_problem(gallery.call("POST", "/sessions", json={}, headers=headers), 422, "Idempotency-Key")
    assert total(gallery) == 0


def test_h18_fifty_at_once_begin_one(gallery: Gallery) -> None:
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda _: begin(gallery, "key", **FIELDS), range(50)))
    assert sorted(answer.status_code for answer in answers) == [200] * 49 + [201]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert total(gallery) == 1


def test_h18_a_retry_after_a_restart(tmp_path: Path) -> None:
    with running(tmp_path / "gallery") as gallery:
        session = begin(gallery, "key", **FIELDS).json()
    with running(tmp_path / "gallery") as gallery:
        assert begin(gallery, "key", **FIELDS).json() == session
        assert total(gallery) == 1


@pytest.mark.parametrize("damage", [b"", b"{", b'{"session_id": 5}', b"[]"])
def test_h18_a_damaged_note_counts_as_none(gallery: Gallery, damage: bytes) -> None:
    begin(gallery, "key", **FIELDS)
    (note,) = (gallery.root / ".gallery/keys/sessions").iterdir()
    note.write_bytes(damage)
    assert [begin(gallery, "key", **FIELDS).status_code for _ in range(2)] == [201, 200]
    assert gallery.get("/sessions")["damaged"] == []
