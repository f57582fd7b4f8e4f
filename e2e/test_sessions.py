"""The list of sessions, and addresses that lead nowhere."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Route, expect

from .conftest import PHONE, Gallery, NewGallery, Server


def test_a_session_is_renamed_searched_discarded_and_brought_back(gallery: Gallery) -> None:
    page = gallery.page
    path = gallery.make_session(1)
    page.get_by_role("link", name="Sessions").click()
    entries = page.locator(f".entry[data-session={path.removeprefix('/dynamic/')}]")
    expect(entries).to_have_count(1)
    name = entries.get_by_role("textbox")
    name.fill("Morning Demo")
    name.press("Enter")
    expect(entries.get_by_role("link", name="Open Morning Demo")).to_be_visible()

    page.get_by_label("Search sessions").fill("nothing like this")
    expect(page.get_by_text("Nothing found")).to_be_visible()
    page.get_by_label("Search sessions").fill("morning")
    expect(entries).to_have_count(1)

    page.get_by_role("button", name="Discard Morning Demo").click()
    expect(entries).to_have_count(0)
    gallery.open(path)
    expect(page.get_by_role("heading", name="This session is not on show.")).to_be_visible()
    page.get_by_role("button", name="Look in the trash").click()
    gallery.expect_saved(1)

    gallery.open()
    page.get_by_role("button", name="Discard Morning Demo").click()
    page.get_by_role("button", name="Undo").click()
    expect(entries).to_have_count(1)
    entries.get_by_role("link").click()
    expect(page.get_by_label("Session name")).to_have_value("Morning Demo")
    gallery.expect_saved(1)


def entry(gallery: Gallery, name: str) -> Locator:
    return gallery.page.locator(".entry", has=gallery.page.get_by_role("link", name=f"Open {name}"))


def three_sessions(gallery: Gallery) -> None:
    """Three sessions without pictures, made behind the page's back; newest first: Gamma, Beta, Alpha."""
    for name in ("Alpha", "Beta", "Gamma"):
        answer = gallery.page.request.post(
            f"{gallery.server.url}/api/gallery/sessions", data={"name": name, "saved_products": ["product-0"]}
        )
        assert answer.status == 201
    gallery.open("/?sort=created")
    expect(entry(gallery, "Alpha")).to_be_visible()


def erase_all(gallery: Gallery) -> None:
    """An empty gallery, whatever other tests left."""
    api = f"{gallery.server.url}/api/gallery"
    for trashed in ("false", "true"):
        page = gallery.page.request.get(f"{api}/sessions?limit=200&trashed={trashed}").json()
        for session in page["sessions"]:
            gallery.page.request.delete(f"{api}/session/{session['id']}?permanent=true")


def test_several_discards_are_undone_one_by_one_and_the_focus_stays_in_the_list(gallery: Gallery) -> None:
    page = gallery.page
    erase_all(gallery)
    three_sessions(gallery)
    page.get_by_role("link", name="Open Gamma").focus()
    page.keyboard.press("Delete")
    expect(page.get_by_role("link", name="Open Beta")).to_be_focused()
    page.keyboard.press("Delete")
    expect(page.get_by_role("link", name="Open Alpha")).to_be_focused()
    expect(page.locator(".entry")).to_have_count(1)
    expect(page.get_by_text("“Beta” discarded.")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(entry(gallery, "Beta")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(page.locator(".entry")).to_have_count(3)
    expect(page.get_by_role("button", name="Undo")).to_have_count(2)
    gallery.page.reload()
    expect(page.locator(".entry")).to_have_count(3)
    gallery.expect_quiet()


def test_several_are_selected_and_discarded_together(gallery: Gallery) -> None:
    page = gallery.page
    erase_all(gallery)
    three_sessions(gallery)
    page.get_by_role("link", name="Open Gamma").click(modifiers=["Control"])
    page.get_by_role("link", name="Open Alpha").click(modifiers=["Shift"])
    expect(page.get_by_text("3 selected")).to_be_visible()
    gallery.expect_accessible()
    gallery.shoot("selected-1440-light")
    page.keyboard.press("Escape")
    expect(page.get_by_text("3 selected")).to_be_hidden()
    page.get_by_label("Select Gamma").check(force=True)
    page.get_by_label("Select Beta").check(force=True)
    page.get_by_role("group", name="Selection").get_by_role("button", name="Discard").click()
    expect(page.get_by_role("link", name="Open Alpha")).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".entry")).to_have_count(3)
    gallery.expect_quiet()


