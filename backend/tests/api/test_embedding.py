"""SPEC H14, H15 and docs/embedding.md: the router in somebody else's application."""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.testclient import TestClient
from starlette.exceptions import HTTPException as StarletteHTTPException

from dynamic_gallery import GalleryStore, create_gallery_router
from dynamic_gallery.services.edits import SessionChanges

from .gallery import PROBLEM, in_base64
from .pictures import picture

PAGE = Path(__file__).parents[3] / "docs" / "embedding.md"
KEY = {"X-Shop-Key": "an open secret"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GalleryStore]:
    opened = GalleryStore.open(tmp_path / "gallery")
    yield opened
    opened.close()


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> types.ModuleType:
    """The page's example as a module."""
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 1
    monkeypatch.setenv("SHOP_GALLERY", str(tmp_path / "gallery"))
    monkeypatch.setenv("SHOP_KEY", KEY["X-Shop-Key"])
    module = types.ModuleType("shop")
    exec(compile(blocks[0], str(PAGE), "exec"), module.__dict__)
    return module


def use(client: TestClient, base: str, headers: dict[str, str] | None = None) -> str:
    """Create, save, list, load by the URLs in the answers; returns the image's URL."""
    session = client.post(f"{base}/sessions", json={"name": "Morning Demo"}, headers=headers)
    assert session.status_code == 201, session.text
    assert session.headers["location"] == f"{base}/session/{session.json()['id']}"
    assert client.get(session.headers["location"], headers=headers).status_code == 200
    body = {"image_data": in_base64(picture()), "directive": "Explore"}
    saved = client.post(f"{session.headers['location']}/images", json=body, headers=headers)
    assert saved.status_code == 201, saved.text
    url: str = saved.json()["url"]
    assert saved.headers["location"] == url == f"{session.headers['location']}/images/img-001"
    listed = client.get(f"{session.headers['location']}/images", headers=headers).json()
    assert [image["url"] for image in listed["images"]] == [url]
    assert client.get(url, headers=headers).content == picture()
    moved = client.patch(url, json={"x": 5}, headers=headers)
    assert (moved.status_code, moved.json()["url"]) == (200, url)
    pages = client.get(f"{base}/sessions", headers=headers).json()["sessions"]
    assert url in [cover for shown in pages for cover in shown["covers"]]
    return url


def endpoints(app: FastAPI) -> list[tuple[str, str]]:
    """Every endpoint of a gallery with one image, as requests."""
    found = [(method.upper(), path) for path, methods in app.openapi()["paths"].items() for method in methods]
    streams = [
        ("HEAD", path)
        for method, path in found
        if path.endswith(("{image_id}", "/export")) and method == "GET"
    ]
    return [one for one in found + streams if "gallery" in one[1]]


def test_h15_the_example_of_the_page_works_and_guards_every_endpoint(shop: types.ModuleType) -> None:
    with TestClient(shop.app) as client:
        url = use(client, "/studio/api/gallery", KEY)
        _, session_id, _, image_id = url.rsplit("/", 3)
        guarded = endpoints(shop.app)
        assert len(guarded) == 18
        for method, template in guarded:
            path = template.format(session_id=session_id, image_id=image_id)
            for headers in ({}, {"X-Shop-Key": "wrong"}, {"X-Shop-Key": ""}):
                answer = client.request(method, path, headers=headers)
                assert answer.status_code == 401, (method, path, answer.status_code)
                if method != "HEAD":
                    assert answer.headers["content-type"] == PROBLEM
                    assert answer.json()["detail"].startswith("Sign in first")
        for method, template in guarded:
            if method in {"GET", "HEAD"}:
                path = template.format(session_id=session_id, image_id=image_id)
                assert client.request(method, path, headers=KEY).status_code == 200, path
        assert client.get("/").json() == {"gallery": "/studio/api/gallery/sessions"}


