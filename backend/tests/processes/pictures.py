"""Pictures of 10 to 200 kB that are all different and cost next to nothing to make."""

from __future__ import annotations

import random
import struct
import zlib


def picture(seed: int, size: int | None = None) -> bytes:
    """A PNG of noise of about `size` bytes, 10 to 200 kB when left out; another one for each seed."""
    chance = random.Random(seed)
    height = (size or chance.randrange(10_000, 200_000)) // 301
    rows = b"".join(b"\0" + chance.randbytes(300) for _ in range(height))
    header = struct.pack(">IIBBBBB", 100, height, 8, 2, 0, 0, 0)
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 0)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
