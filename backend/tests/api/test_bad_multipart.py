"""SPEC H1–H4, P4: bad forms sent to the place where pictures are saved."""

from __future__ import annotations

import pytest

from .gallery import Gallery
from .pictures import bomb, picture
from .refusals import Bad, refused

EDGE = "edge-of-a-part"
MIB = 1024 * 1024
HUGE = b"1" * (2 * MIB)
FILE = ('name="image"; filename="a.png"', picture())


def form(*parts: tuple[str, bytes], end: bytes = b"--\r\n") -> bytes:
    """A multipart body; each part is what stands behind `form-data; ` and its content."""
    written = [
        f"--{EDGE}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + content + b"\r\n"
        for head, content in parts
    ]
    return b"".join(written) + f"--{EDGE}".encode() + end


def field(name: str, content: str) -> tuple[str, bytes]:
    return f'name="{name}"', content.encode()


def case(status: int, says: str, body: bytes, parameters: str = f"; boundary={EDGE}") -> Bad:
    return Bad(status, says, body, {"content-type": f"multipart/form-data{parameters}"})


def in_charset(charset: str, content: bytes = b"+2AA-") -> Bad:
    """A directive in an odd charset; in UTF-7 these bytes are a lone surrogate."""
    body = form(FILE, ('name="directive"', content))
    return case(422, "", body, f"; charset={charset}; boundary={EDGE}")


WHOLE = form(FILE, field("directive", "Explore"), field("x", "44"))

FORMS = {
    "without boundary": case(422, "boundary", WHOLE, ""),
    "with another boundary": case(422, "multipart", WHOLE, "; boundary=other"),
    "with an endless boundary": case(422, "multipart", WHOLE, "; boundary=" + "b" * 5_000),
    "empty": case(422, "multipart", b""),
    "no multipart at all": case(422, "multipart", b'{"image_data": "AAAA"}'),
    "without a file": case(422, "exactly one", form(field("directive", "Explore"))),
    "with no part": case(422, "", form()),
    "with two files": case(422, "one file", form(FILE, ('name="more"; filename="b.png"', picture(2)))),
    "with two files of one name": case(422, "one file", form(FILE, FILE)),
    "with three files": case(422, "file", form(FILE, FILE, FILE)),
    "with a file and image_url": case(
        422, "exactly one", form(FILE, field("image_url", "https://a.example/b"))
    ),
    "with a file and image_data": case(422, "once", form(FILE, field("image_data", "AAAA"))),
    "with an empty file": case(415, "empty", form(('name="image"; filename="a.png"', b""))),
    "with a page called PNG": case(
        415,
        "looks like",
        form(('name="image"; filename="a.png"\r\nContent-Type: image/png', b"<html></html>")),
    ),
    "with a truncated PNG": case(422, "", form(('name="image"; filename="a.png"', picture()[:-15]))),
    "with a bomb": case(413, "pixels", form(('name="image"; filename="a.png"', bomb()))),
    "with 33 MiB": case(413, "MiB", form(('name="image"; filename="a.png"', picture() + bytes(33 * MIB)))),
    "with a huge field": case(422, "maximum", form(FILE, ('name="directive"', HUGE))),
    "with a picture as text": case(422, "as a file part, or", form(('name="image_data"', HUGE))),
    "with 100 fields": case(422, "fields", form(FILE, *[field(f"f{place}", "1") for place in range(100)])),
    "with a part without name": case(422, "name", form(FILE, ('filename="a"', b"1"))),
    "cut in the file": case(422, "", WHOLE[:200]),
    "cut in a later field": case(422, "end", WHOLE[: WHOLE.index(b"Explore") + 3]),
    "cut after the file": case(422, "end", form(FILE, end=b"")),
    "cut before the last boundary": case(422, "end", WHOLE[: -len(EDGE) - 6]),
    "x empty words": case(422, "x", form(FILE, field("x", "left"))),
    "x NaN": case(422, "x", form(FILE, field("x", "NaN"))),
    "x infinite": case(422, "x", form(FILE, field("x", "1e999"))),
    "x true": case(422, "x", form(FILE, field("x", "true"))),
    "width negative": case(422, "width", form(FILE, field("width", "-180"))),
    "width with a unit": case(422, "width", form(FILE, field("width", "180px"))),
    "x twice, the last one bad": case(422, "x", form(FILE, field("x", "4"), field("x", "b"))),
    "directive with NUL": case(422, "directive", form(FILE, field("directive", "a\0b"))),
    "directive too long": case(422, "directive", form(FILE, field("directive", "a" * 2_001))),
    "generator no JSON": case(422, "JSON", form(FILE, field("generator", "sketch"))),
    "generator a list": case(422, "generator", form(FILE, field("generator", "[1]"))),
    "generator with NaN": case(422, "JSON", form(FILE, field("generator", '{"a": NaN}'))),
    "generator with a surrogate": case(422, "JSON", form(FILE, field("generator", '{"a": "\\ud800"}'))),
    "generator of 100,000 levels": case(422, "JSON", form(FILE, field("generator", "[" * 100_000))),
    "image_url of JavaScript": case(422, "image_url", form(field("image_url", "javascript:alert(1)"))),
    "image_data garbage": case(422, "base64", form(field("image_data", "§§"))),
    "lone surrogate by UTF-7": in_charset("utf-7"),
    "lone surrogate by an escape": in_charset("raw_unicode_escape", b"\\ud800"),
    "charset idna": in_charset("idna", b"xn--" + b"a" * 100),
    "charset punycode": in_charset("punycode", b"\xff-\xff"),
    "charset undefined": in_charset("undefined"),
}


@pytest.fixture(scope="module")
def target(shared_gallery: Gallery) -> str:
    session = shared_gallery.create(name="Morning Demo")
    shared_gallery.save(session, directive="There before")
    return f"/session/{session['id']}/images"


@pytest.mark.parametrize("bad_form", FORMS.values(), ids=list(FORMS))
def test_h1_forms_that_cannot_be_saved(shared_gallery: Gallery, target: str, bad_form: Bad) -> None:
    refused(shared_gallery, "POST", target, bad_form)


@pytest.mark.parametrize("charset", ["klingon", "hex", "latin-1"])
def test_h1_a_charset_nobody_knows_is_no_trouble(gallery: Gallery, charset: str) -> None:
    session = gallery.create()
    headers = {"content-type": f"multipart/form-data; charset={charset}; boundary={EDGE}"}
    answer = gallery.call("POST", f"/session/{session['id']}/images", content=WHOLE, headers=headers)
    assert (answer.status_code, answer.json()["directive"]) == (201, "Explore")
