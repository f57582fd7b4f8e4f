"""A session replayed in the page of the gallery."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from .conftest import DESK, PHONE, Gallery, NewGallery, Server
from .recorded import Recorded, directive, drawn_pictures, record_session, sketched_pictures

FIRST_IN_FULL = 5.7  # seconds of the even beat; the second picture comes at 7.8


@pytest.fixture(scope="module")
def demo(server_of_module: Server) -> Recorded:
    """Six drawn pictures; with an even beat they come at 5.2, 7.8, 11.7, 14.3, 16.9 and 19.5 seconds."""
    if not server_of_module.running:
        server_of_module.start()
    return record_session(server_of_module, "Morning Demo", drawn_pictures(6))


def open_replay(gallery: Gallery, recorded: Recorded, search: str = "") -> Page:
    gallery.open(recorded.replay + search)
    expect(track(gallery.page)).to_be_visible()
    return gallery.page


def track(page: Page) -> Locator:
    return page.get_by_role("slider", name="Place in the replay")


def count(page: Page) -> Locator:
    return page.locator(".replay-count")


def caption(page: Page) -> Locator:
    return page.locator(".replay-title")


def places(page: Page) -> list[list[float]]:
    """Where the cards on the wall are seen, to the pixel."""
    found: list[list[float]] = page.locator(".replay-card").evaluate_all(
        "cards => cards.map((card) => card.getBoundingClientRect()).map(({x, y}) => [x, y].map(Math.round))"
    )
    return sorted(found)


def test_r6_plays_through_and_again(gallery: Gallery, demo: Recorded) -> None:
    page = open_replay(gallery, demo, "?timing=even&speed=8&autoplay=1")
    expect(page.get_by_role("button", name="Play again")).to_be_visible(timeout=30_000)
    expect(count(page)).to_have_text("6 / 6")
    expect(page.locator(".replay-card img")).to_have_count(6)
    expect(page.locator(".replay-sheet")).to_have_text(re.compile("^Looking for elegant.*rain just over"))
    page.get_by_role("button", name="Play again").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(count(page)).not_to_have_text("6 / 6")
    gallery.expect_quiet()


def test_r1_seeking_back_and_forth_shows_the_same(gallery: Gallery, demo: Recorded) -> None:
    page = open_replay(gallery, demo, "?timing=even&t=15")
    expect(caption(page)).to_have_text(directive(3))
    expect(page.locator(".replay-card img")).to_have_count(3)
    before = places(page)
    page.keyboard.press("End")
    expect(count(page)).to_have_text("6 / 6")
    page.keyboard.press("Home")
    expect(count(page)).to_have_text("0 / 6")
    expect(page.locator(".replay-sheet")).to_have_text("")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(caption(page)).to_have_text(directive(3))
    expect(page.locator(".replay-card img")).to_have_count(3)
    assert places(page) == before
    gallery.expect_quiet()


def test_r8_the_address_says_where_to_begin_and_follows(gallery: Gallery, demo: Recorded) -> None:
    page = open_replay(gallery, demo, f"?timing=even&t={FIRST_IN_FULL}&speed=2")
    expect(caption(page)).to_have_text(directive(0))
    expect(page.get_by_role("combobox", name="Timing")).to_have_value("even")
    expect(page.get_by_role("combobox", name="Speed")).to_have_value("2")
    box = track(page).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.6, box["y"] + box["height"] / 2)
    expect(page).to_have_url(re.compile(r"[?&]t=15\.\d+"))
    elsewhere = page.url
    expect(caption(page)).to_have_text(directive(3))
    page.reload()
    expect(caption(page)).to_have_text(directive(3))
    assert page.url == elsewhere
    page.get_by_role("combobox", name="Timing").select_option("real")
    expect(page).to_have_url(re.compile("timing=real"))
    expect(caption(page)).to_have_text(directive(3))
    page.get_by_role("button", name="Repeat").click()
    expect(page).to_have_url(re.compile("loop=1"))
    page.get_by_role("link", name="Back to the canvas").click()
    expect(gallery.cards).to_have_count(6)
    gallery.expect_quiet()


def test_r4_steps_from_picture_to_picture(gallery: Gallery, demo: Recorded) -> None:
    page = open_replay(gallery, demo)
    for number in range(1, 7):
        page.get_by_role("button", name="Next picture").click()
        expect(count(page)).to_have_text(f"{number} / 6")
        expect(caption(page)).to_have_text(directive(number - 1))
        expect(page.locator(".replay-held img")).to_be_visible()
    page.get_by_role("button", name="Next picture").click()
    expect(page.get_by_role("button", name="Play again")).to_be_visible()
    for number in range(6, 0, -1):
        page.get_by_role("button", name="Previous picture").click()
        expect(count(page)).to_have_text(f"{number} / 6")
    page.get_by_role("button", name="Previous picture").click()
    expect(count(page)).to_have_text("0 / 6")


def test_r11_all_of_it_by_keyboard(gallery: Gallery, demo: Recorded) -> None:
    page = open_replay(gallery, demo, "?timing=even")
    keys = page.keyboard
    for key in ("Space", "k"):
        keys.press(key)
        expect(page.get_by_role("button", name="Pause")).to_be_visible()
        keys.press(key)
        expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    keys.press("Home")
    keys.press("l")
    expect(track(page)).to_have_attribute("aria-valuenow", "10")
    keys.press("j")
    expect(track(page)).to_have_attribute("aria-valuenow", "0")
    keys.press("9")
    expect(count(page)).to_have_text("6 / 6")
    keys.press("Home")
    keys.press(".")
    keys.press(".")
    expect(count(page)).to_have_text("2 / 6")
    keys.press(",")
    expect(count(page)).to_have_text("1 / 6")
    keys.press(">")
    keys.press("ArrowUp")
    expect(page.get_by_role("combobox", name="Speed")).to_have_value("2")
    keys.press("t")
    expect(page.get_by_role("combobox", name="Timing")).to_have_value("cut")
    keys.press("r")
    expect(page.get_by_role("button", name="Repeat")).to_have_attribute("aria-pressed", "true")
    keys.press("?")
    sheet = page.get_by_role("dialog", name="Keyboard")
    expect(sheet).to_be_visible()
    keys.press("Escape")
    expect(sheet).to_be_hidden()
    keys.press("f")
    expect(page.locator(".replay")).to_have_attribute("data-full", "true")
    keys.press("f")
    expect(page.locator(".replay")).to_have_attribute("data-full", "false")
    gallery.expect_quiet()


def test_chapters_lead_to_their_pictures(gallery: Gallery, demo: Recorded) -> None:
    page = open_replay(gallery, demo)
    page.keyboard.press("c")
    chapters = page.get_by_role("complementary", name="Chapters")
    expect(chapters.get_by_role("listitem")).to_have_count(6)
    chapters.get_by_role("button", name=directive(4)).click()
    expect(count(page)).to_have_text("5 / 6")
    expect(chapters.locator("[aria-current]")).to_contain_text(directive(4))
    gallery.expect_accessible()
    page.keyboard.press("Escape")
    expect(chapters).to_be_hidden()
    expect(page.get_by_role("button", name="Chapters")).to_be_focused()


def test_pointing_at_the_line_shows_the_picture_there(gallery: Gallery, demo: Recorded) -> None:
    page = open_replay(gallery, demo, "?timing=even")
    box = track(page).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.65, box["y"] + box["height"] / 2)
    preview = page.locator(".replay-preview")
    expect(preview).to_contain_text(directive(4))
    expect(preview.locator("img")).to_be_visible()
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] / 2, steps=3)
    expect(count(page)).to_have_text("1 / 6")
    page.mouse.up()


def test_r11_controls_hide_but_are_never_locked(gallery: Gallery, demo: Recorded) -> None:
    page = open_replay(gallery, demo, "?timing=real&speed=0.5")
    replay = page.locator(".replay")
    chrome = page.locator(".replay-controls")
    page.get_by_role("button", name="Play", exact=True).click()
    expect(replay).to_have_attribute("data-idle", "true")
    expect(chrome).to_have_css("opacity", "0")
    page.mouse.move(300, 300)
    expect(replay).to_have_attribute("data-idle", "false")
    expect(chrome).to_have_css("opacity", "1")
    expect(replay).to_have_attribute("data-idle", "true")
    page.get_by_role("button", name="Pause").click()  # hidden, and pressed all the same
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    expect(replay).to_have_attribute("data-idle", "false")


def test_r7_the_clock_waits_for_a_late_picture_and_says_so(gallery: Gallery, demo: Recorded) -> None:
    page = gallery.page
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/images/img-002*", hold)
    open_replay(gallery, demo, f"?timing=even&t={FIRST_IN_FULL}&speed=8")
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.locator(".replay-waiting")).to_have_text("Waiting for a picture…")
    expect(track(page)).to_have_attribute("aria-valuenow", "7")
    expect(page.locator(".replay")).to_have_attribute("data-idle", "false")
    for route in held:
        route.continue_()
    page.unroute("**/images/img-002*")
    expect(page.locator(".replay-waiting")).to_have_text("")
    expect(page.get_by_role("button", name="Play again")).to_be_visible(timeout=20_000)


def test_r7_a_missing_picture_shows_its_directive(gallery: Gallery, demo: Recorded) -> None:
    page = gallery.page
    page.route("**/images/img-002*", lambda route: route.abort())
    open_replay(gallery, demo, "?timing=even&t=9")
    held = page.locator(".replay-held")
    expect(held).to_contain_text(directive(1))
    expect(held).to_contain_text("This picture is missing.")
    page.get_by_role("combobox", name="Speed").select_option("8")
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_role("button", name="Play again")).to_be_visible(timeout=20_000)
    expect(page.locator(".replay-card[data-missing]")).to_have_count(1)
    expect(page.locator(".replay-card img")).to_have_count(5)


def test_r7_many_pictures_of_one_moment_do_not_hold_the_clock_up(gallery: Gallery, server: Server) -> None:
    burst = record_session(server, "All at once", drawn_pictures(40), apart=0)
    page = open_replay(gallery, burst, "?timing=real&speed=8&t=8&autoplay=1")
    expect(page.get_by_role("button", name="Play again")).to_be_visible(timeout=30_000)
    expect(count(page)).to_have_text("40 / 40")
    gallery.expect_quiet()


def test_r13_reduced_motion_cuts_instead_of_flying(new_gallery: NewGallery, demo: Recorded) -> None:
    gallery = new_gallery(reduced_motion="reduce")
    page = open_replay(gallery, demo, f"?timing=even&t={FIRST_IN_FULL}&speed=4&autoplay=1")
    seen = page.evaluate(
        """() => new Promise((done) => {
            const seen = new Set();
            const look = () => {
                for (const card of document.querySelectorAll('.replay-held, .replay-world'))
                    seen.add(card.className + card.style.transform + card.style.opacity);
                const ended = document.querySelector('[aria-label="Play again"]') !== null;
                ended ? done([...seen]) : requestAnimationFrame(look);
            };
            look();
        })"""
    )
    held = {place for place in seen if place.startswith("replay-held")}
    assert len(held) == 1  # all of one shape, held up at one place, and nowhere on the way
    assert len(seen) - len(held) <= 8


def test_r14_of_a_thousand_pictures_only_those_in_sight_are_in_the_page(
    gallery: Gallery, server: Server
) -> None:
    big = record_session(server, "A thousand", drawn_pictures(1) * 1_000, apart=1.0)
    page = open_replay(gallery, big, "?t=600")
    expect(page.locator(".replay-held img")).to_be_visible()
    assert page.locator(".replay-card").count() < 60
    for tenth in "1973":
        page.keyboard.press(tenth)
        expect(page.locator(".replay-card img").first).to_be_visible()
        assert page.locator(".replay-card").count() < 60
    page.keyboard.press("End")
    expect(count(page)).to_have_text("1000 / 1000")
    assert page.locator(".replay-card").count() < 400
    gallery.expect_quiet()


def test_r3_taken_down_pictures_are_played_when_asked_for(gallery: Gallery, server: Server) -> None:
    """The server gives their bytes out no more, so that their frames hang empty until they are removed."""
    recorded = record_session(server, "One taken down", drawn_pictures(3))
    path = f"/api/gallery/session/{recorded.id}/images/img-002"
    gallery.page.request.delete(server.url + path)
    page = open_replay(gallery, recorded, "?timing=even")
    expect(count(page)).to_have_text("0 / 2")
    page.get_by_role("checkbox", name="Also those taken down").check()
    expect(count(page)).to_have_text("0 / 3")
    page.wait_for_url(re.compile("removed=1"))
    for _ in range(2):
        page.keyboard.press(".")
    expect(page.locator(".replay-held")).to_contain_text(directive(1))
    expect(page.locator(".replay-held")).to_contain_text("This picture was taken down.")
    page.keyboard.press("End")
    expect(page.locator(".replay-card")).to_have_count(2)
    page.wait_for_url(re.compile(r"[?&]t=(?!5\.|7\.)\d"))
    page.reload()
    expect(count(page)).to_have_text("3 / 3")
    gallery.expect_quiet()


def test_a_long_name_leaves_all_controls_in_reach(new_gallery: NewGallery, server: Server) -> None:
    recorded = record_session(server, "Morning/" * 40, drawn_pictures(1))
    gallery = new_gallery(viewport=PHONE)
    page = open_replay(gallery, recorded)
    for button in page.locator(".replay-controls button:visible, .replay-controls select").all():
        box = button.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]


def test_r11_a_key_held_down_does_not_switch_back_and_forth(gallery: Gallery, demo: Recorded) -> None:
    page = open_replay(gallery, demo)
    for _ in range(4):
        page.keyboard.down("r")
    page.keyboard.up("r")
    expect(page.get_by_role("button", name="Repeat")).to_have_attribute("aria-pressed", "true")


def test_a_session_without_pictures_and_one_that_is_not_there(gallery: Gallery, server: Server) -> None:
    empty = record_session(server, "Nothing yet", [])
    page = open_replay(gallery, empty, "?t=1000")
    expect(count(page)).to_have_text("0 / 0")
    expect(page.locator(".replay-sheet")).to_have_text(re.compile("^Looking for"))
    gallery.expect_quiet()
    gallery.open("/dynamic/gal-1733500000-nobody/replay")
    expect(page.get_by_role("heading", name="This session is not on show.")).to_be_visible()


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_five_moments_are_good_to_look_at(new_gallery: NewGallery, server: Server, scheme: str) -> None:
    recorded = record_session(server, f"Evening {scheme}", sketched_pictures(server, 6))
    for viewport, name in ((DESK, "1440"), (PHONE, "390")):
        gallery = new_gallery(viewport=viewport, color_scheme=scheme)
        for number, moment in enumerate((2.4, FIRST_IN_FULL, 7.5, 15, 99), start=1):
            page = open_replay(gallery, recorded, f"?timing=even&t={moment}")
            page.wait_for_load_state("networkidle")
            gallery.expect_accessible()
            gallery.shoot(f"replay-{number}-{name}-{scheme}")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width == viewport["width"]
