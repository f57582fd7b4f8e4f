"""A session of 200 pictures of 1 MB as one ZIP: the rate beside `cat` of the same files, and the memory it takes."""

import hashlib
import http.client
import json
import os
import shutil
import statistics
import subprocess
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

from ..measure import Plan, Row, Sample
from ..pictures import MB, pictures
from ..seeding import image_record, session_id, session_record
from ..servers import Gallery

PICTURES = 200
TIMES = 10
READ_BYTES = 1024 * 1024


def seed(root: Path, number: int, count: int) -> list[Path]:
    """A session of ``count`` pictures, each a file of its own, or from 200 on a further name of one."""
    folder = root / session_id(number)
    folder.mkdir(parents=True)
    (folder / "metadata.json").write_text(json.dumps(session_record(number), indent=2))
    variants = pictures(MB)
    blobs: list[Path] = []
    for image in range(1, count + 1):
        data = variants[image % len(variants)]
        blob = folder / f"img_{image:03}.png"
        if image <= PICTURES:
            blob.write_bytes(data)
        else:
            blob.hardlink_to(blobs[image % len(variants) or len(variants)])
        blobs.append(blob)
        facts = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest(), "crc32": zlib.crc32(data)}
        (folder / f"img_{image:03}.json").write_text(json.dumps({**image_record(number, image), **facts}))
    return blobs


def run(folder: Path, plan: Plan) -> Iterator[Row]:
    """Yield the rows of this case: rates are whole exports a second."""
    root = folder / "gallery"
    blobs = seed(root, 0, PICTURES)
    if not plan.quick:
        seed(root, 1, PICTURES * TIMES)
    server = Gallery(root)
    with server:
        export(server, 0)
        server.settle()
        times: dict[str, list[tuple[float, float]]] = {"gallery": [], "cat": []}
        for _ in range(plan.rounds):
            times["gallery"].append(timed(lambda: export(server, 0), server))
            times["cat"].append(timed(lambda: cat(blobs), None))
        rows = {label: _row(label, several) for label, several in times.items()}
        ours = rows["gallery"].compare(rows["cat"])
        ours.demand("half of cat", ours.ratios["rate / cat"] >= 0.5)
        ours.ratios["MB of memory"] = growth(server, 0)
        if not plan.quick:
            ours.ratios[f"MB with {TIMES} × the pictures"] = growth(server, 1)
        ours.demand("20 MB", ours.ratios["MB of memory"] <= 20)
    shutil.rmtree(root)
    yield from rows.values()


def timed(work: Callable[[], int], server: Gallery | None) -> tuple[float, float]:
    """Seconds of wall time, and of the server's CPU."""
    before = server.cpu_seconds() if server else 0.0
    begun = time.perf_counter()
    work()
    wall = time.perf_counter() - begun
    return wall, (server.cpu_seconds() - before if server else 0.0)


def export(server: Gallery, number: int) -> int:
    """Read a whole export and throw it away; returns its bytes."""
    conn = http.client.HTTPConnection("127.0.0.1", server.port, timeout=300)
    conn.request("GET", f"/api/gallery/session/{session_id(number)}/export")
    answer = conn.getresponse()
    wanted = int(answer.headers["Content-Length"])
    buffer, size = memoryview(bytearray(READ_BYTES)), 0
    while count := answer.readinto(buffer):
        size += count
    conn.close()
    if answer.status != 200 or size != wanted:
        raise RuntimeError(f"an export of {wanted} bytes gave {answer.status} and {size} bytes")
    return size


def cat(files: list[Path]) -> int:
    """Read the same files from `cat`, through a pipe and with the same steps."""
    with subprocess.Popen(["cat", *files], stdout=subprocess.PIPE, bufsize=0) as process:
        assert process.stdout is not None
        buffer, size = memoryview(bytearray(READ_BYTES)), 0
        while count := os.readv(process.stdout.fileno(), [buffer]):
            size += count
    return size


def growth(server: Gallery, number: int) -> float:
    """By how many MB the server's memory grows, at its highest, while a session is exported."""
    process = psutil.Process(server._family()[0].pid)
    before = process.memory_info().rss
    seen, done = [before], threading.Event()

    def watch() -> None:
        while not done.wait(0.002):
            seen.append(process.memory_info().rss)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        export(server, number)
    finally:
        done.set()
        watcher.join()
    return (max(seen) - before) / MB


def _row(label: str, several: list[tuple[float, float]]) -> Row:
    walls = [wall for wall, _ in several]
    wall = statistics.median(walls)
    cpu = statistics.median(cpu for _, cpu in several) * 1e3
    return Row(f"export {PICTURES} × 1 MB", label, Sample(1 / wall, wall * 1e3, max(walls) * 1e3, cpu))
