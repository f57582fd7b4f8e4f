"""SPEC H1, H4, H11: ids, cursors, numbers, headers and bodies that make no sense, at every other endpoint."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from .gallery import Gallery
from .refusals import JSON, Bad, bad, check_problem, refused

IDS = {
    "dots": "%2e%2e",
    "one dot": "%2e",
    "NUL": "gal-1733500000-abc12%00",
    "newline at the end": "gal-1733500000-abc123%0A",
    "CR and LF": "gal-1733500000-abc123%0D%0AX-Evil:%201",
    "overlong": "gal-" + "1" * 3_000 + "-abc123",
    "capitals": "gal-1733500000-ABC123",
    "other digits": "gal-%D9%A1733500000-abc123",
    "too short": "gal-1733500000-abc12",
    "spaces": "%20gal-1733500000-abc123",
    "no UTF-8": "gal-1733500000-abc12%ff",
    "a backslash": "..%5Cgal-1733500000-abc123",
    "a tilde": "~root",
    "the hidden folder": ".gallery",
    "the index": "sessions.json",
    "an empty name in quotes": "%22%22",
}
IMAGE_IDS = {
    "dots": "%2e%2e",
    "NUL": "img-001%00",
    "newline": "img-001%0A",
    "CR and LF": "img-001%0D%0ASet-Cookie:a=b",
    "needless zeros": "img-0001",
    "too few digits": "img-01",
    "overlong": "img-" + "1" * 3_000,
    "the record": "img_001.json",
    "the file": "img_001.png",
    "metadata": "metadata.json",
    "other digits": "img-%D9%A0%D9%A0%D9%A1",
    "a minus": "img--01",
}
SLASHED = ["..%2Fx", "%2e%2e%2fx", "a%2F..%2Fb", "%2Fetc%2Fpasswd", "gal-1733500000-abc123%2F"]

PER_SESSION = [("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/restore"), ("GET", "/timeline")]
PER_SESSION += [("GET", "/images"), ("GET", "/images/img-001"), ("PATCH", "/images/img-001")]
PER_SESSION += [("DELETE", "/images/img-001"), ("POST", "/images/img-001/restore"), ("POST", "/images")]
PER_IMAGE = [("GET", ""), ("GET", "?width=160"), ("PATCH", ""), ("DELETE", ""), ("POST", "/restore")]


def made_up(*parts: Any) -> str:
    """Well-formed base64 of a list."""
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


CURSORS = {
    "a word": "abc",
    "numbers": "12345",
    "garbage": "%C3%BC%00%FF",
    "base64 of nothing": "====",
    "base64 of words": base64.b64encode(b"hello there").decode(),
    "an empty list": made_up(),
    "too few parts": made_up("activity", 5),
    "too many parts": made_up("activity", 5, "gal-1733500000-abc123", 1),
    "of another order": made_up("name", "morning", "gal-1733500000-abc123"),
    "a text for a number": made_up("activity", "5", "gal-1733500000-abc123"),
    "true for a number": made_up("activity", True, "gal-1733500000-abc123"),
    "a number for a text": made_up("activity", 5, 6),
    "lists for parts": made_up(["activity"], [5], ["a"]),
    "an object": base64.urlsafe_b64encode(b'{"activity":1,"b":2,"c":3}').decode().rstrip("="),
    "deep": base64.urlsafe_b64encode(b"[" * 1_200).decode().rstrip("="),
    "overlong": "a" * 2_001,
}

QUERIES = {
    "limit=-1": "limit",
    "limit=0": "limit",
    "limit=201": "limit",
    "limit=1e2": "limit",
    "limit=2.5": "limit",
    "limit=abc": "limit",
    "limit=": "limit",
    "limit=%D9%A1%D9%A1%D9%A1": "limit",
    "limit=true": "limit",
    f"limit={10**20}": "limit",
    "limit=" + "9" * 5_000: "limit",
    "sort=random": "sort",
    "sort=": "sort",
    "trashed=perhaps": "trashed",
    "q=" + "a" * 501: "q",
}

SESSION_BODIES = {
    "name a number": bad(422, "name", name=5),
    "name a list": bad(422, "name", name=["a"]),
    "name too long": bad(422, "name", name="a" * 201),
    "name with NUL": bad(422, "name", name="a\0"),
    "name with a lone surrogate": bad(422, "name", name="\ud800"),
    "composition null": bad(422, "user_composition", user_composition=None),
    "composition too long": bad(422, "user_composition", user_composition="a" * 20_001),
    "composition with NUL": bad(422, "user_composition", user_composition="\0"),
    "composition with a lone surrogate": bad(422, "user_composition", user_composition="a\udfffb"),
    "products a text": bad(422, "saved_products", saved_products="product-0"),
    "products with a number": bad(422, "saved_products", saved_products=["a", 5]),
    "products with NUL": bad(422, "saved_products", saved_products=["a\0"]),
    "products with a surrogate": bad(422, "saved_products", saved_products=["\ud800"]),
    "too many products": bad(422, "saved_products", saved_products=["a"] * 1_001),
    "directives an object": bad(422, "directives_used", directives_used={"a": 1}),
    "a directive too long": bad(422, "directives_used", directives_used=["a" * 2_001]),
    "an array": Bad(422, "object", b"[]"),
    "a number": Bad(422, "object", b"5"),
    "a text": Bad(422, "object", b'"Morning"'),
    "no JSON": Bad(422, "JSON", b"name=Morning"),
    "cut off": Bad(422, "JSON", b'{"name": "Mor'),
    "no UTF-8": Bad(422, "UTF-8", b'{"name": "\xff"}'),
    "surrogate bytes": Bad(422, "Unicode", b'{"name": "\xed\xa0\x80"}'),
    "100,000 arrays": Bad(422, "deep", b"[" * 100_000 + b"]" * 100_000),
    "100,000 objects": Bad(422, "deep", b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
    "a number of 5,000 digits": Bad(422, "digits", b'{"name": ' + b"9" * 5_000 + b"}"),
    "text/plain": Bad(415, "application/json", b'{"name": "a"}', {"content-type": "text/plain"}),
    "no content type": Bad(415, "application/json", b'{"name": "a"}', {}),
    "a form": Bad(415, "application/json", b"name=a", {"content-type": "application/x-www-form-urlencoded"}),
}

PLACEMENTS = {
    "x NaN": Bad(422, "x", b'{"x": NaN}'),
    "x 1e999": Bad(422, "x", b'{"x": 1e999}'),
    "x true": Bad(422, "x", b'{"x": true}'),
    "x a text": Bad(422, "x", b'{"x": "44"}'),
    "x null": Bad(422, "x", b'{"x": null}'),
    "width negative": Bad(422, "width", b'{"width": -5}'),
    "width nought": Bad(422, "width", b'{"width": 0}'),
    "height infinite": Bad(422, "height", b'{"height": Infinity}'),
    "y a list": Bad(422, "y", b'{"y": [1]}'),
    "one good, one bad": Bad(422, "y", b'{"x": 5, "y": "5"}'),
    "an array": Bad(422, "object", b"[1]"),
    "null": Bad(422, "body", b"null"),
    "empty": Bad(422, "body", b""),
    "no JSON": Bad(422, "JSON", b"x=5"),
    "100,000 arrays": Bad(422, "deep", b"[" * 100_000),
}


@pytest.fixture(scope="module")
def session(shared_gallery: Gallery) -> dict[str, Any]:
    made = shared_gallery.create(name="Morning Demo")
    shared_gallery.save(made)
    return made


def body_of(method: str, path: str) -> Bad:
    content = b'{"x": 1}' if "/images" in path else b'{"name": "a"}'
    return Bad(422, "id looks like", content if method in {"PATCH", "POST"} else b"")


@pytest.mark.parametrize("session_id", IDS.values(), ids=list(IDS))
def test_h4_session_ids_off_their_pattern(shared_gallery: Gallery, session_id: str) -> None:
    for method, rest in PER_SESSION:
        case = body_of(method, rest)
        if (method, rest) == ("POST", "/images"):
            case = bad(422, "id looks like", image_url="https://host.example/a.png")
        refused(shared_gallery, method, f"/session/{session_id}{rest}", case)


@pytest.mark.parametrize("image_id", IMAGE_IDS.values(), ids=list(IMAGE_IDS))
def test_h4_image_ids_off_their_pattern(
    shared_gallery: Gallery, session: dict[str, Any], image_id: str
) -> None:
    for method, rest in PER_IMAGE:
        path = f"/session/{session['id']}/images/{image_id}{rest}"
        refused(shared_gallery, method, path, body_of(method, "/images"))


@pytest.mark.parametrize("slashed", SLASHED)
def test_p9_ids_with_slashes_lead_nowhere(
    shared_gallery: Gallery, session: dict[str, Any], slashed: str
) -> None:
    before = shared_gallery.stored()
    for path in (f"/session/{slashed}", f"/session/{session['id']}/images/{slashed}"):
        for method in ("GET", "DELETE"):
            answer = shared_gallery.client.request(method, f"/api/gallery{path}")
            assert answer.status_code in {404, 405, 422}, (path, answer.text)
            check_problem(answer, answer.status_code)
    assert shared_gallery.stored() == before


@pytest.mark.parametrize("cursor", CURSORS.values(), ids=list(CURSORS))
def test_h11_cursors_that_were_made_up(shared_gallery: Gallery, cursor: str) -> None:
    refused(shared_gallery, "GET", f"/sessions?cursor={cursor}", Bad(422, "cursor"))


def test_h11_a_cursor_of_another_order(shared_gallery: Gallery) -> None:
    for _ in range(2):
        shared_gallery.create()
    cursor = shared_gallery.get("/sessions?limit=1&sort=name")["next_cursor"]
    refused(shared_gallery, "GET", f"/sessions?cursor={cursor}&sort=created", Bad(422, "cursor"))
    refused(shared_gallery, "GET", f"/sessions?cursor={cursor}x&sort=name", Bad(422, "cursor"))


@pytest.mark.parametrize("query", QUERIES, ids=[query[:30] for query in QUERIES])
def test_h4_parameters_of_the_list(shared_gallery: Gallery, query: str) -> None:
    refused(shared_gallery, "GET", f"/sessions?{query}", Bad(422, QUERIES[query]))


@pytest.mark.parametrize("width", ["161", "0", "-160", "abc", "160.0", "", "%20160", "1e3", "9" * 500])
def test_h10_widths_that_are_not_offered(
    shared_gallery: Gallery, session: dict[str, Any], width: str
) -> None:
    path = f"/session/{session['id']}/images/img-001?width={width}"
    refused(shared_gallery, "GET", path, Bad(422, "width must be one of 160"))


@pytest.mark.parametrize("case", SESSION_BODIES.values(), ids=list(SESSION_BODIES))
def test_h4_bodies_about_sessions(shared_gallery: Gallery, session: dict[str, Any], case: Bad) -> None:
    refused(shared_gallery, "POST", "/sessions", case)
    refused(shared_gallery, "PATCH", f"/session/{session['id']}", case)


@pytest.mark.parametrize("case", PLACEMENTS.values(), ids=list(PLACEMENTS))
def test_h4_bodies_about_placements(shared_gallery: Gallery, session: dict[str, Any], case: Bad) -> None:
    refused(shared_gallery, "PATCH", f"/session/{session['id']}/images/img-001", case)


@pytest.mark.parametrize("body", [b"", b"null"])
def test_h4_a_change_needs_a_body(shared_gallery: Gallery, session: dict[str, Any], body: bytes) -> None:
    refused(shared_gallery, "PATCH", f"/session/{session['id']}", Bad(422, "body", body))


@pytest.mark.parametrize(
    "tag", ['"other"', "garbage", 'W/"other"', '""', ",,", "5", "schlüssel", '"' + "a" * 9_000]
)
def test_h7_if_match_that_matches_nothing(shared_gallery: Gallery, session: dict[str, Any], tag: str) -> None:
    headers: Any = {b"if-match": tag.encode(), b"content-type": b"application/json"}
    path = f"/session/{session['id']}"
    refused(shared_gallery, "PATCH", path, Bad(412, "read it again", b'{"name": "b"}', headers))
    refused(shared_gallery, "DELETE", path, Bad(412, "read it again", b"", headers))
    refused(shared_gallery, "DELETE", f"{path}?permanent=true", Bad(412, "read it again", b"", headers))


@pytest.mark.parametrize("rest", ["", "/images", "/timeline", "/images/img-001"])
def test_s10_what_is_not_there_is_404(shared_gallery: Gallery, session: dict[str, Any], rest: str) -> None:
    refused(shared_gallery, "GET", f"/session/gal-1733500000-zzzzzz{rest}", Bad(404, "no session"))
    refused(shared_gallery, "GET", f"/session/{session['id']}/images/img-999", Bad(404, "no image"))


def test_s10_a_save_into_no_session_leaves_nothing(shared_gallery: Gallery) -> None:
    case = bad(404, "no session", image_url="https://host.example/a.png")
    refused(shared_gallery, "POST", "/session/gal-1733500000-zzzzzz/images", case)


def test_h1_permanent_must_be_a_truth(shared_gallery: Gallery, session: dict[str, Any]) -> None:
    for path in (f"/session/{session['id']}", f"/session/{session['id']}/images/img-001"):
        refused(shared_gallery, "DELETE", f"{path}?permanent=maybe", Bad(422, "permanent"))


@pytest.mark.parametrize("body", [b"", b"null", b"{}", b'{"more": 1, "id": "gal-1-aaaaaa"}'])
def test_h5_a_session_needs_no_field(gallery: Gallery, body: bytes) -> None:
    answer = gallery.call("POST", "/sessions", content=body, headers=JSON)
    assert answer.status_code == 201
    assert answer.json()["id"] != "gal-1-aaaaaa"
