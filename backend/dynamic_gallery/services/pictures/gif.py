"""GIF 87a and 89a: blocks made of sub-blocks of at most 255 bytes, up to a trailer.

What follows the trailer is tolerated, as browsers do.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import Struct

from .facts import broken, cut_short, refuse_too_many_pixels

NAME = "GIF"

MOST_BLOCKS = 10_000
MOST_SUB_BLOCKS = 400_000
"""32 MiB hold 131,072 full sub-blocks; more than three times as many are no picture."""

_SCREEN = Struct("<6xHHB2x")
_IMAGE = Struct("<HHHHB")
_EXTENSION, _DESCRIPTOR, _TRAILER = 0x21, 0x2C, 0x3B

Frame = tuple[int, int, int, int]
"""Left, top, width, height of one image in px."""


def read_size(data: bytes) -> tuple[int, int]:
    """(width, height) of the screen, stretched to the first image as in browsers. Raises InvalidPicture."""
    if len(data) < _SCREEN.size:
        raise cut_short(NAME)
    width, height, _ = _SCREEN.unpack_from(data)
    x, y, frame_width, frame_height = next(_frames(data), (0, 0, 0, 0))
    if not (frame_width and frame_height):
        raise broken(NAME, "it holds no image")
    return max(width, x + frame_width), max(height, y + frame_height)


def check_structure(data: bytes, max_pixels: int) -> None:
    """Walk all blocks to the trailer. Raises InvalidPicture, or TooLarge for a frame over `max_pixels`."""
    for _, _, width, height in _frames(data):
        if not (width and height):
            raise broken(NAME, "one of its images has no size")
        refuse_too_many_pixels(width, height, max_pixels)


def _frames(data: bytes) -> Iterator[Frame]:
    """Every image that has data, up to the trailer."""
    try:
        yield from _walk(data)
    except IndexError:
        raise cut_short(NAME) from None


def _walk(data: bytes) -> Iterator[Frame]:
    _, _, flags = _SCREEN.unpack_from(data)
    position, budget = _SCREEN.size + _table_bytes(flags), MOST_SUB_BLOCKS
    for _ in range(MOST_BLOCKS):
        kind = data[position]
        if kind == _TRAILER:
            return
        if kind == _EXTENSION:
            position, budget = _skip_sub_blocks(data, position + 2, budget)
            continue
        if kind != _DESCRIPTOR:
            raise broken(NAME, "it holds a part that is no block")
        if position + 1 + _IMAGE.size > len(data):
            raise cut_short(NAME)
        x, y, width, height, flags = _IMAGE.unpack_from(data, position + 1)
        position += 1 + _IMAGE.size + _table_bytes(flags)
        if not 1 <= data[position] <= 11 or not data[position + 1]:
            raise broken(NAME, "one of its images has no data")
        position, budget = _skip_sub_blocks(data, position + 1, budget)
        yield x, y, width, height
    raise broken(NAME, f"it has more than {MOST_BLOCKS:,} parts")


def _table_bytes(flags: int) -> int:
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _skip_sub_blocks(data: bytes, position: int, budget: int) -> tuple[int, int]:
    """The place behind a chain of sub-blocks, and the budget left. Raises IndexError at the end of `data`."""
    for used in range(budget):
        size = data[position]
        position += size + 1
        if not size:
            return position, budget - used
    raise broken(NAME, f"it is cut into more than {MOST_SUB_BLOCKS:,} pieces")
