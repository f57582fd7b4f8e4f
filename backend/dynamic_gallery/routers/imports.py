"""Sessions in from ZIPs (SPEC A)."""

from __future__ import annotations

from functools import partial

import orjson
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from dynamic_gallery.routers.addresses import base_of
from dynamic_gallery.routers.body_limit import body_limit
from dynamic_gallery.routers.described import sends
from dynamic_gallery.routers.schemas import SessionOut, session_json
from dynamic_gallery.routers.spooling import PART, Upload, spooled
from dynamic_gallery.routers.turns import Turns
from dynamic_gallery.services.archive.unpacking import Imported
from dynamic_gallery.services.gallery_store import GalleryStore
from dynamic_gallery.services.sample import load_sample

AT_ONCE = 2
"""So many imports are checked and written at a time."""
_IMPORTERS = Turns("importers", AT_ONCE)
_BINARY = {"type": "string", "format": "binary"}
_FORM = {"type": "object", "properties": {PART: _BINARY}, "required": [PART]}
_BODY = {
    "required": True,
    "content": {
        "application/zip": {"schema": _BINARY},
        "multipart/form-data": {"schema": _FORM},
    },
}


class SkippedOut(BaseModel):
    """A file that was not imported, and why."""

    path: str
    reason: str


class ImportOut(BaseModel):
    """What became of an import."""

    session: SessionOut
    renamed_from: str | None = Field(
        description="The id that was taken already, so that a new one was given."
    )
    images: int = Field(
        description="How many images it brought, those in the trash and erased ones included."
    )
    skipped: list[SkippedOut] = Field(
        description="Files of a ZIP made by hand that are no part of a session."
    )


def add_imports(router: APIRouter, store: GalleryStore) -> None:
    """Add the endpoint to the gallery's router."""

    @router.post(
        "/import",
        response_model=ImportOut,
        status_code=201,
        summary="Import a session from a ZIP",
        responses={201: sends("Location")},
        openapi_extra={"requestBody": _BODY},
    )
    @body_limit(None)
    async def import_session(request: Request) -> Response:
        async with spooled(request, store.limits.max_import_bytes, store.scratch) as upload:
            imported = await _IMPORTERS.run(partial(_import, store, upload))
        return await run_in_threadpool(_answer, store, imported, base_of(request, "/import"))

    @router.post(
        "/sample",
        response_model=SessionOut,
        status_code=201,
        summary="Put the sample session into the gallery, unless it is there",
        responses={
            200: {**sends("Location", description="It is there already."), "model": SessionOut},
            201: sends("Location"),
        },
    )
    def add_sample(request: Request) -> Response:
        session_id, loaded = load_sample(store)
        base = base_of(request, "/sample")
        content = session_json(store.get_session(session_id)[0], base)
        location = {"Location": f"{base}/session/{session_id}"}
        return Response(content, 201 if loaded else 200, headers=location, media_type="application/json")


def _import(store: GalleryStore, upload: Upload) -> Imported:
    return store.import_zip(upload.file, upload.home)


def _answer(store: GalleryStore, imported: Imported, base: str) -> Response:
    summary, _ = store.get_session(imported.session_id)
    content = b'{"session":%s,"renamed_from":%s,"images":%d,"skipped":%s}' % (
        session_json(summary, base),
        orjson.dumps(imported.renamed_from),
        imported.images,
        orjson.dumps(imported.skipped),
    )
    location = {"Location": f"{base}/session/{summary.id}"}
    return Response(content, status_code=201, headers=location, media_type="application/json")
