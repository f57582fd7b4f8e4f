"""The two ports behind which everything kept lies: `BlobStore` for bytes, `Catalogue` for records.

Both are synchronous and safe to call from many threads, and from many processes on one medium.
What they raise: NotFound (the medium said that it is absent), AlreadyExists, VersionMismatch,
DamagedData, StorageFull, StorageUnavailable (anything else that failed). Never a vendor's exception.
"""

from __future__ import annotations

import re
import secrets
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Literal

from ..errors import AlreadyExists, InvalidInput, NotFound, StorageUnavailable
from ..models import GalleryImage, GallerySession, SessionClaim
from ..summaries import SessionSummary

ANY = "*"
PROBE = "probe-"
CHUNK = 1024 * 1024
ANSWERS_KEPT = 4

Sort = Literal["activity", "created", "name"]

_KEY = re.compile(
    r"(?:\.gallery/)?(?:[A-Za-z0-9][A-Za-z0-9._-]{0,199}/){0,3}(?:[A-Za-z0-9][A-Za-z0-9._-]{0,199})?"
)


def is_key(key: str) -> bool:
    """Whether a key is spelled as one: `""`, a folder ending in `/`, or a path of at most four plain names."""
    return _KEY.fullmatch(key) is not None


def split_key(key: str) -> tuple[str, str]:
    """A key's folder and the name in it, empty for a folder's key; raises InvalidInput for what is no key."""
    if not is_key(key):
        raise InvalidInput("A storage key has an unexpected character.")
    folder, slash, name = key.rpartition("/")
    return folder + slash, name


def split_blob_key(key: str) -> tuple[str, str]:
    """The same for a key that must be a blob's."""
    folder, name = split_key(key)
    if not name:
        raise InvalidInput("A storage key ends without a name.")
    return folder, name


@dataclass(frozen=True, slots=True)
class BlobStat:
    """What is known of a blob or folder without reading it; `size` in bytes, `modified` in Unix seconds.

    Equal marks mean unchanged. A mark is never equal to another while the medium cannot tell yet.
    """

    key: str
    size: int
    mark: str
    modified: float


@dataclass(frozen=True, slots=True)
class Blob:
    """A blob read whole; `version` is what `put` takes to replace exactly these bytes."""

    data: bytes
    version: str
    mark: str


@dataclass(frozen=True, slots=True)
class Listing:
    """One level of the tree: names of folders, and blobs with their full keys, both in order of name."""

    folders: tuple[str, ...]
    blobs: tuple[BlobStat, ...]


class BlobStore(ABC):
    """Bytes by key. A key is a path like `gal-1733500000-abc123/img_001.png`; a folder's key ends in `/`."""

    location: str
    """For people: where it lies."""
    quick: bool = False
    """Whether `head`, and `read` of a megabyte, take no longer than handing them to another thread would."""

    @abstractmethod
    def put(self, key: str, data: bytes, *, if_match: str | None = None, sha256: str | None = None) -> str:
        """Store bytes durably and whole, and return their version.

        `if_match` None creates only (AlreadyExists), `ANY` takes whatever is there, a version replaces
        only that version (VersionMismatch). `sha256` is that of the bytes (hex), where it is known already.
        When it raises, readers see what they saw before.
        """

    @abstractmethod
    def load(self, key: str) -> Blob:
        """Read a small blob whole, with its version."""

    @abstractmethod
    def read(self, key: str, start: int = 0, stop: int | None = None) -> bytes:
        """Read bytes `start` to before `stop` (None: to the end); what lies past the end is left out."""

    @abstractmethod
    def head(self, key: str) -> BlobStat:
        """Tell of one blob, or of a folder: its mark changes when a name in it comes, goes or is replaced."""

    @abstractmethod
    def list(self, folder: str, *, suffix: str = "", marks: bool = True) -> Listing:
        """List one level of a folder (`""` is the root); of blobs only those whose name ends in `suffix`.

        An absent folder is empty. Unfinished writes are not shown. With `marks=False` sizes and
        marks are left out, which spares a look at each blob.
        """

    @abstractmethod
    def delete(self, key: str) -> None:
        """Delete durably; absent already is fine. A folder (key ends in `/`) goes when nothing is in it."""

    @abstractmethod
    def lock(self, folder: str) -> AbstractContextManager[None]:
        """Keep all other openers' `lock` of this folder waiting; given up when its process dies."""

    def stream(self, key: str, start: int, stop: int) -> Iterator[bytes]:
        """Read a range in chunks of a megabyte.

        Raises StorageUnavailable when the blob ends before `stop`.
        """
        while start < stop:
            chunk = self.read(key, start, min(start + CHUNK, stop))
            if not chunk:
                raise StorageUnavailable(f"{key} ended early; check the storage with dynamic-gallery verify.")
            yield chunk
            start += len(chunk)

    def leftovers(self, folder: str, *, older_than: float, sweep: bool) -> Sequence[str]:  # noqa: ARG002
        """Keys of unfinished writes a crash left in a folder, at least so many seconds old; deleted if `sweep`."""
        return []

    def check(self) -> None:
        """Write, read and delete a probe; raises StorageUnavailable or StorageFull when that fails."""
        key = f"{PROBE}{secrets.token_hex(8)}"
        self.put(key, b"probe")
        try:
            if self.read(key) != b"probe":
                raise StorageUnavailable(f"{self.location} gives back other bytes than were written.")
        finally:
            self.delete(key)

    def exists(self, key: str) -> bool:
        """Whether it is there; anything but a clear answer raises."""
        try:
            self.head(key)
        except NotFound:
            return False
        return True

    def close(self) -> None:
        """Let go of the medium."""
        return


