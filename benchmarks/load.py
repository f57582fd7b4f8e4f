"""Loads: what is asked of a server, by how many at once; run by wrk where it is there, else by our client."""

import json
import pickle
import re
import shutil
import statistics
import subprocess
import sys
from dataclasses import dataclass, field

from .client import Job

UNITS = {"us": 1e-3, "ms": 1.0, "s": 1e3, "m": 6e4}


@dataclass(frozen=True)
class Request:
    """One HTTP request, without its Host header."""

    path: str
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def encoded(self, port: int) -> bytes:
        """The whole request as it goes over the wire."""
        fields = {"Host": f"127.0.0.1:{port}", **self.headers}
        if self.body or self.method != "GET":
            fields["Content-Length"] = str(len(self.body))
        lines = [
            f"{self.method} {self.path} HTTP/1.1",
            *(f"{name}: {value}" for name, value in fields.items()),
        ]
        return "\r\n".join([*lines, "", ""]).encode() + self.body


@dataclass(frozen=True)
class Load:
    """Requests sent in turn over ``connections`` connections; every answer's status must be in ``expect``."""

    requests: list[Request]
    connections: int = 8
    expect: tuple[int, ...] = (200,)


@dataclass(frozen=True)
class Outcome:
    """What the clients saw: answers, answers a second, latencies in milliseconds."""

    requests: int
    rate: float
    p50_ms: float
    p99_ms: float


class LoadError(Exception):
    """A server answered something else than what the load expects; its numbers would mean nothing."""


def run_load(port: int, load: Load, seconds: float) -> Outcome:
    """Put ``load`` on the server at ``port`` for ``seconds``; raises LoadError on a wrong answer."""
    single = len(load.requests) == 1 and load.requests[0].method == "GET"
    if single and seconds >= 1 and shutil.which("wrk"):
        return _run_wrk(port, load, seconds)
    return _run_client(port, load, seconds)


def _run_client(port: int, load: Load, seconds: float) -> Outcome:
    job = Job(port, [request.encoded(port) for request in load.requests], load.connections, seconds)
    command = [sys.executable, "-m", "benchmarks.client"]
    done = subprocess.run(command, input=pickle.dumps(job), capture_output=True, check=False)
    said = done.stderr.decode(errors="replace")
    if done.returncode or said:
        raise LoadError(f"{load.requests[0].method} {load.requests[0].path}: {said[-2000:]}")
    result = json.loads(done.stdout)
    if not set(result["statuses"]) <= {str(status) for status in load.expect}:
        raise LoadError(f"{load.requests[0].method} {load.requests[0].path} answered {result['statuses']}")
    times = sorted(result["times"])
    p99 = times[min(len(times) - 1, int(len(times) * 0.99))]
    return Outcome(len(times), len(times) / result["elapsed"], statistics.median(times) * 1e3, p99 * 1e3)


def _run_wrk(port: int, load: Load, seconds: float) -> Outcome:
    request = load.requests[0]
    if not set(load.expect) <= {200, 304}:
        raise ValueError("wrk only tells 2xx and 3xx from the rest")
    headers = [part for name, value in request.headers.items() for part in ("-H", f"{name}: {value}")]
    url = f"http://127.0.0.1:{port}{request.path}"
    command = ["wrk", "-t1", f"-c{load.connections}", f"-d{round(seconds)}s", "--timeout", "30s", "--latency"]
    said = subprocess.run([*command, *headers, url], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise LoadError(f"GET {request.path}: {said}")
    count = int(_found(r"(\d+) requests in", said)[0])
    rate = float(_found(r"Requests/sec:\s+([\d.]+)", said)[0])
    spans = [_found(rf"\b{percent}%\s+([\d.]+)(us|ms|s|m)", said) for percent in (50, 99)]
    p50, p99 = (float(number) * UNITS[unit] for number, unit in spans)
    return Outcome(count, rate, p50, p99)


def _found(pattern: str, text: str) -> tuple[str, ...]:
    match = re.search(pattern, text)
    if match is None:
        raise LoadError(f"wrk said nothing like {pattern!r}:\n{text}")
    return match.groups()
