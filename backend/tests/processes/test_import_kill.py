"""SPEC A13, S9: kill -9 in the middle of an import; and a client that goes away in the middle of an export."""

from __future__ import annotations

import io
import os
import socket
import threading
import time
from pathlib import Path

import psutil

from dynamic_gallery.services.edits import SessionChanges
from dynamic_gallery.services.gallery_store import GalleryStore
from dynamic_gallery.services.saving import NewImage
from dynamic_gallery.testing.pictures import png

from .servers import connect, serving

PICTURES = 150
LONG_AGO = time.time() - 7200


def an_export(root: Path, pictures: int = PICTURES) -> tuple[str, bytes]:
    store = GalleryStore.open(root)
    session_id = store.create_session(SessionChanges(name="Morning Demo"))[0].id
    for number in range(pictures):
        store.save_image(session_id, NewImage(data=png(number)), idempotency_key=f"key-{number}")
    data = b"".join(store.export(session_id).stream())
    store.close()
    return session_id, data


def test_a13_a_kill_in_the_middle_of_an_import_leaves_nothing_listed(tmp_path: Path) -> None:
    session_id, data = an_export(tmp_path / "source")
    root = tmp_path / "gallery"
    folder = root / session_id
    with serving(root) as (server,):

        def send() -> None:
            with connect() as client:
                try:
                    client.post(
                        f"{server.url}/import", content=data, headers={"content-type": "application/zip"}
                    )
                except Exception:  # it is killed under way
                    return

        sender = threading.Thread(target=send)
        sender.start()
        deadline = time.monotonic() + 30
        while not (folder.is_dir() and len(list(folder.glob("*.png"))) > 5):
            assert time.monotonic() < deadline
            time.sleep(0.001)
        server.kill()
        sender.join(30)
        assert not (folder / "metadata.json").exists(), "it was too quick to be killed"
        server.start()
        with connect() as client:
            page = client.get(f"{server.url}/sessions").json()
            assert (page["sessions"], page["damaged"]) == ([], [])
            assert client.get(f"{server.url}/session/{session_id}").status_code == 404
    store = GalleryStore.open(root)
    assert list(store.verify(repair=True)) == [], "it may still be under way"
    _make_old(root)
    # A file that was being written may be there, too.
    assert "was not wholly imported" in [finding.problem for finding in store.verify()]
    assert all(finding.repaired for finding in store.verify(repair=True))
    assert list(store.verify()) == []
    assert not folder.exists()
    assert not any((root / ".gallery").rglob("*.json"))
    store.close()


def test_a13_after_a_kill_the_same_import_gets_its_id(tmp_path: Path) -> None:
    """It knows what the dead one left by its note, and sweeps it."""
    session_id, data = an_export(tmp_path / "source", 3)
    root = tmp_path / "gallery"
    store = GalleryStore.open(root)
    (root / session_id).mkdir()
    (root / session_id / "img_002.png").write_bytes(b"of the dead")
    notes = root / ".gallery/imports" / session_id
    notes.mkdir(parents=True)
    (notes / "0123.json").write_text('{"import": "writing"}')
    assert store.import_zip(io.BytesIO(data)).renamed_from is None
    assert b"".join(store.export(session_id).stream()) == data
    assert not notes.exists()
    store.close()


def _make_old(root: Path) -> None:
    for path in root.rglob("*"):
        os.utime(path, (LONG_AGO, LONG_AGO))


def test_a3_a_client_that_goes_away_ends_the_reading(tmp_path: Path) -> None:
    root = tmp_path / "gallery"
    store = GalleryStore.open(root)
    session_id = store.create_session(SessionChanges(name="Large"))[0].id
    large = png(1) + bytes(8_000_000)  # what lies behind a picture's end is kept
    for _ in range(15):
        store.save_image(session_id, NewImage(data=large))
    store.close()
    with serving(root) as (server,):
        process = psutil.Process(server.pid)
        with connect() as client:
            client.get(f"{server.url}/sessions")
        before = process.io_counters().read_chars
        with socket.create_connection(("127.0.0.1", server.port)) as connection:
            path = f"/api/gallery/session/{session_id}/export"
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
            assert connection.recv(1000).startswith(b"HTTP/1.1 200")
        _settle(process)
        read = process.io_counters().read_chars - before
        assert read < 60_000_000, "it read on for nobody"


def _settle(process: psutil.Process) -> None:
    """Wait until a process reads nothing any more."""
    last = -1
    while (now := process.io_counters().read_chars) != last:
        last = now
        time.sleep(0.3)
