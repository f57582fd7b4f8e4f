"""Two tabs of one browser, and two people, on one session at the same time."""

from __future__ import annotations

import json
import urllib.request
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .conftest import PHONE, Gallery, NewGallery, Server

WRITING = "What are you looking for?"
SOON = 12_000


def saved(server: Server, path: str, part: str = "") -> dict[str, Any]:
    """What the server has: the session, or a part of it."""
    session = path.rpartition("/")[2]
    with urllib.request.urlopen(f"{server.url}/api/gallery/session/{session}{part}", timeout=10) as answer:
        found: dict[str, Any] = json.load(answer)
        return found


def tab(gallery: Gallery, path: str) -> Gallery:
    """Another tab of the same browser."""
    other = Gallery(gallery.page.context.new_page(), gallery.server)
    other.page.on("pageerror", lambda error: other.complaints.append(str(error)))
    other.open(path)
    return other


@pytest.fixture(params=["two tabs", "two people"])
def both(request: pytest.FixtureRequest, new_gallery: NewGallery) -> tuple[Gallery, Gallery]:
    """Two pages on one session of three pictures."""
    first = new_gallery()
    path = first.make_session(3)
    second = tab(first, path) if request.param == "two tabs" else new_gallery()
    second.open(path)
    second.expect_saved(3)
    return first, second


def write_at(page: Page, position: int, text: str) -> None:
    """Types into the composition at a place, as a person does."""
    field = page.get_by_label(WRITING)
    field.focus()
    field.evaluate("(field, at) => field.setSelectionRange(at, at)", position)
    page.keyboard.type(text)


def composition(page: Page) -> str:
    return page.get_by_label(WRITING).input_value()


def expect_same(first: Gallery, second: Gallery, count: int) -> None:
    """Both show the same cards, places, words and name, and the server has them."""
    for gallery in (first, second):
        gallery.expect_saved(count)
    expect(second.page.get_by_label(WRITING)).to_have_value(composition(first.page), timeout=SOON)
    expect(second.page.get_by_label("Session name")).to_have_value(
        first.page.get_by_label("Session name").input_value(), timeout=SOON
    )
    second.page.wait_for_function(
        "places => JSON.stringify([...document.querySelectorAll('.card[data-stage=made]')]"
        ".map((card) => [card.dataset.card, card.offsetLeft, card.offsetTop]).sort()) === places",
        arg=json.dumps(sorted([key, *place] for key, place in first.places().items()), separators=(",", ":")),
        timeout=SOON,
    )
    session = saved(first.server, first.path)
    assert session["user_composition"] == composition(first.page)
    assert session["name"] == first.page.get_by_label("Session name").input_value()
    listed = saved(first.server, first.path, "/images")["images"]
    assert sorted(image["id"] for image in listed) == sorted(first.places())


def test_c23_both_make_pictures_and_rename_at_the_same_time(both: tuple[Gallery, Gallery]) -> None:
    first, second = both
    first.generate(2)
    second.generate(2)
    name = second.page.get_by_label("Session name")
    name.fill("Morning Demo")
    name.press("Enter")
    for gallery in both:
        expect(gallery.cards).to_have_count(7, timeout=120_000)
    expect(first.page.get_by_label("Session name")).to_have_value("Morning Demo", timeout=SOON)
    expect_same(first, second, 7)


def test_c20_both_write_in_different_places(both: tuple[Gallery, Gallery]) -> None:
    first, second = both
    end = len(composition(second.page))
    write_at(first.page, 0, "Tonight: ")
    write_at(second.page, end, " Warm stones.")
    for gallery in both:
        expect(gallery.page.get_by_label(WRITING)).to_have_value(
            "Tonight: Looking for elegant evening wear for a long night in the old town, rain just over."
            " Warm stones.",
            timeout=SOON,
        )
    # The caret stayed behind the words that were just typed.
    second.page.keyboard.type(" Late.")
    expect(first.page.get_by_label(WRITING)).to_have_value(
        composition(second.page).removesuffix(" Late.") + " Late.", timeout=SOON
    )
    expect_same(first, second, 3)


