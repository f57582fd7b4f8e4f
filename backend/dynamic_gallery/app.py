"""The application: the routers, the front end, the guard, and what runs beside them.

To put the gallery into an application of your own you need none of this: `create_gallery_router` is enough.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from http import HTTPStatus
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.exceptions import HTTPException
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from dynamic_gallery.access import AccessKey, FailedTries, Guard, sign_in_routes
from dynamic_gallery.errors import GalleryError, InvalidInput
from dynamic_gallery.front_end import FrontEnd
from dynamic_gallery.generators.base import installed_generators
from dynamic_gallery.housekeeping import Housekeeper
from dynamic_gallery.observe import Metrics, Observe, unforeseen
from dynamic_gallery.page import plain_page
from dynamic_gallery.quick_pictures import QuickPictures
from dynamic_gallery.reference import reference_html
from dynamic_gallery.routers import examples
from dynamic_gallery.routers.gallery import create_gallery_router
from dynamic_gallery.routers.generation import create_generation_router
from dynamic_gallery.routers.operations import create_operations_router
from dynamic_gallery.routers.problems import (
    PROBLEM_MEDIA_TYPE,
    PROBLEM_RESPONSES,
    Problem,
    problem_response,
    response_to,
    status_phrase,
)
from dynamic_gallery.services.gallery_store import GalleryStore
from dynamic_gallery.services.products import load_shelf
from dynamic_gallery.settings import Settings, load_settings

BUILT_IN = "sketch"
_DESCRIPTION = (
    "Keeps every generated picture of a session the moment it appears, and opens the session again."
)


def create_app(settings: Settings | None = None) -> FastAPI:
    """The whole application; without `settings` they come from the environment.

    Raises InvalidInput for settings that cannot be used and StorageUnavailable when storage does not open.
    """
    settings = settings or load_settings()
    settings.require_key_when_exposed()
    _require_generator(settings.generator)
    shelf = load_shelf(settings.products)
    store = GalleryStore.open(settings.storage, limits=settings.limits, trash_days=settings.trash_days)
    generation = create_generation_router(shelf, default_generator=settings.generator)
    names = {product.id: f"{product.name} {product.brand}" for product in shelf}
    return assemble(settings, store, [create_gallery_router(store, product_names=names), generation])


def _require_generator(name: str) -> None:
    known = installed_generators()
    if name != BUILT_IN and name not in known:
        raise InvalidInput(
            f"GALLERY_GENERATOR is {name!r}, which is not installed; "
            f"choose one of: {', '.join(known) or BUILT_IN}."
        )


def assemble(
    settings: Settings, store: GalleryStore, routers: Sequence[APIRouter], front_end: FrontEnd | None = None
) -> FastAPI:
    """An application around `store`, which it closes when it ends, with `routers` as its API."""
    metrics = Metrics()
    front_end = front_end or FrontEnd()
    app = _Application(
        title="Dynamic Gallery",
        version=installed_version(),
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # a redirect would repeat the Host header, and hide a misspelt address
        lifespan=_lifespan(store),
    )
    app.state.store = store
    operations = create_operations_router(store, _exposition(metrics))
    for router in (*routers, operations):
        app.include_router(router, responses=PROBLEM_RESPONSES)
    pages = [Route("/docs", _reference, methods=["GET"], include_in_schema=False), *front_end.routes()]
    _add_handlers(app, front_end)
    guard = _guard(settings, pages, front_end.public_paths())
    app.router.routes.extend(pages)
    app.front = Observe(guard(QuickPictures(app.inner, store)), metrics=metrics)
    return app


def installed_version() -> str:
    """The version of this package; "0" where it was never installed."""
    try:
        return version("dynamic-gallery")
    except PackageNotFoundError:
        return "0"


class _Application(FastAPI):
    """FastAPI behind `front`, with one named schema for problems instead of a copy in each operation.

    What FastAPI itself puts around middleware costs more than all of ours does.
    """

    front: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        await (self.front if scope["type"] == "http" else self.inner)(scope, receive, send)

    async def inner(self, scope: Scope, receive: Receive, send: Send) -> None:
        """What lies behind the front."""
        await super().__call__(scope, receive, send)

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            document = super().openapi()
            schemas = document.setdefault("components", {}).setdefault("schemas", {})
            problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas.update(problem.pop("$defs"))
            schemas["Problem"] = problem
            examples.put_back(schemas)
            _name_problems(document["paths"])
            self.openapi_schema = document
        return self.openapi_schema


def _name_problems(node: object) -> None:
    if isinstance(node, list):
        for one in node:
            _name_problems(one)
    elif isinstance(node, dict):
        if PROBLEM_MEDIA_TYPE in node:
            node[PROBLEM_MEDIA_TYPE]["schema"] = {"$ref": "#/components/schemas/Problem"}
        for one in node.values():
            _name_problems(one)


def _lifespan(store: GalleryStore) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def run(_: FastAPI) -> AsyncIterator[None]:
        housekeeper = Housekeeper(store)
        housekeeper.start()
        store.thumbnails_ahead.start()
        try:
            yield
        finally:
            store.thumbnails_ahead.stop()
            housekeeper.stop()
            store.close()

    return run


def _exposition(metrics: Metrics) -> Callable[[], tuple[bytes, str]]:
    return lambda: (generate_latest(metrics.registry), CONTENT_TYPE_PLAIN_0_0_4)


def _guard(settings: Settings, pages: list[Route], public_paths: list[str]) -> Callable[[ASGIApp], Guard]:
    key = AccessKey(settings.access_key.get_secret_value()) if settings.access_key else None
    tries = FailedTries()
    if key is not None:
        pages[:0] = sign_in_routes(key, tries)
    return partial(Guard, key=key, tries=tries, allowed_hosts=settings.allowed_hosts, open_paths=public_paths)


def _add_handlers(app: FastAPI, front_end: FrontEnd) -> None:
    async def answer(request: Request, error: Exception) -> Response:
        if isinstance(error, HTTPException) and error.detail == status_phrase(error.status_code):
            if error.status_code == HTTPStatus.NOT_FOUND and (page := await front_end.no_such_page(request)):
                return page
            return problem_response(error.status_code, _words(request, error), headers=error.headers)
        response = response_to(request, error)
        if response is None:
            raise error
        return response

    for kind in (HTTPException, RequestValidationError, GalleryError):
        app.add_exception_handler(kind, answer)
    app.add_exception_handler(Exception, unforeseen)


def _words(request: Request, error: HTTPException) -> str:
    if error.status_code == HTTPStatus.NOT_FOUND:
        return f"There is nothing at {request.url.path[:200]}. The API is described at /docs."
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = (error.headers or {}).get("Allow", "another method")
        return f"{request.method} is not possible at this address; use {allowed}."
    return error.detail


async def _reference(request: Request) -> Response:
    root = request.scope.get("root_path", "")
    body = reference_html(request.app.openapi(), f"{root}/openapi.json")
    return plain_page("API", body, wide=True)
