"""Pictures to save, and some that nobody should."""

from __future__ import annotations

import random
import struct
import zlib
from functools import cache
from io import BytesIO

from PIL import Image


@cache
def picture(seed: int = 1, width: int = 24, height: int = 18, kind: str = "PNG") -> bytes:
    """A small picture of noise, another one for each seed."""
    pixels = random.Random(seed).randbytes(width * height * 3)
    output = BytesIO()
    Image.frombytes("RGB", (width, height), pixels).save(output, kind)
    return output.getvalue()


@cache
def bomb() -> bytes:
    """A whole PNG of 12,000 × 12,000 pixels in a few kilobytes."""
    header = struct.pack(">IIBBBBB", 12_000, 12_000, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1501 * 12_000), 9)
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
