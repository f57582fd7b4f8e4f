"""GalleryStore against a plain dictionary, in any order of calls, edits by hand and restarts (SPEC P, S, H12)."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule

from dynamic_gallery.errors import Erased, NotFound
from dynamic_gallery.services.edits import SessionChanges
from dynamic_gallery.services.gallery_store import GalleryStore
from dynamic_gallery.services.saving import NewImage
from dynamic_gallery.storage.base import SessionQuery
from dynamic_gallery.testing.pictures import png

names = st.sampled_from(["Morning", "évening", "a b", "0"])
words = st.sampled_from(["", "elegant", "evening wear\n", "✨"])


@dataclass
class Card:
    data: bytes
    directive: str
    x: float = 0.0
    z: float = 0.0
    removed: bool = False
    erased: bool = False


@dataclass
class Recording:
    name: str | None
    composition: str = ""
    trashed: bool = False
    erased: bool = False
    noted: bool = False
    cards: dict[str, Card] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    def shown(self) -> dict[str, Card]:
        return {one: card for one, card in self.cards.items() if not card.removed and not card.erased}


class GalleryMachine(RuleBasedStateMachine):
    sessions: Bundle[str] = Bundle("sessions")
    images: Bundle[tuple[str, str]] = Bundle("images")

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="gallery-"))
        self.store = GalleryStore.open(self.root)
        self.left: list[GalleryStore] = []
        self.model: dict[str, Recording] = {}
        self.begun: dict[str, str] = {}
        self.count = 0

    def teardown(self) -> None:
        for store in (self.store, *self.left):
            store.close()
        shutil.rmtree(self.root)

    def live(self, session: str) -> bool:
        recording = self.model[session]
        return not recording.trashed and not recording.erased

    # Sessions

    @rule(target=sessions, name=st.none() | names)
    def create(self, name: str | None) -> str:
        summary, _ = self.store.create_session(SessionChanges(name=name))
        self.model[summary.id] = Recording(name)
        return summary.id

    @rule(target=sessions, key=st.sampled_from(["k1", "k2"]))
    def create_once(self, key: str) -> Any:
        changes, known = SessionChanges(name=key), self.begun.get(key)
        if known is not None and self.model[known].erased:
            with pytest.raises(Erased):
                self.store.create_session_once(changes, key)
            return multiple()
        begun = self.store.create_session_once(changes, key)
        assert (begun.created, known or begun.summary.id) == (known is None, begun.summary.id)
        if known is not None:
            return multiple()
        self.model[begun.summary.id] = Recording(key)
        self.begun[key] = begun.summary.id
        return begun.summary.id

    @rule(session=sessions, name=st.none() | names)
    def rename(self, session: str, name: str | None) -> None:
        if self.refused(session, lambda: self.store.update_session(session, SessionChanges(name=name))):
            return
        self.model[session].name = name

    @rule(session=sessions, text=words)
    def compose(self, session: str, text: str) -> None:
        changes = SessionChanges(user_composition=text)
        if not self.refused(session, lambda: self.store.update_session(session, changes)):
            self.model[session].composition = text

    @rule(session=sessions)
    def trash(self, session: str) -> None:
        if self.model[session].erased:
            with pytest.raises(NotFound):
                self.store.trash_session(session)
        else:
            self.store.trash_session(session)
            self.model[session].trashed = True

    @rule(session=sessions)
    def restore(self, session: str) -> None:
        if self.model[session].erased:
            with pytest.raises(NotFound):
                self.store.restore_session(session)
        else:
            self.store.restore_session(session)
            self.model[session].trashed = False

    @rule(session=consumes(sessions), again=st.booleans())
    def erase(self, session: str, again: bool) -> None:
        if not self.model[session].erased:
            self.store.erase_session(session)
            self.model[session].erased = True
        if again:
            with pytest.raises(NotFound):
                self.store.erase_session(session)
        assert not (self.root / session).exists()

    # Images

    @rule(target=images, session=sessions, directive=words, key=st.sampled_from([None, None, "k1", "k2"]))
    def save(self, session: str, directive: str, key: str | None) -> Any:
        recording = self.model[session]
        self.count += 1
        earlier = recording.keys.get(key or "")
        data = recording.cards[earlier].data if earlier else png(self.count)
        directive = recording.cards[earlier].directive if earlier else directive
        new = NewImage(data=data, directive=directive)
        if not self.live(session) or (earlier and recording.cards[earlier].erased):
            with pytest.raises(NotFound):
                self.store.save_image(session, new, idempotency_key=key)
            return multiple()
        saved = self.store.save_image(session, new, idempotency_key=key)
        assert saved.created is (earlier is None)
        if earlier:
            assert saved.image.id == earlier
            return multiple()
        assert saved.image.id not in recording.cards
        recording.cards[saved.image.id] = Card(data, directive)
        if key:
            recording.keys[key] = saved.image.id
        return session, saved.image.id

    @rule(image=images, measure=st.sampled_from(["x", "z"]), value=st.sampled_from([0.0, 12.5, -3.0]))
    def move(self, image: tuple[str, str], measure: str, value: float) -> None:
        card = self.model[image[0]].cards[image[1]]
        placement: dict[str, float | None] = {measure: value}
        if not self.refused(image[0], lambda: self.store.move_image(*image, placement), not card.removed):
            setattr(card, measure, value)

    @rule(image=images)
    def remove(self, image: tuple[str, str]) -> None:
        card = self.model[image[0]].cards[image[1]]
        if not self.refused(image[0], lambda: self.store.remove_image(*image), not card.erased):
            card.removed = True

    @rule(image=images)
    def put_back(self, image: tuple[str, str]) -> None:
        card = self.model[image[0]].cards[image[1]]
        if not self.refused(image[0], lambda: self.store.restore_image(*image), not card.erased):
            card.removed = False

    @rule(image=consumes(images))
    def erase_image(self, image: tuple[str, str]) -> None:
        if not self.refused(image[0], lambda: self.store.erase_image(*image)):
            self.model[image[0]].cards[image[1]].erased = True
            with pytest.raises(NotFound):
                self.store.restore_image(*image)

    # Upkeep, restarts, and a hand in the files

    @rule()
    def purge(self) -> None:
        """All that is in the trash goes. Images of a session that is trashed go with it only."""
        self.store.purge(older_than_days=0)
        for recording in self.model.values():
            recording.erased |= recording.trashed
            for card in recording.cards.values():
                card.erased |= card.removed and not recording.erased

    @rule()
    def verify(self) -> None:
        assert list(self.store.verify(repair=True)) == []

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = GalleryStore.open(self.root)

    @rule()
    def die(self) -> None:
        """Another process, while the first never closed; what it still writes is old."""
        self.left.append(self.store)
        self.store = GalleryStore.open(self.root)

    @rule()
    def lose_the_index(self) -> None:
        (self.root / "sessions.json").unlink(missing_ok=True)

    @rule(damage=st.sampled_from([b"", b"{", b'{"schema": 1, "sessions": [{}]}']))
    def damage_the_index(self, damage: bytes) -> None:
        (self.root / "sessions.json").write_bytes(damage)

    @rule(session=sessions, name=names, text=words)
    def edit_by_hand(self, session: str, name: str, text: str) -> None:
        if self.model[session].erased:
            return
        path = self.root / session / "metadata.json"
        record = json.loads(path.read_bytes())
        record |= {"name": name, "user_composition": text, "a note": ["kept"]}
        path.write_text(json.dumps(record))
        self.model[session].name = name
        self.model[session].composition = text
        self.model[session].noted = True

    @rule(image=images, directive=words)
    def edit_image_by_hand(self, image: tuple[str, str], directive: str) -> None:
        card = self.model[image[0]].cards[image[1]]
        if self.model[image[0]].erased or card.erased:
            return
        path = self.root / image[0] / f"{image[1].replace('-', '_')}.json"
        record = json.loads(path.read_bytes()) | {"directive": directive}
        # As most editors do: a new file takes the name.
        path.with_suffix(".json~").write_text(json.dumps(record))
        path.with_suffix(".json~").rename(path)
        if card.directive != directive:
            card.directive = directive
            # A retry sends what was asked for at first, which the record no longer shows.
            recording = self.model[image[0]]
            recording.keys = {key: known for key, known in recording.keys.items() if known != image[1]}
            path.write_text(json.dumps(record | {"idempotency": None}))

    def refused(self, session: str, act: Any, visible: bool = True) -> bool:
        """Do it, and return False; or see that it is refused as not found, where the model says so."""
        if self.live(session) and visible:
            act()
            return False
        with pytest.raises(NotFound):
            act()
        return True

    @invariant()
    def all_is_as_the_model_says(self) -> None:
        pages = {
            trashed: self.store.page_sessions(SessionQuery(trashed=trashed, limit=1000))
            for trashed in (False, True)
        }
        for trashed, page in pages.items():
            expected = {
                one
                for one, recording in self.model.items()
                if recording.trashed is trashed and not recording.erased
            }
            assert {summary.id for summary in page.sessions} == expected
            assert (page.damaged, page.total) == ([], len(expected))
            for summary in page.sessions:
                self._same(summary.id, summary)

    def _same(self, session: str, summary: Any) -> None:
        recording = self.model[session]
        shown = recording.shown()
        assert summary.image_count == len(shown)
        assert summary.total_bytes == sum(len(card.data) for card in shown.values())
        assert summary.auto_named is (recording.name is None)
        assert recording.name in (None, summary.name)
        assert summary.user_composition == recording.composition
        assert set(summary.directives_used) == {card.directive for card in shown.values()} - {""}
        if recording.noted:
            assert json.loads((self.root / session / "metadata.json").read_bytes())["a note"] == ["kept"]
        if recording.trashed:
            with pytest.raises(NotFound):
                self.store.get_session(session)
            return
        assert self.store.get_session(session)[0] == summary
        found = [image for image in self.store.images(session).images if image.visible]
        assert [(image.id, image.directive, image.x, image.z) for image in found] == [
            (one, card.directive, card.x, card.z) for one, card in sorted(shown.items())
        ]
        for image in found:
            assert self.store.read(image) == shown[image.id].data
        self._timeline(session, recording)

    def _timeline(self, session: str, recording: Recording) -> None:
        events = self.store.timeline(session)
        compositions = [event["user_composition"] for event in events if event["type"] == "composition"]
        assert ["", *compositions][-1] == recording.composition
        saved = [event["image_id"] for event in events if event["type"] == "image_saved"]
        assert sorted(saved) == sorted(one for one, card in recording.cards.items() if not card.erased)


TestGallery = GalleryMachine.TestCase
TestGallery.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
