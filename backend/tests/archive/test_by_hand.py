"""SPEC A12: what people put together themselves."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dynamic_gallery.errors import InvalidArchive
from dynamic_gallery.services.archive.unpacking import Imported
from dynamic_gallery.services.gallery_store import GalleryStore
from dynamic_gallery.services.saving import NewImage
from dynamic_gallery.testing.pictures import png

from .sessions import a_session, exported, files_in, large_picture

SESSION = "gal-1733500000-abc123"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GalleryStore]:
    opened = GalleryStore.open(tmp_path / "gallery")
    yield opened
    opened.close()


def zipped(files: dict[str, bytes]) -> io.BytesIO:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as write:
        for name, data in files.items():
            write.writestr(name, data)
    return output


def taken(store: GalleryStore, files: dict[str, Any], home: str = "") -> Imported:
    """Import a ZIP of these files; what is no bytes is written as JSON."""
    whole = {
        name: data if isinstance(data, bytes) else json.dumps(data).encode() for name, data in files.items()
    }
    return store.import_zip(zipped(whole), home)


def test_a12_pictures_and_a_small_record(store: GalleryStore) -> None:
    about = {"name": "Holiday", "user_composition": "The sea", "created_at": "2024-08-01T10:00:00Z"}
    files = {f"{SESSION}/metadata.json": about, f"{SESSION}/img_001.png": png(1), f"{SESSION}/b.png": png(2)}
    imported = taken(store, files)
    assert (imported.session_id, imported.images, imported.skipped) == (SESSION, 2, [])
    session = store.get_session(SESSION)[0]
    assert (session.name, session.user_composition, session.image_count) == ("Holiday", "The sea", 2)
    assert session.created_at.isoformat() == "2024-08-01T10:00:00+00:00"
    first, second = store.images(SESSION).images
    assert [store.read(one) for one in (first, second)] == [png(1), png(2)]
    assert (first.x, first.y) != (second.x, second.y)
    assert session.created_at < first.created_at < second.created_at
    assert list(store.verify()) == []
    assert [event["type"] for event in store.timeline(SESSION)].count("image_saved") == 2


def test_a12_pictures_only_in_order_of_name(store: GalleryStore) -> None:
    files = {f"Trip to sea/Bild {number}.PNG": png(number) for number in (10, 2, 1)}
    imported = taken(store, files, home="whatever")
    assert store.get_session(imported.session_id)[0].name == "Trip to sea"
    images = store.images(imported.session_id).images
    assert [store.read(image) for image in images] == [png(1), png(2), png(10)]
    assert [image.id for image in images] == ["img-001", "img-002", "img-003"]


def test_a12_pictures_without_a_folder_are_named_after_the_file(store: GalleryStore) -> None:
    imported = taken(store, {"a.png": png(1)}, home="My trip")
    assert store.get_session(imported.session_id)[0].name == "My trip"


def test_a12_a_record_of_a_few_words_is_completed(store: GalleryStore) -> None:
    files = {
        f"{SESSION}/img_007.png": png(7),
        f"{SESSION}/img_007.json": {"directive": "Explore the sea", "x": 12, "note": "kept"},
        f"{SESSION}/a.png": png(1),
    }
    taken(store, files)
    seventh, next_one = store.images(SESSION).images
    assert (seventh.id, seventh.directive, seventh.x, seventh.pixel_width) == (
        "img-007",
        "Explore the sea",
        12,
        1,
    )
    assert seventh.model_extra == {"note": "kept"}
    assert next_one.id == "img-008"


def test_a12_other_files_are_skipped_and_named(store: GalleryStore) -> None:
    files = {
        "x/a.png": png(1),
        "x/notes.txt": b"hello",
        "x/b.png": b"<svg/>",
        "x/.DS_Store": b"",
        "x/c.png": b"",
    }
    imported = taken(store, files)
    assert imported.images == 1
    assert [one.path for one in imported.skipped] == ["x/b.png", "x/c.png", "x/notes.txt"]
    assert "no picture and no record" in imported.skipped[2].reason


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "nothing"),
        ({"a/notes.txt": b"x"}, "notes.txt"),
        ({"a/b.png": b"<svg/>"}, "b.png"),
        ({"a/1.png": png(1), "b/2.png": png(2)}, "more than one folder"),
        ({"a/metadata.json": b"[]", "a/1.png": png(1)}, "metadata.json"),
        ({"a/metadata.json": {"name": 7}, "a/1.png": png(1)}, "name"),
        ({"a/metadata.json": {"id": "../../x"}, "a/1.png": png(1)}, '"id"'),
        ({f"{SESSION}/metadata.json": {"id": "gal-1-aaaaaa"}, f"{SESSION}/1.png": png(1)}, "gal-1-aaaaaa"),
        ({"a/img_001.json": {"directive": "x"}}, "img_001.json"),
        ({"a/img_001.json": {"filename": "../a.png"}, "a/img_001.png": png(1)}, "img_001.json"),
        ({"a/img_001.json": {"session_id": "gal-1-aaaaaa"}, "a/img_001.png": png(1)}, "gal-1-aaaaaa"),
        ({"a/img_001.json": {"sha256": "0" * 64}, "a/img_001.png": png(1)}, "sha256"),
    ],
)
def test_a12_what_makes_no_session_is_refused(store: GalleryStore, files: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidArchive) as caught:
        taken(store, files)
    assert words in caught.value.detail
    assert not list(Path(store.location).glob("gal-*"))


def test_a12_an_empty_session_comes_back(store: GalleryStore) -> None:
    assert taken(store, {f"{SESSION}/metadata.json": {"name": "Empty"}}).images == 0
    assert store.get_session(SESSION)[0].name == "Empty"


def test_a12_zips_of_other_programs_are_read(store: GalleryStore, tmp_path: Path) -> None:
    home = tmp_path / "pictures" / "Évening ✨"
    home.mkdir(parents=True)
    for number in range(3):
        (home / f"{number}.png").write_bytes(large_picture(number) if number else png(1))
    commands = {
        "zip": ["zip", "-qr", "out.zip", home.name],
        "bsdtar": ["bsdtar", "-a", "-cf", "out.zip", home.name],
        "7z": ["7z", "a", "out.zip", home.name],
    }
    for name, command in commands.items():
        if not shutil.which(name):
            continue
        out = home.parent / "out.zip"
        subprocess.run(command, cwd=home.parent, check=True, capture_output=True)
        with out.open("rb") as file:
            imported = store.import_zip(file)
        assert store.get_session(imported.session_id)[0].name == home.name, name
        assert [store.read(one) for one in store.images(imported.session_id).images] == [
            *(png(1), large_picture(1), large_picture(2))
        ]
        out.unlink()


def test_a12_a_zip_written_without_seeking_is_read(store: GalleryStore) -> None:
    """Sizes and checksums follow the bytes then, and the headers in front say nothing."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.data = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: Any) -> int:
            self.data += data
            return len(data)

    session_id = a_session(store)
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as write:
        for name, data in files_in(exported(store, session_id)).items():
            write.writestr(name, data)
    assert store.import_zip(io.BytesIO(bytes(pipe.data))).renamed_from == session_id


