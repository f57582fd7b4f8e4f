"""What an inspection finds out, what a format must answer, and the sentences for pictures that fail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ...errors import InvalidPicture, TooLarge


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """Type and size of a picture. `extension` has no dot.

    The pixel size is that of the stored grid (of the whole canvas for animations): a rotation that
    EXIF or AVIF's `irot` asks for on display is *not* applied, in any format.
    """

    media_type: str
    extension: str
    pixel_width: int
    pixel_height: int


@dataclass(frozen=True, slots=True)
class PictureFormat:
    """One accepted format.

    `read_size` gives (width, height) from the headers; `check_structure` walks the whole file and
    gets the largest number of pixels that anything inside may claim. Both raise InvalidPicture,
    UnsupportedPicture or TooLarge, and nothing else, for any bytes that begin like the format.
    """

    name: str
    media_type: str
    extension: str
    read_size: Callable[[bytes], tuple[int, int]]
    check_structure: Callable[[bytes, int], None]


def cut_short(name: str) -> InvalidPicture:
    """The error for a file that ends before its picture does."""
    return InvalidPicture(f"This {name} is cut short: the file ends too early. Send it again, whole.")


def broken(name: str, reason: str) -> InvalidPicture:
    """The error for a file that contradicts its format; `reason` is a clause like "it has no header"."""
    return InvalidPicture(f"This {name} is broken: {reason}. Save it again from its source and send that.")


def refuse_too_many_pixels(width: int, height: int, max_pixels: int) -> None:
    """Raise TooLarge when `width` × `height` is over `max_pixels`."""
    if width * height > max_pixels:
        raise TooLarge(
            f"This picture has {width:,} × {height:,} = {width * height:,} pixels; "
            f"the limit is {max_pixels:,}. Send a smaller one, or raise GALLERY_MAX_PIXELS."
        )
