"""Whatever real encoders write is accepted, with the right type and size."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dynamic_gallery.errors import InvalidPicture
from dynamic_gallery.models import Limits
from dynamic_gallery.services.pictures import PictureFacts, inspect_picture

from .samples import (
    JPEG_SCAN,
    avif_grid,
    chunk,
    encode,
    frames,
    gif_head,
    gif_image,
    jpeg_head,
    samples,
    scene,
)

LIMITS = Limits()

WRITERS: tuple[tuple[str, str, dict[str, Any], tuple[str, ...]], ...] = (
    ("PNG", "image/png", {}, ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")),
    ("PNG", "image/png", {"optimize": True}, ("RGB", "P")),
    ("JPEG", "image/jpeg", {}, ("1", "L", "RGB", "CMYK")),
    ("JPEG", "image/jpeg", {"progressive": True, "quality": 30}, ("L", "RGB", "CMYK")),
    ("WEBP", "image/webp", {}, ("L", "P", "RGB", "RGBA")),
    ("WEBP", "image/webp", {"lossless": True}, ("RGB", "RGBA")),
    ("AVIF", "image/avif", {"speed": 10}, ("L", "RGB", "RGBA")),
    ("GIF", "image/gif", {}, ("1", "L", "P", "RGB", "RGBA")),
)


@pytest.mark.parametrize("name", samples())
def test_every_kind_is_told_by_its_bytes(name: str) -> None:
    sample = samples()[name]
    facts = inspect_picture(sample.data, LIMITS)
    assert facts == PictureFacts(sample.media_type, sample.extension, *sample.size)


@settings(max_examples=60, deadline=None)
@given(
    writer=st.sampled_from(WRITERS),
    choice=st.integers(0, 99),
    width=st.integers(1, 150),
    height=st.integers(1, 150),
)
def test_whatever_pillow_wrote_is_accepted(
    writer: tuple[str, str, dict[str, Any], tuple[str, ...]], choice: int, width: int, height: int
) -> None:
    name, media_type, options, modes = writer
    data = encode(scene(width, height, modes[choice % len(modes)]), name, **options)
    facts = inspect_picture(data, LIMITS)
    assert (facts.media_type, facts.pixel_width, facts.pixel_height) == (media_type, width, height)


@pytest.mark.parametrize("name", ["PNG", "WEBP", "AVIF", "GIF"])
def test_animations_above_the_size_that_is_decoded(name: str) -> None:
    data = encode(scene(150, 140), name, **frames(150, 140))
    facts = inspect_picture(data, LIMITS)
    assert (facts.pixel_width, facts.pixel_height) == (150, 140)


@pytest.mark.parametrize("name", [name for name in samples() if not name.startswith("avif")])
def test_bytes_after_the_picture_are_tolerated(name: str) -> None:
    sample = samples()[name]
    assert inspect_picture(sample.data + b"<html>PK\x03\x04" * 9, LIMITS).media_type == sample.media_type


def test_bytes_after_an_avif_cannot_be_told_from_a_cut_box() -> None:
    with pytest.raises(InvalidPicture):
        inspect_picture(samples()["avif"].data + b"more", LIMITS)


def test_several_pictures_in_one_jpeg() -> None:
    data = encode(scene(40, 30), "MPO", save_all=True, append_images=[scene(20, 10)])
    facts = inspect_picture(data, LIMITS)
    assert (facts.media_type, facts.pixel_width, facts.pixel_height) == ("image/jpeg", 40, 30)


def test_the_size_is_the_stored_one() -> None:
    """A rotation in EXIF or `irot` is not applied, in any format."""
    for name in ("jpeg progressive", "webp with exif", "avif with exif"):
        facts = inspect_picture(samples()[name].data, LIMITS)
        assert (facts.pixel_width, facts.pixel_height) == (13, 9)


def test_a_png_cut_into_the_smallest_pieces() -> None:
    data = samples()["png RGB"].data
    place = data.index(b"IDAT") - 4
    length = int.from_bytes(data[place : place + 4], "big")
    pieces = [chunk(b"IDAT")]
    pieces += [chunk(b"IDAT", data[at : at + 1]) for at in range(place + 8, place + 8 + length)]
    whole = data[:place] + b"".join(pieces) + data[place + 12 + length :]
    assert inspect_picture(whole, LIMITS).media_type == "image/png"


def test_a_png_with_the_long_settings_that_generators_write() -> None:
    data = samples()["png RGB"].data
    notes = chunk(b"tEXt", b"workflow\0" + b"x" * 3_000_000)
    assert inspect_picture(data[:33] + notes + data[33:], LIMITS).media_type == "image/png"


def test_jpeg_data_full_of_stuffing_restarts_and_fill() -> None:
    coded = b"\xff\0\xff\xd0\xff\xd7" * 50_000
    data = jpeg_head(900, 900) + JPEG_SCAN + coded + b"\xff\xff\xff\xd9"
    assert inspect_picture(data, LIMITS).pixel_width == 900


def test_a_gif_image_larger_than_the_screen_stretches_it() -> None:
    data = gif_head(0, 0) + gif_image(300, 200) + b"\2ab\0;"
    assert inspect_picture(data, LIMITS) == PictureFacts("image/gif", "gif", 300, 200)


def test_an_avif_of_tiles() -> None:
    tile = samples()["avif"].data.split(b"mdat", 1)[1]
    facts = inspect_picture(avif_grid(tile, (13, 9), claimed=(2600, 900)), LIMITS)
    assert facts == PictureFacts("image/avif", "avif", 2600, 900)
