"""Thumbnails look like their picture, are small enough, and damaged bytes say so."""

from __future__ import annotations

import random
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw

from dynamic_gallery.errors import DamagedData, TooLarge
from dynamic_gallery.services.thumbnails import make_thumbnail

from .samples import MODES, chunk, encode, png_head, samples, scene

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 160, 0), (0, 0, 255), (255, 255, 255)
CORNERS = (RED, GREEN, BLUE, WHITE)

UPRIGHT = {
    1: (RED, GREEN, BLUE, WHITE),
    2: (GREEN, RED, WHITE, BLUE),
    3: (WHITE, BLUE, GREEN, RED),
    4: (BLUE, WHITE, RED, GREEN),
    5: (RED, BLUE, GREEN, WHITE),
    6: (BLUE, RED, WHITE, GREEN),
    7: (WHITE, GREEN, BLUE, RED),
    8: (GREEN, WHITE, RED, BLUE),
}
"""What stands top left, top right, bottom left, bottom right after each EXIF orientation is applied."""


def _open(data: bytes) -> Image.Image:
    picture = Image.open(BytesIO(data))
    assert picture.format == "WEBP"
    picture.load()
    return picture


def _four_corners(width: int = 80, height: int = 40, mode: str = "RGB") -> Image.Image:
    picture = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(picture)
    for place, colour in enumerate(CORNERS):
        x, y = place % 2 * width // 2, place // 2 * height // 2
        draw.rectangle((x, y, x + width // 2 - 1, y + height // 2 - 1), fill=colour)
    return picture.convert(mode)


def _corners(picture: Image.Image) -> tuple[tuple[int, ...], ...]:
    """The colour in the middle of each quarter, as the nearest of the four."""
    rgb = picture.convert("RGB")
    found = []
    for place in range(4):
        at = (rgb.width * (1 + 2 * (place % 2)) // 4, rgb.height * (1 + 2 * (place // 2)) // 4)
        seen = rgb.getpixel(at)
        assert isinstance(seen, tuple)
        found.append(
            min(CORNERS, key=lambda colour: sum(abs(a - b) for a, b in zip(colour, seen, strict=True)))
        )
    return tuple(found)


def _exif(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


@pytest.mark.parametrize("name", samples())
def test_every_kind_has_a_thumbnail(name: str) -> None:
    shown = _open(make_thumbnail(samples()[name].data, 160))
    turned = name in ("jpeg progressive", "webp with exif", "avif with exif")
    assert shown.size == ((9, 13) if turned else (13, 9))


@pytest.mark.parametrize(("width", "size"), [(160, (160, 120)), (320, (320, 240)), (640, (400, 300))])
def test_at_most_the_width_and_never_enlarged(width: int, size: tuple[int, int]) -> None:
    for name in ("PNG", "JPEG", "WEBP"):
        assert _open(make_thumbnail(encode(Image.new("RGB", (400, 300)), name), width)).size == size


@settings(max_examples=40, deadline=None)
@given(across=st.integers(1, 900), down=st.integers(1, 900), width=st.integers(1, 900))
def test_the_aspect_is_kept(across: int, down: int, width: int) -> None:
    shown = _open(make_thumbnail(encode(Image.new("L", (across, down)), "PNG"), width))
    assert shown.width == min(across, width)
    assert abs(shown.height - max(1, down * shown.width / across)) <= 1


def test_a_picture_taller_than_webp_can_be() -> None:
    shown = _open(make_thumbnail(encode(Image.new("L", (9, 40_000)), "PNG"), 160))
    assert shown.height <= 16_383
    assert shown.width >= 1


@pytest.mark.parametrize("name", ["JPEG", "WEBP", "PNG", "AVIF"])
@pytest.mark.parametrize("orientation", UPRIGHT)
def test_the_orientation_is_applied(name: str, orientation: int) -> None:
    data = encode(_four_corners(), name, exif=_exif(orientation))
    shown = _open(make_thumbnail(data, 30))
    assert _corners(shown) == UPRIGHT[orientation]
    assert shown.size == ((30, 60) if orientation > 4 else (30, 15))
    assert "exif" not in shown.info


@pytest.mark.parametrize("mode", MODES)
def test_every_mode_keeps_its_brightness(mode: str) -> None:
    ramp = Image.linear_gradient("L").convert("RGB")
    picture = (
        ramp.convert("L").convert("I").point(lambda value: value * 257).convert("I;16")
        if mode == "I;16"
        else ramp.convert(mode)
    )
    data = encode(picture, "JPEG" if mode == "CMYK" else "PNG")
    shown = _open(make_thumbnail(data, 64)).convert("L")
    for y in (3, 20, 40, 60):
        seen = shown.resize((1, 64), Image.Resampling.BOX).getpixel((0, y))
        assert isinstance(seen, (int, float))
        assert abs(seen - (4 * y + 2)) <= 12


@pytest.mark.parametrize("name", ["PNG", "WEBP", "AVIF"])
def test_transparency_is_kept(name: str) -> None:
    picture = _four_corners(mode="RGBA")
    picture.paste((0, 0, 0, 0), (0, 0, 40, 20))
    shown = _open(make_thumbnail(encode(picture, name), 40))
    assert shown.mode == "RGBA"
    assert shown.getpixel((5, 3)) == (0, 0, 0, 0) or shown.getchannel("A").getpixel((5, 3)) == 0
    assert shown.getchannel("A").getpixel((30, 15)) == 255


def test_transparency_of_palettes_and_of_one_colour_is_kept() -> None:
    grey = Image.new("L", (40, 40), 9)
    for data in (
        encode(Image.new("P", (40, 40)), "GIF", transparency=0),
        encode(Image.new("P", (40, 40)), "PNG", transparency=b"\0"),
        encode(grey, "PNG", transparency=9),
    ):
        assert _open(make_thumbnail(data, 40)).getchannel("A").getextrema() == (0, 0)


@pytest.mark.parametrize("name", ["GIF", "WEBP", "PNG", "AVIF"])
def test_the_first_frame_of_an_animation(name: str) -> None:
    others = [Image.new("RGB", (80, 40), (0, 0, 0)) for _ in range(3)]
    data = encode(_four_corners(), name, save_all=True, append_images=others, duration=50)
    shown = _open(make_thumbnail(data, 40))
    assert _corners(shown) == CORNERS
    assert getattr(shown, "n_frames", 1) == 1


def test_colours_are_turned_into_srgb() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")
    for name in ("PNG", "JPEG", "WEBP", "AVIF"):
        data = encode(Image.new("RGB", (20, 20), RED), name, icc_profile=swapped)
        shown = _open(make_thumbnail(data, 20))
        seen = shown.getpixel((9, 9))
        assert isinstance(seen, tuple)
        assert seen[2] > 240
        assert seen[0] < 20
        assert "icc_profile" not in shown.info


@pytest.mark.parametrize("profile", [b"no profile", b"\0" * 128, bytes(5 << 20)])
def test_a_broken_colour_profile_is_passed_over(profile: bytes) -> None:
    data = encode(_four_corners(), "JPEG", icc_profile=profile)
    assert _corners(_open(make_thumbnail(data, 40))) == CORNERS


def test_a_profile_for_other_channels_is_passed_over() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = encode(Image.new("CMYK", (20, 20)), "JPEG", icc_profile=profile)
    assert _open(make_thumbnail(data, 20)).size == (20, 20)


def test_the_long_texts_of_generators_do_not_matter() -> None:
    data = samples()["png RGB"].data
    texts = encode(scene(13, 9), "PNG")[:33] + chunk(b"zTXt", b"workflow\0\0" + _packed(20 << 20))
    assert _open(make_thumbnail(texts + data[33:], 160)).size == (13, 9)


def _packed(size: int) -> bytes:
    data = encode(Image.new("L", (1024, size // 1024)), "PNG")
    place = data.index(b"IDAT")
    return data[place + 4 : place + 4 + int.from_bytes(data[place - 4 : place], "big")]


def test_the_same_bytes_give_the_same_thumbnail() -> None:
    for sample in samples().values():
        assert make_thumbnail(sample.data, 160) == make_thumbnail(sample.data, 160)


@pytest.mark.parametrize("name", samples())
def test_damaged_bytes_say_so(name: str) -> None:
    chance, data = random.Random(name), samples()[name].data
    for length in range(0, len(data), 1 + len(data) // 40):
        _draw_or_damaged(data[:length])
    for _ in range(60):
        damaged = bytearray(data)
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        _draw_or_damaged(bytes(damaged))


def _draw_or_damaged(data: bytes) -> None:
    with suppress(DamagedData, TooLarge):
        make_thumbnail(data, 160)


@pytest.mark.parametrize("data", [b"", b"<svg>", encode(scene(9, 9), "BMP"), png_head(5, 5)])
def test_what_is_no_picture_is_damaged_data(data: bytes) -> None:
    with pytest.raises(DamagedData, match=r"Restore it|save it again"):
        make_thumbnail(data, 160)


def test_too_many_pixels_are_never_decoded() -> None:
    with pytest.raises(TooLarge, match="64,000,000"):
        make_thumbnail(png_head(12_000, 12_000) + chunk(b"IDAT", b"") + chunk(b"IEND"), 160)
    with pytest.raises(TooLarge):
        make_thumbnail(samples()["gif"].data, 160, max_pixels=100)


def test_a_width_of_nothing_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="1 px"):
        make_thumbnail(samples()["gif"].data, 0)
