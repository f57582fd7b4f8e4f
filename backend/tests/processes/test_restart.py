"""SPEC P1, P3, S7: what was there before the end of a server is there after its start."""

from __future__ import annotations

import base64
import hashlib
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx2

from .pictures import picture
from .servers import Server, connect, created, serving
from .storm import check_loads, listed


def test_p1_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    with serving(tmp_path / "gallery") as (server,), connect() as client:
        session = created(client, server.url, user_composition="Looking for elegant evening wear...")["id"]
        url = f"{server.url}/session/{session}"
        for count in range(4):
            body = {
                "image_data": base64.b64encode(picture(count)).decode(),
                "directive": f"Directive {count}",
            }
            headers = {"Idempotency-Key": f"key-{count}"}
            assert client.post(f"{url}/images", json=body, headers=headers).status_code == 201
        client.patch(f"{url}/images/img-002", json={"x": 12.5, "canvas_width": 1440})
        client.delete(f"{url}/images/img-003")
        client.patch(url, json={"name": "Morning Demo", "saved_products": ["product-0"]})
        asked = ["", "/images", "/timeline"]
        before = [client.get(url + rest) for rest in asked]
        page = client.get(f"{server.url}/sessions").json()

        assert server.stop() == 0
        server.start()

        after = [client.get(url + rest) for rest in asked]
        assert [answer.json() for answer in after] == [answer.json() for answer in before]
        # Unchanged is unchanged, also for a browser that kept the answers of before.
        assert [answer.headers.get("etag") for answer in after[:2]] == [
            answer.headers.get("etag") for answer in before[:2]
        ]
        assert client.get(f"{server.url}/sessions").json() == page
        for image in listed(client, server, session):
            check_loads(client, server, image)
        again = client.post(f"{url}/images", json=body, headers=headers)
        assert (again.status_code, again.json()["id"]) == (200, "img-004")
        assert client.get(f"{url}/images/img-003").status_code == 404
        assert client.post(f"{url}/images/img-003/restore").status_code == 200


def test_p1_sigterm_while_pictures_are_saved(tmp_path: Path) -> None:
    with serving(tmp_path / "gallery") as (server,), connect() as client:
        session = created(client, server.url)["id"]
        kept: list[tuple[str, str]] = []
        threads = [
            threading.Thread(target=_save_until_gone, args=[server, session, place, kept], daemon=True)
            for place in range(4)
        ]
        for thread in threads:
            thread.start()
        while len(kept) < 8:
            time.sleep(0.02)
        assert server.stop() == 0
        for thread in threads:
            thread.join(20)
        server.start()
        images = {image["id"]: image for image in listed(client, server, session)}
        for name, digest in kept:
            assert images[name]["sha256"] == digest
        for image in images.values():
            check_loads(client, server, image)
        # A server that ends in an orderly way leaves nothing half done.
        names = {path.name for path in (tmp_path / "gallery" / session).iterdir()}
        assert len(names) == 2 * len(images) + 1


def _save_until_gone(server: Server, session: str, place: int, kept: list[tuple[str, str]]) -> None:
    with connect() as client:
        for count in range(10_000):
            data = picture(place * 1000 + count, 150_000)
            body: dict[str, Any] = {"image_data": base64.b64encode(data).decode()}
            try:
                answer = client.post(f"{server.url}/session/{session}/images", json=body)
            except httpx2.TransportError:
                return
            assert answer.status_code == 201, answer.text
            kept.append((answer.json()["id"], hashlib.sha256(data).hexdigest()))


def test_p1_a_client_that_leaves_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    with serving(tmp_path / "gallery") as (server,), connect() as client:
        session = created(client, server.url)["id"]
        body = b'{"image_data": "' + base64.b64encode(picture(1, 100_000))

        def half() -> Any:
            yield body[:40_000]
            raise ConnectionAbortedError

        for _ in range(3):
            with suppress(ConnectionAbortedError, httpx2.TransportError):
                client.post(
                    f"{server.url}/session/{session}/images",
                    content=half(),
                    headers={"content-type": "application/json", "content-length": str(len(body))},
                )
        assert listed(client, server, session) == []
        assert {path.name for path in (tmp_path / "gallery" / session).iterdir()} == {"metadata.json"}
        assert client.get(f"{server.url}/sessions").json()["total"] == 1
