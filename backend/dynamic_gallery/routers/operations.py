"""For whoever runs the application: is it alive, does its storage answer, what are its numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse, Response
from pydantic import BaseModel

from dynamic_gallery.routers.described import sends
from dynamic_gallery.routers.problems import GalleryRoute, problem_responses

if TYPE_CHECKING:
    from dynamic_gallery.services.gallery_store import GalleryStore


class Health(BaseModel):
    """The answer of a part that works; one that does not answers with a problem."""

    status: Literal["ok"] = "ok"


def create_operations_router(store: GalleryStore, exposition: Callable[[], tuple[bytes, str]]) -> APIRouter:
    """`/healthz`, `/readyz` and `/metrics`; `exposition` gives the metrics and their media type."""
    router = APIRouter(route_class=GalleryRoute, tags=["operations"])

    @router.get("/healthz", summary="Is the process alive?")
    async def healthz() -> Health:
        return Health()

    @router.get(
        "/readyz", summary="Does storage answer a write and a read?", responses=problem_responses(503)
    )
    def readyz() -> Health:
        store.check()
        return Health()

    @router.get(
        "/metrics",
        summary="Numbers for Prometheus",
        response_class=PlainTextResponse,
        responses={200: sends("Cache-Control")},
    )
    def metrics() -> Response:
        content, media_type = exposition()
        return Response(content, media_type=media_type, headers={"Cache-Control": "no-store"})

    return router
