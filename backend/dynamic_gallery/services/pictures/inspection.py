"""The way in: cheap refusals first (bytes, type, pixels), then the walk through the file.

Costs, for any bytes: one checksum or scan of the file in C, and a walk in Python whose number of
steps each format caps. Only pictures of at most `PROVEN_PIXELS` are also decoded (see `proof`).
"""

from __future__ import annotations

from ...errors import TooLarge, UnsupportedPicture
from ...models import Limits
from .facts import PictureFacts, refuse_too_many_pixels
from .proof import PROVEN_BYTES, PROVEN_PIXELS, prove_by_decoding
from .sniffing import recognise

ACCEPTED = "a PNG, JPEG, WebP, AVIF or GIF"


def inspect_picture(data: bytes, limits: Limits) -> PictureFacts:
    """Tell type and stored pixel size of a picture by its bytes, and that it is structurally whole.

    Bytes after the end of the picture are tolerated, except in AVIF (see each format).
    Raises TooLarge (bytes or pixels over `limits`), UnsupportedPicture (no accepted type) and
    InvalidPicture (cut short or broken); nothing else.
    """
    _refuse_too_many_bytes(len(data), limits.max_image_bytes)
    if not data:
        raise UnsupportedPicture(f"This file is empty; send {ACCEPTED}.")
    found = recognise(data)
    if isinstance(found, str):
        raise UnsupportedPicture(f"This looks like {found}; send {ACCEPTED}.")
    width, height = found.read_size(data)
    refuse_too_many_pixels(width, height, limits.max_pixels)
    found.check_structure(data, limits.max_pixels)
    if width * height <= PROVEN_PIXELS and len(data) <= PROVEN_BYTES:
        prove_by_decoding(data, found.name, (width, height))
    return PictureFacts(found.media_type, found.extension, width, height)


def _refuse_too_many_bytes(size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise TooLarge(
            f"This picture has {size:,} bytes; the limit is {max_bytes:,}. "
            "Send a smaller file, or raise GALLERY_MAX_IMAGE_BYTES."
        )
