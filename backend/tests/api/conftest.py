"""A gallery for each test, and one for each module where tests leave no trace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .gallery import Gallery, running


@pytest.fixture
def gallery(tmp_path: Path) -> Iterator[Gallery]:
    with running(tmp_path / "gallery") as started:
        yield started


@pytest.fixture(scope="module")
def shared_gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gallery]:
    """One for all tests of a module; each must leave it as it was."""
    with running(tmp_path_factory.mktemp("shared") / "gallery") as started:
        yield started
