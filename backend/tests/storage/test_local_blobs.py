"""LocalBlobs keeps the contract of a medium."""

from __future__ import annotations

from pathlib import Path

import pytest

from dynamic_gallery.storage.base import BlobStore
from dynamic_gallery.storage.local import LocalBlobs
from dynamic_gallery.testing.blob_store_suite import BlobStoreSuite


class TestLocalBlobs(BlobStoreSuite):
    @pytest.fixture(autouse=True)
    def _medium(self, tmp_path: Path) -> None:
        self.root = tmp_path / "gallery"

    def open(self) -> BlobStore:
        return LocalBlobs(self.root)

    def seed(self, key: str, data: bytes) -> None:
        path = self.root / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def peek(self, key: str) -> bytes | None:
        path = self.root / key
        return path.read_bytes() if path.is_file() else None
