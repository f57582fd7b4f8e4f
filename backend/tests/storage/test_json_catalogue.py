"""JsonCatalogue keeps the contract of a catalogue over every medium, and what only it promises."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dynamic_gallery.models import GalleryImage, GallerySession
from dynamic_gallery.storage.base import ANY, BlobStore, Catalogue
from dynamic_gallery.storage.json_catalogue import JsonCatalogue
from dynamic_gallery.storage.local import LocalBlobs
from dynamic_gallery.storage.memory import MemoryBlobs
from dynamic_gallery.storage.records import encode
from dynamic_gallery.storage.wrappers import SlowBlobs
from dynamic_gallery.testing.catalogue_suite import CatalogueSuite


class JsonCatalogueSuite(CatalogueSuite):
    opened: list[Catalogue]

    def blobs(self) -> BlobStore:
        raise NotImplementedError

    def write(self, key: str, data: bytes) -> None:
        raise NotImplementedError

    def fetch(self, key: str) -> bytes | None:
        raise NotImplementedError

    @pytest.fixture(autouse=True)
    def _closed(self) -> Any:
        self.opened = []
        yield
        for catalogue in self.opened:
            catalogue.close()

    def open(self) -> Catalogue:
        self.opened.append(JsonCatalogue(self.blobs()))
        return self.opened[-1]

    def seed_session(self, session: GallerySession) -> None:
        self.write(f"{session.id}/metadata.json", encode(session))

    def seed_image(self, image: GalleryImage) -> None:
        self.write(self._image(image.session_id, image.id), encode(image))

    def peek_session(self, known_as: str) -> dict[str, Any] | None:
        return self._parsed(f"{known_as}/metadata.json")

    def peek_image(self, known_as: str, image_id: str) -> dict[str, Any] | None:
        return self._parsed(self._image(known_as, image_id))

    def damage_session(self, known_as: str) -> None:
        self.write(f"{known_as}/metadata.json", b'{"schema": 1, "id":')

    def damage_image(self, known_as: str, image_id: str) -> None:
        self.write(self._image(known_as, image_id), b"\xff\xfe\x00")

    def _image(self, known_as: str, image_id: str) -> str:
        return f"{known_as}/{image_id.replace('-', '_')}.json"

    def _parsed(self, key: str) -> dict[str, Any] | None:
        data = self.fetch(key)
        if data is None:
            return None
        found: dict[str, Any] = json.loads(data)
        return found


class TestOverLocal(JsonCatalogueSuite):
    @pytest.fixture(autouse=True)
    def _medium(self, tmp_path: Path) -> None:
        self.root = tmp_path / "gallery"

    def blobs(self) -> BlobStore:
        return LocalBlobs(self.root)

    def write(self, key: str, data: bytes) -> None:
        path = self.root / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def fetch(self, key: str) -> bytes | None:
        path = self.root / key
        return path.read_bytes() if path.is_file() else None


class TestOverMemory(JsonCatalogueSuite):
    @pytest.fixture(autouse=True)
    def _medium(self) -> None:
        self.medium = MemoryBlobs()

    def blobs(self) -> BlobStore:
        return self.medium

    def write(self, key: str, data: bytes) -> None:
        self.medium.put(key, data, if_match=ANY)

    def fetch(self, key: str) -> bytes | None:
        return self.medium.read(key) if self.medium.exists(key) else None


class TestOverSlow(TestOverMemory):
    """A medium far away: the order of steps shows where a race is."""

    def blobs(self) -> BlobStore:
        return SlowBlobs(self.medium, 0.0005)
