"""Thumbnails, each made once and kept beside the gallery, where losing them loses nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from ..errors import AlreadyExists, GalleryError, NotFound
from ..ids import image_stem
from ..models import GalleryImage
from ..storage.base import BlobStore
from .keyed_lock import KeyedLock
from .thumbnails import make_thumbnail

WIDTHS = (160, 320, 640, 1280)
AT_ONCE = 2
"""Pictures decoded at the same time: each may need some hundred megabytes."""


def thumbnails_folder(session_id: str) -> str:
    """The folder of a session's thumbnails."""
    return f".gallery/thumbnails/{session_id}/"


def thumbnail_key(image: GalleryImage, width: int) -> str:
    """The key of one thumbnail."""
    return f"{thumbnails_folder(image.session_id)}{image_stem(image.number)}-{width}.webp"


class StoredThumbnails:
    """Makes what is missing, and never twice at the same time.

    `max_pixels` bounds what is drawn; `find_shown` raises NotFound for an image that is not shown any more.
    """

    def __init__(
        self, blobs: BlobStore, *, max_pixels: int, find_shown: Callable[[str, str], GalleryImage]
    ) -> None:
        self._blobs = blobs
        self._max_pixels = max_pixels
        self._find_shown = find_shown
        self._making = KeyedLock()
        self._slots = threading.BoundedSemaphore(AT_ONCE)
        self._asked = 0
        self._counting = threading.Lock()

    @property
    def asked(self) -> int:
        """How many wait for a thumbnail to be made."""
        return self._asked

    def get(self, image: GalleryImage, width: int) -> bytes:
        """A WebP at most `width` px wide.

        Raises TooLarge for a picture of too many pixels, DamagedData for one that cannot be drawn.
        """
        kept = self.kept(image, width)
        if kept is not None:
            return kept
        with self._counting:
            self._asked += 1
        try:
            return self._make_once(image, width)
        finally:
            with self._counting:
                self._asked -= 1

    def make_ahead(self, image: GalleryImage, width: int) -> None:
        """Keep what will be asked for. Raises the same."""
        if self.kept(image, width) is None:
            self._make_once(image, width)

    def _make_once(self, image: GalleryImage, width: int) -> bytes:
        key = thumbnail_key(image, width)
        with self._making(key):
            return self.kept(image, width) or self._make(key, image, width)

    def kept(self, image: GalleryImage, width: int) -> bytes | None:
        """The same if it was made before, else None."""
        try:
            return self._blobs.read(thumbnail_key(image, width))
        except NotFound:
            return None

    def _make(self, key: str, image: GalleryImage, width: int) -> bytes:
        original = self._blobs.read(f"{image.session_id}/{image.filename}")
        with self._slots:
            made = make_thumbnail(original, width, max_pixels=self._max_pixels)
        try:
            self._blobs.put(key, made)
        except AlreadyExists:
            return self._blobs.read(key)
        except GalleryError:
            # A full disk is no reason not to show it; the next reader tries to keep it again.
            return made
        self._drop_if_gone(key, image)
        return made

    def _drop_if_gone(self, key: str, image: GalleryImage) -> None:
        """Whoever erased the image while it was drawn may have swept before this one was kept."""
        with suppress(GalleryError):
            try:
                self._find_shown(image.session_id, image.id)
            except NotFound:
                self._blobs.delete(key)
                self._blobs.delete(thumbnails_folder(image.session_id))
