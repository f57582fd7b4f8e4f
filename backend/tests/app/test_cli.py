"""The command line as people meet it: real processes, their words and exit codes."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import dynamic_gallery
from dynamic_gallery.services.edits import SessionChanges
from dynamic_gallery.services.gallery_store import GalleryStore

COMMAND = [sys.executable, "-m", "dynamic_gallery.cli"]


def environment(**settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GALLERY_")}
    return {**kept, "PYTHONPATH": str(Path(dynamic_gallery.__file__).parents[1]), "NO_COLOR": "1", **settings}


def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        capture_output=True,
        text=True,
        env=environment(**settings),
        timeout=60,
        check=False,
    )


def assert_one_sentence(done: subprocess.CompletedProcess[str], *words: str, code: int = 1) -> None:
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    for word in words:
        assert word in done.stderr


@contextmanager
def serving(
    *arguments: str, command: str = "serve", **settings: str
) -> Iterator[tuple[subprocess.Popen[str], str, str]]:
    """A server on a free port: its process, its URL, and the line it said."""
    process = subprocess.Popen(
        [*COMMAND, command, "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(**settings),
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, process.communicate()[1]
        yield process, line.split()[5].rstrip(","), line
    finally:
        process.kill()
        process.communicate()


def get(url: str, **headers: str) -> bytes:
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as answer:
        return bytes(answer.read())


@pytest.fixture
def storage(tmp_path: Path) -> Path:
    folder = tmp_path / "gallery"
    store = GalleryStore.open(folder)
    store.create_session(SessionChanges(name="Morning \x1b[31mDemo"))
    store.close()
    return folder


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serve_says_where_it_is_answers_at_once_and_leaves_cleanly(
    tmp_path: Path, number: signal.Signals
) -> None:
    folder = tmp_path / "gallery"
    with serving("--storage", str(folder)) as (process, url, line):
        assert line == f"Dynamic Gallery is running on {url}, pictures are kept in {folder}\n"
        assert json.loads(get(f"{url}/readyz")) == {"status": "ok"}
        process.send_signal(number)
        _, stderr = process.communicate(timeout=20)
        assert process.returncode == 0
        assert "Traceback" not in stderr


def test_logs_as_json_carry_the_request_and_no_query(tmp_path: Path) -> None:
    with serving("--storage", str(tmp_path), GALLERY_LOG_FORMAT="json", GALLERY_STORGE="x") as (
        process,
        url,
        _,
    ):
        get(f"{url}/healthz?secret=1")
        process.terminate()
        _, stderr = process.communicate(timeout=20)
    assert "secret" not in stderr
    entries = [json.loads(line) for line in stderr.splitlines() if line.startswith("{")]
    (entry,) = [entry for entry in entries if entry["logger"] == "dynamic_gallery.access"]
    assert (entry["method"], entry["path"], entry["status"]) == ("GET", "/healthz", 200)
    assert entry["request_id"]
    assert "Did you mean GALLERY_STORAGE?" in stderr


def test_with_a_key_it_may_be_reached_from_elsewhere(tmp_path: Path) -> None:
    key = "correct horse"
    with serving("--storage", str(tmp_path), "--host", "0.0.0.0", GALLERY_ACCESS_KEY=key) as (_, url, line):
        assert key not in line
        local = url.replace("0.0.0.0", "127.0.0.1")
        assert b"sessions" in get(f"{local}/api/gallery/sessions", Authorization=f"Bearer {key}")
        with pytest.raises(urllib.error.HTTPError) as caught:
            get(f"{local}/api/gallery/sessions")
        caught.value.close()
        assert caught.value.code == 401


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5"])
def test_without_a_key_it_is_not_exposed(tmp_path: Path, host: str) -> None:
    done = run("serve", "--host", host, "--storage", str(tmp_path / "gallery"))
    assert_one_sentence(done, host, "GALLERY_ACCESS_KEY", "127.0.0.1")
    assert not (tmp_path / "gallery").exists()


def test_a_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert_one_sentence(
            run("serve", "--port", port, "--storage", str(tmp_path)), port, "in use", "--port"
        )


@pytest.mark.parametrize(
    ("arguments", "settings", "words"),
    [
        (
            ("serve", "--port", "0"),
            {"GALLERY_TRASH_DAYS": "soon"},
            "GALLERY_TRASH_DAYS must be a whole number",
        ),
        (("serve", "--port", "0"), {"GALLERY_PRODUCTS": "/none.json"}, "/none.json"),
        (("serve", "--port", "0"), {"GALLERY_GENERATOR": "none"}, "GALLERY_GENERATOR"),
        (("serve", "--port", "0", "--storage", "/dev/null/x"), {}, "/dev/null/x"),
        (
            ("serve", "--host", "no such host", "--port", "0"),
            {"GALLERY_ACCESS_KEY": "long enough"},
            "no such host",
        ),
        (
            ("serve", "--host", "203.0.113.1", "--port", "0"),
            {"GALLERY_ACCESS_KEY": "long enough"},
            "203.0.113.1",
        ),
        (("list", "--storage", "/no/such/folder"), {}, "/no/such/folder"),
        (("verify", "--storage", "s3://bucket"), {}, "s3://bucket"),
    ],
)
def test_what_cannot_work_is_one_sentence(
    tmp_path: Path, arguments: tuple[str, ...], settings: dict[str, str], words: str
) -> None:
    assert_one_sentence(run(*arguments, **{"GALLERY_STORAGE": str(tmp_path), **settings}), words)


@pytest.mark.parametrize("arguments", [("serve", "--prot", "1"), ("serve", "--port", "x"), ("nothing",)])
def test_wrong_usage_is_exit_code_2(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).returncode == 2


def test_list(storage: Path) -> None:
    text = run("list", "--storage", str(storage)).stdout
    assert "Demo" in text
    assert "0 pictures" in text
    assert "\x1b" not in text
    (line,) = run("list", "--json", GALLERY_STORAGE=str(storage)).stdout.splitlines()
    assert json.loads(line)["name"] == "Morning \x1b[31mDemo"


def test_list_of_nothing(tmp_path: Path) -> None:
    assert "no sessions" in run("list", "--storage", str(tmp_path)).stdout
    assert run("list", "--json", "--storage", str(tmp_path)).stdout == ""


@pytest.mark.parametrize("command", ["list", "verify", "purge"])
def test_a_misspelt_storage_is_not_made(tmp_path: Path, command: str) -> None:
    done = run(command, "--storage", str(tmp_path / "typo"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "no such directory" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_verify_tells_whole_from_damaged(storage: Path) -> None:
    done = run("verify", "--storage", str(storage))
    assert (done.returncode, "is whole" in done.stdout) == (0, True)
    (record,) = storage.glob("gal-*/metadata.json")
    record.write_text("{")
    done = run("verify", "--storage", str(storage))
    assert done.returncode == 1
    assert "metadata.json" in done.stdout
    (line,) = run("verify", "--json", "--storage", str(storage)).stdout.splitlines()
    assert json.loads(line)["repaired"] is False


def test_purge_erases_what_is_in_the_trash(storage: Path) -> None:
    (folder,) = storage.glob("gal-*")
    store = GalleryStore.open(storage)
    store.trash_session(folder.name)
    store.close()
    assert folder.name in run("list", "--trashed", "--storage", str(storage)).stdout
    assert "Erased 0" in run("purge", "--storage", str(storage)).stdout
    assert (
        "Erased 1 discarded session or picture"
        in run("purge", "--older-than", "0", "--storage", str(storage)).stdout
    )
    assert not (folder / "metadata.json").exists()
    assert run("purge", "--older-than", "-1").returncode == 2


def test_help_names_every_command() -> None:
    text = run("--help").stdout
    for command in ("serve", "list", "verify", "purge", "export", "import", "demo", "--version"):
        assert command in text
