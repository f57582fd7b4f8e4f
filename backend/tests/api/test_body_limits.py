"""SPEC H1, H2: no body is taken in whole before its size is known to be one that can be meant."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from dynamic_gallery import GalleryStore, create_gallery_router

from .gallery import PREFIX, Gallery
from .refusals import JSON, check_problem

MIB = 1024 * 1024
UNKNOWN = "gal-1733500000-abc123"

CASES = {
    "a new session": ("POST", f"{PREFIX}/sessions", 16),
    "a changed session": ("PATCH", f"{PREFIX}/session/{UNKNOWN}", 16),
    "a moved image": ("PATCH", f"{PREFIX}/session/{UNKNOWN}/images/img-001", 1),
    "directives": ("POST", "/api/generate/directives", 2),
    "a picture": ("POST", "/api/generate/image", 2),
}


def body(mebibytes: int) -> Iterator[bytes]:
    """JSON of so many mebibytes and twelve bytes."""
    yield b'{"name": "'
    for _ in range(mebibytes):
        yield b"a" * MIB
    yield b'"}'


@pytest.mark.parametrize("declared", [True, False], ids=["declared", "in chunks"])
@pytest.mark.parametrize("times", [1, 5])
@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_h1_a_body_too_large_is_413(
    shared_gallery: Gallery, case: tuple[str, str, int], times: int, declared: bool
) -> None:
    method, path, limit = case
    headers = {**JSON, **({"content-length": str(limit * times * MIB + 12)} if declared else {})}
    answer = shared_gallery.client.request(method, path, content=body(limit * times), headers=headers)
    check_problem(answer, 413, f"{limit} MiB")
    assert shared_gallery.get("/sessions")["total"] == 0


def test_h8_the_longest_session_that_is_valid_is_kept(gallery: Gallery) -> None:
    session = gallery.create(directives_used=[f"{place:02000}" for place in range(5_000)])
    assert len(session["directives_used"]) == 5_000


def test_h15_a_body_too_large_is_413_in_a_hosts_application(tmp_path: Path) -> None:
    store = GalleryStore.open(tmp_path / "gallery")
    app = FastAPI()
    app.include_router(create_gallery_router(store), prefix="/shop")
    with TestClient(app) as client:
        answer = client.post(f"/shop{PREFIX}/sessions", content=b" " * (17 * MIB), headers=JSON)
        check_problem(answer, 413, "16 MiB")
        small = client.post(f"/shop{PREFIX}/sessions", content=b" " * MIB + b"{}", headers=JSON)
        assert small.status_code == 201
    store.close()
