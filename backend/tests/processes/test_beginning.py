"""SPEC H18: one key, several processes, and a kill between the two writes that begin a session."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dynamic_gallery.services.edits import SessionChanges
from dynamic_gallery.services.gallery_store import GalleryStore
from dynamic_gallery.storage.base import SessionQuery

from .servers import connect, serving

KEYS = 12
DYING = """
import os, signal, sys
from dynamic_gallery.services.edits import SessionChanges
from dynamic_gallery.services.gallery_store import GalleryStore
from dynamic_gallery.storage.json_catalogue import JsonCatalogue
from dynamic_gallery.storage.local import LocalBlobs
from dynamic_gallery.storage.wrappers import SteppedBlobs

root, when, what = sys.argv[1:]

def die(operation, key):
    if operation == "put" and what in key:
        os.kill(os.getpid(), signal.SIGKILL)

blobs = SteppedBlobs(LocalBlobs(root), **{when: die})
GalleryStore(JsonCatalogue(blobs), blobs).create_session_once(SessionChanges(name="one"), "key")
"""


@pytest.mark.parametrize(
    ("when", "what", "made"),
    [
        ("before", ".gallery/keys", False),
        ("after", ".gallery/keys", False),
        ("before", "metadata.json", False),
        ("after", "metadata.json", True),
    ],
)
def test_h18_a_kill_between_the_writes_makes_no_second_session(
    tmp_path: Path, when: str, what: str, made: bool
) -> None:
    root = tmp_path / "gallery"
    died = subprocess.run([sys.executable, "-c", DYING, str(root), when, what], check=False, timeout=60)
    assert died.returncode == -9
    store = GalleryStore.open(root)
    assert store.page_sessions(SessionQuery()).total == int(made)
    begun = [store.create_session_once(SessionChanges(name="one"), "key") for _ in range(2)]
    assert [one.created for one in begun] == [not made, False]
    assert [one.id for one in store.page_sessions(SessionQuery()).sessions] == [begun[0].summary.id]
    assert begun[0].summary == begun[1].summary
    assert list(store.verify()) == []
    store.close()


def test_h18_two_servers_begin_one_session_for_each_key(tmp_path: Path) -> None:
    with (
        serving(tmp_path / "gallery", count=2) as servers,
        connect() as client,
        ThreadPoolExecutor(8) as pool,
    ):
        for number in range(KEYS):
            headers = {"Idempotency-Key": f"key-{number}"}
            sent = [
                pool.submit(
                    client.post, f"{servers[n % 2].url}/sessions", json={"name": "one"}, headers=headers
                )
                for n in range(8)
            ]
            answers = [one.result() for one in sent]
            assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
            assert len({answer.json()["id"] for answer in answers}) == 1
        for server in servers:
            assert client.get(f"{server.url}/sessions").json()["total"] == KEYS
