"""What the OpenAPI document says of requests and answers that FastAPI cannot tell from the code."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path

from dynamic_gallery.ids import IMAGE_PATTERN, SESSION_PATTERN
from dynamic_gallery.routers.problems import problem_responses
from dynamic_gallery.routers.schemas import ImageOut, NewImageBody, NewImageForm, SessionOut
from dynamic_gallery.services.stored_thumbnails import WIDTHS

Described = dict[str, Any]
Responses = dict[int | str, Described]

_SENT = {
    "ETag": "Names exactly this state; send it back in If-None-Match or If-Match.",
    "Location": "Where it is from now on.",
    "Cache-Control": "How long caches may keep this answer.",
    "Accept-Ranges": "`bytes`: a part may be asked for with Range.",
    "Content-Range": "Which bytes these are, and of how many.",
    "Content-Disposition": "A file name to keep it under.",
    "Content-Length": "How many bytes these are.",
}


def sends(*names: str, description: str | None = None) -> Described:
    """One of FastAPI's `responses`, with the headers that the answer has."""
    headers = {name: {"description": _SENT[name], "schema": {"type": "string"}} for name in names}
    return {"headers": headers, **({"description": description} if description else {})}


def _parameter(name: str, where: str, schema: Described, description: str | None = None) -> Described:
    described = {"name": name, "in": where, "required": where == "path", "schema": schema}
    return described | ({"description": description} if description else {})


def _header(name: str, description: str) -> Described:
    return _parameter(name, "header", {"type": "string"}, description)


SessionId = Annotated[str, Path(json_schema_extra={"pattern": f"^{SESSION_PATTERN}$"})]
ImageId = Annotated[str, Path(json_schema_extra={"pattern": f"^{IMAGE_PATTERN}$"})]
"""Described, and not checked by the framework: the store's own words say better what an id looks like."""
SESSION_ID = _parameter("session_id", "path", {"type": "string", "pattern": f"^{SESSION_PATTERN}$"})
IMAGE_ID = _parameter("image_id", "path", {"type": "string", "pattern": f"^{IMAGE_PATTERN}$"})
TRASHED = _parameter("trashed", "query", {"type": "boolean", "default": False}, "The trash instead.")
IF_NONE_MATCH = _header("If-None-Match", "ETags of what is there already; 304 when it is still one of them.")

FRESH = sends("ETag", "Cache-Control")
"""An answer that is asked for again each time, and not sent again while its ETag stays."""
_NOT_MODIFIED = sends("ETag", "Cache-Control", description="Not modified")
CREATED: Responses = {
    200: {
        **sends("ETag", "Cache-Control", "Location"),
        "description": "The same request came before: its session as it is now.",
        "model": SessionOut,
    },
    201: sends("ETag", "Cache-Control", "Location"),
}
CHANGED: Responses = {200: FRESH}
READ: Responses = {200: FRESH, 304: _NOT_MODIFIED}

SAVED: Responses = {
    200: {**sends("Location", description="The same request came before: its image."), "model": ImageOut},
    201: sends("Location"),
}

_BINARY = {"schema": {"type": "string", "format": "binary"}}
_BYTES = {
    "description": "The picture's bytes",
    "content": {f"image/{kind}": _BINARY for kind in ("png", "jpeg", "webp", "avif", "gif")},
}
_OF_PICTURES = ("ETag", "Cache-Control", "Accept-Ranges")


def _beyond_the_end() -> Responses:
    responses = problem_responses(416)
    responses[416]["headers"] |= sends("Content-Range")["headers"]
    return responses


PICTURE: Responses = {
    200: sends(*_OF_PICTURES, "Content-Disposition") | _BYTES,
    206: sends(*_OF_PICTURES, "Content-Disposition", "Content-Range") | _BYTES,
    304: sends(*_OF_PICTURES, description="Not modified"),
    307: sends("Location", "Cache-Control", description="Hosted elsewhere"),
    **_beyond_the_end(),
}
PICTURE_PARAMETERS = [
    SESSION_ID,
    IMAGE_ID,
    _parameter(
        "width",
        "query",
        {"type": "integer", "enum": list(WIDTHS)},
        "A WebP at most so many pixels wide; the picture itself where it is too large to be drawn.",
    ),
    IF_NONE_MATCH,
    _header("Range", "One range of bytes, such as `bytes=0-1023`; anything else is answered with all of it."),
    _header("If-Range", "The ETag that Range is meant for; all of it when it has another one."),
]


EXPORT: Responses = {
    200: sends(*_OF_PICTURES, "Content-Length", "Content-Disposition")
    | {"description": "The ZIP", "content": {"application/zip": _BINARY}},
    206: sends(*_OF_PICTURES, "Content-Length", "Content-Disposition", "Content-Range")
    | {"description": "A part of the ZIP", "content": {"application/zip": _BINARY}},
    304: sends(*_OF_PICTURES, description="Not modified"),
    **_beyond_the_end(),
}
EXPORT_PARAMETERS = [SESSION_ID, IF_NONE_MATCH, *PICTURE_PARAMETERS[-2:]]


def _form_schema() -> Described:
    schema = NewImageForm.model_json_schema()
    schema["properties"]["image"] = {"type": "string", "format": "binary", "description": "The picture file."}
    schema["properties"]["generator"] = {"type": "string", "description": "As in JSON, as a text of JSON."}
    return schema


SAVE_BODY = {
    "required": True,
    "content": {
        "application/json": {"schema": NewImageBody.model_json_schema()},
        "multipart/form-data": {"schema": _form_schema()},
    },
}
