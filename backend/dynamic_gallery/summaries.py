"""What lists show of a session: derived from its record and its images' records. Pure, no I/O."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime

from pydantic import BaseModel, ConfigDict, PrivateAttr

from .models import GalleryImage, GallerySession, Moment

DERIVATION = 3
"""Counts up when what is derived below changes, so that no index keeps what an older version derived."""
COVERS = 4
"""So many of its newest images stand for a session in a list."""


class SessionSummary(BaseModel):
    """A session as lists show it: its record's fields, and what follows from its images."""

    model_config = ConfigDict(frozen=True)

    id: str
    name: str
    auto_named: bool
    created_at: Moment
    updated_at: Moment
    user_composition: str
    saved_products: list[str]
    directives_used: list[str]
    image_count: int
    total_bytes: int
    cover_ids: list[str]
    products: list[str]
    trashed_at: Moment | None
    removed_since: Moment | None = None
    any_erased: bool = False
    images_state: str = ""
    """Another whenever a record of an image is another, which need not change anything above."""

    _public: bytes | None = PrivateAttr(default=None)

    def public_json(self) -> bytes:
        """What clients are shown of it, as a JSON object without URLs; made once."""
        if self._public is None:
            self._public = self.model_dump_json(exclude=_INDEX_ONLY).encode()
        return self._public

    def search_text(self) -> str:
        """Folded, all that a search looks through: name, composition, directives and products."""
        texts = (
            self.name,
            self.user_composition,
            *self.directives_used,
            *self.saved_products,
            *self.products,
        )
        return folded("\n".join(texts))


_INDEX_ONLY = {"cover_ids", "products", "removed_since", "any_erased", "images_state"}


_ACCENTS = re.compile("[\u0300-\u036f]+")


def folded(text: str) -> str:
    """A text as searches compare it: without regard to case, accents and the form of an apostrophe."""
    text = text.casefold()
    if text.isascii():
        return text
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).replace("\u2019", "'")


def summarise(
    session: GallerySession, images: Iterable[GalleryImage], images_state: str = ""
) -> SessionSummary:
    """Derive a session's summary from its record and its images' records, in order of creation."""
    everything = list(images)
    shown = [image for image in everything if image.visible]
    directives = _distinct([*session.directives_used, *(image.directive for image in shown)])
    return SessionSummary(
        id=session.id,
        name=session.name or automatic_name(session, shown),
        auto_named=not session.name,
        created_at=session.created_at,
        updated_at=max([session.updated_at, *map(_last_activity, everything)]),
        user_composition=session.user_composition,
        saved_products=session.saved_products,
        directives_used=directives,
        image_count=len(shown),
        total_bytes=sum(image.size or 0 for image in shown),
        cover_ids=[image.id for image in shown[: -COVERS - 1 : -1]],
        products=_distinct(text for image in shown for text in _product_words(image)),
        trashed_at=session.trashed_at,
        removed_since=min(
            (at for image in everything if image.in_trash and (at := image.removed_at)), default=None
        ),
        any_erased=any(image.purged_at is not None for image in everything),
        images_state=images_state,
    )


def automatic_name(session: GallerySession, shown: list[GalleryImage]) -> str:
    """A name from the session's date (UTC) and its first directive."""
    date = f"{session.created_at.day} {session.created_at:%b %Y}"
    directives = (*session.directives_used, *(image.directive for image in shown))
    first = next((directive for directive in directives if directive), None)
    return f"{date} · {first}" if first else date


def _last_activity(image: GalleryImage) -> datetime:
    moments = [image.created_at]
    if image.placements:
        moments.append(image.placements[-1].at)
    if image.removals:
        moments.append(image.removals[-1].restored_at or image.removals[-1].at)
    return max(moments)


def _product_words(image: GalleryImage) -> tuple[str, str, str]:
    return image.product_id, image.product_name, image.product_brand


def _distinct(texts: Iterable[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text]
