"""SPEC H5, H7, H8, H11–H13, T1, T2: sessions from their creation to their end."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from .gallery import PREFIX, Gallery
from .pictures import picture
from .refusals import check_problem


def test_a_new_session_is_what_was_sent(gallery: Gallery) -> None:
    sent = {
        "name": "Morning Demo",
        "user_composition": "Looking for elegant evening wear...",
        "saved_products": ["product-0"],
        "directives_used": ["Explore serene atmosphere with urban streets"],
    }
    answer = gallery.call("POST", "/sessions", json=sent)
    session = answer.json()
    assert re.fullmatch(r"gal-[0-9]{10,}-[0-9a-z]{6}", session["id"])
    assert answer.headers["location"] == f"{PREFIX}/session/{session['id']}"
    assert {name: session[name] for name in sent} == sent
    assert (session["image_count"], session["total_bytes"], session["covers"]) == (0, 0, [])
    assert (session["auto_named"], session["trashed_at"]) == (False, None)
    read = gallery.call("GET", f"/session/{session['id']}")
    assert (read.json(), read.headers["etag"]) == (session, answer.headers["etag"])
    assert gallery.get("/sessions") == {"sessions": [session], "next_cursor": None, "total": 1, "damaged": []}


def test_h5_fields_of_the_server_are_ignored(gallery: Gallery) -> None:
    forged = {"id": "gal-1-aaaaaa", "created_at": "1999-01-01T00:00:00Z", "image_count": 99, "covers": ["x"]}
    forged |= {
        "auto_named": True,
        "trashed_at": "1999-01-01T00:00:00Z",
        "schema": 9,
        "edits": [],
        "purging": True,
    }
    session = gallery.create(name="True", **forged)
    for name, value in forged.items():
        assert session.get(name) != value
    patched = gallery.call("PATCH", f"/session/{session['id']}", json={**forged, "colour": "red"})
    assert patched.json() == session


def test_h8_only_the_fields_sent_change(gallery: Gallery) -> None:
    session = gallery.create(name="One", user_composition="Words", saved_products=["product-0"])
    changes: list[dict[str, Any]] = [
        {"user_composition": "Other words"},
        {"saved_products": []},
        {"directives_used": ["a", "b"]},
        {"name": "  Two  "},
        {"user_composition": ""},
    ]
    for change in changes:
        answer = gallery.call("PATCH", f"/session/{session['id']}", json=change)
        session |= {**change, **({"name": "Two"} if "name" in change else {})}
        session["updated_at"] = answer.json()["updated_at"]
        assert answer.json() == session == gallery.get(f"/session/{session['id']}")


def test_h7_if_match_tells_who_changed_the_record(gallery: Gallery) -> None:
    session = gallery.create(name="One")
    path = f"/session/{session['id']}"
    first = gallery.call("GET", path).headers["etag"]
    assert not first.startswith("W/")
    second = gallery.call("PATCH", path, json={"name": "Two"}, headers={"if-match": first})
    assert second.status_code == 200
    for method in ("PATCH", "DELETE"):
        body = {"json": {"name": "Three"}} if method == "PATCH" else {}
        check_problem(
            gallery.call(method, path, headers={"if-match": first}, **body), 412, "changed meanwhile"
        )
    known = second.headers["etag"]
    many = f'"other", {known}'
    assert gallery.call("PATCH", path, json={"name": "Three"}, headers={"if-match": many}).status_code == 200
    assert gallery.call("PATCH", path, json={"name": "Four"}, headers={"if-match": "*"}).status_code == 200


def test_h7_a_picture_saved_meanwhile_is_no_conflict_but_another_etag(gallery: Gallery) -> None:
    session = gallery.create(name="One")
    path = f"/session/{session['id']}"
    before = gallery.call("GET", path).headers["etag"]
    image = gallery.save(session)
    after = gallery.call("GET", path, headers={"if-none-match": before})
    assert (after.status_code, after.json()["image_count"]) == (200, 1)
    assert after.headers["etag"] != before
    gallery.call("PATCH", gallery.path(image), json={"x": 5})
    assert gallery.call("PATCH", path, json={"name": "Two"}, headers={"if-match": before}).status_code == 200
    assert gallery.call("DELETE", path, headers={"if-match": after.headers["etag"]}).status_code == 412


@pytest.mark.parametrize("rest", ["", "/images"])
def test_h7_what_is_unchanged_is_304(gallery: Gallery, rest: str) -> None:
    session = gallery.create()
    gallery.save(session)
    path = f"/session/{session['id']}{rest}"
    tag = gallery.call("GET", path).headers["etag"]
    for known in (tag, f"W/{tag}", f'"x", {tag}', "*"):
        answer = gallery.call("GET", path, headers={"if-none-match": known})
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)
    gallery.save(session, picture(2))
    assert gallery.call("GET", path, headers={"if-none-match": tag}).status_code == 200


def test_h13_names_follow_the_date_and_the_first_directive(gallery: Gallery) -> None:
    session = gallery.create()
    path = f"/session/{session['id']}"
    day = datetime.fromisoformat(session["created_at"])
    assert (session["name"], session["auto_named"]) == (f"{day.day} {day:%b %Y}", True)
    gallery.save(session, directive="Explore serene streets")
    gallery.save(session, picture(2), directive="Another")
    automatic = f"{day.day} {day:%b %Y} · Explore serene streets"
    assert gallery.get(path)["name"] == gallery.get("/sessions")["sessions"][0]["name"] == automatic
    renamed = gallery.call("PATCH", path, json={"name": "Mine"}).json()
    assert (renamed["name"], renamed["auto_named"]) == ("Mine", False)
    for nothing in (None, "", "   "):
        gallery.call("PATCH", path, json={"name": "Mine"})
        again = gallery.call("PATCH", path, json={"name": nothing}).json()
        assert (again["name"], again["auto_named"]) == (automatic, True)


def names(gallery: Gallery, query: str = "") -> list[str]:
    return [session["name"] for session in gallery.get(f"/sessions?{query}")["sessions"]]


def test_h11_orders(gallery: Gallery) -> None:
    made = [gallery.create(name=name) for name in ("beta", "Alpha", "gamma")]
    assert names(gallery) == ["gamma", "Alpha", "beta"]
    gallery.save(made[0])
    assert names(gallery) == ["beta", "gamma", "Alpha"]
    assert names(gallery, "sort=activity") == ["beta", "gamma", "Alpha"]
    assert names(gallery, "sort=created") == ["gamma", "Alpha", "beta"]
    assert names(gallery, "sort=name") == ["Alpha", "beta", "gamma"]
    gallery.call("PATCH", f"/session/{made[1]['id']}", json={"user_composition": "Words"})
    assert names(gallery) == ["Alpha", "beta", "gamma"]


def test_h11_search_looks_through_everything_people_wrote(gallery: Gallery) -> None:
    gallery.create(name="Quiet", user_composition="Straße bei NACHT")
    gallery.create(name="Used", directives_used=["Neon puddles"])
    gallery.create(name="Shelf", saved_products=["product-77"])
    shown = gallery.create(name="Shown")
    image = gallery.save(
        shown,
        directive="Rooftop dawn",
        product_id="p-5",
        product_name="Neverfull MM",
        product_brand="Vuitton",
    )
    for words, found in (
        ("quiet", "Quiet"),
        ("strasse BEI nacht", "Quiet"),
        ("puddles", "Used"),
        ("PRODUCT-77", "Shelf"),
        ("rooftop", "Shown"),
        ("neverfull", "Shown"),
        ("vuitton", "Shown"),
        (" p-5 ", "Shown"),
    ):
        assert names(gallery, f"q={words}") == [found], words
    assert names(gallery, "q=nowhere") == []
    assert names(gallery, "q=%00") == []
    assert len(names(gallery, "q=")) == 4
    gallery.call("DELETE", gallery.path(image))
    assert names(gallery, "q=rooftop") == []


@pytest.mark.parametrize("sort", ["activity", "created"])
def test_h11_pages_while_sessions_change(gallery: Gallery, sort: str) -> None:
    made = [gallery.create(name=f"Session {place:03d}")["id"] for place in range(300)]
    changing = set(made[::7])
    gone = set(made[3::50])
    seen: list[str] = []
    cursor = ""
    for page_number in range(100):
        page = gallery.get(f"/sessions?limit=17&sort={sort}{cursor}")
        seen += [session["id"] for session in page["sessions"]]
        assert page["total"] <= 300 + page_number
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
        for changed in list(changing)[page_number::18]:
            gallery.call("PATCH", f"/session/{changed}", json={"user_composition": f"Page {page_number}"})
        for removed in list(gone - changing)[page_number::18]:
            gallery.call("DELETE", f"/session/{removed}")
        gallery.create(name="New")
    assert len(seen) == len(set(seen))
    assert set(made) - changing - gone <= set(seen)


def test_h12_trash_restore_erase(gallery: Gallery) -> None:
    session, kept = gallery.create(name="Going"), gallery.create(name="Staying")
    image = gallery.save(session)
    path = f"/session/{session['id']}"
    assert gallery.call("DELETE", path).status_code == 204
    assert names(gallery) == ["Staying"]
    assert names(gallery, "trashed=true") == ["Going"]
    (gone,) = gallery.get("/sessions?trashed=true")["sessions"]
    days = datetime.fromisoformat(gone["erase_at"]) - datetime.fromisoformat(gone["trashed_at"])
    assert (days, gallery.get("/sessions")["sessions"][0]["erase_at"]) == (timedelta(days=30), None)
    for method, rest in (
        ("GET", ""),
        ("GET", "/images"),
        ("GET", "/timeline"),
        ("PATCH", ""),
    ):
        body = {"json": {"name": "a"}} if method == "PATCH" else {}
        check_problem(gallery.call(method, path + rest, **body), 404, "restore it first")
    for method in ("GET", "DELETE"):
        check_problem(gallery.call(method, gallery.path(image)), 404, "restore it first")
    saved = gallery.call("POST", f"{path}/images", json={"image_url": "https://host.example/a"})
    check_problem(saved, 404, "restore it first")

    record = gallery.root / session["id"] / "metadata.json"
    before = record.read_bytes()
    assert gallery.call("DELETE", path).status_code == 204
    assert record.read_bytes() == before
    restored = gallery.call("POST", f"{path}/restore")
    assert (restored.status_code, restored.json()["trashed_at"]) == (200, None)
    assert gallery.call("GET", gallery.path(image)).content == picture()
    assert gallery.call("POST", f"{path}/restore").status_code == 200
    assert set(names(gallery)) == {"Going", "Staying"}

    gallery.call("DELETE", path)
    assert gallery.call("DELETE", f"{path}?permanent=true").status_code == 204
    assert not (gallery.root / session["id"]).exists()
    for method, rest in (("GET", ""), ("POST", "/restore"), ("DELETE", "?permanent=true")):
        check_problem(gallery.call(method, path + rest), 404, "no session")
    assert (names(gallery, "trashed=true"), names(gallery)) == ([], ["Staying"])
    assert gallery.call("DELETE", f"/session/{kept['id']}?permanent=true").status_code == 204
    assert gallery.get("/sessions")["total"] == 0


def test_t1_t2_the_timeline_tells_everything_in_order(gallery: Gallery) -> None:
    session = gallery.create(user_composition="Looking")
    path = f"/session/{session['id']}"
    first = gallery.save(session, directive="Rooftop dawn", product_name="Neverfull MM", x=10, y=20)
    second = gallery.save(session, picture(2))
    gallery.call("PATCH", gallery.path(first), json={"x": 50, "canvas_width": 1440, "z": 4})
    gallery.call("PATCH", path, json={"saved_products": ["product-0"], "name": "Mine"})
    gallery.call("DELETE", gallery.path(first))
    gallery.call("POST", f"{gallery.path(first)}/restore")
    gallery.call("DELETE", f"{gallery.path(second)}?permanent=true")
    timeline = gallery.get(f"{path}/timeline")
    events = timeline["events"]
    kinds = [event["type"] for event in events]
    assert kinds[0] == "session_created"
    assert sorted(kinds) == sorted(
        [
            "session_created",
            "composition",
            "image_saved",
            "image_moved",
            "products",
            "named",
            "image_removed",
            "image_restored",
        ]
    )
    assert [event["offset_ms"] for event in events] == sorted(event["offset_ms"] for event in events)
    assert (timeline["started_at"], timeline["ended_at"]) == (events[0]["at"], events[-1]["at"])
    by_kind = {event["type"]: event for event in events}
    assert by_kind["composition"]["user_composition"] == "Looking"
    assert by_kind["named"]["name"] == "Mine"
    saved = by_kind["image_saved"]
    assert (saved["image_id"], saved["directive"], saved["product_name"]) == (
        "img-001",
        "Rooftop dawn",
        "Neverfull MM",
    )
    assert (saved["placement"]["x"], saved["placement"]["y"], saved["placement"]["canvas_width"]) == (
        10,
        20,
        None,
    )
    moved = by_kind["image_moved"]["placement"]
    assert (moved["x"], moved["z"], saved["placement"]["z"]) == (50, 4, 0)
