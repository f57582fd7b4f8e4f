"""The canvas in the hand: mouse, finger, files."""

from __future__ import annotations

import base64
from typing import Any

from playwright.sync_api import CDPSession, Locator, expect

from .conftest import PHONE, Gallery, NewGallery
from .hanging import images, open_wall, png

DROP = """([files, x, y]) => {
    const data = new DataTransfer();
    for (const [name, base64] of files) {
        const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
        data.items.add(new File([bytes], name));
    }
    const at = { dataTransfer: data, bubbles: true, cancelable: true, clientX: x, clientY: y };
    const wall = document.querySelector('.canvas-scroller');
    wall.dispatchEvent(new DragEvent('dragover', at));
    if (x === null) document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
    else wall.dispatchEvent(new DragEvent('drop', at));
}"""


def box(card: Locator) -> dict[str, float]:
    found = card.locator(".card-picture").bounding_box()
    assert found is not None
    return {"x": found["x"], "y": found["y"], "width": found["width"], "height": found["height"]}


def files(*pairs: tuple[str, bytes]) -> list[list[str]]:
    return [[name, base64.b64encode(data).decode()] for name, data in pairs]


def test_c40_escape_puts_a_carried_card_back(gallery: Gallery) -> None:
    page = gallery.page
    open_wall(gallery, 2)
    before = gallery.places()
    at = box(gallery.cards.first)
    page.mouse.move(at["x"] + 50, at["y"] + 50)
    page.mouse.down()
    page.mouse.move(at["x"] + 150, at["y"] + 250, steps=4)
    expect(gallery.cards.first).to_have_class("card is-held")
    page.keyboard.press("Escape")
    expect(gallery.cards.first).to_have_class("card")
    page.mouse.up()
    assert gallery.places() == before
    expect(page.get_by_role("dialog")).to_have_count(0)
    gallery.expect_quiet()


def test_c52_a_marquee_chooses_and_the_chosen_move_as_one(gallery: Gallery) -> None:
    page = gallery.page
    path = open_wall(gallery)
    before = gallery.places()
    first, third = box(gallery.cards.nth(0)), box(gallery.cards.nth(2))
    page.mouse.move(first["x"] - 15, first["y"] - 15)
    page.mouse.down()
    page.mouse.move(third["x"] + 30, third["y"] + 60, steps=6)
    page.mouse.up()
    expect(page.get_by_text("3 selected")).to_be_visible()
    gallery.shoot("chosen-1440-light")
    gallery.drag(gallery.cards.nth(1), 20, 60)
    after = gallery.places()
    ids = list(before)
    assert [after[one] for one in ids[:3]] == [(x + 20, y + 60) for x, y in (before[one] for one in ids[:3])]
    assert [after[one] for one in ids[3:]] == [before[one] for one in ids[3:]]
    expect(gallery.save_state).to_contain_text("All saved")
    assert [images(gallery, path)[one]["y"] for one in ids[:3]] == [100, 100, 100]
    page.keyboard.press("Control+z")
    assert gallery.places() == before
    page.mouse.click(first["x"] - 15, first["y"] - 15)
    expect(page.get_by_text("3 selected")).to_have_count(0)
    gallery.expect_quiet()


def test_c52_a_click_shows_and_a_click_with_control_chooses(gallery: Gallery) -> None:
    page = gallery.page
    open_wall(gallery, 3)
    pictures = page.locator(".card-picture")
    pictures.nth(0).click(modifiers=["Control"])
    pictures.nth(1).click(modifiers=["Shift"])
    expect(page.get_by_text("2 selected")).to_be_visible()
    pictures.nth(1).click(modifiers=["Control"])
    expect(page.get_by_text("1 selected")).to_be_visible()
    pictures.nth(2).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("1 selected")).to_be_visible()
    gallery.expect_quiet()