@dataclass(frozen=True, slots=True)
class Damage:
    """A record that is there and cannot be understood: its id, its key, and why."""

    id: str
    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class SessionQuery:
    """Which sessions, in which order, and where the page begins (`after`: the last page's cursor).

    Every word of `q` has to occur in a session's search text, or in what `product_names` says of one of
    its saved products, whose ids are all that records keep.
    """

    q: str = ""
    sort: Sort = "activity"
    trashed: bool = False
    limit: int = 50
    after: str | None = None
    product_names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SessionPage:
    """One page of sessions; `total` counts all that match, `damaged` names those that could not be read."""

    sessions: list[SessionSummary]
    next_cursor: str | None
    total: int
    damaged: list[Damage] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ImageSet:
    """All image records of one session in order of creation, removed ones too.

    `version` changes with any of them, and is another in each process; `state` is equal for equal records,
    whoever reads them, empty for none, and another when any of them is.
    """

    version: str
    images: tuple[GalleryImage, ...]
    damaged: tuple[Damage, ...] = ()
    state: str = ""
    encoded: dict[str, tuple[bytes, str]] = field(default_factory=dict, compare=False)
    """Answers made of exactly this set, with their ETags, by the URL they stand under: a few (`keep`)."""

    def keep(self, url: str, answer: tuple[bytes, str]) -> None:
        """Keep an answer in `encoded`, in place of the oldest: a host's URLs may be without number."""
        for oldest in list(self.encoded)[: 1 - ANSWERS_KEPT]:
            self.encoded.pop(oldest, None)
        self.encoded[url] = answer


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that was never used in the session, or the image that already holds the idempotency key."""

    number: int
    existing: GalleryImage | None = None


class KeyTaken(AlreadyExists):
    """Another image of the session holds the same idempotency key."""

    def __init__(self, image: GalleryImage) -> None:
        super().__init__(f"The idempotency key already made {image.id}.")
        self.image = image


class Catalogue(ABC):
    """Records by id. A version is None for a record that must not be there yet."""

    @abstractmethod
    def get_session(self, session_id: str) -> tuple[GallerySession, str]:
        """One session's record, with its version; also of one in the trash."""

    @abstractmethod
    def put_session(self, session: GallerySession, version: str | None) -> str:
        """Store a session's record durably if it still has that version; returns the new one.

        Creating one with an idempotency key raises Erased when the session that the key is bound to was dropped.
        """

    @abstractmethod
    def claim_session(self, key: str, wanted: SessionClaim) -> SessionClaim:
        """Bind an idempotency key durably to the id of a session, and return what it is bound to now.

        That is `wanted`, or what an earlier request bound: of all that try the same key at once, in all
        processes, one wins. Raises AlreadyExists when the wanted id is a session's already.
        """

    @abstractmethod
    def drop_session(self, session_id: str) -> None:
        """Erase the records of a session and of its images for good; its own record goes last.

        The idempotency key that made it stays bound to it, as erased.
        """

    @abstractmethod
    def page(self, query: SessionQuery) -> SessionPage:
        """A page of sessions. Raises InvalidInput for a cursor that this catalogue did not make."""

    @abstractmethod
    def summary(self, session_id: str, *, fresh: bool = False) -> SessionSummary:
        """One session as a page shows it.

        `fresh` counts what was edited in place in its images' records, too, at the cost of a look at each.
        """

    @abstractmethod
    def claim(self, session_id: str, key: str | None) -> Claim:
        """A number to try for a new image, or who holds the idempotency key. Costs the same at any size."""

    @abstractmethod
    def put_image(self, image: GalleryImage, version: str | None) -> str:
        """Store an image's record durably, the commit point of a save.

        Creating raises AlreadyExists when the number is taken, KeyTaken when its idempotency key is:
        of all that try the same key at once, in all processes, one wins.
        """

    @abstractmethod
    def images(self, session_id: str) -> ImageSet:
        """All image records of a session."""

    def settled_images(self, session_id: str) -> ImageSet | None:  # noqa: ARG002
        """The same without waiting for anything, or None when that cannot be."""
        return None

    @abstractmethod
    def get_image(self, session_id: str, image_id: str) -> tuple[GalleryImage, str]:
        """One image's record, with its version; also of one removed."""

    def warm(self) -> None:
        """Read ahead what the first answers will need."""
        return

    def close(self) -> None:
        """Write down what is only in memory and let go of the medium."""
        return