def test_a11_links_in_a_folder_are_refused(store: GalleryStore, tmp_path: Path) -> None:
    folder = tmp_path / "trip"
    folder.mkdir()
    (folder / "a.png").write_bytes(png(1))
    (folder / "b.png").symlink_to("/etc/passwd")
    with pytest.raises(InvalidArchive, match=r"b\.png is a link"):
        store.import_folder(folder)
    (folder / "b.png").unlink()
    (folder / "deep/er/still").mkdir(parents=True)
    with pytest.raises(InvalidArchive, match="too deep"):
        store.import_folder(folder)


@pytest.mark.parametrize(
    ("meta", "record"),
    [
        ({"created_at": "9999-12-31T23:59:59Z"}, None),
        (b'{"deep":' + b"[" * 900 + b"]" * 900 + b"}", None),
        ({}, b'{"generator":{"name":"a","deep":' + b"[" * 500 + b"]" * 500 + b"}}"),
    ],
)
def test_a12_numbers_and_depths_beyond_all_measure_are_refused(
    store: GalleryStore, meta: object, record: bytes | None
) -> None:
    files = {f"{SESSION}/metadata.json": meta, f"{SESSION}/img_001.png": png(1)}
    with pytest.raises(InvalidArchive, match="Nothing was imported"):
        taken(store, files | ({f"{SESSION}/img_001.json": record} if record else {}))


def test_a12_a_file_name_that_is_no_text_still_gives_a_name(store: GalleryStore) -> None:
    imported = taken(store, {"a.png": png(1)}, home="\udcffSea\0 ")
    assert (
        store.get_session(imported.session_id)[0].name
        == "\N{REPLACEMENT CHARACTER}Sea\N{REPLACEMENT CHARACTER}"
    )


def test_a12_a_folder_around_the_sessions_folder_is_no_part_of_its_name(store: GalleryStore) -> None:
    imported = taken(store, {f"Desktop/{SESSION}/a.png": png(1)})
    assert imported.session_id == SESSION
    named = taken(store, {"Desktop/Trip/a.png": png(1)})
    assert store.get_session(named.session_id)[0].name == "Trip"


def test_a12_a_camera_number_leaves_room_for_more_pictures(store: GalleryStore) -> None:
    imported = taken(store, {f"{SESSION}/img_999999999.png": png(1), f"{SESSION}/img_002.png": png(2)})
    assert [image.id for image in store.images(SESSION).images] == ["img-002", "img-003"]
    assert imported.images == 2
    assert store.save_image(SESSION, NewImage(data=png(3))).image.id == "img-004"


def test_a12_a_refusal_shows_names_as_they_are(store: GalleryStore) -> None:
    with pytest.raises(InvalidArchive) as caught:
        taken(store, {f"{SESSION}/\u202ea.png": b"no picture"})
    assert caught.value.detail.isprintable()
