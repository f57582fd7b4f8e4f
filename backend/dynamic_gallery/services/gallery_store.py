"""GalleryStore: the one way in to sessions and images."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from ..errors import (
    DamagedData,
    InvalidInput,
    NotFound,
    ReadOnlyRecord,
    VersionMismatch,
)
from ..ids import check_image_id, check_session_id
from ..models import GalleryImage, GallerySession, Limits, now, placement_version
from ..storage.base import BlobStore, Catalogue, ImageSet, SessionPage, SessionQuery
from ..storage.json_catalogue import JsonCatalogue
from ..storage.local import LocalBlobs
from ..summaries import SessionSummary
from ..timeline import build_timeline
from . import saving, upkeep
from .archive import claims
from .archive.folder_source import FolderSource
from .archive.packing import Archive, Packer
from .archive.refusing import Source
from .archive.understanding import understand
from .archive.unpacking import Imported, keep
from .archive.zip_reading import ZipSource
from .beginning import Begun, begin, begin_once
from .changing import change_record
from .edits import SessionChanges, apply_changes, moved, purging, removed, restored, tombstone, trashed
from .keyed_lock import KeyedLock
from .resolving import put_resolved
from .saving import NewImage, Saved
from .stored_thumbnails import StoredThumbnails
from .thumbnails_ahead import ThumbnailsAhead


class GalleryStore:
    """Keeps sessions and images. Every method blocks and may be called from any thread.

    All raise StorageUnavailable or StorageFull when the medium fails, DamagedData when a record
    cannot be understood, InvalidInput for an id off its pattern, and NotFound for what is absent or
    in the trash.
    """

    def __init__(
        self, catalogue: Catalogue, blobs: BlobStore, *, limits: Limits | None = None, trash_days: float = 30
    ) -> None:
        self.limits = limits or Limits()
        self.location = blobs.location
        self.quick = blobs.quick
        self.scratch = blobs.root if isinstance(blobs, LocalBlobs) else None
        self._catalogue = catalogue
        self._blobs = blobs
        self._trash_days = trash_days
        self._thumbnails = StoredThumbnails(
            blobs, max_pixels=self.limits.max_pixels, find_shown=self.get_image
        )
        self.thumbnails_ahead = ThumbnailsAhead(self._thumbnails)
        self._packer = Packer(blobs)
        self._changing = KeyedLock()
        self._saving = KeyedLock()

    @classmethod
    def open(
        cls, storage: str | Path, *, limits: Limits | None = None, trash_days: float = 30
    ) -> GalleryStore:
        """Open the gallery in a directory, which is made when absent."""
        if "://" in str(storage):
            raise InvalidInput(f"Storage {storage} is not known here; give the path of a directory.")
        blobs = LocalBlobs(storage)
        return cls(JsonCatalogue(blobs), blobs, limits=limits, trash_days=trash_days)

    def warm(self) -> None:
        """Read ahead what the first answers need."""
        self._catalogue.warm()

    def check(self) -> None:
        """Prove that storage takes a write and gives it back."""
        self._blobs.check()

    def close(self) -> None:
        """Write down what is only in memory and let go of the medium."""
        self._catalogue.close()
        self._blobs.close()

    # Sessions

    def create_session(self, changes: SessionChanges) -> tuple[SessionSummary, str]:
        """Begin a session; returns it with the version of its record."""
        begun = begin(self._put_session, changes)
        return begun.summary, begun.version

    def create_session_once(self, changes: SessionChanges, idempotency_key: str) -> Begun:
        """The same, but the same request sent again under one key gets the session that the first one made.

        That session as it is now, in the trash or not. Raises IdempotencyKeyReused for a key that came with
        another request, and Erased when the session was erased for good.
        """
        return begin_once(self._catalogue, self._put_session, changes, idempotency_key)

    def page_sessions(self, query: SessionQuery) -> SessionPage:
        """A page of sessions. Raises InvalidInput for a cursor that was not made here."""
        return self._catalogue.page(query)

    def get_session(self, session_id: str) -> tuple[SessionSummary, str]:
        """One session, with the version of its record."""
        _, version = self._shown(session_id)
        return self._catalogue.summary(session_id, fresh=True), version

    def update_session(
        self, session_id: str, changes: SessionChanges, *, expected: Collection[str] | None = None
    ) -> tuple[SessionSummary, str]:
        """Change the fields sent and no others. Raises VersionMismatch when `expected` is outdated."""
        self._change_session(
            session_id, lambda session: apply_changes(session, changes, now()), expected=expected
        )
        return self.get_session(session_id)

    def trash_session(self, session_id: str, *, expected: Collection[str] | None = None) -> None:
        """Put a session in the trash; one that is in it stays as it is."""
        self._change_session(
            session_id, lambda session: trashed(session, now()), trashed=True, expected=expected
        )

    def restore_session(self, session_id: str) -> tuple[SessionSummary, str]:
        """Take a session out of the trash; one that is not in it stays as it is."""
        self._change_session(session_id, lambda session: session.changed(trashed_at=None), trashed=True)
        return self.get_session(session_id)

    def erase_session(
        self,
        session_id: str,
        *,
        expected: Collection[str] | None = None,
        trashed_by: datetime | None = None,
    ) -> None:
        """Erase a session with all its images for good, in the trash or not.

        With `trashed_by`, only if it is in the trash since then; else raises NotFound.
        """
        try:
            self._change_session(
                session_id, lambda session: purging(session, trashed_by), trashed=True, expected=expected
            )
        except DamagedData as error:
            raise DamagedData(f"{error.detail} {_BY_HAND.format(session_id)}") from None
        upkeep.finish_erasing(self._blobs, self._catalogue, session_id)

    def timeline(self, session_id: str) -> list[dict[str, Any]]:
        """All that happened in a session, in order of time."""
        session, _ = self._shown(session_id)
        return build_timeline(session, self._catalogue.images(session_id).images)

    # Images

    def save_image(self, session_id: str, new: NewImage, *, idempotency_key: str | None = None) -> Saved:
        """Keep a picture durably. With a key, the same request sent again gets the first one's image.

        Raises InvalidPicture, UnsupportedPicture, TooLarge, and IdempotencyKeyReused for a key that came
        with another request.
        """
        self.thumbnails_ahead.saving()
        session, _ = self._writable(*self._shown(session_id))
        prepared = saving.prepare(new, self.limits)
        composition = new.user_composition
        with self._saving((session_id, idempotency_key) if idempotency_key else object()):
            saved = saving.save(
                self._blobs,
                self._catalogue,
                session_id,
                new.data,
                prepared,
                user_composition=session.user_composition if composition is None else composition,
                idempotency_key=idempotency_key,
            )
        upkeep.check_still_there(self._blobs, self._catalogue, saved)
        self.thumbnails_ahead.saved(saved.image)
        return saved

    def images(self, session_id: str) -> ImageSet:
        """All image records of a session, also of those removed."""
        self._shown(session_id)
        return self._catalogue.images(session_id)

    def settled_images(self, session_id: str) -> ImageSet | None:
        """The same without waiting for anything, or None when that cannot be."""
        self._shown(session_id)
        return self._catalogue.settled_images(session_id)

    def get_image(self, session_id: str, image_id: str) -> GalleryImage:
        """One image that is shown."""
        self._shown(session_id)
        return self._shown_image(session_id, image_id)[0]

    def move_image(
        self,
        session_id: str,
        image_id: str,
        placement: dict[str, float | None],
        *,
        expected: Collection[str] | None = None,
    ) -> GalleryImage:
        """Change the parts of a placement that are given; where it lay before stays in its record.

        Raises VersionMismatch when it lies elsewhere than the versions `expected` say, unless it lies
        where it is wanted already: then an earlier answer was lost, or two want the same.
        """

        def move(image: GalleryImage) -> GalleryImage:
            after = moved(image, placement, now())
            outdated = expected is not None and placement_version(image) not in expected
            if outdated and (after is not image or not placement):
                raise VersionMismatch(
                    f"Image {image_id} was moved meanwhile; read the list of images again, then decide."
                )
            return after

        return self._change_image(session_id, image_id, move)

    def remove_image(self, session_id: str, image_id: str) -> None:
        """Put an image in the trash; one that is in it stays as it is."""
        self._change_image(session_id, image_id, lambda image: removed(image, now()), also_removed=True)

    def restore_image(self, session_id: str, image_id: str) -> GalleryImage:
        """Take an image out of the trash; one that is not in it stays as it is."""
        return self._change_image(
            session_id, image_id, lambda image: restored(image, now()), also_removed=True
        )

    def erase_image(self, session_id: str, image_id: str, *, removed_by: datetime | None = None) -> None:
        """Erase an image's bytes and what was said of it for good; its number is never used again.

        With `removed_by`, only if it is in the trash since then; else raises NotFound. Erasing again
        finishes what failed halfway.
        """
        image = self._change_image(
            session_id,
            image_id,
            lambda image: tombstone(image, now(), removed_by),
            also_removed=True,
            also_erased=True,
        )
        upkeep.erase_blobs(self._blobs, image)

    def read(self, image: GalleryImage, start: int = 0, stop: int | None = None) -> bytes:
        """Bytes of an image, from `start` to before `stop`."""
        return self._blobs.read(f"{image.session_id}/{image.filename}", start, stop)

    def stream(self, image: GalleryImage, start: int, stop: int) -> Iterator[bytes]:
        """The same in chunks, for large pictures."""
        return self._blobs.stream(f"{image.session_id}/{image.filename}", start, stop)

    def thumbnail(self, image: GalleryImage, width: int) -> bytes:
        """A WebP of an image at most `width` pixels wide, made once and kept."""
        return self._thumbnails.get(image, width)

    def kept_thumbnail(self, image: GalleryImage, width: int) -> bytes | None:
        """The same if it was made before, else None."""
        return self._thumbnails.kept(image, width)

    # Archives

    def export(self, session_id: str) -> Archive:
        """A session as a ZIP, planned and not read yet."""
        session, _ = self._shown(session_id)
        return self._packer.pack(
            session, self._catalogue.summary(session_id, fresh=True), self._catalogue.images(session_id)
        )

    def import_zip(self, file: BinaryIO, home: str = "") -> Imported:
        """Keep the session in a ZIP; `home` is the name that a ZIP made by hand is called after.

        Raises InvalidArchive and TooLarge; then nothing was written.
        """
        return self._import(ZipSource(file, self.limits, home))

    def import_folder(self, folder: Path) -> Imported:
        """The same for a folder laid out as in storage, or one of pictures."""
        return self._import(FolderSource(folder, self.limits))

    def _import(self, source: Source) -> Imported:
        return keep(source, understand(source, self.limits), self._blobs, self._catalogue)

    # Upkeep

    def erase_at(self, session: SessionSummary) -> datetime | None:
        """When a session in the trash is erased by itself; None of one that is shown."""
        if session.trashed_at is None:
            return None
        try:
            return session.trashed_at + timedelta(days=self._trash_days)
        except OverflowError:  # a record that somebody dated near the end of time
            return None

    def purge(self, older_than_days: float | None = None) -> int:
        """Erase what has been in the trash for longer; returns how many sessions and images went.

        Raises InvalidInput for days that are no number from 0 to 36500.
        """
        for _ in claims.unfinished(self._blobs, self._catalogue, repair=True):
            pass
        days = self._trash_days if older_than_days is None else older_than_days
        return upkeep.purge(self, self._blobs, self._catalogue, upkeep.days_ago(days))

    def verify(self, *, repair: bool = False) -> Iterator[upkeep.Finding]:
        """Check every record and blob; with `repair`, sweep what crashes left behind."""
        yield from claims.unfinished(self._blobs, self._catalogue, repair=repair)
        yield from upkeep.verify(self._blobs, self._catalogue, repair=repair)

    # How records are reached and changed

    def _existing(self, session_id: str) -> tuple[GallerySession, str]:
        session, version = self._session(session_id)
        if session.purging:
            raise NotFound(_NO_SESSION.format(session_id))
        return session, version

    def _put_session(self, session: GallerySession, version: str | None) -> str:
        return put_resolved(
            self._catalogue.put_session, lambda: self._catalogue.get_session(session.id), session, version
        )

    def _shown(self, session_id: str) -> tuple[GallerySession, str]:
        session, version = self._existing(session_id)
        if session.trashed_at is not None:
            raise NotFound(f"Session {session_id} is in the trash; restore it first.")
        return session, version

    def _session(self, session_id: str) -> tuple[GallerySession, str]:
        try:
            return self._catalogue.get_session(check_session_id(session_id))
        except NotFound:
            raise NotFound(_NO_SESSION.format(session_id)) from None

    def _writable(self, session: GallerySession, version: str) -> tuple[GallerySession, str]:
        if session.read_only:
            raise ReadOnlyRecord(_NEWER.format(f"Session {session.id}"))
        return session, version

    def _change_session(
        self,
        session_id: str,
        change: Callable[[GallerySession], GallerySession],
        *,
        trashed: bool = False,
        expected: Collection[str] | None = None,
    ) -> None:
        def read() -> tuple[GallerySession, str]:
            found = self._existing(session_id) if trashed else self._shown(session_id)
            if expected is not None and found[1] not in expected:
                raise VersionMismatch(
                    f"Session {session_id} was changed meanwhile; read it again, then decide."
                )
            return self._writable(*found)

        with self._changing(session_id):
            change_record("session", read, change, self._put_session)

    def _shown_image(
        self, session_id: str, image_id: str, *, also_removed: bool = False, also_erased: bool = False
    ) -> tuple[GalleryImage, str]:
        try:
            image, version = self._catalogue.get_image(session_id, check_image_id(image_id))
        except NotFound:
            raise NotFound(f"Session {session_id} has no image {image_id}.") from None
        if image.purged_at is not None and not also_erased:
            raise NotFound(f"Image {image_id} was erased.")
        if not image.visible and not also_removed:
            raise NotFound(f"Image {image_id} is in the trash; restore it first.")
        return image, version

    def _change_image(
        self,
        session_id: str,
        image_id: str,
        change: Callable[[GalleryImage], GalleryImage],
        *,
        also_removed: bool = False,
        also_erased: bool = False,
    ) -> GalleryImage:
        self._writable(*self._shown(session_id))

        def read() -> tuple[GalleryImage, str]:
            image, version = self._shown_image(
                session_id, image_id, also_removed=also_removed, also_erased=also_erased
            )
            if image.read_only:
                raise ReadOnlyRecord(_NEWER.format(f"Image {image_id}"))
            return image, version

        def put(image: GalleryImage, version: str) -> None:
            put_resolved(
                self._catalogue.put_image,
                lambda: self._catalogue.get_image(session_id, image_id),
                image,
                version,
            )

        with self._changing((session_id, image_id)):
            return change_record("image", read, change, put)


_NO_SESSION = "There is no session {}; look for it in the list of sessions."
_BY_HAND = "To be rid of it and all its pictures, delete the folder {} in the storage directory by hand."
_NEWER = "{} was written by a newer version of Dynamic Gallery; update to change it."
