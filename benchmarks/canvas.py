"""Measure a wall of 1,000 pictures in a real browser: ``python -m benchmarks.canvas``.

The same hands scroll, zoom and drag the gallery's page and a plain one: the original pictures as
absolutely placed ``<img>`` elements, which a few lines of script zoom and drag. Frame times are
the intervals between the frames that Chromium drew, from its own trace; nothing is asserted.
"""

import argparse
import hashlib
import io
import itertools
import json
import statistics
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from .seeding import image_record, session_id, session_record
from .servers import Gallery

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]
VIEW: ViewportSize = {"width": 1440, "height": 900}
WALL, COLUMNS, CARD = 1065, 6, 150
VARIANTS = 24
RESULTS = Path(__file__).resolve().parent / "results"
FRAMES = ["devtools.timeline.frame", "disabled-by-default-devtools.timeline.frame"]


@dataclass
class Frames:
    """The frames of one scenario, in milliseconds between one and the next."""

    times: list[float]
    dropped: int

    def line(self) -> str:
        """Median, 95th percentile, longest, and how many were dropped."""
        if len(self.times) < 2:
            return "- | - | - | - | -"
        ordered = sorted(self.times)
        high = ordered[int(len(ordered) * 0.95)]
        numbers = f"{statistics.median(ordered):.1f} | {high:.1f} | {ordered[-1]:.0f}"
        return f"{numbers} | {len(ordered)} | {self.dropped}"


def draw(variant: int) -> tuple[bytes, int, int]:
    """A picture of about a megapixel and a megabyte, with its size."""
    width, height = ((864, 1056), (1056, 864), (960, 960))[variant % 3]
    random = np.random.default_rng(variant)
    soft = Image.fromarray(random.integers(40, 230, (6, 5, 3), dtype=np.uint8)).resize((width, height))
    grain = np.asarray(soft).astype(int) + random.integers(-8, 8, (height, width, 3))
    out = io.BytesIO()
    Image.fromarray(grain.clip(0, 255).astype(np.uint8)).save(out, "PNG", compress_level=3)
    return out.getvalue(), width, height


def place(number: int, width: int, height: int) -> dict[str, float]:
    """Where picture ``number`` hangs: six in a row."""
    row, column = divmod(number, COLUMNS)
    x = (16 + column * 174) / WALL * 100
    return {"x": x, "y": 20 + row * 270, "width": CARD, "height": CARD * height / width, "canvas_width": WALL}


def seed(root: Path, count: int) -> None:
    """One session with ``count`` pictures, written as the gallery keeps it."""
    folder = root / session_id(0)
    folder.mkdir(parents=True)
    (folder / "metadata.json").write_text(json.dumps(session_record(0)))
    pictures = [draw(variant) for variant in range(VARIANTS)]
    for index in range(count):
        data, width, height = pictures[index % VARIANTS]
        number = index + 1
        blob = folder / f"img_{number:03}.png"
        first = folder / f"img_{index % VARIANTS + 1:03}.png"
        if first == blob:
            blob.write_bytes(data)
        else:
            blob.hardlink_to(first)
        facts = {"size": len(data), "pixel_width": width, "pixel_height": height}
        sums = {"sha256": hashlib.sha256(data).hexdigest(), "crc32": zlib.crc32(data)}
        record = {**image_record(0, number), **place(index, width, height), **facts, **sums}
        (folder / f"img_{number:03}.json").write_text(json.dumps(record))


