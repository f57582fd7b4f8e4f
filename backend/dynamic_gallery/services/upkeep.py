"""Erasing for good, emptying the trash, and looking for what does not fit together."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from ..errors import (
    DamagedData,
    GalleryError,
    InvalidInput,
    NotFound,
    ReadOnlyRecord,
    StorageFull,
    StorageUnavailable,
)
from ..housekeeping import MAX_TRASH_DAYS
from ..ids import blob_number, image_id, is_session_id
from ..models import GalleryImage, now
from ..storage.base import PROBE, BlobStat, BlobStore, Catalogue, ImageSet
from ..storage.records import image_key, session_key
from .stored_thumbnails import WIDTHS, thumbnail_key, thumbnails_folder

if TYPE_CHECKING:
    from .gallery_store import GalleryStore
    from .saving import Saved

_NO_RECORD = (
    "has no metadata.json, so it is no session: put that back from a copy, or delete the folder "
    "if the session was to be erased"
)
IMPORTS = ".gallery/imports/"
"""Where imports under way leave notes, in a folder for each session."""
UNFINISHED_FOR = 3600.0
"""Seconds after which a blob without a record is no save still under way, but what a crash left."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not fit together: where, what, and whether it was put right."""

    path: str
    problem: str
    repaired: bool = False


def erase_blobs(blobs: BlobStore, image: GalleryImage) -> None:
    """Delete an image's bytes and thumbnails; its record must say before that it is gone."""
    for width in WIDTHS:
        blobs.delete(thumbnail_key(image, width))
    # Last, so that while it is there it tells that the rest may be, too.
    blobs.delete(f"{image.session_id}/{image.filename}")


def finish_erasing(blobs: BlobStore, catalogue: Catalogue, session_id: str) -> None:
    """Delete all of a session whose record says that it is being erased; the record goes last."""
    for folder in (f"{session_id}/", thumbnails_folder(session_id)):
        for blob in blobs.list(folder, marks=False).blobs:
            if not blob.key.endswith(".json"):
                blobs.delete(blob.key)
    blobs.delete(thumbnails_folder(session_id))
    catalogue.drop_session(session_id)


def check_still_there(blobs: BlobStore, catalogue: Catalogue, saved: Saved) -> None:
    """Raises NotFound when the session was erased during a save, after undoing it.

    A failing read does not undo what was kept.
    """
    session_id = saved.image.session_id
    try:
        if not catalogue.get_session(session_id)[0].purging:
            return
        undo = partial(finish_erasing, blobs, catalogue, session_id)
    except NotFound:
        undo = partial(_take_back, blobs, catalogue, saved)
    except (DamagedData, StorageFull, StorageUnavailable):
        return
    with suppress(GalleryError):
        undo()
    raise NotFound(f"There is no session {session_id} any more; look for it in the list of sessions.")


def _take_back(blobs: BlobStore, catalogue: Catalogue, saved: Saved) -> None:
    """Nothing tells an erased session from one that lost its metadata.json: other pictures must stay."""
    image = saved.image
    folder = f"{image.session_id}/"
    if saved.created:
        blobs.delete(image_key(image.session_id, image.number))
        erase_blobs(blobs, image)
    blobs.delete(folder)
    if not blobs.exists(folder):
        finish_erasing(blobs, catalogue, image.session_id)


def days_ago(days: float) -> datetime:
    """So many days before now. Raises InvalidInput for what is no number from 0 to MAX_TRASH_DAYS."""
    if not 0 <= days <= MAX_TRASH_DAYS:
        raise InvalidInput(f"Days in the trash must be a number from 0 to {MAX_TRASH_DAYS}.")
    return now() - timedelta(days=days)


def purge(store: GalleryStore, blobs: BlobStore, catalogue: Catalogue, before: datetime) -> int:
    """Erase what went to the trash before a moment, and finish what a crash interrupted."""
    erased = 0
    for session_id in _sessions(blobs):
        # What cannot be understood, may not be written or went meanwhile keeps no other from being purged.
        with suppress(NotFound, DamagedData, ReadOnlyRecord):
            erased += _purge_session(store, blobs, catalogue, session_id, before)
    return erased


def _purge_session(
    store: GalleryStore, blobs: BlobStore, catalogue: Catalogue, session_id: str, before: datetime
) -> int:
    session, _ = catalogue.get_session(session_id)
    if session.purging:
        finish_erasing(blobs, catalogue, session_id)
        return 0
    if session.trashed_at is None:
        summary = catalogue.summary(session_id)
        if summary.any_erased:
            _finish_erased_images(blobs, catalogue, session_id)
        if summary.removed_since is None or summary.removed_since > before:
            return 0
        return _purge_images(store, catalogue, session_id, before)
    if session.trashed_at > before:
        return 0
    store.erase_session(session_id, trashed_by=before)
    return 1


def _purge_images(store: GalleryStore, catalogue: Catalogue, session_id: str, before: datetime) -> int:
    old = [
        image
        for image in catalogue.images(session_id).images
        if image.in_trash and image.removed_at is not None and image.removed_at <= before
    ]
    erased = 0
    for image in old:
        with suppress(NotFound, DamagedData, ReadOnlyRecord):
            store.erase_image(session_id, image.id, removed_by=before)
            erased += 1
    return erased


