"""The exported ZIP, unpacked and opened from disk with the network off."""

from __future__ import annotations

import io
import re
import urllib.request
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, expect

from .conftest import ROOT, SHOTS, Server
from .recorded import Recorded, directive, record_session, sketched_pictures


@pytest.fixture(scope="module")
def unpacked(server_of_module: Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[Recorded, Path]:
    """A session as it was exported by the server, which is gone afterwards."""
    if not server_of_module.running:
        server_of_module.start()
    recorded = record_session(server_of_module, "</script> & friends", sketched_pictures(server_of_module, 4))
    with urllib.request.urlopen(f"{server_of_module.url}/api/gallery/session/{recorded.id}/export") as answer:
        archive = zipfile.ZipFile(io.BytesIO(answer.read()))
    folder = tmp_path_factory.mktemp("exported folder ü")
    archive.extractall(folder)
    server_of_module.stop()
    return recorded, folder


def test_r12_the_player_is_one_small_file_with_one_place_for_the_recording() -> None:
    page = (ROOT / "backend/dynamic_gallery/static/player.html").read_text(encoding="utf-8")
    assert page.count('<script id="recording" type="application/json">null</script>') == 1
    assert page.count("<script") == page.count("</script>") == 2
    assert "@import" not in page
    assert re.findall(r"""(?:src|href)=["']?(?!data:)[\w./-]+\.(?:js|css|woff2)""", page) == []
    assert len(page) < 500_000


def test_r12_the_file_plays_from_disk_without_network(
    browser: Browser, unpacked: tuple[Recorded, Path]
) -> None:
    recorded, folder = unpacked
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme="dark", offline=True)
    page = context.new_page()
    complaints: list[str] = []
    asked: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / "index.html").as_uri() + "?timing=even&t=5.7")
    expect(page.locator(".replay-title")).to_have_text(directive(0))
    expect(page.locator(".replay-held img")).to_be_visible()
    page.wait_for_function("document.querySelector('.replay-held img').naturalWidth > 0")
    page.screenshot(path=SHOTS / "replay-file-dark.png")
    page.get_by_role("combobox", name="Speed").select_option("8")
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_role("button", name="Play again")).to_be_visible(timeout=30_000)
    expect(page.locator(".replay-card:not([data-missing]) > *")).to_have_count(len(recorded.records))
    expect(page).to_have_title("</script> & friends")
    assert all(url.startswith(("file://", "data:")) for url in asked)
    names = {url.rsplit("/", 1)[-1] for url in asked if url.startswith("file:")}
    assert {name.split("?")[0] for name in names} == {
        "index.html",
        *(r["filename"] for r in recorded.records),
    }
    assert complaints == []
    context.close()


def test_a8_nothing_in_the_file_runs_but_the_player(
    browser: Browser, unpacked: tuple[Recorded, Path]
) -> None:
    """Should a text of a session ever become a part of the page, it stays dead."""
    _, folder = unpacked
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((folder / "index.html").as_uri())
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    page.evaluate(
        """() => {
            const holder = document.createElement('div');
            holder.innerHTML = '<img src="nowhere" onerror="window.evil = 1"><iframe src="data:text/html,a"></iframe>';
            const script = document.createElement('script');
            script.textContent = 'window.evil = 2';
            document.body.append(holder, script);
            return fetch('https://example.org/').catch(() => new Promise((done) => setTimeout(done, 200)));
        }"""
    )
    assert page.evaluate("window.evil") is None
    context.close()
