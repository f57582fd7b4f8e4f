"""SPEC A1, A9–A12: `export`, `import` and `demo` as people meet them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dynamic_gallery.services.edits import SessionChanges
from dynamic_gallery.services.gallery_store import GalleryStore
from dynamic_gallery.services.sample import SAMPLE, load_sample
from dynamic_gallery.services.saving import NewImage
from dynamic_gallery.testing.pictures import png

from .test_cli import COMMAND, assert_one_sentence, environment, get, run, serving

END_OF_ZIP = b"PK\5\6"
"""What the last record of a ZIP without a comment begins with; 18 bytes follow."""


@pytest.fixture
def session(tmp_path: Path) -> str:
    """A session in the storage `gallery`."""
    store = GalleryStore.open(tmp_path / "gallery")
    session_id = store.create_session(SessionChanges(name="Morning / Demo"))[0].id
    for number in range(2):
        store.save_image(session_id, NewImage(data=png(number)))
    store.close()
    return session_id


def test_a1_export_writes_a_file_named_after_the_session(tmp_path: Path, session: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    done = run("export", session, "-o", str(out), "--storage", str(tmp_path / "gallery"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "Morning Demo.zip" in done.stdout
    with zipfile.ZipFile(out / "Morning Demo.zip") as read:
        assert read.testzip() is None
    assert [path.name for path in out.iterdir()] == ["Morning Demo.zip"]


def test_a1_export_to_standard_output_and_to_a_file_are_the_same(tmp_path: Path, session: str) -> None:
    storage = ["--storage", str(tmp_path / "gallery")]
    file = tmp_path / "a.zip"
    file.write_bytes(b"what was there before")
    assert run("export", session, "-o", str(file), *storage).returncode == 0
    command = [*COMMAND, "export", session, "-o", "-", *storage]
    piped = subprocess.run(command, capture_output=True, check=True, env=environment(), timeout=60)
    assert piped.stdout == file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o666 & ~_umask()


def _umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask


def test_a6_a_broken_export_leaves_the_old_file(tmp_path: Path, session: str) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(b"what was there before")
    (tmp_path / "gallery" / session / "img_002.png").write_bytes(b"\0" * len(png(1)))
    before = set(tmp_path.iterdir())
    done = run("export", session, "-o", str(file), "--storage", str(tmp_path / "gallery"))
    assert_one_sentence(done, "img_002.png")
    assert file.read_bytes() == b"what was there before"
    assert set(tmp_path.iterdir()) == before


def test_a6_an_export_to_a_pipe_or_a_device_goes_into_it(tmp_path: Path, session: str) -> None:
    """And leaves it what it is, as a link leads on to its file."""
    pipe, link = tmp_path / "pipe", tmp_path / "link.zip"
    os.mkfifo(pipe)
    link.symlink_to(tmp_path / "real.zip")
    command = ["export", session, "--storage", str(tmp_path / "gallery"), "-o"]
    with ThreadPoolExecutor(1) as pool:
        received = pool.submit(_read_all, pipe)
        assert run(*command, str(pipe)).returncode == 0
        assert pipe.is_fifo()
        data = received.result(30)
    assert run(*command, str(link)).returncode == 0
    assert link.is_symlink()
    assert (tmp_path / "real.zip").read_bytes() == data


def _read_all(pipe: Path) -> bytes:
    """Without waiting for a writer, who may never come."""
    descriptor = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    deadline, data = time.monotonic() + 20, b""
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        while time.monotonic() < deadline and data[-22:-18] != END_OF_ZIP:
            data += file.read(65536) or b""
            time.sleep(0.005)
    return data


def test_a7_what_is_left_out_is_said(tmp_path: Path, session: str) -> None:
    (tmp_path / "gallery" / session / "img_002.png").unlink()
    done = run("export", session, "-o", str(tmp_path / "a.zip"), "--storage", str(tmp_path / "gallery"))
    assert done.returncode == 1
    assert "img_002.png" in done.stderr
    assert (tmp_path / "a.zip").exists()


def test_export_of_what_cannot_be(tmp_path: Path, session: str) -> None:
    storage = str(tmp_path / "gallery")
    assert_one_sentence(run("export", "gal-1-aaaaaa", "--storage", storage), "gal-1-aaaaaa")
    assert_one_sentence(run("export", "x", "--storage", storage), "session id")
    nowhere = str(tmp_path / "no" / "a.zip")
    assert_one_sentence(run("export", session, "-o", nowhere, "--storage", storage), nowhere)


def test_a9_import_says_of_each_file_what_became_of_it(tmp_path: Path, session: str) -> None:
    source, target = str(tmp_path / "gallery"), str(tmp_path / "other")
    good, bad = tmp_path / "good.zip", tmp_path / "bad.zip"
    run("export", session, "-o", str(good), "--storage", source)
    bad.write_bytes(b"garbage")
    done = run("import", str(good), str(bad), str(good), "/no/such.zip", "--storage", target)
    assert done.returncode == 1
    first, second = done.stdout.splitlines()
    assert f"imported as {session}, Morning / Demo (2 images)" in first
    assert f"the id {session} was taken" in second
    assert "bad.zip: not imported. This file is no ZIP" in done.stderr
    assert "/no/such.zip: not imported." in done.stderr
    lines = run("import", "--json", str(good), str(bad), "--storage", target).stdout.splitlines()
    assert [json.loads(line).get("renamed_from") for line in lines] == [session, None]
    assert "garbage" not in str(json.loads(lines[1])["error"])


def test_a12_import_takes_folders_and_whole_storages(tmp_path: Path, session: str) -> None:
    target = str(tmp_path / "other")
    shutil.copytree(tmp_path / "gallery" / session, tmp_path / session)
    done = run("import", str(tmp_path / session), "--storage", target)
    assert done.returncode == 0, done.stderr
    done = run("import", str(tmp_path / "gallery"), "--storage", target)
    assert f"the id {session} was taken" in done.stdout


def test_progress_is_for_terminals_only(tmp_path: Path, session: str) -> None:
    done = run("export", session, "-o", str(tmp_path / "a.zip"), "--storage", str(tmp_path / "gallery"))
    assert done.stderr == ""


def test_the_sample_comes_with_the_package(tmp_path: Path) -> None:
    store = GalleryStore.open(tmp_path)
    session_id, loaded = load_sample(store)
    assert loaded
    session = store.get_session(session_id)[0]
    assert (session.name, session.image_count) == ("Morning Demo", 24)
    kinds = {event["type"] for event in store.timeline(session_id)}
    assert {"composition", "products", "named", "image_moved", "image_removed", "image_restored"} <= kinds
    minutes = (session.updated_at - session.created_at).total_seconds() / 60
    assert 3 < minutes < 15
    assert SAMPLE.stat().st_size < 8_000_000
    store.trash_session(session_id)
    assert load_sample(store) == (session_id, False)
    assert store.get_session(session_id)
    store.close()


def test_demo_serves_the_sample(tmp_path: Path) -> None:
    with serving("--storage", str(tmp_path), "--no-browser", command="demo") as (process, url, _):
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith(f"The sample is at {url}/dynamic/gal-")
        page = json.loads(get(f"{url}/api/gallery/sessions"))
        assert [session["name"] for session in page["sessions"]] == ["Morning Demo"]
