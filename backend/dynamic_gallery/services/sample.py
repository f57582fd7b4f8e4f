"""The session that comes with the package, to look at before there is one of one's own."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from ..errors import NotFound
from .gallery_store import GalleryStore

SAMPLE = Path(__file__).resolve().parents[1] / "sample" / "morning-demo.zip"


def load_sample(store: GalleryStore, sample: Path = SAMPLE) -> tuple[str, bool]:
    """The sample's session id, and whether it was put into the storage now; out of the trash counts as there.

    Raises NotFound when this package carries no sample.
    """
    if not sample.is_file():
        raise NotFound("This package carries no sample; in a checkout scripts/record_sample.py records one.")
    with zipfile.ZipFile(sample) as archive:
        session_id = str(json.loads(archive.read("manifest.json"))["session_id"])
    try:
        store.restore_session(session_id)
    except NotFound:
        with sample.open("rb") as file:
            return store.import_zip(file).session_id, True
    return session_id, False
