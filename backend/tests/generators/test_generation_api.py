"""/api/products and /api/generate/… as a client sees them."""

from __future__ import annotations

import base64
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import anyio
import pytest
from fastapi import Depends, FastAPI, HTTPException
from starlette.testclient import TestClient

from dynamic_gallery.errors import GenerationFailed, GenerationRefused
from dynamic_gallery.generators import GeneratedPicture, GenerationRequest, Generator, GeneratorFacts
from dynamic_gallery.generators.sketch.generator import SketchGenerator
from dynamic_gallery.routers.generation import create_generation_router
from dynamic_gallery.services.products import load_shelf


class Hosted:
    name = "hosted"

    def generate(self, request: GenerationRequest, cancelled: Callable[[], bool]) -> GeneratedPicture:
        facts = GeneratorFacts("hosted", "h-1", None, request.directive, {"cost": 0.04})
        return GeneratedPicture(facts, "image/webp", url="https://pictures.example/a.webp")


class Refusing:
    name = "refusing"

    def generate(self, request: GenerationRequest, cancelled: Callable[[], bool]) -> GeneratedPicture:
        if "never" in request.directive:
            raise GenerationRefused("The model will not draw this; choose other words.")
        raise GenerationFailed("The model is busy; try again.", retry_after=3)


class Slow:
    name = "slow"

    def __init__(self) -> None:
        self.running = self.most = 0
        self.stopped = threading.Event()
        self.lock = threading.Lock()

    def generate(self, request: GenerationRequest, cancelled: Callable[[], bool]) -> GeneratedPicture:
        with self.lock:
            self.running += 1
            self.most = max(self.most, self.running)
        ends = time.monotonic() + (0.25 if request.directive == "short" else 20)
        while time.monotonic() < ends:
            if cancelled():
                self.stopped.set()
                raise GenerationFailed("cancelled")
            time.sleep(0.01)
        with self.lock:
            self.running -= 1
        return GeneratedPicture(GeneratorFacts("slow", "s", request.seed, ""), "image/png", data=b"x")


SLOW = Slow()


def _app() -> FastAPI:
    app = FastAPI()
    generators: dict[str, Generator] = {
        "sketch": SketchGenerator(),
        "hosted": Hosted(),
        "refusing": Refusing(),
        "slow": SLOW,
    }
    app.include_router(create_generation_router(load_shelf(), generators=generators))
    return app


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(_app()) as opened:
        yield opened


def test_products(client: TestClient) -> None:
    products = client.get("/api/products").json()["products"]
    assert len(products) == 12
    assert products[0] == {
        "id": "product-0", "name": "Neverfull MM", "brand": "Louis Vuitton", "category": "bag",
        "description": "A roomy tote in brown canvas with slim tan handles.", "colors": ["#6b4a2f", "#c89b63", "#8c2f2b"],
    }  # fmt: skip


def test_directives(client: TestClient) -> None:
    body = {
        "user_composition": "Looking for elegant evening wear...",
        "count": 8,
        "used": ["Old one"],
        "session_id": "gal-1-abcdef",
    }
    answer = client.post("/api/generate/directives", json=body)
    assert answer.status_code == 200
    assert len(set(answer.json()["directives"])) == 8
    assert answer.json() == client.post("/api/generate/directives", json=body).json()


def test_a_sketch(client: TestClient) -> None:
    body = {
        "user_composition": "",
        "directive": "Explore serene atmosphere with urban streets",
        "product_id": "product-0",
        "seed": 7,
        "width": 256,
        "height": 256,
    }
    answer = client.post("/api/generate/image", json=body)
    assert answer.status_code == 200, answer.text
    picture = answer.json()
    assert base64.b64decode(picture["image_data"], validate=True).startswith(b"\x89PNG")
    assert picture["image_url"] is None
    assert (picture["media_type"], picture["pixel_width"], picture["pixel_height"]) == ("image/png", 256, 256)
    assert (picture["product_name"], picture["product_brand"]) == ("Neverfull MM", "Louis Vuitton")
    assert (
        picture["generator"] | {"name": "sketch", "model": "sketch-1", "seed": 7, "sketch": True}
        == picture["generator"]
    )


def test_without_a_seed_one_is_drawn_and_reported(client: TestClient) -> None:
    body = {"directive": "fog", "width": 256, "height": 256}
    seeds = {client.post("/api/generate/image", json=body).json()["generator"]["seed"] for _ in range(2)}
    assert len(seeds) == 2
    assert all(0 <= seed < 2**53 for seed in seeds)


