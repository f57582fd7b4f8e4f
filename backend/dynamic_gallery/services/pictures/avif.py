"""AVIF: boxes, of which `meta` says where the AV1 data lies and how large the picture is.

The size is the stored one: `irot` and `clap` are not applied. Boxes must fill the file exactly,
because bytes after the last box cannot be told from a box that was cut.
"""

from __future__ import annotations

from . import av1
from .boxes import NAME, Box, boxes
from .facts import broken, cut_short, refuse_too_many_pixels
from .items import IN_FILE, IN_META, Location, Meta

_MOST_BRANDS_BYTES = 1_024
_MOST_HEAD_BYTES = 1_024
_MOST_HEADERS = 16
"""Different AV1 headers in one file: the tiles of a picture share one, their transparency another."""


def brands(data: bytes) -> set[bytes]:
    """The major and compatible brands that the first box names."""
    end = min(int.from_bytes(data[:4], "big"), _MOST_BRANDS_BYTES, len(data))
    return {data[8:12]} | {data[place : place + 4] for place in range(16, end - 3, 4)}


def is_avif(data: bytes) -> bool:
    """Whether a file that begins with an `ftyp` box says that it may be read as AVIF."""
    return not brands(data).isdisjoint({b"avif", b"avis"})


def read_size(data: bytes) -> tuple[int, int]:
    """(width, height) of the primary item by its `ispe`. Raises InvalidPicture."""
    meta = Meta(data, _only_meta(list(boxes(data, 0, len(data), may_reach_end=True))))
    width, height = meta.size_of(meta.primary())
    if not (width and height):
        raise broken(NAME, f"its size is {width} × {height}")
    return width, height


def check_structure(data: bytes, max_pixels: int) -> None:
    """Every item lies inside the file, and AV1 data is of the size the tables say.

    Raises InvalidPicture, or TooLarge for a tile over `max_pixels`.
    """
    top = list(boxes(data, 0, len(data), may_reach_end=True))
    meta = Meta(data, _only_meta(top))
    primary, kinds, locations = meta.primary(), meta.kinds(), meta.locations()
    if kinds.get(primary) not in (b"av01", b"grid") or primary not in locations:
        raise broken(NAME, "its main picture is missing or not AV1")
    if not any(box.kind == b"mdat" for box in top) and not meta.idat:
        raise broken(NAME, "it has no image data")
    size, headers = meta.size_of(primary), dict[int, bytes]()
    for item, location in locations.items():
        head = _read_head(data, location, meta.idat)
        if kinds.get(item) == b"av01":
            headers[item] = av1.sequence_header(head)
        elif item == primary and _grid_size(head) != size:
            raise broken(NAME, "its parts disagree about its size")
    _check_headers(set(headers.values()), max_pixels)
    if primary in headers and av1.frame_size(headers[primary]) != size:
        raise broken(NAME, "its parts disagree about its size")


def _check_headers(headers: set[bytes], max_pixels: int) -> None:
    if len(headers) > _MOST_HEADERS:
        raise broken(NAME, f"its tiles are of more than {_MOST_HEADERS} kinds")
    for header in headers:
        refuse_too_many_pixels(*av1.frame_size(header), max_pixels)


def _grid_size(head: bytes) -> tuple[int, int]:
    """(width, height) that a grid of tiles fills, in 16 or 32 bits each."""
    width = 4 if head[1:2] == b"\1" else 2
    if len(head) < 4 + 2 * width:
        raise broken(NAME, "its grid of tiles is cut short")
    return int.from_bytes(head[4 : 4 + width], "big"), int.from_bytes(head[4 + width : 4 + 2 * width], "big")


def _only_meta(top: list[Box]) -> Box:
    metas = [box for box in top if box.kind == b"meta"]
    if len(metas) != 1:
        raise broken(NAME, "it has no table of contents")
    return metas[0]


def _read_head(data: bytes, location: Location, idat: Box | None) -> bytes:
    """The first bytes of an item, all of whose extents are checked to lie inside the file."""
    if location.method == IN_FILE:
        start, end = 0, len(data)
    elif location.method == IN_META and idat:
        start, end = idat.start, idat.end
    else:
        raise broken(NAME, "one of its items lies nowhere")
    head = b""
    for offset, length in location.extents:
        begin = start + offset
        if begin + length > end:
            raise cut_short(NAME)
        stop = begin + length if length else end
        head += data[begin : min(stop, begin + _MOST_HEAD_BYTES - len(head))]
    return head
