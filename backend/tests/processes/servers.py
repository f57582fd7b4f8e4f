"""Real `dynamic-gallery serve` processes on free ports, and clients that keep their connection."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

START_WITHIN_S = 30.0
Client = httpx2.Client


class Server:
    """One server process on a folder. It can be killed and started again on the same port.

    `before` are the words in front of its command.
    """

    def __init__(self, storage: Path, *, before: Sequence[str] = ()) -> None:
        self.storage = storage
        self.port = 0
        self.output: list[str] = []
        self._announced = False
        self._before = before
        self._process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        """Where its API is."""
        return f"http://127.0.0.1:{self.port}/api/gallery"

    @property
    def pid(self) -> int:
        """The process's id."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> float:
        """Start it and wait until it says where it is; returns the seconds that took."""
        began = time.monotonic()
        self._announced = False
        command = [
            *self._before,
            sys.executable,
            "-m",
            "dynamic_gallery.cli",
            "serve",
            "--port",
            str(self.port),
        ]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GALLERY_")}
        self._process = subprocess.Popen(
            [*command, "--storage", str(self.storage)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**environment, "GALLERY_LOG_LEVEL": "warning"},
        )
        said = threading.Event()
        threading.Thread(target=self._listen, args=[self._process, said], daemon=True).start()
        assert said.wait(START_WITHIN_S), f"no start within {START_WITHIN_S} s: {self.output[-20:]}"
        assert self._announced, f"the server ended at once: {self.output[-20:]}"
        return time.monotonic() - began

    def _listen(self, process: subprocess.Popen[str], said: threading.Event) -> None:
        assert process.stdout is not None
        with process.stdout as lines:
            for line in lines:
                self.output.append(line)
                if "is running on http://" in line:
                    self.port = int(line.split("http://127.0.0.1:")[1].split(",")[0])
                    self._announced = True
                    said.set()
        said.set()

    def kill(self) -> None:
        """End it with SIGKILL, in the middle of whatever it does."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """End it with SIGTERM; returns its exit code."""
        return self._end(signal.SIGTERM)

    def _end(self, number: int) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        process.send_signal(number)
        try:
            return process.wait(20)
        finally:
            process.kill()
            process.wait()


@contextmanager
def serving(storage: Path, count: int = 1, *, before: Sequence[str] = ()) -> Iterator[list[Server]]:
    """So many servers on one folder; whatever happens, none is left behind."""
    servers = [Server(storage, before=before) for _ in range(count)]
    try:
        for server in servers:
            server.start()
        yield servers
    finally:
        for server in servers:
            server.kill()


def connect(timeout_s: float = 30) -> Client:
    """A client that keeps its connection and goes through no proxy."""
    return Client(timeout=timeout_s, trust_env=False)


def run_all(threads: list[threading.Thread], within_s: float) -> None:
    """Start threads and wait for all of them."""
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + within_s
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    assert not any(thread.is_alive() for thread in threads), f"not done within {within_s} s"


def created(client: Client, url: str, **fields: Any) -> dict[str, Any]:
    """A new session."""
    response = client.post(f"{url}/sessions", json=fields)
    assert response.status_code == 201, response.text
    session: dict[str, Any] = response.json()
    return session
