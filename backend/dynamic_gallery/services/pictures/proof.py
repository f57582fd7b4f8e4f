"""The last proof for tiny pictures: decode the first frame. Their structure was checked before.

Measured with Pillow 13 on two cores, whole inspection of 128 × 128 pixels: GIF 0.2 ms, PNG, JPEG and WebP
0.5 ms, AVIF 1.0 ms. Decoding 512 × 512 takes 1 to 7 ms, more than a save should wait for: larger pictures
rest on their structure.
"""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from .facts import broken
from .png import without_texts

PROVEN_PIXELS = 128 * 128
PROVEN_BYTES = 256 * 1024


def prove_by_decoding(data: bytes, name: str, size: tuple[int, int]) -> None:
    """Decode the first frame of a picture of format `name`. Raises InvalidPicture unless it is of `size`.

    The caller bounds the cost by `PROVEN_PIXELS` and `PROVEN_BYTES`.
    """
    source = without_texts(data) if name == "PNG" else data
    try:
        with Image.open(BytesIO(source), formats=(name.upper(),)) as image:
            if image.size == size:
                image.load()
                return
    except Exception as error:  # Pillow's decoders raise many types, SyntaxError and RuntimeError among them
        raise broken(name, "its image data cannot be decoded") from error
    raise broken(name, "its parts disagree about its size")
