"""A short way to pictures: past the framework's routing, which costs more than reading the picture does."""

from __future__ import annotations

import re

from starlette.types import ASGIApp, Receive, Scope, Send

from dynamic_gallery.errors import GalleryError
from dynamic_gallery.ids import IMAGE_PATTERN, SESSION_PATTERN
from dynamic_gallery.routers.pictures import picture_response
from dynamic_gallery.routers.problems import problem_response
from dynamic_gallery.services.gallery_store import GalleryStore

PICTURE_ROUTE = "/api/gallery/session/{session_id}/images/{image_id}"
_PICTURE = re.compile(rf"/api/gallery/session/({SESSION_PATTERN})/images/({IMAGE_PATTERN})")


class _Route:
    path = PICTURE_ROUTE


class QuickPictures:
    """Answers requests for pictures just as the router does, and hands everything else on.

    Only for an application whose every check stands in front of this middleware.
    """

    def __init__(self, app: ASGIApp, store: GalleryStore) -> None:
        self._app = app
        self._store = store

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        found = None
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and not scope.get("root_path"):
            found = _PICTURE.fullmatch(scope["path"])
        if found is None:
            await self._app(scope, receive, send)
            return
        scope["route"] = _Route
        try:
            response = await picture_response(self._store, scope, found[1], found[2])
        except GalleryError as error:
            response = problem_response(error)
        await response(scope, receive, send)
