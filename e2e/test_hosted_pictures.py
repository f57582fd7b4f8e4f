"""Pictures that only somebody else's host has: seen everywhere, and told of in words while they are not."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Route, expect

from .conftest import PHONE, Gallery, NewGallery, Server
from .test_lightbox import card, hang, picture_bytes, seen


class HostOfPictures:
    """Answers with a picture while `up`, and else with an error."""

    def __init__(self) -> None:
        self.up = True
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200 if host.up else 503)
                self.send_header("Content-Type", "image/png")
                self.send_header("Cache-Control", "no-store")
                self.end_headers()
                if host.up:
                    self.wfile.write(picture_bytes(20))

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.name = f"127.0.0.1:{self.http.server_port}"
        self.url = f"http://{self.name}/bag.png"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()


@pytest.fixture
def host() -> Iterator[HostOfPictures]:
    started = HostOfPictures()
    yield started
    started.http.shutdown()
    started.http.server_close()


def test_c56_a_generator_that_answers_with_an_address(
    gallery: Gallery, server: Server, host: HostOfPictures
) -> None:
    """C56: through outbox, card, large view and cover, without the bytes."""

    def make(route: Route) -> None:
        asked = route.request.post_data_json or {}
        answer = {
            "image_data": None,
            "image_url": host.url,
            "media_type": "image/png",
            "pixel_width": 900,
            "pixel_height": 1100,
            "directive": asked["directive"],
            "product_id": "",
            "product_name": "",
            "product_brand": "",
            "generator": {"name": "hosted"},
        }
        route.fulfill(body=json.dumps(answer), content_type="application/json")

    page = gallery.page
    page.route("**/api/generate/image", make)
    path = gallery.make_session(2)
    gallery.expect_pictures_loaded()
    page.reload()
    expect(gallery.cards).to_have_count(2)
    gallery.expect_pictures_loaded()
    card(gallery, 1).click()
    seen(page, 1)
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Sessions").click()
    page.wait_for_function(
        "() => [...document.querySelectorAll('.covers img')].every((i) => i.naturalWidth > 0)"
    )
    assert path
    gallery.expect_quiet()


@pytest.mark.parametrize("options", [{}, {"viewport": PHONE, "has_touch": True, "color_scheme": "dark"}])
def test_c56_a_host_that_is_away_is_named_and_asked_again(
    new_gallery: NewGallery, server: Server, host: HostOfPictures, options: dict[str, object]
) -> None:
    gallery = new_gallery(**options)
    page = gallery.page
    host.up = False
    path = hang(server, 1, image_url=host.url)
    gallery.open()
    entry = page.locator(".entry").first
    expect(entry).to_contain_text("The picture does not load.")
    gallery.expect_accessible()
    gallery.open(path)
    expect(card(gallery, 1)).to_contain_text(f"{host.name} does not show the picture.")
    expect(page.get_by_role("button", name=re.compile(r"^Directive 1\. Shows Louis Vuitton"))).to_be_visible()
    gallery.expect_accessible()
    card(gallery, 1).click()
    alert = page.get_by_role("alert").filter(has_text=f"{host.name} does not show the picture.")
    expect(alert).to_be_visible()
    gallery.expect_accessible()
    host.up = True
    alert.get_by_role("button", name="Try again").click()
    seen(page, 1)
    page.keyboard.press("Escape")
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(card(gallery, 1).locator("img")).to_be_visible()
    expect(card(gallery, 1)).not_to_contain_text("does not show")


def test_c56_the_picture_before_does_not_stand_for_one_that_is_away(
    gallery: Gallery, server: Server, host: HostOfPictures
) -> None:
    host.up = False
    path = hang(server, 1)
    hang(server, 1, into=path, image_url=host.url, x=60)
    gallery.open(path)
    card(gallery, 1).click()
    seen(gallery.page, 1)
    gallery.page.keyboard.press("ArrowRight")
    expect(gallery.page.get_by_role("alert")).to_contain_text("does not show the picture")
    expect(gallery.page.locator(".lightbox-stage img")).to_have_count(0)
