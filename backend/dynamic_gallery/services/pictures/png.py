"""PNG and APNG: chunks with checksums.

What follows IEND is tolerated: every browser shows such files, tools append notes and archives
there, and the bytes are only ever served back as image/png with nosniff.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from struct import Struct

from .facts import broken, cut_short

NAME = "PNG"
SIGNATURE = b"\x89PNG\r\n\x1a\n"

MOST_CHUNKS = 20_000
"""libpng writes 4,096 chunks of 8 KiB into 32 MiB; beyond this the walk itself would be the cost."""

_CHUNK = Struct(">I4s")
_HEADER = Struct(">IIBBBBB")
_FRAME = Struct(">IIIII")
_CRC = Struct(">I")

_BITS_OF = {
    0: {1: 1, 2: 2, 4: 4, 8: 8, 16: 16},
    2: {8: 24, 16: 48},
    3: {1: 1, 2: 2, 4: 4, 8: 8},
    4: {8: 16, 16: 32},
    6: {8: 32, 16: 64},
}
"""Bits of a pixel by colour type, then by bit depth: all pairs that exist."""

_DEFLATE_RATIO = 1032
_FIRST_INPUT = 64 * 1024
_FIRST_OUTPUT = 64 * 1024

_PIXEL_CHUNKS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"iCCP", b"sRGB", b"eXIf"})

Chunk = tuple[bytes, int, int]
"""Type, place of the first content byte, number of content bytes."""


def read_size(data: bytes) -> tuple[int, int]:
    """(width, height) from IHDR, whose values and checksum are checked. Raises InvalidPicture."""
    kind, start, length = next(_chunks(data), (b"", 0, 0))
    if kind != b"IHDR" or length != _HEADER.size:
        raise broken(NAME, "it does not begin with its header")
    width, height, depth, colour, compression, filtering, interlace = _HEADER.unpack_from(data, start)
    if not (0 < width < 1 << 31 and 0 < height < 1 << 31):
        raise broken(NAME, f"its size is {width} × {height}")
    if depth not in _BITS_OF.get(colour, {}) or compression or filtering or interlace > 1:
        raise broken(NAME, "its header names a kind of pixels that does not exist")
    return width, height


def check_structure(data: bytes, _max_pixels: int) -> None:
    """Walk all chunks, with checksums, and inflate the first row. Raises InvalidPicture."""
    chunks = list(_chunks(data))
    _check_order([kind for kind, _, _ in chunks], colour=data[25])
    _check_frames(data, chunks)
    _check_image_data(data, [chunk for chunk in chunks if chunk[0] == b"IDAT"])


def without_texts(data: bytes) -> bytes:
    """The same picture with only what its first frame needs to be drawn.

    Pillow refuses pictures with long compressed texts, in which generators keep their settings.
    Raises InvalidPicture when the chunks cannot be walked.
    """
    kept = [chunk for chunk in _chunks(data) if chunk[0] in _PIXEL_CHUNKS]
    return SIGNATURE + b"".join(data[start - 8 : start + length + 4] for _, start, length in kept)


def _chunks(data: bytes) -> Iterator[Chunk]:
    """Every chunk up to IEND, its place and checksum checked."""
    view, end, position = memoryview(data), len(data), len(SIGNATURE)
    for _ in range(MOST_CHUNKS):
        if position + 12 > end:
            raise cut_short(NAME)
        length, kind = _CHUNK.unpack_from(data, position)
        after = position + 12 + length
        if not kind.isalpha() or length >= 1 << 31:
            raise broken(NAME, "it holds a part that is no chunk")
        if after > end:
            raise cut_short(NAME)
        if _CRC.unpack_from(data, after - 4)[0] != zlib.crc32(view[position + 4 : after - 4]):
            raise broken(NAME, f"the checksum of its {kind.decode('ascii')} part does not match")
        yield kind, position + 8, length
        if kind == b"IEND":
            return
        position = after
    raise broken(NAME, f"it has more than {MOST_CHUNKS:,} parts")


def _check_order(kinds: list[bytes], *, colour: int) -> None:
    if b"IDAT" not in kinds:
        raise broken(NAME, "it has no image data")
    first, count = kinds.index(b"IDAT"), kinds.count(b"IDAT")
    if kinds[first : first + count] != [b"IDAT"] * count:
        raise broken(NAME, "its image data is torn apart")
    if kinds.count(b"IHDR") > 1 or kinds.count(b"PLTE") > 1:
        raise broken(NAME, "it has two headers or palettes")
    if colour == 3 and b"PLTE" not in kinds[:first]:
        raise broken(NAME, "it has no palette")
    unknown = {kind for kind in kinds if kind[:1].isupper()} - {b"IHDR", b"PLTE", b"IDAT", b"IEND"}
    if unknown:
        raise broken(NAME, "it needs an extension of the format that nobody knows")


def _check_frames(data: bytes, chunks: list[Chunk]) -> None:
    """Frames of an animation lie inside the canvas."""
    width, height = read_size(data)
    for kind, start, length in chunks:
        if kind == b"PLTE" and (length % 3 or not 0 < length <= 768):
            raise broken(NAME, "its palette has a wrong length")
        if kind == b"fdAT" and length < 4:
            raise broken(NAME, "a frame of its animation has no data")
        if kind == b"fcTL":
            if length != 26:
                raise broken(NAME, "a frame of its animation has a wrong header")
            _, frame_width, frame_height, x, y = _FRAME.unpack_from(data, start)
            if not (frame_width and frame_height) or x + frame_width > width or y + frame_height > height:
                raise broken(NAME, "a frame of its animation lies outside the picture")


def _check_image_data(data: bytes, parts: list[Chunk]) -> None:
    width, height, depth, colour, *_ = _HEADER.unpack_from(data, 16)
    bits = _BITS_OF[colour][depth]
    if width * height * bits // 8 > _DEFLATE_RATIO * (1 + sum(length for _, _, length in parts)):
        raise broken(NAME, "its image data is too short for its size")
    wanted = min(1 + (width * bits + 7) // 8, _FIRST_OUTPUT)
    try:
        row, exhausted = _inflate_first(data, parts, wanted)
    except zlib.error as error:
        raise broken(NAME, "its image data cannot be unpacked") from error
    if exhausted and len(row) < wanted:
        raise broken(NAME, "its image data ends in the first row")
    if row and row[0] > 4:
        raise broken(NAME, "its first row is of a kind that does not exist")


def _inflate_first(data: bytes, parts: list[Chunk], wanted: int) -> tuple[bytes, bool]:
    """Up to `wanted` bytes from the first 64 KiB of image data; True when there is no more to read."""
    inflater, row, room = zlib.decompressobj(), b"", _FIRST_INPUT
    for _, start, length in parts:
        row += inflater.decompress(data[start : start + min(length, room)], wanted - len(row))
        room -= min(length, room)
        if len(row) >= wanted or inflater.eof:
            return row, inflater.eof
        if not room:
            return row, False
    return row, True
