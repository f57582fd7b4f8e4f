"""The records: what is kept of a session and of an image. Pure, no I/O.

A record is one JSON document with `"schema": 1`. Fields this version does not know are kept when
it is written again. Times are UTC with milliseconds; placements are in the units of `Placement`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, PrivateAttr

from .ids import image_number

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Limits:
    """What is accepted.

    Of one picture its bytes and its pixels (width times height); of one import its bytes, packed and
    unpacked, and its files.
    """

    max_image_bytes: int = 32 * 1024 * 1024
    max_pixels: int = 64_000_000
    max_import_bytes: int = 8 * 1024**3
    max_import_files: int = 200_000


def now() -> datetime:
    """The current moment in UTC, cut to the milliseconds that records keep."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def iso(moment: datetime) -> str:
    """A moment as records and answers spell it: ISO 8601, UTC, milliseconds."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _as_utc(moment: datetime) -> datetime:
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("lies beyond the calendar") from None


Moment = Annotated[datetime, AfterValidator(_as_utc), PlainSerializer(iso, return_type=str)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0, le=2**53)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
MediaType = Annotated[str, Field(pattern=r"^image/[a-z0-9.+-]{1,40}$")]


class Placement(BaseModel):
    """Where a card lies: `x` in percent of the canvas width, the rest in CSS px, `y` from the canvas top.

    `z` has no unit: of two cards, the one with the larger `z` lies above.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    at: Moment
    x: Number
    y: Number
    width: Number
    height: Number
    canvas_width: Number | None = None
    z: Number = 0.0


class Removal(BaseModel):
    """One stay in the trash; `restored_at` is None while it lasts."""

    model_config = ConfigDict(frozen=True, extra="allow")

    at: Moment
    restored_at: Moment | None = None


class NameEdit(BaseModel):
    """The session was named; None means: named automatically again."""

    model_config = ConfigDict(frozen=True, extra="allow")

    field: Literal["name"] = "name"
    at: Moment
    value: str | None


class CompositionEdit(BaseModel):
    """At character `start`, `removed` characters gave way to `inserted`."""

    model_config = ConfigDict(frozen=True, extra="allow")

    field: Literal["user_composition"] = "user_composition"
    at: Moment
    start: int = Field(ge=0)
    removed: int = Field(ge=0)
    inserted: str


class ProductsEdit(BaseModel):
    """The products saved from then on."""

    model_config = ConfigDict(frozen=True, extra="allow")

    field: Literal["saved_products"] = "saved_products"
    at: Moment
    value: list[str]


SessionEdit = Annotated[NameEdit | CompositionEdit | ProductsEdit, Field(discriminator="field")]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)

    schema_version: int = Field(default=SCHEMA, alias="schema", ge=1)

    @property
    def read_only(self) -> bool:
        """Whether a newer version wrote it, so that this one must not rewrite it."""
        return self.schema_version > SCHEMA

    def changed(self, **fields: Any) -> Self:
        """A copy with other values; the values must already be of the fields' types."""
        copy = self.model_copy(update=fields)
        copy._forget()
        return copy

    def _forget(self) -> None:
        """Drop what was derived from the fields."""


class IdempotencyMark(BaseModel):
    """The client's key for the request that made a session or an image, and a sha256 of what it asked for."""

    model_config = ConfigDict(frozen=True, extra="allow")

    key: str
    request_sha256: str


class SessionClaim(BaseModel):
    """What an idempotency key is bound to: the id of the session that its request makes, or made.

    With `erased_at` that session is gone for good, and the key makes none again.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    session_id: str
    request_sha256: str
    created_at: Moment
    erased_at: Moment | None = None


class GallerySession(_Record):
    """The record of one session: `{id}/metadata.json`. A `name` of None is named automatically."""

    id: str
    name: str | None = None
    created_at: Moment
    updated_at: Moment
    user_composition: str = ""
    saved_products: list[str] = Field(default_factory=list)
    directives_used: list[str] = Field(default_factory=list)
    trashed_at: Moment | None = None
    purging: bool = False
    idempotency: IdempotencyMark | None = None
    edits: list[SessionEdit] = Field(default_factory=list)


class GalleryImage(_Record):
    """The record of one image: `{session_id}/img_001.json`, beside its blob `filename`.

    `size` is in bytes, `pixel_width` and `pixel_height` in pixels; all of the bytes' facts are None while
    only `source_url` is known. `user_composition` and `generator` are as they were when it was made.
    """

    id: str
    session_id: str
    filename: str
    created_at: Moment
    directive: str = ""
    product_id: str = ""
    product_name: str = ""
    product_brand: str = ""
    x: Number = 0.0
    y: Number = 0.0
    width: Number
    height: Number
    canvas_width: Number | None = None
    z: Number = 0.0
    user_composition: str = ""
    generator: dict[str, Any] | None = None
    media_type: MediaType | None = None
    size: Count | None = None
    pixel_width: Count | None = None
    pixel_height: Count | None = None
    sha256: Sha256 | None = None
    crc32: Count | None = None
    source_url: str | None = None
    placements: list[Placement] = Field(default_factory=list)
    removals: list[Removal] = Field(default_factory=list)
    purged_at: Moment | None = None
    idempotency: IdempotencyMark | None = None

    _public: bytes | None = PrivateAttr(default=None)

    def _forget(self) -> None:
        self._public = None

    @property
    def number(self) -> int:
        """The count in its id: 1 for `img-001`."""
        return image_number(self.id)

    @property
    def removed_at(self) -> datetime | None:
        """Since when it is in the trash, or None."""
        last = self.removals[-1] if self.removals else None
        return last.at if last and last.restored_at is None else None

    @property
    def in_trash(self) -> bool:
        """Whether it was removed and can still be restored."""
        return self.purged_at is None and self.removed_at is not None

    @property
    def visible(self) -> bool:
        """Whether lists and URLs show it."""
        return self.purged_at is None and self.removed_at is None

    def public_json(self) -> bytes:
        """What clients are shown of it, as a JSON object without its URL; made once."""
        if self._public is None:
            fields = self.model_dump_json(include=PUBLIC_IMAGE_FIELDS).encode()
            self._public = b'{"version":"%s",%s' % (placement_version(self).encode(), fields[1:])
        return self._public


PUBLIC_IMAGE_FIELDS = set(GalleryImage.model_fields) - {
    "schema_version",
    "crc32",
    "placements",
    "removals",
    "purged_at",
    "idempotency",
}


MEASURES = ("x", "y", "width", "height", "canvas_width", "z")
"""What a placement consists of; records of an older version have no `z`, which then is 0."""


def where(placed: Placement | GalleryImage) -> dict[str, float | None]:
    """Where a card lies, without when: the measures that an image and a placement share."""
    return {name: getattr(placed, name) for name in MEASURES}


def placement_version(placed: Placement | GalleryImage) -> str:
    """A name for where a card lies: equal for equal measures and for no others, whatever else changes."""
    measures = [None if measure is None else measure + 0.0 for measure in where(placed).values()]
    return hashlib.sha256(repr(measures).encode()).hexdigest()[:16]
