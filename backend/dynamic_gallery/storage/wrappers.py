"""Blob stores around another one that make it slow, or fail on demand: for tests of everything above them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import TypeVar

from .base import Blob, BlobStat, BlobStore, Listing

Step = Callable[[str, str], None]
_Result = TypeVar("_Result")


class SteppedBlobs(BlobStore):
    """Calls `before(operation, key)` and `after(operation, key)` around each operation of `inner`.

    What `before` raises keeps the operation from happening; what `after` raises hides that it did.
    """

    def __init__(self, inner: BlobStore, before: Step | None = None, after: Step | None = None) -> None:
        self.inner = inner
        self.location = inner.location
        self._before = before or _nothing
        self._after = after or _nothing

    def _step(self, operation: str, key: str, run: Callable[[], _Result]) -> _Result:
        self._before(operation, key)
        result = run()
        self._after(operation, key)
        return result

    def put(self, key: str, data: bytes, *, if_match: str | None = None, sha256: str | None = None) -> str:
        """See BlobStore."""
        return self._step("put", key, lambda: self.inner.put(key, data, if_match=if_match, sha256=sha256))

    def load(self, key: str) -> Blob:
        """See BlobStore."""
        return self._step("load", key, lambda: self.inner.load(key))

    def read(self, key: str, start: int = 0, stop: int | None = None) -> bytes:
        """See BlobStore."""
        return self._step("read", key, lambda: self.inner.read(key, start, stop))

    def head(self, key: str) -> BlobStat:
        """See BlobStore."""
        return self._step("head", key, lambda: self.inner.head(key))

    def list(self, folder: str, *, suffix: str = "", marks: bool = True) -> Listing:
        """See BlobStore."""
        return self._step("list", folder, lambda: self.inner.list(folder, suffix=suffix, marks=marks))

    def delete(self, key: str) -> None:
        """See BlobStore."""
        return self._step("delete", key, lambda: self.inner.delete(key))

    def lock(self, folder: str) -> AbstractContextManager[None]:
        """See BlobStore."""
        return self._step("lock", folder, lambda: self.inner.lock(folder))

    def leftovers(self, folder: str, *, older_than: float, sweep: bool) -> Sequence[str]:
        """See BlobStore."""
        return self.inner.leftovers(folder, older_than=older_than, sweep=sweep)

    def close(self) -> None:
        """See BlobStore."""
        self.inner.close()


class SlowBlobs(SteppedBlobs):
    """Waits `seconds` before each operation, as a medium far away does."""

    def __init__(self, inner: BlobStore, seconds: float) -> None:
        super().__init__(inner, before=lambda _operation, _key: time.sleep(seconds))


class FailingBlobs(SteppedBlobs):
    """Raises `error` at operation number `fail_at` (from 0, of those that `counts`), or from then on if `forever`.

    With `after=True` the operation happens first: the caller hears of a failure although it is done.
    """

    def __init__(
        self,
        inner: BlobStore,
        error: BaseException,
        *,
        fail_at: int | None = 0,
        after: bool = False,
        forever: bool = False,
        counts: Callable[[str, str], bool] = lambda _operation, _key: True,
    ) -> None:
        super().__init__(inner, **{"after" if after else "before": self._maybe_fail})
        self.fail_at = fail_at
        self.steps: list[tuple[str, str]] = []
        self._error = error
        self._forever = forever
        self._counts = counts

    def _maybe_fail(self, operation: str, key: str) -> None:
        if not self._counts(operation, key):
            return
        self.steps.append((operation, key))
        place = len(self.steps) - 1
        if self.fail_at is not None and (place == self.fail_at or (self._forever and place > self.fail_at)):
            raise self._error


def _nothing(_operation: str, _key: str) -> None:
    return
