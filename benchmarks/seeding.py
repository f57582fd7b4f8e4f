"""Big storages, written behind the servers' back, in the layout of the gallery and of the naive app."""

import hashlib
import json
import zlib
from pathlib import Path
from typing import Any

from .pictures import tiny
from .saves import FIELDS

START = 1_733_500_000
# Sessions that have images, so that a page shows counts and covers; the same number whatever the size.
WITH_IMAGES = 60
IMAGES = 6


def session_id(number: int) -> str:
    """The id of the session of this number; higher numbers are newer."""
    return f"gal-{START + number * 60}-{number:06d}"


def moment(number: int) -> str:
    """A time that grows with ``number`` (minutes)."""
    days, minutes = divmod(number, 24 * 60)
    return f"2025-{days // 28 % 12 + 1:02}-{days % 28 + 1:02}T{minutes // 60:02}:{minutes % 60:02}:00.000Z"


def session_record(number: int) -> dict[str, Any]:
    """`metadata.json` of the gallery."""
    return {
        "schema": 1,
        "id": session_id(number),
        "name": f"Session {number}",
        "created_at": moment(number),
        "updated_at": moment(number),
        "user_composition": "Looking for elegant evening wear for a terrace by the sea",
        "saved_products": ["product-0", "product-3"],
        "directives_used": [FIELDS["directive"]],
    }


def image_record(session: int, number: int) -> dict[str, Any]:
    """`img_001.json` of the gallery, for the tiny picture."""
    data = tiny()
    return {
        "schema": 1,
        "id": f"img-{number:03}",
        "session_id": session_id(session),
        "filename": f"img_{number:03}.png",
        "created_at": moment(session),
        **FIELDS,
        "user_composition": "Looking for elegant evening wear for a terrace by the sea",
        "generator": {"name": "sketch", "seed": number},
        "media_type": "image/png",
        "size": len(data),
        "pixel_width": 8,
        "pixel_height": 8,
        "sha256": hashlib.sha256(data).hexdigest(),
        "crc32": zlib.crc32(data),
    }


def seed_gallery(root: Path, sessions: int) -> None:
    """Write ``sessions`` sessions, of which the newest few have images; does nothing where they are already."""
    if root.is_dir():
        return
    for number in range(sessions):
        folder = root / session_id(number)
        folder.mkdir(parents=True)
        (folder / "metadata.json").write_text(json.dumps(session_record(number), indent=2) + "\n")
        if number and number >= sessions - WITH_IMAGES:
            seed_images(root, number, IMAGES)


def seed_images(root: Path, session: int, count: int) -> None:
    """Write ``count`` images into a session that has none; the blobs are hard links to one file."""
    folder = root / session_id(session)
    blob = root.with_name(f"{root.name}.tiny.png")
    blob.write_bytes(tiny())
    for image in range(1, count + 1):
        (folder / f"img_{image:03}.png").hardlink_to(blob)
        text = json.dumps(image_record(session, image), indent=2)
        (folder / f"img_{image:03}.json").write_text(text + "\n")


def naive_image(session: int, number: int) -> dict[str, Any]:
    """One entry of the naive app's `images`."""
    own, path = session_id(session), f"/api/gallery/session/{session_id(session)}/images/img-{number:03}"
    named = {"id": f"img-{number:03}", "session_id": own, "filename": f"img_{number:03}.png", "url": path}
    return {**named, "created_at": moment(session), **FIELDS, "image_url": None}


def seed_naive(root: Path, sessions: int, images_in_first: int = 0) -> None:
    """The same in the naive app's layout; only the oldest session gets a folder: no other is read."""
    root.mkdir(parents=True)
    index = []
    for number in range(sessions):
        record = {key: value for key, value in session_record(number).items() if key != "schema"}
        index.append({**record, "image_count": images_in_first if number == 0 else 0})
    (root / "sessions.json").write_text(json.dumps(index, indent=2))
    folder = root / session_id(0)
    folder.mkdir()
    images = [naive_image(0, number + 1) for number in range(images_in_first)]
    (folder / "metadata.json").write_text(json.dumps({**index[0], "images": images}, indent=2))
