"""Sessions in order, filtered and cut into pages. Pure: no I/O."""

from __future__ import annotations

import base64
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass

import orjson

from ..errors import InvalidInput
from ..summaries import SessionSummary, folded
from .base import Damage, SessionPage, SessionQuery, Sort

Key = tuple[int | str, str]

_KEYS: dict[Sort, Callable[[SessionSummary], Key]] = {
    # Nothing happens to a session in the trash but that it was put there.
    "activity": lambda summary: (
        -int((summary.trashed_at or summary.updated_at).timestamp() * 1000),
        summary.id,
    ),
    "created": lambda summary: (-int(summary.created_at.timestamp() * 1000), summary.id),
    "name": lambda summary: (summary.name.casefold(), summary.id),
}


@dataclass(frozen=True, slots=True)
class _Ordered:
    keys: list[Key]
    summaries: list[SessionSummary]


class SessionOrder:
    """Keeps each order once it was asked for, and takes changes in at their place."""

    def __init__(self) -> None:
        self._summaries: dict[str, SessionSummary] = {}
        self._texts: dict[str, str] = {}
        self._damaged: dict[str, Damage] = {}
        self._ordered: dict[tuple[Sort, bool], _Ordered] = {}

    def put(self, found: SessionSummary | Damage) -> None:
        """Take in a session's latest summary, or that it is damaged."""
        self.drop(found.id)
        if isinstance(found, Damage):
            self._damaged[found.id] = found
            return
        self._summaries[found.id] = found
        for (sort, trashed), ordered in self._ordered.items():
            if (found.trashed_at is not None) == trashed:
                key = _KEYS[sort](found)
                place = bisect_left(ordered.keys, key)
                ordered.keys.insert(place, key)
                ordered.summaries.insert(place, found)

    def drop(self, session_id: str) -> None:
        """Forget a session."""
        self._damaged.pop(session_id, None)
        self._texts.pop(session_id, None)
        before = self._summaries.pop(session_id, None)
        if before is None:
            return
        for (sort, trashed), ordered in self._ordered.items():
            if (before.trashed_at is not None) == trashed:
                place = bisect_left(ordered.keys, _KEYS[sort](before))
                del ordered.keys[place], ordered.summaries[place]

    def page(self, query: SessionQuery) -> SessionPage:
        """See Catalogue.page."""
        ordered = self._in_order(query.sort, query.trashed)
        if query.q:
            ordered = self._filtered(ordered, query)
        start = bisect_right(ordered.keys, decode_cursor(query.after, query.sort)) if query.after else 0
        stop = start + query.limit
        more = stop < len(ordered.keys)
        return SessionPage(
            sessions=ordered.summaries[start:stop],
            next_cursor=encode_cursor(query.sort, ordered.keys[stop - 1]) if more else None,
            total=len(ordered.keys),
            damaged=sorted(self._damaged.values(), key=lambda damage: damage.id),
        )

    def _in_order(self, sort: Sort, trashed: bool) -> _Ordered:
        ordered = self._ordered.get((sort, trashed))
        if ordered is None:
            chosen = [one for one in self._summaries.values() if (one.trashed_at is not None) == trashed]
            chosen.sort(key=_KEYS[sort])
            ordered = _Ordered([_KEYS[sort](one) for one in chosen], chosen)
            self._ordered[sort, trashed] = ordered
        return ordered

    def _filtered(self, ordered: _Ordered, query: SessionQuery) -> _Ordered:
        names = {product: folded(name) for product, name in query.product_names.items()}
        found = list(zip(ordered.keys, ordered.summaries, strict=True))
        for word in folded(query.q).split():
            products = {product for product, name in names.items() if word in name}
            found = [pair for pair in found if self._tells(pair[1], word, products)]
        return _Ordered([key for key, _ in found], [summary for _, summary in found])

    def _tells(self, summary: SessionSummary, word: str, products: set[str]) -> bool:
        return word in self._text(summary) or not products.isdisjoint(summary.saved_products)

    def _text(self, summary: SessionSummary) -> str:
        text = self._texts.get(summary.id)
        if text is None:
            text = self._texts[summary.id] = summary.search_text()
        return text


def encode_cursor(sort: Sort, key: Key) -> str:
    """Where a page ended, as an opaque word for a URL."""
    return base64.urlsafe_b64encode(orjson.dumps([sort, *key])).decode().rstrip("=")


def decode_cursor(cursor: str, sort: Sort) -> Key:
    """Where the next page begins; raises InvalidInput for a cursor not made here, or for another order."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        made_for, place, session_id = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, TypeError):
        made_for, place, session_id = None, None, None
    right_type = str if sort == "name" else int
    if made_for != sort or type(place) is not right_type or type(session_id) is not str:
        raise InvalidInput(
            "This cursor does not belong to this list; take next_cursor from the page before, unchanged."
        )
    return place, session_id
