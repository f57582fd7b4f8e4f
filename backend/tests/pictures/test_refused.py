"""What is no picture, not whole, or too large is refused with a sentence that helps."""

from __future__ import annotations

import struct
import zlib

import pytest

from dynamic_gallery.errors import InvalidPicture, TooLarge, UnsupportedPicture
from dynamic_gallery.models import Limits
from dynamic_gallery.services.pictures import inspect_picture, inspection

from .samples import (
    JPEG_SCAN,
    avif_grid,
    box,
    chunk,
    encode,
    gif_head,
    gif_image,
    jpeg_head,
    png_head,
    riff,
    samples,
    scene,
    webp_canvas,
    webp_chunk,
    webp_frame,
    webp_lossless,
)

LIMITS = Limits()
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

UNSUPPORTED = {
    "empty": (b"", "empty"),
    "html": (b"<!DOCTYPE html><html><body>404</body></html>", "an HTML page"),
    "html fragment": (b"\n  <body onload=x()>", "an HTML page"),
    "html in utf-16": ("<html><p>no</p>".encode("utf-16"), "an HTML page"),
    "html with a drawing": (b"<!doctype html><p><svg></svg>", "an HTML page"),
    "svg": (SVG, "an SVG drawing"),
    "svg after a prolog": (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a -->' + SVG, "an SVG drawing"),
    "xml": (b"<?xml version='1.0'?><Error><Code>NoSuchKey</Code></Error>", "an XML document"),
    "json": (b'{"error": "quota"}', "JSON text"),
    "text": ("Schöne Grüße".encode(), "plain text"),
    "base64": (b"iVBORw0KGgoAAAANSUhEUg", "base64"),
    "data url": (b"data:image/png;base64,iVBORw0KGgo", "base64"),
    "bmp": (encode(scene(4, 4), "BMP"), "a BMP picture"),
    "tiff": (encode(scene(4, 4), "TIFF"), "a TIFF picture"),
    "pdf": (b"%PDF-1.7\n", "a PDF document"),
    "ico": (encode(scene(16, 16), "ICO"), "an ICO icon"),
    "heic": (box(b"ftyp", b"heic\0\0\0\0mif1heic") + bytes(99), "a HEIC picture"),
    "mp4": (box(b"ftyp", b"isom\0\0\2\0isomiso2mp41") + bytes(99), "an MP4 video"),
    "mov": (box(b"ftyp", b"qt  \0\0\2\0qt  ") + bytes(99), "a QuickTime video"),
    "jxl": (b"\xff\x0a\xfa\x1f", "a JPEG XL picture"),
    "jxl in boxes": (b"\0\0\0\x0cJXL \r\n\x87\n", "a JPEG XL picture"),
    "jpeg 2000": (b"\0\0\0\x0cjP  \r\n\x87\n", "a JPEG 2000 picture"),
    "wav": (b"RIFF\x24\0\0\0WAVEfmt ", "a WAV sound"),
    "zip": (b"PK\x03\x04" + bytes(30), "a ZIP archive"),
    "zip with a png inside": (b"PK\x03\x04" + samples()["png RGB"].data, "a ZIP archive"),
    "html before a jpeg": (b"<html>" + samples()["jpeg RGB"].data, "unknown type"),
    "zeros": (bytes(64), "unknown type"),
    "lossless jpeg": (b"\xff\xd8\xff\xc3\0\x0b\x08\0\1\0\1\1\1\x11\0\xff\xd9", "which browsers do not show"),
    "12-bit jpeg": (b"\xff\xd8\xff\xc1\0\x0b\x0c\0\1\0\1\1\1\x11\0\xff\xd9", "12 bits a sample"),
}

ROW = zlib.compress(b"\0\1\2\3")
"""The image data of one RGB pixel."""


def _png(*chunks: bytes, width: int = 1, height: int = 1, colour: int = 2) -> bytes:
    return png_head(width, height, colour=colour) + b"".join(chunks)


def _with(name: str, old: bytes, new: bytes, *, before: bytes = b"") -> bytes:
    """A sample with `old` replaced by `new`, and the bytes in front of it by `before`."""
    data = samples()[name].data
    place = data.index(old)
    return data[: place - len(before)] + before + new + data[place + len(old) :]


IEND = chunk(b"IEND")
IDAT = chunk(b"IDAT", ROW)
JPEG_END = b"\xff\xd9"

TILE = samples()["avif"].data.split(b"mdat", 1)[1]


def _with_grid_cut() -> bytes:
    """The first item's extent is three bytes long instead of eight."""
    whole = avif_grid(TILE, (13, 9), claimed=(2600, 900))
    place = whole.index(b"iloc") + 12
    return whole[: place + 12] + b"\0\0\0\3" + whole[place + 16 :]


BROKEN = {
    "png: text transfer": b"\x89PNG\n\x1a\n" + bytes(40),
    "png: zero width": _png(IDAT, IEND, width=0),
    "png: zero height": _png(IDAT, IEND, height=0),
    "png: width over 31 bits": _png(IDAT, IEND, width=1 << 31),
    "png: no such pixels": _png(IDAT, IEND, colour=5),
    "png: no header": b"\x89PNG\r\n\x1a\n" + IDAT + IEND,
    "png: two headers": _png(png_head(1, 1)[8:], IDAT, IEND),
    "png: no image data": _png(IEND),
    "png: empty image data": _png(chunk(b"IDAT"), IEND),
    "png: no palette": _png(IDAT, IEND, colour=3),
    "png: palette too late": _png(IDAT, chunk(b"PLTE", b"abc"), IEND, colour=3),
    "png: palette of no colours": _png(chunk(b"PLTE"), IDAT, IEND, colour=3),
    "png: huge chunk": _png(b"\x7f\xff\xff\xffIDAT" + ROW, IEND),
    "png: chunk of 4 GiB": _png(b"\xff\xff\xff\xffIDAT" + ROW, IEND),
    "png: chunk without a name": _png(chunk(b"\0\0\0\0"), IDAT, IEND),
    "png: unknown critical chunk": _png(chunk(b"ABCD"), IDAT, IEND),
    "png: wrong checksum": _png(IDAT[:-1] + b"\0", IEND),
    "png: torn image data": _png(IDAT, chunk(b"tEXt", b"a\0b"), IDAT, IEND),
    "png: no zlib": _png(chunk(b"IDAT", b"not packed"), IEND),
    "png: wrong row": _png(chunk(b"IDAT", zlib.compress(b"\x09\1\2\3")), IEND),
    "png: one row for a huge picture": _png(IDAT, IEND, width=6000, height=6000),
    "png: one row of very many": _png(IDAT, IEND, height=60_000_000),
    "png: frame outside": _png(chunk(b"fcTL", struct.pack(">IIIII", 0, 2, 1, 0, 0) + bytes(6)), IDAT, IEND),
    "jpeg: only SOI": b"\xff\xd8\xff\xd9",
    "jpeg: zero height": jpeg_head(9, 0) + JPEG_SCAN + b"abc" + JPEG_END,
    "jpeg: zero width": jpeg_head(0, 9) + JPEG_SCAN + b"abc" + JPEG_END,
    "jpeg: no scan": jpeg_head(9, 9) + JPEG_END,
    "jpeg: empty scan": jpeg_head(9, 9) + JPEG_SCAN + JPEG_END,
    "jpeg: no end": jpeg_head(9, 9) + JPEG_SCAN + b"abc",
    "jpeg: data for a huge picture": jpeg_head(7000, 7000) + JPEG_SCAN + b"abc" + JPEG_END,
    "jpeg: two frames": jpeg_head(9, 9) + jpeg_head(9, 9)[2:] + JPEG_SCAN + b"abc" + JPEG_END,
    "jpeg: scan first": b"\xff\xd8" + JPEG_SCAN + b"abc" + JPEG_END,
    "jpeg: scan of an unknown colour": (
        jpeg_head(9, 9) + JPEG_SCAN.replace(b"\x03\x11", b"\x04\x11") + b"abc" + JPEG_END
    ),
    "jpeg: segment of one byte": b"\xff\xd8\xff\xe0\0\1" + bytes(9),
    "jpeg: 1,000 scans": jpeg_head(99, 99) + (JPEG_SCAN + b"abc") * 1000 + JPEG_END,
    "webp: no chunks": riff() + bytes(8),
    "webp: other chunk first": riff(webp_chunk(b"EXIF", bytes(20))),
    "webp: canvas without picture": riff(webp_canvas(400, 300)),
    "webp: animation without frames": riff(webp_canvas(400, 300, 2)),
    "webp: other size inside": riff(webp_canvas(400, 300), webp_lossless(16000, 16000)),
    "webp: frame outside": riff(webp_canvas(400, 300, 2), webp_frame(500, 300, webp_lossless(500, 300))),
    "webp: frame of another size": riff(webp_canvas(400, 300, 2), webp_frame(4, 3, webp_lossless(400, 300))),
    "webp: huge chunk": riff(b"VP8 \xff\xff\xff\xff" + bytes(30)),
    "webp: huge chunk after the picture": riff(webp_lossless(400, 300), b"EXIF\xff\xff\xff\0"),
    "webp: zero size": riff(webp_chunk(b"VP8 ", b"\x10\0\0\x9d\x01\x2a" + bytes(20))),
    "webp: first partition too long": _with("webp lossy", b"\x9d\x01\x2a", b"\x9d\x01\x2a", before=b"\xff"),
    "webp: no key frame": _with("webp lossy", b"\x9d\x01\x2a", b"\0\0\0"),
    "gif: no image": gif_head(9, 9) + b";",
    "gif: image without data": gif_head(200, 200) + gif_image(200, 200) + b"\0;",
    "gif: zero size": gif_head(9, 9) + gif_image(0, 9) + b"\1a\0;",
    "gif: no block": gif_head(9, 9) + b"?",
    "gif: no trailer": gif_head(200, 200) + gif_image(200, 200) + b"\2ab\0",
    "avif: only ftyp": box(b"ftyp", b"avif\0\0\0\0avifmif1"),
    "avif: empty tables": box(b"ftyp", b"avif\0\0\0\0avifmif1") + box(b"meta", bytes(4)),
    "avif: huge box": box(b"ftyp", b"avif\0\0\0\0avif") + b"\0\0\0\1mdat" + b"\xff" * 8 + bytes(50),
    "avif: box of no size": box(b"ftyp", b"avif\0\0\0\0avif") + b"\0\0\0\2free" + bytes(50),
    "avif: other size inside": _with("avif", b"ispe\0\0\0\0\0\0\0\r", b"ispe\0\0\0\0\0\0\1\r"),
    "avif: zero size": _with("avif", b"ispe\0\0\0\0\0\0\0\r", b"ispe\0\0\0\0\0\0\0\0"),
    "avif: other size in the grid": avif_grid(TILE, (13, 9), claimed=(2600, 900)).replace(
        b"\0\0\0\1" + struct.pack(">HH", 2600, 900), b"\0\0\0\1" + struct.pack(">HH", 60_000, 900)
    ),
    "avif: grid cut short": _with_grid_cut(),
    "avif: no media data": _with("avif", b"mdat", b"free"),
    "avif: tile behind the end": avif_grid(TILE, (13, 9), claimed=(2600, 900))[: -len(TILE) - 8]
    + box(b"mdat", TILE[:-1]),
    "avif: no AV1": avif_grid(b"no AV1 data at all", (13, 9), claimed=(26, 9)),
}

SPREAD = 65_500
BOMBS = {
    "png": lambda side: _png(IDAT, IEND, width=side, height=side),
    "jpeg": lambda side: jpeg_head(side, side) + JPEG_SCAN + b"abc" + JPEG_END,
    "gif": lambda side: gif_head(side, side) + gif_image(1, 1) + b"\2ab\0;",
    "gif, by its image": lambda side: gif_head(1, 1) + gif_image(side, side) + b"\2ab\0;",
    "webp": lambda side: riff(webp_canvas(side, side), webp_lossless(16, 16)),
    "avif": lambda side: avif_grid(b"", (1, 1), claimed=(side, side)),
}


@pytest.mark.parametrize("name", UNSUPPORTED)
def test_what_is_no_picture_is_named(name: str) -> None:
    data, phrase = UNSUPPORTED[name]
    with pytest.raises(UnsupportedPicture, match=phrase) as caught:
        inspect_picture(data, LIMITS)
    assert "send a PNG, JPEG, WebP, AVIF or GIF" in caught.value.detail or "save it" in caught.value.detail


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_refused_by_its_structure(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "PROVEN_PIXELS", 0)
    with pytest.raises(
        InvalidPicture, match=r"(broken: .+ Save it again|cut short: .+ Send it|Send it again as)"
    ):
        inspect_picture(BROKEN[name], LIMITS)


@pytest.mark.parametrize("side", [12_000, SPREAD])
@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_by_their_header(name: str, side: int) -> None:
    with pytest.raises(TooLarge, match=r"64,000,000.+GALLERY_MAX_PIXELS"):
        inspect_picture(BOMBS[name](side), LIMITS)


def test_the_pixels_are_counted_before_the_structure() -> None:
    with pytest.raises(TooLarge):
        inspect_picture(png_head(12_000, 12_000), LIMITS)


def test_a_later_gif_image_cannot_be_larger_than_the_limit() -> None:
    data = gif_head(9, 9) + gif_image(9, 9) + b"\1a\0" + gif_image(SPREAD, SPREAD) + b"\1a\0;"
    with pytest.raises(TooLarge):
        inspect_picture(data, LIMITS)


def test_an_avif_tile_cannot_be_larger_than_the_limit() -> None:
    with pytest.raises(TooLarge):
        inspect_picture(avif_grid(TILE, (13, 9), claimed=(5, 5)), Limits(max_pixels=100))


def test_limits_are_inclusive() -> None:
    sample = samples()["png RGB"]
    pixels = sample.size[0] * sample.size[1]
    assert inspect_picture(sample.data, Limits(max_image_bytes=len(sample.data), max_pixels=pixels))
    with pytest.raises(TooLarge, match=r"116.+GALLERY_MAX_PIXELS"):
        inspect_picture(sample.data, Limits(max_pixels=pixels - 1))
    with pytest.raises(TooLarge, match="GALLERY_MAX_IMAGE_BYTES"):
        inspect_picture(sample.data, Limits(max_image_bytes=len(sample.data) - 1))


def test_too_many_bytes_of_anything_are_too_large() -> None:
    with pytest.raises(TooLarge, match="33,554,432"):
        inspect_picture(bytes(33 << 20), LIMITS)


def test_image_data_that_does_not_decode_is_found_in_tiny_pictures() -> None:
    for head in (riff(webp_lossless(40, 40)), jpeg_head(9, 9) + JPEG_SCAN + b"abc" + JPEG_END):
        with pytest.raises(InvalidPicture, match="cannot be decoded"):
            inspect_picture(head, LIMITS)
