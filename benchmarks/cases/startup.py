"""From the command to the first answered page of sessions, with 10,000 sessions in storage."""

import statistics
from collections.abc import Callable, Iterator
from pathlib import Path

from ..measure import Plan, Row, Sample
from ..seeding import seed_gallery, seed_naive
from ..servers import Gallery, Naive, Server

SESSIONS = 10_000
PAGE = "/api/gallery/sessions?limit=50"


class PatientNaive(Naive):
    """The naive server counts as started when it has answered the list, as the gallery does."""

    probe = PAGE


def start(make: Callable[[], Server]) -> tuple[float, float]:
    """Start a server once and stop it; returns wall and CPU seconds up to its first answer."""
    with make() as server:
        return server.start_seconds, server.cpu_seconds()


def run(folder: Path, plan: Plan) -> Iterator[Row]:
    """Yield the rows of this case: seconds are given as milliseconds a start."""
    ours, naive = folder.parent / f"gallery-{SESSIONS}", folder / "naive"  # ours is shared by several cases
    seed_gallery(ours, SESSIONS)
    seed_naive(naive, SESSIONS)

    def without_index() -> Server:
        (ours / "sessions.json").unlink(missing_ok=True)
        return Gallery(ours)

    ways: dict[str, Callable[[], Server]] = {
        "gallery, no index": without_index,
        "gallery": lambda: Gallery(ours),
        "naive": lambda: PatientNaive(naive),
    }
    times: dict[str, list[tuple[float, float]]] = {label: [] for label in ways}
    for _ in range(1 if plan.quick else 3):
        for label, make in ways.items():
            times[label].append(start(make))
    rows = {label: _row(label, several) for label, several in times.items()}
    for label in ("gallery, no index", "gallery"):
        row = rows[label]
        row.demand("naive + 0.5 s", row.sample.p50_ms <= rows["naive"].sample.p50_ms + 500)
        row.demand("under 3 s", row.sample.p50_ms < 3000)
    yield from rows.values()


def _row(label: str, several: list[tuple[float, float]]) -> Row:
    wall = statistics.median(wall for wall, _ in several) * 1e3
    cpu = statistics.median(cpu for _, cpu in several) * 1e3
    worst = max(wall for wall, _ in several) * 1e3
    return Row("start with 10,000 sessions", label, Sample(1e3 / wall, wall, worst, cpu))
