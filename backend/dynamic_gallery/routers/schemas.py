"""What requests may say and what answers look like. Strict: a number is a number, not a text or a boolean."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Literal

import orjson
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from dynamic_gallery.models import GalleryImage, Moment, iso
from dynamic_gallery.routers import examples
from dynamic_gallery.services.edits import SessionChanges
from dynamic_gallery.services.saving import URL_LENGTH, NewImage
from dynamic_gallery.storage.base import SessionPage
from dynamic_gallery.summaries import SessionSummary

GENERATOR_DEPTH = 64
GENERATOR_BYTES = 65_536


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("must not contain the character NUL")
    return text


def _plain_json(value: dict[str, Any] | None) -> dict[str, Any] | None:
    try:
        if _depth(value) > GENERATOR_DEPTH:
            raise RecursionError
        encoded = json.dumps(value, allow_nan=False)
    except (ValueError, RecursionError):
        raise ValueError("must hold finite numbers only, and not be nested too deeply") from None
    if len(encoded) > GENERATOR_BYTES:
        raise ValueError(f"must not be longer than {GENERATOR_BYTES} characters of JSON")
    if _ENCODED_NUL.search(encoded):
        raise ValueError("must not contain the character NUL")
    return value


def _depth(value: object) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_depth, inner), default=0)


_ENCODED_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


NoNul = AfterValidator(_without_nul)
Name = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True), NoNul]
Composition = Annotated[str, StringConstraints(max_length=20_000), NoNul]
Directive = Annotated[str, StringConstraints(max_length=2_000), NoNul]
Word = Annotated[str, StringConstraints(max_length=300), NoNul]
Words = Annotated[list[Word], Field(max_length=1_000)]
Directives = Annotated[list[Directive], Field(max_length=5_000)]
Coordinate = Annotated[float, Field(ge=-1e7, le=1e7, allow_inf_nan=False)]
Level = Annotated[float, Field(ge=-1e9, le=1e9, allow_inf_nan=False)]
Length = Annotated[float, Field(gt=0, le=1e5, allow_inf_nan=False)]
Facts = Annotated[dict[str, Any], AfterValidator(_plain_json)]


class _Request(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")


class SessionFields(_Request):
    """What can be said of a session; every field may be left out."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"name": "Morning Demo", "user_composition": "Looking for elegant evening wear..."}]
        }
    )

    name: Name | None = Field(
        default=None, description="Empty or null: named from its date and first directive."
    )
    user_composition: Composition = ""
    saved_products: Words = []
    directives_used: Directives = []

    def changes(self) -> SessionChanges:
        """The fields that were sent."""
        sent = {field: getattr(self, field) for field in self.model_fields_set}
        if "name" in sent:
            sent["name"] = sent["name"] or None
        return SessionChanges(**sent)


class ImagePlacement(_Request):
    """Where a card lies from now on; parts left out stay as they are."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"x": 44, "y": 280}]})

    x: Coordinate = Field(default=0, description="Percent of the canvas width.")
    y: Coordinate = Field(default=0, description="CSS px from the canvas top.")
    width: Length = Field(default=1, description="CSS px.")
    height: Length = Field(default=1, description="CSS px.")
    canvas_width: Length | None = Field(default=None, description="CSS px, of the canvas at that moment.")
    z: Level = Field(default=0, description="Of two cards the one with the larger z lies above.")

    def sent(self) -> dict[str, float | None]:
        """The parts that were sent."""
        return {field: getattr(self, field) for field in self.model_fields_set}


class ImageFields(_Request):
    """What is said of a new image beside the picture itself."""

    directive: Directive = ""
    product_id: Word = ""
    product_name: Word = ""
    product_brand: Word = ""
    x: Coordinate = Field(default=0, description="Percent of the canvas width.")
    y: Coordinate = Field(default=0, description="CSS px from the canvas top.")
    width: Length | None = Field(default=None, description="CSS px; 180 when left out.")
    height: Length | None = Field(
        default=None, description="CSS px; follows the picture's shape when left out."
    )
    canvas_width: Length | None = Field(default=None, description="CSS px, of the canvas at that moment.")
    z: Level = Field(default=0, description="Of two cards the one with the larger z lies above.")
    user_composition: Composition | None = Field(
        default=None, description="The composition it was made from; the session's present one when left out."
    )
    generator: Facts | None = Field(
        default=None, description="What made it: name, model, seed, prompt, and more."
    )


class NewImageBody(ImageFields):
    """A picture to save: exactly one of `image_data` and `image_url`, and what is said of it."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.NEW_IMAGE]})

    image_data: str | None = Field(default=None, description="The picture in base64, or as a data URL.")
    image_url: Annotated[str, StringConstraints(max_length=URL_LENGTH)] | None = Field(
        default=None, description="Where the picture is hosted (http or https)."
    )

    def new_image(self, data: bytes | None) -> NewImage:
        """The picture to save, with its bytes decoded."""
        fields = {name: getattr(self, name) for name in ImageFields.model_fields}
        return NewImage(data=data, source_url=self.image_url, **fields)


