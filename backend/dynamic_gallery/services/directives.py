"""The offline writer of directives: lines that steer each picture away from those before it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Protocol

from dynamic_gallery.generators.sketch.words import Reading, read_words, stem, tokens
from dynamic_gallery.services import directive_phrases as phrases

_CANDIDATES = 28
_THEME_REST = 12  # directives before a turn of phrase about the composition may come again
_COMPARED = 60  # how many of the latest directives a new one is held against
_PLAIN = frozenset(
    {"a", "an", "the", "of", "in", "on", "at", "it", "and", "to", "with", "that", "is", "be", "let", "from"}
)


class DirectiveWriter(Protocol):
    """Writes directives; may block. The offline writer is one, a hosted model can be another."""

    def write(self, composition: str, count: int, used: Sequence[str]) -> list[str]:
        """`count` new directives for a composition, none of them among those used."""
        ...


class OfflineWriter:
    """Writes from a stock of phrases: the same question always gets the same answer."""

    def write(self, composition: str, count: int, used: Sequence[str]) -> list[str]:
        """`count` new directives, each far from those used and from each other; none repeats a used one."""
        taken = {_folded(line) for line in used}
        recent = [_features(line) for line in used[-_COMPARED:]]
        themes = _themes(composition)
        digest = sha256("\0".join([composition, *used]).encode("utf-8", "surrogatepass")).hexdigest()
        chance = random.Random(digest)  # noqa: S311
        written: list[str] = []
        spoken = [_folded(line) for line in used[-_THEME_REST:]]
        for _ in range(count):
            fresh = [theme for theme in themes if not any(theme.casefold() in line for line in spoken)]
            line = _farthest(_candidates(chance, fresh, taken), recent)
            spoken = [*spoken[1 - _THEME_REST :], _folded(line)]
            written.append(line)
            taken.add(_folded(line))
            recent = [*recent[1 - _COMPARED :], _features(line)]
        return written


@dataclass(frozen=True, slots=True)
class _Features:
    """What two directives are compared by."""

    reading: Reading
    opening: str
    words: frozenset[str]


def distance(first: str, second: str) -> float:
    """How far apart two directives are: 0 for the same, about 1 for nothing in common."""
    return _apart(_features(first), _features(second))


def _apart(first: _Features, second: _Features) -> float:
    one, other = first.reading, second.reading
    shared = len(first.words & second.words) / max(1, min(len(first.words), len(second.words)))
    return (
        0.26 * (one.place != other.place)
        + 0.14 * (one.light != other.light)
        + 0.06 * (one.weather != other.weather)
        + 0.14 * (one.mood != other.mood)
        + 0.1 * (first.opening != second.opening)
        + 0.3 * (1.0 - shared)
    )


@lru_cache(maxsize=4096)
def _features(line: str) -> _Features:
    words = tokens(line[:2_000])
    kept = frozenset(stem(word) for word in words if word not in _PLAIN)
    return _Features(read_words(line[:2_000]), " ".join(words[:1]), kept)


def _folded(line: str) -> str:
    return " ".join(line.casefold().split())


def _farthest(lines: Iterable[str], recent: Sequence[_Features]) -> str:
    """The line that keeps most distance; what was said long ago matters less."""
    newest = len(recent) - 1

    def room(line: str) -> float:
        features = _features(line)
        return min(
            (_apart(features, old) + 0.008 * (newest - i) for i, old in enumerate(recent)), default=0.0
        )

    return max(lines, key=room)


def _candidates(chance: random.Random, themes: Sequence[str], taken: set[str]) -> list[str]:
    lines: list[str] = []
    tries = 0
    while len(lines) < _CANDIDATES and tries < 50 * _CANDIDATES:
        tries += 1
        line = _line(chance, themes)
        if line and _folded(line) not in taken:
            lines.append(line)
    while not lines:  # everything was said before: number the takes
        line = f"{_line(chance, themes)}, take {chance.randrange(2, 10**9)}"
        lines = [line] if _folded(line) not in taken else []
    return lines


def _line(chance: random.Random, themes: Sequence[str]) -> str:
    place, light, weather = (
        chance.choice([*table]) for table in (phrases.SPOTS, phrases.MOMENTS, phrases.AIRS)
    )
    adjectives, wills, feels = phrases.MOODS[chance.choice([*phrases.MOODS])]
    preposition, spot = chance.choice(phrases.SPOTS[place]).split("|")
    adjective = chance.choice(adjectives)
    slots = {
        "at": f"{preposition} {spot}",
        "spot": spot,
        "when": chance.choice(phrases.MOMENTS[light]),
        "glow": chance.choice(phrases.GLOWS[light]),
        "air": chance.choice((phrases.AIRS_INDOORS if place in phrases.INDOORS else phrases.AIRS)[weather]),
        "adj": adjective,
        "an_adj": f"{'an' if adjective[0] in 'aeiou' else 'a'} {adjective}",
        "will": chance.choice(wills),
        "feel": chance.choice(feels),
        "detail": chance.choice(phrases.DETAILS[place]),
        "theme": chance.choice(themes) if themes else "",
    }
    themed = bool(themes) and chance.random() < 0.4
    frame = chance.choice(phrases.THEMED_FRAMES if themed else phrases.FRAMES)
    return _filled(frame, slots)


def _filled(frame: str, slots: dict[str, str]) -> str:
    """Put the phrases in; a slot with a capital begins a sentence."""
    capital = {name.capitalize(): text[:1].upper() + text[1:] for name, text in slots.items()}
    return re.sub(r"\{(\w+)\}", lambda found: {**slots, **capital}[found.group(1)], frame)


def _themes(composition: str) -> list[str]:
    """Phrases that take up words of the composition, in a fixed order."""
    words = {stem(word) for word in tokens(composition)}
    found = [
        line
        for names, lines in phrases.THEMES.items()
        if words & {stem(name) for name in names.split()}
        for line in lines
    ]
    cities = [city for city in phrases.CITIES if stem(city.lower()) in words]
    return found + [line.format(city=city) for city in cities for line in phrases.CITY_THEMES]
