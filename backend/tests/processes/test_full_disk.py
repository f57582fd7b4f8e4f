"""SPEC H1, S9, P1: a disk without room, and a folder that may not be written."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from httpx2 import Response

from .pictures import picture
from .servers import Client, connect, created, serving
from .storm import check_loads, listed

DISK_KB = 2_000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own of two megabytes."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    options = f"size={DISK_KB}k,mode=755"
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    mounted = subprocess.run(command, check=False, capture_output=True)
    if mounted.returncode != 0:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def save(client: Client, url: str, session: str, seed: int, size: int) -> Response:
    body = {"image_data": base64.b64encode(picture(seed, size)).decode(), "directive": f"Directive {seed}"}
    return client.post(f"{url}/session/{session}/images", json=body)


def test_s9_a_full_disk_is_507_and_nothing_is_half_there(small_disk: Path) -> None:
    with serving(small_disk / "gallery") as (server,), connect() as client:
        session = created(client, server.url)["id"]
        folder = small_disk / "gallery" / session
        kept = 0
        while (answer := save(client, server.url, session, kept, 150_000)).status_code == 201:
            kept += 1
        assert 5 < kept < 20
        names = {path.name for path in folder.iterdir()}
        for size in (300_000, 900_000):
            answer = save(client, server.url, session, 99, size)
            assert answer.status_code == 507, answer.text
            assert answer.headers["content-type"] == "application/problem+json"
            assert "free some space" in answer.json()["detail"]
        assert {path.name for path in folder.iterdir()} == names
        assert len(names) == 2 * kept + 1

        filler = small_disk / "filler"
        room = os.statvfs(small_disk)
        filler.write_bytes(bytes(room.f_bavail * room.f_frsize))
        for change in (
            client.post(f"{server.url}/sessions", json={"name": "One more"}),
            client.patch(f"{server.url}/session/{session}", json={"name": "Renamed"}),
            client.patch(f"{server.url}/session/{session}/images/img-001", json={"x": 5}),
            client.delete(f"{server.url}/session/{session}/images/img-001"),
        ):
            assert change.status_code == 507, change.text
        # Everything that only reads goes on, thumbnails included.
        images = listed(client, server, session)
        assert [image["id"] for image in images] == [f"img-{number:03d}" for number in range(1, kept + 1)]
        for image in images:
            check_loads(client, server, image)
        assert client.get(f"{server.url}/session/{session}/images/img-001?width=160").status_code == 200
        assert client.get(f"{server.url}/sessions").json()["total"] == 1

        filler.unlink()
        (folder / "img_001.png").unlink()
        assert save(client, server.url, session, 99, 100_000).status_code == 201
        assert client.patch(f"{server.url}/session/{session}", json={"name": "Renamed"}).status_code == 200


@pytest.fixture
def mortal() -> list[str]:
    """Words in front of a command that make it obey file permissions, even as root."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root needs setpriv to obey file permissions")
    dropped = "-dac_override,-dac_read_search"
    words = ["setpriv", f"--inh-caps={dropped}", f"--bounding-set={dropped}"]
    if subprocess.run([*words, "true"], check=False, capture_output=True).returncode != 0:
        pytest.skip("capabilities cannot be dropped here")
    return words


@contextmanager
def modes(mode: int, *folders: Path) -> Iterator[None]:
    """Other permissions for a while."""
    for folder in folders:
        folder.chmod(mode)
    try:
        yield
    finally:
        for folder in folders:
            folder.chmod(0o755)


def test_s10_a_folder_that_may_not_be_written_is_503(tmp_path: Path, mortal: list[str]) -> None:
    root = tmp_path / "gallery"
    with serving(root, before=mortal) as (server,), connect() as client:
        session = created(client, server.url)["id"]
        url = f"{server.url}/session/{session}"
        assert save(client, server.url, session, 1, 20_000).status_code == 201
        with modes(0o555, root, root / session):
            refused = [
                save(client, server.url, session, 2, 20_000),
                client.post(f"{server.url}/sessions", json={}),
                client.patch(url, json={"name": "Renamed"}),
                client.delete(url),
                client.delete(f"{url}/images/img-001"),
            ]
            ready = client.get(f"{server.url.removesuffix('/api/gallery')}/readyz")
            images = listed(client, server, session)
            check_loads(client, server, images[0])
        for answer in (*refused, ready):
            assert answer.status_code == 503, answer.text
            assert int(answer.headers["retry-after"]) > 0
            assert "Permission denied" in answer.json()["detail"]
        names = {path.name for path in (root / session).iterdir()}
        assert names == {"metadata.json", "img_001.png", "img_001.json"}
        assert save(client, server.url, session, 2, 20_000).status_code == 201


def test_p7_one_folder_that_cannot_be_read_costs_only_itself(tmp_path: Path, mortal: list[str]) -> None:
    root = tmp_path / "gallery"
    with serving(root, before=mortal) as (server,), connect() as client:
        lost, whole = (created(client, server.url, name=name)["id"] for name in ("Lost", "Whole"))
        with modes(0o000, root / lost):
            pages = [client.get(f"{server.url}/sessions") for _ in range(2)]
            alone = client.get(f"{server.url}/session/{lost}")
        for page in pages:
            assert page.status_code == 200, page.text
            assert [session["id"] for session in page.json()["sessions"]] == [whole]
            assert [damage["id"] for damage in page.json()["damaged"]] == [lost]
            assert "Permission denied" in page.json()["damaged"][0]["reason"]
        assert alone.status_code == 503  # not "not found": nobody knows (S10)
        page = client.get(f"{server.url}/sessions")
        assert (page.json()["total"], page.json()["damaged"]) == (2, [])
