"""The suites' asserts show what they compared, as those of test files do."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite(
    *(
        f"dynamic_gallery.testing.{name}_suite"
        for name in ("blob_store", "catalogue", "image_number", "image_record", "session_key", "session_page")
    )
)
