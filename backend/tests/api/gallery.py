"""One application on a folder of its own, and what tests want to do with it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import unquote

from fastapi.testclient import TestClient
from httpx2 import Response

from dynamic_gallery.app import create_app
from dynamic_gallery.services.thumbnails_ahead import ThumbnailsAhead
from dynamic_gallery.settings import Settings

from .contract import check_answer
from .pictures import picture

LOCAL = "http://127.0.0.1:8000"
PREFIX = "/api/gallery"
PROBLEM = "application/problem+json"


class Gallery:
    """A running application; every answer is compared with openapi.json."""

    def __init__(self, client: TestClient, root: Path) -> None:
        self.client = client
        self.root = root

    def call(self, method: str, path: str, **request: Any) -> Response:
        """One request to a path below /api/gallery."""
        response = self.client.request(method, PREFIX + path, **request)
        check_answer(method, unquote(response.request.url.path), response)
        return response

    def get(self, path: str, **request: Any) -> Any:
        """The JSON of an answer that has to be 200."""
        response = self.call("GET", path, **request)
        assert response.status_code == 200, response.text
        return response.json()

    def create(self, **fields: Any) -> dict[str, Any]:
        """A new session."""
        response = self.call("POST", "/sessions", json=fields)
        assert response.status_code == 201, response.text
        session: dict[str, Any] = response.json()
        return session

    def save(self, session: dict[str, Any], data: bytes | None = None, **fields: Any) -> dict[str, Any]:
        """A new image in a session."""
        if "image_url" not in fields:
            fields["image_data"] = in_base64(data or picture())
        response = self.call("POST", f"/session/{session['id']}/images", json=fields)
        assert response.status_code == 201, response.text
        image: dict[str, Any] = response.json()
        return image

    def images(self, session: dict[str, Any]) -> list[dict[str, Any]]:
        """A session's images as its list shows them."""
        found: list[dict[str, Any]] = self.get(f"/session/{session['id']}/images")["images"]
        return found

    def path(self, image: dict[str, Any]) -> str:
        """Where an image is, below /api/gallery."""
        return str(image["url"]).removeprefix(PREFIX)

    def record(self, image: dict[str, Any]) -> Path:
        """The file of an image's record."""
        return self.root / str(image["session_id"]) / f"{image['id'].replace('-', '_')}.json"

    def blob(self, image: dict[str, Any]) -> Path:
        """The file of an image's bytes."""
        return self.root / str(image["session_id"]) / str(image["filename"])

    def stored(self) -> dict[str, str]:
        """Everything that lies in storage with its sha256, without the index, which is a cache."""
        files = [path for path in self.root.rglob("*") if path != self.root / "sessions.json"]
        return {
            str(path.relative_to(self.root)): _digest(path)
            for path in sorted(files)
            if not path.name.startswith(".tmp-sessions.json")
        }


@contextmanager
def running(root: Path, **settings: Any) -> Iterator[Gallery]:
    """An application on `root`, ended again afterwards."""
    app = create_app(Settings.model_validate({"storage": str(root), **settings}))
    # Thumbnails made ahead would change the tree that tests compare.
    with (
        patch.object(ThumbnailsAhead, "start", lambda _: None),
        TestClient(app, base_url=LOCAL, follow_redirects=False) as client,
    ):
        yield Gallery(client, root)


def in_base64(data: bytes) -> str:
    """Bytes as JSON carries them."""
    return base64.b64encode(data).decode()


def sha256(data: bytes) -> str:
    """As records keep it."""
    return hashlib.sha256(data).hexdigest()


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()) if path.is_file() else "folder"
