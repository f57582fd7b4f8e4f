"""What one can do to the pictures on a canvas."""

from __future__ import annotations

import re

from playwright.sync_api import Dialog, expect

from .conftest import COMPOSITION, Gallery, Server


def test_a_failed_save_shows_and_mends_itself_when_the_server_returns(
    gallery: Gallery, server: Server
) -> None:
    page = gallery.page
    gallery.open()
    gallery.write(COMPOSITION)
    # The server is gone from the first save on; pictures that are made by then are still to be saved.
    page.route("**/api/gallery/**", lambda route: route.abort())
    gallery.generate(2)
    waiting = page.locator(".save-retry[data-cause=offline]")
    expect(waiting.first).to_have_text("Waiting. Try now", timeout=30_000)
    expect(gallery.save_state).to_have_text("Offline, 2 waiting")
    gallery.shoot("offline-1440-light")
    server.stop()
    page.unroute("**/api/gallery/**")
    gallery.save_state.get_by_role("button").click()
    expect(waiting.first).to_be_visible()
    server.start()
    gallery.expect_saved(2)
    page.reload()
    gallery.expect_saved(2)


def test_leaving_asks_only_while_a_picture_is_unsent(gallery: Gallery) -> None:
    page = gallery.page
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    gallery.open()
    gallery.write(COMPOSITION)
    page.reload()
    assert asked == []
    expect(page.get_by_label("What are you looking for?")).to_have_value(COMPOSITION)
    page.route("**/api/gallery/session*/**", lambda route: route.abort())
    gallery.generate(1)
    expect(gallery.save_state).to_have_text("Offline, 1 waiting", timeout=30_000)
    page.reload()
    assert asked == ["beforeunload"]


def test_cancelling_stops_and_keeps_what_is_made(gallery: Gallery) -> None:
    gallery.open()
    gallery.write(COMPOSITION)
    gallery.generate(20)
    expect(gallery.page.get_by_text(re.compile(r"^[1-9]\d* of 20$"))).to_be_visible(timeout=30_000)
    gallery.page.get_by_role("button", name="Cancel").click()
    expect(gallery.page.get_by_role("button", name="Generate 20")).to_be_visible()
    expect(gallery.page.locator(".card:not([data-stage=made])")).to_have_count(0)
    made = gallery.cards.count()
    assert 1 <= made < 20
    gallery.expect_saved(made)
    gallery.expect_quiet()


def test_a_removed_picture_comes_back_by_undo(gallery: Gallery) -> None:
    page = gallery.page
    gallery.make_session(2)
    places = gallery.places()
    gallery.cards.first.hover()
    page.get_by_role("button", name="Take down picture 1").click()
    expect(gallery.cards).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(gallery.cards).to_have_count(2)
    page.reload()
    gallery.expect_saved(2)
    assert gallery.places() == places

    gallery.cards.first.locator(".card-picture").focus()
    page.keyboard.press("Delete")
    expect(gallery.cards).to_have_count(1)
    page.reload()
    gallery.expect_saved(1)
    gallery.expect_quiet()


def test_the_keyboard_moves_opens_and_explains(gallery: Gallery) -> None:
    page = gallery.page
    gallery.make_session(1)
    ((card, (left, top)),) = gallery.places().items()
    gallery.cards.first.locator(".card-picture").focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowDown")
    assert gallery.places() == {card: (left + 64, top + 8)}
    expect(gallery.save_state).to_contain_text("All saved")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_role("link", name="Download")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Keyboard")).to_be_visible()
    page.keyboard.press("Escape")
    page.reload()
    gallery.expect_saved(1)
    assert gallery.places() == {card: (left + 64, top + 8)}
    gallery.expect_quiet()
