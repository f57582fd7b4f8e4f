"""Recorded sessions as they would lie in storage, written there by hand so that their times are those wanted."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from .conftest import COMPOSITION, Server

START = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
DIRECTIVES = (
    "Explore serene atmosphere with urban streets",
    "A courtyard of lemon trees, the air still warm",
    "Under snow, two chairs outside a bistro",
    "On the promenade, a frosty morning after the storm",
    "A walled rose garden, cold light, nobody about",
    "Noir without the detective, deep in a redwood grove",
)


@dataclass(frozen=True)
class Recorded:
    """One session in a server's storage; `records` are its images' records, in order."""

    id: str
    folder: Path
    records: list[dict[str, Any]]

    @property
    def replay(self) -> str:
        return f"/dynamic/{self.id}/replay"


def drawn_pictures(count: int) -> list[bytes]:
    """Small flat pictures that can be told apart."""
    pictures = []
    for index in range(count):
        picture = Image.new("RGB", (216, 264), f"hsl({index * 67 % 360}, 45%, 45%)")
        ImageDraw.Draw(picture).rectangle((30, 30, 60 + index % 120, 90), fill="white")
        data = io.BytesIO()
        picture.save(data, "PNG")
        pictures.append(data.getvalue())
    return pictures


def sketched_pictures(server: Server, count: int) -> list[bytes]:
    """Pictures by the server's own generator, to look at."""
    pictures = []
    for index in range(count):
        wanted = {"user_composition": COMPOSITION, "directive": directive(index), "seed": index}
        body = json.dumps(wanted | {"product_id": f"product-{index}"}).encode()
        request = urllib.request.Request(
            f"{server.url}/api/generate/image", body, {"content-type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            pictures.append(base64.b64decode(json.load(answer)["image_data"]))
    return pictures


def directive(index: int) -> str:
    return DIRECTIVES[index % len(DIRECTIVES)]


def record_session(server: Server, name: str, pictures: list[bytes], apart: float = 7.0) -> Recorded:
    """A session that wrote for ten seconds and then got a picture every `apart` seconds; the second was moved."""
    session = f"gal-1733500000-{hashlib.sha256(name.encode()).hexdigest()[:6]}"
    folder = server.folder / session
    folder.mkdir(parents=True)
    half = len(COMPOSITION) // 2
    edits: list[dict[str, Any]] = [
        _written(2, 0, COMPOSITION[:half]),
        _written(9, half, COMPOSITION[half:]),
    ]
    records = [_image(session, index, data, apart) for index, data in enumerate(pictures)]
    for data, record in zip(pictures, records, strict=True):
        (folder / record["filename"]).write_bytes(data)
        (folder / record["filename"].replace(".png", ".json")).write_text(json.dumps(record))
    about: dict[str, Any] = {
        "id": session,
        "name": name,
        "created_at": _at(0),
        "updated_at": _at(0),
        "edits": edits,
    }
    about |= {"schema": 1, "user_composition": COMPOSITION, "saved_products": [], "directives_used": []}
    (folder / "metadata.json").write_text(json.dumps(about))
    return Recorded(session, folder, records)


def _at(seconds: float) -> str:
    moment = START + timedelta(seconds=seconds)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _written(seconds: float, start: int, text: str) -> dict[str, Any]:
    return {
        "field": "user_composition",
        "at": _at(seconds),
        "start": start,
        "removed": 0,
        "inserted": text,
    }


def _image(session: str, index: int, data: bytes, apart: float) -> dict[str, Any]:
    with Image.open(io.BytesIO(data)) as picture:
        width, height = picture.size
    seconds = 12 + index * apart
    size = {"width": 216, "height": 264, "canvas_width": 1440, "z": 0}
    places = [{"at": _at(seconds), "x": 4 + index % 5 * 19, "y": 40 + index // 5 * 320, **size}]
    if index == 1:
        places.append({**places[0], "at": _at(seconds + apart / 2), "x": 30.5, "y": 420})
    where = {key: value for key, value in places[-1].items() if key != "at"}
    number = f"{index + 1:03d}"
    return where | {
        "schema": 1,
        "id": f"img-{number}",
        "session_id": session,
        "filename": f"img_{number}.png",
        "created_at": _at(seconds),
        "directive": directive(index),
        "product_id": f"product-{index % 12}",
        "product_name": "Corso Heel 85",
        "product_brand": "Maison Alder",
        "placements": places,
        "media_type": "image/png",
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "pixel_width": width,
        "pixel_height": height,
    }
