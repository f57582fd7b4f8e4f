"""Film the sample session's replay, from the running program, into the short animation that the README shows.

Usage: ``python scripts/picture_of_replay.py [FILE]``. The page's clock is this script's own, so every frame is the
replay at its moment however slow the machine is. Needs the built front end and Chromium.
"""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from e2e.conftest import CHROMIUM, FLAGS, Server  # noqa: E402  (a script is no part of a package)

TARGET = ROOT / "docs" / "images" / "replay.webp"
VIEWPORT = {"width": 1200, "height": 720}
WIDTH = 800
FRAMES = 84
FRAME_MS = 125
LAST_MS = 2500
SPEED = 4


def main() -> None:
    """Record, shrink and write the animation."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "gallery")
        server.start()
        try:
            frames = film(server)
        finally:
            server.stop()
    target.parent.mkdir(parents=True, exist_ok=True)
    first, *rest = frames
    durations = [FRAME_MS] * len(rest) + [LAST_MS]
    first.save(target, save_all=True, append_images=rest, duration=durations, loop=0, quality=58, method=6)
    sys.stdout.write(f"{target}: {len(frames)} frames, {target.stat().st_size / 1e6:.2f} MB\n")


def film(server: Server) -> list[Image.Image]:
    """The frames of the replay, from its beginning to its end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport=VIEWPORT, color_scheme="dark")  # type: ignore[arg-type]
        page.clock.install()
        session = page.request.post(f"{server.url}/api/gallery/sample").json()["id"]
        page.goto(f"{server.url}/dynamic/{session}/replay?autoplay=1&speed={SPEED}&timing=even")
        page.get_by_role("button", name="Pause").wait_for()
        frames = [shot(page) for _ in range(FRAMES)]
        browser.close()
    return frames


def shot(page: Page) -> Image.Image:
    """The page as it is, after a frame's time went by."""
    page.clock.run_for(FRAME_MS)
    picture = Image.open(io.BytesIO(page.screenshot(animations="allow"))).convert("RGB")
    return picture.resize((WIDTH, round(picture.height * WIDTH / picture.width)), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main()
