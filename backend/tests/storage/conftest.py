"""The suites' asserts show what they compared, as those of test files do."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite(
    "dynamic_gallery.testing.blob_store_suite", "dynamic_gallery.testing.catalogue_suite"
)
