"""Sessions leave one gallery as ZIPs and come into another, by hand, from the page."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Dialog, Route, expect

from .conftest import PHONE, Gallery, NewGallery, Server
from .hanging import ask, hang, open_wall, png

HOLD = """([files, kind]) => {
    const data = new DataTransfer();
    for (const [name, base64] of files) {
        const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
        data.items.add(new File([bytes], name));
    }
    const over = { dataTransfer: data, bubbles: true, cancelable: true };
    document.querySelector('.picker').dispatchEvent(new DragEvent(kind, over));
}"""


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Server]:
    """A second gallery, with nothing in it."""
    server = Server(tmp_path / "other")
    server.start()
    yield server
    server.stop()


def drag(gallery: Gallery, kind: str, **files: bytes) -> None:
    """Files are held over the list of sessions, or let go there; `__` in a name stands for a dot."""
    named = [[name.replace("__", "."), base64.b64encode(data).decode()] for name, data in files.items()]
    gallery.page.evaluate(HOLD, [named, kind])


def at(gallery: Gallery, server: Server) -> Gallery:
    """The list of sessions of a gallery, once it is there."""
    gallery.server = server
    gallery.open()
    gallery.page.locator("#sessions-title").wait_for()
    return gallery


def exported(server: Server, path: str) -> bytes:
    session = path.rsplit("/", 1)[-1]
    with urllib.request.urlopen(f"{server.url}/api/gallery/session/{session}/export") as answer:
        data: bytes = answer.read()
    return data


def pictures_of(gallery: Gallery, session: str) -> list[str]:
    """The sha256 of each picture that the server gives."""
    api = f"{gallery.server.url}/api/gallery/session/{session}/images"
    listed: list[dict[str, Any]] = gallery.page.request.get(api).json()["images"]
    bodies = [gallery.page.request.get(f"{gallery.server.url}{one['url']}").body() for one in listed]
    return [hashlib.sha256(body).hexdigest() for body in bodies]


def test_a14_a15_a_session_is_exported_here_and_dropped_there(
    gallery: Gallery, new_gallery: NewGallery, other: Server
) -> None:
    page = gallery.page
    path = open_wall(gallery, 3)
    session = path.rsplit("/", 1)[-1]
    page.get_by_label("Session name").fill("Evening out")  # not sent yet when the export is asked for
    page.get_by_role("button", name="Export", exact=True).click()
    dialog = page.get_by_role("dialog", name="Export")
    expect(dialog.get_by_role("status")).to_have_text(re.compile(r"^3 pictures, [\d.]+ [kM]B$"))
    gallery.expect_accessible()
    gallery.shoot("export-1440-light")
    with page.expect_download() as downloading:
        dialog.get_by_role("link", name="Download ZIP").click()
    expect(dialog).to_have_count(0)
    data = downloading.value.path().read_bytes()
    assert "Evening out" in downloading.value.suggested_filename
    assert f"{session}/metadata.json" in zipfile.ZipFile(io.BytesIO(data)).namelist()

    there = at(new_gallery(), other)
    drag(there, "dragover", session__zip=data)
    expect(there.page.get_by_text("Let go to import sessions")).to_be_visible()
    there.shoot("import-over-1440-light")
    drag(there, "drop", session__zip=data, notes__txt=b"no session")
    told = there.page.locator(".import")
    expect(told).to_have_text(
        [re.compile("“Evening out” is imported, with 3 pictures."), re.compile("notes.txt")]
    )
    expect(told.last).to_contain_text("was not imported.It is no session")
    expect(there.page.locator(f".entry[data-session={session}]")).to_be_visible()
    there.expect_accessible()
    there.shoot("imported-1440-light")
    assert pictures_of(there, session) == pictures_of(gallery, session)
    there.page.get_by_role("link", name="Open Evening out").first.click()
    expect(there.cards).to_have_count(3)
    there.expect_pictures_loaded()
    gallery.expect_quiet()
    there.expect_quiet()


def test_a14_it_is_said_what_would_be_missing(gallery: Gallery) -> None:
    page = gallery.page
    open_wall(gallery, 2)

    def cut(route: Route) -> None:
        if route.request.method == "POST":
            route.abort()
        else:
            route.fallback()

    page.route("**/api/gallery/session/*/images", cut)
    gallery.write("An evening in the old town")
    gallery.generate(1)
    expect(gallery.save_state).to_have_text("Offline, 1 waiting")
    page.get_by_role("button", name="Export", exact=True).click()
    dialog = page.get_by_role("dialog", name="Export")
    expect(dialog.get_by_text("1 picture is not saved yet and will be missing.")).to_be_visible()
    expect(dialog.get_by_role("status")).to_have_text(re.compile(r"^2 pictures, [\d.]+ [kM]B$"))
    gallery.shoot("export-missing-1440-light")
    page.unroute("**/api/gallery/session/*/images")
    expect(dialog.get_by_text("will be missing")).to_have_count(0, timeout=120_000)
    expect(dialog.get_by_role("status")).to_have_text(re.compile(r"^3 pictures, [\d.]+ [kM]B$"))
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Export", exact=True)).to_be_focused()


def test_a14_every_session_of_the_list_can_be_exported(new_gallery: NewGallery, server: Server) -> None:
    gallery = new_gallery(viewport=PHONE, color_scheme="dark")
    path = hang(server, 2)
    gallery.open()
    entry = gallery.page.locator(f".entry[data-session={path.rsplit('/', 1)[-1]}]")
    export = entry.get_by_role("button", name="Export On the wall")
    box = export.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    export.click()
    dialog = gallery.page.get_by_role("dialog", name="Export")
    expect(dialog.get_by_role("link")).to_be_focused()
    gallery.page.keyboard.press("Delete")  # is for the list below, and must not reach it
    expect(dialog.get_by_role("status")).to_have_text(re.compile(r"^2 pictures, [\d.]+ [kM]B$"))
    gallery.shoot("export-390-dark")
    with gallery.page.expect_download() as downloading:
        dialog.get_by_role("link", name="Download ZIP").click()
    assert zipfile.ZipFile(downloading.value.path()).testzip() is None
    expect(export).to_be_focused()
    gallery.expect_quiet()


def test_a16_a_broken_zip_is_refused_in_words_and_the_next_comes_in_under_a_new_name(
    gallery: Gallery, server: Server
) -> None:
    page = gallery.page
    path = hang(server, 1)
    data = exported(server, path)
    at(gallery, server)
    drag(gallery, "drop", half__zip=data[: len(data) // 2], whole__zip=data)
    expect(page.locator(".import[data-status=refused]")).to_contain_text("half.zip was not imported.")
    expect(page.locator(".import[data-status=refused]")).to_contain_text("Nothing was imported.")
    told = page.locator(".import[data-status=imported]")
    expect(told).to_contain_text("Kept under a new name, gal-")
    expect(told).to_contain_text(f"because {path.rsplit('/', 1)[-1]} already exists.")
    gallery.shoot("import-refused-1440-light")
    page.get_by_role("button", name="Dismiss half.zip").click()
    expect(page.get_by_role("region", name="Imports")).to_be_focused()
    told.get_by_role("link", name="Open On the wall").click()
    expect(gallery.cards).to_have_count(1)
    assert gallery.path != path
    page.go_back()
    expect(told).to_have_count(1)
    gallery.complaints = [one for one in gallery.complaints if "422" not in one]
    gallery.expect_quiet()


def test_a15_an_upload_is_cancelled_and_leaving_asks_first(gallery: Gallery, server: Server) -> None:
    page = gallery.page
    held: list[Route] = []
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    def hold(route: Route) -> None:
        held.append(route)

    page.on("dialog", stay)
    data = exported(server, hang(server, 1))
    at(gallery, server)
    page.route("**/api/gallery/import", hold)
    chosen: list[Any] = [
        {"name": f"{name}.zip", "mimeType": "application/zip", "buffer": data} for name in "ab"
    ]
    page.get_by_label("ZIPs of sessions").first.set_input_files(chosen)
    expect(page.locator(".import[data-status=waiting]")).to_have_count(1)
    page.get_by_role("button", name="Cancel importing b.zip").click()
    expect(page.locator(".import")).to_have_count(1)
    expect(page.locator(".import progress")).to_be_visible()
    page.get_by_role("heading", name="Imports").click()  # a page nobody touched may not ask
    page.reload()
    assert asked == ["beforeunload"]
    page.unroute("**/api/gallery/import")
    page.locator("#sessions-title").wait_for()
    page.reload()
    assert asked == ["beforeunload"]


def test_a15_pictures_dropped_on_the_list_begin_a_new_wall(gallery: Gallery, server: Server) -> None:
    at(gallery, server)
    drag(gallery, "drop", beach__png=png(60, 30))
    gallery.page.wait_for_url(re.compile(r"/dynamic/gal-"))
    gallery.expect_saved(1)
    gallery.expect_quiet()


def test_a17_an_empty_gallery_offers_the_sample(new_gallery: NewGallery, other: Server) -> None:
    gallery = at(new_gallery(), other)
    offer = gallery.page.get_by_role("button", name="Open the sample session")
    expect(offer).to_be_visible()
    gallery.expect_accessible()
    gallery.shoot("empty-1440-light")
    offer.click()
    gallery.page.wait_for_url(re.compile(r"/dynamic/gal-[^/]+/replay\?autoplay=1"))
    expect(gallery.page.get_by_role("heading", name="Morning Demo")).to_be_visible()
    expect(gallery.page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    gallery.open()
    expect(gallery.page.locator(".entry")).to_have_count(1)
    assert ask(other, "GET", "/api/gallery/sessions")["total"] == 1
    gallery.expect_quiet()
