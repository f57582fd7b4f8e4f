"""SPEC A11: a ZIP that lies is refused whole, with the reason, and storage stays as it was, byte for byte."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dynamic_gallery.errors import GalleryError, InvalidArchive, TooLarge
from dynamic_gallery.models import Limits
from dynamic_gallery.services.edits import SessionChanges
from dynamic_gallery.services.gallery_store import GalleryStore
from dynamic_gallery.services.saving import NewImage
from dynamic_gallery.testing.pictures import png

from .hostile import SESSION, Forgery, Raw, build, changed
from .sessions import exported, files_in, tree

META = f"{SESSION}/metadata.json"
RECORD = f"{SESSION}/img_001.json"
BLOB = f"{SESSION}/img_001.png"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a small honest export."""
    store = GalleryStore.open(tmp_path_factory.mktemp("honest"))
    own = store.create_session(SessionChanges(name="Morning Demo"))[0].id
    for number in range(2):
        store.save_image(own, NewImage(data=png(number), directive=f"Explore {number}"))
    found = files_in(exported(store, own))
    store.close()
    return {
        name.replace(own, SESSION): data.replace(own.encode(), SESSION.encode())
        for name, data in found.items()
    }


@pytest.fixture
def forgery(files: dict[str, bytes]) -> Forgery:
    return Forgery(dict(files))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GalleryStore]:
    opened = GalleryStore.open(tmp_path / "gallery", limits=Limits(max_import_files=5000))
    known = opened.create_session(SessionChanges(name="Kept"))[0].id
    opened.save_image(known, NewImage(data=png(7)))
    yield opened
    opened.close()


def refused(store: GalleryStore, data: bytes, kind: type[GalleryError], *words: str) -> None:
    """It is refused for the reason that the words tell, and nothing changed."""
    before = tree(Path(store.location))
    with pytest.raises(GalleryError) as caught:
        store.import_zip(io.BytesIO(data))
    assert type(caught.value) is kind, caught.value
    for word in words:
        assert word.lower() in caught.value.detail.lower(), caught.value.detail
    assert caught.value.detail.isprintable()
    assert caught.value.detail.endswith(".")
    assert tree(Path(store.location)) == before


def test_the_honest_one_is_taken(store: GalleryStore, forgery: Forgery) -> None:
    assert store.import_zip(io.BytesIO(build(forgery.sealed()))).session_id == SESSION


NAMES = {
    "slip": ("../evil.png", "leaves its folder"),
    "slip inside": (f"{SESSION}/../../evil.png", "leaves its folder"),
    "dot": (f"{SESSION}/./evil.png", "leaves its folder"),
    "double slash": (f"{SESSION}//evil.png", "leaves its folder"),
    "absolute": ("/etc/evil.png", "absolute"),
    "drive": ("C:/evil.png", "absolute"),
    "backslash": (f"{SESSION}\\evil.png", "backslash"),
    "nul": (f"{SESSION}/evil.png\0.txt", "control character"),
    "newline": (f"{SESSION}/evil\n.png", "control character"),
    "no name": ("", "a name of no"),
    "long name": ("x" * 2000, "more than 1000 characters"),
    "stream": ("img.png:evil", "not in the manifest"),
}


@pytest.mark.parametrize("case", NAMES)
def test_a11_names_that_leave_their_folder(store: GalleryStore, forgery: Forgery, case: str) -> None:
    name, reason = NAMES[case]
    forgery.extra = [Raw(name.encode(), png(3))]
    refused(store, build(forgery.sealed()), InvalidArchive, reason)
    # The same in a ZIP without a manifest.
    if case != "stream":
        by_hand = [Raw(b"a.png", png(1)), Raw(name.encode(), png(3))]
        refused(store, build(by_hand), InvalidArchive, reason)


Change = Callable[[Forgery], list[Raw]]


def sealing(change: Callable[[Forgery], object]) -> Change:
    def make(forgery: Forgery) -> list[Raw]:
        change(forgery)
        return forgery.sealed()

    return make


def adding(*raws: Raw) -> Change:
    return sealing(lambda forgery: forgery.extra.extend(raws))


def entry(name: str, **fields: object) -> Change:
    return lambda forgery: changed(forgery.sealed(), name, **fields)


def manifest(change: Callable[..., object]) -> Change:
    return lambda forgery: forgery.sealed(change)


def without(name: str) -> Change:
    return lambda forgery: [raw for raw in forgery.sealed() if raw.name != name.encode()]


