"""An application around a stand-in store: what is tested here is the shell, not the gallery in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from fastapi import APIRouter
from fastapi.testclient import TestClient
from starlette.requests import Request
from starlette.responses import Response

from dynamic_gallery.app import assemble
from dynamic_gallery.errors import StorageUnavailable
from dynamic_gallery.front_end import FrontEnd
from dynamic_gallery.routers.problems import PROBLEM_RESPONSES, GalleryRoute
from dynamic_gallery.services.gallery_store import GalleryStore
from dynamic_gallery.settings import Settings

LOCAL = "http://127.0.0.1:8000"


class StandInStore:
    """Counts what the shell asks of a store; `broken` makes it out of reach."""

    location = "/somewhere"

    def __init__(self) -> None:
        self.broken = False
        self.calls: list[str] = []
        self.thumbnails_ahead = SimpleNamespace(start=lambda: None, stop=lambda: None)

    def check(self) -> None:
        if self.broken:
            raise StorageUnavailable("Storage did not answer.")

    def warm(self) -> None:
        self.calls.append("warm")

    def purge(self, older_than_days: float | None = None) -> int:
        self.calls.append("purge")
        return 0

    def close(self) -> None:
        self.calls.append("close")


def example_router() -> APIRouter:
    """One endpoint of each kind that the shell has to do with."""
    router = APIRouter(prefix="/api/gallery", route_class=GalleryRoute, responses=PROBLEM_RESPONSES)

    @router.get("/sessions")
    async def sessions() -> dict[str, list[str]]:
        return {"sessions": []}

    @router.post("/sessions", status_code=201)
    async def create() -> dict[str, str]:
        return {"id": "gal-1733500000-abc123"}

    @router.get("/session/{session_id}")
    async def session(session_id: str) -> dict[str, str]:
        return {"id": session_id}

    @router.get("/broken")
    async def broken(request: Request) -> Response:
        raise ZeroDivisionError("a bug")

    return router


MakeClient = Callable[..., TestClient]


@pytest.fixture
def static_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "static"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>Dynamic Gallery</title>" + "<p>page</p>" * 200)
    (folder / "favicon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (folder / "assets" / "main-abc123.js").write_text("console.log('gallery');" * 100)
    return folder


@pytest.fixture
def store() -> StandInStore:
    return StandInStore()


@pytest.fixture
def make_client(store: StandInStore, static_folder: Path) -> MakeClient:
    def make(base_url: str = LOCAL, **settings: object) -> TestClient:
        app = assemble(
            Settings.model_validate(settings),
            cast(GalleryStore, store),
            [example_router()],
            FrontEnd(static_folder),
        )
        return TestClient(app, base_url=base_url, follow_redirects=False)

    return make


@pytest.fixture
def client(make_client: MakeClient) -> TestClient:
    return make_client()