def test_keys_walk_through_the_list_and_a_name_is_edited_without_losing_the_focus(gallery: Gallery) -> None:
    page = gallery.page
    erase_all(gallery)
    three_sessions(gallery)
    page.get_by_role("link", name="Open Gamma").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("link", name="Open Beta")).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_role("link", name="Open Alpha")).to_be_focused()
    name = page.get_by_label("Name of Alpha")
    name.fill("Omega")
    name.press("Enter")
    expect(page.get_by_role("link", name="Open Omega")).to_be_focused()
    name = page.get_by_label("Name of Omega")
    name.fill("Never")
    name.press("Escape")
    expect(page.get_by_role("link", name="Open Omega")).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Session name")).to_have_value("Gamma")


def test_search_and_order_are_in_the_address(gallery: Gallery) -> None:
    page = gallery.page
    erase_all(gallery)
    three_sessions(gallery)
    gallery.open()
    expect(page.locator(".entry")).to_have_count(3)
    page.get_by_label("Sort sessions by").select_option("Name")
    page.get_by_label("Search sessions").fill("bet")
    expect(page.locator(".entry")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"/\?q=bet&sort=name$"))
    page.get_by_role("link", name="Open Beta").click()
    expect(page.get_by_label("Session name")).to_have_value("Beta")
    page.go_back()
    expect(page.locator(".entry")).to_have_count(1)
    page.reload()
    expect(page.get_by_label("Search sessions")).to_have_value("bet")
    expect(page.get_by_label("Sort sessions by")).to_have_value("name")
    page.get_by_label("Search sessions").fill("neverfull vuitton")  # only among the saved products
    expect(page.locator(".entry")).to_have_count(3)
    gallery.expect_quiet()


def test_the_trash_restores_and_erases(gallery: Gallery, new_gallery: NewGallery) -> None:
    page = gallery.page
    erase_all(gallery)
    gallery.open()
    expect(page.get_by_text("Sessions you make will be found here.")).to_be_visible()
    gallery.shoot("no-sessions-1440-light")
    path = gallery.make_session(1)
    three_sessions(gallery)
    for left in (3, 2, 1, 0):
        page.locator(".entry .covers").first.press("Delete")
        expect(page.locator(".entry")).to_have_count(left)
    expect(page.get_by_text("Sessions you make will be found here.")).to_be_visible()
    page.get_by_role("link", name="Trash").click()
    expect(page).to_have_url(re.compile(r"/\?trash$"))
    expect(page.get_by_role("heading", name="The trash.")).to_be_focused()
    expect(page.locator(".entry")).to_have_count(4)
    gallery.expect_accessible()
    gallery.shoot("trash-1440-light")

    page.get_by_role("button", name="Erase Beta for good").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Beta")).to_be_visible()
    gallery.expect_accessible()
    gallery.shoot("erase-1440-light")
    dialog.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("button", name="Erase Beta for good")).to_be_focused()
    page.get_by_role("button", name="Erase Beta for good").press("Enter")
    dialog.get_by_role("button", name="Erase for good").click()
    expect(page.locator(".entry")).to_have_count(3)
    assert page.evaluate("document.activeElement.closest('.entry') !== null")

    page.locator(f".entry[data-session={path.removeprefix('/dynamic/')}] .covers").click()
    expect(page.locator(".entry")).to_have_count(2)
    page.get_by_role("button", name="Empty the trash").click()
    expect(dialog).to_contain_text("2 sessions")
    dialog.get_by_role("button", name="Erase for good").click()
    expect(page.get_by_text("Nothing was discarded, or nothing of it is left.")).to_be_visible()
    page.get_by_role("link", name="Back to the sessions").click()
    expect(page.locator(".entry")).to_have_count(1)
    page.locator(".entry .covers").click()
    gallery.expect_saved(1)
    gallery.expect_quiet()


