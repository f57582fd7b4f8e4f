"""Arithmetic on "#rrggbb" colours."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=4096)
def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0..255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def from_channels(red: float, green: float, blue: float) -> str:
    """The nearest colour; values outside 0..255 are clipped."""
    return "#" + "".join(f"{min(255, max(0, round(value))):02x}" for value in (red, green, blue))


@lru_cache(maxsize=16384)
def mix(first: str, second: str, share: float) -> str:
    """`share` (0..1) of the second colour in the first."""
    share = min(1.0, max(0.0, share))
    pairs = zip(channels(first), channels(second), strict=True)
    return from_channels(*(one + (other - one) * share for one, other in pairs))


def multiply(first: str, second: str) -> str:
    """The first colour seen in light of the second."""
    return from_channels(*(a * b / 255 for a, b in zip(channels(first), channels(second), strict=True)))


def lighten(colour: str, share: float) -> str:
    """Towards white by `share`."""
    return mix(colour, "#ffffff", share)


def darken(colour: str, share: float) -> str:
    """Towards a warm black by `share`."""
    return mix(colour, "#0b0a10", share)


def luminance(colour: str) -> float:
    """Perceived lightness, 0..1."""
    red, green, blue = channels(colour)
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


def saturate(colour: str, factor: float) -> str:
    """Away from (factor above 1) or towards (below 1) the grey of the same lightness."""
    grey = luminance(colour) * 255
    return from_channels(*(grey + (value - grey) * factor for value in channels(colour)))


def contrast(colour: str, factor: float) -> str:
    """Away from (factor above 1) or towards middle grey."""
    return from_channels(*(128 + (value - 128) * factor for value in channels(colour)))
