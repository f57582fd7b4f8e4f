"""No picture is lost and none is saved twice, whatever happens to network, tab, browser and server."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, expect

from .conftest import CHROMIUM, COMPOSITION, DESK, FLAGS, PATIENCE_MS, Gallery, NewGallery, Server
from .wire import Wire

MEMORY_ONLY = "This browser cannot keep unsent pictures: leave this page open until all is saved."
SESSION_PAGE = re.compile(r"/dynamic/gal-\d+-[0-9a-z]{6}$")


@dataclass
class OnWire(Gallery):
    """A page that reaches the server by a wire that can be cut."""

    wire: Wire = None  # type: ignore[assignment]

    def open(self, path: str = "/") -> None:
        self.page.goto(self.wire.url + path)

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.wire.url)

    @property
    def toasts(self) -> Locator:
        return self.page.locator(".toast")

    def begin(self, count: int) -> None:
        self.open()
        self.write(COMPOSITION)
        self.generate(count)
        expect(self.cards).to_have_count(count, timeout=120_000)

    def expect_recorded(self, count: int) -> None:
        """Exactly the pictures that were made lie in the session, byte for byte."""
        self.page.wait_for_url(SESSION_PAGE)
        images = self.images()
        assert len(images) == count
        stored = [hashlib.sha256(self.fetch(image["url"])).hexdigest() for image in images]
        assert sorted(stored) == sorted(self.wire.made)
        assert [image["sha256"] for image in images] == stored

    def images(self) -> list[dict[str, Any]]:
        session = self.path.rsplit("/", 1)[-1]
        answer = json.loads(self.fetch(f"/api/gallery/session/{session}/images"))
        images: list[dict[str, Any]] = answer["images"]
        return images

    def fetch(self, path: str) -> bytes:
        with urllib.request.urlopen(self.server.url + path, timeout=30) as answer:
            content: bytes = answer.read()
            return content

    def expect_kept(self, count: int) -> None:
        """The browser has committed so many pictures to its database."""
        self.page.wait_for_function(
            """(count) => new Promise((resolve) => {
                indexedDB.open('dynamic-gallery-outbox').onsuccess = ({ target: { result: db } }) => {
                    const asked = db.transaction('pictures').objectStore('pictures').count();
                    asked.onsuccess = () => { db.close(); resolve(asked.result === count); };
                };
            })""",
            arg=count,
        )

    def sessions(self) -> int:
        total: int = json.loads(self.fetch("/api/gallery/sessions"))["total"]
        return total


@pytest.fixture
def wire(server: Server) -> Iterator[Wire]:
    wire = Wire(server.port)
    yield wire
    wire.close()


@pytest.fixture
def wired(new_gallery: NewGallery, wire: Wire) -> OnWire:
    gallery = new_gallery()
    gallery.page.on("dialog", lambda dialog: dialog.accept())
    return OnWire(gallery.page, gallery.server, wire=wire)


def another(wired: OnWire) -> OnWire:
    """A second tab of the same browser."""
    page = wired.page.context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    return OnWire(page, wired.server, wire=wired.wire)


def test_c1_twenty_pictures_survive_a_cut_network_two_reloads_and_a_restart(
    wired: OnWire, wire: Wire, server: Server
) -> None:
    """C1, C2, C3: the network goes in the middle of the saves; some answers are lost on their way."""
    wire.answers_to_lose = 3
    wire.cut_saves(after=8)
    wired.begin(20)
    wired.page.wait_for_url(SESSION_PAGE)
    expect(wired.save_state).to_have_text(re.compile(r"^Offline, 1\d waiting$"))
    wired.page.context.set_offline(True)
    wired.page.context.set_offline(False)
    expect(wired.save_state).to_have_text(re.compile(r"^Offline, 1\d waiting$"))

    wired.page.reload()
    expect(wired.toasts).to_contain_text("from before are being saved")
    expect(wired.cards.first).to_be_visible()
    expect(wired.save_state).to_have_text(re.compile(r"^Offline, 1\d waiting$"))
    wired.shoot("outbox-restored-1440-light")
    server.stop()
    server.start()
    wire.answers_to_lose = 2
    wired.page.reload()
    wire.mend()

    wired.expect_saved(20)
    wired.expect_recorded(20)
    expect(wired.cards).to_have_count(20)
    wired.expect_pictures_loaded()
    wired.page.reload()
    wired.expect_saved(20)
    expect(wired.toasts).to_have_count(0)


def test_c4_a_canvas_without_a_session_survives_a_reload_and_becomes_one_session(
    wired: OnWire, wire: Wire
) -> None:
    sessions = wired.sessions()
    wire.is_cut = lambda method, path: method == "POST" and path.startswith("/api/gallery")
    wired.begin(2)
    expect(wired.save_state).to_have_text("Offline, 2 waiting")
    places = wired.places()
    wired.drag(wired.cards.first, 40, 330)
    moved = wired.places()
    assert moved != places
    wired.page.wait_for_timeout(600)  # until the move is kept
    wired.page.reload()
    expect(wired.cards).to_have_count(2)
    assert wired.places() == moved
    expect(wired.page.get_by_label("What are you looking for?")).to_have_value(COMPOSITION)
    wire.creations_to_lose = 1
    wire.answers_to_lose = 1
    wire.mend()
    wired.expect_saved(2)
    wired.expect_recorded(2)
    assert wired.sessions() == sessions + 1
    wired.page.reload()
    wired.expect_saved(2)
    # A scroll bar may come and go: the wall is a few pixels wider then.
    after = [side for place in sorted(wired.places().values()) for side in place]
    assert after == pytest.approx([side for place in sorted(moved.values()) for side in place], abs=8)


def test_c5_a_killed_browser_sends_its_pictures_when_it_is_started_again(
    browser: Browser, wire: Wire, server: Server, tmp_path: Path
) -> None:
    profile = tmp_path / "profile"
    context = persistent(browser, profile)
    first = OnWire(context.pages[0], server, wire=wire)
    wire.is_cut = lambda method, path: method == "POST" and path.startswith("/api/gallery")
    first.begin(3)
    expect(first.save_state).to_have_text("Offline, 3 waiting")
    first.expect_kept(3)
    kill_browser(profile)
    wire.mend()

    context = persistent(browser, profile)
    second = OnWire(context.pages[0], server, wire=wire)
    second.open()
    expect(second.toasts).to_contain_text("3 pictures from before were saved.")
    second.page.get_by_role("link", name="Open", exact=True).click()
    second.expect_saved(3)
    second.expect_recorded(3)
    context.close()


def test_c6_two_tabs_send_no_picture_twice(wired: OnWire, wire: Wire) -> None:
    wired.begin(4)
    wired.expect_saved(4)
    wire.gate.clear()
    wired.generate(8)
    expect(wired.cards).to_have_count(12, timeout=120_000)
    second = another(wired)
    second.open(wired.path)
    expect(second.cards).to_have_count(12)
    wired.page.wait_for_timeout(1000)
    wire.gate.set()
    wired.expect_saved(12)
    second.expect_saved(12)
    assert len(wire.tried) == len(set(wire.tried)) == 12
    wired.expect_recorded(12)


def test_c6_a_tab_closed_in_the_middle_of_a_save_hands_over_to_the_other(wired: OnWire, wire: Wire) -> None:
    wired.begin(1)
    wired.expect_saved(1)
    wire.gate.clear()
    wired.generate(5)
    expect(wired.cards).to_have_count(6, timeout=120_000)
    second = another(wired)
    second.open(wired.path)
    expect(second.cards).to_have_count(6)
    wired.page.close()
    wire.gate.set()
    second.expect_saved(6)
    second.expect_recorded(6)


@pytest.mark.parametrize(
    "broken",
    [
        "indexedDB.open = () => { throw new DOMException('no', 'SecurityError'); }",
        "indexedDB.open = () => new EventTarget()",
        "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }",
    ],
    ids=["absent", "hanging", "full"],
)
def test_c7_without_room_in_the_browser_it_is_said_and_all_is_saved_from_memory(
    wired: OnWire, wire: Wire, broken: str
) -> None:
    wired.page.add_init_script(broken)
    wire.is_cut = lambda method, path: method == "POST" and path.startswith("/api/gallery")
    wired.begin(3)
    expect(wired.save_state).to_have_text("Offline, 3 waiting")
    expect(wired.toasts).to_have_count(1)
    expect(wired.toasts).to_contain_text(MEMORY_ONLY)
    wire.mend()
    wired.expect_saved(3)
    wired.expect_recorded(3)
    expect(wired.toasts).to_have_count(0)


def test_c8_pictures_of_a_session_that_is_gone_can_be_saved_as_a_new_one(wired: OnWire, wire: Wire) -> None:
    wired.begin(1)
    wired.expect_saved(1)
    gone = wired.path.rsplit("/", 1)[-1]
    wire.cut_saves()
    wired.generate(2)
    expect(wired.save_state).to_have_text("Offline, 2 waiting")
    request = urllib.request.Request(
        f"{wired.server.url}/api/gallery/session/{gone}?permanent=true", method="DELETE"
    )
    urllib.request.urlopen(request, timeout=10).close()
    wire.mend()
    expect(wired.toasts.first).to_contain_text(
        "2 pictures could not be saved: the session they are in is not there any more.",
    )
    wired.shoot("outbox-gone-1440-light")
    wired.page.get_by_role("button", name="Save as a new session").click()
    wired.page.get_by_role("link", name="Open", exact=True).click()
    wired.expect_saved(2)
    assert gone not in wired.page.url
    del wire.made[0]
    wired.expect_recorded(2)


def test_c9_a_picture_taken_down_before_it_is_saved_stays_down(wired: OnWire, wire: Wire) -> None:
    wire.answers_to_lose = 1
    wire.cut_saves(after=1)
    wired.begin(2)
    expect(wired.save_state).to_have_text("Offline, 2 waiting")
    for _ in range(2):
        wired.cards.first.hover()
        wired.page.get_by_role("button", name="Take down picture 1").click()
    expect(wired.cards).to_have_count(0)
    wired.page.reload()
    wire.mend()
    expect(wired.page.locator(".empty-wall")).to_be_visible()
    deadline = time.monotonic() + 20
    while wired.images() and time.monotonic() < deadline:
        wired.page.wait_for_timeout(200)
    assert wired.images() == []
    wired.page.reload()
    expect(wired.page.locator(".empty-wall")).to_be_visible()
    expect(wired.cards).to_have_count(0)


def persistent(browser: Browser, profile: Path) -> BrowserContext:
    context = browser.browser_type.launch_persistent_context(
        profile, executable_path=CHROMIUM, args=FLAGS, viewport=DESK
    )
    context.set_default_timeout(PATIENCE_MS)
    return context


def kill_browser(profile: Path) -> None:
    """SIGKILL to all processes of the browser on this profile, as when the machine's memory is out."""
    for entry in Path("/proc").iterdir():
        try:
            command = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if entry.name.isdigit() and str(profile).encode() in command:
            os.kill(int(entry.name), signal.SIGKILL)


def test_c10_leaving_asks_only_while_something_of_this_page_is_unsent(wired: OnWire, wire: Wire) -> None:
    asked: list[str] = []
    wired.page.on("dialog", lambda dialog: asked.append(dialog.type))
    wire.cut_saves()
    wired.begin(1)
    expect(wired.save_state).to_have_text("Offline, 1 waiting")
    wired.page.reload()
    assert asked == ["beforeunload"]
    expect(wired.cards).to_have_count(1)
    wire.mend()
    wired.expect_saved(1)
    wired.page.reload()
    assert asked == ["beforeunload"]
