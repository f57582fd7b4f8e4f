"""Blobs in memory, for tests and for trying things out; gone with the process."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from ..errors import AlreadyExists, NotFound, VersionMismatch
from .base import ANY, Blob, BlobStat, BlobStore, Listing, split_blob_key, split_key


class MemoryBlobs(BlobStore):
    """A dictionary that keeps the promises of a medium."""

    quick = True

    def __init__(self) -> None:
        self.location = "memory"
        self._blobs: dict[str, tuple[bytes, str]] = {}
        self._times: dict[str, float] = {}
        self._folders: dict[str, str] = {"": "0"}
        self._versions = (f"v{number}" for number in count(1))
        self._mutex = threading.Lock()
        self._locks: dict[str, threading.RLock] = {}

    def put(self, key: str, data: bytes, *, if_match: str | None = None, sha256: str | None = None) -> str:  # noqa: ARG002
        """See BlobStore."""
        split_blob_key(key)
        with self._mutex:
            present = self._blobs.get(key)
            if if_match is None and present is not None:
                raise AlreadyExists(f"{key} is already there.")
            if if_match not in (None, ANY) and (present is None or present[1] != if_match):
                raise (VersionMismatch if present else NotFound)(f"{key} is not what it was.")
            version = next(self._versions)
            self._blobs[key] = (bytes(data), version)
            self._times[key] = time.time()
            self._touch(key, version)
        return version

    def load(self, key: str) -> Blob:
        """See BlobStore."""
        data, version = self._present(key)
        return Blob(data, version, version)

    def read(self, key: str, start: int = 0, stop: int | None = None) -> bytes:
        """See BlobStore."""
        return self._present(key)[0][start:stop]

    def head(self, key: str) -> BlobStat:
        """See BlobStore."""
        split_key(key)
        if key == "" or key.endswith("/"):
            if key not in self._folders:
                raise NotFound(f"{key} is not there.")
            return BlobStat(key, 0, self._folders[key], 0.0)
        data, version = self._present(key)
        return BlobStat(key, len(data), version, self._times[key])

    def list(self, folder: str, *, suffix: str = "", marks: bool = True) -> Listing:  # noqa: ARG002
        """See BlobStore."""
        split_key(folder)
        with self._mutex:
            inside = [key for key in self._folders if key.startswith(folder) and key != folder]
            folders = sorted({key[len(folder) :].split("/")[0] for key in inside} - {".gallery"})
            blobs = [
                BlobStat(key, len(data), version, self._times[key])
                for key, (data, version) in sorted(self._blobs.items())
                if key.rpartition("/")[0] == folder.rstrip("/") and key.endswith(suffix)
            ]
        return Listing(tuple(folders), tuple(blobs))

    def delete(self, key: str) -> None:
        """See BlobStore."""
        split_key(key)
        with self._mutex:
            if key.endswith("/"):
                inside = [other for other in (*self._blobs, *self._folders) if other.startswith(key)]
                if inside == [key]:
                    del self._folders[key]
                    self._touch(key.rstrip("/"), next(self._versions))
            elif self._blobs.pop(key, None) is not None:
                self._touch(key, next(self._versions))

    @contextmanager
    def lock(self, folder: str) -> Iterator[None]:
        """See BlobStore."""
        with self._mutex:
            lock = self._locks.setdefault(folder, threading.RLock())
        with lock:
            yield

    def _present(self, key: str) -> tuple[bytes, str]:
        split_blob_key(key)
        try:
            return self._blobs[key]
        except KeyError:
            raise NotFound(f"{key} is not there.") from None

    def _touch(self, key: str, version: str) -> None:
        parent, slash, _ = key.rpartition("/")
        folder = parent + slash
        if folder not in self._folders:
            self._touch(parent, version)
        self._folders[folder] = version
