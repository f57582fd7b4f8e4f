"""SPEC H10: thumbnails are made ahead, in their turn, and leave saving its peace."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest

from dynamic_gallery.errors import NotFound
from dynamic_gallery.models import GalleryImage, now
from dynamic_gallery.services.stored_thumbnails import StoredThumbnails
from dynamic_gallery.services.thumbnails_ahead import (
    FIRST_SCREENS,
    MOST_WAITING,
    ThumbnailsAhead,
    likely_widths,
)

SESSION = "gal-1733500000-abc123"
ANSWERED_S = 20


class Maker:
    """Notes what is to be made, and can be held up."""

    def __init__(self) -> None:
        self.asked = 0
        self.made: list[tuple[str, int]] = []
        self.error: Exception | None = None
        self.done = threading.Semaphore(0)
        self.free = threading.Event()
        self.free.set()

    def make_ahead(self, image: GalleryImage, width: int) -> None:
        self.free.wait(ANSWERED_S)
        self.made.append((image.id, width))
        self.done.release()
        if self.error is not None:
            raise self.error

    def wait(self, count: int) -> None:
        for _ in range(count):
            assert self.done.acquire(timeout=ANSWERED_S)


def an_image(number: int, **fields: Any) -> GalleryImage:
    record = {
        "id": f"img-{number:03}",
        "session_id": SESSION,
        "filename": f"img_{number:03}.png",
        "created_at": now(),
        "sha256": "0" * 64,
        "x": 0.0,
        "y": float(number),
        "width": 180.0,
        "height": 220.0,
    }
    return GalleryImage(**{**record, **fields})


@pytest.fixture
def maker() -> Maker:
    return Maker()


@pytest.fixture
def ahead(maker: Maker) -> Iterator[Callable[..., ThumbnailsAhead]]:
    begun: list[ThumbnailsAhead] = []

    def begin(quiet_s: float = 0) -> ThumbnailsAhead:
        one = ThumbnailsAhead(cast(StoredThumbnails, maker), quiet_s)
        one.start()
        begun.append(one)
        return one

    yield begin
    maker.free.set()
    for one in begun:
        one.stop()


def test_h10_a_saved_picture_is_made_in_the_widths_its_card_will_ask_for(
    maker: Maker, ahead: Callable[..., ThumbnailsAhead]
) -> None:
    ahead().saved(an_image(1))
    maker.wait(2)
    assert maker.made == [("img-001", 320), ("img-001", 640)]
    assert likely_widths(an_image(1, width=150.0)) == (160, 320)
    assert likely_widths(an_image(1, width=4000.0)) == (1280,)


def test_h10_the_newest_comes_first_and_few_wait(maker: Maker, ahead: Callable[..., ThumbnailsAhead]) -> None:
    maker.free.clear()
    one = ahead()
    for number in range(1, MOST_WAITING + 2):
        one.saved(an_image(number, width=1280.0))
    maker.free.set()
    maker.wait(MOST_WAITING)
    newest = f"img-{MOST_WAITING + 1:03}"
    assert newest in [image_id for image_id, _ in maker.made[:2]]
    assert len(maker.made) <= MOST_WAITING + 1


def test_h10_of_an_opened_session_the_top_of_the_wall_comes_first(
    maker: Maker, ahead: Callable[..., ThumbnailsAhead]
) -> None:
    gone = an_image(500, y=0.0, removals=[{"at": now()}])
    hosted = an_image(501, y=0.0, sha256=None, source_url="https://example.org/a.png")
    one = ahead()
    one.opened([an_image(number) for number in range(100, 0, -1)] + [gone, hosted])
    maker.wait(2 * FIRST_SCREENS)
    top = [f"img-{number:03}" for number in range(1, FIRST_SCREENS + 1)]
    assert maker.made == [*((name, 320) for name in top), *((name, 640) for name in top)]


def test_h10_it_rests_while_something_is_saved(maker: Maker, ahead: Callable[..., ThumbnailsAhead]) -> None:
    one = ahead(quiet_s=3600)
    one.saving()
    one.saved(an_image(1))
    one.stop()
    assert maker.made == []


def test_h10_it_gives_way_to_those_who_wait(maker: Maker, ahead: Callable[..., ThumbnailsAhead]) -> None:
    maker.asked = 1
    one = ahead()
    one.saved(an_image(1))
    one.stop()
    assert maker.made == []


def test_h10_a_picture_that_cannot_be_drawn_holds_nothing_up(
    maker: Maker, ahead: Callable[..., ThumbnailsAhead]
) -> None:
    one = ahead()
    for error in (NotFound("gone"), RuntimeError("a bug")):
        maker.error = error
        one.saved(an_image(1))
        maker.wait(2)
    assert len(maker.made) == 4


def test_h10_without_a_start_nothing_waits(maker: Maker) -> None:
    one = ThumbnailsAhead(cast(StoredThumbnails, SimpleNamespace(asked=0)))
    one.saved(an_image(1))
    one.opened([an_image(2)])
    one.stop()
    assert maker.made == []
