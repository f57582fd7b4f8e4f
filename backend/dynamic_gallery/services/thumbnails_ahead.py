"""Thumbnails made before anybody asks, in one thread that leaves saving its peace."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from heapq import nsmallest
from time import monotonic

from ..errors import GalleryError
from ..models import GalleryImage
from .stored_thumbnails import WIDTHS, StoredThumbnails

QUIET_S = 1.0
"""Nothing was saved for so long before one is made."""
ASKED_S = 0.05
"""So soon it looks again whether others still wait for theirs."""
MOST_WAITING = 120
FIRST_SCREENS = 60
"""So many pictures of a session that is opened are made ahead, from the top of its wall."""
STOP_WITHIN_S = 5.0
_ROUNDING = 0.95
"""A picture may be magnified by so little; the page asks by the same rule."""
_log = logging.getLogger(__name__)

_Task = tuple[GalleryImage, int]


class ThumbnailsAhead:
    """Does nothing until it is started; what waits too long behind newer work is left to be made when asked for."""

    def __init__(self, thumbnails: StoredThumbnails, quiet_s: float = QUIET_S) -> None:
        self._thumbnails = thumbnails
        self._quiet_s = quiet_s
        self._waiting: deque[_Task] = deque(maxlen=MOST_WAITING)
        self._saved_at = -quiet_s
        self._work = threading.Event()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin in a thread of its own."""
        self._thread = threading.Thread(target=self._run, name="gallery-thumbnails", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ask it to end and wait for at most STOP_WITHIN_S seconds."""
        self._stopped.set()
        self._work.set()
        if self._thread is not None:
            self._thread.join(STOP_WITHIN_S)

    def saving(self) -> None:
        """Something is being saved: rest for a while."""
        self._saved_at = monotonic()

    def saved(self, image: GalleryImage) -> None:
        """An image is new; it comes before all others."""
        self._saved_at = monotonic()
        self._add((image, width) for width in reversed(likely_widths(image)))

    def opened(self, images: Iterable[GalleryImage]) -> None:
        """A session's images are being listed; those that hang at the top will be asked for first."""
        if self._thread is None:
            return
        here = (image for image in images if image.visible and image.sha256 is not None)
        top = nsmallest(FIRST_SCREENS, here, key=lambda image: (image.y, image.x))
        tasks = [(image, likely_widths(image)) for image in top]
        sharper = [(image, widths[1]) for image, widths in tasks if len(widths) > 1]
        self._add(reversed([*((image, widths[0]) for image, widths in tasks), *sharper]))

    def _add(self, tasks: Iterable[_Task]) -> None:
        if self._thread is None:
            return
        self._waiting.extend(task for task in tasks if task[0].sha256 is not None)
        self._work.set()

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._work.wait()
            self._work.clear()
            while self._waiting and self._is_quiet():
                with suppress(IndexError):  # newer work pushed the last one out
                    self._attempt(*self._waiting.pop())

    def _is_quiet(self) -> bool:
        """Wait until nothing was saved for a while and nobody waits for a thumbnail; False when it is to end."""
        while not self._stopped.is_set():
            rest = self._saved_at + self._quiet_s - monotonic()
            if rest <= 0 and self._thumbnails.asked == 0:
                return True
            self._stopped.wait(max(rest, ASKED_S))
        return False

    def _attempt(self, image: GalleryImage, width: int) -> None:
        try:
            self._thumbnails.make_ahead(image, width)
        except GalleryError:
            pass  # whoever asks for it is told
        except Exception:  # the thread must live on, and a bug must show in the log
            _log.exception("Could not make a thumbnail of %s %s.", image.session_id, image.id)


def likely_widths(image: GalleryImage) -> tuple[int, ...]:
    """In which widths a card's picture is asked for: on a usual screen, and on one of twice the pixels."""
    wanted = [width for width in WIDTHS if width >= image.width * _ROUNDING]
    return tuple(wanted[:2]) or WIDTHS[-1:]
