"""Turns SVG into PNG in worker processes, so that neither the event loop nor other threads wait for it."""

from __future__ import annotations

import atexit
import os
import select
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from dynamic_gallery.errors import GenerationFailed
from dynamic_gallery.generators.sketch.raster import ERROR, Job, Touch, draw

FONT = Path(__file__).parent / "fonts" / "Jost_500Medium.ttf"
_WORKER = Path(__file__).with_name("raster.py")
_IDLE_KEPT = 2
_TIMEOUT_SECONDS = 60.0
_POLL_SECONDS = 0.05


class Rasterizer:
    """Keeps up to two idle worker processes; safe for several threads. `close()` ends the idle ones."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[subprocess.Popen[bytes]] = []
        self._owner = os.getpid()
        atexit.register(self.close)

    def render(self, svg: str, touch: Touch, cancelled: Callable[[], bool]) -> bytes:
        """PNG bytes of the document; raises GenerationFailed when it fails or was cancelled."""
        try:
            worker = self._take()
        except OSError:  # no processes allowed here: slower for everybody else, but it draws
            return draw(Job(svg, touch), str(FONT))
        try:
            answer = _ask(worker, Job(svg, touch).encode(), cancelled)
        except BaseException:
            _end(worker)
            raise
        self._give_back(worker)
        return answer

    def close(self) -> None:
        """End all idle workers."""
        with self._lock:
            idle, self._idle = self._idle, []
        if self._owner == os.getpid():
            for worker in idle:
                _end(worker)

    def _take(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._owner != os.getpid():  # after a fork the workers belong to the parent
                self._idle, self._owner = [], os.getpid()
            while self._idle:
                worker = self._idle.pop()
                if worker.poll() is None:
                    return worker
                _end(worker)
        return _start()

    def _give_back(self, worker: subprocess.Popen[bytes]) -> None:
        with self._lock:
            keep = len(self._idle) < _IDLE_KEPT
            if keep:
                self._idle.append(worker)
        if not keep:
            _end(worker)


def _start() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-S", "-P", str(_WORKER), str(FONT)]
    paths = os.pathsep.join(filter(None, sys.path))
    environment = {**os.environ, "PYTHONPATH": paths, "OPENBLAS_NUM_THREADS": "1"}
    pipe = subprocess.PIPE
    return subprocess.Popen(  # noqa: S603  (our own script, no user input)
        command, stdin=pipe, stdout=pipe, bufsize=0, env=environment, start_new_session=True
    )


def _end(worker: subprocess.Popen[bytes]) -> None:
    worker.kill()
    for pipe in (worker.stdin, worker.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    worker.wait()


def _ask(worker: subprocess.Popen[bytes], document: bytes, cancelled: Callable[[], bool]) -> bytes:
    assert worker.stdin is not None  # noqa: S101
    try:
        view = memoryview(struct.pack(">Q", len(document)) + document)
        while view:
            view = view[worker.stdin.write(view) or 0 :]
    except OSError as problem:
        raise GenerationFailed("The drawing process ended unexpectedly; try again.") from problem
    head = struct.unpack(">Q", _receive(worker, 8, cancelled))[0]
    answer = _receive(worker, head & ~ERROR, cancelled)
    if head & ERROR:
        raise GenerationFailed(f"The picture could not be drawn: {answer.decode(errors='replace')}.")
    return answer


def _receive(worker: subprocess.Popen[bytes], size: int, cancelled: Callable[[], bool]) -> bytes:
    assert worker.stdout is not None  # noqa: S101
    poller = select.poll()
    poller.register(worker.stdout, select.POLLIN)
    parts: list[bytes] = []
    waited = 0.0
    while size:
        if poller.poll(_POLL_SECONDS * 1000):
            part = worker.stdout.read(size)
            if not part:
                raise GenerationFailed("The drawing process ended unexpectedly; try again.")
            parts.append(part)
            size -= len(part)
            continue
        waited += _POLL_SECONDS
        if cancelled():
            raise GenerationFailed("Drawing was cancelled.")
        if waited > _TIMEOUT_SECONDS:
            raise GenerationFailed("Drawing took too long and was stopped; try a smaller size.")
    return b"".join(parts)
