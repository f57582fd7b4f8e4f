"""The list of sessions with ten thousand of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from benchmarks.seeding import seed_gallery
from playwright.sync_api import Page, expect

from .conftest import Gallery, Server

MANY = 10_000
# The sessions that are seen whole below the bar, with where they stand in the window.
IN_VIEW = """() => {
    const bar = document.querySelector('.picker-bar').getBoundingClientRect().bottom;
    const seen = [...document.querySelectorAll('.entry')]
        .map((entry) => [entry.dataset.session, Math.round(entry.getBoundingClientRect().top)]);
    return seen.filter(([, top]) => top > bar && top < innerHeight);
}"""


@pytest.fixture(scope="module")
def server_of_module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("many") / "gallery"
    seed_gallery(folder, MANY)
    server = Server(folder)
    yield server
    server.stop()


def scroll(page: Page, by: int) -> None:
    page.evaluate("by => document.querySelector('.wall').scrollBy(0, by)", by)


def expect_same_view(page: Page, before: list[tuple[str, int]]) -> None:
    """The same sessions at the same heights, but for a rounded pixel."""
    now = page.evaluate(IN_VIEW)
    assert [name for name, _ in now] == [name for name, _ in before]
    assert all(abs(top - was) <= 1 for (_, top), (_, was) in zip(now, before, strict=True))


def loaded(page: Page) -> int:
    """How many sessions are in the list so far, drawn or not: told from its height."""
    entries = page.locator(".entries")
    height: float = entries.evaluate("list => list.offsetHeight")
    first = page.locator(".entry").first
    row: float = first.evaluate("entry => entry.offsetHeight + 36")
    return round((height + 36) / row) * 3


def test_the_list_is_endless_and_draws_only_what_is_seen(gallery: Gallery) -> None:
    page = gallery.page
    gallery.open()
    first = page.locator(".entry").first
    # Records that somebody else wrote are read once, at the first question.
    expect(first).to_have_attribute("aria-setsize", str(MANY), timeout=120_000)
    expect(first).to_have_attribute("aria-posinset", "1")
    expect(page.locator(".picker-total")).to_have_text("10,000")
    for step in range(60):
        scroll(page, 3000)
        page.wait_for_function(f"() => document.querySelector('.wall').scrollTop > {step * 500}")
        assert page.locator(".entry").count() < 60
        page.wait_for_timeout(40)
    assert loaded(page) > 400
    assert page.evaluate(IN_VIEW), "an empty wall in the midst of the list"
    gallery.expect_accessible()
    gallery.expect_quiet()


def test_back_leads_to_where_the_list_was_left_also_after_a_reload(gallery: Gallery) -> None:
    page = gallery.page
    gallery.open("/?sort=name")
    expect(page.locator(".entry").first).to_be_visible()
    for _ in range(8):
        scroll(page, 1500)
        page.wait_for_timeout(150)
    before = page.evaluate(IN_VIEW)
    assert before
    page.locator(f".entry[data-session={before[0][0]}] .covers").click()
    expect(page.get_by_label("Session name")).to_be_visible()
    page.go_back()
    page.wait_for_function(f"() => document.querySelector('[data-session={before[0][0]}]') !== null")
    expect_same_view(page, before)
    page.reload()
    page.wait_for_function(f"() => document.querySelector('[data-session={before[0][0]}]') !== null")
    expect_same_view(page, before)


def test_what_is_looked_at_stays_while_sessions_come_above_it(gallery: Gallery) -> None:
    page = gallery.page
    gallery.open()
    expect(page.locator(".entry").first).to_be_visible()
    scroll(page, 4000)
    page.wait_for_timeout(300)
    before = page.evaluate(IN_VIEW)
    for _ in range(3):  # one row
        page.request.post(f"{gallery.server.url}/api/gallery/sessions", data={"name": "New"})
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".picker-total")).to_have_text("10,003")
    expect_same_view(page, before)


def test_the_focus_survives_scrolling_away_and_back(gallery: Gallery) -> None:
    page = gallery.page
    gallery.open("/?sort=name")
    focused = page.locator(".entry .covers").nth(4)
    focused.focus()
    session = focused.locator("..").get_attribute("data-session")
    scroll(page, 6000)
    page.wait_for_timeout(300)
    expect(page.locator(f"[data-session={session}] .covers")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".entry .covers:focus")).to_be_in_viewport()


def test_a_page_that_fails_leaves_the_list_and_is_tried_again(gallery: Gallery) -> None:
    page = gallery.page
    gallery.open()
    expect(page.locator(".entry").first).to_be_visible()
    page.route("**/api/gallery/sessions?*cursor=*", lambda route: route.abort())
    scroll(page, 1_000_000)
    expect(page.get_by_role("alert")).to_contain_text("The next sessions could not be loaded.")
    before = loaded(page)
    assert before > 50
    height = page.locator(".entries").evaluate("list => list.offsetHeight")
    page.unroute("**/api/gallery/sessions?*cursor=*")
    page.get_by_role("button", name="Try again").click()
    page.wait_for_function(
        "height => document.querySelector('.entries').offsetHeight > height",
        arg=height,
    )
    assert loaded(page) > before


def test_one_of_many_is_found(gallery: Gallery) -> None:
    page = gallery.page
    gallery.open()
    page.get_by_label("Search sessions").fill("session 4711")
    expect(page.locator(".entry")).to_have_count(1)
    expect(page.get_by_role("link", name="Open Session 4711")).to_be_visible()
    gallery.expect_quiet()
