"""MemoryBlobs keeps the contract of a medium."""

from __future__ import annotations

import pytest

from dynamic_gallery.storage.base import BlobStore
from dynamic_gallery.storage.memory import MemoryBlobs
from dynamic_gallery.storage.wrappers import SlowBlobs, SteppedBlobs
from dynamic_gallery.testing.blob_store_suite import BlobStoreSuite


class TestMemoryBlobs(BlobStoreSuite):
    @pytest.fixture(autouse=True)
    def _medium(self) -> None:
        self.medium = MemoryBlobs()

    def open(self) -> BlobStore:
        return self.medium

    def seed(self, key: str, data: bytes) -> None:
        version = f"seeded-{id(data)}-{len(self.medium._blobs)}-{next(self.medium._versions)}"
        self.medium._blobs[key] = (data, version)
        self.medium._times[key] = 0.0
        self.medium._touch(key, version)

    def peek(self, key: str) -> bytes | None:
        found = self.medium._blobs.get(key)
        return found[0] if found else None


class TestSteppedBlobs(TestMemoryBlobs):
    """A wrapper that does nothing changes nothing."""

    def open(self) -> BlobStore:
        return SteppedBlobs(self.medium)


class TestSlowBlobs(TestMemoryBlobs):
    def open(self) -> BlobStore:
        return SlowBlobs(self.medium, 0.0001)
