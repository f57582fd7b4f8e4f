"""Noise pictures for what vectors do badly: clouds, fog, grain.

Only sums, products and comparisons are used, so that every processor computes the same bytes.
"""

from __future__ import annotations

import struct
import zlib
from base64 import b64encode
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dynamic_gallery.generators.sketch.colour import channels

Field = NDArray[np.float64]


def _smoothstep(values: Field, low: float, high: float) -> Field:
    share = np.clip((values - low) / (high - low), 0.0, 1.0)
    return share * share * (3.0 - 2.0 * share)


def _stretch(grid: Field, rows: int, columns: int) -> Field:
    """Enlarge a grid smoothly to rows × columns."""
    for axis, size in ((0, rows), (1, columns)):
        place = np.arange(size) * ((grid.shape[axis] - 1) / size)
        whole = place.astype(np.int64)
        share = place - whole
        share = share * share * (3.0 - 2.0 * share)
        share = share[:, None] if axis == 0 else share[None, :]
        grid = np.take(grid, whole, axis) * (1.0 - share) + np.take(grid, whole + 1, axis) * share
    return grid


def _noise(seed: int, rows: int, columns: int, cells: tuple[int, int], octaves: int) -> Field:
    random = np.random.Generator(np.random.PCG64(seed))
    total = np.zeros((rows, columns))
    weight, sum_of_weights = 1.0, 0.0
    for octave in range(octaves):
        grid = random.random((cells[0] * 2**octave + 2, cells[1] * 2**octave + 2))
        total += weight * _stretch(grid, rows, columns)
        sum_of_weights += weight
        weight *= 0.5
    return total / sum_of_weights


def clouds(seed: int, light: str, shade: str, cover: float) -> str:
    """A band of clouds that thins out at its edges; `cover` 0..1. Returns a data URL."""
    rows, columns = 96, 200
    noise = _noise(seed, rows, columns, (3, 4), 5)
    low = 0.66 - 0.34 * cover
    alpha = _smoothstep(noise, low, low + 0.2)
    height = np.arange(rows)[:, None] / rows
    alpha = alpha * _smoothstep(height, 0.0, 0.2) * (1.0 - _smoothstep(height, 0.7, 1.0))
    above = np.roll(noise, 4, axis=0)
    lit = np.clip(0.5 + (noise - above) * 4.0 + (0.45 - height) * 0.5, 0.0, 1.0)
    return _data_url(_coloured(lit, shade, light, alpha))


def fog(seed: int, colour: str) -> str:
    """A long drifting bank, densest in its middle. Returns a data URL."""
    rows, columns = 48, 128
    noise = _noise(seed, rows, columns, (2, 3), 4)
    height = np.arange(rows)[:, None] / rows
    alpha = (
        _smoothstep(noise, 0.25, 0.75) * _smoothstep(height, 0.0, 0.5) * (1.0 - _smoothstep(height, 0.5, 1.0))
    )
    return _data_url(_coloured(noise, colour, colour, alpha))


@lru_cache(maxsize=1)
def grain() -> str:
    """A tile of fine grain, dark and light specks by alpha. Returns a data URL."""
    random = np.random.Generator(np.random.PCG64(7))
    steps = random.integers(-3, 4, (160, 160))
    grey = np.where(steps > 0, 1.0, 0.0)
    return _data_url(_coloured(grey, "#000000", "#ffffff", np.abs(steps) / 100.0))


def _coloured(share: Field, dark: str, light: str, alpha: Field) -> NDArray[np.uint8]:
    """RGBA pixels between two colours by share (0..1)."""
    low, high = np.array(channels(dark), float), np.array(channels(light), float)
    picture = np.empty((*share.shape, 4), np.uint8)
    picture[..., :3] = np.rint(low + (high - low) * share[..., None])
    picture[..., 3] = np.rint(np.clip(alpha, 0.0, 1.0) * 255)
    return picture


def _data_url(pixels: NDArray[np.uint8]) -> str:
    return "data:image/png;base64," + b64encode(encode_png(pixels)).decode("ascii")


def encode_png(pixels: NDArray[np.uint8]) -> bytes:
    """A PNG of rows × columns × 4 (RGBA) bytes."""
    rows, columns, _ = pixels.shape
    lines = np.zeros((rows, columns * 4 + 1), np.uint8)  # a leading 0 in each line: no filter
    lines[:, 1:] = pixels.reshape(rows, columns * 4)
    header = struct.pack(">IIBBBBB", columns, rows, 8, 6, 0, 0, 0)
    parts = (b"IHDR", header), (b"IDAT", zlib.compress(lines.tobytes(), 1)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
