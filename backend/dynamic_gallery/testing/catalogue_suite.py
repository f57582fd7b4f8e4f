"""What every Catalogue promises (storage/base.py, docs/SPEC.md). Subclass it as `Test…` and give what is abstract.

The back door (`seed_…`, `peek_…`, `edit_…`, `damage_…`) reaches the medium itself, so that an adapter is
never judged by its own word.
"""

# ruff: noqa: S101

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest

from ..errors import AlreadyExists, DamagedData, GalleryError, InvalidInput, NotFound, VersionMismatch
from ..models import GalleryImage, GallerySession, Removal
from ..storage.base import Catalogue, KeyTaken, SessionPage, SessionQuery, Sort
from .records import BEGAN, SESSION, a_session, an_image, session_id
from .session_key_suite import SessionKeySuite
from .together import outcomes, together


class CatalogueSuite(SessionKeySuite):
    """The contract of one medium; `open` may be called often, each time for another opener of the same one."""

    @abstractmethod
    def seed_session(self, session: GallerySession) -> None:
        """Store a record behind the adapter's back."""

    @abstractmethod
    def seed_image(self, image: GalleryImage) -> None:
        """Store a record behind the adapter's back."""

    @abstractmethod
    def peek_session(self, known_as: str) -> dict[str, Any] | None:
        """Read a record behind the adapter's back; None for what is absent."""

    @abstractmethod
    def peek_image(self, known_as: str, image_id: str) -> dict[str, Any] | None:
        """Read a record behind the adapter's back; None for what is absent."""

    @abstractmethod
    def damage_session(self, known_as: str) -> None:
        """Make a session's record senseless."""

    @abstractmethod
    def damage_image(self, known_as: str, image_id: str) -> None:
        """Make an image's record senseless."""

    @pytest.fixture
    def catalogue(self) -> Iterable[Catalogue]:
        """One opener."""
        opened = self.open()
        yield opened
        opened.close()

    # Sessions

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

    # Pages

    def test_h11_pages_of_300_sessions_are_whole_and_in_order(self, catalogue: Catalogue) -> None:
        """In each order, each session once."""
        sessions = [
            a_session(session_id(n), minutes=n % 50, name=f"{'bBaA'[n % 4]} {n % 30:02d}") for n in range(300)
        ]
        for session in sessions:
            self.seed_session(session)
        newest = [one.id for one in sorted(sessions, key=lambda one: (-one.created_at.timestamp(), one.id))]
        by_name = [one.id for one in sorted(sessions, key=lambda one: ((one.name or "").casefold(), one.id))]
        assert self._walk(catalogue, "activity", 7) == newest
        assert self._walk(catalogue, "created", 100) == newest
        assert self._walk(catalogue, "name", 50) == by_name
        assert self._walk(self.open(), "name", 299) == by_name

    def _walk(self, catalogue: Catalogue, sort: Sort, limit: int) -> list[str]:
        found: list[str] = []
        after: str | None = None
        while True:
            page = catalogue.page(SessionQuery(sort=sort, limit=limit, after=after))
            assert page.total == 300
            assert len(page.sessions) <= limit
            found += [summary.id for summary in page.sessions]
            after = page.next_cursor
            if after is None:
                return found

    def test_h11_a_cursor_goes_on_where_the_page_ended_whatever_came_meanwhile(
        self, catalogue: Catalogue
    ) -> None:
        """No session twice, none left out."""
        for n in range(6):
            self.seed_session(a_session(session_id(n), minutes=n))
        first = catalogue.page(SessionQuery(sort="created", limit=3))
        self.seed_session(a_session(session_id(9), minutes=9))
        catalogue.drop_session(first.sessions[2].id)
        rest = catalogue.page(SessionQuery(sort="created", limit=9, after=first.next_cursor))
        assert _ids(first) == [session_id(5), session_id(4), session_id(3)]
        assert _ids(rest) == [session_id(2), session_id(1), session_id(0)]
        assert rest.next_cursor is None

    @pytest.mark.parametrize("cursor", ["x", "made up", "é", "bnVsbA", "W10", "e30", "AAAA" * 50, "="])
    def test_h11_a_made_up_cursor_is_refused(self, catalogue: Catalogue, cursor: str) -> None:
        """With a sentence, not a failure."""
        self.seed_session(a_session())
        with pytest.raises(InvalidInput):
            catalogue.page(SessionQuery(after=cursor))

    def test_h11_a_cursor_of_another_order_is_refused(self, catalogue: Catalogue) -> None:
        """It would lead anywhere."""
        for n in range(3):
            self.seed_session(a_session(session_id(n), minutes=n))
        cursor = catalogue.page(SessionQuery(sort="name", limit=1)).next_cursor
        with pytest.raises(InvalidInput):
            catalogue.page(SessionQuery(sort="created", after=cursor))

    def test_h11_search_looks_through_name_composition_directives_and_products(
        self, catalogue: Catalogue
    ) -> None:
        """Without regard to case."""
        ids = [session_id(n) for n in range(6)]
        self.seed_session(a_session(ids[0], name="Straße am Meer"))
        self.seed_session(a_session(ids[1], user_composition="an ÉLÉGANT evening"))
        self.seed_session(a_session(ids[2], directives_used=["serene streets"]))
        self.seed_session(a_session(ids[3], saved_products=["product-77"]))
        self.seed_session(a_session(ids[4]))
        self.seed_image(an_image(1, ids[4], directive="misty harbour", product_name="Neverfull MM"))
        self.seed_session(a_session(ids[5], name="unlike"))
        for words, expected in (
            ("STRASSE", [ids[0]]),
            ("élégant", [ids[1]]),
            ("Serene", [ids[2]]),
            ("product-77", [ids[3]]),
            ("HARBOUR", [ids[4]]),
            ("neverfull", [ids[4]]),
            ("nothing like it", []),
        ):
            page = catalogue.page(SessionQuery(q=words))
            assert (_ids(page), page.total) == (expected, len(expected)), words

    def test_h11_every_word_of_a_search_has_to_occur(self, catalogue: Catalogue) -> None:
        """In any order, with or without accents; saved products are found by the names that come along."""
        ids = [session_id(n) for n in range(3)]
        self.seed_session(a_session(ids[0], user_composition="Le Carr\u00e9 d\u2019Orage"))
        image = an_image(1, ids[0], product_name="Neverfull MM", product_brand="Louis Vuitton")
        self.seed_image(image)
        self.seed_session(a_session(ids[1], name="Vuitton, later", saved_products=["product-1"]))
        self.seed_session(a_session(ids[2], saved_products=["product-0", "product-1"]))
        names = {"product-0": "Neverfull MM Louis Vuitton", "product-1": "Corso Heel Maison \u00c9lder"}
        for words, expected in (
            ("louis vuitton neverfull", {ids[0], ids[2]}),
            ("carre d'orage", {ids[0]}),
            ("ORAGE  vuitton", {ids[0]}),
            ("heel", {ids[1], ids[2]}),
            ("elder vuitton", {ids[1], ids[2]}),
            ("heel orage", set()),
        ):
            page = catalogue.page(SessionQuery(q=words, product_names=names))
            assert (set(_ids(page)), page.total) == (expected, len(expected)), words
        assert _ids(catalogue.page(SessionQuery(q="heel"))) == []

    def test_h11_a_search_is_cut_into_pages_too(self, catalogue: Catalogue) -> None:
        """Its total counts what matches."""
        for n in range(10):
            self.seed_session(a_session(session_id(n), minutes=n, name=("even", "odd")[n % 2]))
        first = catalogue.page(SessionQuery(q="odd", sort="created", limit=3))
        rest = catalogue.page(SessionQuery(q="odd", sort="created", limit=3, after=first.next_cursor))
        assert first.total == rest.total == 5
        assert _ids(first) + _ids(rest) == [session_id(n) for n in (9, 7, 5, 3, 1)]

    def test_h12_the_trash_is_a_list_of_its_own(self, catalogue: Catalogue) -> None:
        """And what is in it is in no other; its record can still be read."""
        self.seed_session(a_session(session_id(1)))
        version = catalogue.put_session(a_session(session_id(2)), None)
        catalogue.put_session(a_session(session_id(2), trashed_at=BEGAN), version)
        assert _ids(catalogue.page(SessionQuery())) == [session_id(1)]
        assert _ids(catalogue.page(SessionQuery(trashed=True))) == [session_id(2)]
        assert catalogue.get_session(session_id(2))[0].trashed_at == BEGAN

    def test_h11_the_trash_shows_first_what_was_put_there_last(self, catalogue: Catalogue) -> None:
        """Whenever it was worked on, and also for the sessions that are put there once it was listed."""
        ids = [session_id(n) for n in range(3)]
        for n, gone in ((0, 30), (1, 50)):
            self.seed_session(a_session(ids[n], minutes=n, trashed_at=BEGAN + timedelta(minutes=gone)))
        version = catalogue.put_session(a_session(ids[2], minutes=9), None)
        assert _ids(catalogue.page(SessionQuery(trashed=True))) == [ids[1], ids[0]]
        catalogue.put_session(a_session(ids[2], minutes=9, trashed_at=BEGAN + timedelta(minutes=40)), version)
        assert _ids(catalogue.page(SessionQuery(trashed=True))) == [ids[1], ids[2], ids[0]]

    def test_p6_a_session_being_erased_is_in_no_list(self, catalogue: Catalogue) -> None:
        """However far the erasing came."""
        self.seed_session(a_session(purging=True))
        self.seed_session(a_session(session_id(1), purging=True, trashed_at=BEGAN))
        self.seed_session(a_session(session_id(2)))
        for opener in (catalogue, self.open()):
            assert _ids(opener.page(SessionQuery())) == [session_id(2)]
            assert _ids(opener.page(SessionQuery(trashed=True))) == []
        assert catalogue.get_session(SESSION)[0].purging

    def test_p7_a_damaged_session_is_named_and_costs_only_itself(self, catalogue: Catalogue) -> None:
        """Until somebody mends it."""
        for n in range(3):
            self.seed_session(a_session(session_id(n), minutes=n))
        self.damage_session(session_id(1))
        for opener in (catalogue, self.open()):
            page = opener.page(SessionQuery())
            assert _ids(page) == [session_id(2), session_id(0)]
            assert [damage.id for damage in page.damaged] == [session_id(1)]
            assert page.damaged[0].reason
        with pytest.raises(DamagedData):
            catalogue.get_session(session_id(1))
        with pytest.raises(DamagedData):
            catalogue.summary(session_id(1))
        self.seed_session(a_session(session_id(1), minutes=1))
        page = catalogue.page(SessionQuery())
        assert (len(page.sessions), page.damaged) == (3, [])

    def test_s8_another_openers_sessions_are_seen_at_once(self) -> None:
        """New, changed, erased."""
        one, other = self.open(), self.open()
        for n in range(6):
            version = one.put_session(a_session(session_id(n), minutes=n), None)
            assert session_id(n) in _ids(other.page(SessionQuery()))
            other.put_session(a_session(session_id(n), minutes=n, name="changed"), version)
            assert one.summary(session_id(n)).name == "changed"
            assert one.page(SessionQuery()).sessions[0].name == "changed"
        other.drop_session(session_id(3))
        assert session_id(3) not in _ids(one.page(SessionQuery()))
        with pytest.raises(NotFound):
            one.get_session(session_id(3))

    # Images

    def test_put_image_creates_only(self, catalogue: Catalogue) -> None:
        """S5: a number is taken once; unknown fields are kept (S2)."""
        self.seed_session(a_session())
        version = catalogue.put_image(an_image(1, directive="first", z=7.5, unknown=[1]), None)
        stored = self.peek_image(SESSION, "img-001")
        assert stored is not None
        assert (stored["directive"], stored["z"], stored["unknown"]) == ("first", 7.5, [1])
        assert catalogue.get_image(SESSION, "img-001")[1] == version
        with pytest.raises(AlreadyExists):
            catalogue.put_image(an_image(1, directive="second"), None)
        assert self.peek_image(SESSION, "img-001") == stored

    def test_s8_put_image_replaces_only_the_version_it_names(self, catalogue: Catalogue) -> None:
        """A stale one changes nothing."""
        self.seed_session(a_session())
        version = catalogue.put_image(an_image(1), None)
        self.seed_image(an_image(1, directive="by hand"))
        with pytest.raises(VersionMismatch):
            catalogue.put_image(an_image(1, directive="stale"), version)
        image, version = catalogue.get_image(SESSION, "img-001")
        assert image.directive == "by hand"
        catalogue.put_image(image.changed(directive="next"), version)
        assert (self.peek_image(SESSION, "img-001") or {})["directive"] == "next"

    def test_images_are_in_order_of_creation_removed_ones_too(self, catalogue: Catalogue) -> None:
        """Also past the number 999."""
        self.seed_session(a_session())
        numbers = [1000, 2, 999, 1, 1001, 10]
        for number in numbers:
            self.seed_image(an_image(number))
        self.seed_image(an_image(3, removals=[Removal(at=BEGAN)]))
        found = catalogue.images(SESSION)
        assert [image.number for image in found.images] == [1, 2, 3, 10, 999, 1000, 1001]
        assert found.damaged == ()

    def test_the_version_of_a_set_changes_with_any_image(self, catalogue: Catalogue) -> None:
        """Saved, changed, edited behind its back, and only then."""
        self.seed_session(a_session())
        seen = {catalogue.images(SESSION).version}
        catalogue.put_image(an_image(1), None)
        seen.add(catalogue.images(SESSION).version)
        image, version = catalogue.get_image(SESSION, "img-001")
        catalogue.put_image(image.changed(x=5.0), version)
        seen.add(catalogue.images(SESSION).version)
        self.seed_image(an_image(1, directive="by hand"))
        seen.add(catalogue.images(SESSION).version)
        assert len(seen) == 4
        assert catalogue.images(SESSION).version in seen

    def test_h7_the_state_of_a_set_is_that_of_its_records(self) -> None:
        """The same for each opener, another after each change, none of which need show in a summary otherwise."""
        one, other = self.open(), self.open()
        self.seed_session(a_session())
        assert one.images(SESSION).state == one.summary(SESSION).images_state == ""
        seen = {""}
        for n, image in enumerate((an_image(1), an_image(2), an_image(1, z=1.0), an_image(1, x=1.0)), 1):
            self.seed_image(image)
            states = {opener.images(SESSION).state for opener in (one, other, self.open())}
            states |= {opener.summary(SESSION).images_state for opener in (one, other, self.open())}
            states |= {opener.page(SessionQuery()).sessions[0].images_state for opener in (one, other)}
            assert len(states) == 1
            seen |= states
            assert len(seen) == n + 1

    def test_s3_an_image_edited_behind_its_back_is_seen_at_the_next_read(self, catalogue: Catalogue) -> None:
        """Alone and in the list, however fast."""
        self.seed_session(a_session())
        for n in range(10):
            self.seed_image(an_image(1, directive=f"words {n}"))
            assert catalogue.get_image(SESSION, "img-001")[0].directive == f"words {n}"
            assert [image.directive for image in catalogue.images(SESSION).images] == [f"words {n}"]

    def test_s8_another_openers_images_are_seen_at_once(self) -> None:
        """In lists and summaries."""
        one, other = self.open(), self.open()
        one.put_session(a_session(), None)
        for n in range(1, 6):
            (one, other)[n % 2].put_image(an_image(n), None)
            for reader in (one, other):
                assert len(reader.images(SESSION).images) == n
                assert reader.summary(SESSION).image_count == n
                assert reader.page(SessionQuery()).sessions[0].image_count == n

    def test_p7_a_damaged_image_is_named_and_costs_only_itself(self, catalogue: Catalogue) -> None:
        """Its number stays taken."""
        self.seed_session(a_session())
        for n in (1, 2, 3):
            self.seed_image(an_image(n))
        self.damage_image(SESSION, "img-003")
        found = catalogue.images(SESSION)
        assert [image.id for image in found.images] == ["img-001", "img-002"]
        assert [damage.id for damage in found.damaged] == ["img-003"]
        with pytest.raises(DamagedData):
            catalogue.get_image(SESSION, "img-003")
        assert catalogue.summary(SESSION).image_count == 2
        assert catalogue.claim(SESSION, None).number == 4

    def test_a_summary_says_what_follows_from_the_images(self, catalogue: Catalogue) -> None:
        """Counts and covers leave out what was removed."""
        self.seed_session(a_session(directives_used=["zero"]))
        for n in range(1, 8):
            self.seed_image(an_image(n, directive=f"line {n % 3}", size=n))
        self.seed_image(an_image(8, removals=[Removal(at=BEGAN + timedelta(days=1))]))
        summary = catalogue.summary(SESSION)
        assert (summary.image_count, summary.total_bytes) == (7, 28)
        assert summary.cover_ids == ["img-007", "img-006", "img-005", "img-004"]
        assert summary.directives_used == ["zero", "line 1", "line 2", "line 0"]
        assert summary.updated_at == summary.removed_since == BEGAN + timedelta(days=1)
        assert (summary.auto_named, summary.name) == (True, "1 Mar 2026 · zero")
        assert catalogue.page(SessionQuery()).sessions == [summary]

    # Numbers and idempotency keys

    def test_s5_claim_hands_out_each_number_once(self, catalogue: Catalogue) -> None:
        """To twenty threads at once, and none that was used."""
        self.seed_session(a_session())
        for number in (1, 2, 41):
            self.seed_image(an_image(number))
        numbers = [claim.number for claim in outcomes([lambda: catalogue.claim(SESSION, None)] * 20)]
        assert len(set(numbers)) == 20
        assert min(numbers) > 41

    def test_s5_saving_through_two_openers_gives_no_number_twice(self) -> None:
        """Every save claims until its record is created."""
        catalogues = [self.open(), self.open()]
        self.seed_session(a_session())

        def save(catalogue: Catalogue, text: str) -> str:
            while True:
                image = an_image(catalogue.claim(SESSION, None).number, directive=text)
                try:
                    catalogue.put_image(image, None)
                except AlreadyExists:
                    continue
                return image.id

        calls = [lambda n=n: save(catalogues[n % 2], str(n)) for n in range(16)]
        ids = together(calls)
        assert len(set(ids)) == 16
        for n, image_id in enumerate(ids):
            assert (self.peek_image(SESSION, image_id) or {})["directive"] == str(n)

    def test_s5_an_erased_images_number_is_not_used_again(self, catalogue: Catalogue) -> None:
        """Its tombstone stays; also for who opens later."""
        self.seed_session(a_session())
        self.seed_image(an_image(1, purged_at=BEGAN))
        assert catalogue.claim(SESSION, None).number == 2
        assert self.open().claim(SESSION, None).number == 2

    def test_p3_a_key_in_use_leads_to_its_image(self, catalogue: Catalogue) -> None:
        """Also for another opener; other keys get a number."""
        self.seed_session(a_session())
        catalogue.put_image(an_image(1, key="k1"), None)
        for opener in (catalogue, self.open()):
            claim = opener.claim(SESSION, "k1")
            assert claim.existing is not None
            assert claim.existing.id == "img-001"
            assert opener.claim(SESSION, "k2").existing is None
            with pytest.raises(KeyTaken) as caught:
                opener.put_image(an_image(2, key="k1"), None)
            assert caught.value.image.id == "img-001"
        assert self.peek_image(SESSION, "img-002") is None

    def test_h6_a_key_belongs_to_its_session(self, catalogue: Catalogue) -> None:
        """The same key elsewhere is another one."""
        for n in (1, 2):
            self.seed_session(a_session(session_id(n)))
            catalogue.put_image(an_image(1, session_id(n), key="same"), None)
        claim = catalogue.claim(session_id(2), "same")
        assert claim.existing is not None
        assert claim.existing.session_id == session_id(2)

    def test_p3_of_fifty_with_one_key_at_once_one_wins(self) -> None:
        """Over two openers, each under a number of its own."""
        catalogues = [self.open(), self.open()]
        self.seed_session(a_session())
        calls = [lambda n=n: catalogues[n % 2].put_image(an_image(n, key="same"), None) for n in range(1, 51)]
        found = outcomes(calls)
        won = [n for n, outcome in enumerate(found, 1) if isinstance(outcome, str)]
        assert len(won) == 1
        taken = [outcome.image.number for outcome in found if isinstance(outcome, KeyTaken)]
        assert taken == won * 49
        stored = [n for n in range(1, 51) if self.peek_image(SESSION, f"img-{n:03d}")]
        assert stored == won

    def test_a_key_whose_save_never_came_to_its_end_is_free(self, catalogue: Catalogue) -> None:
        """The number it meant to use went to another request."""
        self.seed_session(a_session())
        catalogue.put_image(an_image(1, key="other"), None)
        with pytest.raises(AlreadyExists):
            catalogue.put_image(an_image(1, key="mine"), None)
        assert catalogue.claim(SESSION, "mine").existing is None
        catalogue.put_image(an_image(2, key="mine"), None)
        claim = self.open().claim(SESSION, "mine")
        assert claim.existing is not None
        assert claim.existing.id == "img-002"

    # Erasing

    def test_p6_drop_session_erases_all_its_records(self, catalogue: Catalogue) -> None:
        """And no other's; doing it twice is fine."""
        for n in (1, 2):
            self.seed_session(a_session(session_id(n)))
            catalogue.put_image(an_image(1, session_id(n), key="k"), None)
        for _ in range(2):
            catalogue.drop_session(session_id(1))
            assert self.peek_session(session_id(1)) is None
            assert self.peek_image(session_id(1), "img-001") is None
            assert _ids(catalogue.page(SessionQuery())) == [session_id(2)]
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


def _ids(page: SessionPage) -> list[str]:
    return [summary.id for summary in page.sessions]
