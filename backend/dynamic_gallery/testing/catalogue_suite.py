"""What every Catalogue promises (storage/base.py, docs/SPEC.md). Subclass it as `Test…` and give what is abstract."""

# ruff: noqa: S101

from __future__ import annotations

import pytest

from ..errors import AlreadyExists, GalleryError, NotFound, VersionMismatch
from ..storage.base import Catalogue, SessionQuery
from .image_number_suite import ImageNumberSuite
from .image_record_suite import ImageRecordSuite
from .records import SESSION, a_session, an_image, session_id
from .session_key_suite import SessionKeySuite
from .session_page_suite import SessionPageSuite
from .together import outcomes, together


class CatalogueSuite(SessionKeySuite, SessionPageSuite, ImageRecordSuite, ImageNumberSuite):
    """The contract of one medium: all suites together."""

    def test_put_session_creates_only(self, catalogue: Catalogue) -> None:
        """And stores every field, those of other versions too (S2)."""
        session = a_session(name="Morning", user_composition="evening wear", unknown={"kept": 2**70})
        version = catalogue.put_session(session, None)
        stored = self.peek_session(SESSION)
        assert stored is not None
        assert (stored["name"], stored["schema"], stored["unknown"]) == ("Morning", 1, {"kept": 2**70})
        assert catalogue.get_session(SESSION) == (session, version)
        with pytest.raises(AlreadyExists):
            catalogue.put_session(a_session(name="Other"), None)
        assert self.peek_session(SESSION) == stored

    def test_s8_put_session_replaces_only_the_version_it_names(self, catalogue: Catalogue) -> None:
        """A stale one changes nothing, also after an edit behind the catalogue's back."""
        version = catalogue.put_session(a_session(name="one"), None)
        second = catalogue.put_session(a_session(name="two"), version)
        with pytest.raises(VersionMismatch):
            catalogue.put_session(a_session(name="three"), version)
        self.seed_session(a_session(name="by hand"))
        with pytest.raises(VersionMismatch):
            catalogue.put_session(a_session(name="three"), second)
        assert (self.peek_session(SESSION) or {})["name"] == "by hand"

    def test_s8_of_twenty_changes_of_one_version_one_wins(self) -> None:
        """Threads, and two openers."""
        catalogues = [self.open(), self.open()]
        version = catalogues[0].put_session(a_session(), None)
        calls = [
            lambda n=n: catalogues[n % 2].put_session(a_session(name=str(n)), version) for n in range(20)
        ]
        found = outcomes(calls)
        won = [str(n) for n, outcome in enumerate(found) if isinstance(outcome, str)]
        assert won == [(self.peek_session(SESSION) or {})["name"]]
        assert sum(isinstance(outcome, VersionMismatch) for outcome in found) == 19

    def test_s10_absent_records_are_not_found(self, catalogue: Catalogue) -> None:
        """Of sessions and of images."""
        with pytest.raises(NotFound):
            catalogue.get_session(SESSION)
        with pytest.raises(NotFound):
            catalogue.summary(SESSION)
        with pytest.raises(NotFound):
            catalogue.put_session(a_session(), "0" * 32)
        with pytest.raises(NotFound):
            catalogue.get_image(SESSION, "img-001")
        self.seed_session(a_session())
        with pytest.raises(NotFound):
            catalogue.get_image(SESSION, "img-001")
        assert catalogue.images(SESSION).images == ()

    def test_s3_a_session_edited_behind_its_back_is_seen_at_the_next_read(self, catalogue: Catalogue) -> None:
        """By each way to read it."""
        self.seed_session(a_session(name="one"))
        for n in range(8):
            name = f"name {n}"
            self.seed_session(a_session(name=name))
            assert catalogue.get_session(SESSION)[0].name == name
            assert catalogue.summary(SESSION).name == name
            assert [found.name for found in catalogue.page(SessionQuery()).sessions] == [name]

    def test_p6_drop_session_erases_all_its_records(self, catalogue: Catalogue) -> None:
        """And no other's; doing it twice is fine."""
        for n in (1, 2):
            self.seed_session(a_session(session_id(n)))
            catalogue.put_image(an_image(1, session_id(n), key="k"), None)
        for _ in range(2):
            catalogue.drop_session(session_id(1))
            assert self.peek_session(session_id(1)) is None
            assert self.peek_image(session_id(1), "img-001") is None
            listed = catalogue.page(SessionQuery()).sessions
            assert [session.id for session in listed] == [session_id(2)]
        with pytest.raises(NotFound):
            catalogue.images(session_id(1))
        assert self.peek_image(session_id(2), "img-001") is not None
        assert catalogue.claim(session_id(2), "k").existing is not None

    def test_what_is_asked_of_many_threads_at_once_holds(self, catalogue: Catalogue) -> None:
        """Readers never fail while others write."""
        self.seed_session(a_session())
        failures: list[GalleryError] = []

        def write(first: int) -> None:
            for n in range(first, first + 8):
                catalogue.put_image(an_image(n), None)

        def read() -> None:
            for _ in range(10):
                found = outcomes([lambda: catalogue.page(SessionQuery()), lambda: catalogue.images(SESSION)])
                failures.extend(one for one in found if isinstance(one, GalleryError))

        together([lambda: write(1), lambda: write(101), read, read])
        assert failures == []
        assert len(catalogue.images(SESSION).images) == 16
        assert catalogue.page(SessionQuery()).sessions[0].image_count == 16
