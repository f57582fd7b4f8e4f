"""The medium under a catalogue, for the suites of tests: opened, and reached by a back door.

The back door (`seed_…`, `peek_…`, `damage_…`) reaches the medium itself, so that an adapter is
never judged by its own word.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

import pytest

from ..models import GalleryImage, GallerySession
from ..storage.base import Catalogue


class CatalogueMedium(ABC):
    """The contract of one medium; `open` may be called often, each time for another opener of the same one."""

    @abstractmethod
    def open(self) -> Catalogue:
        """Another opener of this test's medium, which begins empty."""

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
