"""SPEC P1–P3, P6, S4, S5, S9: kill -9 at random moments under four savers.

`GALLERY_TEST_KILLS=200 pytest -s backend/tests/processes/test_kill.py` is the long run.
"""

from __future__ import annotations

import os
import random
import re
import time
from pathlib import Path
from typing import Any

import pytest

from dynamic_gallery.services.gallery_store import GalleryStore

from .servers import Client, Server, connect, created, serving
from .storm import Editor, Kept, Promises, Saver, check_listed, check_loads, listed

KILLS = int(os.environ.get("GALLERY_TEST_KILLS", "12"))
SAVERS = 4
KILLS_A_SESSION = 20
"""Fresh sessions after so many kills, so that a long run measures starts and not ever longer lists."""

_RECORD = re.compile(r"img_[0-9]{3,}\.json")
_BLOB = re.compile(r"img_[0-9]{3,}\.png")


@pytest.mark.timeout(60 + 10 * KILLS)
def test_p1_nothing_acknowledged_is_lost_by_kills(tmp_path: Path) -> None:
    chance = random.Random()
    promises = Promises()
    ready: list[float] = []
    with serving(tmp_path / "gallery") as (server,), connect() as client:
        sessions = [created(client, server.url, name=f"Session {place}")["id"] for place in range(2)]
        savers = [Saver(server, promises, sessions, place) for place in range(SAVERS)]
        threads: list[Saver | Editor] = [*savers, Editor(server, promises, sessions[0])]
        promises.going_on.set()
        for thread in threads:
            thread.start()
        loaded: set[tuple[str, str]] = set()
        for count in range(KILLS):
            if count % KILLS_A_SESSION == KILLS_A_SESSION - 1:
                sessions += [created(client, server.url)["id"] for _ in range(2)]
            time.sleep(chance.uniform(0.02, 0.8))
            server.kill()
            promised, edit = list(promises.kept), promises.edit_kept
            ready.append(_start(server))
            promises.going_on.clear()
            _check(client, server, sessions[-4:], promised, loaded)
            _check_edit(client, server, sessions[0], edit, promises)
            promises.going_on.set()
        for thread in threads:
            thread.finish.set()
        for thread in threads:
            thread.join(30)
        images = _check(client, server, sessions, promises.kept, set())
        assert promises.troubles == []
    _check_once(promises, images)
    leftovers = _leftovers(tmp_path / "gallery", sessions)
    store = GalleryStore.open(tmp_path / "gallery")
    assert list(store.verify()) == []
    store.close()
    _report(promises, images, ready, leftovers)


def _start(server: Server) -> float:
    """Seconds until it listens and has answered the first page of sessions."""
    began = time.monotonic()
    server.start()
    with connect() as fresh:
        assert fresh.get(f"{server.url}/sessions").status_code == 200
    return time.monotonic() - began


def _check(
    client: Client, server: Server, sessions: list[str], promised: list[Kept], loaded: set[tuple[str, str]]
) -> list[dict[str, Any]]:
    """Everything promised is listed; everything listed that was not loaded before loads whole."""
    page = client.get(f"{server.url}/sessions").json()
    assert page["damaged"] == []
    assert set(sessions) <= {session["id"] for session in page["sessions"]}
    images = {session: listed(client, server, session) for session in sessions}
    check_listed(promised, images)
    everything = [image for found in images.values() for image in found]
    for image in everything:
        name = (image["session_id"], image["id"])
        if name not in loaded:
            check_loads(client, server, image)
            loaded.add(name)
    return everything


def _check_edit(client: Client, server: Server, session: str, kept: int, promises: Promises) -> None:
    composition = client.get(f"{server.url}/session/{session}").json()["user_composition"]
    number = int(composition.removeprefix("take ") or 0)
    assert kept <= number <= promises.edit_sent, f"{composition}, but take {kept} was acknowledged"


def _check_once(promises: Promises, images: list[dict[str, Any]]) -> None:
    """P3: a retried request made one image, an unanswered one at most one, and nothing came from nowhere."""
    times: dict[str, int] = {}
    for image in images:
        times[image["sha256"]] = times.get(image["sha256"], 0) + 1
        assert promises.sent[image["sha256"]] == image["session_id"]
    assert {digest: count for digest, count in times.items() if count > 1} == {}
    acknowledged = {kept.sha256 for kept in promises.kept}
    assert acknowledged <= set(times)
    assert set(times) - acknowledged <= promises.unknown


def _leftovers(root: Path, sessions: list[str]) -> list[str]:
    """S4, S9: besides records with their blobs only hidden temporaries and blobs without a record."""
    left = []
    for session in sessions:
        names = {path.name for path in (root / session).iterdir()}
        records = {name for name in names if _RECORD.fullmatch(name)}
        blobs = {name.replace(".json", ".png") for name in records}
        assert blobs <= names, f"records without bytes: {blobs - names}"
        others = names - records - blobs - {"metadata.json"}
        assert all(_BLOB.fullmatch(name) or name.startswith(".tmp-") for name in others), others
        left += sorted(others)
    return left


def _report(
    promises: Promises, images: list[dict[str, Any]], ready: list[float], leftovers: list[str]
) -> None:
    ordered = sorted(ready)
    hidden = sum(name.startswith(".tmp-") for name in leftovers)
    print(
        f"\n{len(ready)} kills, {len(promises.kept)} acknowledged, {len(images)} listed, "
        f"{len(promises.unknown)} with unknown outcome, {promises.retried} retries, {promises.edit_kept} edits; "
        f"ready again after {ordered[len(ordered) // 2]:.2f} s (median), {ordered[-1]:.2f} s (most); "
        f"left behind: {hidden} temporaries, {len(leftovers) - hidden} blobs without a record"
    )
