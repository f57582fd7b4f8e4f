"""Thumbnails: a small WebP of a picture's first frame. Blocking and costly: call it in a worker thread.

Pillow 13 lets go of the interpreter lock while it decodes, resizes and encodes. Measured with 4 megapixels:
another thread waits at most 2 ms for PNG, JPEG and GIF, 4 ms for AVIF, 9 ms for WebP, of 30 to 140 ms.
The same bytes and width give the same bytes for as long as Pillow and its libraries stay the same.
"""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from ..errors import DamagedData, TooLarge
from ..models import Limits
from .pictures.facts import refuse_too_many_pixels
from .pictures.png import without_texts
from .pictures.sniffing import recognise

WEBP_QUALITY = 80
TALLEST = 16_383
"""The most pixels that a side of a WebP may have."""

_ROTATED = frozenset({5, 6, 7, 8})
_ORIENTATION_TAG = 0x0112
_LARGEST_PROFILE = 4 * 1024 * 1024
_PROFILE_SPACES = {"L": "GRAY", "RGB": "RGB", "RGBA": "RGB", "CMYK": "CMYK"}


def make_thumbnail(data: bytes, width: int, *, max_pixels: int = Limits().max_pixels) -> bytes:
    """A WebP of the first frame, at most `width` px wide as displayed, in sRGB, never enlarged.

    The rotation that EXIF or AVIF asks for is applied; transparency is kept; metadata is not.
    `max_pixels` bounds the memory: at most about 8 bytes a pixel, much less for JPEG.
    Over 89 million Pillow warns, over 179 million it refuses.
    Raises TooLarge for a picture of more pixels, and DamagedData for bytes that cannot be drawn.
    """
    if width < 1:
        raise ValueError("a thumbnail is at least 1 px wide")
    try:
        return _draw(data, width, max_pixels)
    except TooLarge:
        raise
    except Image.DecompressionBombError as error:
        raise TooLarge("This picture has too many pixels to make a thumbnail of; show it whole.") from error
    except Exception as error:  # Pillow's decoders raise many types, SyntaxError and RuntimeError among them
        raise DamagedData(
            "This picture cannot be drawn: its bytes are damaged. Restore it from a backup, or save it again."
        ) from error


def _draw(data: bytes, width: int, max_pixels: int) -> bytes:
    name = _check_size(data, max_pixels)
    source = without_texts(data) if name == "PNG" else data
    with Image.open(BytesIO(source), formats=(name.upper(),)) as opened:
        refuse_too_many_pixels(opened.width, opened.height, max_pixels)
        orientation = _orientation(opened)
        size = _target_size(opened.size, width, rotated=orientation in _ROTATED)
        if name == "JPEG":
            opened.draft(None, (2 * size[0], 2 * size[1]))
        opened.load()
        small = _eight_bits(opened).resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
        small = _to_srgb(small, opened.info.get("icc_profile"))
    return _write(_turn(small, orientation))


def _check_size(data: bytes, max_pixels: int) -> str:
    """The format's name; refuses by the headers, before Pillow's own check could warn the whole process."""
    found = recognise(data)
    if isinstance(found, str):
        raise DamagedData(f"This looks like {found}, not like a picture.")
    refuse_too_many_pixels(*found.read_size(data), max_pixels)
    return found.name


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION_TAG, 1))
    except Exception:  # broken EXIF is no reason to show nothing
        return 1


def _target_size(size: tuple[int, int], width: int, *, rotated: bool) -> tuple[int, int]:
    """The size to shrink the stored grid to, so that it is at most `width` wide once it is turned."""
    across, down = reversed(size) if rotated else size
    scale = min(1.0, width / across, TALLEST / down)
    shown = max(1, round(across * scale)), max(1, round(down * scale))
    return (shown[1], shown[0]) if rotated else shown


def _eight_bits(image: Image.Image) -> Image.Image:
    """The picture in L, RGB, RGBA or CMYK with eight bits a channel."""
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value / 257).convert("L")
    elif image.has_transparency_data:
        image = image.convert("RGBA")
    elif image.mode not in _PROFILE_SPACES:
        image = image.convert("L" if image.mode == "1" else "RGB")
    return image


def _to_srgb(image: Image.Image, profile: object) -> Image.Image:
    """Colours in sRGB; a profile that does not fit or cannot be read is passed over, as browsers do."""
    if isinstance(profile, bytes) and 0 < len(profile) <= _LARGEST_PROFILE:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            if source.profile.xcolor_space.strip() == _PROFILE_SPACES[image.mode]:
                mode = "RGBA" if image.mode == "RGBA" else "RGB"
                turned = ImageCms.profileToProfile(image, source, _srgb(), outputMode=mode)
                return turned or image
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return image


def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _turn(image: Image.Image, orientation: int) -> Image.Image:
    if orientation == 1:
        return image
    image.getexif()[_ORIENTATION_TAG] = orientation
    return ImageOps.exif_transpose(image)


def _write(image: Image.Image) -> bytes:
    if image.mode not in ("RGB", "RGBA"):
        image = image.convert("RGB")
    output = BytesIO()
    image.save(output, "WEBP", quality=WEBP_QUALITY, method=2, icc_profile=None, exif=b"", xmp=b"")
    return output.getvalue()
