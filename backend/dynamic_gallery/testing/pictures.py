"""The smallest pictures there are, each different."""

from __future__ import annotations

import struct
import zlib


def png(number: int = 0) -> bytes:
    """A whole PNG of one pixel, its colour made of a number."""
    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixel = b"\0" + (number % 2**24).to_bytes(3, "big")
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(pixel)), (b"IEND", b""))
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body
