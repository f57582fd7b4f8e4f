"""Work of which only so much is done at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import anyio
import anyio.to_thread
from anyio.lowlevel import RunVar

_Result = TypeVar("_Result")


class Turns:
    """Runs blocking work in threads, at most `at_once` at a time; who waits for a turn holds no thread."""

    def __init__(self, name: str, at_once: int) -> None:
        self._at_once = at_once
        # A limiter belongs to one event loop.
        self._limiter: RunVar[anyio.CapacityLimiter] = RunVar(f"dynamic_gallery_{name}")

    async def run(self, work: Callable[[], _Result]) -> _Result:
        """What the work returns, or raises."""
        return await anyio.to_thread.run_sync(work, limiter=self._of_this_loop())

    def _of_this_loop(self) -> anyio.CapacityLimiter:
        try:
            return self._limiter.get()
        except LookupError:
            limiter = anyio.CapacityLimiter(self._at_once)
            self._limiter.set(limiter)
            return limiter
