"""Saving costs the same in an empty storage as in a session of 10,000 images within 10,000 sessions."""

from collections.abc import Iterator
from pathlib import Path

from ..load import Load
from ..measure import Contender, Plan, Row, compare
from ..pictures import KB
from ..saves import json_saves
from ..seeding import seed_gallery, seed_images, seed_naive, session_id
from ..servers import Gallery, Naive, Server
from .save import let_draw, saving

SESSIONS = IMAGES = 10_000
SIZE = 50 * KB
CLIENTS = 4


def into_big(label: str, server: Server) -> Contender:
    """Saves into the seeded session of 10,000 images, which grows."""
    load = Load(json_saves(session_id(0), SIZE), CLIENTS, (200, 201))
    return Contender(label, server, lambda: load, lambda: let_draw(server))


def run(folder: Path, plan: Plan) -> Iterator[Row]:
    """Yield the rows of this case."""
    full = folder.parent / f"gallery-{SESSIONS}"  # shared by several cases
    seed_gallery(full, SESSIONS)
    seed_images(full, 0, IMAGES)
    seed_naive(folder / "naive", SESSIONS, IMAGES)
    with Gallery(folder / "empty") as empty, Gallery(full) as big, Naive(folder / "naive") as naive:
        contenders = [
            saving("gallery, empty", empty, json_saves, SIZE, CLIENTS),
            into_big("gallery, 10,000", big),
        ]
        if not plan.quick:
            contenders.append(into_big("naive, 10,000", naive))
        rows = compare("save 50 kB into 10,000 images of 10,000 sessions", contenders, plan)
    row = rows["gallery, 10,000"].compare(rows["gallery, empty"])
    row.demand("rate ≥ empty / 1.3", row.ratios["rate / gallery, empty"] >= 1 / 1.3)
    row.demand("CPU ≤ 1.3 × empty", row.ratios["CPU / gallery, empty"] <= 1.3)
    yield from rows.values()
