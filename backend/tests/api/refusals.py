"""What every refused request has in common: a problem that helps, and nothing changed in storage."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from httpx2 import Response

from .gallery import PROBLEM, Gallery

JSON = {"content-type": "application/json"}


class Bad(NamedTuple):
    """A request's body and headers, the status it must get, and what the sentence must speak of."""

    status: int
    says: str
    body: bytes = b""
    headers: dict[str, str] = JSON


def bad(status: int, says: str, **fields: Any) -> Bad:
    """A JSON body that Python's own encoder can write (NaN and lone surrogates included)."""
    return Bad(status, says, json.dumps(fields).encode())


def refused(gallery: Gallery, method: str, path: str, case: Bad) -> Response:
    """Send it; check the status, the problem, that nothing changed, and that the list still loads."""
    before = gallery.stored()
    response = gallery.call(method, path, content=case.body, headers=case.headers)
    check_problem(response, case.status, case.says)
    assert gallery.stored() == before
    assert gallery.get("/sessions")["damaged"] == []
    return response


def check_problem(response: Response, status: int, says: str = "") -> None:
    """H1: a problem document whose detail is a sentence that speaks of `says`."""
    assert response.status_code == status, response.text[:500]
    assert response.headers["content-type"] == PROBLEM
    problem = response.json()
    assert problem["status"] == status
    assert problem["title"]
    detail = problem["detail"]
    assert says.lower() in detail.lower(), detail
    assert 15 < len(detail) < 1_100
    assert detail[0].isupper() or not detail[0].isalpha() or detail.startswith(("image_", "width", "gal-"))
    assert detail.rstrip().endswith("."), detail
