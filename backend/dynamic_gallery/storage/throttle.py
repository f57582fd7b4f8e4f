"""How often something costly may be done again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Throttle:
    """Lets work be done again after `rest` times as long as it took last; work under `free` seconds always.

    So looking again costs nothing noticeable however large the gallery is, and is exact while it is small.
    """

    def __init__(self, *, rest: float = 50, free: float = 0.001) -> None:
        self._rest = rest
        self._free = free
        self._next = 0.0

    def due(self) -> bool:
        """Whether the work may be done now."""
        return self.wait() <= 0

    def wait(self) -> float:
        """Seconds until the work may be done again; zero or less when it may be now."""
        return self._next - time.monotonic()

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Measure one run of the work."""
        start = time.monotonic()
        try:
            yield
        finally:
            took = time.monotonic() - start
            self._next = start + took * self._rest if took > self._free else 0.0