def blob(data: bytes) -> Change:
    return sealing(lambda forgery: forgery.files.update({BLOB: data}))


def record(path: str = RECORD, **fields: object) -> Change:
    return sealing(lambda forgery: forgery.record(path, **fields))


def not_there(forgery: Forgery) -> list[Raw]:
    del forgery.files[BLOB]
    return forgery.sealed()


def added_file(name: str, data: bytes) -> Change:
    return sealing(lambda forgery: forgery.files.update({name: data}))


def overlapping() -> list[Raw]:
    """An entry that lies whole in the bytes of another."""
    inner = Raw(b"inner.png", png(1))
    start = 30 + len(b"outer.png")
    within = build([inner])
    outer = Raw(b"outer.png", within)
    return [outer, replace(inner, offset=start, skip_local=True)]


CASES: dict[str, tuple[Change, type[GalleryError], list[str]]] = {
    # Entries that are no files, or hidden behind others
    "symlink": (entry(BLOB, mode=0o120777), InvalidArchive, [BLOB, "is a link"]),
    "device": (entry(BLOB, mode=0o060644), InvalidArchive, [BLOB, "device"]),
    "fifo": (entry(BLOB, mode=0o010644), InvalidArchive, [BLOB, "device"]),
    "a file twice": (adding(Raw(BLOB.encode(), png(3))), InvalidArchive, [BLOB, "twice"]),
    "twins by case": (
        adding(Raw(BLOB.upper().encode(), png(3))),
        InvalidArchive,
        ["IMG_001.PNG", "the same name as"],
    ),
    "twins by accents": (
        lambda forgery: [Raw("é.png".encode(), png(1)), Raw("e\u0301.png".encode(), png(2))],
        InvalidArchive,
        ["the same name as"],
    ),
    "a file that is a folder": (
        lambda forgery: [Raw(b"a", png(1)), Raw(b"a/b.png", png(2))],
        InvalidArchive,
        ["a file and the folder"],
    ),
    "a folder with bytes": (adding(Raw(b"x/", b"bytes")), InvalidArchive, ["x/", "is a folder"]),
    "another name in its own header": (
        entry(BLOB, local_name=BLOB.replace("001", "009").encode()),
        InvalidArchive,
        [BLOB, "otherwise than the directory"],
    ),
    "another size in its own header": (entry(BLOB, local_size=3), InvalidArchive, [BLOB, "another size"]),
    "overlapping": (lambda forgery: overlapping(), InvalidArchive, ["outer.png", "overlaps"]),
    "the same place twice": (
        lambda forgery: [
            Raw(b"a.png", png(1)),
            Raw(b"a.png", png(1), offset=0, skip_local=True),
        ],
        InvalidArchive,
        ["a.png", "twice"],
    ),
    "beyond the end": (entry(BLOB, offset=9_999_999), InvalidArchive, [BLOB, "beyond the end"]),
    # Contents that are not what is said
    "a lying size": (entry(BLOB, size=10, packed_size=10), InvalidArchive, [BLOB]),
    "a lying unpacked size": (
        entry(BLOB, method=8, size=10, local_size=10),
        InvalidArchive,
        [BLOB],
    ),
    "a wrong crc": (entry(BLOB, crc=1), InvalidArchive, [BLOB, "CRC-32"]),
    "encrypted": (entry(BLOB, flags=0x801), InvalidArchive, [BLOB, "encrypted"]),
    "an unknown compression": (entry(BLOB, method=14), InvalidArchive, [BLOB, "method 14"]),
    "no deflate": (
        lambda forgery: [Raw(b"a.png", b"", method=8, size=3, packed_size=0, crc=0)],
        InvalidArchive,
        ["a.png", "do not end"],
    ),
    "a bomb": (adding(Raw(b"bomb", bytes(300_000_000), method=8)), TooLarge, ["bomb", "200 times"]),
    "too many entries": (
        lambda forgery: [Raw(b"%d.png" % number, b"") for number in range(5001)],
        TooLarge,
        ["5,001", "GALLERY_MAX_IMPORT_FILES"],
    ),
    # The manifest
    "no sha256": (
        manifest(lambda doc: doc["files"][0].pop("sha256")),
        InvalidArchive,
        ["manifest.json", "sha256"],
    ),
    "a wrong sha256": (
        manifest(lambda doc: [one.update(sha256="0" * 64) for one in doc["files"] if one["path"] == BLOB]),
        InvalidArchive,
        [BLOB, "sha256"],
    ),
    "a wrong sha256 of the page": (
        manifest(lambda doc: doc["files"][0].update(sha256="0" * 64)),
        InvalidArchive,
        ["index.html", "sha256"],
    ),
    "another size in the manifest": (
        manifest(lambda doc: doc["files"][0].update(size=1)),
        InvalidArchive,
        ["index.html", "manifest says"],
    ),
    "a file not in the manifest": (
        adding(Raw(f"{SESSION}/img_009.png".encode(), png(9))),
        InvalidArchive,
        ["img_009.png", "not in the manifest"],
    ),
    "a file not in the zip": (without(BLOB), InvalidArchive, [BLOB, "not there"]),
    "named twice in the manifest": (
        manifest(lambda doc: doc["files"].append(doc["files"][0])),
        InvalidArchive,
        ["manifest.json", "twice"],
    ),
    "a newer manifest": (
        manifest(lambda doc: doc.update(schema=2)),
        InvalidArchive,
        ["manifest.json", "schema"],
    ),
    "an id that is a path": (
        manifest(lambda doc: doc.update(session_id="../../etc")),
        InvalidArchive,
        ["manifest.json", "session_id"],
    ),
    "no manifest in the manifest": (
        lambda forgery: [Raw(b"manifest.json", b"[]"), *forgery.sealed()[1:]],
        InvalidArchive,
        ["manifest.json"],
    ),
    "another folder": (
        added_file("elsewhere/a.png", png(1)),
        InvalidArchive,
        ["elsewhere", "does not lie in"],
    ),
    "a folder in the folder": (
        added_file(f"{SESSION}/more/a.png", png(1)),
        InvalidArchive,
        ["does not lie in"],
    ),
    # Records
    "a record of another session": (
        record(session_id="gal-1733500000-other1"),
        InvalidArchive,
        [RECORD, "gal-1733500000-other1"],
    ),
    "a session of another name": (record(META, id="gal-1733500000-other1"), InvalidArchive, [META]),
    "a record pointing elsewhere": (record(filename="../img_001.png"), InvalidArchive, [RECORD, "filename"]),
    "a record pointing to another's file": (
        record(f"{SESSION}/img_002.json", filename="img_001.png"),
        InvalidArchive,
        ["img_002.json", "filename"],
    ),
    "an image id off its pattern": (record(id="img-1"), InvalidArchive, [RECORD]),
    "a record's file off its pattern": (
        added_file(f"{SESSION}/img_0003.json", b"{}"),
        InvalidArchive,
        ["img_0003.json", "no record speaks of it"],
    ),
    "a picture without a record": (
        added_file(f"{SESSION}/img_003.png", png(3)),
        InvalidArchive,
        ["img_003.png", "no record speaks of it"],
    ),
    "a page beside the pictures": (
        added_file(f"{SESSION}/index.html", b"<script>"),
        InvalidArchive,
        ["index.html", "no record speaks of it"],
    ),
    "a record without its picture": (not_there, InvalidArchive, [RECORD, "img_001.png", "not there"]),
    "an erased image with its bytes": (
        record(purged_at="2026-01-01T00:00:00Z"),
        InvalidArchive,
        [BLOB, "no picture here"],
    ),
    "no session record": (
        sealing(lambda forgery: forgery.files.pop(META)),
        InvalidArchive,
        [META, "missing"],
    ),
    "a record that is none": (added_file(RECORD, b"{"), InvalidArchive, [RECORD]),
    "a session record that is none": (added_file(META, b"[]"), InvalidArchive, [META]),
    "a number that is none": (record(x="NaN"), InvalidArchive, [RECORD, "x"]),
    "a newer record": (record(schema=2), InvalidArchive, [RECORD, "newer version"]),
    "a text with NUL": (record(directive="a\0b"), InvalidArchive, [RECORD, "NUL"]),
    "another type than its bytes": (
        record(media_type="image/svg+xml"),
        InvalidArchive,
        [RECORD, "media_type"],
    ),
    "another sha256 than its bytes": (record(sha256="0" * 64), InvalidArchive, [RECORD, "sha256"]),
    "another crc than its bytes": (record(crc32=1), InvalidArchive, [RECORD, "crc32"]),
    # Pictures
    "svg as png": (blob(SVG), InvalidArchive, [BLOB, "SVG"]),
    "html as png": (blob(b"<html><script>alert(1)</script>"), InvalidArchive, [BLOB]),
    "a zip as png": (blob(build([Raw(b"a", b"a")])), InvalidArchive, [BLOB, "ZIP"]),
    "an empty picture": (blob(b""), InvalidArchive, [BLOB, "empty"]),
    "a picture cut short": (blob(png(1)[:-9]), InvalidArchive, [BLOB]),
}


