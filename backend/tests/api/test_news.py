"""SPEC H7: whoever asks for a session again and again, and compares its ETag, hears of everything."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from .gallery import Gallery, running
from .pictures import picture

PLACES = [{"x": 1}, {"y": 2}, {"width": 3}, {"height": 4}, {"canvas_width": 1000}, {"z": 5}]
FIELDS: list[dict[str, Any]] = [
    {"name": "Two"},
    {"name": None},
    {"user_composition": "Evening"},
    {"saved_products": ["product-0"]},
    {"directives_used": ["a"]},
]


@pytest.fixture
def _one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """All happens in the same millisecond, as with two who save at once, or on a clock that was set back."""
    moment = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    for module in ("gallery_store", "saving", "beginning"):
        monkeypatch.setattr(f"dynamic_gallery.services.{module}.now", lambda: moment)


class Listener:
    """Asks again after each change; `news` fails unless the ETag was never seen before."""

    def __init__(self, gallery: Gallery, session: dict[str, Any]) -> None:
        self.gallery = gallery
        self.path = f"/session/{session['id']}"
        self.seen = [self.ask()]

    def ask(self) -> str:
        return str(self.gallery.call("GET", self.path).headers["etag"])

    def news(self, *, of_the_record: bool) -> None:
        before, after = self.seen[-1], self.ask()
        assert after not in self.seen
        known = self.gallery.call("GET", self.path, headers={"if-none-match": before})
        assert known.status_code == 200
        # If-Match looks at the part of the record only.
        stale = self.gallery.call("PATCH", self.path, json={}, headers={"if-match": before})
        assert stale.status_code == (412 if of_the_record else 200)
        assert self.ask() == after
        assert self.gallery.call("GET", self.path, headers={"if-none-match": after}).status_code == 304
        self.seen.append(after)

    def change(self, method: str, path: str, **request: Any) -> None:
        answer = self.gallery.call(method, path, **request)
        assert answer.is_success, answer.text


@pytest.mark.usefixtures("_one_moment")
def test_h7_the_etag_changes_with_all_that_is_shown(gallery: Gallery) -> None:
    session = gallery.create(name="One")
    listener = Listener(gallery, session)
    images = []
    for number in range(2):
        images.append(gallery.path(gallery.save(session, picture(number))))
        listener.news(of_the_record=False)
    for path in images:
        for place in PLACES:
            listener.change("PATCH", path, json=place)
            listener.news(of_the_record=False)
    for fields in FIELDS:
        listener.change("PATCH", listener.path, json=fields)
        listener.news(of_the_record=True)
    listener.change("DELETE", images[0])
    listener.news(of_the_record=False)
    listener.change("POST", f"{images[0]}/restore")
    listener.news(of_the_record=False)
    for path in images:
        listener.change("DELETE", f"{path}?permanent=true")
        listener.news(of_the_record=False)


@pytest.mark.parametrize("settled", [False, True])
def test_h7_an_edit_with_an_editor_is_news(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch, settled: bool
) -> None:
    """Also in records that nobody touched for a while, of a session that the list of sessions has shown."""
    if settled:
        monkeypatch.setattr("dynamic_gallery.storage.local.SETTLED_NS", 0)
    session = gallery.create(name="One")
    image = gallery.save(session, directive="Explore")
    gallery.call("GET", "/sessions")
    listener = Listener(gallery, session)
    for file, change, of_the_record in (
        (gallery.record(image), {"z": 9}, False),
        (gallery.record(image), {"product_brand": "Other"}, False),
        (gallery.root / session["id"] / "metadata.json", {"name": "By hand"}, True),
    ):
        file.write_text(json.dumps(json.loads(file.read_bytes()) | change))
        listener.news(of_the_record=of_the_record)


def test_h7_what_is_unchanged_keeps_its_etag(tmp_path: Path) -> None:
    """After a restart, for another process, and after requests that change nothing."""
    with running(tmp_path / "gallery") as gallery, running(tmp_path / "gallery") as other:
        session = gallery.create(name="One")
        image = gallery.save(session, x=1)
        tag = Listener(gallery, session).ask()
        assert Listener(other, session).ask() == tag
        gallery.call("PATCH", gallery.path(image), json={"x": 1})
        gallery.call("PATCH", f"/session/{session['id']}", json={"name": "One"})
        gallery.call("POST", f"{gallery.path(image)}/restore")
        gallery.call("POST", f"/session/{session['id']}/restore")
        assert Listener(gallery, session).ask() == tag
    with running(tmp_path / "gallery") as gallery:
        assert Listener(gallery, session).ask() == tag
