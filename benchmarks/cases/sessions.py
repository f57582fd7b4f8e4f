"""A page of 50 sessions, out of few and out of very many."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from ..load import Load, Request
from ..measure import Contender, Plan, Row, compare
from ..seeding import seed_gallery, seed_naive
from ..servers import Gallery, Naive

COUNTS = (100, 10_000, 100_000)


def run(folder: Path, plan: Plan) -> Iterator[Row]:
    """Yield the rows of this case; each number of sessions has a server of its own."""
    page = Load([Request("/api/gallery/sessions?limit=50")], 2)
    counts = COUNTS[:2] if plan.quick else COUNTS
    with ExitStack() as stack:
        contenders = []
        for count in counts:
            storage = folder.parent / f"gallery-{count}"  # shared by several cases
            seed_gallery(storage, count)
            server = stack.enter_context(Gallery(storage))
            contenders.append(Contender(f"gallery, of {count:,}", server, lambda: page))
        for count in counts[:2]:
            seed_naive(folder / f"naive-{count}", count)
            plain = stack.enter_context(Naive(folder / f"naive-{count}"))
            contenders.append(Contender(f"naive (all) of {count:,}", plain, lambda: page))
        rows = compare("page of 50 sessions", contenders, plan)
    small = rows[f"gallery, of {counts[0]:,}"]
    for count in counts[1:]:
        row = rows[f"gallery, of {count:,}"].compare(small)
        row.demand(f"2 × a page of {counts[0]}", row.ratios[f"CPU / {small.label}"] <= 2)
    yield from rows.values()
