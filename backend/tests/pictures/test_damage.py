"""Truncation, flipped bits and made-up bytes: refused or accepted, never another error."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dynamic_gallery.errors import InvalidPicture, TooLarge, UnsupportedPicture
from dynamic_gallery.models import Limits
from dynamic_gallery.services.pictures import PictureFacts, inspect_picture, inspection

from .samples import encode, frames, samples, scene

LIMITS = Limits()
REFUSALS = (UnsupportedPicture, InvalidPicture, TooLarge)
BEGINNINGS = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    b"\xff\xd8\xff",
    b"GIF89a",
    b"RIFF\x20\0\0\0WEBPVP8X",
    b"\0\0\0\x18ftypavif\0\0\0\0avifmif1\0\0\0\x40meta",
)


def _inspect(data: bytes) -> PictureFacts | None:
    """What was found, or None for one of the three refusals; any other error fails the test."""
    try:
        return inspect_picture(data, LIMITS)
    except REFUSALS:
        return None


@pytest.mark.parametrize("name", samples())
def test_every_truncation_of_a_tiny_picture_is_refused_by_its_structure(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspection, "PROVEN_PIXELS", 0)
    data = samples()[name].data
    for length in range(len(data)):
        with pytest.raises((UnsupportedPicture, InvalidPicture)):
            inspect_picture(data[:length], LIMITS)


@pytest.mark.parametrize("name", ["PNG", "JPEG", "WEBP", "AVIF", "GIF"])
def test_truncations_of_a_picture_that_is_not_decoded_are_refused(name: str) -> None:
    data = encode(scene(200, 200), name)
    for length in {*range(0, len(data), 1 + len(data) // 400), *range(len(data) - 60, len(data))}:
        assert _inspect(data[:length]) is None, length


@pytest.mark.parametrize("name", samples())
def test_flipped_bits_raise_nothing_else(name: str) -> None:
    chance, data = random.Random(name), samples()[name].data
    for _ in range(150):
        damaged = bytearray(data)
        for _ in range(chance.choice((1, 1, 2, 8))):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        _inspect(bytes(damaged))


def test_any_flipped_bit_of_a_png_is_found() -> None:
    data = encode(scene(150, 150), "PNG")
    chance = random.Random(3)
    for _ in range(200):
        damaged = bytearray(data)
        damaged[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        assert _inspect(bytes(damaged)) is None


@pytest.mark.parametrize("name", ["PNG", "JPEG", "WEBP", "AVIF", "GIF"])
def test_bytes_cut_out_or_doubled_raise_nothing_else(name: str) -> None:
    options = {} if name == "JPEG" else frames(150, 130)
    chance, data = random.Random(name), encode(scene(150, 130), name, **options)
    for _ in range(100):
        first, second = sorted(chance.randrange(len(data)) for _ in range(2))
        _inspect(data[:first] + data[second:])
        _inspect(data[:second] + data[first:])


@settings(max_examples=300, deadline=None)
@given(beginning=st.sampled_from((b"", *BEGINNINGS)), rest=st.binary(max_size=300))
def test_made_up_bytes_raise_nothing_else(beginning: bytes, rest: bytes) -> None:
    _inspect(beginning + rest)


@settings(max_examples=200, deadline=None)
@given(
    name=st.sampled_from(sorted(samples())),
    place=st.integers(0, 2000),
    patch=st.binary(min_size=1, max_size=12),
)
def test_made_up_patches_raise_nothing_else(name: str, place: int, patch: bytes) -> None:
    data = samples()[name].data
    place %= len(data)
    _inspect(data[:place] + patch + data[place + len(patch) :])
