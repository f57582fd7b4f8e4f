"""Records to bytes and back: one pretty-printed JSON document each, that a person may edit (SPEC S1, S2)."""

from __future__ import annotations

import re
from typing import TypeVar

import orjson
from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticSerializationError

from ..errors import DamagedData, InvalidInput
from ..ids import image_id, image_stem
from ..models import SCHEMA, GalleryImage, GallerySession

_Record = TypeVar("_Record", GallerySession, GalleryImage)


def session_key(session_id: str) -> str:
    """The key of a session's record."""
    return f"{session_id}/metadata.json"


def image_key(session_id: str, number: int) -> str:
    """The key of an image's record."""
    return f"{session_id}/{image_stem(number)}.json"


def encode(record: BaseModel) -> bytes:
    """A record as it lies in storage, fields unknown to this version included.

    Raises InvalidInput for what no JSON document can hold, such as half of a character.
    """
    try:
        return record.model_dump_json(by_alias=True, indent=2).encode() + b"\n"
    except PydanticSerializationError:
        raise InvalidInput(
            "A text has a broken character (a lone surrogate); send whole Unicode text."
        ) from None


def decode_session(data: bytes, session_id: str) -> GallerySession:
    """Read a session's record; raises DamagedData when it is not one, or is another session's."""
    session = _decode(GallerySession, data)
    if session.id != session_id:
        raise DamagedData(f'its "id" is {session.id!r}, but it lies in the folder {session_id}')
    return session


def decode_image(data: bytes, session_id: str, number: int) -> GalleryImage:
    """Read an image's record; raises DamagedData when it is not one, or is another image's."""
    image = _decode(GalleryImage, data)
    if image.id != image_id(number) or image.session_id != session_id:
        raise DamagedData(
            f'it says that it is "{image.session_id}" "{image.id}", but lies where {session_id} '
            f"keeps {image_id(number)}"
        )
    if re.fullmatch(rf"{image_stem(number)}\.(?!json)[a-z0-9]{{1,5}}", image.filename) is None:
        raise DamagedData(f'its "filename" should be {image_stem(number)} with an ending, such as .png')
    if image.sha256 is not None and image.size is None:
        raise DamagedData('it has a "sha256" but no "size"')
    if image.sha256 is None and image.purged_at is None and not _is_address(image.source_url):
        raise DamagedData('it has neither the "sha256" of a picture nor the "source_url" of one')
    return image


def _is_address(url: str | None) -> bool:
    return url is not None and url.startswith(("http://", "https://"))


def _decode(kind: type[_Record], data: bytes) -> _Record:
    try:
        return kind.model_validate_json(data)
    except ValidationError as error:
        raise DamagedData(_reason(error, data)) from None


def _reason(error: ValidationError, data: bytes) -> str:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    reason = f"{place}: {first['msg']}" if place else first["msg"]
    try:
        schema = orjson.loads(data)["schema"]
    except (orjson.JSONDecodeError, KeyError, TypeError, IndexError):
        return reason
    if isinstance(schema, int) and schema > SCHEMA:
        return f"a newer version of Dynamic Gallery wrote it (schema {schema}); update to read it"
    return reason
