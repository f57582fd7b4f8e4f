"""No 32 MiB of anything cost much more than one checksum over them: the walks are capped."""

from __future__ import annotations

import struct
import time
import zlib
from collections.abc import Callable
from contextlib import suppress

import pytest

from dynamic_gallery.errors import GalleryError
from dynamic_gallery.models import Limits
from dynamic_gallery.services.pictures import inspect_picture

from .samples import (
    JPEG_SCAN,
    avif_grid,
    box,
    chunk,
    full_box,
    gif_head,
    gif_image,
    jpeg_head,
    png_head,
    riff,
    samples,
    webp_canvas,
    webp_chunk,
    webp_frame,
    webp_lossless,
)

LIMITS = Limits()
WHOLE = LIMITS.max_image_bytes
ALLOWED = 16
"""Times the checksum; the worst case below takes about six."""

FTYP = box(b"ftyp", b"avif\0\0\0\0avifmif1")


def _fill(head: bytes, unit: bytes, tail: bytes = b"") -> bytes:
    return head + unit * ((WHOLE - len(head) - len(tail)) // len(unit)) + tail


def _png_parts() -> bytes:
    return png_head(2000, 2000) + chunk(b"IDAT", bytes(1600)) * 19_990 + chunk(b"IEND")


def _gif_pieces() -> bytes:
    comment = b"!\xfe" + (b"\x53" + bytes(0x53)) * 390_000 + b"\0"
    return gif_head(2000, 2000) + comment + gif_image(2000, 2000) + b"\1a\0;"


def _jpeg_scans() -> bytes:
    return jpeg_head(2000, 2000) + (JPEG_SCAN + bytes(WHOLE // 256 - 20)) * 255 + b"\xff\xd9"


def _webp_frames(unknown: int) -> bytes:
    parts = [webp_chunk(b"XXXX")] * unknown + [webp_lossless(2000, 2000)]
    return riff(webp_canvas(2000, 2000, 2), webp_frame(2000, 2000, *parts) * (9_900 if unknown < 9 else 900))


def _avif_tables() -> bytes:
    rows = b"".join(struct.pack(">HHHII", item, 0, 1, 0, 9) for item in range(1024))
    infos = full_box(b"infe", 2, 0, struct.pack(">HH4sB", 1, 0, b"av01", 0)) * 1024
    kinds = struct.pack(">I", 1024) + (b"\0\2\xff" + bytes(255)) * 1024
    properties = box(b"ipco", box(b"free") * 4_000)
    return FTYP + full_box(
        b"meta",
        0,
        0,
        full_box(b"pitm", 0, 0, b"\0\1"),
        full_box(b"iloc", 0, 0, b"\x44\0" + struct.pack(">H", 1024), rows),
        full_box(b"iinf", 0, 0, b"\4\0", infos),
        box(b"iprp", properties, full_box(b"ipma", 0, 0, kinds) * 4),
    )


HOSTILE: dict[str, Callable[[], bytes]] = {
    "png of empty chunks": lambda: _fill(png_head(2000, 2000), chunk(b"IDAT")),
    "png of as many chunks as may be": _png_parts,
    "png of one chunk": lambda: png_head(2000, 2000) + chunk(b"IDAT", bytes(WHOLE - 99)) + chunk(b"IEND"),
    "png that inflates for ever": lambda: (
        png_head(8000, 8000) + chunk(b"IDAT", zlib.compress(bytes(WHOLE))) + chunk(b"IEND")
    ),
    "jpeg of stuffed bytes": lambda: _fill(jpeg_head(2000, 2000) + JPEG_SCAN, b"\xff\0", b"\xff\xd9"),
    "jpeg of fill bytes": lambda: _fill(jpeg_head(2000, 2000) + JPEG_SCAN, b"\xff", b"\xd9"),
    "jpeg that begins with fill bytes": lambda: _fill(b"\xff\xd8\xff", b"\xff", b"\xd9"),
    "jpeg of restarts": lambda: _fill(jpeg_head(2000, 2000) + JPEG_SCAN, b"\xff\xd0", b"\xff\xd9"),
    "jpeg of comments": lambda: _fill(jpeg_head(2000, 2000), b"\xff\xfe\0\2"),
    "jpeg of tiny scans": lambda: _fill(jpeg_head(2000, 2000), JPEG_SCAN + b"a"),
    "jpeg of long scans": _jpeg_scans,
    "gif of single bytes": lambda: _fill(gif_head(2000, 2000) + gif_image(2000, 2000), b"\1a", b"\0;"),
    "gif of as many pieces as may be": _gif_pieces,
    "gif of tiny images": lambda: _fill(gif_head(9, 9), gif_image(9, 9) + b"\1a\0"),
    "gif of extensions": lambda: _fill(gif_head(9, 9), b"!\xfe\0"),
    "webp of empty chunks": lambda: riff(webp_canvas(99, 99), webp_chunk(b"XXXX") * 4_000_000),
    "webp of frames": lambda: _webp_frames(3),
    "webp of frames full of chunks": lambda: _webp_frames(4000),
    "avif of empty boxes": lambda: _fill(FTYP, box(b"free")),
    "avif of empty boxes in meta": lambda: FTYP + full_box(b"meta", 0, 0, box(b"free") * 4_000_000),
    "avif of full tables": _avif_tables,
    "avif of a long tile": lambda: avif_grid(_fill(b"", b"\x12\0")[:-999], (9, 9), claimed=(18, 9)),
    "html": lambda: _fill(b"<html", b"<"),
    "spaces": lambda: _fill(b"", b" "),
}


def _seconds(work: Callable[[], object]) -> float:
    """Processor time of the best of three runs."""
    best = float("inf")
    for _ in range(3):
        begin = time.thread_time()
        work()
        best = min(best, time.thread_time() - begin)
    return best


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bytes_cost_a_few_checksums(name: str) -> None:
    data = HOSTILE[name]()[:WHOLE]

    def inspect() -> None:
        with suppress(GalleryError):
            inspect_picture(data, LIMITS)

    checksum = bytes(WHOLE)
    assert _seconds(inspect) < ALLOWED * _seconds(lambda: zlib.crc32(checksum))


@pytest.mark.parametrize("name", ["png RGB", "jpeg RGB", "webp lossy", "gif"])
def test_trailing_bytes_cost_nothing(name: str) -> None:
    """With 1,000 times the bytes behind the picture, less than ten times the time."""
    data = samples()[name].data
    long = data + bytes(1000 * len(data))
    with_limits = Limits(max_pixels=200)
    alone = _seconds(lambda: inspect_picture(data, with_limits))
    assert _seconds(lambda: inspect_picture(long, with_limits)) < 10 * alone
