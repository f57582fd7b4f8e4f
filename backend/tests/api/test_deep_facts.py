"""A generator's facts, however deep, never make a record that cannot be read again (P4)."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from fastapi import FastAPI
from PIL import Image
from starlette.testclient import TestClient

from dynamic_gallery import GalleryStore, create_gallery_router
from dynamic_gallery.errors import InvalidInput
from dynamic_gallery.services.edits import SessionChanges
from dynamic_gallery.services.saving import NewImage


def _nested(depth: int) -> dict[str, object]:
    value: object = 1
    for _ in range(depth):
        value = {"a": value}
    return {"name": "sketch", "deep": value}


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4), "teal").save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("depth", [62, 63, 100, 197, 198, 199, 200, 201])
@pytest.mark.parametrize("form", [True, False])
def test_p4_deep_facts_are_refused_or_can_be_read_again(tmp_path: Path, depth: int, form: bool) -> None:
    store = GalleryStore.open(tmp_path)
    app = FastAPI()
    app.include_router(create_gallery_router(store))
    client = TestClient(app)
    session = client.post("/api/gallery/sessions").json()["id"]
    url = f"/api/gallery/session/{session}/images"
    facts = json.dumps(_nested(depth))
    if form:
        answer = client.post(url, files={"image": ("a.png", _png())}, data={"generator": facts})
    else:
        body = f'{{"image_url": "https://example.com/a.png", "generator": {facts}}}'
        answer = client.post(url, content=body, headers={"Content-Type": "application/json"})
    listed = client.get(url).json()
    assert listed["damaged"] == []
    assert len(listed["images"]) == (answer.status_code == 201)
    assert answer.status_code == (201 if depth < 63 else 422)
    store.close()


def test_p4_what_could_not_be_read_again_is_not_committed(tmp_path: Path) -> None:
    store = GalleryStore.open(tmp_path)
    session = store.create_session(SessionChanges())[0].id
    with pytest.raises(InvalidInput):
        store.save_image(session, NewImage(data=_png(), generator=_nested(230)))
    assert [path.name for path in (tmp_path / session).iterdir()] == ["metadata.json"]
    store.close()
