"""Pictures for the tests: written by real encoders, and put together by hand where no encoder would."""

from __future__ import annotations

import random
import struct
import zlib
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple

from PIL import Image

MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16")


class Sample(NamedTuple):
    """One encoded picture and what must be found out about it."""

    data: bytes
    media_type: str
    extension: str
    size: tuple[int, int]


def scene(width: int, height: int, mode: str = "RGB", *, seed: int = 1) -> Image.Image:
    """A gradient with some noise, the same for the same arguments."""
    chance = random.Random(seed)
    pixels = bytes(
        value % 256
        for y in range(height)
        for x in range(width)
        for value in (x * 255 // width + chance.randrange(8), y * 255 // height, x ^ y + 9 * seed)
    )
    picture = Image.frombytes("RGB", (width, height), pixels)
    if mode == "I;16":
        return picture.convert("I").point(lambda value: value * 257).convert("I;16")
    return picture.convert(mode)


def encode(picture: Image.Image, name: str, **options: Any) -> bytes:
    """The picture as a file of the format `name`."""
    output = BytesIO()
    picture.save(output, name, **options)
    return output.getvalue()


def frames(width: int, height: int, count: int = 3) -> dict[str, Any]:
    """Options that make an animation of `count` different frames."""
    rest = [scene(width, height, seed=seed) for seed in range(2, count + 1)]
    return {"save_all": True, "append_images": rest, "duration": 80}


@cache
def samples() -> dict[str, Sample]:
    """One tiny picture of every kind, by name."""
    size = width, height = 13, 9
    rgb = scene(width, height)
    found = {}
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"):
        data = encode(scene(width, height, mode), "PNG")
        found[f"png {mode}"] = Sample(data, "image/png", "png", size)
    found["png animated"] = Sample(encode(rgb, "PNG", **frames(*size)), "image/png", "png", size)
    for mode in ("L", "RGB", "CMYK"):
        data = encode(scene(width, height, mode), "JPEG")
        found[f"jpeg {mode}"] = Sample(data, "image/jpeg", "jpg", size)
    data = encode(rgb, "JPEG", progressive=True, exif=_exif(6))
    found["jpeg progressive"] = Sample(data, "image/jpeg", "jpg", size)
    data = encode(rgb, "JPEG", restart_marker_blocks=1, subsampling=0)
    found["jpeg with restarts"] = Sample(data, "image/jpeg", "jpg", size)
    for kind, options in _webp_and_avif_options(size).items():
        name = kind.split()[0]
        found[kind] = Sample(encode(rgb, name.upper(), **options), f"image/{name}", name, size)
    found["webp alpha"] = Sample(encode(rgb.convert("RGBA"), "WEBP", quality=50), "image/webp", "webp", size)
    found["avif alpha"] = Sample(encode(scene(*size, "RGBA"), "AVIF"), "image/avif", "avif", size)
    found["gif"] = Sample(encode(rgb, "GIF"), "image/gif", "gif", size)
    found["gif animated"] = Sample(encode(rgb, "GIF", **frames(*size)), "image/gif", "gif", size)
    return found


def _webp_and_avif_options(size: tuple[int, int]) -> dict[str, dict[str, Any]]:
    return {
        "webp lossy": {},
        "webp lossless": {"lossless": True},
        "webp with exif": {"exif": _exif(6)},
        "webp animated": frames(*size),
        "avif": {},
        "avif with exif": {"exif": _exif(6)},
        "avif animated": frames(*size),
    }


def _exif(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def chunk(kind: bytes, content: bytes = b"") -> bytes:
    """A PNG chunk with its checksum."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_head(width: int, height: int, depth: int = 8, colour: int = 2) -> bytes:
    """The signature and header of a PNG."""
    return b"\x89PNG\r\n\x1a\n" + chunk(
        b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    )


def jpeg_head(width: int, height: int) -> bytes:
    """SOI, a quantisation table and a baseline frame header of three components."""
    frame = struct.pack(">HBHHB", 17, 8, height, width, 3) + b"\1\x22\0\2\x11\1\3\x11\1"
    return b"\xff\xd8\xff\xdb\0\x43\0" + bytes([1] * 64) + b"\xff\xc0" + frame


JPEG_SCAN = b"\xff\xda\0\x0c\3\1\0\2\x11\3\x11\0\x3f\0"


def gif_head(width: int, height: int) -> bytes:
    """The signature and screen of a GIF without a palette."""
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0, 0, 0)


def gif_image(width: int, height: int) -> bytes:
    """An image descriptor and the size of its codes; sub-blocks follow."""
    return b"," + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x08"


def riff(*chunks: bytes) -> bytes:
    """A WebP file around chunks."""
    content = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(content)) + content


def webp_chunk(kind: bytes, content: bytes = b"") -> bytes:
    """A RIFF chunk with its padding."""
    return kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) & 1)


def uint24(value: int) -> bytes:
    """Three bytes, least significant first."""
    return struct.pack("<I", value)[:3]


def webp_canvas(width: int, height: int, flags: int = 0) -> bytes:
    """A VP8X chunk."""
    return webp_chunk(b"VP8X", bytes([flags, 0, 0, 0]) + uint24(width - 1) + uint24(height - 1))


def webp_lossless(width: int, height: int) -> bytes:
    """A VP8L chunk whose data after the header is zeros."""
    return webp_chunk(b"VP8L", b"\x2f" + struct.pack("<I", width - 1 | height - 1 << 14) + bytes(8))


def webp_frame(width: int, height: int, *chunks: bytes) -> bytes:
    """An ANMF chunk at the canvas' corner."""
    return webp_chunk(
        b"ANMF", bytes(6) + uint24(width - 1) + uint24(height - 1) + bytes(4) + b"".join(chunks)
    )


def box(kind: bytes, *content: bytes) -> bytes:
    """An ISO media box."""
    joined = b"".join(content)
    return struct.pack(">I", 8 + len(joined)) + kind + joined


def full_box(kind: bytes, version: int, flags: int, *content: bytes) -> bytes:
    """A box with version and flags."""
    return box(kind, struct.pack(">I", version << 24 | flags), *content)


def avif_grid(tile: bytes, size: tuple[int, int], *, claimed: tuple[int, int]) -> bytes:
    """Two AV1 tiles of `size` side by side; the picture claims to be `claimed`. The grid lies in `idat`."""
    grid = b"\0\0\0\1" + struct.pack(">HH", *claimed)
    items = [(1, b"grid"), (2, b"av01"), (3, b"av01")]
    infos = [full_box(b"infe", 2, 0, struct.pack(">HH4sB", item, 0, kind, 0)) for item, kind in items]
    sizes = [full_box(b"ispe", 0, 0, struct.pack(">II", *size)) for size in (claimed, size)]
    kinds = struct.pack(">I", 3) + b"\0\1\1\1" + b"\0\2\1\2" + b"\0\3\1\2"

    def meta(place: int) -> bytes:
        spots = [(1, 1, 0, len(grid)), (2, 0, place, len(tile)), (3, 0, place, len(tile))]
        rows = [struct.pack(">HHHHII", item, way, 0, 1, at, length) for item, way, at, length in spots]
        return full_box(
            b"meta",
            0,
            0,
            full_box(b"hdlr", 0, 0, b"\0\0\0\0pict", bytes(13)),
            full_box(b"pitm", 0, 0, b"\0\1"),
            full_box(b"iloc", 1, 0, b"\x44\0\0\3", *rows),
            full_box(b"iinf", 0, 0, b"\0\3", *infos),
            full_box(b"iref", 0, 0, box(b"dimg", struct.pack(">HHHH", 1, 2, 2, 3))),
            box(b"iprp", box(b"ipco", *sizes), full_box(b"ipma", 0, 0, kinds)),
            box(b"idat", grid),
        )

    first = box(b"ftyp", b"mif1\0\0\0\0mif1avif")
    return first + meta(len(first) + len(meta(0)) + 8) + box(b"mdat", tile)
