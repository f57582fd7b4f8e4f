"""Somebody on stage with bad Wi-Fi, and four pages on one session that do what they like."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from .conftest import Gallery, NewGallery, Server
from .hanging import ask, hang, images, open_wall, png
from .test_canvas_hands import DROP, box, files
from .wire import Wire

WRITING = "What are you looking for?"
CHANGES = ("PATCH", "POST", "DELETE")
SHOWN = """() => ({
    composition: document.querySelector('.writing textarea').value,
    name: document.querySelector('.header .editable-name').value,
    cards: [...document.querySelectorAll('.card[data-stage=made]')].map(({ dataset, style }) =>
        [dataset.card, ...[style.left, style.top, style.width].map(parseFloat)]).sort(),
})"""
AT_BORDER = """(field, part) => {
    const borders = [...field.value.matchAll(/ |$/g)].map(({ index }) => index);
    const at = borders[Math.floor(part * borders.length)];
    field.focus();
    field.setSelectionRange(at, at);
}"""


@pytest.fixture
def wire(server: Server) -> Iterator[Wire]:
    wire = Wire(server.port)
    yield wire
    wire.close()


def session(server: Server, path: str) -> dict[str, Any]:
    found: dict[str, Any] = ask(server, "GET", f"/api/gallery/session/{path.rpartition('/')[2]}")
    return found


def visit(gallery: Gallery, wire: Wire, path: str) -> None:
    gallery.page.goto(wire.url + path)
    gallery.cards.first.wait_for()
    expect(gallery.save_state).to_contain_text("All saved")


def expect_as_on_server(server: Server, path: str, gallery: Gallery) -> None:
    """Field by field: words, name, cards, places and sizes."""
    state, there = gallery.page.evaluate(SHOWN), session(server, path)
    assert (state["composition"], state["name"]) == (there["user_composition"], there["name"])
    listed = [
        [one["id"], *(pytest.approx(one[name], abs=1e-3) for name in ("x", "y", "width"))]
        for one in images(gallery, path).values()
    ]
    assert state["cards"] == sorted(listed, key=lambda one: str(one[0]))


def act(gallery: Gallery, chance: random.Random, word: str) -> None:
    """One thing that a person might do."""
    page, cards = gallery.page, gallery.cards
    what = chance.randrange(8)
    if what < 3:
        page.get_by_label(WRITING).evaluate(AT_BORDER, chance.random())
        page.keyboard.insert_text(f" {word}")
    elif what == 3:
        name = page.get_by_label("Session name")
        name.fill(word)
        name.press("Enter")
    elif what == 4 or cards.count() < 3:
        page.locator("#wall").focus()
        page.keyboard.press("Control+z")
    else:
        cards.nth(chance.randrange(cards.count())).locator(".card-picture").focus()
        page.keyboard.press(chance.choice(["ArrowDown", "Shift+ArrowRight", "Alt+ArrowDown", "]", "Delete"]))


def come_to_rest(seats: list[Gallery]) -> None:
    """Everybody keeps their own words, and all is saved and shown everywhere."""
    for seat in seats * 2:
        seat.page.bring_to_front()
        seat.page.wait_for_timeout(2500)
        while (keep := seat.page.get_by_role("button", name="Keep mine")).count() > 0:
            keep.first.click()
    for seat in seats:
        expect(seat.save_state).to_contain_text("All saved")
        seat.page.evaluate("window.dispatchEvent(new Event('focus'))")
        seat.page.wait_for_timeout(1000)


@pytest.mark.slow
def test_c61_four_pages_on_a_bad_line_end_as_the_server(
    new_gallery: NewGallery, server: Server, wire: Wire
) -> None:
    chance = random.Random(5)
    path = hang(server, 6)
    ask(
        server,
        "PATCH",
        f"/api/gallery/session/{path.rpartition('/')[2]}",
        {"user_composition": "rain stones"},
    )
    people = [new_gallery(), new_gallery()]
    seats = people + [Gallery(one.page.context.new_page(), server) for one in people]
    broken: list[str] = []
    for seat in seats:
        visit(seat, wire, path)
        seat.page.on("pageerror", lambda error: broken.append(str(error)))
    trouble = 0.0

    def fails(method: str, path: str) -> bool:
        return method in CHANGES and chance.random() < trouble

    wire.is_cut = fails
    wire.loses = fails  # type: ignore[method-assign]
    for step in range(48):
        trouble = chance.choice([0, 0, 0.3, 0.8])
        seat = chance.choice(seats)
        if step == 24:
            # In the middle the server is killed, without a farewell.
            assert server._process is not None
            server._process.kill()
            server._process.wait()
        elif step == 30:
            server.start()
        elif step % 16 == 7:
            seat.page.reload()
            seat.page.locator(".writing textarea").wait_for()
        act(seat, chance, f"w{step}x")
        seat.page.wait_for_timeout(chance.choice([5, 50, 300]))
    trouble = 0
    come_to_rest(seats)
    for seat in seats:
        expect_as_on_server(server, path, seat)
    words = session(server, path)["user_composition"].split()
    assert len(words) == len(set(words))
    assert broken == []


def test_c26_all_that_was_done_offline_is_there_after_a_reload_and_on_the_server(
    gallery: Gallery, server: Server, wire: Wire
) -> None:
    page = gallery.page
    path = hang(server, 9)
    visit(gallery, wire, path)
    wire.is_cut = lambda _method, _path: True
    gallery.write("Written offline")
    name = page.get_by_label("Session name")
    name.fill("Offline")
    name.press("Enter")
    for number, keys in enumerate(["ArrowDown"] * 5 + ["Alt+Shift+ArrowDown", "Delete", "Delete"]):
        gallery.cards.nth(number).locator(".card-picture").focus()
        page.keyboard.press(keys)
    page.keyboard.press("Control+z")
    page.evaluate(DROP, [files(("holiday.png", png(100, 100))), 700, 300])
    page.locator(".product-save").nth(1).click()
    expect(gallery.cards).to_have_count(9)
    expect(gallery.save_state).to_contain_text("Offline, 1 waiting")
    gallery.expect_accessible()
    before = page.evaluate(SHOWN)
    wire.is_cut = lambda _method, asked: asked.startswith("/api")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(gallery.cards).to_have_count(9)
    expect(gallery.save_state).to_contain_text("Offline")
    assert page.evaluate(SHOWN) == before
    wire.mend()
    expect(gallery.save_state).to_contain_text("All saved")
    expect_as_on_server(server, path, gallery)
    assert len(session(server, path)["saved_products"]) == 1
    for (_, *place), (_, *was) in zip(
        sorted(page.evaluate(SHOWN)["cards"], key=lambda one: one[1:]),
        sorted(before["cards"], key=lambda one: one[1:]),
        strict=True,
    ):
        assert place == pytest.approx(was, abs=1e-3)


def test_c29_a_reader_who_may_not_write_is_told_why(gallery: Gallery) -> None:
    page = gallery.page
    open_wall(gallery, 2)
    refusal = {"title": "Forbidden", "status": 403, "detail": "You may look, but not change."}

    def answer(route: Route) -> None:
        if route.request.method == "PATCH":
            route.fulfill(status=403, content_type="application/problem+json", body=json.dumps(refusal))
        else:
            route.continue_()

    page.route("**/api/gallery/session/**", answer)
    gallery.write("Mine")
    note = page.locator(".edit-note")
    expect(note).to_contain_text("The composition is not saved. You may look, but not change.")
    expect(gallery.save_state).to_contain_text("Not saved: retry")
    again = note.get_by_role("button", name="Try again")
    again.press("Enter")
    expect_focus(page)
    expect(again).to_be_visible()
    note.get_by_role("button", name="Take what is saved").press("Enter")
    expect(note).to_have_count(0)
    expect_focus(page)
    expect(gallery.save_state).to_contain_text("All saved")


def expect_focus(page: Page) -> None:
    """Not on the body: there the keyboard begins anew at the top of the page."""
    assert page.evaluate("document.activeElement !== document.body")


def test_c55_what_goes_away_hands_the_focus_on(gallery: Gallery) -> None:
    page = gallery.page
    path = open_wall(gallery, 4)
    card = gallery.cards.first.locator(".card-picture")
    card.press("Space")
    page.get_by_role("button", name="Clear").press("Enter")
    expect(card).to_be_focused()
    card.press("Delete")
    page.locator(".toast").get_by_role("button", name="Dismiss").press("Enter")
    expect(page.locator(".toast")).to_have_count(0)
    expect_focus(page)
    page.locator(".taken-down-button").focus()
    restored = path.rpartition("/")[2]
    ask(gallery.server, "POST", f"/api/gallery/session/{restored}/images/img-001/restore")
    expect(page.locator(".taken-down-button")).to_have_count(0, timeout=12_000)
    expect_focus(page)


def test_c40_a_card_is_carried_also_when_the_wall_is_seen_small(gallery: Gallery) -> None:
    page = gallery.page
    open_wall(gallery, 4)
    for _ in range(5):
        page.locator("#wall").press("-")
    zoom = int(page.locator(".canvas-percent").inner_text().removesuffix("%")) / 100
    assert zoom < 0.3
    second = gallery.cards.nth(1)
    before, at = gallery.places()["img-002"], box(second)
    x, y = at["x"] + at["width"] / 2, at["y"] + at["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y + 30, steps=5)
    page.mouse.up()
    moved = gallery.places()["img-002"]
    assert moved == pytest.approx((before[0] + 30 / zoom, before[1] + 30 / zoom), abs=2)
