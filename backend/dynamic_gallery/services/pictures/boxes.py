"""The boxes of ISO media files (ISO/IEC 14496-12), and a reader that cannot leave its box."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .facts import broken, cut_short

NAME = "AVIF"

MOST_BOXES = 4_096


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its type, and where its content begins and ends in the file."""

    kind: bytes
    start: int
    end: int


def boxes(data: bytes, start: int, end: int, *, may_reach_end: bool = False) -> Iterator[Box]:
    """The boxes that fill `data[start:end]` exactly; the last one of a file may lack a length of its own.

    Raises InvalidPicture when one sticks out or there are more than `MOST_BOXES`.
    """
    position = start
    for _ in range(MOST_BOXES):
        if position == end:
            return
        box = _read_box(data, position, end, may_reach_end=may_reach_end)
        yield box
        position = box.end
    raise broken(NAME, f"it has more than {MOST_BOXES:,} parts")


def _read_box(data: bytes, position: int, end: int, *, may_reach_end: bool) -> Box:
    if position + 8 > end:
        raise cut_short(NAME)
    size, header = int.from_bytes(data[position : position + 4], "big"), 8
    kind = data[position + 4 : position + 8]
    if size == 1 and position + 16 <= end:
        size, header = int.from_bytes(data[position + 8 : position + 16], "big"), 16
    elif size == 0 and may_reach_end:
        size = end - position
    if size < header:
        raise broken(NAME, "it holds a part that is no box")
    if position + size > end:
        raise cut_short(NAME)
    return Box(kind, position + header, position + size)


class Reader:
    """Reads big-endian numbers from one box. Raises InvalidPicture at the box's end."""

    def __init__(self, data: bytes, box: Box) -> None:
        self._data = data
        self._end = box.end
        self.position = box.start

    def uint(self, size: int) -> int:
        """The next `size` bytes (0 or more) as a number; 0 for none."""
        return int.from_bytes(self.take(size), "big")

    def take(self, size: int) -> bytes:
        """The next `size` bytes."""
        begin = self.position
        if begin + size > self._end:
            raise broken(NAME, "one of its tables is shorter than it says")
        self.position = begin + size
        return self._data[begin : self.position]
