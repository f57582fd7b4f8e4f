"""The real server as a process, a real browser, and what a person does with both."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    expect,
    sync_playwright,
)

ROOT = Path(__file__).resolve().parent.parent
SHOTS = ROOT / "test-results"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
COMPOSITION = "Looking for elegant evening wear for a long night in the old town, rain just over."


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """`dynamic-gallery serve` on one folder and one port; can be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        SHOTS.mkdir(exist_ok=True)
        self.log = SHOTS / f"server-{self.port}.log"  # kept, to see why a request failed
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        command = Path(sys.executable).with_name("dynamic-gallery")
        arguments = [str(command), "serve", "--port", str(self.port), "--storage", str(self.folder)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(arguments, stdout=log, stderr=log)
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                if self._process.poll() is not None:
                    break
                time.sleep(0.1)
        raise AssertionError(f"the server did not start: {self.log.read_text()}")

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(15)
            self._process = None


@dataclass
class Gallery:
    """One browser page on one server, in the words of somebody who uses it."""

    page: Page
    server: Server
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> None:
        self.page.goto(self.server.url + path)

    def write(self, text: str) -> None:
        self.page.get_by_label("What are you looking for?").fill(text)

    def choose(self, product: str) -> None:
        self.page.locator(".product-choose", has_text=product).click()

    def generate(self, count: int) -> None:
        self.page.get_by_label("Number of pictures").fill(str(count))
        self.page.get_by_role("button", name=f"Generate {count}").click()

    def make_session(self, count: int) -> str:
        """Write, generate and wait until all is saved; returns the session's path."""
        self.open()
        self.write(COMPOSITION)
        self.generate(count)
        self.expect_saved(count)
        self.page.wait_for_url(re.compile(r"/dynamic/gal-\d+-[0-9a-z]{6}$"))
        return self.path

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.server.url)

    @property
    def cards(self) -> Locator:
        return self.page.locator(".card[data-stage=made]")

    @property
    def save_state(self) -> Locator:
        return self.page.locator(".page-save")

    def expect_saved(self, count: int) -> None:
        expect(self.cards.locator(".save-mark[data-save=saved]")).to_have_count(count, timeout=120_000)
        expect(self.save_state).to_contain_text("All saved")

    def places(self) -> dict[str, tuple[int, int]]:
        """Where each card hangs on the canvas, to the pixel."""
        found: dict[str, tuple[int, int]] = {}
        for card in self.cards.all():
            place = card.evaluate("card => [card.offsetLeft, card.offsetTop]")
            found[card.get_attribute("data-card") or ""] = (place[0], place[1])
        return found

    def expect_pictures_loaded(self) -> None:
        self.page.wait_for_function(
            "() => [...document.querySelectorAll('.card-picture img')]"
            ".every((img) => img.complete && img.naturalWidth > 0)"
        )

    def drag(self, card: Locator, dx: int, dy: int) -> None:
        box = card.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + 40
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + dx / 2, y + dy / 2, steps=4)
        self.page.mouse.move(x + dx, y + dy, steps=4)
        self.page.mouse.up()

    def shoot(self, name: str) -> None:
        SHOTS.mkdir(exist_ok=True)
        self._rest()
        self.page.screenshot(path=SHOTS / f"{name}.png", full_page=self.page.viewport_size == PHONE)

    def expect_accessible(self) -> None:
        """Nothing serious or critical for axe; evaluated, because the policy forbids injected script tags."""
        self._rest()
        self.page.evaluate((ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8"))
        result: dict[str, Any] = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        bad = [rule for rule in result["violations"] if rule["impact"] in ("serious", "critical")]
        assert not bad, "\n".join(f"{r['id']}: {[n['html'] for n in r['nodes']][:3]}" for r in bad)

    def _rest(self) -> None:
        """Fonts are there, and what fades in has come to rest."""
        self.page.evaluate(
            """async () => {
                await document.fonts.ready;
                const ends = document.getAnimations().filter((a) => a.effect.getComputedTiming().endTime < 5000);
                await Promise.all(ends.map((a) => a.finished.catch(() => null)));
            }"""
        )

    def expect_quiet(self, *, server_was_away: bool = False) -> None:
        """The console told of nothing; or only of a server that did not answer, while it was stopped."""
        heard = [one for one in self.complaints if not (server_was_away and "net::ERR_CONNECTION_" in one)]
        assert heard == []


PATIENCE_MS = 40_000
"""How long a page may take on a busy machine; a test waits so long only when it fails."""
expect.set_options(timeout=PATIENCE_MS)

PHONE: Any = {"width": 390, "height": 844}
DESK: Any = {"width": 1440, "height": 900}
NewGallery = Callable[..., Gallery]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test in a browser may take long on a busy machine."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.timeout(400))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def server_of_module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("server") / "gallery")
    yield server
    server.stop()


@pytest.fixture
def server(server_of_module: Server) -> Server:
    """A running server, which a test may stop and start."""
    if not server_of_module.running:
        server_of_module.start()
    return server_of_module


@pytest.fixture
def new_gallery(browser: Browser, server: Server) -> Iterator[NewGallery]:
    """Opens browser pages with storage of their own: `new_gallery(viewport=PHONE, color_scheme="dark")`."""
    contexts: list[BrowserContext] = []

    def create(**options: Any) -> Gallery:
        context = browser.new_context(**{"viewport": DESK, **options})
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        gallery = Gallery(context.new_page(), server)

        def hear(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                gallery.complaints.append(f"{message.text} {message.location.get('url', '')}")

        gallery.page.on("console", hear)
        gallery.page.on("pageerror", lambda error: gallery.complaints.append(str(error)))
        return gallery

    yield create
    for context in contexts:
        context.close()


@pytest.fixture
def gallery(new_gallery: NewGallery) -> Gallery:
    return new_gallery()