def test_h15_the_example_closes_its_store(shop: types.ModuleType, tmp_path: Path) -> None:
    with TestClient(shop.app) as client:
        use(client, "/studio/api/gallery", KEY)
    assert '"Morning Demo"' in (tmp_path / "gallery" / "sessions.json").read_text(encoding="utf-8")


def refuse() -> None:
    raise HTTPException(401, "Not signed in.")


def by_include(store: GalleryStore) -> FastAPI:
    app = FastAPI()
    app.include_router(create_gallery_router(store), dependencies=[Depends(refuse)])
    return app


def by_app(store: GalleryStore) -> FastAPI:
    app = FastAPI(dependencies=[Depends(refuse)])
    app.include_router(create_gallery_router(store))
    return app


def by_router_around(store: GalleryStore) -> FastAPI:
    app, around = FastAPI(), APIRouter(dependencies=[Depends(refuse)])
    around.include_router(create_gallery_router(store))
    app.include_router(around)
    return app


def by_second_inclusion(store: GalleryStore) -> FastAPI:
    """Once open, once guarded: the open one must not open the other."""
    app, router = FastAPI(), create_gallery_router(store)
    app.include_router(router, prefix="/open")
    app.include_router(router, dependencies=[Depends(refuse)])
    return app


@pytest.mark.parametrize("made", [by_include, by_app, by_router_around, by_second_inclusion])
def test_h15_dependencies_of_any_includer_run(
    store: GalleryStore, made: Callable[[GalleryStore], FastAPI]
) -> None:
    app = made(store)
    with TestClient(app) as client:
        for method, template in endpoints(app):
            path = template.format(session_id="gal-1733500000-abc123", image_id="img-001")
            refused = client.request(method, path).status_code == 401
            assert refused is not path.startswith("/open"), (method, path)


def test_h14_urls_follow_a_prefix_of_the_host(store: GalleryStore) -> None:
    app = FastAPI()
    app.include_router(create_gallery_router(store), prefix="/studio/v2")
    with TestClient(app) as client:
        use(client, "/studio/v2/api/gallery")


def test_h14_urls_follow_another_prefix_of_the_router(store: GalleryStore) -> None:
    app = FastAPI()
    app.include_router(create_gallery_router(store, prefix="/pictures"))
    with TestClient(app) as client:
        use(client, "/pictures")


def test_h14_urls_are_right_when_included_twice(store: GalleryStore, tmp_path: Path) -> None:
    app, router = FastAPI(), create_gallery_router(store)
    other = GalleryStore.open(tmp_path / "other")
    app.include_router(router, prefix="/one")
    app.include_router(router, prefix="/two")
    app.include_router(create_gallery_router(other), prefix="/other")
    with TestClient(app) as client:
        for base in ("/one", "/two", "/other", "/one"):
            use(client, f"{base}/api/gallery")
        assert client.get("/one/api/gallery/sessions").json()["total"] == 3
        assert client.get("/other/api/gallery/sessions").json()["total"] == 1
    other.close()


def test_h14_urls_are_right_in_a_mounted_application(store: GalleryStore) -> None:
    inner, outer = FastAPI(), FastAPI()
    inner.include_router(create_gallery_router(store), prefix="/inner")
    outer.mount("/outer", inner)
    with TestClient(outer) as client:
        use(client, "/outer/inner/api/gallery")


def test_h14_urls_are_right_under_the_servers_root_path(store: GalleryStore) -> None:
    app = FastAPI()
    app.include_router(create_gallery_router(store))
    # As uvicorn --root-path does it: the path holds the root path.
    with TestClient(app, root_path="/proxy") as client:
        use(client, "/proxy/api/gallery")


