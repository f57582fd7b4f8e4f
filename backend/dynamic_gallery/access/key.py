"""The access key: comparing it, the signed cookie that stands for it, and a limit on failed tries."""

from __future__ import annotations

import hashlib
import hmac
import math
import time
from collections import deque
from collections.abc import Callable

from itsdangerous import BadSignature, URLSafeTimedSerializer

COOKIE = "dynamic_gallery_access"
COOKIE_MAX_AGE_S = 30 * 24 * 3600
_COOKIE_PREFIX = COOKIE.encode("ascii") + b"="
_SALT = "dynamic-gallery sign-in cookie"
_REMEMBERED_COOKIES = 256


class AccessKey:
    """One key. A cookie is signed with a secret derived from it, so that a new key ends all sign-ins."""

    def __init__(self, key: str) -> None:
        self._key = hashlib.sha256(key.encode()).digest()
        # Slow on purpose: a stolen cookie must not make it cheap to guess the key at home.
        secret = hashlib.scrypt(key.encode(), salt=_SALT.encode(), n=2**14, r=8, p=1)
        self._serializer = URLSafeTimedSerializer(
            secret, salt=_SALT, signer_kwargs={"digest_method": hashlib.sha256}
        )
        self._good: dict[bytes, float] = {}

    def matches(self, candidate: bytes) -> bool:
        """Whether `candidate` is the key; takes equally long however much of it is right."""
        return hmac.compare_digest(hashlib.sha256(candidate).digest(), self._key)

    def new_cookie(self) -> str:
        """A cookie value that is good for COOKIE_MAX_AGE_S seconds, as long as the key stays the same."""
        value = self._serializer.dumps("signed in")
        return value if isinstance(value, str) else value.decode("ascii")

    def accepts_cookie(self, value: bytes) -> bool:
        """Whether `value` was made by `new_cookie` and is still good."""
        until = self._good.get(value)
        if until is not None:
            return time.time() < until
        try:
            _, signed_at = self._serializer.loads(value, max_age=COOKIE_MAX_AGE_S, return_timestamp=True)
        except BadSignature:
            return False
        if len(self._good) >= _REMEMBERED_COOKIES:
            self._good.clear()
        self._good[value] = signed_at.timestamp() + COOKIE_MAX_AGE_S
        return True


def cookie_in(header: bytes) -> bytes | None:
    """The sign-in cookie's value in a Cookie header."""
    for part in header.split(b";"):
        stripped = part.strip()
        if stripped.startswith(_COOKIE_PREFIX):
            return stripped[len(_COOKIE_PREFIX) :]
    return None


class FailedTries:
    """At most `allowed` wrong keys in `window_s` seconds from one address; right ones must wait then, too."""

    def __init__(
        self, allowed: int = 10, window_s: float = 60.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._allowed = allowed
        self._window_s = window_s
        self._clock = clock
        self._failures: dict[str, deque[float]] = {}

    def wait_s(self, address: str) -> int:
        """Whole seconds until `address` may try again; 0 when it may now."""
        failures = self._recent(address)
        if len(failures) < self._allowed:
            return 0
        return max(1, math.ceil(failures[0] + self._window_s - self._clock()))

    def failed(self, address: str) -> None:
        """Note one wrong key."""
        if address not in self._failures and len(self._failures) >= 1_000:
            self._forget_old()
        self._failures.setdefault(address, deque(maxlen=self._allowed)).append(self._clock())

    def _recent(self, address: str) -> deque[float]:
        failures = self._failures.get(address, deque())
        while failures and failures[0] <= self._clock() - self._window_s:
            failures.popleft()
        return failures

    def _forget_old(self) -> None:
        self._failures = {name: left for name in list(self._failures) if (left := self._recent(name))}
