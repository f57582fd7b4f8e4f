"""The list of sessions, and addresses that lead nowhere."""

from __future__ import annotations

from playwright.sync_api import expect

from .conftest import Gallery, Server


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
