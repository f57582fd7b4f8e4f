"""SPEC H10, H12: making thumbnails hinders nobody, and none is left of what is gone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from dynamic_gallery import GalleryStore
from dynamic_gallery.services import stored_thumbnails
from dynamic_gallery.services.thumbnails import make_thumbnail

from .gallery import PREFIX, Gallery, running
from .pictures import picture

WIDTHS = stored_thumbnails.WIDTHS


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """No thumbnail is made before this is set."""
    free = threading.Event()

    def wait(data: bytes, width: int, **limits: int) -> bytes:
        free.wait(30)
        return make_thumbnail(data, width, **limits)

    monkeypatch.setattr(stored_thumbnails, "make_thumbnail", wait)
    yield free
    free.set()


def test_h10_who_waits_for_a_thumbnail_keeps_no_thread_from_others(
    gallery: Gallery, held: threading.Event
) -> None:
    session = gallery.create()
    urls = [gallery.save(session, picture(seed))["url"] for seed in range(15)]
    with ThreadPoolExecutor(61) as clients:
        asked = [
            clients.submit(gallery.client.get, f"{url}?width={width}") for url in urls for width in WIDTHS
        ]
        try:
            created = clients.submit(gallery.client.post, f"{PREFIX}/sessions").result(timeout=5)
            assert created.status_code == 201
            assert not any(one.done() for one in asked)
        finally:
            held.set()
        assert {one.result().headers["content-type"] for one in asked} == {"image/webp"}


def test_h10_the_limit_of_pixels_is_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limits: list[int] = []

    def note(data: bytes, width: int, *, max_pixels: int = 0) -> bytes:
        limits.append(max_pixels)
        return make_thumbnail(data, width, max_pixels=max_pixels)

    monkeypatch.setattr(stored_thumbnails, "make_thumbnail", note)
    with running(tmp_path / "gallery", max_pixels=80_000_000) as gallery:
        image = gallery.save(gallery.create())
        assert gallery.call("GET", f"{gallery.path(image)}?width=160").status_code == 200
    assert limits == [80_000_000]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_h9_a_picture_too_large_for_a_thumbnail_is_sent_whole(tmp_path: Path, method: str) -> None:
    root = tmp_path / "gallery"
    with running(root) as gallery:
        image = gallery.save(gallery.create(), picture(3))
    with running(root, max_pixels=100) as gallery:
        answer = gallery.call(method, f"{gallery.path(image)}?width=160")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
        assert answer.headers["etag"] == f'"{image["sha256"]}"'
        assert answer.content == (picture(3) if method == "GET" else b"")


Erase = Callable[[GalleryStore, dict[str, Any]], object]
ERASURES: dict[str, Erase] = {
    "image": lambda store, image: store.erase_image(image["session_id"], image["id"]),
    "session": lambda store, image: store.erase_session(image["session_id"]),
}


@pytest.mark.parametrize("erase", ERASURES.values(), ids=list(ERASURES))
def test_h12_what_is_erased_meanwhile_leaves_no_thumbnail(
    gallery: Gallery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, erase: Erase
) -> None:
    image = gallery.save(gallery.create())
    store = GalleryStore.open(tmp_path / "gallery")

    def erase_first(data: bytes, width: int, **limits: int) -> bytes:
        erase(store, image)
        return make_thumbnail(data, width, **limits)

    monkeypatch.setattr(stored_thumbnails, "make_thumbnail", erase_first)
    gallery.call("GET", f"{gallery.path(image)}?width=160")
    store.close()
    assert [name for name in gallery.stored() if name.endswith(".webp")] == []
    assert gallery.call("GET", f"{gallery.path(image)}?width=160").status_code == 404
