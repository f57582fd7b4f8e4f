"""Under which URL path a router answers."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import Request

_IN_PATH = "/:@!$&'()*+,;="


def base_of(request: Request, path: str) -> str:
    """The URL path under which the router answers that `path` was reached by, wherever it is included or mounted.

    Quoted, because a host's prefix may hold a parameter, and with it any character.
    """
    return quote(request.scope["path"].rpartition(path)[0], safe=_IN_PATH)
