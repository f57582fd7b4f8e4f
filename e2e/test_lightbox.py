"""One picture in full: looked at, leafed through, copied, used again, taken down."""

from __future__ import annotations

import base64
import io
import json
import re
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Error, Locator, Page, Request, Route, expect

from .conftest import COMPOSITION, DESK, PHONE, Gallery, NewGallery, Server

SIZE = (900, 1100)
ORIGINAL = re.compile(r"/images/(img-\d+)$")


def post(server: Server, path: str, body: dict[str, Any]) -> dict[str, Any]:
    request = urllib.request.Request(
        f"{server.url}/api/gallery{path}", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        saved: dict[str, Any] = json.load(answer)
        return saved


def picture(hue: int) -> str:
    return base64.b64encode(picture_bytes(hue)).decode()


def picture_bytes(hue: int) -> bytes:
    """A picture with an edge, so that one sees where it ends."""
    image = Image.new("HSV", SIZE, (hue, 120, 160))
    image.paste((hue, 60, 230), (60, 60, SIZE[0] - 60, SIZE[1] - 60))
    data = io.BytesIO()
    image.convert("RGB").save(data, "PNG")
    return data.getvalue()


def hang(server: Server, count: int, into: str | None = None, **fields: Any) -> str:
    """A session with pictures, or more of them in one that is there; returns its path."""
    if into is None:
        made = post(server, "/sessions", {"name": "On show", "user_composition": COMPOSITION})
        into = f"/dynamic/{made['id']}"
    session_id = into.rsplit("/", 1)[1]
    for number in range(count):
        place = {"x": 5 + 18 * (number % 5), "y": 40 + 300 * (number // 5), "width": 150, "height": 183}
        source = {} if "image_url" in fields else {"image_data": picture(37 * number % 256)}
        known = {
            "directive": f"Directive {number + 1}",
            "product_id": "product-0",
            "product_name": "Neverfull MM",
            "product_brand": "Louis Vuitton",
            "canvas_width": 1000,
            "user_composition": COMPOSITION,
            "generator": {"name": "sketch", "model": "m", "seed": 7, "prompt": "A bag", "mood": "calm"},
        }
        post(server, f"/session/{session_id}/images", {**known, **place, **source, **fields})
    return into


def card(gallery: Gallery, number: int) -> Locator:
    name = f"img-{number:03}"
    return gallery.page.locator(f".card[data-card={name}] .card-picture")


def look(gallery: Gallery, path: str, number: int = 1) -> Locator:
    """Opens a session and one of its pictures; ends when the original is on the stage."""
    gallery.open(path)
    card(gallery, number).click()
    return seen(gallery.page, number)


def seen(page: Page, number: int) -> Locator:
    original = page.locator(f".lightbox-stage img[data-original=true][src$='/img-{number:03}']")
    expect(original).to_be_visible(timeout=30_000)  # thumbnails of the wall are being made meanwhile
    return original


def scale(page: Page) -> str:
    return page.locator(".stage-percent").inner_text()


def test_c35_keys_leaf_zoom_and_close_and_the_focus_is_back_on_the_last_picture(
    gallery: Gallery, server: Server
) -> None:
    page = gallery.page
    shown = look(gallery, hang(server, 4), 2)
    expect(page.get_by_role("dialog", name="Picture 2 of 4")).to_be_visible()
    whole = scale(page)
    for key, number in (("ArrowRight", 3), ("End", 4), ("ArrowRight", 1), ("ArrowLeft", 4), ("Home", 1)):
        page.keyboard.press(key)
        shown = seen(page, number)
    page.keyboard.press("0")
    expect(page.locator(".stage-percent")).to_have_text("100 %")
    box = shown.bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == SIZE
    page.keyboard.press("Shift+ArrowDown")
    moved = shown.bounding_box()
    assert moved is not None
    assert moved["y"] < box["y"]
    page.keyboard.press("+")
    expect(page.locator(".stage-percent")).to_have_text("125 %")
    page.keyboard.press("1")
    expect(page.locator(".stage-percent")).to_have_text(whole)
    page.keyboard.press("ArrowLeft")
    seen(page, 4)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(card(gallery, 4)).to_be_focused()
    gallery.expect_quiet()


def test_the_focus_finds_a_card_that_was_far_away(gallery: Gallery, server: Server) -> None:
    page = gallery.page
    look(gallery, hang(server, 60), 1)
    expect(card(gallery, 60)).to_have_count(0)
    page.keyboard.press("End")
    seen(page, 60)
    page.keyboard.press("Escape")
    expect(card(gallery, 60)).to_be_focused()
    expect(card(gallery, 60)).to_be_in_viewport()
    gallery.expect_quiet()


def test_c35_wheel_double_click_and_dragging_keep_what_is_under_the_pointer(
    gallery: Gallery, server: Server
) -> None:
    page = gallery.page
    shown = look(gallery, hang(server, 1))
    whole = scale(page)
    box = shown.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.75
    page.mouse.move(x, y)
    page.mouse.wheel(0, -600)
    expect(page.locator(".stage-percent")).not_to_have_text(whole)
    zoomed = shown.bounding_box()
    assert zoomed is not None
    assert (x - zoomed["x"]) / zoomed["width"] == pytest.approx(0.25, abs=0.01)
    assert (y - zoomed["y"]) / zoomed["height"] == pytest.approx(0.75, abs=0.01)
    page.mouse.down()
    page.mouse.move(x + 30, y - 40, steps=3)
    page.mouse.up()
    dragged = shown.bounding_box()
    assert dragged is not None
    assert (dragged["x"] - zoomed["x"], dragged["y"] - zoomed["y"]) == pytest.approx((30, -40), abs=1)
    page.mouse.dblclick(x, y)
    expect(page.locator(".stage-percent")).to_have_text(whole)
    page.mouse.dblclick(x, y)
    expect(page.locator(".stage-percent")).not_to_have_text(whole)
    gallery.expect_quiet()


def test_c35_only_the_original_that_is_looked_at_is_fetched(gallery: Gallery, server: Server) -> None:
    page = gallery.page
    path = hang(server, 6)
    originals: list[str] = []

    def note(request: Request) -> None:
        found = ORIGINAL.search(request.url)
        if found is not None:
            originals.append(found[1])

    page.on("request", note)
    look(gallery, path, 1)
    assert originals == ["img-001"]
    with page.expect_request(re.compile(r"/img-003\?width=")):
        page.keyboard.press("ArrowRight")
    seen(page, 2)
    assert originals == ["img-001", "img-002"]


def test_the_plate_tells_every_setting_and_gives_them_out(new_gallery: NewGallery, server: Server) -> None:
    gallery = new_gallery(permissions=["clipboard-read", "clipboard-write"])
    page = gallery.page
    look(gallery, hang(server, 1))
    plate = page.get_by_role("complementary", name="About this picture")
    for words in (
        "Directive 1",
        "Neverfull MM",
        "Louis Vuitton",
        "sketch",
        "900 × 1100 px",
        "calm",
        COMPOSITION,
    ):
        expect(plate).to_contain_text(words)
    expect(plate).to_contain_text("This picture was generated, not photographed.")
    page.get_by_role("button", name="Copy directive").click()
    expect(page.get_by_text("Directive copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "Directive 1"
    page.get_by_role("button", name="Copy all settings").click()
    expect(page.get_by_text("Settings copied.")).to_be_visible()
    text = page.evaluate("navigator.clipboard.readText()")
    assert {"Seed: 7", "Mood: calm", "Prompt: A bag"} <= set(text.splitlines())
    page.get_by_role("button", name="Copy picture").click()
    expect(page.get_by_text("Picture copied.")).to_be_visible()
    types = page.evaluate("navigator.clipboard.read().then((items) => items.flatMap((item) => item.types))")
    assert types == ["image/png"]
    with page.expect_download() as download:
        page.get_by_role("link", name="Download", exact=True).click()
    assert download.value.suggested_filename == "Directive 1, Neverfull MM (img-001).png"
    dragged = page.evaluate(
        """() => {
            const data = new DataTransfer();
            const event = new DragEvent('dragstart', { dataTransfer: data, bubbles: true });
            document.querySelector('.lightbox-stage img').dispatchEvent(event);
            return data.getData('DownloadURL');
        }"""
    )
    assert dragged.startswith("image/png:Directive 1, Neverfull MM (img-001).png:http")
    gallery.expect_quiet()


def test_settings_are_used_again_until_they_are_unpinned(gallery: Gallery, server: Server) -> None:
    page = gallery.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    made: list[object] = []

    def note(request: Request) -> None:
        if request.url.endswith("/generate/image"):
            made.append(request.post_data_json)

    page.on("request", note)
    look(gallery, hang(server, 1))
    page.keyboard.press("Escape")
    gallery.write("Words of my own")
    card(gallery, 1).click()
    page.get_by_role("button", name="Use these settings again").click()
    writing = page.get_by_label("What are you looking for?")
    expect(writing).to_have_value(COMPOSITION)
    expect(page.get_by_role("button", name="Generate 6")).to_be_focused()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(writing).to_have_value("Words of my own")
    expect(page.get_by_role("switch")).to_have_count(0)

    card(gallery, 1).click()
    page.get_by_role("button", name="Use these settings again").click()
    page.get_by_role("switch", name="Same seed").click()
    gallery.shoot("pinned-1440-light")
    gallery.generate(1)
    gallery.expect_saved(2)
    assert "directives" not in asked
    assert made == [
        {"user_composition": COMPOSITION, "directive": "Directive 1", "product_id": "product-0", "seed": 7}
    ]
    page.get_by_role("button", name="Unpin the directive").click()
    expect(page.get_by_role("switch")).to_have_count(0)
    expect(page.get_by_role("button", name="Generate 1")).to_be_focused()
    gallery.expect_quiet()


def test_taking_down_goes_on_to_the_next_and_ends_on_the_wall(gallery: Gallery, server: Server) -> None:
    page = gallery.page
    look(gallery, hang(server, 3), 3)
    page.keyboard.press("Delete")
    seen(page, 2)
    with page.expect_response("**/img-003/restore"):
        page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_role("dialog", name="Picture 2 of 3")).to_be_visible()
    page.get_by_role("button", name="Take it down").click()
    page.get_by_role("button", name="Take it down").click()
    expect(page.get_by_role("dialog", name="Picture 1 of 1")).to_be_visible()
    page.get_by_role("button", name="Take it down").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.evaluate("document.activeElement !== document.body")
    gallery.expect_quiet()


@pytest.fixture
def host() -> Iterator[str]:
    """Somebody else's address of a picture, which does not let pages of others read it."""
    data = picture_bytes(20)

    class Host(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with HTTPServer(("127.0.0.1", 0), Host) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/a%20bag.png"
        server.shutdown()


def test_a_hosted_picture_is_shown_and_says_where_it_is(gallery: Gallery, server: Server, host: str) -> None:
    page = gallery.page
    path = hang(server, 1, image_url=host)
    look(gallery, path)
    expect(page.get_by_role("link", name="127.0.0.1")).to_have_attribute("href", host)
    expect(page.get_by_role("link", name="Open the original")).to_be_visible()
    expect(page.get_by_role("link", name="Download", exact=True)).to_have_count(0)
    page.get_by_role("button", name="Copy picture").click()
    expect(page.get_by_text("does not let it be copied")).to_be_visible()
    # Its host goes with this test: other tests would hear of that.
    page.request.delete(f"{server.url}/api/gallery/session/{path.rsplit('/', 1)[1]}")


def test_a_picture_from_a_file_is_never_called_generated(gallery: Gallery, server: Server) -> None:
    own = {"directive": "", "product_id": "", "product_name": "", "product_brand": ""}
    path = hang(server, 1, **own, generator={"name": "file", "file": "holiday.jpg"})
    look(gallery, path)
    dialog = gallery.page.get_by_role("dialog")
    expect(dialog).to_contain_text("holiday.jpg")
    expect(dialog).not_to_contain_text("generated")
    expect(dialog.get_by_role("button", name="Use these settings again")).to_have_count(0)
    gallery.expect_quiet()


Point = tuple[float, float]


def fingers(page: Page) -> Callable[..., None]:
    """What fingers do on the page: `move([(x, y)], [(x, y)])`, a list of fingers for each moment."""
    session = page.context.new_cdp_session(page)

    def send(kind: str, points: list[Point]) -> None:
        spots = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": spots})

    def move(first: list[Point], *moments: list[Point]) -> None:
        send("touchStart", first)
        for moment in moments:
            send("touchMove", moment)
        send("touchEnd", [])

    return move


def test_fingers_leaf_and_pinch(new_gallery: NewGallery, server: Server) -> None:
    gallery = new_gallery(viewport=PHONE, has_touch=True, is_mobile=True)
    page = gallery.page
    look(gallery, hang(server, 3), 1)
    whole = scale(page)
    move = fingers(page)
    move([(300, 300)], [(260, 301)], [(200, 302)], [(120, 302)])
    seen(page, 2)
    move([(170, 300), (220, 300)], [(150, 300), (240, 300)], [(90, 300), (300, 300)])
    expect(page.locator(".stage-percent")).not_to_have_text(whole)
    small = page.evaluate(
        """() => [...document.querySelectorAll('.lightbox button, .lightbox a.button')]
            .filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)"""
    )
    assert small == []
    gallery.expect_quiet()


def test_the_keyboard_sheet_opens_anywhere_but_where_one_types(gallery: Gallery, server: Server) -> None:
    page = gallery.page
    look(gallery, hang(server, 1))
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="In the large view")).to_be_visible()
    gallery.expect_accessible()
    gallery.shoot("keys-1440-light")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Keyboard")).to_have_count(0)
    expect(page.get_by_role("dialog", name="Picture 1 of 1")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_label("What are you looking for?").press("?")
    expect(page.get_by_role("heading", name="Keyboard")).to_have_count(0)
    gallery.expect_quiet()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["1440", "390"])
def test_the_large_view_is_accessible(
    new_gallery: NewGallery, server: Server, viewport: Any, scheme: str
) -> None:
    gallery = new_gallery(viewport=viewport, color_scheme=scheme)
    look(gallery, hang(server, 2))
    gallery.expect_accessible()
    gallery.shoot(f"lightbox-{viewport['width']}-{scheme}")


def test_one_picture_in_the_making_is_given_up_and_the_focus_stays_near(gallery: Gallery) -> None:
    page = gallery.page
    held: list[Route] = []
    free: list[bool] = []

    def hold(route: Route) -> None:
        if free:
            route.continue_()
        else:
            held.append(route)

    page.route("**/api/generate/image", hold)
    gallery.open()
    gallery.write(COMPOSITION)
    gallery.generate(3)
    expect(page.locator(".card[data-stage=making]")).to_have_count(2)
    expect(page.get_by_role("button", name="Cancel", exact=True)).to_be_focused()
    page.get_by_role("button", name="Cancel picture 1").press("Enter")
    expect(page.locator(".card")).to_have_count(2)
    assert page.evaluate("document.activeElement.closest('.card, #wall') !== null")
    free.append(True)
    for route in held:
        with suppress(Error):  # the one that was given up
            route.continue_()
    gallery.expect_saved(2)
    gallery.expect_quiet()
