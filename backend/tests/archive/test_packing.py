"""SPEC A1, A5–A7: what an archive holds, and that it is never finished wrongly."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dynamic_gallery.errors import DamagedData, GalleryError, NotFound
from dynamic_gallery.services.archive import player
from dynamic_gallery.services.archive.packing import Archive, _url_of
from dynamic_gallery.services.archive.player import index_html
from dynamic_gallery.services.archive.recording import recording
from dynamic_gallery.services.edits import SessionChanges
from dynamic_gallery.services.gallery_store import GalleryStore
from dynamic_gallery.services.saving import NewImage

from .sessions import a_session, exported, files_in, large_picture, random_session, whole


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GalleryStore]:
    opened = GalleryStore.open(tmp_path / "gallery")
    yield opened
    opened.close()


def folder_of(store: GalleryStore, session_id: str) -> Path:
    return Path(store.location) / session_id


def recording_in(page: bytes) -> Any:
    before, _, rest = page.partition(b'<script id="recording" type="application/json">')
    assert before
    return json.loads(rest.partition(b"</script>")[0])


def test_a1_it_holds_the_folder_as_it_lies_in_storage(store: GalleryStore) -> None:
    session_id = a_session(store)
    store.erase_image(session_id, "img-003")
    files = files_in(exported(store, session_id))
    in_storage = {
        f"{session_id}/{path.name}": path.read_bytes() for path in folder_of(store, session_id).iterdir()
    }
    assert list(files) == ["manifest.json", "index.html", f"{session_id}/metadata.json"] + [
        f"{session_id}/img_{name}" for name in ("001.json", "001.png", "002.json", "002.png", "003.json")
    ]
    assert {name: data for name, data in files.items() if "/" in name} == in_storage


def test_a5_the_manifest_names_every_other_file(store: GalleryStore) -> None:
    session_id = a_session(store, name="évening")
    files = files_in(exported(store, session_id))
    manifest = json.loads(files.pop("manifest.json"))
    assert (manifest["schema"], manifest["session_id"], manifest["name"]) == (1, session_id, "évening")
    assert manifest["generator"].startswith("Dynamic Gallery ")
    assert {one["path"]: (one["size"], one["sha256"]) for one in manifest["files"]} == {
        name: (len(data), hashlib.sha256(data).hexdigest()) for name, data in files.items()
    }
    assert "left_out" not in manifest


def test_a5_two_exports_of_an_unchanged_session_are_the_same_bytes(store: GalleryStore) -> None:
    session_id = a_session(store)
    first = store.export(session_id)
    again = GalleryStore.open(store.location)
    second = again.export(session_id)
    assert (first.etag, whole(first)) == (second.etag, whole(second))
    again.move_image(session_id, "img-001", {"x": 1})
    assert again.export(session_id).etag != first.etag
    again.close()


def test_a2_other_programs_find_it_whole(store: GalleryStore, tmp_path: Path) -> None:
    path = tmp_path / "session.zip"
    path.write_bytes(exported(store, a_session(store, pictures=30, name="日本語")))
    programs = {"unzip": ["unzip", "-tq"], "bsdtar": ["bsdtar", "-tf"], "7z": ["7z", "t"]}
    found = [command for name, command in programs.items() if shutil.which(name)]
    if not found:
        pytest.skip("none of unzip, bsdtar and 7z is installed")
    for command in found:
        done = subprocess.run([*command, path], capture_output=True, check=False, text=True)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_a3_three_hundred_random_ranges_are_slices(store: GalleryStore) -> None:
    session_id = store.create_session(SessionChanges(name="Large"))[0].id
    folder = folder_of(store, session_id)
    for number in range(3):
        store.save_image(session_id, NewImage(data=large_picture(number)))
    assert len(list(folder.glob("*.png"))) == 3
    archive = store.export(session_id)
    data = whole(archive)
    chance = random.Random(4)
    for _ in range(300):
        start = chance.randrange(archive.size)
        stop = min(archive.size, start + chance.choice([1, 100, 5_000, 2_000_000, archive.size]))
        assert b"".join(archive.stream(start, stop)) == data[start:stop]


def drained(archive: Archive, start: int = 0, stop: int | None = None) -> tuple[bytes, GalleryError | None]:
    got = b""
    try:
        for chunk in archive.stream(start, stop):
            got += chunk
    except GalleryError as error:
        return got, error
    return got, None


@pytest.mark.parametrize("harm", ["changed", "cut", "grown", "missing"])
@pytest.mark.parametrize("part", ["all", "its first byte", "its middle", "another file"])
def test_a6_a_picture_that_changed_breaks_it_off(store: GalleryStore, harm: str, part: str) -> None:
    session_id = a_session(store)
    archive = store.export(session_id)
    data = whole(archive)
    path = folder_of(store, session_id) / "img_001.png"
    bytes_before = path.read_bytes()
    at = data.index(bytes_before)
    harmed = {"changed": b"\0" * len(bytes_before), "cut": bytes_before[:-1], "grown": bytes_before + b"x"}
    path.unlink()
    if harm != "missing":
        path.write_bytes(harmed[harm])
    ranges = {"all": (0, None), "its first byte": (at, at + 1), "its middle": (at + 5, at + 20)}
    if part == "another file":
        assert drained(archive, 0, at) == (data[:at], None)
        assert drained(archive, at + len(bytes_before)) == (data[at + len(bytes_before) :], None)
        return
    got, error = drained(archive, *ranges[part])
    assert isinstance(error, NotFound if harm == "missing" else DamagedData)
    assert "img_001.png" in error.detail
    start, stop = ranges[part]
    assert len(got) < (stop or archive.size) - start


def test_a7_what_is_damaged_is_left_out_and_named_and_costs_nothing_else(store: GalleryStore) -> None:
    session_id = a_session(store, pictures=5)
    folder = folder_of(store, session_id)
    (folder / "img_003.json").write_text("{")
    (folder / "img_004.png").unlink()
    with (folder / "img_005.png").open("ab") as file:
        file.write(b"x")
    archive = store.export(session_id)
    files = files_in(whole(archive))
    assert [name.rpartition("/")[2] for name in files if "img_" in name] == [
        *("img_001.json", "img_001.png", "img_002.json", "img_002.png")
    ]
    manifest = json.loads(files["manifest.json"])
    assert [one["path"].rpartition("/")[2] for one in manifest["left_out"]] == [
        *("img_003.json", "img_004.png", "img_005.png")
    ]
    assert [one.path for one in archive.left_out] == [one["path"] for one in manifest["left_out"]]


def test_a7_a_picture_that_broke_an_export_off_is_left_out_of_the_next(store: GalleryStore) -> None:
    session_id = a_session(store)
    path = folder_of(store, session_id) / "img_001.png"
    before = path.read_bytes()
    path.write_bytes(b"\0" * len(before))
    assert drained(store.export(session_id))[1] is not None
    archive = store.export(session_id)
    assert [one.path for one in archive.left_out] == [f"{session_id}/img_001.png"]
    assert drained(archive)[1] is None
    path.write_bytes(before)
    assert store.export(session_id).left_out == []


def test_a1_a_crc_that_no_record_has_is_worked_out(store: GalleryStore) -> None:
    session_id = a_session(store)
    path = folder_of(store, session_id) / "img_001.json"
    record = json.loads(path.read_bytes())
    del record["crc32"]
    path.write_text(json.dumps(record))
    assert len(files_in(exported(store, session_id))) == 9


def test_a8_the_page_holds_the_recording(store: GalleryStore, tmp_path: Path) -> None:
    built = tmp_path / "player.html"
    built.write_text(
        '<p>Player</p>\n<script id="recording" type="application/json">null</script>\n<p>End</p>'
    )
    session_id = random_session(store, random.Random(1))
    store.update_session(session_id, SessionChanges(name="</script><!-- \u2028"))
    page = index_html(_recording(store, session_id), built)
    assert page.startswith(b"<p>Player</p>")
    assert page.endswith(b"<p>End</p>")
    assert page.count(b"</script>") == 1
    assert "\u2028".encode() not in page
    assert recording_in(page) == _recording(store, session_id)
    assert recording_in(page)["session"]["name"] == "</script><!-- \u2028"


def _recording(store: GalleryStore, session_id: str) -> Any:
    session, _ = store._shown(session_id)
    images = store.images(session_id).images
    return json.loads(json.dumps(recording(session, store.get_session(session_id)[0], images, _url_of)))


def test_a8_a_recording_shows_what_can_be_shown(store: GalleryStore) -> None:
    session_id = a_session(store)
    store.erase_image(session_id, "img-003")
    found = _recording(store, session_id)
    assert [(one["id"], one["url"]) for one in found["images"]] == [
        ("img-001", f"{session_id}/img_001.png"),
        ("img-002", f"{session_id}/img_002.png"),
    ]
    kinds = [event["type"] for event in found["timeline"]["events"]]
    assert {"session_created", "named", "composition", "image_saved", "image_moved", "image_removed"} <= set(
        kinds
    )
    assert found["timeline"]["started_at"] == found["session"]["created_at"]


def test_a8_without_a_built_player_the_page_shows_the_pictures_and_says_so(
    store: GalleryStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(player, "PLAYER", tmp_path / "none.html")
    session_id = a_session(store, name="<b>Morning</b>")
    page = index_html(_recording(store, session_id), tmp_path / "none.html").decode()
    assert "&lt;b&gt;Morning" in page
    assert page.index("img_001.png") < page.index("img_003.png")
    assert "make build" in page
    (tmp_path / "none.html").write_text("a page of another version")
    assert "make build" in index_html(_recording(store, session_id), tmp_path / "none.html").decode()


@pytest.mark.parametrize(
    ("name", "filename"),
    [
        ("Morning Demo", "Morning Demo.zip"),
        ("a/b\\c:\0d..", "a b c d.zip"),
        ("...", None),
        ("日本語", "日本語.zip"),
        ("x" * 200, "x" * 80 + ".zip"),
    ],
)
def test_a1_it_is_named_after_the_session(store: GalleryStore, name: str, filename: str | None) -> None:
    session_id = store.create_session(SessionChanges(name=name))[0].id
    assert store.export(session_id).filename == (filename or f"{session_id}.zip")
