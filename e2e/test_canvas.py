"""What one can do to the pictures on a canvas."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Dialog, expect

from .conftest import COMPOSITION, Gallery, Server
from .hanging import images, open_wall


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
    expect(waiting.first).to_have_text("Waiting. Try now")
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
    expect(gallery.save_state).to_have_text("Offline, 1 waiting")
    page.reload()
    assert asked == ["beforeunload"]


def test_cancelling_stops_and_keeps_what_is_made(gallery: Gallery) -> None:
    gallery.open()
    gallery.write(COMPOSITION)
    gallery.generate(20)
    expect(gallery.page.get_by_text(re.compile(r"^[1-9]\d* of 20$"))).to_be_visible(timeout=30_000)
    gallery.page.get_by_role("button", name="Cancel", exact=True).click()
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
    page.get_by_role("button", name="Undo", exact=True).click()
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
    expect(page.get_by_role("link", name="Download", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Keyboard")).to_be_visible()
    page.keyboard.press("Escape")
    page.reload()
    gallery.expect_saved(1)
    assert gallery.places() == {card: (left + 64, top + 8)}
    gallery.expect_quiet()


def test_c49_what_was_done_is_undone_and_done_again(gallery: Gallery) -> None:
    page = gallery.page
    path = open_wall(gallery, 3)
    before = gallery.places()
    gallery.cards.first.locator(".card-picture").focus()
    for _ in range(5):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Alt+ArrowRight")
    page.keyboard.press("]")
    assert images_settled(gallery, path)["img-001"]["z"] == 1
    for label in ("Undo bringing a picture", "Undo resizing a picture", "Undo moving a picture"):
        expect(page.get_by_role("button", name=label)).to_be_visible()
        page.keyboard.press("Control+z")
    expect(page.get_by_role("button", name="Nothing to undo")).to_be_visible()
    assert gallery.places() == before
    page.get_by_role("button", name="Redo moving a picture").click()
    page.get_by_role("button", name="Redo resizing a picture").click()
    expect(page.get_by_role("button", name="Redo bringing")).to_be_focused()
    kept = images_settled(gallery, path)["img-001"]
    assert (kept["y"], kept["width"], kept["z"]) == (80, 188, 0)
    gallery.expect_quiet()


def test_tab_follows_the_wall_and_the_focus_stays_on_it(gallery: Gallery) -> None:
    """SPEC C45, C55."""
    page = gallery.page
    open_wall(gallery, 8)

    def focused() -> str:
        return str(page.evaluate("document.activeElement.closest('.card')?.dataset.card"))

    gallery.cards.first.locator(".card-picture").focus()
    page.keyboard.press("Tab")
    assert focused() == "img-002"
    for _ in range(6):
        page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Tab")
    assert focused() != "img-003"  # it hangs in the second row now
    gallery.cards.locator("nth=0").locator(".card-picture").focus()
    assert focused() == "img-001"
    page.keyboard.press("Delete")
    expect(gallery.cards).to_have_count(7)
    assert focused() == "img-003"
    page.keyboard.press("Control+z")
    expect(gallery.cards).to_have_count(8)
    assert focused() == "img-003"
    page.keyboard.press("Control+a")
    expect(page.get_by_text("8 selected")).to_be_visible()
    page.keyboard.press("Delete")
    expect(gallery.cards).to_have_count(0)
    assert page.evaluate("document.activeElement.id") == "wall"
    page.get_by_role("button", name="Undo", exact=True).last.click()
    expect(gallery.cards).to_have_count(8)
    assert focused().startswith("img-")
    gallery.expect_quiet()


def test_c52_space_chooses_and_is_told(gallery: Gallery) -> None:
    page = gallery.page
    open_wall(gallery, 3)
    picture = gallery.cards.nth(1).locator(".card-picture")
    picture.focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Choose picture 2")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("status").filter(has_text="1 picture is chosen")).to_have_count(1)
    expect(picture).to_have_accessible_description(re.compile("^Chosen"))
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("status").filter(has_text="from the left")).to_have_count(1)
    gallery.expect_accessible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("1 selected")).to_have_count(0)
    gallery.expect_quiet()


def test_c48_keys_and_buttons_zoom(gallery: Gallery) -> None:
    page = gallery.page
    open_wall(gallery, 24)
    percent = page.get_by_role("button", name="Back to 100")
    page.locator("#wall").focus()
    page.keyboard.press("+")
    expect(percent).to_have_text("125%")
    page.keyboard.press("1")
    expect(percent).not_to_have_text("125%")
    wall = page.locator(".canvas-scroller")
    assert wall.evaluate(
        "wall => wall.scrollHeight <= wall.clientHeight && wall.scrollWidth <= wall.clientWidth"
    )
    left, right = wall.evaluate(
        """wall => {
            const [outer, inner] = [wall, wall.querySelector('.canvas-sizer')].map((one) => one.getBoundingClientRect());
            return [inner.left - outer.left, outer.left + wall.clientWidth - inner.right];
        }"""
    )
    assert abs(left - right) <= 1
    gallery.shoot("fit-1440-light")
    percent.click()
    expect(percent).to_have_text("100%")
    gallery.expect_quiet()


def test_c47_only_cards_near_the_screen_are_in_the_page(gallery: Gallery) -> None:
    page = gallery.page
    open_wall(gallery, 120)
    assert gallery.cards.count() < 40
    page.locator(".canvas-scroller").evaluate("wall => wall.scrollTo(0, wall.scrollHeight)")
    expect(page.locator(".card[data-card=img-120]")).to_be_visible()
    expect(page.locator(".card[data-card=img-001]")).to_have_count(0)
    page.locator(".card[data-card=img-120] .card-picture").focus()
    page.locator(".canvas-scroller").evaluate("wall => wall.scrollTo(0, 0)")
    expect(page.locator(".card[data-card=img-001]")).to_be_visible()
    assert page.evaluate("document.activeElement.closest('.card').dataset.card") == "img-120"
    gallery.expect_quiet()


def test_c54_what_was_taken_down_is_hung_again_after_a_reload(gallery: Gallery) -> None:
    page = gallery.page
    path = open_wall(gallery, 4)
    places = gallery.places()
    gallery.cards.nth(1).locator(".card-picture").focus()
    page.keyboard.press("Delete")
    page.keyboard.press("Delete")
    expect(page.get_by_role("button", name="Taken down (2)")).to_be_visible()
    page.reload()
    gallery.expect_saved(2)
    page.get_by_role("button", name="Taken down (2)").click()
    gallery.shoot("taken-down-1440-light")
    gallery.expect_accessible()
    page.get_by_role("button", name="Hang again: Picture number 2").click()
    expect(gallery.cards).to_have_count(3)
    page.get_by_role("button", name="Hang again: Picture number 3").click()
    expect(gallery.cards).to_have_count(4)
    expect(page.get_by_role("button", name="Taken down")).to_have_count(0)
    expect(gallery.save_state).to_contain_text("All saved")
    assert len(images(gallery, path)) == 4
    page.reload()
    gallery.expect_saved(4)
    assert gallery.places() == places
    gallery.expect_quiet()


def images_settled(gallery: Gallery, path: str) -> dict[str, Any]:
    expect(gallery.save_state).to_contain_text("All saved")
    return images(gallery, path)
