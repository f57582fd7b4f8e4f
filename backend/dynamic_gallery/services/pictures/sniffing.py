"""Which format some bytes are in: one of the accepted ones, or a phrase for people about what they are."""

from __future__ import annotations

import re

from ...errors import InvalidPicture
from . import avif, gif, jpeg, png, webp
from .facts import PictureFormat, cut_short

PNG = PictureFormat("PNG", "image/png", "png", png.read_size, png.check_structure)
JPEG = PictureFormat("JPEG", "image/jpeg", "jpg", jpeg.read_size, jpeg.check_structure)
WEBP = PictureFormat("WebP", "image/webp", "webp", webp.read_size, webp.check_structure)
AVIF = PictureFormat("AVIF", "image/avif", "avif", avif.read_size, avif.check_structure)
GIF = PictureFormat("GIF", "image/gif", "gif", gif.read_size, gif.check_structure)

_SIGNATURES = {
    png.SIGNATURE: PNG,
    b"\xff\xd8\xff": JPEG,
    b"GIF87a": GIF,
    b"GIF89a": GIF,
}

_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"BM", "a BMP picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"II+\0", "a TIFF picture"),
    (b"%PDF-", "a PDF document"),
    (b"\xff\x0a", "a JPEG XL picture"),
    (b"\0\0\0\x0cJXL ", "a JPEG XL picture"),
    (b"\0\0\0\x0cjP  ", "a JPEG 2000 picture"),
    (b"\xff\x4f\xff\x51", "a JPEG 2000 picture"),
    (b"\0\0\x01\0", "an ICO icon"),
    (b"\0\0\x02\0", "a CUR pointer"),
    (b"8BPS", "a Photoshop document"),
    (b"qoif", "a QOI picture"),
    (b"v/1\x01", "an OpenEXR picture"),
    (b"DDS ", "a DDS texture"),
    (b"\x1a\x45\xdf\xa3", "a WebM or Matroska video"),
    (b"OggS", "an Ogg file"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"{\\rtf", "an RTF document"),
)

_TEXT_PICTURES = (b"iVBORw0KGgo", b"/9j/", b"UklGR", b"R0lGOD", b"data:image/")

_HEAD_BYTES = 4096
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SVG = re.compile(r"<(?:\w+:)?svg[\s>/]")
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|script|iframe|title|meta|div|p|h1|a|img)[\s>/]")


def recognise(data: bytes) -> PictureFormat | str:
    """The accepted format that `data` begins like, else a phrase such as "an HTML page".

    Raises InvalidPicture when only the beginning of an accepted format's signature is there, or a
    signature that was damaged on the way.
    """
    for signature, found in _SIGNATURES.items():
        if data.startswith(signature):
            return found
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    if data[4:8] == b"ftyp":
        return AVIF if avif.is_avif(data) else _iso_media(data)
    _refuse_damaged_signature(data)
    return _describe(data)


def _refuse_damaged_signature(data: bytes) -> None:
    for signature, found in _SIGNATURES.items():
        if 2 <= len(data) < len(signature) and signature.startswith(data):
            raise cut_short(found.name)
    if 4 <= len(data) < 12 and data[:4] == b"RIFF":
        raise cut_short(WEBP.name)
    if data[:4] == b"\x89PNG":
        raise InvalidPicture(
            "This PNG is broken: its first bytes were changed on the way, as when a file is sent as text. "
            "Send it again as binary data."
        )


def _iso_media(data: bytes) -> str:
    brands = avif.brands(data)
    if brands & {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}:
        return "a HEIC picture"
    if b"qt  " in brands:
        return "a QuickTime video"
    return "an MP4 video"


def _describe(data: bytes) -> str:
    for signature, phrase in _OTHERS:
        if data.startswith(signature):
            return phrase
    if data[:4] == b"RIFF":
        return {b"WAVE": "a WAV sound", b"AVI ": "an AVI video"}.get(data[8:12], "a RIFF file")
    head = data[:_HEAD_BYTES]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _describe_text(head.decode("utf-16", "replace"))
    if _NOT_TEXT.search(head):
        return "a file of an unknown type"
    if head.lstrip().startswith(_TEXT_PICTURES):
        return "a picture still written as base64 text (decode it first)"
    return _describe_text(head.decode("utf-8", "replace"))


def _describe_text(text: str) -> str:
    lowered = text.lstrip("\ufeff \t\r\n").lower()
    if _SVG.search(lowered):
        return "an HTML page" if lowered.startswith(("<!doctype html", "<html")) else "an SVG drawing"
    if _HTML.search(lowered):
        return "an HTML page"
    if lowered.startswith("<"):
        return "an XML document"
    if lowered.startswith(("{", "[")):
        return "JSON text"
    return "plain text"
