"""SPEC A3, A6: exports over HTTP."""

from __future__ import annotations

import io
import zipfile
from urllib.parse import quote

import pytest

from .gallery import Gallery
from .pictures import picture
from .refusals import check_problem


@pytest.fixture
def path(gallery: Gallery) -> str:
    session = gallery.create(name="Morning ☕ Demo")
    for number in range(3):
        gallery.save(session, picture(number), directive=f"Explore {number}")
    return f"/session/{session['id']}/export"


def count_of_files(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as read:
        assert read.testzip() is None
        return len(read.infolist())


def test_a3_the_whole_of_it_has_a_length_a_type_and_a_name(gallery: Gallery, path: str) -> None:
    answer = gallery.call("GET", path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["content-disposition"] == (
        f"attachment; filename=\"Morning  Demo.zip\"; filename*=UTF-8''{quote('Morning ☕ Demo.zip')}"
    )
    assert count_of_files(answer.content) == 9


def test_a3_head_says_the_same_without_the_bytes(gallery: Gallery, path: str) -> None:
    whole, head = gallery.call("GET", path), gallery.call("HEAD", path)
    same = {"etag", "content-length", "content-type", "content-disposition", "accept-ranges"}
    assert {name: head.headers[name] for name in same} == {name: whole.headers[name] for name in same}
    assert (head.status_code, head.content) == (200, b"")


def test_a3_a_broken_download_goes_on_where_it_ended(gallery: Gallery, path: str) -> None:
    whole = gallery.call("GET", path)
    half = len(whole.content) // 2
    headers = {"Range": f"bytes={half}-", "If-Range": whole.headers["etag"]}
    rest = gallery.call("GET", path, headers=headers)
    assert rest.status_code == 206
    size = len(whole.content)
    assert rest.headers["content-range"] == f"bytes {half}-{size - 1}/{size}"
    assert whole.content[:half] + rest.content == whole.content
    assert gallery.call("GET", path, headers={"Range": "bytes=-5"}).content == whole.content[-5:]


def test_a3_what_changed_meanwhile_is_sent_whole(gallery: Gallery, path: str) -> None:
    etag = gallery.call("GET", path).headers["etag"]
    assert gallery.call("GET", path, headers={"If-None-Match": etag}).status_code == 304
    gallery.call("PATCH", path.removesuffix("/export"), json={"name": "Evening"})
    headers = {"Range": "bytes=10-", "If-Range": etag, "If-None-Match": etag}
    again = gallery.call("GET", path, headers=headers)
    assert again.status_code == 200
    assert again.headers["etag"] != etag
    assert count_of_files(again.content) == 9


def test_a3_a_range_beyond_the_end_is_416(gallery: Gallery, path: str) -> None:
    size = int(gallery.call("HEAD", path).headers["content-length"])
    answer = gallery.call("GET", path, headers={"Range": f"bytes={size}-"})
    check_problem(answer, 416, "range")
    assert answer.headers["content-range"] == f"bytes */{size}"


@pytest.mark.parametrize("session_id", ["gal-1733500000-abc123", "nothing", "gal-1-x"])
def test_a1_only_what_is_there_is_exported(gallery: Gallery, session_id: str) -> None:
    answer = gallery.call("GET", f"/session/{quote(session_id, safe='')}/export")
    assert answer.status_code in (404, 422)


def test_h12_what_is_in_the_trash_is_not_exported(gallery: Gallery, path: str) -> None:
    gallery.call("DELETE", path.removesuffix("/export"))
    check_problem(gallery.call("GET", path), 404, "trash")


def test_a6_a_picture_that_changed_breaks_the_connection(gallery: Gallery, path: str) -> None:
    (blob,) = gallery.root.glob("gal-*/img_002.png")
    data = blob.read_bytes()
    blob.write_bytes(data[:-1] + b"\0")
    with pytest.raises(RuntimeError, match=r"broken off: The file .*img_002.png holds other bytes"):
        gallery.client.get(f"/api/gallery{path}")
