"""Sessions to export: whole, odd, and made of random steps."""

from __future__ import annotations

import io
import random
import zipfile
from functools import cache
from pathlib import Path

from PIL import Image

from dynamic_gallery.services.archive.packing import Archive
from dynamic_gallery.services.edits import SessionChanges
from dynamic_gallery.services.gallery_store import GalleryStore
from dynamic_gallery.services.saving import NewImage
from dynamic_gallery.testing.pictures import png

WORDS = ["", "Morning Demo", "évening ☕ wear", "</script><!-- \u2028 '\"", "日本語", "a\nb"]


def a_session(store: GalleryStore, pictures: int = 3, name: str = "Morning Demo") -> str:
    """A session with some pictures, moved, removed and written about."""
    summary, _ = store.create_session(SessionChanges(name=name, user_composition="Looking for"))
    store.update_session(summary.id, SessionChanges(user_composition="Looking for elegant evening wear"))
    for number in range(pictures):
        new = NewImage(data=png(number), directive=f"Explore {number}", product_name="Neverfull MM", x=number)
        store.save_image(summary.id, new, idempotency_key=f"key-{number}")
    if pictures > 1:
        store.move_image(summary.id, "img-001", {"x": 44, "z": 2})
        store.remove_image(summary.id, "img-002")
    return summary.id


@cache
def large_picture(seed: int) -> bytes:
    """A PNG of noise, larger than what storage reads at once."""
    output = io.BytesIO()
    Image.frombytes("RGB", (900, 700), random.Random(seed).randbytes(900 * 700 * 3)).save(output, "PNG")
    assert output.tell() > 1_500_000
    return output.getvalue()


def random_session(store: GalleryStore, chance: random.Random) -> str:
    """A session after random steps of every kind."""
    changes = SessionChanges(name=chance.choice(WORDS) or None, saved_products=chance.sample(WORDS, 2))
    session_id = store.create_session(changes)[0].id
    count = 0
    for _ in range(chance.randrange(25)):
        step = chance.randrange(8)
        image_id = f"img-{chance.randrange(count) + 1:03d}" if count else ""
        if step < 3 or not count:
            key = chance.choice([None, f"k{count}"])
            hosted = chance.random() < 0.2
            new = NewImage(
                data=None if hosted else png(chance.randrange(2**24)),
                source_url="https://pictures.example/a.png" if hosted else None,
                directive=chance.choice(WORDS),
                generator=chance.choice([None, {"name": "sketch", "prompt": chance.choice(WORDS)}]),
                canvas_width=chance.choice([None, 1440]),
            )
            store.save_image(session_id, new, idempotency_key=key)
            count += 1
        elif step == 3:
            store.update_session(session_id, SessionChanges(user_composition=chance.choice(WORDS)))
        else:
            _change(store, session_id, image_id, step, chance)
    return session_id


def _change(store: GalleryStore, session_id: str, image_id: str, step: int, chance: random.Random) -> None:
    image = next(one for one in store.images(session_id).images if one.id == image_id)
    if image.purged_at is not None:
        return
    if step == 4 and image.visible:
        store.move_image(session_id, image_id, {"x": chance.uniform(0, 100), "z": chance.randrange(9)})
    elif step == 5:
        store.remove_image(session_id, image_id)
    elif step == 6:
        store.restore_image(session_id, image_id)
    elif step == 7 and chance.random() < 0.4:
        store.erase_image(session_id, image_id)


def exported(store: GalleryStore, session_id: str) -> bytes:
    """A session's whole ZIP."""
    return whole(store.export(session_id))


def whole(archive: Archive) -> bytes:
    """All bytes of an archive."""
    data = b"".join(archive.stream())
    assert len(data) == archive.size
    return data


def files_in(data: bytes) -> dict[str, bytes]:
    """The files of a ZIP, as Python's own reader finds them."""
    with zipfile.ZipFile(io.BytesIO(data)) as read:
        assert read.testzip() is None
        return {info.filename: read.read(info) for info in read.infolist()}


def tree(root: Path) -> dict[str, bytes]:
    """Everything below a folder but the index, which is a cache."""
    return {
        str(path.relative_to(root)): path.read_bytes() if path.is_file() else b"folder"
        for path in sorted(root.rglob("*"))
        if "sessions.json" not in path.name
    }
