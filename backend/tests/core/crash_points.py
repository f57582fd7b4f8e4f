"""Doing one thing again and again, each time with storage failing one step later."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from dynamic_gallery.errors import GalleryError, NotFound, StorageFull, StorageUnavailable
from dynamic_gallery.services.gallery_store import GalleryStore
from dynamic_gallery.storage.base import BlobStore, SessionQuery
from dynamic_gallery.storage.json_catalogue import JsonCatalogue
from dynamic_gallery.storage.memory import MemoryBlobs
from dynamic_gallery.storage.wrappers import FailingBlobs

MODES = [
    (error, after, forever)
    for error in (StorageUnavailable, StorageFull)
    for after in (False, True)
    for forever in (False, True)
]


def mode_name(mode: tuple[type[GalleryError], bool, bool]) -> str:
    """For the test's name."""
    error, after, forever = mode
    return f"{error.__name__}-{'after' if after else 'before'}-{'forever' if forever else 'once'}"


def gallery_over(blobs: BlobStore) -> GalleryStore:
    """A gallery as it opens on what lies there."""
    return GalleryStore(JsonCatalogue(blobs), blobs)


@dataclass
class Attempt:
    """What came of one try: the answer or the error, and the gallery opened again afterwards."""

    place: int
    step: tuple[str, str] | None
    answer: Any
    error: GalleryError | None
    medium: MemoryBlobs
    reopened: GalleryStore

    @property
    def known_undone(self) -> bool:
        """The caller was told that nothing was saved."""
        return isinstance(self.error, StorageFull)

    def stored(self, folder: str = "") -> list[str]:
        """All blobs on the medium below a folder."""
        return sorted(key for key in self.medium._blobs if key.startswith(folder))


def attempts(
    mode: tuple[type[GalleryError], bool, bool],
    prepare: Callable[[GalleryStore], None],
    act: Callable[[GalleryStore], Any],
) -> Iterator[Attempt]:
    """Fail at step 0, 1, 2, … until no step is left to fail at; the last attempt is the one that did not fail."""
    error, after, forever = mode
    place = 0
    while True:
        medium = MemoryBlobs()
        prepare(gallery_over(medium))
        failing = FailingBlobs(
            medium,
            error("Storage fails on demand."),
            fail_at=place,
            after=after,
            forever=forever,
            # A full disk still reads.
            counts=lambda operation, _key: error is StorageUnavailable or operation in ("put", "delete"),
        )
        answer: Any = None
        raised: GalleryError | None = None
        try:
            answer = act(gallery_over(failing))
        except GalleryError as caught:
            raised = caught
        step = failing.steps[place] if place < len(failing.steps) else None
        attempt = Attempt(place, step, answer, raised, medium, gallery_over(medium))
        check_whole(attempt.reopened)
        yield attempt
        if step is None:
            assert raised is None
            return
        place += 1


def check_whole(store: GalleryStore) -> None:
    """Nothing that is listed fails to load, and nothing is damaged (SPEC P2, P4, P6, P8)."""
    for trashed in (False, True):
        page = store.page_sessions(SessionQuery(trashed=trashed, limit=1000))
        assert page.damaged == []
        for summary in page.sessions:
            if trashed:
                continue
            assert store.get_session(summary.id)[0] == summary
            images = store.images(summary.id)
            assert images.damaged == ()
            shown = [image for image in images.images if image.visible]
            assert len(shown) == summary.image_count
            for image in shown:
                data = store.read(image)
                assert (hashlib.sha256(data).hexdigest(), len(data)) == (image.sha256, image.size)
                assert store.get_image(summary.id, image.id) == image
            events = store.timeline(summary.id)
            saved = {event["image_id"] for event in events if event["type"] == "image_saved"}
            assert saved >= {image.id for image in shown}


def is_there(ask: Callable[[], Any]) -> bool:
    """Whether something is found; any other failure is one."""
    try:
        ask()
    except NotFound:
        return False
    return True
