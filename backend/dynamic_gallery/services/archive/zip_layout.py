"""Where every byte of a ZIP lies, known before the first is sent. Pure, no I/O.

Entries are stored, not compressed, so sizes and CRCs tell all: the length, and any range of bytes.
Zip64 fields appear just where the plain ones cannot hold a number.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate
from typing import NamedTuple

MAX_16 = 0xFFFF
MAX_32 = 0xFFFFFFFF
UTF8_NAMES = 0x800

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s4B4H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_VERSION, _VERSION_64 = 20, 45
_UNIX = 3
_PLAIN_FILE = 0o100644 << 16
_FIRST_DOS, _LAST_DOS = datetime(1980, 1, 1, tzinfo=UTC), datetime(2107, 12, 31, 23, 59, 58, tzinfo=UTC)
_LAST_UNIX = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: its path in the archive, its `size` in bytes, the CRC-32 of its bytes, when it was made."""

    name: str
    size: int
    crc32: int
    modified: datetime


class Content(NamedTuple):
    """Bytes `start` to before `stop` of the file of the entry at `place`."""

    place: int
    start: int
    stop: int


class ZipLayout:
    """A planned ZIP; `size` is its length in bytes."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        lengths = (len(_local(entry)) + entry.size for entry in entries)
        self._offsets = list(accumulate(lengths, initial=0))
        places = zip(entries, self._offsets, strict=False)
        self._directory = list(
            accumulate((len(_central(*place)) for place in places), initial=self._offsets[-1])
        )
        self._end = _end(len(entries), self._offsets[-1], self._directory[-1])
        self.size = self._directory[-1] + len(self._end)

    def pieces(self, start: int = 0, stop: int | None = None) -> Iterator[bytes | Content]:
        """What bytes `start` to before `stop` consist of, in order: bytes of the ZIP's own, and parts of files."""
        stop = self.size if stop is None else min(stop, self.size)
        for place in _reached(self._offsets, start, stop):
            yield from self._file(place, start - self._offsets[place], stop - self._offsets[place])
        for place in _reached(self._directory, start, stop):
            header = _central(self.entries[place], self._offsets[place])
            yield from _cut(header, start - self._directory[place], stop - self._directory[place])
        yield from _cut(self._end, start - self._directory[-1], stop - self._directory[-1])

    def _file(self, place: int, start: int, stop: int) -> Iterator[bytes | Content]:
        header = _local(self.entries[place])
        yield from _cut(header, start, stop)
        first, last = max(0, start - len(header)), min(self.entries[place].size, stop - len(header))
        if first < last:
            yield Content(place, first, last)


def _reached(offsets: list[int], start: int, stop: int) -> range:
    """Which of the things that lie between neighbouring offsets have bytes from `start` to before `stop`."""
    first = max(0, bisect_right(offsets, start) - 1)
    return range(first, min(len(offsets) - 1, bisect_right(offsets, stop - 1)))


def _cut(data: bytes, start: int, stop: int) -> Iterator[bytes]:
    part = data[max(0, start) : max(0, stop)]
    if part:
        yield part


def _local(entry: Entry) -> bytes:
    """The header in front of a file. Zip64 wants both sizes there, also where one would fit."""
    large = entry.size >= MAX_32
    extra = struct.pack("<2H2Q", 1, 16, entry.size, entry.size) if large else b""
    extra += _unix_time(entry.modified)
    size = MAX_32 if large else entry.size
    name = entry.name.encode()
    return (
        _LOCAL.pack(
            b"PK\3\4",
            _VERSION_64 if large else _VERSION,
            UTF8_NAMES,
            0,
            *_dos_time(entry.modified),
            entry.crc32,
            size,
            size,
            len(name),
            len(extra),
        )
        + name
        + extra
    )


def _central(entry: Entry, offset: int) -> bytes:
    """The entry of a file in the directory at the end."""
    large = [number for number in (entry.size, entry.size, offset) if number >= MAX_32]
    extra = struct.pack(f"<2H{len(large)}Q", 1, 8 * len(large), *large) if large else b""
    extra += _unix_time(entry.modified)
    version = _VERSION_64 if large else _VERSION
    name = entry.name.encode()
    return (
        _CENTRAL.pack(
            b"PK\1\2",
            *(version, _UNIX, version, 0),
            UTF8_NAMES,
            0,
            *_dos_time(entry.modified),
            entry.crc32,
            *(min(entry.size, MAX_32), min(entry.size, MAX_32)),
            *(len(name), len(extra), 0, 0, 0),
            _PLAIN_FILE,
            min(offset, MAX_32),
        )
        + name
        + extra
    )


def _end(count: int, start: int, stop: int) -> bytes:
    """What closes a ZIP whose directory lies from `start` to before `stop`."""
    size = stop - start
    end = _END.pack(
        *(b"PK\5\6", 0, 0, min(count, MAX_16), min(count, MAX_16)), min(size, MAX_32), min(start, MAX_32), 0
    )
    if count < MAX_16 and size < MAX_32 and start < MAX_32:
        return end
    versions = (_UNIX << 8 | _VERSION_64, _VERSION_64)
    end_64 = _END_64.pack(b"PK\6\6", _END_64.size - 12, *versions, 0, 0, count, count, size, start)
    return end_64 + _LOCATOR.pack(b"PK\6\7", 0, stop, 1) + end


def _dos_time(moment: datetime) -> tuple[int, int]:
    """Time and date as MS-DOS spelled them, in UTC: even seconds, from 1980 on."""
    at = min(max(moment.astimezone(UTC), _FIRST_DOS), _LAST_DOS)
    return (
        at.hour << 11 | at.minute << 5 | at.second // 2,
        (at.year - 1980) << 9 | at.month << 5 | at.day,
    )


def _unix_time(moment: datetime) -> bytes:
    """The same moment to the second, which says that it is UTC; left out where 32 bits cannot hold it."""
    seconds = int(moment.timestamp())
    return struct.pack("<2HBl", 0x5455, 5, 1, seconds) if 0 <= seconds <= _LAST_UNIX else b""
