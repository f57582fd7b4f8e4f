"""Reading a ZIP that may lie: what its directory says is compared with everything else before anything is believed.

Stricter than ordinary readers, so that no two of them can see different files in what was accepted here.
"""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import BinaryIO

from ...errors import TooLarge
from ...models import Limits
from ...storage.base import CHUNK
from .refusing import Member, refused, refused_entry, too_large
from .zip_layout import MAX_16, MAX_32, UTF8_NAMES
from .zip_names import decoded_name, refuse_twins

RATIO = 200
RATIO_FROM = 1024 * 1024
"""What unpacks to more than this many bytes may not be packed more than RATIO times."""
DIRECTORY_BYTES = 256 * 1024 * 1024

_CENTRAL = struct.Struct("<4s4B4H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_DESCRIPTOR_FOLLOWS = 0x8
_STORED, _DEFLATED = 0, 8


@dataclass(frozen=True, slots=True)
class ZipMember(Member):
    """One file in a ZIP, with where and how it lies there."""

    packed_size: int
    crc32: int
    method: int
    flags: int
    offset: int
    raw_name: bytes


@dataclass(frozen=True, slots=True)
class _Directory:
    start: int
    stop: int
    count: int


class ZipSource:
    """A ZIP in a file that can seek. Opening it checks its structure and reads none of its contents.

    Raises InvalidArchive, and TooLarge for what is over the limits.
    """

    def __init__(self, file: BinaryIO, limits: Limits, home: str = "") -> None:
        self.home = home
        self._file = file
        self._size = file.seek(0, 2)
        directory = self._find_directory()
        if directory.count > limits.max_import_files:
            raise _too_many(directory.count, limits)
        members = list(self._entries(directory))
        refuse_twins(member.name for member in members)
        self._starts = {member.raw_name: self._check_local(member) for member in members}
        self._refuse_overlaps(members, directory)
        files = [member for member in members if not member.name.endswith("/")]
        _refuse_bombs(files, limits)
        self.members: list[Member] = list(files)

    def chunks(self, member: Member) -> Iterator[bytes]:
        """The bytes of a file, unpacked; refused when they are not what the directory says."""
        assert isinstance(member, ZipMember)  # noqa: S101 -- it is one of our own
        crc, size = 0, 0
        for chunk in self._unpacked(member):
            size += len(chunk)
            if size > member.size:
                raise refused_entry(member.name, f"holds more than the {member.size:,} bytes that it says")
            crc = zlib.crc32(chunk, crc)
            yield chunk
        if size != member.size:
            raise refused_entry(member.name, f"holds {size:,} bytes and not {member.size:,}, as it says")
        if crc != member.crc32:
            raise refused_entry(member.name, "is damaged: its checksum (CRC-32) is wrong")

    def _unpacked(self, member: ZipMember) -> Iterator[bytes]:
        if member.method == _STORED:
            yield from self._raw(member)
            return
        inflate = zlib.decompressobj(-15)
        try:
            for raw in self._raw(member):
                pending = raw
                while pending:
                    yield inflate.decompress(pending, CHUNK)
                    pending = inflate.unconsumed_tail
            while not inflate.eof and (rest := inflate.decompress(b"", CHUNK)):
                yield rest
        except zlib.error:
            raise refused_entry(member.name, "is damaged: it cannot be unpacked") from None
        if not inflate.eof or inflate.unused_data:
            raise refused_entry(member.name, "is damaged: its packed bytes do not end where they should")

    def _raw(self, member: ZipMember) -> Iterator[bytes]:
        at = self._starts[member.raw_name]
        left = member.packed_size
        while left:
            chunk = self._read(at, min(left, CHUNK))
            yield chunk
            at += len(chunk)
            left -= len(chunk)

    def _read(self, at: int, size: int) -> bytes:
        self._file.seek(at)
        data = self._file.read(size)
        if len(data) != size:
            raise refused("This ZIP is cut short")
        return data

    def _find_directory(self) -> _Directory:
        tail_at = max(0, self._size - _END.size - MAX_16)
        tail = self._read(tail_at, self._size - tail_at)
        found = len(tail)
        while (found := tail.rfind(b"PK\5\6", 0, found)) >= 0:
            if len(tail) - found >= _END.size:
                end = _END.unpack_from(tail, found)
                if found + _END.size + end[-1] == len(tail):
                    return self._directory_before(tail_at + found, end)
            found += 3
        if not self._size:
            raise refused("This file is empty")
        is_zip = self._size >= 4 and self._read(0, 4) == b"PK\3\4"
        raise refused("This ZIP is cut short: its directory is missing" if is_zip else "This file is no ZIP")

    def _directory_before(self, at: int, end: tuple[int, ...]) -> _Directory:
        disk, first_disk, here, count, size, start, _ = end[1:]
        if disk or first_disk or here != count:
            raise refused("This ZIP is one of several parts; put it together first")
        stop = at
        if at >= _LOCATOR.size and self._read(at - _LOCATOR.size, 4) == b"PK\6\7":
            plain = (count, size, start)
            stop, (count, size, start) = self._directory_64(at - _LOCATOR.size)
            large = zip(plain, (count, size, start), (MAX_16, MAX_32, MAX_32), strict=True)
            if any(said not in (most, real) for said, real, most in large):
                raise refused("This ZIP says two different things about its directory")
        if start + size != stop:
            raise refused(
                "This ZIP does not begin with its first file: something was put in front of it or into it"
            )
        if size > DIRECTORY_BYTES:
            raise too_large(f"This ZIP has a directory of {size:,} bytes")
        return _Directory(start, stop, count)

    def _directory_64(self, locator_at: int) -> tuple[int, tuple[int, int, int]]:
        _, disk, at, disks = _LOCATOR.unpack(self._read(locator_at, _LOCATOR.size))
        if disk or disks > 1 or at + _END_64.size > locator_at:
            raise refused("This ZIP has a directory that cannot be found")
        signature, length, *_, here, count, size, start = _END_64.unpack(self._read(at, _END_64.size))
        if signature != b"PK\6\6" or at + 12 + length != locator_at or here != count:
            raise refused("This ZIP has a directory that cannot be found")
        return at, (count, size, start)

    def _entries(self, directory: _Directory) -> Iterator[ZipMember]:
        data = self._read(directory.start, directory.stop - directory.start)
        at = 0
        for _ in range(directory.count):
            if at + _CENTRAL.size > len(data) or data[at : at + 4] != b"PK\1\2":
                raise refused("This ZIP has a directory that is damaged")
            fields = _CENTRAL.unpack_from(data, at)
            name_length, extra_length, comment_length = fields[12:15]
            name_at = at + _CENTRAL.size
            extra_at = name_at + name_length
            at = extra_at + extra_length + comment_length
            if at > len(data):
                raise refused("This ZIP has a directory that is damaged")
            yield _member(fields, data[name_at:extra_at], data[extra_at : extra_at + extra_length])
        if at != len(data):
            raise refused("This ZIP has a directory with something behind its last entry")

    def _check_local(self, member: ZipMember) -> int:
        """Where a file's bytes begin. Refused when its own header says something else than the directory."""
        if member.offset + _LOCAL.size > self._size:
            raise refused_entry(member.name, "lies beyond the end of the ZIP")
        fields = _LOCAL.unpack(self._read(member.offset, _LOCAL.size))
        signature, _, flags, method, _, _, crc, packed, size, name_length, extra_length = fields
        if signature != b"PK\3\4":
            raise refused_entry(member.name, "is not where the directory says")
        name_at = member.offset + _LOCAL.size
        name = self._read(name_at, name_length)
        extra = self._read(name_at + name_length, extra_length)
        differing = (flags ^ member.flags) & (_ENCRYPTED | _DESCRIPTOR_FOLLOWS | UTF8_NAMES)
        if differing or (method, name) != (member.method, member.raw_name):
            raise refused_entry(member.name, "has a header that names it otherwise than the directory does")
        size, packed = _large([size, packed], extra, member.name)
        said = zip((crc, packed, size), (member.crc32, member.packed_size, member.size), strict=True)
        known_later = flags & _DESCRIPTOR_FOLLOWS
        if any(one != real and not (known_later and one == 0) for one, real in said):
            raise refused_entry(
                member.name, "has a header with another size or checksum than the directory has"
            )
        return int(name_at + name_length + extra_length)

    def _refuse_overlaps(self, members: list[ZipMember], directory: _Directory) -> None:
        places = sorted(
            (member.offset, self._starts[member.raw_name] + member.packed_size, member.name)
            for member in members
        )
        places.append((directory.start, directory.stop, ""))
        if places[0][0] != 0 and members:
            raise refused("This ZIP does not begin with its first file: something was put in front of it")
        for (_, stop, name), (start, _, _) in pairwise(places):
            if stop > start:
                raise refused_entry(name, "overlaps what lies behind it")


def _member(fields: tuple[int, ...], raw_name: bytes, extra: bytes) -> ZipMember:
    flags, method, time, date, crc, packed, size = fields[5:12]
    mode, offset = fields[17] >> 16, fields[18]
    name = decoded_name(raw_name, is_utf8=bool(flags & UTF8_NAMES))
    if flags & _ENCRYPTED:
        raise refused_entry(name, "is encrypted; pack it without a password")
    if method not in (_STORED, _DEFLATED):
        raise refused_entry(name, f"is packed in a way that is not known here (method {method}); use deflate")
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        kind = "a link" if stat.S_ISLNK(mode) else "a device or the like"
        raise refused_entry(name, f"is {kind} and no file")
    size, packed, offset = _large([size, packed, offset], extra, name)
    if method == _STORED and size != packed:
        raise refused_entry(name, "is stored unpacked, but its two sizes differ")
    if name.endswith("/") and size:
        raise refused_entry(name, "is a folder, but holds bytes")
    return ZipMember(name, size, _moment(date, time), packed, crc, method, flags, offset, raw_name)


def _large(numbers: list[int], extra: bytes, name: str) -> list[int]:
    """The numbers, with those that 32 bits cannot hold taken from the zip64 field."""
    field = _zip64_field(extra)
    found = []
    for number in numbers:
        if number != MAX_32:
            found.append(number)
            continue
        if len(field) < 8:
            raise refused_entry(name, "is said to be large, but not how large")
        found.append(int.from_bytes(field[:8], "little"))
        field = field[8:]
    return found


def _zip64_field(extra: bytes) -> bytes:
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == 1:
            return extra[at + 4 : at + 4 + length]
        at += 4 + length
    return b""


def _moment(date: int, time: int) -> datetime | None:
    try:
        day = datetime(1980 + (date >> 9), date >> 5 & 15, date & 31, tzinfo=UTC)
        return day.replace(hour=time >> 11, minute=time >> 5 & 63, second=(time & 31) * 2)
    except ValueError:
        return None


def _refuse_bombs(files: list[ZipMember], limits: Limits) -> None:
    total = sum(member.size for member in files)
    if total > limits.max_import_bytes:
        raise too_large(
            f"This ZIP unpacks to {total:,} bytes; the limit is {limits.max_import_bytes:,} "
            "(GALLERY_MAX_IMPORT_BYTES)"
        )
    for member in files:
        if member.size > max(RATIO_FROM, RATIO * member.packed_size):
            raise too_large(
                f"The entry {member.name} unpacks to more than {RATIO} times its packed size, as nothing honest does"
            )


def _too_many(count: int, limits: Limits) -> TooLarge:
    return too_large(
        f"This ZIP holds {count:,} files; the limit is {limits.max_import_files:,} (GALLERY_MAX_IMPORT_FILES)"
    )
