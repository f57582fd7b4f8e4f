"""Conditional requests: ETags, If-Match, If-None-Match, If-Range and Range (RFC 9110, sections 13 and 14)."""

from __future__ import annotations

import re
from collections.abc import Mapping

_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"')
_RANGE = re.compile(r"bytes\s*=\s*([0-9]*)\s*-\s*([0-9]*)", re.IGNORECASE)


def session_etag(version: str, content_hash: str) -> str:
    """A strong ETag: the first part is the record's version, the second changes with the images as well."""
    return f'"{version}-{content_hash}"'


def expected_tags(if_match: str | None) -> frozenset[str] | None:
    """The strong tags, without their quotes, that If-Match allows, or None for any."""
    if if_match is None or if_match.strip() == "*":
        return None
    return frozenset(tag for weak, tag in _TAG.findall(if_match) if not weak)


def expected_versions(if_match: str | None) -> frozenset[str] | None:
    """The record versions that a session's If-Match allows, or None for any.

    Only the record's part of a session's ETag counts: a picture saved meanwhile changes what is shown
    of the session, but nothing that a change of its fields could overwrite.
    """
    tags = expected_tags(if_match)
    return None if tags is None else frozenset(tag.partition("-")[0] for tag in tags)


def not_modified(headers: Mapping[str, str], etag: str) -> bool:
    """Whether the client has exactly this already."""
    known = headers.get("if-none-match")
    if known is None:
        return False
    if known == etag or known.strip() == "*":
        return True
    return any(f'"{tag}"' == etag for _, tag in _TAG.findall(known))


def wanted_range(headers: Mapping[str, str], etag: str, size: int) -> tuple[int, int] | None:
    """The bytes asked for, from start to before stop, or None for all of them.

    A range that cannot be met is answered as `(size, size)`. What is no single byte range, or belongs to another
    version (If-Range), is left out of account, as the standard allows.
    """
    asked = headers.get("range")
    if asked is None or headers.get("if-range", etag) != etag:
        return None
    found = _RANGE.fullmatch(asked.strip())
    if found is None or found.groups() == ("", ""):
        return None
    first, last = (text[:20] for text in found.groups())
    if not first:
        length = min(int(last), size)
        return (size - length, size) if length else (size, size)
    if last and int(last) < int(first):
        return None
    start, stop = int(first), min(int(last) + 1, size) if last else size
    return (start, stop) if start < stop else (size, size)
