"""Reading a directive: which place, light, weather and mood its words ask for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from dynamic_gallery.generators.sketch import vocabulary

MAX_WORDS = 4_000
_Entries = dict[str, list[tuple[list[str], str]]]
_WORD = re.compile(r"[a-z]+")
_EXACT = {
    "evening": "evening", "evenings": "evening", "morning": "morning", "mornings": "morning", "string": "string",
    "ceiling": "ceiling", "building": "building", "clothing": "clothing", "during": "during", "clearing": "clearing",
    "crossing": "crossing", "poppies": "poppy", "poppy": "poppy", "moored": "moored", "watches": "watch", "glasses": "glass",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a text; None where it says nothing. `colour` is "#rrggbb"."""

    place: str | None = None
    light: str | None = None
    weather: str | None = None
    mood: str | None = None
    colour: str | None = None


def read_words(text: str) -> Reading:
    """Find place, light, weather, mood and colour in a text; what is named most wins, then what comes first."""
    words = tokens(text)
    stems = [stem(word) for word in words]
    heard = [not _negated(words, start) for start in range(len(words))]
    free = [True] * len(words)
    _take_phrases(stems, free, _entries("IGNORED"))
    uncoloured = free.copy()  # the blue of a blue hour is no colour that somebody asked for
    for kind in ("PLACES", "LIGHTS", "WEATHERS"):
        _take_phrases(stems, uncoloured, _entries(kind))
    return Reading(
        place=_most_named(stems, free, heard, _entries("PLACES")),
        light=_most_named(stems, free, heard, _entries("LIGHTS")),
        weather=_most_named(stems, free, heard, _entries("WEATHERS")),
        mood=_most_named(stems, free, heard, _entries("MOODS")),
        colour=_most_named(stems, uncoloured, heard, _entries("COLOURS")),
    )


def tokens(text: str) -> list[str]:
    """Words of a text in small letters without accents, at most 4,000 of them."""
    plain = unicodedata.normalize("NFKD", text[: MAX_WORDS * 12].replace("ß", "ss").casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char)).replace("'s ", " ")
    return _WORD.findall(plain)[:MAX_WORDS]


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A short form that "rain", "rains", "rainy", "raining" and "rained" share."""
    if word in _EXACT:
        return _EXACT[word]
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("ches", "shes", "sses", "xes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    for ending in ("ing", "ed", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    if word.endswith("y") and len(word) > 4:
        word = word[:-1]
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 4 else word


@cache
def _entries(kind: str) -> _Entries:
    """A table of the vocabulary by the first stem of each entry, longest entries first."""
    table: str | Mapping[str, str] = getattr(vocabulary, kind)
    concepts = {"": table} if isinstance(table, str) else table
    found: _Entries = {}
    for concept, line in concepts.items():
        for entry in line.split(","):
            key = [stem(word) for word in tokens(entry)]
            found.setdefault(key[0], []).append((key, concept))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return found


def _matches(stems: list[str], free: list[bool], start: int, entries: _Entries) -> Iterator[tuple[int, str]]:
    """Length and concept of each entry that begins at a word, longest first."""
    for key, concept in entries.get(stems[start], ()):
        end = start + len(key)
        if stems[start:end] == key and all(free[start:end]):
            yield len(key), concept


def _take_phrases(stems: list[str], free: list[bool], entries: _Entries) -> None:
    for start in range(len(stems)):
        length, _ = next(_matches(stems, free, start, entries), (0, ""))
        if length > 1:
            free[start : start + length] = [False] * length


def _most_named(stems: list[str], free: list[bool], heard: list[bool], entries: _Entries) -> str | None:
    """The concept with most matches; a phrase counts more than a word, an earlier match breaks ties."""
    scores: dict[str, float] = {}
    start = 0
    while start < len(stems):
        length, concept = next(_matches(stems, free, start, entries), (0, ""))
        if length and heard[start]:
            scores[concept] = scores.get(concept, 0.0) + 0.5 + 0.5 * length - 0.001 * min(start, 400)
        start += max(1, length)
    return max(scores, key=lambda concept: scores[concept]) if scores else None


def _negated(words: list[str], start: int) -> bool:
    before = [word for word in words[max(0, start - 3) : start] if word not in vocabulary.ARTICLES]
    return bool(before) and before[-1] in vocabulary.NEGATIONS
