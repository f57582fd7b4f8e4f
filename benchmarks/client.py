"""A light HTTP client in a process of its own: prepared bytes out, answers counted and timed.

Reads one pickled `Job` from standard input, writes one JSON document to standard output. Standard library
only, and only a few imports, because it starts anew for each measurement.
"""

import itertools
import json
import pickle
import socket
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

CHUNK = 1 << 18


@dataclass(frozen=True)
class Job:
    """Whole HTTP/1.1 requests to send in turn over ``connections`` keep-alive connections for ``seconds``."""

    port: int
    requests: list[bytes]
    connections: int
    seconds: float


def read_answer(conn: socket.socket) -> int:
    """Read one answer to its end and return its status code."""
    head = b""
    while b"\r\n\r\n" not in head:
        part = conn.recv(CHUNK)
        if not part:
            raise ConnectionError("the server closed the connection")
        head += part
    head, _, body = head.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    status = int(lines[0].split(b" ", 2)[1])
    fields = dict(line.lower().split(b":", 1) for line in lines[1:])
    if b"content-length" not in fields and status not in (204, 304):
        raise ConnectionError("the client needs answers with a Content-Length")
    missing = int(fields.get(b"content-length", b"0")) - len(body)
    while missing > 0:
        part = conn.recv(min(CHUNK, missing))
        if not part:
            raise ConnectionError("the answer was cut short")
        missing -= len(part)
    return status


def work(job: Job, turn: Iterator[int], end: float, times: list[float], statuses: list[int]) -> None:
    """One connection's loop: until ``end`` (perf_counter seconds), at least one request."""
    with socket.create_connection(("127.0.0.1", job.port), timeout=60) as conn:
        conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while True:
            request = job.requests[next(turn) % len(job.requests)]
            start = time.perf_counter()
            conn.sendall(request)
            statuses.append(read_answer(conn))
            now = time.perf_counter()
            times.append(now - start)
            if now >= end:
                return


def run(job: Job) -> dict[str, Any]:
    """Run the job; ``times`` are in seconds, ``statuses`` counts answers by status code."""
    turn = itertools.count()
    times: list[float] = []
    statuses: list[int] = []
    start = time.perf_counter()
    arguments = (job, turn, start + job.seconds, times, statuses)
    threads = [threading.Thread(target=work, args=arguments) for _ in range(job.connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - start
    counted = {str(status): statuses.count(status) for status in set(statuses)}
    return {"elapsed": elapsed, "times": times, "statuses": counted}


if __name__ == "__main__":
    json.dump(run(pickle.load(sys.stdin.buffer)), sys.stdout)
