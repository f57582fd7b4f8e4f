"""The tables of an AVIF's `meta` box (ISO/IEC 23008-12): its items, where they lie, how large they are."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from .boxes import NAME, Box, Reader, boxes
from .facts import broken

MOST_ITEMS = 1_024
MOST_TABLES = 4
MOST_EXTENTS = 4_096

IN_FILE, IN_META = 0, 1
"""How an item's extents are counted: from the file's first byte, or from that of the `idat` box."""

Extent = tuple[int, int]
"""Place and length in bytes; a length of 0 means: all the rest."""


@dataclass(frozen=True, slots=True)
class Location:
    """Where an item's bytes lie; `method` is IN_FILE, IN_META, or one that browsers do not read."""

    method: int
    extents: tuple[Extent, ...]


class Meta:
    """The parts of a `meta` box. Raises InvalidPicture when it lacks one that a picture needs."""

    def __init__(self, data: bytes, box: Box) -> None:
        self._data = data
        parts = list(boxes(data, box.start + 4, box.end))
        kinds = [part.kind for part in parts]
        for kind in (b"pitm", b"iloc", b"iinf", b"iprp"):
            if kinds.count(kind) != 1:
                raise broken(NAME, f"it lacks its {kind.decode('ascii')} table, or has two")
        self._parts = dict(zip(kinds, parts, strict=True))

    @property
    def idat(self) -> Box | None:
        """The box with the bytes of small items, if there is one."""
        return self._parts.get(b"idat")

    def primary(self) -> int:
        """The id of the item that is the picture."""
        reader, version, _ = self._open(b"pitm")
        return reader.uint(2 if version == 0 else 4)

    def kinds(self) -> dict[int, bytes]:
        """The type of every item, by id."""
        reader, version, _ = self._open(b"iinf")
        _bounded(reader.uint(2 if version == 0 else 4), MOST_ITEMS)
        kinds = {}
        for entry in boxes(self._data, reader.position, self._parts[b"iinf"].end):
            fields = Reader(self._data, entry)
            version, _ = _version_and_flags(fields)
            if entry.kind == b"infe" and version >= 2:
                item = fields.uint(2 if version == 2 else 4)
                fields.take(2)
                kinds[item] = fields.take(4)
        return kinds

    def locations(self) -> dict[int, Location]:
        """Where every item lies, by id."""
        reader, version, _ = self._open(b"iloc")
        if version > 2:
            raise broken(NAME, "its iloc table is of an unknown version")
        sizes = reader.uint(2)
        offset_size, length_size, base_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
        index_size = sizes & 15 if version else 0
        found, room = {}, MOST_EXTENTS
        for _ in range(_bounded(reader.uint(4 if version == 2 else 2), MOST_ITEMS)):
            item = reader.uint(4 if version == 2 else 2)
            method = reader.uint(2) & 15 if version else IN_FILE
            reader.take(2)
            base = reader.uint(base_size)
            count = _bounded(reader.uint(2), room)
            room -= count
            extents = []
            for _ in range(count):
                reader.take(index_size)
                offset = base + reader.uint(offset_size)
                extents.append((offset, reader.uint(length_size)))
            found[item] = Location(method, tuple(extents))
        return found

    def size_of(self, wanted: int) -> tuple[int, int]:
        """(width, height) of an item by its `ispe` property."""
        whole = self._parts[b"iprp"]
        first, *tables = [*boxes(self._data, whole.start, whole.end)] or [whole]
        if first.kind != b"ipco" or len(tables) > MOST_TABLES:
            raise broken(NAME, "its table of sizes is out of order")
        properties = list(boxes(self._data, first.start, first.end))
        for index in chain.from_iterable(self._associations(table, wanted) for table in tables):
            if 0 < index <= len(properties) and properties[index - 1].kind == b"ispe":
                fields = Reader(self._data, properties[index - 1])
                fields.take(4)
                return fields.uint(4), fields.uint(4)
        raise broken(NAME, "it does not say how large it is")

    def _associations(self, box: Box, wanted: int) -> list[int]:
        reader = Reader(self._data, box)
        version, flags = _version_and_flags(reader)
        width = 2 if flags & 1 else 1
        found = []
        for _ in range(_bounded(reader.uint(4), MOST_ITEMS)):
            item, count = reader.uint(2 if version == 0 else 4), reader.uint(1)
            indexes = reader.take(count * width)
            if item == wanted:
                mask = 0x7FFF if width == 2 else 0x7F
                found += [
                    int.from_bytes(indexes[place : place + width], "big") & mask
                    for place in range(0, len(indexes), width)
                ]
        return found

    def _open(self, kind: bytes) -> tuple[Reader, int, int]:
        reader = Reader(self._data, self._parts[kind])
        return reader, *_version_and_flags(reader)


def _version_and_flags(reader: Reader) -> tuple[int, int]:
    word = reader.uint(4)
    return word >> 24, word & 0xFFFFFF


def _bounded(count: int, most: int) -> int:
    if count > most:
        raise broken(NAME, f"it has more than {MOST_ITEMS:,} parts")
    return count
