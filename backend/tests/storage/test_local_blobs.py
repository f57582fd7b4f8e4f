"""LocalBlobs keeps the contract of a medium."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
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


def test_s8_a_write_makes_the_folder_again_that_another_deletes(tmp_path: Path) -> None:
    folder = ".gallery/imports/gal-1733500000-abc123/"

    def come_and_go(blobs: LocalBlobs, name: str) -> None:
        for _ in range(200):
            blobs.put(folder + name, b"{}")
            blobs.delete(folder + name)
            blobs.delete(folder)

    opened = [LocalBlobs(tmp_path / "gallery") for _ in range(4)]
    with ThreadPoolExecutor(len(opened)) as threads:
        for done in [threads.submit(come_and_go, one, f"{n}.json") for n, one in enumerate(opened)]:
            done.result()
