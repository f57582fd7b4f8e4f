"""SPEC A10, A11: imports over HTTP."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from dynamic_gallery.routers.gallery import create_gallery_router
from dynamic_gallery.services.gallery_store import GalleryStore

from .gallery import Gallery, running
from .pictures import picture
from .refusals import check_problem

ZIP = {"content-type": "application/zip"}


@pytest.fixture
def export(gallery: Gallery) -> tuple[str, bytes]:
    """A session's id, and its ZIP."""
    session = gallery.create(name="Morning ☕ Demo")
    for number in range(3):
        gallery.save(session, picture(number), directive=f"Explore {number}")
    return session["id"], gallery.call("GET", f"/session/{session['id']}/export").content


def erase(gallery: Gallery, session_id: str) -> None:
    assert gallery.call("DELETE", f"/session/{session_id}", params={"permanent": "true"}).status_code == 204


def zipped(files: dict[str, bytes]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as write:
        for name, data in files.items():
            write.writestr(name, data)
    return output.getvalue()


def test_a9_what_was_exported_comes_back(gallery: Gallery, export: tuple[str, bytes]) -> None:
    session_id, data = export
    before = gallery.get(f"/session/{session_id}")
    images = gallery.get(f"/session/{session_id}/images")
    erase(gallery, session_id)
    answer = gallery.call("POST", "/import", content=data, headers=ZIP)
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"/api/gallery/session/{session_id}"
    assert answer.json() == {"session": before, "renamed_from": None, "images": 3, "skipped": []}
    assert gallery.get(f"/session/{session_id}/images") == images
    assert gallery.call("GET", f"/session/{session_id}/export").content == data
    assert gallery.client.get(images["images"][0]["url"]).content == picture(0)


def test_a10_a_taken_id_is_said(gallery: Gallery, export: tuple[str, bytes]) -> None:
    session_id, data = export
    said = gallery.call("POST", "/import", content=data, headers=ZIP).json()
    assert said["renamed_from"] == session_id
    assert said["session"]["id"] != session_id
    assert gallery.get("/sessions")["total"] == 2


@pytest.mark.parametrize("size", [1, 100_000])
def test_a10_a_form_may_carry_it(gallery: Gallery, size: int) -> None:
    data = zipped({"a.png": picture(1, size // 500 + 10, 200)})
    answer = gallery.call(
        "POST", "/import", files={"archive": ("C:\\My trip.zip", data)}, data={"note": "ignored"}
    )
    assert answer.status_code == 201, answer.text
    assert answer.json()["session"]["name"] == "My trip"


def test_a12_what_was_skipped_is_said(gallery: Gallery) -> None:
    answer = gallery.call("POST", "/import", content=zipped({"a.png": picture(1), "b.txt": b""}), headers=ZIP)
    assert answer.json()["skipped"] == [{"path": "b.txt", "reason": "It is no picture and no record."}]


FORM = {"content-type": "multipart/form-data; boundary=x"}
BAD: dict[str, tuple[int, str, bytes, dict[str, str]]] = {
    "nothing": (422, "empty", b"", ZIP),
    "garbage": (422, "no ZIP", b"x" * 100, ZIP),
    "a lie": (422, "no picture", zipped({"a.png": b"<svg/>"}), ZIP),
    "a slip": (422, "../a.png", zipped({"../a.png": b""}), ZIP),
    "json": (415, "application/zip", b"{}", {"content-type": "application/json"}),
    "no type": (415, "application/zip", b"PK", {}),
    "a form without it": (
        422,
        "archive",
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n',
        FORM,
    ),
    "a form cut off": (
        422,
        "last boundary",
        b'--x\r\nContent-Disposition: form-data; name="archive"\r\n\r\nb',
        FORM,
    ),
    "a form that is none": (422, "boundary", b"hello", FORM),
    "a form without a boundary": (422, "boundary", b"--x", {"content-type": "multipart/form-data"}),
}


@pytest.mark.parametrize("case", BAD)
def test_a11_what_is_refused_is_a_problem_and_leaves_no_trace(gallery: Gallery, case: str) -> None:
    status, words, body, headers = BAD[case]
    gallery.create(name="Kept")
    before = gallery.stored()
    check_problem(gallery.call("POST", "/import", content=body, headers=headers), status, words)
    assert gallery.stored() == before


def test_a11_too_much_is_413(tmp_path: Any, export: tuple[str, bytes]) -> None:
    with running(tmp_path / "small", max_import_bytes=2000) as small:
        large = bytes(3_000_000)

        def in_pieces() -> Any:
            yield from (large[start : start + 100_000] for start in range(0, len(large), 100_000))

        for content in (large, in_pieces(), export[1]):
            check_problem(
                small.call("POST", "/import", content=content, headers=ZIP), 413, "MAX_IMPORT_BYTES"
            )
        assert small.stored() == {}
    with running(tmp_path / "few", max_import_files=2) as few:
        check_problem(few.call("POST", "/import", content=export[1], headers=ZIP), 413, "MAX_IMPORT_FILES")


def test_h15_a_hosts_router_has_both(tmp_path: Any) -> None:
    store = GalleryStore.open(tmp_path)
    paths = {getattr(route, "path", "") for route in create_gallery_router(store).routes}
    assert {"/api/gallery/import", "/api/gallery/session/{session_id}/export"} <= paths
    store.close()
