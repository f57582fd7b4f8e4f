"""Durable saves: JSON base64 and multipart, by size and by number of clients at once."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from ..load import Load, Request
from ..measure import Contender, Plan, Row, compare
from ..pictures import KB, MB, SIZES
from ..saves import json_saves, multipart_saves, plain_puts
from ..servers import Gallery, Naive, Nginx, Server

THUMBNAILS_BEGIN_S = 1.2
"""So long after the last save the gallery surely draws thumbnails."""
Saves = Callable[[str, int], list[Request]]


def let_draw(server: Server) -> None:
    """The gallery draws thumbnails once nobody saves any more: not on the account of what comes next."""
    if isinstance(server, Gallery):
        time.sleep(THUMBNAILS_BEGIN_S)
        server.settle()


def saving(label: str, server: Server, saves: Saves, size: int, clients: int) -> Contender:
    """Saves into a session that is new in each round.

    It is removed after the round only where pictures are large: ext4 is slow to make files for some minutes
    after many were deleted, and all contenders would pay for it.
    """
    sessions: list[str] = []

    def prepare() -> Load:
        sessions.append(server.new_session())
        return Load(saves(sessions[-1], size), clients, (200, 201))

    def clean_up() -> None:
        let_draw(server)
        if size > MB:
            server.drop_session(sessions[-1])

    return Contender(label, server, prepare, clean_up)


def cells(plan: Plan) -> Iterator[tuple[str, int, int]]:
    """The sizes (name, bytes) and numbers of clients to measure."""
    for name, size in SIZES.items():
        for clients in (1, 8, 32):
            if not plan.quick or (size == MB and clients == 8) or (size == 50 * KB and clients == 1):
                yield name, size, clients


def run(folder: Path, plan: Plan) -> Iterator[Row]:
    """Yield the rows of this case."""
    with Gallery(folder / "gallery") as ours, Naive(folder / "naive") as naive:
        for name, size, clients in cells(plan):
            contenders = [
                saving("gallery, JSON", ours, json_saves, size, clients),
                saving("gallery, multipart", ours, multipart_saves, size, clients),
                saving("naive", naive, json_saves, size, clients),
            ]
            rows = compare(f"save {name}, {clients} at once", contenders, plan)
            judge(rows, full=size == MB and clients == 8)
            yield from rows.values()
    if Nginx.installed():
        yield from with_nginx(folder, plan)


def judge(rows: dict[str, Row], full: bool) -> None:
    """Set the ratios; the targets are for 1 MB and 8 clients (``full``)."""
    reference = rows["naive"]
    by_json = rows["gallery, JSON"].compare(reference)
    by_parts = rows["gallery, multipart"].compare(reference)
    if full:
        by_json.demand("3 × naive", by_json.ratios["rate / naive"] >= 3)
        by_json.demand("CPU ≤ 6 ms", by_json.sample.cpu_ms <= 6)
        by_parts.demand("3.5 × naive", by_parts.ratios["rate / naive"] >= 3.5)


def with_nginx(folder: Path, plan: Plan) -> Iterator[Row]:
    """For scale: nginx taking the same bytes by PUT (no record, no check, no sync)."""
    with Nginx(folder / "nginx") as nginx:
        load = Load(plain_puts(MB), 8, (201, 204))
        yield from compare(
            "save 1 MB, 8 at once", [Contender("nginx PUT", nginx, lambda: load)], plan
        ).values()
