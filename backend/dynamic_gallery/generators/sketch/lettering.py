"""What the shipped typeface can write, and how wide it comes out."""

from __future__ import annotations

from functools import cache

from PIL import ImageFont

from dynamic_gallery.generators.sketch.rasterizer import FONT

_MEASURE = 100


@cache
def _face() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), _MEASURE, layout_engine=ImageFont.Layout.BASIC)


@cache
def _missing() -> bytes:
    return bytes(_face().getmask("\uffff"))


def shown(words: str) -> str:
    """The words without the characters the typeface lacks; empty when little would be left of them."""
    kept = "".join(char for char in words if char == " " or _has(char)).strip()
    return kept if len(kept) * 2 > len(words.strip()) else ""


@cache
def _has(char: str) -> bool:
    return char.isprintable() and bytes(_face().getmask(char)) != _missing()


def fitting_size(words: str, size: float, room: float, *, spacing: float = 0.0) -> float:
    """`size`, or what makes the line fit into `room` units; `spacing` is in parts of the size."""
    width = _face().getlength(words) / _MEASURE + spacing * len(words)
    return size if width * size <= room else room / width