class NewImageForm(ImageFields):
    """The fields of a multipart upload, beside the part that holds the file."""

    model_config = ConfigDict(strict=False)

    image_url: Annotated[str, StringConstraints(max_length=URL_LENGTH)] | None = None

    def new_image(self, data: bytes | None) -> NewImage:
        """The picture to save."""
        fields = {name: getattr(self, name) for name in ImageFields.model_fields}
        return NewImage(data=data, source_url=self.image_url, **fields)


class SessionOut(BaseModel):
    """A session as it is shown."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.SESSION]})

    id: str = Field(examples=["gal-1733500000-abc123"])
    name: str = Field(examples=["Morning Demo"])
    auto_named: bool = Field(description="Whether the name follows from date and first directive.")
    created_at: Moment
    updated_at: Moment = Field(description="Time of the latest change of it or of any of its images.")
    user_composition: str
    saved_products: list[str]
    directives_used: list[str]
    image_count: int
    total_bytes: int
    covers: list[str] = Field(description="URLs of its newest images, four at most.")
    trashed_at: Moment | None
    erase_at: Moment | None = Field(
        description="When it is erased for good unless it is restored; null of what is not in the trash."
    )


class DamageOut(BaseModel):
    """A record that is there and cannot be read; everything else is listed as usual."""

    id: str
    file: str
    reason: str


class SessionPageOut(BaseModel):
    """One page of sessions; `next_cursor` leads to the next and is null on the last."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.SESSION_PAGE]})

    sessions: list[SessionOut]
    next_cursor: str | None
    total: int
    damaged: list[DamageOut]


class ImageOut(BaseModel):
    """An image as it is shown. The facts of its bytes are null while only `source_url` is known."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.IMAGE]})

    url: str = Field(examples=["/api/gallery/session/gal-1733500000-abc123/images/img-001"])
    version: str = Field(description="Changes with its placement only; send it in If-Match to move it.")
    id: str = Field(examples=["img-001"])
    session_id: str
    filename: str = Field(examples=["img_001.png"])
    created_at: Moment
    directive: str
    product_id: str
    product_name: str
    product_brand: str
    x: float
    y: float
    width: float
    height: float
    canvas_width: float | None
    z: float
    user_composition: str
    generator: dict[str, Any] | None
    media_type: str | None
    size: int | None
    pixel_width: int | None
    pixel_height: int | None
    sha256: str | None
    source_url: str | None


class RemovedImageOut(ImageOut):
    """An image in the trash, as its list shows it."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.REMOVED_IMAGE]})

    removed_at: Moment


class ImageListOut(BaseModel):
    """All images of a session that are shown, in order of creation; or its trash, newest removal first."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.IMAGE_LIST]})

    session_id: str
    images: list[ImageOut | RemovedImageOut]
    damaged: list[DamageOut]


class PlacementOut(BaseModel):
    """A placement in a timeline."""

    x: float
    y: float
    width: float
    height: float
    canvas_width: float | None
    z: float


class TimelineEventOut(BaseModel):
    """One event; which of the later fields it has follows from `type`."""

    at: Moment
    offset_ms: int = Field(description="Milliseconds since the session began.")
    type: Literal[
        "session_created",
        "named",
        "composition",
        "products",
        "image_saved",
        "image_moved",
        "image_removed",
        "image_restored",
    ]
    name: str | None = None
    user_composition: str | None = None
    saved_products: list[str] | None = None
    image_id: str | None = None
    directive: str | None = None
    product_id: str | None = None
    product_name: str | None = None
    product_brand: str | None = None
    placement: PlacementOut | None = None


class TimelineOut(BaseModel):
    """All that happened in a session, in order of time."""

    session_id: str
    started_at: Moment
    ended_at: Moment
    events: list[TimelineEventOut]


def session_json(summary: SessionSummary, base: str, erase_at: datetime | None = None) -> bytes:
    """A session as SessionOut shows it, with URLs under `base`."""
    covers = [f"{base}/session/{summary.id}/images/{image_id}" for image_id in summary.cover_ids]
    return b'{"covers":%s,"erase_at":%s,%s' % (
        orjson.dumps(covers),
        orjson.dumps(None if erase_at is None else iso(erase_at)),
        summary.public_json()[1:],
    )


def page_json(page: SessionPage, base: str, erase_at: Callable[[SessionSummary], datetime | None]) -> bytes:
    """A page as SessionPageOut shows it, with URLs under `base`."""
    return b'{"sessions":[%s],"next_cursor":%s,"total":%d,"damaged":%s}' % (
        b",".join([session_json(summary, base, erase_at(summary)) for summary in page.sessions]),
        orjson.dumps(page.next_cursor),
        page.total,
        orjson.dumps(page.damaged),
    )


def image_json(image: GalleryImage, base: str) -> bytes:
    """An image as ImageOut shows it, without building one: lists may hold ten thousand."""
    return b'{"url":"%s/session/%s/images/%s",%s' % (
        base.encode(),
        image.session_id.encode(),
        image.id.encode(),
        image.public_json()[1:],
    )
