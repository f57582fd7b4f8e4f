"""Compares answers with what openapi.json says about them."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from httpx2 import Response
from jsonschema_rs import Draft202012Validator

EVERYWHERE = {
    *("date", "content-length", "content-type", "x-request-id", "x-content-type-options", "x-frame-options"),
    *("content-security-policy", "cross-origin-resource-policy", "referrer-policy", "permissions-policy"),
}
"""Headers of HTTP itself, and those that keep browsers safe: no client has to look at them."""

DOCUMENT = Path(__file__).parents[3] / "openapi.json"


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document as it is kept in the repository."""
    loaded: dict[str, Any] = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    return loaded


@cache
def _templates() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), path) for path in document()["paths"]]


@cache
def _validator(schema: str) -> Draft202012Validator:
    whole = {**json.loads(schema), "components": document()["components"]}
    return Draft202012Validator(whole, validate_formats=True)


def check_answer(method: str, path: str, response: Response) -> None:
    """Fail unless the document describes this answer: its status, its headers, its media type, every field."""
    template = next(template for pattern, template in _templates() if pattern.fullmatch(path))
    operations = document()["paths"][template]
    if method == "HEAD" or method.lower() not in operations:
        return
    described = operations[method.lower()]["responses"]
    status = str(response.status_code)
    found = described.get(status) or described.get(f"{status[0]}XX")
    assert found is not None, f"{method} {template} does not say that it answers {status}"
    declared = EVERYWHERE | {name.lower() for name in found.get("headers", {})}
    unknown = set(response.headers) - declared
    assert not unknown, f"{method} {template}: {status} does not say that it sends {unknown}"
    media_type = response.headers.get("content-type", "").partition(";")[0]
    content = found.get("content")
    if not content:
        assert response.content == b"", f"{method} {template}: {status} should have no body"
        return
    assert media_type in content, f"{method} {template}: {status} is {media_type}, not {list(content)}"
    schema = content[media_type].get("schema")
    if schema and media_type.endswith("json"):
        trouble = [f"{list(one.instance_path)}: {one.message}" for one in _errors(schema, response)]
        assert not trouble, f"{method} {template} {status}: {trouble}"


def _errors(schema: dict[str, Any], response: Response) -> list[Any]:
    return list(_validator(json.dumps(schema)).iter_errors(response.json()))
