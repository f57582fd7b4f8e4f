"""Reading the body of a save: JSON or multipart, never more of it than the settings allow."""

from __future__ import annotations

import sys
from collections.abc import AsyncGenerator, Callable
from typing import Any

import pybase64
from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from pydantic_core import from_json
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from dynamic_gallery.errors import InvalidInput, InvalidPicture, TooLarge, UnsupportedPicture
from dynamic_gallery.models import Limits
from dynamic_gallery.routers.body_limit import DRAINED, declared_beyond
from dynamic_gallery.routers.problems import body_errors
from dynamic_gallery.routers.schemas import NewImageBody, NewImageForm
from dynamic_gallery.services.saving import NewImage

FIELDS_BYTES = 1024 * 1024
"""Room in a body beside the picture."""

_FILE_PART = " Send a picture as a file part, or in JSON as image_data."

PartsOfForm = tuple[dict[str, str], bytes | None]


async def read_new_image(request: Request, limits: Limits) -> Callable[[], NewImage]:
    """Read a save's body; what it returns does the costly rest and is to be called in a worker thread.

    Raises TooLarge, UnsupportedPicture for another content type, and InvalidInput; the same when called.
    """
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type == "application/json" or content_type.endswith("+json"):
        body = await read_body(request, _most(limits.max_image_bytes * 4 // 3), limits)
        return lambda: _from_json(body)
    if content_type == "multipart/form-data":
        fields, data = await _read_form(request, limits)
        return lambda: _from_form(fields, data)
    raise UnsupportedPicture(
        "Send the picture as application/json (image_data or image_url) or as multipart/form-data."
    )


async def read_body(request: Request, most: int, limits: Limits) -> bytes:
    """The whole body, at most `most` bytes."""
    return b"".join([chunk async for chunk in _bounded(request, most, limits)])


async def _bounded(request: Request, most: int, limits: Limits) -> AsyncGenerator[bytes, None]:
    if declared_beyond(request.headers, most):
        raise _too_large(limits)
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > most * DRAINED:
            break
        if size <= most:
            yield chunk
    if size > most:
        raise _too_large(limits)


def _most(picture_bytes: int) -> int:
    return picture_bytes + FIELDS_BYTES


def _too_large(limits: Limits) -> TooLarge:
    megabytes = limits.max_image_bytes / 1024 / 1024
    return TooLarge(
        f"The request is larger than a picture of {megabytes:g} MiB needs; send a smaller picture, "
        "or raise GALLERY_MAX_IMAGE_BYTES."
    )


def _from_json(body: bytes) -> NewImage:
    try:
        parsed = NewImageBody.model_validate_json(body)
    except ValidationError as error:
        raise body_errors(error) from None
    data = decode_base64(parsed.image_data) if parsed.image_data is not None else None
    return parsed.new_image(data)


def decode_base64(text: str) -> bytes:
    """The bytes of a base64 text or of a `data:…;base64,` URL. Raises InvalidPicture."""
    if text[:5].lower() == "data:":
        header, comma, text = text.partition(",")
        if not comma or not header.lower().endswith(";base64"):
            raise InvalidPicture(
                "image_data is a data URL without base64; send data:image/png;base64,… instead."
            )
    if not text or text.isspace():
        raise InvalidPicture("image_data is empty; send the picture's bytes in base64.")
    try:
        return pybase64.b64decode(text, validate=True)
    except ValueError:
        pass
    try:
        return pybase64.b64decode("".join(text.split()), validate=True)
    except ValueError:
        raise InvalidPicture(
            "image_data is not base64; encode the picture's bytes with the standard alphabet and padding."
        ) from None


class _InMemoryParser(MultiPartParser):
    """Keeps what the limits admit in memory instead of writing it to disk before it is checked.

    A body without its last boundary was cut off, and with it perhaps the words that belong to the picture.
    """

    spool_max_size = sys.maxsize
    _ended = False

    def on_end(self) -> None:
        self._ended = True

    async def parse(self) -> FormData:
        form = await super().parse()
        if not self._ended:
            for file in self._files_to_close_on_error:
                file.close()
            raise MultiPartException("it ends before its last boundary.")
        return form


async def _read_form(request: Request, limits: Limits) -> PartsOfForm:
    most = _most(limits.max_image_bytes)
    parser = _InMemoryParser(
        request.headers,
        _bounded(request, most, limits),
        max_files=2,
        max_fields=50,
        max_part_size=FIELDS_BYTES,
    )
    try:
        form = await parser.parse()
    except MultiPartException as error:
        advice = _FILE_PART if "maximum size" in error.message else ""
        raise InvalidInput(f"The multipart body cannot be read: {error.message}{advice}") from None
    except (KeyError, ValueError, LookupError):
        raise InvalidInput("The multipart body cannot be read; check its boundary and charset.") from None
    try:
        files = [part for _, part in form.multi_items() if isinstance(part, UploadFile)]
        if len(files) > 1:
            raise InvalidInput("Send one file a request; save several pictures by several requests.")
        data = await files[0].read() if files else None
        return {name: part for name, part in form.items() if isinstance(part, str)}, data
    finally:
        await form.close()


def _from_form(fields: dict[str, str], data: bytes | None) -> NewImage:
    sent: dict[str, Any] = {name: text for name, text in fields.items() if text or name not in _NOT_TEXT}
    if "generator" in sent:
        sent["generator"] = _json_part(sent["generator"])
    text_data = sent.pop("image_data", None)
    if text_data is not None:
        if data is not None:
            raise InvalidInput("Send the picture once: as the file or as image_data.")
        data = decode_base64(text_data)
    try:
        return NewImageForm.model_validate(sent).new_image(data)
    except ValidationError as error:
        raise body_errors(error) from None


_NOT_TEXT = {"x", "y", "width", "height", "canvas_width", "z", "generator", "image_url", "image_data"}
"""Fields for which an empty part of a form means that nothing was said."""


def _json_part(text: str) -> Any:
    try:
        return from_json(text, allow_inf_nan=False)
    except ValueError:
        trouble = {
            "type": "json_invalid",
            "loc": ("body", "generator"),
            "msg": "JSON decode error",
            "ctx": {"error": "is not valid JSON"},
        }
        raise RequestValidationError([trouble]) from None
