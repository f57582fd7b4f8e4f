"""JPEG: marker segments, then scans of entropy-coded data up to EOI.

What follows EOI is tolerated: cameras put further pictures there (MPO), and every browser shows such files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from struct import Struct

from ...errors import UnsupportedPicture
from .facts import broken, cut_short

NAME = "JPEG"

MOST_SEGMENTS = 4_096
MOST_SCANS = 256
"""Progressive encoders write about ten; thousands would make every later decoding slow."""

_MOST_FILL_BYTES = 64
_FIRST_BLOCK, _LAST_BLOCK = 1 << 12, 1 << 17

_SOS, _EOI, _DQT = 0xDA, 0xD9, 0xDB
_CODED = 0x00
_SHOWN_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
_OTHER_FRAMES = frozenset({0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
_FRAMES = _SHOWN_FRAMES | _OTHER_FRAMES
_BARE = frozenset({0x00, 0x01, *range(0xD0, 0xD9)})

_FRAME = Struct(">BHHB")

Segment = tuple[int, int, int]
"""Marker (`_CODED` for the data of a scan), place of the first content byte, number of content bytes."""


@dataclass(frozen=True, slots=True)
class _Frame:
    width: int
    height: int
    components: frozenset[int]
    units: int
    """Number of smallest coded units, each of at least one bit."""


def read_size(data: bytes) -> tuple[int, int]:
    """(width, height) from the frame header.

    Raises InvalidPicture, or UnsupportedPicture for kinds of JPEG that browsers do not show.
    """
    for marker, start, length in _segments(data):
        if marker in _FRAMES:
            frame = _read_frame(data, marker, start, length)
            return frame.width, frame.height
        if marker in (_SOS, _EOI):
            break
    raise broken(NAME, "it has no frame header")


def check_structure(data: bytes, _max_pixels: int) -> None:
    """Walk all markers to EOI, past every scan. Raises InvalidPicture or UnsupportedPicture."""
    frame, seen, coded = None, Counter[int](), 0
    for marker, start, length in _segments(data):
        seen[marker] += 1
        if marker in _FRAMES:
            if frame:
                raise broken(NAME, "it has two frame headers")
            frame = _read_frame(data, marker, start, length)
        elif marker == _SOS:
            if not frame or not seen[_DQT]:
                raise broken(NAME, "its image data comes before its tables")
            _check_scan(data, start, length, frame)
        elif marker == _CODED:
            coded += length
    if seen[_SOS] > MOST_SCANS:
        raise broken(NAME, f"it has more than {MOST_SCANS} scans")
    if not frame or coded * 8 < frame.units:
        raise broken(NAME, "its image data is missing or too short for its size")


def _segments(data: bytes) -> Iterator[Segment]:
    """Every segment up to EOI; the coded data of a scan comes as one of its own."""
    position, end = 2, len(data)
    for _ in range(MOST_SEGMENTS):
        if position < end and data[position] != 0xFF:
            raise broken(NAME, "it holds a part that is no segment")
        marker, position = _read_marker(data, position)
        if marker == _EOI:
            yield marker, position, 0
            return
        if marker in _BARE:
            raise broken(NAME, "it holds a marker where none may be")
        length = int.from_bytes(data[position : position + 2], "big")
        if position + max(length, 2) > end:
            raise cut_short(NAME)
        if length < 2:
            raise broken(NAME, "it holds a part that is no segment")
        yield marker, position + 2, length - 2
        position += length
        if marker == _SOS:
            begin, position = position, _next_marker(data, position)
            yield _CODED, begin, position - begin
    raise broken(NAME, f"it has more than {MOST_SEGMENTS:,} parts")


def _read_marker(data: bytes, position: int) -> tuple[int, int]:
    """The marker after one or more fill bytes, and the place behind it."""
    for place in range(position + 1, position + 2 + _MOST_FILL_BYTES):
        if place >= len(data):
            raise cut_short(NAME)
        if data[place] != 0xFF:
            return data[place], place + 1
    raise broken(NAME, "it holds a part that is no segment")


def _read_frame(data: bytes, marker: int, start: int, length: int) -> _Frame:
    if marker in _OTHER_FRAMES:
        raise UnsupportedPicture(
            "This is a lossless, hierarchical or arithmetic-coded JPEG, which browsers do not show; "
            "save it as a baseline or progressive JPEG."
        )
    if length < _FRAME.size:
        raise broken(NAME, "its frame header is too short")
    precision, height, width, count = _FRAME.unpack_from(data, start)
    if precision != 8:
        raise UnsupportedPicture(
            f"This JPEG has {precision} bits a sample, which browsers do not show; save it with 8 bits."
        )
    if not (width and height):
        raise broken(NAME, f"its size is {width} × {height}")
    if count not in (1, 3, 4) or length != _FRAME.size + 3 * count:
        raise broken(NAME, "its frame header has a wrong length")
    factors = data[start + 7 : start + length : 3]
    across, down = max(factor >> 4 for factor in factors), max(factor & 15 for factor in factors)
    if not all(1 <= factor >> 4 <= 4 and 1 <= factor & 15 <= 4 for factor in factors):
        raise broken(NAME, "its frame header names a sampling that does not exist")
    units = -(-width // (8 * across)) * -(-height // (8 * down))
    return _Frame(width, height, frozenset(data[start + 6 : start + length : 3]), units)


def _check_scan(data: bytes, start: int, length: int, frame: _Frame) -> None:
    count = data[start] if length else 0
    if not 1 <= count <= 4 or length != 4 + 2 * count:
        raise broken(NAME, "a scan header has a wrong length")
    if not frame.components.issuperset(data[start + 1 : start + 1 + 2 * count : 2]):
        raise broken(NAME, "a scan is of a colour that the picture does not have")


def _next_marker(data: bytes, position: int) -> int:
    """Where coded data that begins at `position` ends: at 0xff before none of 0x00, 0xff, restart markers.

    numpy in growing blocks: the cost is the same for any bytes, while a regular expression is
    twenty times slower on data full of 0xff.
    """
    import numpy as np  # noqa: PLC0415 -- takes 0.3 s, and a server has to start

    values = np.frombuffer(data, np.uint8)
    last, size = len(data) - 1, _FIRST_BLOCK
    while position < last:
        stop = min(position + size, last)
        following = values[position + 1 : stop + 1]
        found = following + np.uint8(1) > 1
        found &= following - np.uint8(0xD0) > 7
        found &= values[position:stop] == 0xFF
        first = int(found.argmax())
        if found[first]:
            return position + first
        position, size = stop, min(size * 2, _LAST_BLOCK)
    raise cut_short(NAME)
