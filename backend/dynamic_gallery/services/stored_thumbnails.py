"""Thumbnails, each made once and kept beside the gallery, where losing them loses nothing."""

from __future__ import annotations

import threading

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
    """Makes what is missing, and never twice at the same time."""

    def __init__(self, blobs: BlobStore) -> None:
        self._blobs = blobs
        self._making = KeyedLock()
        self._slots = threading.BoundedSemaphore(AT_ONCE)

    def get(self, image: GalleryImage, width: int) -> bytes:
        """A WebP at most `width` px wide. Raises DamagedData for a picture that cannot be drawn."""
        kept = self.kept(image, width)
        if kept is not None:
            return kept
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
            made = make_thumbnail(original, width)
        try:
            self._blobs.put(key, made)
        except AlreadyExists:
            return self._blobs.read(key)
        except GalleryError:
            # A full disk is no reason not to show it; the next reader tries to keep it again.
            return made
        return made
