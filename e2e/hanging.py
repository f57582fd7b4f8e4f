"""Sessions with pictures on the wall, made through the API: quicker than generating them."""

from __future__ import annotations

import base64
import json
import struct
import urllib.request
import zlib
from typing import Any

from .conftest import Gallery, Server

# The width of the wall in a window of 1440 px, beside the desk and a scroll bar.
WALL = 1065
JSON = {"Content-Type": "application/json"}


def png(width: int = 72, height: int = 88, shade: int = 120) -> bytes:
    """A plain picture of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = (b"\0" + bytes([shade, 255 - shade, 90]) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def ask(server: Server, method: str, path: str, body: object = None) -> Any:
    """One request to the API; raises HTTPError when it is refused."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(server.url + path, data, JSON, method=method)
    with urllib.request.urlopen(request) as answer:
        text = answer.read()
    return json.loads(text) if text else None


def hang(server: Server, count: int, columns: int = 4, canvas: int = WALL) -> str:
    """A session with ``count`` pictures in rows of ``columns``, 180 by 220 px each; returns its path."""
    session = ask(server, "POST", "/api/gallery/sessions", {"name": "On the wall"})["id"]
    for number in range(count):
        row, column = divmod(number, columns)
        picture = {
            "image_data": base64.b64encode(png(shade=20 + number * 7 % 200)).decode(),
            "directive": f"Picture number {number + 1}",
            "x": (40 + column * 250) / canvas * 100,
            "y": 40 + row * 320,
            "width": 180,
            "height": 220,
            "canvas_width": canvas,
        }
        ask(server, "POST", f"/api/gallery/session/{session}/images", picture)
    return f"/dynamic/{session}"


def open_wall(gallery: Gallery, count: int = 8) -> str:
    """Opens a session with ``count`` pictures as far as it is drawn; returns its path."""
    path = hang(gallery.server, count)
    gallery.open(path)
    gallery.cards.first.wait_for()
    gallery.page.wait_for_function(
        "() => document.querySelector('.page-save')?.textContent.includes('All saved')"
    )
    return path


def images(gallery: Gallery, path: str) -> dict[str, Any]:
    """What the server has of the session, by id."""
    listed = ask(gallery.server, "GET", f"/api/gallery/session/{path.rsplit('/', 1)[-1]}/images")
    return {image["id"]: image for image in listed["images"]}
