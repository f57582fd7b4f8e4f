"""What every Catalogue promises of the records of images."""

# ruff: noqa: S101

from __future__ import annotations

from datetime import timedelta

import pytest

from ..errors import AlreadyExists, DamagedData, VersionMismatch
from ..models import Removal
from ..storage.base import Catalogue, SessionQuery
from .catalogue_medium import CatalogueMedium
from .records import BEGAN, SESSION, a_session, an_image


class ImageRecordSuite(CatalogueMedium):
    """The records of images."""

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
