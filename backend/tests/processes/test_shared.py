"""SPEC S8, P3, S5, H7: two servers on one directory."""

from __future__ import annotations

import base64
import hashlib
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from .pictures import picture
from .servers import Client, Server, connect, created, run_all, serving
from .storm import check_loads, listed

CLIENTS = 8
PICTURES = 12
COUNTED = 15
RENAMES = 10


def test_s8_two_servers_lose_nothing(tmp_path: Path) -> None:
    with serving(tmp_path / "gallery", count=2) as servers, connect() as client:
        session = created(client, servers[0].url)["id"]
        answers: list[tuple[str, str, int]] = []
        counted: list[int] = []
        threads = [
            threading.Thread(target=_save_many, args=[servers, session, place, answers])
            for place in range(CLIENTS)
        ]
        threads += [
            threading.Thread(target=_count_up, args=[server, session, counted])
            for server in servers
            for _ in range(2)
        ]
        threads += [
            threading.Thread(target=_rename, args=[server, session, place])
            for place, server in enumerate(servers)
        ]
        run_all(threads, within_s=100)

        for server in servers:
            images = listed(client, server, session)
            _check_images(answers, images)
            shown = client.get(f"{server.url}/session/{session}").json()
            # No lost update: each success counted exactly once, whoever renamed the session meanwhile.
            assert shown["user_composition"] == str(len(counted)) == str(2 * 2 * COUNTED)
            assert shown["name"] in {f"Renamed {place} {RENAMES - 1}" for place in range(2)}
            assert shown["image_count"] == len(images)
        for image in images:
            check_loads(client, servers[0], image)


def _save_many(servers: list[Server], session: str, place: int, answers: list[tuple[str, str, int]]) -> None:
    """Every third picture goes to both servers at once under one Idempotency-Key."""
    with connect() as client, ThreadPoolExecutor(2) as pool:
        for count in range(PICTURES):
            seed = place * 1000 + count
            body = {"image_data": base64.b64encode(picture(seed, 20_000)).decode(), "x": count}
            if count % 3:
                answers.append(_saved(client, servers[count % 2], session, body, {}))
                continue
            headers = {"Idempotency-Key": f"key-{seed}"}
            sent = [pool.submit(_saved, client, server, session, body, headers) for server in servers]
            twice = [one.result() for one in sent]
            assert twice[0][:2] == twice[1][:2], "one key made two images"
            assert sorted(status for *_, status in twice) == [200, 201]
            answers.append(twice[0])


def _saved(
    client: Client, server: Server, session: str, body: dict[str, Any], headers: dict[str, str]
) -> tuple[str, str, int]:
    answer = client.post(f"{server.url}/session/{session}/images", json=body, headers=headers)
    assert answer.status_code in {200, 201}, answer.text
    image = answer.json()
    assert image["sha256"] == hashlib.sha256(base64.b64decode(body["image_data"])).hexdigest()
    return image["id"], image["sha256"], answer.status_code


def _check_images(answers: list[tuple[str, str, int]], images: list[dict[str, Any]]) -> None:
    assert len(answers) == CLIENTS * PICTURES
    assert max(Counter(name for name, *_ in answers).values()) == 1, "a number was given twice"
    assert {(name, digest) for name, digest, _ in answers} == {
        (image["id"], image["sha256"]) for image in images
    }
    assert len(images) == CLIENTS * PICTURES


def _count_up(server: Server, session: str, counted: list[int]) -> None:
    """Read the number in the composition, and write the next one if nobody was faster."""
    url = f"{server.url}/session/{session}"
    done = 0
    with connect() as client:
        while done < COUNTED:
            read = client.get(url)
            number = int(read.json()["user_composition"] or 0)
            answer = client.patch(
                url, json={"user_composition": str(number + 1)}, headers={"If-Match": read.headers["etag"]}
            )
            assert answer.status_code in {200, 412}, answer.text
            if answer.status_code == 200:
                done += 1
                counted.append(number + 1)


def _rename(server: Server, session: str, place: int) -> None:
    """Rename without If-Match: nobody else's field may suffer."""
    with connect() as client:
        for count in range(RENAMES):
            answer = client.patch(
                f"{server.url}/session/{session}", json={"name": f"Renamed {place} {count}"}
            )
            assert answer.status_code == 200, answer.text


def test_s8_each_sees_the_others_changes_at_once(tmp_path: Path) -> None:
    with serving(tmp_path / "gallery", count=2) as (one, other), connect() as client:
        for count in range(30):
            here, there = (one, other) if count % 2 else (other, one)
            session = created(client, here.url, name=f"Made {count}")["id"]
            page = client.get(f"{there.url}/sessions?limit=200").json()
            assert session in {entry["id"] for entry in page["sessions"]}
            assert page["total"] == count + 1
            client.patch(f"{here.url}/session/{session}", json={"name": f"Renamed {count}"})
            assert client.get(f"{there.url}/session/{session}").json()["name"] == f"Renamed {count}"
            names = {
                entry["name"] for entry in client.get(f"{there.url}/sessions?limit=200").json()["sessions"]
            }
            assert f"Renamed {count}" in names
        assert client.delete(f"{one.url}/session/{session}").status_code == 204
        assert client.get(f"{other.url}/session/{session}").status_code == 404
        assert client.get(f"{other.url}/sessions?trashed=true").json()["total"] == 1


def test_s8_images_saved_moved_and_removed_at_one_are_so_at_the_other(tmp_path: Path) -> None:
    with serving(tmp_path / "gallery", count=2) as (one, other), connect() as client:
        session = created(client, one.url)["id"]
        for count in range(20):
            body = {"image_data": base64.b64encode(picture(count, 2_000)).decode()}
            image = _saved(client, one, session, body, {})[0]
            path = f"/session/{session}/images/{image}"
            assert image in {found["id"] for found in listed(client, other, session)}
            assert client.patch(f"{other.url}{path}", json={"x": count + 0.5}).status_code == 200
            assert {found["x"] for found in listed(client, one, session) if found["id"] == image} == {
                count + 0.5
            }
            if count % 2:
                assert client.delete(f"{one.url}{path}").status_code == 204
                assert client.get(f"{other.url}{path}").status_code == 404
                assert image not in {found["id"] for found in listed(client, other, session)}
