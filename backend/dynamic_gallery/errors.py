"""Everything that can go wrong, as one tree that knows nothing of HTTP.

GalleryError
├── InvalidInput             what was asked for makes no sense
│   ├── InvalidPicture       the bytes do not hold a whole picture
│   ├── InvalidArchive       a ZIP or folder cannot be imported as it is
│   └── IdempotencyKeyReused the key was used before, for another request
├── UnsupportedPicture       the bytes are no picture of an accepted type
├── TooLarge                 more bytes or pixels than the settings allow
├── NotFound                 known to be absent (never: could not be read)
│   └── Erased               it was there, and was erased for good
├── ReadOnlyRecord           written by a newer version of this software
├── VersionMismatch          somebody else changed it in the meantime
├── AlreadyExists            a create found the name taken
├── DamagedData              it is there and cannot be understood
├── StorageFull              no room left, nothing was saved
├── StorageUnavailable       storage did not answer: unknown, try again
└── GenerationFailed         a generator made no picture
    └── GenerationRefused    and never will for this request
"""

from __future__ import annotations


class GalleryError(Exception):
    """Base of all errors of this package; `detail` is a sentence for people that says what to do."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class InvalidInput(GalleryError):
    """A value is off its pattern or range."""


class InvalidPicture(InvalidInput):
    """The bytes begin like an accepted picture but are cut short or broken."""


class InvalidArchive(InvalidInput):
    """A ZIP or folder that cannot be imported: damaged, or not telling the truth about itself."""


class IdempotencyKeyReused(InvalidInput):
    """The same idempotency key came with another request."""


class UnsupportedPicture(GalleryError):
    """The bytes are no PNG, JPEG, WebP, AVIF or GIF."""


class TooLarge(GalleryError):
    """More bytes or pixels than the settings allow."""


class NotFound(GalleryError):
    """Storage said that it is absent."""


class Erased(NotFound):
    """It was there and was erased for good; what made it makes nothing again."""

    @classmethod
    def by_key(cls, session_id: str) -> Erased:
        """Of the session that an idempotency key made."""
        return cls(
            f"This Idempotency-Key began {session_id}, which was erased for good; "
            "use a new key to begin another session."
        )


class ReadOnlyRecord(GalleryError):
    """The record has a newer schema than this version may write."""


class VersionMismatch(GalleryError):
    """A compare-and-swap found another version than the one expected."""


class AlreadyExists(GalleryError):
    """A create-only write found something there; nothing was changed."""


class DamagedData(GalleryError):
    """A record or blob is there but cannot be understood."""


class StorageFull(GalleryError):
    """The medium has no room left; nothing was saved."""


class StorageUnavailable(GalleryError):
    """The medium failed or did not answer; nothing is known about the outcome."""


class GenerationFailed(GalleryError):
    """A generator made no picture; trying again may help. `retry_after` is in seconds."""

    def __init__(self, detail: str, *, retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class GenerationRefused(GenerationFailed):
    """A generator will not make this picture; trying again does not help."""