def test_c44_a_corner_resizes_and_keeps_the_shape(gallery: Gallery) -> None:
    page = gallery.page
    path = open_wall(gallery, 2)
    card = gallery.cards.first
    before = box(card)
    card.hover()
    corner = card.locator(".card-corner[data-x='1'][data-y='1']").bounding_box()
    assert corner is not None
    page.mouse.move(corner["x"] + 8, corner["y"] + 8)
    page.mouse.down()
    page.mouse.move(corner["x"] + 98, corner["y"] + 40, steps=5)
    page.mouse.up()
    after = box(card)
    assert (round(after["width"]), round(after["height"])) == (270, 330)
    assert (round(after["x"]), round(after["y"])) == (round(before["x"]), round(before["y"]))
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Control+z")
    assert box(card) == before
    page.keyboard.press("Control+Shift+z")
    expect(gallery.save_state).to_contain_text("All saved")
    assert images(gallery, path)["img-001"]["width"] == 270
    gallery.expect_quiet()


def test_c48_the_wheel_zooms_toward_the_pointer(gallery: Gallery) -> None:
    page = gallery.page
    open_wall(gallery, 12)
    card = gallery.cards.nth(5)
    before = box(card)
    x, y = before["x"] + 90, before["y"] + 110
    page.mouse.move(x, y)
    page.keyboard.down("Control")
    for _ in range(4):
        page.mouse.wheel(0, -60)
    page.keyboard.up("Control")
    expect(page.get_by_role("button", name="Back to 100")).not_to_have_text("100%")
    after = box(card)
    assert after["width"] > before["width"] * 1.5
    assert abs(after["x"] + after["width"] / 2 - x) < 3
    assert abs(after["y"] + after["height"] / 2 - y) < 3
    gallery.drag(card, 100, 0)
    assert abs(box(card)["x"] - after["x"] - 100) < 3
    gallery.expect_quiet()


def test_c53_files_are_hung_where_they_are_dropped(gallery: Gallery) -> None:
    page = gallery.page
    path = open_wall(gallery, 4)
    page.evaluate(DROP, [files(("holiday.png", png(60, 30)), ("beach.png", png(30, 60))), 800, 600])
    expect(gallery.cards).to_have_count(6)
    gallery.expect_saved(6)
    hung = images(gallery, path)
    assert [hung[one]["generator"] for one in ("img-005", "img-006")] == [
        {"name": "file", "file": "holiday.png"},
        {"name": "file", "file": "beach.png"},
    ]
    expect(page.get_by_role("button", name="holiday.png")).to_be_visible()
    boxes = [box(card) for card in gallery.cards.all()]
    for one in boxes:
        for other in boxes:
            apart = one["x"] >= other["x"] + other["width"] or one["y"] >= other["y"] + other["height"]
            apart = apart or other["x"] >= one["x"] + one["width"] or other["y"] >= one["y"] + one["height"]
            assert one is other or apart
    page.keyboard.press("Control+z")
    expect(gallery.cards).to_have_count(4)
    gallery.expect_saved(4)
    page.reload()
    gallery.expect_saved(4)
    gallery.expect_quiet()


def test_c53_each_file_that_cannot_be_hung_is_told(gallery: Gallery) -> None:
    page = gallery.page
    open_wall(gallery, 1)
    heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
    broken = png()[:60]
    named = files(("a.heic", heic), ("b.svg", b"<svg/>"), ("c.pdf", b"%PDF-1.7"), ("d.png", broken))
    page.evaluate(DROP, [named, 800, 600])
    for name, word in (("a.heic", "HEIC"), ("b.svg", "SVG"), ("c.pdf", "PDF"), ("d.png", "damaged")):
        expect(page.get_by_role("listitem").filter(has_text=name)).to_contain_text(word)
    gallery.shoot("files-refused-1440-light")
    gallery.expect_accessible()
    page.get_by_role("button", name="Dismiss").click()
    expect(page.get_by_text("a.heic")).to_have_count(0)
    expect(gallery.cards).to_have_count(1)


