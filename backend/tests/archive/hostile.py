"""ZIPs that lie, each in one way: a whole export with one thing changed."""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

SESSION = "gal-1733500000-abc123"


@dataclass
class Raw:
    """One entry, spelled exactly as asked; what is None follows from `data`."""

    name: bytes
    data: bytes
    method: int = 0
    flags: int = 0x800
    crc: int | None = None
    size: int | None = None
    packed_size: int | None = None
    mode: int = 0o100644
    local_name: bytes | None = None
    local_size: int | None = None
    offset: int | None = None
    skip_local: bool = False

    def packed(self) -> bytes:
        if self.method != 8:
            return self.data
        deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
        return deflate.compress(self.data) + deflate.flush()


def build(
    entries: list[Raw], *, before: bytes = b"", comment: bytes = b"", count: int | None = None
) -> bytes:
    """A ZIP of exactly these entries."""
    body, central = before, b""
    for raw in entries:
        packed = raw.packed()
        crc = zlib.crc32(raw.data) if raw.crc is None else raw.crc
        size = len(raw.data) if raw.size is None else raw.size
        packed_size = len(packed) if raw.packed_size is None else raw.packed_size
        offset = len(body) - len(before) if raw.offset is None else raw.offset
        name = raw.name if raw.local_name is None else raw.local_name
        local_size = size if raw.local_size is None else raw.local_size
        if not raw.skip_local:
            header = (b"PK\3\4", 20, raw.flags, raw.method, 0, 0x5821, crc, packed_size, local_size)
            body += struct.pack("<4s5H3L2H", *header, len(name), 0) + name + packed
        fields = (b"PK\1\2", 20, 3, 20, 0, raw.flags, raw.method, 0, 0x5821, crc, packed_size, size)
        rest = (len(raw.name), 0, 0, 0, 0, raw.mode << 16, offset)
        central += struct.pack("<4s4B4H3L5H2L", *fields, *rest) + raw.name
    number = len(entries) if count is None else count
    end = (b"PK\5\6", 0, 0, number, number, len(central), len(body) - len(before), len(comment))
    return body + central + struct.pack("<4s4H2LH", *end) + comment


@dataclass
class Forgery:
    """The files of an export, to be changed, and sealed again with a manifest that fits."""

    files: dict[str, bytes]
    extra: list[Raw] = field(default_factory=list)

    def record(self, path: str, **changes: Any) -> None:
        """Change fields of a JSON file."""
        self.files[path] = json.dumps({**json.loads(self.files[path]), **changes}).encode()

    def sealed(self, change: Callable[[dict[str, Any]], object] | None = None) -> list[Raw]:
        """All entries, the manifest first."""
        named = [name for name in self.files if name != "manifest.json"]
        manifest = {**json.loads(self.files["manifest.json"])}
        manifest["files"] = [
            {"path": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name in named
            for data in [self.files[name]]
        ]
        if change:
            change(manifest)
        first = Raw(b"manifest.json", json.dumps(manifest).encode())
        return [first, *(Raw(name.encode(), self.files[name]) for name in named), *self.extra]


def changed(entries: list[Raw], name: str, **fields: Any) -> list[Raw]:
    """The entries, one of them spelled otherwise."""
    assert any(raw.name == name.encode() for raw in entries), name
    return [replace(raw, **fields) if raw.name == name.encode() else raw for raw in entries]
