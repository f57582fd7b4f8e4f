"""What every Catalogue promises of the idempotency keys that begin sessions; a part of CatalogueSuite."""

# ruff: noqa: S101

from __future__ import annotations

import pytest

from ..errors import AlreadyExists, Erased
from ..models import GallerySession, IdempotencyMark, SessionClaim
from .catalogue_medium import CatalogueMedium
from .records import BEGAN, SESSION, a_session, session_id
from .together import outcomes, together


class SessionKeySuite(CatalogueMedium):
    """The part of the contract that speaks of `claim_session`."""

    def test_h18_a_key_stays_bound_to_the_first_id(self) -> None:
        """Also for another opener, made or not; with all that the first request said."""
        one, other = self.open(), self.open()
        first = wanted(1)
        assert one.claim_session("key", first) == first
        for opener in (one, other, self.open()):
            assert opener.claim_session("key", wanted(2)) == first
        one.put_session(begun(1, "key"), None)
        assert other.claim_session("key", wanted(3)) == first
        assert other.claim_session("another", wanted(3)) == wanted(3)

    def test_h18_of_fifty_claims_at_once_one_wins(self) -> None:
        """Over two openers."""
        catalogues = [self.open(), self.open()]
        calls = [lambda n=n: catalogues[n % 2].claim_session("key", wanted(n)) for n in range(50)]
        assert len({claim.session_id for claim in together(calls)}) == 1

    def test_h18_an_id_that_is_a_sessions_already_is_not_bound(self) -> None:
        """The key is still free."""
        catalogue = self.open()
        catalogue.put_session(a_session(session_id(1)), None)
        with pytest.raises(AlreadyExists):
            catalogue.claim_session("key", wanted(1))
        assert catalogue.claim_session("key", wanted(2)) == wanted(2)

    def test_h18_a_dropped_sessions_key_makes_it_no_more(self) -> None:
        """Also when it was read before the drop, and for who opens later."""
        one, other = self.open(), self.open()
        one.claim_session("key", wanted(1))
        version = one.put_session(begun(1, "key"), None)
        one.put_session(begun(1, "key").changed(name="renamed"), version)
        other.drop_session(session_id(1))
        for opener in (one, other, self.open()):
            with pytest.raises(Erased):
                opener.put_session(begun(1, "key"), None)
            held = opener.claim_session("key", wanted(2))
            assert (held.session_id, held.erased_at is None) == (session_id(1), False)
        other.drop_session(session_id(1))
        assert one.claim_session("other", wanted(2)).erased_at is None

    def test_h18_a_drop_and_those_who_try_again_leave_nothing(self) -> None:
        """In whatever order they come."""
        one, other = self.open(), self.open()
        one.claim_session("key", wanted(1))
        one.put_session(begun(1, "key"), None)
        found = outcomes(
            [lambda: one.drop_session(session_id(1))] + [lambda: other.put_session(begun(1, "key"), None)] * 8
        )
        assert all(isinstance(outcome, AlreadyExists | Erased) for outcome in found[1:])
        with pytest.raises(Erased):
            other.put_session(begun(1, "key"), None)

    def test_a_session_without_a_key_may_be_dropped_and_put_again(self) -> None:
        """As by somebody who brings it back from a copy."""
        catalogue = self.open()
        catalogue.put_session(a_session(), None)
        catalogue.drop_session(SESSION)
        catalogue.put_session(a_session(), None)


def wanted(number: int) -> SessionClaim:
    """What a request for a session asks for."""
    return SessionClaim(session_id=session_id(number), request_sha256=f"{number:064d}", created_at=BEGAN)


def begun(number: int, key: str) -> GallerySession:
    """The record of the session that it makes."""
    mark = IdempotencyMark(key=key, request_sha256=f"{number:064d}")
    return a_session(session_id(number), idempotency=mark)
