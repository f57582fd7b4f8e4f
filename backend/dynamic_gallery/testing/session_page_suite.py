"""What every Catalogue promises of its lists of sessions (SPEC H11, H12)."""

# ruff: noqa: S101

from __future__ import annotations

from datetime import timedelta

import pytest

from ..errors import DamagedData, InvalidInput, NotFound
from ..storage.base import Catalogue, SessionPage, SessionQuery, Sort
from .catalogue_medium import CatalogueMedium
from .records import BEGAN, SESSION, a_session, an_image, session_id


class SessionPageSuite(CatalogueMedium):
    """The lists of sessions."""

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


def _ids(page: SessionPage) -> list[str]:
    return [summary.id for summary in page.sessions]
