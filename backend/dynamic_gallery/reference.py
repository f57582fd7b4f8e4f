"""The API reference at `/docs`, written from the OpenAPI document: readable offline, without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

_METHODS = ("get", "post", "put", "patch", "delete")
_REF = "#/components/schemas/"

Json = Mapping[str, Any]


def reference_html(document: Json, openapi_url: str) -> str:
    """The body of a page that lists every operation of an OpenAPI document."""
    schemas: Json = document.get("components", {}).get("schemas", {})
    info = document["info"]
    parts = [f"<h1>{escape(info['title'])} {escape(info['version'])}</h1>", _intro(info, openapi_url)]
    for tag, operations in _by_tag(document).items():
        parts.append(f"<h2>{escape(tag)}</h2>")
        parts.extend(_operation(method, path, operation, schemas) for method, path, operation in operations)
    return "\n".join(parts)


def _intro(info: Json, openapi_url: str) -> str:
    link = f'<a href="{escape(openapi_url)}">OpenAPI document</a>'
    return f"<p>{escape(info.get('description', ''))} For tools there is the {link}.</p>"


def _by_tag(document: Json) -> dict[str, list[tuple[str, str, Json]]]:
    groups: dict[str, list[tuple[str, str, Json]]] = {}
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                tag = (item[method].get("tags") or ["more"])[0]
                groups.setdefault(tag, []).append((method, path, item[method]))
    return groups


def _operation(method: str, path: str, operation: Json, schemas: Json) -> str:
    title = f"<code>{method.upper()} {escape(path)}</code> {escape(operation.get('summary', ''))}"
    parts = [f"<details><summary>{title}</summary>"]
    if operation.get("description"):
        parts.append(f"<p>{escape(operation['description'])}</p>")
    parts.extend(_parameters(operation))
    for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
        parts.append(f"<p>Send <code>{escape(media_type)}</code>:</p>")
        parts.extend(_fields(content.get("schema", {}), schemas))
    parts.extend(_answers(operation, schemas))
    return "".join(parts) + "</details>"


def _parameters(operation: Json) -> Iterator[str]:
    rows = [
        _row(f"{one['name']} ({one['in']})", _type(one.get("schema", {})), one.get("description", ""))
        for one in operation.get("parameters", [])
    ]
    if rows:
        yield "<table>" + "".join(rows) + "</table>"


def _answers(operation: Json, schemas: Json) -> Iterator[str]:
    for status, answer in operation.get("responses", {}).items():
        yield f"<p><strong>{escape(status)}</strong> {escape(answer.get('description', ''))}</p>"
        if not status.startswith("2"):
            continue
        for content in answer.get("content", {}).values():
            yield from _fields(content.get("schema", {}), schemas)


def _fields(schema: Json, schemas: Json) -> Iterator[str]:
    resolved = schemas.get(schema.get("$ref", "").removeprefix(_REF), schema)
    properties: Json = resolved.get("properties", {})
    if properties:
        rows = (_row(name, _type(one), one.get("description", "")) for name, one in properties.items())
        yield "<table>" + "".join(rows) + "</table>"


def _row(name: str, kind: str, description: str) -> str:
    return (
        f"<tr><th><code>{escape(name)}</code></th><td>{escape(kind)}</td><td>{escape(description)}</td></tr>"
    )


def _type(schema: Json) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(_REF)
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(str(one) for one in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    return str(schema.get("type", "anything"))
