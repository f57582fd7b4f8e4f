"""Running things at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ..errors import GalleryError

WITHIN_S = 60.0


def together(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run all at once, each in its own thread, and return their results; the first error is raised."""
    barrier = threading.Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        barrier.wait(WITHIN_S)
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        running = [pool.submit(run, call) for call in calls]
        return [one.result(WITHIN_S) for one in running]


def outcomes(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """The same, but a GalleryError is a result."""

    def caught(call: Callable[[], Any]) -> Any:
        try:
            return call()
        except GalleryError as error:
            return error

    return together([lambda call=call: caught(call) for call in calls])  # type: ignore[misc]