def test_c53_a_picture_is_pasted_and_chosen(gallery: Gallery) -> None:
    page = gallery.page
    open_wall(gallery, 1)
    page.evaluate(DROP, [files(("pasted.png", png())), None, None])
    expect(gallery.cards).to_have_count(2)
    with page.expect_file_chooser() as choice:
        page.get_by_role("button", name="Hang a file…").click()
    choice.value.set_files({"name": "chosen.png", "mimeType": "image/png", "buffer": png()})
    expect(gallery.cards).to_have_count(3)
    gallery.expect_saved(3)
    gallery.expect_quiet()


def test_a_card_is_dragged_out_as_a_file(gallery: Gallery) -> None:
    open_wall(gallery, 1)
    told = gallery.page.locator(".card-out").evaluate(
        """(link) => {
            const data = new DataTransfer();
            link.dispatchEvent(new DragEvent('dragstart', { dataTransfer: data, bubbles: true }));
            return [data.getData('DownloadURL'), data.getData('text/uri-list')];
        }"""
    )
    assert told[0].startswith("image/png:Picture number 1")
    assert told[0].endswith(told[1])
    assert told[1].endswith("/images/img-001")


class Finger:
    """One finger or two on the glass, by the protocol of the browser."""

    def __init__(self, gallery: Gallery) -> None:
        self._cdp: CDPSession = gallery.page.context.new_cdp_session(gallery.page)

    def _send(self, kind: str, *points: tuple[float, float]) -> None:
        touched: list[Any] = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        self._cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touched})

    def down(self, *points: tuple[float, float]) -> None:
        self._send("touchStart", *points)

    def move(self, *points: tuple[float, float]) -> None:
        self._send("touchMove", *points)

    def up(self) -> None:
        self._send("touchEnd")


def test_a_finger_carries_after_a_hold_and_chooses_by_it(new_gallery: NewGallery) -> None:
    """SPEC C40, C52."""
    gallery = new_gallery(viewport=PHONE, has_touch=True, is_mobile=True, color_scheme="dark")
    page = gallery.page
    open_wall(gallery, 4)
    card, finger = page.locator(".card[data-card=img-001]"), Finger(gallery)
    before = box(card)
    at = (before["x"] + 60, before["y"] + 60)
    finger.down(at)
    expect(card).to_have_class("card is-held")
    finger.move((at[0] + 5, at[1] + 60))
    finger.move((at[0] + 10, at[1] + 120))
    finger.up()
    expect(card).to_have_class("card")
    assert abs(box(card)["y"] - before["y"] - 120) < 3
    expect(page.get_by_role("dialog")).to_have_count(0)

    now = box(card)
    finger.down((now["x"] + 60, now["y"] + 60))
    expect(card).to_have_class("card is-held")
    finger.up()
    expect(page.get_by_text("1 selected")).to_be_visible()
    other = page.locator(".card[data-card=img-002] .card-picture")
    other.tap()
    expect(page.get_by_text("2 selected")).to_be_visible()
    gallery.shoot("chosen-390-dark")
    page.get_by_role("button", name="Clear").tap()
    other.tap()
    expect(page.get_by_role("dialog")).to_be_visible()
    gallery.expect_quiet()


def test_c48_two_fingers_zoom(new_gallery: NewGallery) -> None:
    gallery = new_gallery(viewport=PHONE, has_touch=True, is_mobile=True)
    open_wall(gallery, 12)
    finger = Finger(gallery)
    finger.down((150, 400), (250, 400))
    for step in range(1, 6):
        finger.move((150 + step * 8, 400), (250 - step * 8, 400))
    finger.up()
    percent = gallery.page.get_by_role("button", name="Back to 100")
    expect(percent).not_to_have_text("100%")
    shown = int((percent.text_content() or "0").rstrip("%"))
    assert 15 <= shown <= 40
    gallery.expect_quiet()
