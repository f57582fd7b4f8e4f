"""WebP: RIFF chunks around VP8, VP8L, or VP8X with frames.

What follows the RIFF size is tolerated, as libwebp does.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import Struct

from .facts import broken, cut_short

NAME = "WebP"

MOST_CHUNKS = 10_000
MOST_FRAME_CHUNKS = 4
"""A frame holds its transparency, its picture, and seldom anything before them."""

_CHUNK = Struct("<4sI")
_RIFF_HEADER = 12
_EXTENDED_BYTES = 10
_FRAME_BYTES = 16
_ANIMATION = 0x02

Chunk = tuple[bytes, int, int]
"""Type, place of the first content byte, number of content bytes."""


def read_size(data: bytes) -> tuple[int, int]:
    """(width, height) of the canvas, or of the picture where there is none. Raises InvalidPicture."""
    kind, start, length = next(_chunks(data, _RIFF_HEADER, _riff_end(data)), (b"", 0, 0))
    if kind == b"VP8X":
        if length < _EXTENDED_BYTES:
            raise cut_short(NAME)
        return _uint24(data, start + 4) + 1, _uint24(data, start + 7) + 1
    if kind in (b"VP8 ", b"VP8L"):
        return _bitstream_size(data, (kind, start, length))
    raise broken(NAME, "it does not begin with a picture")


def check_structure(data: bytes, _max_pixels: int) -> None:
    """Walk all chunks; every frame lies inside the canvas. Raises InvalidPicture."""
    size = read_size(data)
    chunks = list(_chunks(data, _RIFF_HEADER, _riff_end(data)))
    if chunks[0][0] != b"VP8X":
        return
    if data[chunks[0][1]] & _ANIMATION:
        frames = [chunk for chunk in chunks if chunk[0] == b"ANMF"]
        if not frames:
            raise broken(NAME, "its animation has no frames")
        for frame in frames:
            _check_frame(data, frame, size)
    elif _picture_size(data, chunks) != size:
        raise broken(NAME, "its parts disagree about its size")


def _riff_end(data: bytes) -> int:
    if len(data) < _RIFF_HEADER + _CHUNK.size:
        raise cut_short(NAME)
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise cut_short(NAME)
    return end


def _chunks(data: bytes, position: int, end: int, most: int = MOST_CHUNKS) -> Iterator[Chunk]:
    """The chunks between two places; a last one may lack its padding byte."""
    for _ in range(most):
        if position >= end:
            return
        if position + _CHUNK.size > end:
            raise broken(NAME, "it holds a part that is no chunk")
        kind, length = _CHUNK.unpack_from(data, position)
        start = position + _CHUNK.size
        if start + length > end:
            raise broken(NAME, "one of its parts is longer than the file")
        yield kind, start, length
        position = start + length + (length & 1)
    raise broken(NAME, f"it has more than {most:,} parts")


def _check_frame(data: bytes, frame: Chunk, canvas: tuple[int, int]) -> None:
    _, start, length = frame
    if length < _FRAME_BYTES:
        raise broken(NAME, "a frame of its animation has no header")
    x, y = 2 * _uint24(data, start), 2 * _uint24(data, start + 3)
    width, height = _uint24(data, start + 6) + 1, _uint24(data, start + 9) + 1
    if x + width > canvas[0] or y + height > canvas[1]:
        raise broken(NAME, "a frame of its animation lies outside the picture")
    parts = _chunks(data, start + _FRAME_BYTES, start + length, MOST_FRAME_CHUNKS)
    if _picture_size(data, parts) != (width, height):
        raise broken(NAME, "its parts disagree about its size")


def _picture_size(data: bytes, chunks: Iterator[Chunk] | list[Chunk]) -> tuple[int, int]:
    for chunk in chunks:
        if chunk[0] in (b"VP8 ", b"VP8L"):
            return _bitstream_size(data, chunk)
    raise broken(NAME, "it has no image data")


def _bitstream_size(data: bytes, chunk: Chunk) -> tuple[int, int]:
    kind, start, length = chunk
    return _lossy_size(data, start, length) if kind == b"VP8 " else _lossless_size(data, start, length)


def _lossy_size(data: bytes, start: int, length: int) -> tuple[int, int]:
    """A VP8 key frame: 3 bytes of flags and length of the first partition, a start code, two sizes."""
    if length <= 10 or data[start + 3 : start + 6] != b"\x9d\x01\x2a":
        raise broken(NAME, "its image data has no header")
    tag = _uint24(data, start)
    if tag & 1 or tag >> 1 & 7 > 3 or not tag >> 4 & 1 or tag >> 5 > length - 10:
        raise broken(NAME, "its image data has a wrong header")
    width = int.from_bytes(data[start + 6 : start + 8], "little") & 0x3FFF
    height = int.from_bytes(data[start + 8 : start + 10], "little") & 0x3FFF
    if not (width and height):
        raise broken(NAME, f"its size is {width} × {height}")
    return width, height


def _lossless_size(data: bytes, start: int, length: int) -> tuple[int, int]:
    """A VP8L header: 0x2f, then 14 bits of width - 1, 14 of height - 1, one for alpha, three of version."""
    if length <= 5 or data[start] != 0x2F:
        raise broken(NAME, "its image data has no header")
    bits = int.from_bytes(data[start + 1 : start + 5], "little")
    if bits >> 29:
        raise broken(NAME, "its image data is of an unknown version")
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1


def _uint24(data: bytes, position: int) -> int:
    return int.from_bytes(data[position : position + 3], "little")
