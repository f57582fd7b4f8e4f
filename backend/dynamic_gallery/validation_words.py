"""What is wrong with a request, field by field, in plain words.

Input is never repeated beyond a field's own name, and that one is cut to a bounded length, so that an
answer stays small and readable whatever was sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

MAX_FIELDS = 20
MAX_NAME = 100
MAX_TEXT = 1_000

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_SOURCES = frozenset({"body", "query", "path", "header", "cookie"})

_PREDICATES: Mapping[str, str] = {
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "bytes_too_large": "is too large",
    "date_from_datetime_parsing": "must be a date such as 2024-12-06",
    "datetime_from_date_parsing": "must be a date and time such as 2024-12-06T10:00:00Z",
    "datetime_parsing": "must be a date and time such as 2024-12-06T10:00:00Z",
    "datetime_type": "must be a date and time such as 2024-12-06T10:00:00Z",
    "dict_type": "must be a JSON object",
    "enum": "must be one of {expected}",
    "extra_forbidden": "is not a field of this request",
    "finite_number": "must be a finite number",
    "float_parsing": "must be a number",
    "float_type": "must be a number",
    "greater_than": "must be greater than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "int_from_float": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_parsing_size": "must be a whole number with fewer digits",
    "int_type": "must be a whole number",
    "json_invalid": "is not valid JSON ({error})",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be at most {le}",
    "list_type": "must be a list",
    "literal_error": "must be one of {expected}",
    "missing": "is required",
    "model_attributes_type": "must be a JSON object",
    "model_type": "must be a JSON object",
    "multiple_of": "must be a multiple of {multiple_of}",
    "none_required": "must be null",
    "recursion_loop": "refers to itself",
    "string_pattern_mismatch": "must match the pattern {pattern}",
    "string_too_long": "must have at most {max_length} characters",
    "string_too_short": "must have at least {min_length} characters",
    "string_type": "must be text",
    "string_unicode": "must be valid Unicode text",
    "too_long": "must have at most {max_length} entries",
    "too_short": "must have at least {min_length} entries",
}


class FieldTrouble(NamedTuple):
    """One field and what it must be; `predicate` continues a sentence that starts with the field."""

    field: str
    predicate: str


def printable(text: str, limit: int = MAX_TEXT) -> str:
    """`text` without lone surrogates, control and direction characters, cut to `limit` characters."""
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    if cut.isprintable():
        return cut
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", cut)


def field_name(location: Sequence[str | int]) -> str:
    """A pydantic location as a reader writes it: `saved_products[2]`; "" for the body as a whole."""
    parts = list(location)
    if parts and parts[0] in _SOURCES:
        del parts[0]
    name = ""
    for part in parts:
        if isinstance(part, int):
            name += f"[{part}]"
        else:
            name += f".{part}" if name else part
    return printable(name, MAX_NAME)


def describe(errors: Iterable[Mapping[str, Any]]) -> list[FieldTrouble]:
    """The first MAX_FIELDS of pydantic's or FastAPI's error dictionaries, in words."""
    troubles: list[FieldTrouble] = []
    for error in errors:
        if len(troubles) == MAX_FIELDS:
            break
        is_json = error["type"] == "json_invalid"  # its location ends with a byte position, not with a field
        name = "" if is_json else field_name(error["loc"])
        troubles.append(FieldTrouble(name, printable(_predicate(error))))
    return troubles


def sentence(troubles: Sequence[FieldTrouble]) -> str:
    """All of `troubles` as one sentence for people."""
    clauses = [f"{_subject(trouble.field)} {trouble.predicate}" for trouble in troubles]
    text = "; ".join(clauses) or "The request is not valid"
    return printable(text[0].upper() + text[1:]) + "."


def _subject(field: str) -> str:
    return f"“{field}”" if field else "the request body"


def _predicate(error: Mapping[str, Any]) -> str:
    context = error.get("ctx") or {}
    if error["type"] in {"value_error", "assertion_error"}:
        return str(context.get("error") or error["msg"]).strip().rstrip(".")
    template = _PREDICATES.get(error["type"])
    if template is None:
        return _own_words(str(error["msg"]))
    try:
        return template.format_map(context)
    except KeyError:
        return _own_words(str(error["msg"]))


def _own_words(message: str) -> str:
    if message.startswith("Input should "):
        return "must " + message.removeprefix("Input should ")
    return f"is not acceptable ({message})"
