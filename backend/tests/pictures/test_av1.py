"""The size in an AV1 sequence header is found behind all that may stand before it."""

from __future__ import annotations

import pytest

from dynamic_gallery.errors import InvalidPicture
from dynamic_gallery.services.pictures import av1

SIZE = "1011" + "1010" + format(2599, "012b") + format(899, "011b")
TIMING = "0" * 64 + "1" + "00101"
MODEL = "00110" + "1" * 42
POINT = "0" * 12 + "11111" + "0"

HEADERS = {
    "reduced": "000" + "1" + "1" + "00001",
    "one point": "000" + "0" + "0" + "0" + "0" + "00000" + "0" * 12 + "00001",
    "low level without a tier": "000" + "0" + "0" + "0" + "0" + "00000" + "0" * 12 + "00111",
    "timing": "000" + "0" + "0" + "1" + TIMING + "0" + "0" + "00000" + POINT,
    "timing and model": "000"
    + "0"
    + "0"
    + "1"
    + TIMING
    + "1"
    + MODEL
    + "0"
    + "00000"
    + POINT
    + "1"
    + "1" * 15,
    "two points, display delay": "000" + "0" + "0" + "0" + "1" + "00001" + POINT + "1" + "1010" + POINT + "0",
}


def _bytes(bits: str) -> bytes:
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


@pytest.mark.parametrize("name", HEADERS)
def test_the_size_is_found(name: str) -> None:
    assert av1.frame_size(_bytes(HEADERS[name] + SIZE)) == (2600, 900)


@pytest.mark.parametrize("name", HEADERS)
def test_a_cut_header_is_refused(name: str) -> None:
    whole = _bytes(HEADERS[name] + SIZE)
    for length in range(len(whole) - 1):
        with pytest.raises(InvalidPicture):
            av1.frame_size(whole[:length])


def test_the_header_comes_after_a_temporal_delimiter() -> None:
    assert av1.sequence_header(b"\x12\0\x0a\x03abcdef") == b"abc"


@pytest.mark.parametrize(
    "data", [b"", b"\x12\0", b"\x8a\x03abc", b"\x08abc", b"\x12\0" * 9, b"\x0a" + b"\xff" * 9]
)
def test_what_is_no_av1_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidPicture):
        av1.sequence_header(data)
