"""The gallery's endpoints (SPEC H)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.params import Depends
from starlette.concurrency import run_in_threadpool

from dynamic_gallery.errors import InvalidInput
from dynamic_gallery.routers.addresses import base_of as _base
from dynamic_gallery.routers.body_limit import SESSION_BYTES, body_limit
from dynamic_gallery.routers.conditional import expected_tags, expected_versions, not_modified, session_etag
from dynamic_gallery.routers.described import (
    CHANGED,
    CREATED,
    IF_NONE_MATCH,
    PICTURE,
    PICTURE_PARAMETERS,
    READ,
    SAVE_BODY,
    SAVED,
    SESSION_ID,
    TRASHED,
    ImageId,
    SessionId,
)
from dynamic_gallery.routers.exports import add_exports
from dynamic_gallery.routers.image_lists import image_list
from dynamic_gallery.routers.imports import add_imports
from dynamic_gallery.routers.pictures import picture_response
from dynamic_gallery.routers.problems import PROBLEM_RESPONSES, GalleryRoute, bare
from dynamic_gallery.routers.schemas import (
    ImageListOut,
    ImageOut,
    ImagePlacement,
    SessionFields,
    SessionOut,
    SessionPageOut,
    TimelineOut,
    image_json,
    page_json,
    session_json,
)
from dynamic_gallery.routers.uploads import read_new_image
from dynamic_gallery.services.beginning import Begun
from dynamic_gallery.services.edits import SessionChanges
from dynamic_gallery.services.gallery_store import GalleryStore
from dynamic_gallery.services.saving import Saved
from dynamic_gallery.storage.base import SessionQuery, Sort
from dynamic_gallery.summaries import SessionSummary

_KEY = re.compile(r"[\x21-\x7e]{1,255}")

IfMatch = Annotated[str | None, Header(description="Only if the session still has this ETag; else 412.")]
IfVersion = Annotated[
    str | None,
    Header(description="The image's `version` in quotes: only if the card still lies there; else 412."),
]
IdempotencyKey = Annotated[
    str | None,
    Header(description="1 to 255 visible ASCII characters: the same request under it is kept once."),
]


def create_gallery_router(
    store: GalleryStore,
    *,
    prefix: str = "/api/gallery",
    dependencies: Sequence[Depends] = (),
    product_names: Mapping[str, str] | None = None,
) -> APIRouter:
    """The gallery's API over a store, to be included in any FastAPI application.

    `dependencies` run before every endpoint: the host's own authentication, for example. `product_names`
    says by which words (name, brand) a search finds the products that sessions save by their ids.
    """
    router = APIRouter(
        prefix=prefix,
        tags=["gallery"],
        route_class=GalleryRoute,
        dependencies=list(dependencies),
        responses=PROBLEM_RESPONSES,
    )
    _add_pictures(router, store)
    _add_images(router, store)
    _add_sessions(router, store, product_names or {})
    add_exports(router, store)
    add_imports(router, store)
    return router


def _add_sessions(router: APIRouter, store: GalleryStore, product_names: Mapping[str, str]) -> None:
    @router.get("/sessions", response_model=SessionPageOut, summary="List sessions")
    def list_sessions(
        request: Request,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        cursor: Annotated[str | None, Query(max_length=2_000)] = None,
        q: Annotated[str, Query(max_length=500, description="Looks through names, texts, products.")] = "",
        sort: Sort = "activity",
        trashed: Annotated[bool, Query(description="The trash instead.")] = False,
    ) -> Response:
        query = SessionQuery(q.strip(), sort, trashed, limit, after=cursor, product_names=product_names)
        return _json(page_json(store.page_sessions(query), _base(request, "/sessions"), store.erase_at))

    @router.post(
        "/sessions",
        response_model=SessionOut,
        status_code=201,
        summary="Create a session",
        responses=CREATED,
    )
    @body_limit(SESSION_BYTES)
    def create_session(
        request: Request, fields: SessionFields | None = None, idempotency_key: IdempotencyKey = None
    ) -> Response:
        _check_key(idempotency_key)
        begun = _begin(store, (fields or SessionFields()).changes(), idempotency_key)
        base = _base(request, "/sessions")
        location = f"{base}/session/{begun.summary.id}"
        status = 201 if begun.created else 200
        return _session(begun.summary, begun.version, base, status=status, location=location)

    @router.get(
        "/session/{session_id}",
        response_model=SessionOut,
        summary="One session",
        responses=READ,
        openapi_extra={"parameters": [IF_NONE_MATCH]},
    )
    def get_session(request: Request, session_id: SessionId) -> Response:
        found = store.get_session(session_id)
        answer = _session(*found, _base(request, f"/session/{session_id}"))
        if not_modified(request.headers, answer.headers["etag"]):
            return Response(status_code=304, headers=_kept_with(answer.headers["etag"]))
        return answer

    @router.patch(
        "/session/{session_id}",
        response_model=SessionOut,
        summary="Change the fields sent",
        responses=CHANGED,
    )
    @body_limit(SESSION_BYTES)
    def update_session(
        request: Request, session_id: SessionId, fields: SessionFields, if_match: IfMatch = None
    ) -> Response:
        found = store.update_session(session_id, fields.changes(), expected=expected_versions(if_match))
        return _session(*found, _base(request, f"/session/{session_id}"))

    @router.delete(
        "/session/{session_id}", status_code=204, summary="Put a session in the trash, or erase it"
    )
    def delete_session(session_id: SessionId, permanent: bool = False, if_match: IfMatch = None) -> Response:
        remove = store.erase_session if permanent else store.trash_session
        remove(session_id, expected=expected_versions(if_match))
        return Response(status_code=204)

    @router.post(
        "/session/{session_id}/restore",
        response_model=SessionOut,
        summary="Take a session out of the trash",
        responses=CHANGED,
    )
    def restore_session(request: Request, session_id: SessionId) -> Response:
        found = store.restore_session(session_id)
        return _session(*found, _base(request, f"/session/{session_id}"))

    @router.get(
        "/session/{session_id}/timeline",
        response_model=TimelineOut,
        summary="All that happened, in order of time",
    )
    def get_timeline(session_id: SessionId) -> Response:
        events = store.timeline(session_id)
        document = {
            "session_id": session_id,
            "started_at": events[0]["at"],
            "ended_at": events[-1]["at"],
            "events": events,
        }
        return _json(TimelineOut.model_validate(document).model_dump_json(exclude_unset=True).encode())


def _add_images(router: APIRouter, store: GalleryStore) -> None:
    path = "/session/{session_id}/images"
    image_path = f"{path}/{{image_id}}"

    @router.get(
        path,
        response_model=ImageListOut,
        summary="All images of a session, in order of creation; or its trash",
        responses=READ,
        openapi_extra={"parameters": [SESSION_ID, TRASHED, IF_NONE_MATCH]},
    )
    @bare
    async def list_images(request: Request) -> Response:
        session_id = request.path_params["session_id"]
        base = _base(request, f"/session/{session_id}/images")
        content, etag = await image_list(request, store, session_id, base)
        if not_modified(request.headers, etag):
            return Response(status_code=304, headers=_kept_with(etag))
        return _json(content, _kept_with(etag))

    @router.post(
        path,
        response_model=ImageOut,
        status_code=201,
        summary="Save an image",
        responses=SAVED,
        openapi_extra={"requestBody": SAVE_BODY},
    )
    @body_limit(None)
    async def save_image(
        request: Request, session_id: SessionId, idempotency_key: IdempotencyKey = None
    ) -> Response:
        _check_key(idempotency_key)
        read = await read_new_image(request, store.limits)

        def save() -> Saved:
            return store.save_image(session_id, read(), idempotency_key=idempotency_key)

        saved = await run_in_threadpool(save)
        base = _base(request, f"/session/{session_id}/images")
        location = f"{base}/session/{session_id}/images/{saved.image.id}"
        status = 201 if saved.created else 200
        return _json(image_json(saved.image, base), {"Location": location}, status=status)

    @router.patch(image_path, response_model=ImageOut, summary="Move or resize an image")
    def move_image(
        request: Request,
        session_id: SessionId,
        image_id: ImageId,
        placement: ImagePlacement,
        if_match: IfVersion = None,
    ) -> Response:
        expected = expected_tags(if_match)
        image = store.move_image(session_id, image_id, placement.sent(), expected=expected)
        return _json(image_json(image, _base(request, f"/session/{session_id}/images/{image_id}")))

    @router.delete(image_path, status_code=204, summary="Put an image in the trash, or erase it")
    def delete_image(session_id: SessionId, image_id: ImageId, permanent: bool = False) -> Response:
        remove = store.erase_image if permanent else store.remove_image
        remove(session_id, image_id)
        return Response(status_code=204)

    @router.post(f"{image_path}/restore", response_model=ImageOut, summary="Take an image out of the trash")
    def restore_image(request: Request, session_id: SessionId, image_id: ImageId) -> Response:
        image = store.restore_image(session_id, image_id)
        return _json(image_json(image, _base(request, f"/session/{session_id}/images/{image_id}")))


def _add_pictures(router: APIRouter, store: GalleryStore) -> None:
    path = "/session/{session_id}/images/{image_id}"

    @router.head(path, include_in_schema=False)
    @router.get(
        path,
        summary="The picture itself, or a thumbnail",
        response_class=Response,
        responses=PICTURE,
        openapi_extra={"parameters": PICTURE_PARAMETERS},
    )
    @bare
    async def get_picture(request: Request) -> Response:
        ids = request.path_params
        return await picture_response(store, request.scope, ids["session_id"], ids["image_id"])


def _begin(store: GalleryStore, changes: SessionChanges, key: str | None) -> Begun:
    if key is not None:
        return store.create_session_once(changes, key)
    return Begun(*store.create_session(changes), created=True)


def _session(
    summary: SessionSummary, version: str, base: str, *, status: int = 200, location: str | None = None
) -> Response:
    content = session_json(summary, base)
    shown = content + summary.images_state.encode()
    etag = session_etag(version, hashlib.sha256(shown).hexdigest()[:16])
    return _json(content, _kept_with(etag) | ({"Location": location} if location else {}), status=status)


def _kept_with(etag: str) -> dict[str, str]:
    """Headers of what a client may keep if it asks each time whether it is still so."""
    return {"ETag": etag, "Cache-Control": "no-cache"}


def _json(content: bytes, headers: dict[str, str] | None = None, *, status: int = 200) -> Response:
    return Response(content, status_code=status, headers=headers, media_type="application/json")


def _check_key(key: str | None) -> None:
    if key is not None and _KEY.fullmatch(key) is None:
        raise InvalidInput("Idempotency-Key must be 1 to 255 visible ASCII characters, such as a UUID.")
