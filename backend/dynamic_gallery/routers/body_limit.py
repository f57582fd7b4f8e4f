"""How much of a request's body is taken in before anything looks at it.

The framework gathers a body whole and parses it on the event loop, where every other request waits for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import Message, Receive

from dynamic_gallery.errors import TooLarge

MEBIBYTE = 1024 * 1024
SESSION_BYTES = 16 * MEBIBYTE
"""Room for every session that is valid and written in UTF-8 of Latin letters: 5,000 directives of 2,000."""
GENERATION_BYTES = 2 * MEBIBYTE
DRAINED = 4
"""How many times the limit is still read, and thrown away, so that the client hears why it is refused."""

_LIMIT = "__gallery_body_limit__"
_Endpoint = TypeVar("_Endpoint", bound=Callable[..., Any])


def body_limit(most: int | None) -> Callable[[_Endpoint], _Endpoint]:
    """Let an endpoint's body have `most` bytes instead of a mebibyte; None where it bounds its body itself."""

    def mark(endpoint: _Endpoint) -> _Endpoint:
        setattr(endpoint, _LIMIT, most)
        return endpoint

    return mark


def limit_of(endpoint: Callable[..., Any]) -> int | None:
    """The bytes that an endpoint's body may have."""
    most: int | None = getattr(endpoint, _LIMIT, MEBIBYTE)
    return most


def declared_beyond(headers: Headers, most: int) -> bool:
    """Whether a body says of itself that it is too large even to be read and thrown away."""
    declared = headers.get("content-length", "")
    return declared.isascii() and declared.isdigit() and int(declared[:20]) > most * DRAINED


def bounded(request: Request, most: int) -> Request:
    """The same request; reading more than `most` bytes of its body raises TooLarge."""
    return Request(request.scope, _bounded(request.receive, request.headers, most))


def _bounded(receive: Receive, headers: Headers, most: int) -> Receive:
    size = 0

    async def receive_bounded() -> Message:
        nonlocal size
        if declared_beyond(headers, most):
            raise _too_large(most)
        message = await receive()
        size += len(message.get("body", b""))
        while most < size <= most * DRAINED and message.get("more_body"):
            message = await receive()
            size += len(message.get("body", b""))
        if size > most and message["type"] == "http.request":
            raise _too_large(most)
        return message

    return receive_bounded


def _too_large(most: int) -> TooLarge:
    return TooLarge(f"The request is larger than {most // MEBIBYTE} MiB; send less at once.")