def test_a_hosted_picture_is_an_address(client: TestClient) -> None:
    picture = client.post("/api/generate/image", json={"directive": "x", "generator": "hosted"}).json()
    assert picture["image_data"] is None
    assert picture["image_url"] == "https://pictures.example/a.webp"
    assert picture["generator"] == {
        "name": "hosted",
        "model": "h-1",
        "seed": None,
        "prompt": "x",
        "cost": 0.04,
    }
    assert picture["product_id"] is None


def test_failures_of_a_generator(client: TestClient) -> None:
    busy = client.post("/api/generate/image", json={"directive": "x", "generator": "refusing"})
    assert (busy.status_code, busy.headers["retry-after"]) == (502, "3")
    refused = client.post("/api/generate/image", json={"directive": "never", "generator": "refusing"})
    assert (refused.status_code, refused.json()["detail"]) == (
        422,
        "The model will not draw this; choose other words.",
    )


@pytest.mark.parametrize(
    ("path", "body", "hint"),
    [
        ("image", {"directive": "x", "product_id": "product-99"}, "product-99"),
        ("image", {"directive": "x", "generator": "nope"}, "sketch"),
        ("image", {}, "directive"),
        ("image", {"directive": "x\u0000"}, "directive"),
        ("image", {"directive": "x" * 2_001}, "directive"),
        ("image", {"directive": "x", "user_composition": "x" * 20_001}, "user_composition"),
        ("image", {"directive": "x", "seed": -1}, "seed"),
        ("image", {"directive": "x", "seed": 2**53}, "seed"),
        ("image", {"directive": "x", "seed": 1.5}, "seed"),
        ("image", {"directive": "x", "seed": True}, "seed"),
        ("image", {"directive": "x", "seed": "7"}, "seed"),
        ("image", {"directive": "x", "width": 255}, "width"),
        ("image", {"directive": 5}, "directive"),
        ("directives", {"count": 0}, "count"),
        ("directives", {"count": 51}, "count"),
        ("directives", {"count": "6"}, "count"),
        ("directives", {"used": "x"}, "used"),
        ("directives", {"used": [1]}, "used"),
        ("directives", {"user_composition": "\u0000"}, "user_composition"),
    ],
)
def test_bad_requests_are_explained(client: TestClient, path: str, body: dict[str, Any], hint: str) -> None:
    answer = client.post(f"/api/generate/{path}", json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert hint in answer.text


def test_at_most_two_at_once(client: TestClient) -> None:
    SLOW.most = SLOW.running = 0
    post = lambda: client.post("/api/generate/image", json={"directive": "short", "generator": "slow"})  # noqa: E731
    threads = [threading.Thread(target=post) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert SLOW.most == 2


def test_a_client_that_goes_away_stops_the_generator() -> None:
    SLOW.stopped.clear()
    body = b'{"directive": "long", "generator": "slow"}'
    messages = [{"type": "http.request", "body": body, "more_body": False}]
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
        "path": "/api/generate/image", "raw_path": b"/api/generate/image", "query_string": b"", "root_path": "",
        "headers": [(b"content-type", b"application/json"), (b"host", b"testserver")], "client": None, "server": None,
    }  # fmt: skip

    leaves_at = time.monotonic() + 0.3

    async def receive() -> dict[str, Any]:
        if messages:
            return messages.pop()
        if time.monotonic() < leaves_at:
            await anyio.sleep_forever()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        return None

    async def run() -> None:
        with anyio.fail_after(10):
            await _app()(scope, receive, send)

    anyio.run(run)
    assert SLOW.stopped.is_set()


def test_the_hosts_own_dependency_runs_first() -> None:
    def deny() -> None:
        raise HTTPException(401, "Sign in first.")

    app = FastAPI()
    app.include_router(create_generation_router(load_shelf(), dependencies=[Depends(deny)]))
    with TestClient(app) as denied:
        assert denied.get("/api/products").status_code == 401
        assert denied.post("/api/generate/image", json={"directive": "x"}).status_code == 401


def test_openapi_has_examples_and_problem_answers() -> None:
    spec = _app().openapi()
    image = spec["paths"]["/api/generate/image"]["post"]
    assert "422" in image["responses"] or "4XX" in image["responses"]
    assert spec["components"]["schemas"]["ImageRequest"]["examples"]
