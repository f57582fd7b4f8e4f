"""SPEC G3: the offline writer: many directives, all different, each far from the last."""

from __future__ import annotations

import itertools

import pytest

from dynamic_gallery.generators.sketch.words import read_words
from dynamic_gallery.services.directives import OfflineWriter, distance

COMPOSITIONS = [
    "Looking for elegant evening wear...",
    "",
    "   \n\t ",
    "Ich suche etwas für einen Abend in Paris",
    "夏のドレスを探しています",
    "🌊" * 50,
    "a" * 20_000,
    "a silk dress for a wedding in spring, maybe green " * 400,
    "{place} %s {0} \\ <script>alert(1)</script>",
    "lone surrogate \ud800 and NUL \x00",
]


def _folded(lines: list[str]) -> set[str]:
    return {" ".join(line.casefold().split()) for line in lines}


@pytest.mark.parametrize("composition", COMPOSITIONS)
def test_thirty_in_a_row_are_all_different(composition: str) -> None:
    lines = OfflineWriter().write(composition, 30, [])
    assert len(_folded(lines)) == 30
    for line in lines:
        assert 15 <= len(line) <= 220
        assert line == line.strip()
        assert line[0].isupper() or not line[0].isalpha()
        assert "{" not in line
        assert "  " not in line


def test_two_hundred_one_after_another_never_repeat() -> None:
    writer, used = OfflineWriter(), ["Explore serene atmosphere with urban streets"]
    for _ in range(40):
        used += writer.write("Something red for a trip to Lisbon", 5, used)
    assert len(_folded(used)) == 201


def test_a_used_one_is_not_repeated_in_other_case_or_spacing() -> None:
    writer = OfflineWriter()
    first = writer.write("shoes", 6, [])
    shouted = [f"  {line.upper().replace(' ', '  ')} " for line in first]
    assert not _folded(writer.write("shoes", 50, shouted)) & _folded(first)


def test_the_same_question_gets_the_same_answer() -> None:
    used = OfflineWriter().write("hats", 4, [])
    assert OfflineWriter().write("hats", 10, used) == OfflineWriter().write("hats", 10, used)
    assert OfflineWriter().write("hats", 10, used) != OfflineWriter().write("gloves", 10, used)


def test_neighbours_differ_in_place_light_and_wording() -> None:
    lines = OfflineWriter().write("Looking for elegant evening wear...", 60, [])
    places = [read_words(line).place for line in lines]
    assert all(place is not None for place in places)
    assert all(one != other for one, other in itertools.pairwise(places))
    assert len(set(places)) == 12
    near = [distance(one, other) for one, other in itertools.pairwise(lines)]
    assert min(near) > 0.5
    assert len({line.split()[0] for line in lines}) > 20


def test_words_of_the_composition_are_taken_up() -> None:
    lines = " ".join(OfflineWriter().write("A leather bag for a trip to Paris, in autumn", 30, [])).lower()
    assert "leather" in lines
    assert "paris" in lines
    assert "autumn" in lines


def test_a_turn_of_phrase_about_the_composition_rests_before_it_comes_again() -> None:
    lines = OfflineWriter().write("elegant", 40, [])
    seen = [i for i, line in enumerate(lines) if "well-cut sleeve" in line.lower()]
    assert all(later - earlier > 12 for earlier, later in itertools.pairwise(seen))


def test_distance_is_zero_for_the_same_and_grows_with_difference() -> None:
    line = "A quiet street at dawn"
    assert distance(line, line) == 0
    assert distance(line, "A quiet street at night") < distance(line, "Thunder over a bold desert at noon")


def test_ten_thousand_used_ones_are_no_burden() -> None:
    used = [f"Directive number {i} about streets" for i in range(10_000)]
    assert len(OfflineWriter().write("x", 3, used)) == 3
