"""From an SVG document to a finished PNG: drawn, darker at the edges, with grain.

Run as a script it is a worker: resvg holds the interpreter lock while it draws, so that happens in a
process of its own. That process starts fast because this module imports nothing else of the package.
Only integers and a PNG writer of its own come after the drawing: every processor makes the same bytes.
"""

from __future__ import annotations

import io
import json
import os
import struct
import sys
import zlib
from contextlib import suppress
from dataclasses import astuple, dataclass

import numpy as np
import resvg_py
from numpy.typing import NDArray
from PIL import Image

ERROR = 1 << 63  # in the length before an answer: what follows is an error's text
Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Touch:
    """The last touch: how far edges go towards `dark` (0..256), and the strength of grain (levels of 255)."""

    edge: int = 50
    dark: tuple[int, int, int] = (5, 5, 16)
    grain: int = 2


@dataclass(frozen=True, slots=True)
class Job:
    """A document and the last touch to its raster."""

    svg: str
    touch: Touch

    def encode(self) -> bytes:
        """As bytes for the worker: one line of JSON, then the document."""
        return json.dumps(astuple(self.touch)).encode() + b"\n" + self.svg.encode()

    @classmethod
    def decode(cls, data: bytes) -> Job:
        """What encode() made of it."""
        head, _, svg = data.partition(b"\n")
        edge, dark, grain = json.loads(head)
        return cls(svg.decode(), Touch(edge, tuple(dark), grain))


def draw(job: Job, font: str) -> bytes:
    """The finished picture as PNG bytes; raises ValueError when it cannot be drawn."""
    png = resvg_py.svg_to_bytes(
        svg_string=job.svg,
        skip_system_fonts=True,
        font_files=[font],
        font_family="Jost",
        sans_serif_family="Jost",
    )
    return finish_png(png, job.touch)


def finish_png(png: bytes, touch: Touch) -> bytes:
    """The same picture with the last touch, as PNG without transparency."""
    with Image.open(io.BytesIO(png), formats=("PNG",)) as picture:
        pixels = np.asarray(picture.convert("RGB")).astype(np.int32)
    rows, columns, _ = pixels.shape
    share = _edge_share(rows, columns, touch.edge)[..., None]
    pixels = (pixels * (256 - share) + np.array(touch.dark, np.int32) * share) >> 8
    pixels += _grain(rows, columns, touch.grain)[..., None]
    return encode_png(np.clip(pixels, 0, 255).astype(np.uint8))


def _edge_share(rows: int, columns: int, edge: int) -> NDArray[np.int32]:
    """0 in the middle, `edge` in the corners, rising with the square of the distance."""
    down = (np.arange(rows, dtype=np.int64) * 2048 // rows - 1126) ** 2
    across = (np.arange(columns, dtype=np.int64) * 2048 // columns - 1024) ** 2
    reach = np.clip(down[:, None] + across[None, :] - 400_000, 0, 1_600_000)
    share: NDArray[np.int32] = (reach * edge // 1_600_000).astype(np.int32)
    return share


def _grain(rows: int, columns: int, strength: int) -> NDArray[np.int32]:
    random = np.random.Generator(np.random.PCG64(7))
    return random.integers(-strength, strength + 1, (rows, columns), dtype=np.int32)


def encode_png(pixels: Pixels) -> bytes:
    """A PNG of rows × columns × 3 (RGB) or 4 (RGBA) bytes."""
    rows, columns, channels = pixels.shape
    flat = pixels.reshape(rows, columns * channels)
    lines = np.empty((rows, columns * channels + 1), np.uint8)
    lines[:, 0] = 2  # each line holds its difference from the line above
    lines[0, 1:] = flat[0]
    lines[1:, 1:] = flat[1:] - flat[:-1]
    header = struct.pack(">IIBBBBB", columns, rows, 8, 2 if channels == 3 else 6, 0, 0, 0)
    parts = (b"IHDR", header), (b"IDAT", zlib.compress(lines.tobytes(), 2)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def main() -> None:
    """Serve until standard input ends, or nobody reads the answers; argument: the font file."""
    font = sys.argv[1]
    source, target = sys.stdin.buffer, sys.stdout.fileno()
    with suppress(BrokenPipeError):  # the server is gone
        while len(head := source.read(8)) == 8:
            try:
                answer, mark = draw(Job.decode(source.read(struct.unpack(">Q", head)[0])), font), 0
            except Exception as problem:  # the other side turns it into its own error
                answer, mark = str(problem).encode(), ERROR
            _write_all(target, struct.pack(">Q", len(answer) | mark) + answer)


def _write_all(target: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(target, view) :]


if __name__ == "__main__":
    main()