def test_c22_both_write_at_the_same_place_and_one_takes_the_others_words(
    both: tuple[Gallery, Gallery],
) -> None:
    first, second = both
    at = len("Looking for ")
    write_at(second.page, at, "very ")
    write_at(first.page, at, "quietly ")
    notes = [
        gallery.page.get_by_role("group", name="Changed elsewhere at the same time.") for gallery in both
    ]
    expect(notes[0]).to_contain_text("very", timeout=SOON)
    assert "quietly" in composition(first.page)
    notes[0].get_by_role("button", name="Take theirs").click()
    expect(notes[0]).to_have_count(0)
    expect(notes[1]).to_have_count(0)
    assert "very" in composition(first.page)
    expect_same(first, second, 3)


def test_c22_a_conflict_found_after_being_offline_survives_a_reload(new_gallery: NewGallery) -> None:
    first, second = new_gallery(), new_gallery()
    path = first.make_session(1)
    second.open(path)
    second.expect_saved(1)
    second.page.context.set_offline(True)
    at = len("Looking for ")
    write_at(second.page, at, "very ")
    write_at(first.page, at, "quietly ")
    expect(first.save_state).to_contain_text("All saved")
    expect(second.save_state).to_contain_text("Offline")
    second.page.context.set_offline(False)
    note = second.page.get_by_role("group", name="Changed elsewhere at the same time.")
    expect(note).to_contain_text("quietly", timeout=25_000)
    second.expect_accessible()
    second.shoot("conflict-1440-light")
    assert "quietly" in saved(first.server, first.path)["user_composition"]
    second.page.reload()
    expect(note).to_contain_text("quietly", timeout=25_000)
    assert "very" in composition(second.page)
    note.get_by_role("button", name="Keep mine").press("Enter")
    expect(second.page.get_by_label(WRITING)).to_be_focused()
    expect(note).to_have_count(0)
    expect(first.page.get_by_label(WRITING)).to_have_value(composition(second.page), timeout=SOON)
    expect_same(first, second, 1)


def test_c24_both_move_and_take_down(both: tuple[Gallery, Gallery]) -> None:
    first, second = both
    first.drag(first.cards.nth(0), 40, 300)
    second.drag(second.cards.nth(1), -30, 260)
    second.cards.nth(2).get_by_role("button", name="Take down").click()
    for gallery in both:
        expect(gallery.cards).to_have_count(2, timeout=SOON)
    expect_same(first, second, 2)


def test_c28_a_session_discarded_elsewhere_is_brought_back_whole(new_gallery: NewGallery) -> None:
    first, second = new_gallery(), new_gallery(viewport=PHONE)
    path = first.make_session(2)
    second.open(path)
    second.expect_saved(2)
    session = path.rpartition("/")[2]
    urllib.request.urlopen(
        urllib.request.Request(f"{first.server.url}/api/gallery/session/{session}", method="DELETE"),
        timeout=10,
    )
    name = second.page.get_by_label("Session name")
    name.fill("Kept")
    name.press("Enter")
    note = second.page.get_by_role("group", name="Discarded elsewhere")
    expect(note).to_be_visible(timeout=SOON)
    second.shoot("discarded-390-light")
    note.get_by_role("button", name="Bring it back").click()
    expect(note).to_have_count(0)
    expect(second.save_state).to_contain_text("All saved", timeout=SOON)
    assert saved(first.server, path)["name"] == "Kept"


def test_c26_what_was_typed_when_the_tab_was_closed_is_there(gallery: Gallery, server: Server) -> None:
    path = gallery.make_session(1)
    server.stop()
    write_at(gallery.page, 0, "Unsent: ")
    gallery.page.wait_for_timeout(500)
    context = gallery.page.context
    gallery.page.close(run_before_unload=False)
    server.start()
    again = Gallery(context.new_page(), server)
    again.open(path)
    expect(again.page.get_by_label(WRITING)).to_have_value(
        "Unsent: Looking for elegant evening wear for a long night in the old town, rain just over."
    )
    expect(again.save_state).to_contain_text("All saved", timeout=SOON)
    assert saved(server, path)["user_composition"].startswith("Unsent: ")