def test_a_list_that_cannot_be_loaded_says_so_and_is_tried_again(gallery: Gallery) -> None:
    page = gallery.page
    erase_all(gallery)
    three_sessions(gallery)
    page.route("**/api/gallery/sessions**", lambda route: route.abort())
    gallery.open()
    expect(page.get_by_role("alert")).to_contain_text("Try again")
    page.unroute("**/api/gallery/sessions**")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".entry")).to_have_count(3)


def test_the_list_comes_up_to_date_when_the_page_is_seen_again(gallery: Gallery) -> None:
    page = gallery.page
    erase_all(gallery)
    three_sessions(gallery)
    page.request.post(f"{gallery.server.url}/api/gallery/sessions", data={"name": "Delta"})
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(entry(gallery, "Delta")).to_be_visible()


def test_the_picker_on_a_phone_in_the_dark(new_gallery: NewGallery) -> None:
    gallery = new_gallery(viewport=PHONE, color_scheme="dark", has_touch=True)
    erase_all(gallery)
    three_sessions(gallery)
    gallery.expect_accessible()
    gallery.shoot("picker-390-dark")
    gallery.page.get_by_label("Discard Beta").tap()
    expect(gallery.page.locator(".entry")).to_have_count(2)
    gallery.open("/?trash")
    expect(gallery.page.get_by_role("button", name="Restore Beta")).to_be_visible()
    gallery.expect_accessible()
    gallery.shoot("trash-390-dark")
    gallery.expect_quiet()


def test_an_unknown_session_says_so(gallery: Gallery) -> None:
    gallery.open("/dynamic/gal-1733500000-abc123")
    expect(gallery.page.get_by_role("heading", name="This session is not on show.")).to_be_visible()
    gallery.expect_accessible()
    gallery.shoot("unknown-1440-light")
    gallery.page.get_by_role("link", name="All sessions").click()
    expect(gallery.page.get_by_role("heading", name="An empty wall.")).to_be_visible()


def test_a_session_that_was_open_before_shows_at_once_while_the_server_is_away(gallery: Gallery) -> None:
    path = gallery.make_session(1)
    gallery.page.wait_for_timeout(600)  # the registry writes a moment after the last change
    gallery.page.route("**/api/**", lambda route: route.abort())
    gallery.open(path)
    expect(gallery.cards).to_have_count(1)
    expect(gallery.page.get_by_text("The server does not answer.").first).to_be_visible()
    gallery.page.unroute("**/api/**")
    gallery.expect_saved(1)


def test_a_damaged_picture_is_named_and_all_others_show(gallery: Gallery, server: Server) -> None:
    path = gallery.make_session(2)
    record = server.folder / path.removeprefix("/dynamic/") / "img_001.json"
    record.write_text("{", encoding="utf-8")
    gallery.page.reload()
    expect(gallery.page.get_by_text("1 picture could not be read")).to_be_visible()
    gallery.expect_saved(1)
    gallery.expect_pictures_loaded()
    gallery.page.get_by_text("1 picture could not be read").click()
    expect(gallery.page.get_by_text("img_001.json").first).to_be_visible()
    gallery.expect_quiet()


def test_the_last_picture_of_a_draft_goes_and_comes_back_with_the_focus(gallery: Gallery) -> None:
    page = gallery.page

    def refuse(route: Route) -> None:
        if route.request.method == "POST":
            route.abort()
        else:
            route.continue_()

    page.route("**/api/gallery/sessions", refuse)
    gallery.open()
    gallery.write("Evening")
    gallery.generate(1)
    expect(gallery.cards).to_have_count(1, timeout=120_000)
    gallery.cards.locator(".card-picture").press("Delete")
    expect(page.get_by_role("heading", name="An empty wall.")).to_be_visible()
    assert page.evaluate("document.activeElement !== document.body")
    page.keyboard.press("Control+z")
    expect(gallery.cards).to_have_count(1)
    assert page.evaluate("document.activeElement !== document.body")


@pytest.mark.parametrize("width", [320, 390, 720])
def test_a_session_fits_a_narrow_or_magnified_window(new_gallery: NewGallery, width: int) -> None:
    gallery = new_gallery(viewport={"width": width, "height": 640})
    gallery.make_session(1)
    assert gallery.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    gallery.expect_accessible()
