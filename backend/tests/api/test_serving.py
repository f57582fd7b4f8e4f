"""SPEC H9, H10, P10: serving pictures whole, in part, small, or not at all."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from .gallery import Gallery, sha256
from .pictures import picture
from .refusals import check_problem

DATA = picture(5, 400, 300, "JPEG")
SIZE = len(DATA)


@pytest.fixture(scope="module")
def image(shared_gallery: Gallery) -> dict[str, Any]:
    return shared_gallery.save(shared_gallery.create(), DATA)


def test_h9_a_picture_is_served_whole_for_ever_and_safely(
    shared_gallery: Gallery, image: dict[str, Any]
) -> None:
    path = shared_gallery.path(image)
    answer = shared_gallery.call("GET", path)
    headers = answer.headers
    assert (answer.status_code, answer.content) == (200, DATA)
    assert headers["content-type"] == "image/jpeg"
    assert headers["content-length"] == str(SIZE)
    assert headers["etag"] == f'"{sha256(DATA)}"'
    assert headers["accept-ranges"] == "bytes"
    assert "immutable" in headers["cache-control"]
    assert "max-age=31536000" in headers["cache-control"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in headers["content-security-policy"]
    head = shared_gallery.call("HEAD", path)
    assert (head.status_code, head.content) == (200, b"")
    ignored = {"x-request-id", "date"}
    assert {n: v for n, v in head.headers.items() if n not in ignored} == {
        n: v for n, v in headers.items() if n not in ignored
    }


RANGES = {
    "bytes=0-0": (0, 1),
    "bytes=0-99": (0, 100),
    "bytes=100-": (100, SIZE),
    f"bytes={SIZE - 1}-": (SIZE - 1, SIZE),
    "bytes=-1": (SIZE - 1, SIZE),
    "bytes=-500": (SIZE - 500, SIZE),
    f"bytes=-{SIZE + 5}": (0, SIZE),
    f"bytes=5-{SIZE + 1000}": (5, SIZE),
    "bytes=5-" + "9" * 40: (5, SIZE),
    "BYTES = 0 - 9": (0, 10),
}


@pytest.mark.parametrize("asked", RANGES)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_h9_one_range(shared_gallery: Gallery, image: dict[str, Any], asked: str, method: str) -> None:
    start, stop = RANGES[asked]
    answer = shared_gallery.call(method, shared_gallery.path(image), headers={"range": asked})
    assert answer.status_code == 206
    assert answer.headers["content-range"] == f"bytes {start}-{stop - 1}/{SIZE}"
    assert answer.headers["content-length"] == str(stop - start)
    assert answer.content == (DATA[start:stop] if method == "GET" else b"")


@pytest.mark.parametrize(
    "asked", [f"bytes={SIZE}-", f"bytes={SIZE}-{SIZE + 5}", "bytes=-0", "bytes=" + "9" * 30 + "-"]
)
def test_h9_a_range_beyond_the_end_is_416(shared_gallery: Gallery, image: dict[str, Any], asked: str) -> None:
    answer = shared_gallery.call("GET", shared_gallery.path(image), headers={"range": asked})
    check_problem(answer, 416, str(SIZE))
    assert answer.headers["content-range"] == f"bytes */{SIZE}"
    assert "immutable" not in answer.headers["cache-control"]


@pytest.mark.parametrize(
    "asked",
    [
        "bytes=0-1,5-6",
        "bytes=9-2",
        "bytes=-",
        "bytes=a-b",
        "items=0-5",
        "bytes",
        "",
        "bytes=0-1;",
        "bytes=--5",
        "bytes=٣-٤",
    ],
)
def test_h9_what_is_no_single_range_is_left_out_of_account(
    shared_gallery: Gallery, image: dict[str, Any], asked: str
) -> None:
    headers: Any = {b"range": asked.encode()}
    answer = shared_gallery.call("GET", shared_gallery.path(image), headers=headers)
    assert (answer.status_code, answer.content) == (200, DATA)


def test_h9_if_range(shared_gallery: Gallery, image: dict[str, Any]) -> None:
    tag = f'"{sha256(DATA)}"'
    for condition, status in (
        (tag, 206),
        (f"W/{tag}", 200),
        ('"other"', 200),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 200),
        ("", 200),
    ):
        headers = {"range": "bytes=0-9", "if-range": condition}
        answer = shared_gallery.call("GET", shared_gallery.path(image), headers=headers)
        assert answer.status_code == status, condition


@pytest.mark.parametrize("query", ["", "?width=160"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_h9_what_the_client_has_is_304(
    shared_gallery: Gallery, image: dict[str, Any], query: str, method: str
) -> None:
    path = shared_gallery.path(image) + query
    tag = shared_gallery.call("GET", path).headers["etag"]
    for known in (tag, f"W/{tag}", f'"a", {tag}', "*"):
        headers = {"if-none-match": known, "range": "bytes=0-5"}
        answer = shared_gallery.call(method, path, headers=headers)
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)
        assert "immutable" in answer.headers["cache-control"]
    for unknown in ('"other"', tag.strip('"'), "garbage", ""):
        assert shared_gallery.call(method, path, headers={"if-none-match": unknown}).status_code == 200


@pytest.mark.parametrize("width", [160, 320, 640, 1280])
def test_h10_thumbnails_are_made_once_and_never_enlarged(gallery: Gallery, width: int) -> None:
    image = gallery.save(gallery.create(), DATA)
    path = f"{gallery.path(image)}?width={width}"
    first = gallery.call("GET", path)
    with Image.open(BytesIO(first.content)) as small:
        assert (small.format, small.width) == ("WEBP", min(width, 400))
        assert abs(small.height - small.width * 0.75) <= 1
    assert first.headers["etag"] != f'"{sha256(DATA)}"'
    assert "immutable" in first.headers["cache-control"]
    assert "sandbox" in first.headers["content-security-policy"]
    kept = {
        name: digest for name, digest in gallery.stored().items() if "thumbnails" in name and "." in name[10:]
    }
    assert sha256(first.content) in kept.values()
    assert gallery.call("GET", path).content == first.content
    assert gallery.call("GET", path.replace("=", "=320&width=")).content == first.content
    head = gallery.call("HEAD", path)
    assert (head.status_code, head.headers["content-length"]) == (200, str(len(first.content)))


def test_p8_a_picture_of_several_megabytes_comes_whole_and_in_part(gallery: Gallery) -> None:
    data = picture(9, 1300, 1000)
    assert len(data) > 3 * 1024 * 1024
    image = gallery.save(gallery.create(), data)
    assert gallery.call("GET", gallery.path(image)).content == data
    part = gallery.call("GET", gallery.path(image), headers={"range": "bytes=1000-3000000"})
    assert part.content == data[1000:3_000_001]
