"""Noise pictures for what vectors do badly: clouds and fog.

Only sums, products and comparisons are used, so that every processor computes the same bytes.
"""

from __future__ import annotations

from base64 import b64encode

import numpy as np
from numpy.typing import NDArray

from dynamic_gallery.generators.sketch.colour import channels
from dynamic_gallery.generators.sketch.raster import encode_png

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


def clouds(seed: int, light: str, shade: str, cover: float, opacity: float) -> str:
    """A band of clouds that thins out at its edges; `cover` 0..1. Returns a data URL."""
    rows, columns = 190, 440
    noise = _noise(seed, rows, columns, (3, 4), 5)
    low = 0.66 - 0.34 * cover
    alpha = _smoothstep(noise, low, low + 0.2)
    height = np.arange(rows)[:, None] / rows
    alpha = alpha * _smoothstep(height, 0.0, 0.2) * (1.0 - _smoothstep(height, 0.7, 1.0))
    above = np.roll(noise, 8, axis=0)
    lit = np.clip(0.5 + (noise - above) * 4.0 + (0.45 - height) * 0.5, 0.0, 1.0)
    return _data_url(_coloured(lit, shade, light, alpha * opacity))


def fog(seed: int, colour: str, opacity: float) -> str:
    """A long drifting bank, densest in its middle. Returns a data URL."""
    rows, columns = 130, 450
    noise = _noise(seed, rows, columns, (2, 3), 4)
    height = np.arange(rows)[:, None] / rows
    alpha = (
        _smoothstep(noise, 0.25, 0.75) * _smoothstep(height, 0.0, 0.5) * (1.0 - _smoothstep(height, 0.5, 1.0))
    )
    return _data_url(_coloured(noise, colour, colour, alpha * opacity))


def _coloured(share: Field, dark: str, light: str, alpha: Field) -> NDArray[np.uint8]:
    """RGBA pixels between two colours by share (0..1)."""
    low, high = np.array(channels(dark), float), np.array(channels(light), float)
    picture = np.empty((*share.shape, 4), np.uint8)
    picture[..., :3] = np.rint(low + (high - low) * share[..., None])
    picture[..., 3] = np.rint(np.clip(alpha, 0.0, 1.0) * 255)
    return picture


def _data_url(pixels: NDArray[np.uint8]) -> str:
    return "data:image/png;base64," + b64encode(encode_png(pixels)).decode("ascii")