def plain_page(count: int) -> str:
    """The yardstick: every original in the page, placed by ``left`` and ``top``."""
    tags = []
    for index in range(count):
        _, width, height = index, *((864, 1056), (1056, 864), (960, 960))[index % VARIANTS % 3]
        at = place(index, width, height)
        style = f"left:{at['x'] * WALL / 100}px;top:{at['y']}px;width:{CARD}px;height:{at['height']:.0f}px"
        url = f"/api/gallery/session/{session_id(0)}/images/img-{index + 1:03}"
        tags.append(f'<img class="card" style="{style}" src="{url}" draggable="false">')
    height = 20 + (count // COLUMNS + 1) * 270
    return PLAIN.replace("CARDS", "".join(tags)).replace("HEIGHT", str(height)).replace("WIDTH", str(WALL))


PLAIN = """<!doctype html><style>
body{margin:0} .canvas-scroller{position:absolute;left:360px;right:0;top:0;bottom:0;overflow:auto}
.stage{position:relative;width:WIDTHpx;height:HEIGHTpx;transform-origin:0 0} .card{position:absolute}
</style><div class="canvas-scroller"><div class="stage">CARDS</div></div><script>
const wall = document.querySelector('.canvas-scroller'), stage = document.querySelector('.stage');
let zoom = 1, chosen = [], down = null;
wall.addEventListener('wheel', (event) => {
  if (!event.ctrlKey) return;
  event.preventDefault();
  zoom = Math.min(4, Math.max(0.1, zoom * Math.exp(-event.deltaY / 180)));
  stage.style.transform = `scale(${zoom})`;
}, { passive: false });
stage.addEventListener('pointerdown', ({ target, clientX, clientY }) => {
  const held = chosen.includes(target) ? chosen : [target];
  down = { x: clientX, y: clientY, held: held.map((one) => [one, one.offsetLeft, one.offsetTop]) };
});
addEventListener('pointermove', ({ clientX, clientY }) => {
  for (const [one, left, top] of down?.held ?? []) {
    one.style.left = `${left + clientX - down.x}px`;
    one.style.top = `${top + clientY - down.y}px`;
  }
});
addEventListener('pointerup', () => (down = null));
window.choose = (count) => (chosen = [...document.querySelectorAll('.card')].slice(0, count));
</script>"""


def scroll(page: Page) -> None:
    """Down the wall, three screens a second for three seconds, and back."""
    cdp = page.context.new_cdp_session(page)
    for distance in (-8000, 8000):
        gesture = {"x": 900, "y": 500, "yDistance": distance, "speed": 2700, "preventFling": True}
        cdp.send("Input.synthesizeScrollGesture", {**gesture, "gestureSourceType": "mouse"})


def zoom(page: Page) -> None:
    """Out to a third and in again, by the wheel with Ctrl held."""
    page.mouse.move(900, 450)
    page.keyboard.down("Control")
    for direction in (1, -1):
        for _ in range(50):
            page.mouse.wheel(0, direction * 4)
            page.wait_for_timeout(16)
    page.keyboard.up("Control")


def drag(page: Page) -> None:
    """The first card in circles for three seconds."""
    card = page.locator(".card").first.bounding_box()
    assert card is not None
    x, y = card["x"] + 60, card["y"] + 60
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(180):
        page.mouse.move(x + step % 60 * 4, y + abs(step % 60 - 30) * 6)
        page.wait_for_timeout(12)
    page.mouse.up()


def drag_fifty(page: Page) -> None:
    """Fifty cards at once."""
    if page.evaluate("'choose' in window"):
        page.evaluate("choose(50)")
    else:
        choose_fifty(page)
    drag(page)


def choose_fifty(page: Page) -> None:
    """By a marquee over eight rows and a bit, drawn on a smaller wall."""
    page.locator("#wall").focus()
    for _ in range(4):
        page.keyboard.press("-")
    page.wait_for_timeout(500)
    first = page.locator(".card").first.bounding_box()
    fiftieth = page.locator(".card[data-card='img-048']").bounding_box()
    assert first is not None
    assert fiftieth is not None
    page.mouse.move(first["x"] - 4, first["y"] - 4)
    page.mouse.down()
    page.mouse.move(fiftieth["x"] + 20, fiftieth["y"] + 20, steps=8)
    page.mouse.up()
    page.keyboard.press("0")
    page.locator(".canvas-scroller").evaluate("wall => wall.scrollTo(0, 0)")
    page.wait_for_timeout(800)


SCENARIOS: dict[str, Callable[[Page], None]] = {
    "scroll": scroll,
    "zoom": zoom,
    "drag one": drag,
    "drag 50": drag_fifty,
}


def watched(browser: Browser, page: Page, hands: Callable[[Page], None]) -> Frames:
    """What Chromium drew while ``hands`` were at work."""
    browser.start_tracing(page=page, categories=FRAMES)
    hands(page)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    drawn = sorted(event["ts"] / 1000 for event in events if event["name"] == "DrawFrame")
    dropped = sum(event["name"] == "DroppedFrame" for event in events)
    return Frames([b - a for a, b in itertools.pairwise(drawn)], dropped)


def first_cards(page: Page, url: str) -> float:
    """Milliseconds from the visit to the first screen of pictures drawn."""
    begun = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_function(
        """() => {
            const seen = [...document.querySelectorAll('.card')].filter((card) => card.getBoundingClientRect().top < 700);
            const images = seen.map((card) => card.matches('img') ? card : card.querySelector('img'));
            return seen.length >= 12 && images.every((image) => image?.complete && image.naturalWidth > 0);
        }""",
        polling="raf",
        timeout=120_000,
    )
    return (time.perf_counter() - begun) * 1000


def visits(browser: Browser, base: str, count: int) -> Iterator[tuple[str, str, list[float], Page]]:
    """Opens both pages twice each, with a memory of their own; yields what it took, and the page."""
    for name, path in (("gallery", f"/dynamic/{session_id(0)}"), ("plain <img>", "/plain")):
        context = browser.new_context(viewport=VIEW)
        context.route(
            "**/plain", lambda route: route.fulfill(body=plain_page(count), content_type="text/html")
        )
        times, page = [], context.new_page()
        for _ in range(2):
            page.close()
            page = context.new_page()
            times.append(first_cards(page, base + path))
            page.wait_for_timeout(4000)
        yield name, path, times, page
        context.close()


def measure(count: int, only: str | None) -> Iterator[str]:
    """The lines of the report."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = Path(folder) / "gallery"
        seed(root, count)
        with Gallery(root) as server:
            server.settle()
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            yield from table(browser, f"http://127.0.0.1:{server.port}", count, only)
            browser.close()


def table(browser: Browser, base: str, count: int, only: str | None) -> Iterator[str]:
    """One row for each scenario and page, and the times of opening."""
    yield f"| {count} pictures | median ms | 95th ms | longest ms | frames | dropped |"
    yield "| --- | --- | --- | --- | --- | --- |"
    opened = []
    for name, path, times, page in visits(browser, base, count):
        opened.append(f"| {name} | {times[0]:.0f} | {times[1]:.0f} |")
        for scenario, hands in SCENARIOS.items():
            if only not in (None, scenario):
                continue
            page.goto(base + path)
            page.locator(".card").first.wait_for()
            page.wait_for_timeout(2500)
            yield f"| {scenario}: {name} | {watched(browser, page, hands).line()} |"
    yield ""
    yield "| first screen of pictures | first visit, ms | second visit, ms |"
    yield "| --- | --- | --- |"
    yield from opened


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.canvas", description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="how many pictures hang (default 1000)")
    parser.add_argument("--only", choices=SCENARIOS, help="one scenario; the results are not kept then")
    options = parser.parse_args()
    lines = []
    for line in measure(options.count, options.only):
        print(line, flush=True)
        lines.append(line)
    if options.only is None:
        text = f"# The canvas in Chromium\n\n{NOTE}\n\n" + "\n".join(lines) + "\n"
        (RESULTS / "canvas.md").write_text(text)
    return 0


NOTE = """`python -m benchmarks.canvas`: frame times are intervals between frames drawn, software rendering (no GPU),
1440 by 900. "plain <img>" are the same originals as absolutely placed elements in one page."""


if __name__ == "__main__":
    sys.exit(main())