def _finish_erased_images(blobs: BlobStore, catalogue: Catalogue, session_id: str) -> None:
    names = {blob.key.rpartition("/")[2] for blob in blobs.list(f"{session_id}/", marks=False).blobs}
    for image in catalogue.images(session_id).images:
        if image.purged_at is not None and image.filename in names:
            erase_blobs(blobs, image)


def verify(blobs: BlobStore, catalogue: Catalogue, *, repair: bool) -> Iterator[Finding]:
    """Check every record against its blob's bytes, and every file against the records.

    Only leftovers are ever repaired, by sweeping them: unfinished files, and blobs without a record that
    are older than an hour. Nothing a record speaks of is deleted, nor any file that is not named as a blob.
    """
    yield from _verify_aside(blobs, repair)
    for session_id in _sessions(blobs):
        yield from _unfinished(blobs, f"{session_id}/", repair)
        try:
            session, _ = catalogue.get_session(session_id)
            images = catalogue.images(session_id)
        except NotFound:
            if not blobs.exists(f"{IMPORTS}{session_id}/"):
                yield from _without_record(blobs, f"{session_id}/", repair)
            continue
        except DamagedData as error:
            yield Finding(session_key(session_id), error.detail)
            continue
        if session.purging:
            if repair:
                finish_erasing(blobs, catalogue, session_id)
            yield Finding(f"{session_id}/", "was not wholly erased", repair)
            continue
        yield from _verify_images(blobs, catalogue, session_id, images, repair)


def _verify_aside(blobs: BlobStore, repair: bool) -> Iterator[Finding]:
    """The root, and what is kept beside the sessions."""
    yield from _unfinished(blobs, "", repair)
    for blob in blobs.list("").blobs:
        if blob.key.startswith(PROBE) and _old(blob):
            yield _swept(blobs, blob, "was left by a check of the storage", repair)
    for kind in blobs.list(".gallery/", marks=False).folders:
        for name in blobs.list(f".gallery/{kind}/", marks=False).folders:
            yield from _unfinished(blobs, f".gallery/{kind}/{name}/", repair)


def _unfinished(blobs: BlobStore, folder: str, repair: bool) -> Iterator[Finding]:
    with suppress(NotFound):
        for key in blobs.leftovers(folder, older_than=UNFINISHED_FOR, sweep=repair):
            yield Finding(key, "was not wholly written", repair)


def _without_record(blobs: BlobStore, folder: str, repair: bool) -> Iterator[Finding]:
    listing = blobs.list(folder, marks=False)
    if listing.blobs or listing.folders:
        yield Finding(folder, _NO_RECORD)
        return
    with suppress(NotFound):
        if _old(blobs.head(folder)):
            if repair:
                blobs.delete(folder)
            yield Finding(folder, "is empty: a session was not wholly made or erased", repair)


def _verify_images(
    blobs: BlobStore, catalogue: Catalogue, session_id: str, images: ImageSet, repair: bool
) -> Iterator[Finding]:
    listed = {blob.key: blob for blob in blobs.list(f"{session_id}/").blobs}
    for damage in images.damaged:
        yield Finding(damage.file, f"is damaged: {damage.reason}")
    for image in images.images:
        key = f"{session_id}/{image.filename}"
        blob = listed.pop(key, None)
        if image.purged_at is not None:
            if blob is not None:
                yield _swept(blobs, blob, "was erased, but its bytes are still there", repair)
        elif image.sha256 is not None:
            yield from _compare(blobs, key, image, blob)
    for blob in listed.values():
        if _old(blob) and _forsaken(catalogue, session_id, blob):
            yield _swept(blobs, blob, "has no record: a save did not finish", repair)


def _forsaken(catalogue: Catalogue, session_id: str, blob: BlobStat) -> bool:
    """Whether a file is named as a blob and, looked at again just now, no record speaks of it."""
    name = blob.key.rpartition("/")[2]
    number = blob_number(name)
    if number is None:
        return False
    try:
        return catalogue.get_image(session_id, image_id(number))[0].filename != name
    except NotFound:
        return True
    except DamagedData:
        return False


def _old(blob: BlobStat) -> bool:
    return time.time() - blob.modified > UNFINISHED_FOR


def _compare(blobs: BlobStore, key: str, image: GalleryImage, blob: BlobStat | None) -> Iterator[Finding]:
    if blob is None:
        yield Finding(key, "is missing; its record says that it was saved")
        return
    digest = hashlib.sha256()
    try:
        for chunk in blobs.stream(key, 0, blob.size):
            digest.update(chunk)
    except GalleryError as error:
        yield Finding(key, error.detail)
        return
    if digest.hexdigest() != image.sha256:
        yield Finding(key, f"holds other bytes than were saved ({blob.size} of {image.size} bytes)")


def _swept(blobs: BlobStore, blob: BlobStat, problem: str, repair: bool) -> Finding:
    if repair:
        blobs.delete(blob.key)
    return Finding(blob.key, problem, repair)


def _sessions(blobs: BlobStore) -> list[str]:
    return [name for name in blobs.list("", marks=False).folders if is_session_id(name)]
