"""The requests that save pictures, prepared once: JSON with base64, multipart, and a plain PUT for nginx."""

import base64
import json
from functools import cache
from typing import Any

from .load import Request
from .pictures import pictures

FIELDS: dict[str, Any] = {
    "directive": "Explore serene atmosphere with urban streets",
    "product_id": "product-0",
    "product_name": "Neverfull MM",
    "product_brand": "Louis Vuitton",
    "x": 44,
    "y": 280,
    "width": 180,
    "height": 220,
}
BOUNDARY = "----benchmark-7d3f1c"


@cache
def _json_bodies(size: int) -> list[bytes]:
    return [
        json.dumps({"image_data": base64.b64encode(data).decode(), **FIELDS}).encode()
        for data in pictures(size)
    ]


def _multipart_body(data: bytes) -> bytes:
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in FIELDS.items()
    ]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n'
    picture = head.encode() + b"Content-Type: image/png\r\n\r\n" + data + b"\r\n"
    return b"".join([*parts, picture, f"--{BOUNDARY}--\r\n".encode()])


@cache
def _multipart_bodies(size: int) -> list[bytes]:
    return [_multipart_body(data) for data in pictures(size)]


def json_saves(session_id: str, size: int) -> list[Request]:
    """POST /images as JSON with base64, pictures of about ``size`` bytes."""
    path = f"/api/gallery/session/{session_id}/images"
    headers = {"Content-Type": "application/json"}
    return [Request(path, "POST", headers, body) for body in _json_bodies(size)]


def multipart_saves(session_id: str, size: int) -> list[Request]:
    """POST /images as multipart/form-data, pictures of about ``size`` bytes."""
    path = f"/api/gallery/session/{session_id}/images"
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    return [Request(path, "POST", headers, body) for body in _multipart_bodies(size)]


def plain_puts(size: int) -> list[Request]:
    """PUT of the bare bytes to a few names, for a server of files."""
    return [Request(f"/put/{turn}.png", "PUT", {}, data) for turn, data in enumerate(pictures(size) * 8)]
