"""Reading a directive: which place, light, weather and mood its words ask for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dynamic_gallery.generators.sketch import vocabulary

MAX_WORDS = 4_000
_LONGEST_PHRASE = 4
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
    taken = [False] * len(words)
    _mark_phrases(words, taken, _lexicon_of_ignored())
    not_colours = taken.copy()  # the blue of a blue hour is no colour that somebody asked for
    for kind in ("PLACES", "LIGHTS", "WEATHERS"):
        _mark_phrases(words, not_colours, _lexicon(kind))
    return Reading(
        place=_most_named(words, taken, _lexicon("PLACES")),
        light=_most_named(words, taken, _lexicon("LIGHTS")),
        weather=_most_named(words, taken, _lexicon("WEATHERS")),
        mood=_most_named(words, taken, _lexicon("MOODS")),
        colour=_most_named(words, not_colours, _lexicon("COLOURS")),
    )


def tokens(text: str) -> list[str]:
    """Words of a text in small letters without accents, at most 4,000 of them."""
    plain = unicodedata.normalize("NFKD", text[: MAX_WORDS * 12].replace("ß", "ss").casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char)).replace("'s ", " ")
    return _WORD.findall(plain)[:MAX_WORDS]


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
def _lexicon(kind: str) -> dict[tuple[str, ...], str]:
    concepts: Mapping[str, str] = getattr(vocabulary, kind)
    return {key: concept for concept, entries in concepts.items() for key in _keys(entries)}


@cache
def _lexicon_of_ignored() -> dict[tuple[str, ...], str]:
    return dict.fromkeys(_keys(vocabulary.IGNORED), "ignored")


def _keys(entries: str) -> list[tuple[str, ...]]:
    return [tuple(stem(word) for word in tokens(entry)) for entry in entries.split(",")]


def _mark_phrases(words: list[str], taken: list[bool], lexicon: Mapping[tuple[str, ...], str]) -> None:
    for start in range(len(words)):
        for length in range(2, _LONGEST_PHRASE + 1):
            if tuple(map(stem, words[start : start + length])) in lexicon:
                taken[start : start + length] = [True] * length


def _most_named(words: list[str], taken: list[bool], lexicon: Mapping[tuple[str, ...], str]) -> str | None:
    """The concept with most matches; a phrase counts more than a word, an earlier match breaks ties."""
    stems = [stem(word) for word in words]
    scores: dict[str, float] = {}
    start = 0
    while start < len(words):
        length, concept = _match_at(stems, taken, start, lexicon)
        if concept is not None and not _negated(words, start):
            scores[concept] = scores.get(concept, 0.0) + 1.0 + 0.5 * (length - 1) - 0.001 * min(start, 400)
        start += max(1, length)
    return max(scores, key=lambda concept: scores[concept]) if scores else None


def _match_at(
    stems: list[str], taken: list[bool], start: int, lexicon: Mapping[tuple[str, ...], str]
) -> tuple[int, str | None]:
    for length in range(min(_LONGEST_PHRASE, len(stems) - start), 0, -1):
        concept = lexicon.get(tuple(stems[start : start + length]))
        if concept is not None and not any(taken[start : start + length]):
            return length, concept
    return 1, None


def _negated(words: list[str], start: int) -> bool:
    before = [word for word in words[max(0, start - 3) : start] if word not in vocabulary.ARTICLES]
    return bool(before) and before[-1] in vocabulary.NEGATIONS
