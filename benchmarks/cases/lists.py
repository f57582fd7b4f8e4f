"""The list of a session's images, warm, and its 304."""

from collections.abc import Iterator
from pathlib import Path

from ..load import Load, Request
from ..measure import Contender, Plan, Row, compare
from ..seeding import seed_gallery, seed_images, seed_naive, session_id
from ..servers import Gallery, Naive, Server

# Images in the session, and the CPU milliseconds its list may cost.
CPU_MS = {1_000: 1.0, 10_000: 10.0}
CLIENTS = 4


def run(folder: Path, plan: Plan) -> Iterator[Row]:
    """Yield the rows of this case."""
    for count, allowed in CPU_MS.items():
        here = folder / str(count)
        seed_gallery(here / "gallery", 1)
        seed_images(here / "gallery", 0, count)
        seed_naive(here / "naive", 1, count)
        with Gallery(here / "gallery") as ours, Naive(here / "naive") as naive:
            yield from rows_of(count, allowed, ours, naive, plan)


def rows_of(count: int, allowed: float, ours: Server, naive: Server, plan: Plan) -> Iterator[Row]:
    """The whole list on both servers, and the 304 that only the gallery knows."""
    path = f"/api/gallery/session/{session_id(0)}/images"
    load = Load([Request(path)], CLIENTS)
    contenders = [Contender("gallery", ours, lambda: load), Contender("naive", naive, lambda: load)]
    rows = compare(f"list {count:,} images, warm", contenders, plan)
    rows["gallery"].compare(rows["naive"])
    rows["gallery"].demand(f"CPU ≤ {allowed:g} ms", rows["gallery"].sample.cpu_ms <= allowed)
    yield from rows.values()

    _, headers, _ = ours.ask("GET", path)
    again = Load([Request(path, headers={"If-None-Match": headers["etag"]})], CLIENTS, (304,))
    unchanged = compare(f"list {count:,} images, 304", [Contender("gallery", ours, lambda: again)], plan)
    yield unchanged["gallery"].demand("CPU < 0.3 ms", unchanged["gallery"].sample.cpu_ms < 0.3)
