"""SPEC H1–H4, P4: bad JSON sent to the place where pictures are saved."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .gallery import Gallery, in_base64
from .pictures import bomb, picture
from .refusals import JSON, Bad, bad, refused

GOOD = in_base64(picture())
DEEP = 100_000
MIB = 1024 * 1024


def with_x(literal: str, field: str = "x") -> bytes:
    """A body that is right but for one number."""
    return f'{{"image_data": "{GOOD}", "{field}": {literal}}}'.encode()


def url_safe() -> str:
    """Base64 in the alphabet of URLs, with at least one letter that the standard one does not have."""
    texts = (in_base64(picture(seed)).translate(str.maketrans("+/", "-_")) for seed in range(1, 20))
    return next(text for text in texts if "-" in text or "_" in text)


PICTURES = {
    "base64 with garbage": bad(422, "image_data is not base64", image_data=GOOD[:40] + "!§$" + GOOD[43:]),
    "base64 cut off": bad(422, "image_data is not base64", image_data=GOOD[:-1]),
    "base64 for URLs": bad(422, "standard alphabet", image_data=url_safe()),
    "base64 twice": bad(415, "looks like", image_data=in_base64(GOOD.encode())),
    "empty image_data": bad(422, "image_data is empty", image_data=""),
    "image_data of spaces": bad(422, "image_data", image_data=" \n\t "),
    "empty data URL": bad(422, "image_data is empty", image_data="data:image/png;base64,"),
    "data URL without base64": bad(422, "data URL without base64", image_data="data:image/png,%89PNG"),
    "data URL without comma": bad(422, "data URL", image_data="data:image/png;base64"),
    "image_data a list": bad(422, "image_data", image_data=[1, 2]),
    "image_data a number": bad(422, "image_data", image_data=7),
    "image_data a surrogate": bad(422, "JSON", image_data="\ud800"),
    "an HTML page called PNG": bad(
        415,
        "looks like",
        image_data="data:image/png;base64," + in_base64(b"<!doctype html><script>1</script>"),
    ),
    "SVG": bad(415, "looks like", image_data=in_base64(b'<svg xmlns="http://www.w3.org/2000/svg"/>')),
    "truncated PNG": bad(422, "", image_data=in_base64(picture()[:-20])),
    "PNG header only": bad(422, "", image_data=in_base64(picture()[:33])),
    "12,000 × 12,000 bomb": bad(413, "pixels", image_data=in_base64(bomb())),
    "33 MiB": bad(413, "MiB", image_data=in_base64(picture() + bytes(33 * MIB))),
    "over the limit by one byte": bad(
        413, "limit", image_data=in_base64(picture() + bytes(32 * MIB + 1 - len(picture())))
    ),
    "both image_data and image_url": bad(
        422, "exactly one", image_data=GOOD, image_url="https://a.example/b"
    ),
    "neither image_data nor image_url": bad(422, "exactly one", directive="Explore"),
    "both null": bad(422, "exactly one", image_data=None, image_url=None),
}

NUMBERS = {
    f"{field} {literal[:30]}": Bad(422, field, with_x(literal, field))
    for field, literals in {
        "x": (
            [
                "NaN",
                "Infinity",
                "-Infinity",
                "1e999",
                "-1e999",
                "true",
                "false",
                '"44"',
                '"NaN"',
                "null",
                "[]",
                "{}",
                "1" + "0" * 400,
                "9" * 5000,
                "1e8",
                "-1e8",
            ]
        ),
        "y": ["NaN", "1e999", "true", '""'],
        "width": ["-1", "0", "-0.0", "NaN", "1e6", "true", '"180"', "1e999"],
        "height": ["-220", "0", "Infinity", '"220px"'],
        "z": ["1e10", "-1e10", "NaN", '"1"', "true"],
        "canvas_width": ["-1440", "0", "1e999", "true"],
    }.items()
    for literal in literals
}
# A number that no parser can take in is an error of the JSON as a whole.
NUMBERS = {
    name: case._replace(says="JSON" if "99999" in name else case.says) for name, case in NUMBERS.items()
}


def nested(opening: str, closing: str, inside: str = "1") -> str:
    return opening * DEEP + inside + closing * DEEP


BODIES = {
    "no JSON": Bad(422, "JSON", b"image_data=abc"),
    "JSON cut off": Bad(422, "JSON", b'{"image_data": "iVBO'),
    "JSON with more after it": Bad(422, "JSON", b"{} {}"),
    "empty body": Bad(422, "JSON", b""),
    "an array": Bad(422, "object", b"[]"),
    "null": Bad(422, "object", b"null"),
    "a number": Bad(422, "object", b"5"),
    "a text": Bad(422, "object", b'"iVBO"'),
    "single quotes": Bad(422, "JSON", b"{'image_data': 'a'}"),
    "a byte order mark and UTF-16": Bad(422, "JSON", '{"x": 1}'.encode("utf-16")),
    "bytes that are not UTF-8": Bad(
        422, "JSON", b'{"image_data": "' + GOOD.encode() + b'", "directive": "\xff"}'
    ),
    "raw surrogate bytes": Bad(
        422, "JSON", b'{"image_data": "' + GOOD.encode() + b'", "directive": "\xed\xa0\x80"}'
    ),
    "100,000 arrays": Bad(422, "JSON", nested("[", "]").encode()),
    "100,000 open arrays": Bad(422, "JSON", b"[" * DEEP),
    "100,000 objects": Bad(422, "JSON", nested('{"a":', "}").encode()),
    "100,000 objects in an unknown field": Bad(
        422, "JSON", f'{{"image_data": "{GOOD}", "more": {nested("[", "]")}}}'.encode()
    ),
    "100,000 levels of generator": Bad(
        422,
        "JSON",
        f'{{"image_data": "{GOOD}", "generator": {nested(chr(123) + chr(34) + "a" + chr(34) + ":", "}")}}}'.encode(),
    ),
    "no content type": Bad(415, "application/json", b"{}", {}),
    "text/plain": Bad(415, "application/json", b"{}", {"content-type": "text/plain"}),
    "a form": Bad(415, "multipart", b"x=1", {"content-type": "application/x-www-form-urlencoded"}),
    "a naked picture": Bad(415, "multipart", picture(), {"content-type": "image/png"}),
    "garbage as content type": Bad(415, "application/json", b"{}", {"content-type": ";;;"}),
}

TEXTS = {
    "directive with NUL": bad(422, "directive", image_data=GOOD, directive="a\0b"),
    "product_id with NUL": bad(422, "product_id", image_data=GOOD, product_id="\0"),
    "product_name with NUL": bad(422, "product_name", image_data=GOOD, product_name="\0"),
    "product_brand with NUL": bad(422, "product_brand", image_data=GOOD, product_brand="\0"),
    "composition with NUL": bad(422, "user_composition", image_data=GOOD, user_composition="\0"),
    "generator with NUL": bad(422, "generator", image_data=GOOD, generator={"a": ["b\0"]}),
    "generator key with NUL": bad(422, "generator", image_data=GOOD, generator={"a\0": 1}),
    "lone surrogate in a directive": bad(422, "JSON", image_data=GOOD, directive="\ud800"),
    "lone surrogate in a key": bad(422, "JSON", **{"image_data": GOOD, "\udfff": 1}),
    "lone surrogate in the generator": bad(422, "JSON", image_data=GOOD, generator={"a": "\udc00"}),
    "directive too long": bad(422, "directive", image_data=GOOD, directive="a" * 2_001),
    "product_name too long": bad(422, "product_name", image_data=GOOD, product_name="a" * 301),
    "composition too long": bad(422, "user_composition", image_data=GOOD, user_composition="a" * 20_001),
    "directive a number": bad(422, "directive", image_data=GOOD, directive=5),
    "directive null": bad(422, "directive", image_data=GOOD, directive=None),
    "generator a text": bad(422, "generator", image_data=GOOD, generator="sketch"),
    "generator a list": bad(422, "generator", image_data=GOOD, generator=[1]),
    "generator with NaN": bad(422, "generator", image_data=GOOD, generator={"cfg": float("nan")}),
    "generator with infinity": bad(422, "generator", image_data=GOOD, generator={"cfg": float("inf")}),
    "generator too large": bad(422, "generator", image_data=GOOD, generator={"prompt": "a" * 70_000}),
}

URLS = {
    url: bad(422, "image_url", image_url=url)
    for url in (
        "ftp://host.example/a.png",
        "javascript:alert(1)",
        "data:image/png;base64,AAAA",
        "file:///etc/passwd",
        "//host.example/a.png",
        "/a.png",
        "a.png",
        "",
        "https://",
        "https:///a.png",
        "http://:80/a.png",
        "https://user@host.example/a.png",
        "https://user:secret@host.example/a.png",
        "https://host.example/a b.png",
        " https://host.example/a.png",
        "https://host.example/a.png\n",
        "https://host.example/\r\nSet-Cookie: a=b",
        "https://host.example\\@evil.example/",
        "https://host.example:99999/a.png",
        "https://host.example:port/a.png",
        "https://[::1/a.png",
        "https://host.example/\u202egnp.a",
        "https://host.example/" + "a" * 9_000,
    )
} | {
    "a URL with NUL": bad(422, "image_url", image_url="https://host.example/\0"),
    "a URL that is a number": bad(422, "image_url", image_url=5),
    "a URL with a surrogate": bad(422, "JSON", image_url="https://host.example/\ud800"),
}

KEYS = {
    "empty": b"",
    "overlong": b"k" * 256,
    "with spaces": b"a b",
    "with a tab": b"a\tb",
    "with umlauts": "schlüssel".encode(),
    "with a control character": b"a\x01b",
}


@pytest.fixture(scope="module")
def target(shared_gallery: Gallery) -> str:
    """Where pictures of a session with one image are saved."""
    session = shared_gallery.create(name="Morning Demo")
    shared_gallery.save(session, directive="There before")
    return f"/session/{session['id']}/images"


@pytest.mark.parametrize("case", PICTURES.values(), ids=list(PICTURES))
def test_h2_h3_pictures_that_are_none(shared_gallery: Gallery, target: str, case: Bad) -> None:
    refused(shared_gallery, "POST", target, case)


@pytest.mark.parametrize("case", NUMBERS.values(), ids=list(NUMBERS))
def test_h4_numbers_that_are_none(shared_gallery: Gallery, target: str, case: Bad) -> None:
    refused(shared_gallery, "POST", target, case)


@pytest.mark.parametrize("case", BODIES.values(), ids=list(BODIES))
def test_h1_bodies_that_are_no_json(shared_gallery: Gallery, target: str, case: Bad) -> None:
    refused(shared_gallery, "POST", target, case)


@pytest.mark.parametrize("case", TEXTS.values(), ids=list(TEXTS))
def test_p4_texts_that_cannot_be_kept(shared_gallery: Gallery, target: str, case: Bad) -> None:
    refused(shared_gallery, "POST", target, case)


@pytest.mark.parametrize("case", URLS.values(), ids=[repr(url[:40]) for url in URLS])
def test_h3_addresses_nobody_should_be_sent_to(shared_gallery: Gallery, target: str, case: Bad) -> None:
    refused(shared_gallery, "POST", target, case)


@pytest.mark.parametrize("key", KEYS.values(), ids=list(KEYS))
def test_h6_keys_that_are_none(shared_gallery: Gallery, target: str, key: bytes) -> None:
    body = json.dumps({"image_data": GOOD}).encode()
    headers: Any = {b"content-type": b"application/json", b"idempotency-key": key}
    refused(shared_gallery, "POST", target, Bad(422, "Idempotency-Key", body, headers))


def test_h1_the_problem_names_each_field_that_is_wrong(shared_gallery: Gallery, target: str) -> None:
    body = bad(422, "width", image_data=GOOD, x="a", width=-5, directive=7)
    fields = refused(shared_gallery, "POST", target, body).json()["errors"]
    assert {one["field"] for one in fields} == {"x", "width", "directive"}
    assert all(one["message"] for one in fields)


def test_p4_a_repeated_key_means_its_last_value(gallery: Gallery) -> None:
    session = gallery.create()
    body = f'{{"image_data": "AAAA", "x": 1, "x": 2, "image_data": "{GOOD}"}}'.encode()
    answer = gallery.call("POST", f"/session/{session['id']}/images", content=body, headers=JSON)
    assert (answer.status_code, answer.json()["x"]) == (201, 2)
    assert len(gallery.images(session)) == 1


@pytest.mark.parametrize("number", [2**53, 2**63, 2**64, 10**30, -(10**30)])
def test_p4_whole_numbers_of_any_size_in_a_generator_are_kept(gallery: Gallery, number: int) -> None:
    session = gallery.create()
    image = gallery.save(session, generator={"name": "sketch", "seed": number})
    assert image["generator"]["seed"] == number
    assert gallery.images(session)[0]["generator"]["seed"] == number
