"""The first thing that must work: pictures are recorded, and the session opens again by its address."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .conftest import COMPOSITION, DESK, PHONE, Gallery, NewGallery, Server


def test_what_was_recorded_is_there_after_a_reload_and_after_a_restart(
    gallery: Gallery, new_gallery: NewGallery, server: Server
) -> None:
    page = gallery.page
    gallery.open()
    gallery.write(COMPOSITION)
    gallery.choose("Neverfull MM")
    gallery.choose("Aurelia Gown")
    page.get_by_role("button", name="Save Louis Vuitton Neverfull MM").click()
    gallery.generate(6)
    expect(page.locator("progress")).to_be_visible()
    gallery.expect_saved(6)
    page.wait_for_url("**/dynamic/gal-*")

    before = gallery.places()
    gallery.drag(gallery.cards.nth(3), -30, 330)
    moved = gallery.places()
    assert moved != before
    expect(gallery.save_state).to_contain_text("All saved")

    page.reload()
    gallery.expect_saved(6)
    gallery.expect_pictures_loaded()
    assert gallery.places() == moved
    expect(page.get_by_label("What are you looking for?")).to_have_value(COMPOSITION)
    saved = page.get_by_role("button", name="Save Louis Vuitton Neverfull MM", pressed=True)
    expect(saved).to_be_visible()

    server.stop()
    server.start()
    fresh = new_gallery()  # nothing remembered by the browser
    fresh.open(gallery.path)
    fresh.expect_saved(6)
    fresh.expect_pictures_loaded()
    assert fresh.places() == moved
    expect(fresh.page.get_by_label("What are you looking for?")).to_have_value(COMPOSITION)
    products = set(fresh.page.locator(".card-product").all_inner_texts())
    assert products == {"Neverfull MM", "Aurelia Gown"}
    gallery.expect_quiet(server_was_away=True)
    fresh.expect_quiet()


@pytest.mark.slow
def test_it_looks_right_and_axe_agrees(new_gallery: NewGallery) -> None:
    path = ""
    for scheme in ("light", "dark"):
        desk = new_gallery(viewport=DESK, color_scheme=scheme)
        if path == "":
            desk.open()
            desk.choose("Corso Heel 85")
            desk.choose("Meridian 38")
            desk.expect_accessible()
            desk.shoot("empty-1440-light")
            desk.write(COMPOSITION)
            desk.generate(6)
            desk.expect_saved(6)
            path = desk.path
        desk.open(path)
        desk.expect_saved(6)
        desk.expect_pictures_loaded()
        desk.expect_accessible()
        desk.shoot(f"session-1440-{scheme}")
        desk.cards.nth(1).locator(".card-picture").click()
        expect(desk.page.locator(".lightbox")).to_be_visible()
        desk.expect_accessible()
        desk.shoot(f"lightbox-1440-{scheme}")
        desk.open()
        expect(desk.page.locator(".entry[data-session]").first).to_be_visible()
        desk.expect_accessible()
        desk.shoot(f"sessions-1440-{scheme}")
        desk.expect_quiet()

        phone = new_gallery(viewport=PHONE, color_scheme=scheme, is_mobile=True, has_touch=True)
        phone.open(path)
        phone.expect_saved(6)
        phone.expect_accessible()
        phone.shoot(f"session-390-{scheme}")
        phone.open()
        expect(phone.page.locator(".entry[data-session]").first).to_be_visible()
        phone.expect_accessible()
        phone.shoot(f"sessions-390-{scheme}")
        phone.expect_quiet()