@pytest.mark.parametrize("tenant", ["acme", "a%20b", "%22%7D,%7B%22", "a%23b", "a%3Fb", "%C3%BC", "%25"])
def test_h14_urls_are_right_under_a_prefix_with_a_parameter(store: GalleryStore, tenant: str) -> None:
    app = FastAPI()
    app.include_router(create_gallery_router(store), prefix="/of/{tenant}")
    with TestClient(app) as client:
        session = client.post(f"/of/{tenant}/api/gallery/sessions").json()
        folder = f"/of/{tenant}/api/gallery/session/{session['id']}/images"
        url = client.post(folder, json={"image_data": in_base64(picture())}).json()["url"]
        assert client.get(url).content == picture()
        assert client.get(folder).json()["images"][0]["url"] == url


class TeapotError(HTTPException):
    """An error of the host's own, with a handler of its own."""


@pytest.fixture
def host(store: GalleryStore) -> FastAPI:
    """An application with its own error format."""
    app = FastAPI()

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: Exception) -> JSONResponse:
        return JSONResponse({"shop_error": "invalid"}, 400)

    @app.exception_handler(StarletteHTTPException)
    async def failed(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, StarletteHTTPException)
        return JSONResponse({"shop_error": error.detail}, error.status_code)

    @app.exception_handler(ZeroDivisionError)
    async def divided(_: Request, error: Exception) -> JSONResponse:
        return JSONResponse({"shop_error": "divided"}, 500)

    @app.get("/own/{number}")
    def own(number: int) -> float:
        return 1 / number

    def strange(request: Request) -> None:
        if "x-teapot" in request.headers:
            raise TeapotError(418, "short and stout")
        if "x-divide" in request.headers:
            raise ZeroDivisionError

    handlers = dict(app.exception_handlers)
    middleware = list(app.user_middleware)
    app.include_router(create_gallery_router(store, dependencies=[Depends(strange)]))
    assert (app.exception_handlers, app.user_middleware) == (handlers, middleware)
    return app


def test_the_hosts_error_format_stays_its_own(host: FastAPI) -> None:
    with TestClient(host) as client:
        for path, status, words in (
            ("/own/many", 400, "invalid"),
            ("/own/0", 500, "divided"),
            ("/nowhere", 404, "Not Found"),
        ):
            answer: Any = client.get(path)
            assert (answer.status_code, answer.json()) == (status, {"shop_error": words})
        ours = client.get("/api/gallery/sessions?limit=abc")
        assert (ours.status_code, ours.headers["content-type"]) == (422, PROBLEM)
        assert client.get("/api/gallery/session/x").headers["content-type"] == PROBLEM


@pytest.mark.parametrize("path", ["/sessions", "/session/gal-1733500000-abc123/images"])
def test_the_hosts_own_exceptions_reach_its_handlers(host: FastAPI, path: str) -> None:
    with TestClient(host) as client:
        stout = client.get(f"/api/gallery{path}", headers={"x-teapot": "1"})
        assert (stout.status_code, stout.json()) == (418, {"shop_error": "short and stout"})
        divided = client.get(f"/api/gallery{path}", headers={"x-divide": "1"})
        assert (divided.status_code, divided.json()) == (500, {"shop_error": "divided"})


def test_the_hosts_openapi_document_takes_the_gallery_in(host: FastAPI) -> None:
    document = host.openapi()
    assert "/own/{number}" in document["paths"]
    assert "/api/gallery/session/{session_id}/images/{image_id}" in document["paths"]
    references = set(re.findall(r"#/components/schemas/(\w+)", str(document)))
    assert references <= set(document["components"]["schemas"])


def test_h14_lists_are_kept_ready_for_four_urls_only(store: GalleryStore) -> None:
    app = FastAPI()
    app.include_router(create_gallery_router(store, prefix="/{tenant}/gallery"))
    session = store.create_session(SessionChanges())[0].id
    with TestClient(app) as client:
        for tenant in range(50):
            listed = client.get(f"/tenant-{tenant}/gallery/session/{session}/images")
            assert listed.status_code == 200
    assert len(store.images(session).encoded) == 4
