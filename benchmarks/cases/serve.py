"""Serving kept pictures: the whole bytes, and 304 for a browser that has them."""

import json
from collections.abc import Iterator
from pathlib import Path

from ..load import Load, Request
from ..measure import Contender, Plan, Row, compare
from ..pictures import MB, SIZES
from ..saves import json_saves
from ..servers import Gallery, Naive, Nginx, Server

# At least so many times the naive rate.
TIMES_NAIVE = {"50 kB": 8.0, "1 MB": 5.0}


def save_one(server: Server, size: int) -> tuple[str, str]:
    """Save one picture; returns its URL and its file's path below the storage root."""
    session_id = server.new_session()
    body = json.loads(json_saves(session_id, size)[0].body)
    status, _, answer = server.ask("POST", f"/api/gallery/session/{session_id}/images", body)
    if status not in (200, 201):
        raise RuntimeError(f"{server.name} did not save: {status} {answer[:500]!r}")
    image = json.loads(answer)
    return image["url"], f"/{session_id}/{image['filename']}"


def run(folder: Path, plan: Plan) -> Iterator[Row]:
    """Yield the rows of this case; nginx serves the very files of the gallery."""
    with Gallery(folder / "gallery") as ours, Naive(folder / "naive") as naive:
        if not Nginx.installed():
            yield from rows_of([ours, naive], plan)
            return
        with Nginx(folder / "gallery") as nginx:
            yield from rows_of([ours, naive, nginx], plan)


def rows_of(servers: list[Server], plan: Plan) -> Iterator[Row]:
    """Measure each size on each server."""
    for name, size in SIZES.items():
        if plan.quick and size > MB:
            continue
        ours, naive = servers[:2]
        urls = {"naive": save_one(naive, size)[0]}
        urls["gallery"], urls["nginx"] = save_one(ours, size)
        yield from whole(name, servers, urls, plan)
        if size == MB:
            yield from unchanged(servers, urls, plan)


def whole(name: str, servers: list[Server], urls: dict[str, str], plan: Plan) -> Iterator[Row]:
    """GET of the whole picture, 8 clients."""
    contenders = [getting(server, Request(urls[server.name])) for server in servers]
    rows = compare(f"serve {name}, 8 at once", contenders, plan)
    ours = rows["gallery"].compare(rows["naive"])
    if name in TIMES_NAIVE:
        ours.demand(f"{TIMES_NAIVE[name]:g} × naive", ours.ratios["rate / naive"] >= TIMES_NAIVE[name])
    if "nginx" in rows:
        ours.compare(rows["nginx"])
        if name == "1 MB" and "CPU / nginx" in ours.ratios:
            ours.demand("nginx's CPU", ours.ratios["CPU / nginx"] <= 1.1)
    yield from rows.values()


def unchanged(servers: list[Server], urls: dict[str, str], plan: Plan) -> Iterator[Row]:
    """GET with If-None-Match; the naive reference never answers 304, so it is left out."""
    contenders = []
    for server in servers:
        if server.name == "naive":
            continue
        _, headers, _ = server.ask("GET", urls[server.name])
        request = Request(urls[server.name], headers={"If-None-Match": headers["etag"]})
        contenders.append(getting(server, request, expect=304))
    rows = compare("serve 304, 8 at once", contenders, plan)
    ours = rows["gallery"]
    ours.demand("8,000 a second", ours.sample.rate >= 8000)
    if "nginx" in rows:
        ours.compare(rows["nginx"])
    yield from rows.values()


def getting(server: Server, request: Request, expect: int = 200, clients: int = 8) -> Contender:
    """One GET, again and again."""
    load = Load([request], clients, (expect,))
    return Contender(server.name, server, lambda: load)
