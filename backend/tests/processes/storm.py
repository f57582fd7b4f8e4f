"""Clients that save and edit while their server is killed again and again, and what they were promised."""

from __future__ import annotations

import base64
import hashlib
import threading
import time
from dataclasses import dataclass, field
from typing import Any

import httpx2

from .pictures import picture
from .servers import Client, Server, connect

PAUSE_S = 0.1


@dataclass(frozen=True)
class Kept:
    """A picture that the server said it saved."""

    session: str
    id: str
    sha256: str
    key: str | None


@dataclass
class Promises:
    """What was sent, what was acknowledged, and what was neither (its outcome is unknown)."""

    kept: list[Kept] = field(default_factory=list)
    sent: dict[str, str] = field(default_factory=dict)
    """sha256 of every picture sent, with the session it was for."""
    unknown: set[str] = field(default_factory=set)
    retried: int = 0
    edit_sent: int = 0
    edit_kept: int = 0
    troubles: list[str] = field(default_factory=list)
    going_on: threading.Event = field(default_factory=threading.Event)
    """Savers rest while this is not set, so that what has to be checked does not grow while it is checked."""


class Saver(threading.Thread):
    """Saves one picture after the other into the two latest sessions.

    Every second one has an Idempotency-Key and is sent until it is answered.
    """

    def __init__(self, server: Server, promises: Promises, sessions: list[str], place: int) -> None:
        super().__init__(daemon=True)
        self.finish = threading.Event()
        self._server = server
        self._promises = promises
        self._sessions = sessions
        self._place = place

    def run(self) -> None:
        """Save until told to finish."""
        count = 0
        with connect() as client:
            while not self.finish.is_set():
                self._promises.going_on.wait(1)
                self._save(client, count)
                count += 1

    def _save(self, client: Client, count: int) -> None:
        seed = self._place * 1_000_000 + count
        session = self._sessions[-1 - count % 2]
        key = f"key-{seed}" if count % 2 else None
        data = picture(seed)
        digest = hashlib.sha256(data).hexdigest()
        self._promises.sent[digest] = session
        request = _request(data, f"Directive {seed}", as_form=count % 3 == 0)
        headers = {"Idempotency-Key": key} if key else {}
        while True:
            try:
                answer = client.post(
                    f"{self._server.url}/session/{session}/images", headers=headers, **request
                )
            except httpx2.TransportError:
                if key is None:
                    self._promises.unknown.add(digest)
                    return
                self._promises.retried += 1
                time.sleep(PAUSE_S)
                continue
            break
        if answer.status_code in {200, 201}:
            image = answer.json()
            self._promises.kept.append(Kept(session, image["id"], image["sha256"], key))
        else:
            self._promises.troubles.append(f"{answer.status_code} {answer.text[:200]}")


class Editor(threading.Thread):
    """Writes ever higher numbers into a session's composition."""

    def __init__(self, server: Server, promises: Promises, session: str) -> None:
        super().__init__(daemon=True)
        self.finish = threading.Event()
        self._server = server
        self._promises = promises
        self._session = session

    def run(self) -> None:
        """Edit until told to finish."""
        with connect() as client:
            while not self.finish.is_set():
                self._promises.edit_sent += 1
                number = self._promises.edit_sent
                body = {"user_composition": f"take {number}"}
                try:
                    answer = client.patch(f"{self._server.url}/session/{self._session}", json=body)
                except httpx2.TransportError:
                    time.sleep(PAUSE_S)
                    continue
                if answer.status_code == 200:
                    self._promises.edit_kept = number
                else:
                    self._promises.troubles.append(f"{answer.status_code} {answer.text[:200]}")
                time.sleep(PAUSE_S)


def listed(client: Client, server: Server, session: str) -> list[dict[str, Any]]:
    """A session's images, none of them damaged."""
    answer = client.get(f"{server.url}/session/{session}/images")
    assert answer.status_code == 200, answer.text
    content = answer.json()
    assert content["damaged"] == []
    images: list[dict[str, Any]] = content["images"]
    return images


def check_listed(promises: list[Kept], images: dict[str, list[dict[str, Any]]]) -> None:
    """P1: whatever was acknowledged is listed, with the same bytes; S5: no number twice."""
    for session, found in images.items():
        by_id = {image["id"]: image["sha256"] for image in found}
        assert len(by_id) == len(found), f"a number twice in {session}"
        assert [image["id"] for image in found] == sorted(by_id, key=lambda name: int(name[4:]))
        for kept in promises:
            if kept.session == session:
                assert by_id.get(kept.id) == kept.sha256, f"{kept} was lost or changed: {by_id.get(kept.id)}"


def check_loads(client: Client, server: Server, image: dict[str, Any]) -> None:
    """P8, P6: a listed image loads whole."""
    answer = client.get(f"{server.url}/session/{image['session_id']}/images/{image['id']}")
    assert answer.status_code == 200, answer.text
    assert hashlib.sha256(answer.content).hexdigest() == image["sha256"]


def _request(data: bytes, directive: str, *, as_form: bool) -> dict[str, Any]:
    if as_form:
        return {"files": {"image": ("a.png", data)}, "data": {"directive": directive}}
    return {"json": {"image_data": base64.b64encode(data).decode(), "directive": directive}}
