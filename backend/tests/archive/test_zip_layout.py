"""SPEC A2: the plan of a ZIP, against readers that know nothing of it."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dynamic_gallery.models import Limits
from dynamic_gallery.services.archive.zip_layout import Content, Entry, ZipLayout
from dynamic_gallery.services.archive.zip_reading import ZipSource

AT = datetime(2026, 3, 1, 9, 30, 15, tzinfo=UTC)
GIB = 1024**3


def planned(files: dict[str, bytes]) -> ZipLayout:
    return ZipLayout([Entry(name, len(data), zlib.crc32(data), AT) for name, data in files.items()])


def written(layout: ZipLayout, contents: list[bytes], start: int = 0, stop: int | None = None) -> bytes:
    parts = []
    for piece in layout.pieces(start, stop):
        parts.append(contents[piece.place][piece.start : piece.stop] if isinstance(piece, Content) else piece)
        assert parts[-1], "an empty piece"
    return b"".join(parts)


def test_a2_readers_find_every_file_with_its_name_bytes_and_time() -> None:
    files = {"a.txt": b"hello", "gal-1/bild-ä-✨.png": bytes(1000), "empty": b""}
    layout = planned(files)
    data = written(layout, list(files.values()))
    assert len(data) == layout.size
    with zipfile.ZipFile(io.BytesIO(data)) as read:
        assert read.testzip() is None
        assert {info.filename: read.read(info) for info in read.infolist()} == files
        assert {info.date_time for info in read.infolist()} == {(2026, 3, 1, 9, 30, 14)}
        assert {info.flag_bits for info in read.infolist()} == {0x800}


@given(
    st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=9), st.binary(max_size=60), max_size=5),
    st.randoms(use_true_random=False),
)
def test_a3_any_range_is_that_slice_of_the_whole(files: dict[str, bytes], chance: random.Random) -> None:
    layout = planned(files)
    whole = written(layout, list(files.values()))
    assert len(whole) == layout.size
    for _ in range(40):
        start, stop = sorted(chance.randrange(layout.size + 3) for _ in range(2))
        assert written(layout, list(files.values()), start, stop) == whole[start:stop]


@pytest.mark.parametrize("moment", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC), AT])
def test_a2_any_time_can_be_written(moment: datetime) -> None:
    layout = ZipLayout([Entry("a", 1, zlib.crc32(b"a"), moment)])
    with zipfile.ZipFile(io.BytesIO(written(layout, [b"a"]))) as read:
        year = read.infolist()[0].date_time[0]
        assert year == min(max(moment.year, 1980), 2107)
        assert read.testzip() is None


def test_a4_more_files_than_16_bits_count() -> None:
    names = [f"gal/img_{number:05d}" for number in range(70_000)]
    layout = ZipLayout([Entry(name, 0, 0, AT) for name in names])
    with zipfile.ZipFile(io.BytesIO(written(layout, [b""] * len(names)))) as read:
        assert read.namelist() == names
    start, stop = layout.size // 2, layout.size // 2 + 5000
    assert written(layout, [], start, stop) == written(layout, [])[start:stop]


SIZES = [
    [5 * GIB, 10],
    [10, 0xFFFFFFFF, 10],
    [0xFFFFFFFE, 10],
    [3 * GIB, 3 * GIB, 7],
    [2**32 - 40 - len("file-0"), 1, 1],
]


@pytest.mark.parametrize("sizes", SIZES)
def test_a4_more_bytes_than_32_bits_count(tmp_path: Path, sizes: list[int]) -> None:
    """The ZIP as a sparse file: the contents are holes, and only what is the ZIP's own is written."""
    entries = [
        Entry(f"file-{place}", size, zlib.crc32(bytes(size)) if size < 100 else 0, AT)
        for place, size in enumerate(sizes)
    ]
    layout = ZipLayout(entries)
    path = tmp_path / "large.zip"
    with path.open("wb") as file:
        for piece in layout.pieces():
            if isinstance(piece, Content):
                file.seek(piece.stop - piece.start, 1)
            else:
                file.write(piece)
        assert file.tell() == layout.size
    with zipfile.ZipFile(path) as read:
        infos = read.infolist()
        assert [info.file_size for info in infos] == sizes
        for info in infos:
            with read.open(info) as content:  # checks the local header against the directory
                assert content.read(10).strip(b"\0") == b""
    with path.open("rb") as file:
        source = ZipSource(file, Limits(max_import_bytes=2**40))
        assert [(one.name, one.size) for one in source.members] == [(one.name, one.size) for one in entries]
