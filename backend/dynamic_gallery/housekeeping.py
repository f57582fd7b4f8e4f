"""What goes on beside the requests: warming the index up, and emptying the trash every hour."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from dynamic_gallery.errors import GalleryError

if TYPE_CHECKING:
    from dynamic_gallery.services.gallery_store import GalleryStore

MAX_TRASH_DAYS = 36_500
PURGE_EVERY_S = 3600.0
STOP_WITHIN_S = 5.0
_log = logging.getLogger(__name__)


class Housekeeper:
    """One background thread for one store; a failure is logged and tried again an hour later."""

    def __init__(self, store: GalleryStore, every_s: float = PURGE_EVERY_S) -> None:
        self._store = store
        self._every_s = every_s
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="gallery-housekeeper", daemon=True)

    def start(self) -> None:
        """Begin at once, without waiting for anything."""
        self._thread.start()

    def stop(self) -> None:
        """Ask it to end and wait for at most STOP_WITHIN_S seconds."""
        self._stopped.set()
        self._thread.join(STOP_WITHIN_S)

    def _run(self) -> None:
        self._attempt("warm up the index", self._store.warm)
        while not self._stopped.is_set():
            self._attempt("empty the trash", self._purge)
            self._stopped.wait(self._every_s)

    def _purge(self) -> None:
        erased = self._store.purge()
        if erased:
            _log.info("Erased %d discarded sessions and pictures for good.", erased)

    def _attempt(self, what: str, work: Callable[[], None]) -> None:
        try:
            work()
        except GalleryError as error:
            _log.warning("Could not %s: %s", what, error.detail)
        except Exception:  # the thread must live on, and a bug must show in the log
            _log.exception("Could not %s.", what)
