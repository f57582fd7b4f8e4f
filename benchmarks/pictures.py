"""Valid pictures of about a given size in bytes: a soft gradient under film grain, as PNG."""

import io
from functools import cache

import numpy as np
from PIL import Image

KB, MB = 1000, 1000 * 1000
SIZES = {"50 kB": 50 * KB, "1 MB": MB, "5 MB": 5 * MB}

# How many different pictures a load sends in turn, so that no one of them stays in a CPU cache.
VARIANTS = 4


def _draw(side: int, seed: int) -> bytes:
    """One square PNG, ``side`` pixels wide."""
    ramp = np.linspace(0, 160, side, dtype=np.uint16)
    gradient = (ramp[:, None, None] + ramp[None, ::-1, None]) // 2 + np.array([20, 40, 60], dtype=np.uint16)
    grain = np.random.default_rng(seed).integers(0, 24, (side, side, 3), dtype=np.uint16)
    out = io.BytesIO()
    Image.fromarray((gradient + grain).astype(np.uint8)).save(out, "PNG", compress_level=3)
    return out.getvalue()


@cache
def picture(size: int, seed: int = 0) -> bytes:
    """A PNG within a few percent of ``size`` bytes; the same seed gives the same bytes."""
    side = 128
    data = _draw(side, seed)
    for _ in range(3):
        side = max(8, round(side * (size / len(data)) ** 0.5))
        data = _draw(side, seed)
        if abs(len(data) - size) < size * 0.02:
            break
    return data


def pictures(size: int) -> list[bytes]:
    """Several different PNGs of about ``size`` bytes."""
    return [picture(size, seed) for seed in range(VARIANTS)]


@cache
def tiny() -> bytes:
    """The smallest picture worth listing, for storages seeded with thousands."""
    return _draw(8, 0)
