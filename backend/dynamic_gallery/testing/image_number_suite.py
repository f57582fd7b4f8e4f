"""What every Catalogue promises of image numbers and idempotency keys (SPEC S5, P3)."""

# ruff: noqa: S101

from __future__ import annotations

import pytest

from ..errors import AlreadyExists
from ..storage.base import Catalogue, KeyTaken
from .catalogue_medium import CatalogueMedium
from .records import BEGAN, SESSION, a_session, an_image, session_id
from .together import outcomes, together


class ImageNumberSuite(CatalogueMedium):
    """Numbers and idempotency keys."""

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