@pytest.mark.parametrize("case", CASES)
def test_a11_a_zip_that_lies(store: GalleryStore, forgery: Forgery, case: str) -> None:
    make, kind, words = CASES[case]
    refused(store, build(make(forgery)), kind, *words)


WHOLE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda data: b"", "empty"),
    "garbage": (lambda data: random.Random(1).randbytes(5000), "no ZIP"),
    "truncated": (lambda data: data[: len(data) // 2], "cut short"),
    "its last byte gone": (lambda data: data[:-1], "cut short"),
    "its end alone": (lambda data: data[-22:], "in front of it"),
    "something behind it": (lambda data: data + b"x", "cut short"),
    "a program in front": (lambda data: b"MZ" + bytes(500) + data, "in front of it"),
    "one of several parts": (
        lambda data: data[:-18] + struct.pack("<2H", 1, 1) + data[-14:],
        "several parts",
    ),
    "a count too small": (lambda data: data[:-14] + struct.pack("<2H", 3, 3) + data[-10:], "behind its last"),
    "a count too large": (lambda data: data[:-14] + struct.pack("<2H", 30, 30) + data[-10:], "damaged"),
    "a lost zip64 directory": (
        lambda data: data[:-22] + struct.pack("<4sLQL", b"PK\6\7", 0, 2**40, 1) + data[-22:],
        "cannot be found",
    ),
}


@pytest.mark.parametrize("case", WHOLE)
def test_a11_what_is_no_whole_zip(store: GalleryStore, forgery: Forgery, case: str) -> None:
    harm, reason = WHOLE[case]
    refused(store, harm(build(forgery.sealed())), InvalidArchive, reason)


def test_a11_a_stub_whose_offsets_were_mended_is_refused_too(store: GalleryStore, forgery: Forgery) -> None:
    stub = b"#!/bin/sh\nexec evil\n"
    plain = build(forgery.sealed())
    end = struct.unpack("<4s4H2LH", plain[-22:])
    start, size = end[6], end[5]
    central = bytearray(plain[start : start + size])
    at = 0
    while at < len(central):
        (offset,) = struct.unpack_from("<L", central, at + 42)
        struct.pack_into("<L", central, at + 42, offset + len(stub))
        at += 46 + struct.unpack_from("<H", central, at + 28)[0]
    mended = struct.pack("<4s4H2LH", *end[:6], start + len(stub), 0)
    refused(store, stub + plain[:start] + bytes(central) + mended, InvalidArchive, "in front of it")


def test_a11_what_unpacks_to_more_than_may_be_is_refused(tmp_path: Path, forgery: Forgery) -> None:
    data = build(forgery.sealed())
    small = GalleryStore.open(tmp_path / "small", limits=Limits(max_import_bytes=100))
    refused(small, data, TooLarge, "GALLERY_MAX_IMPORT_BYTES")
    small.close()
    small = GalleryStore.open(tmp_path / "smaller", limits=Limits(max_image_bytes=20))
    refused(small, data, TooLarge, BLOB, "GALLERY_MAX_IMAGE_BYTES")
    small.close()


@pytest.mark.parametrize("seed", range(150))
def test_a11_a_byte_or_two_wrong_is_never_half_believed(
    store: GalleryStore, forgery: Forgery, seed: int
) -> None:
    """Whatever is changed: refused without a trace, or taken with every file as the manifest says."""
    chance = random.Random(seed)
    data = bytearray(build(forgery.sealed()))
    for _ in range(chance.choice([1, 1, 2, 5])):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    before = tree(Path(store.location))
    try:
        imported = store.import_zip(io.BytesIO(bytes(data)))
    except (InvalidArchive, TooLarge):
        assert tree(Path(store.location)) == before
        return
    after = tree(Path(store.location))
    for name in (BLOB, RECORD):
        stored = after[name.replace(SESSION, imported.session_id)]
        assert zlib.crc32(stored) == zlib.crc32(forgery.files[name])


def test_a11_a_script_in_a_name_is_a_name(store: GalleryStore, forgery: Forgery) -> None:
    forgery.record(META, name="<script>alert(1)</script>")
    store.import_zip(io.BytesIO(build(forgery.sealed())))
    assert store.get_session(SESSION)[0].name == "<script>alert(1)</script>"
    page = files_in(exported(store, SESSION))["index.html"]
    assert b"<script>alert" not in page
