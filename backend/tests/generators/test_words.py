"""Words of a directive become place, light, weather and mood."""

from __future__ import annotations

import pytest

from dynamic_gallery.generators.sketch import vocabulary
from dynamic_gallery.generators.sketch.palette import LIGHTS
from dynamic_gallery.generators.sketch.places import PLACES
from dynamic_gallery.generators.sketch.words import read_words, stem
from dynamic_gallery.services import directive_phrases as phrases

PHRASES = [
    ("Explore serene atmosphere with urban streets", {"place": "city", "mood": "serene"}),
    ("foggy pine woods, brooding", {"place": "forest", "weather": "fog", "mood": "dramatic"}),
    ("Windswept dunes at sunset", {"place": "desert", "light": "golden", "weather": "wind"}),
    ("No rain, a sunny beach", {"place": "sea", "light": "noon", "weather": None}),
    ("without snow in the Alps", {"place": "mountains", "weather": None}),
    ("a rooftop above the market at blue hour", {"place": "rooftop", "light": "dusk", "colour": None}),
    ("street market at night", {"place": "market", "light": "night"}),
    ("snowing over quiet cities", {"place": "city", "weather": "snow", "mood": "serene"}),
    ("rose gold and nothing else", {"place": None, "light": None}),
    ("elegant evening wear", {"light": None, "mood": "elegant"}),
    ("the hotel lobby by candlelight", {"place": "salon", "light": "candle"}),
    ("neon signs in a narrow alley, raining", {"place": "city", "light": "neon", "weather": "rain"}),
    ("misty mornings at the lake", {"place": "mountains", "light": "dawn", "weather": "fog"}),
    ("marble staircase, stark", {"place": "gallery", "mood": "dramatic"}),
    ("platforms and departing trains", {"place": "station"}),
    ("rolling hills of lavender, breezy", {"place": "field", "weather": "wind"}),
    ("a playful carnival on the pier", {"place": "sea", "mood": "playful"}),
    ("nostalgic polaroid of a fruit stall", {"place": "market", "mood": "nostalgic"}),
    ("bold poster colours, red", {"mood": "bold", "colour": "#c8323c"}),
    ("minimalist concrete", {"place": "gallery", "mood": "minimal"}),
    ("lightning over the harbour", {"place": "sea", "weather": "storm"}),
    ("moonlit rose garden, romantic", {"place": "garden", "light": "night", "mood": "romantic"}),
    ("first light in the vineyards", {"place": "field", "light": "dawn"}),
    ("midday sun on the salt flats", {"place": "desert", "light": "noon"}),
    ("a secret behind the theatre curtain", {"place": "gallery", "mood": "mysterious"}),
    ("dancing through downtown traffic", {"place": "city", "mood": "energetic"}),
    ("overcast day by the lighthouse", {"place": "sea", "weather": "overcast"}),
    ("glacier under a clear sky", {"place": "mountains", "weather": "clear"}),
    ("twilight in the conservatory", {"place": "garden", "light": "dusk"}),
    ("the library, fireside", {"place": "salon", "light": "candle"}),
    ("Am Strand in der Nacht", {"place": "sea", "light": "night"}),
    ("Le soir dans la forêt, brouillard", {"place": "forest", "light": "dusk", "weather": "fog"}),
    ("Una calle con lluvia", {"place": "city", "weather": "rain"}),
    ("il mercato, tramonto", {"place": "market", "light": "golden"}),
    ("late in the afternoon on the terrace", {"place": "rooftop", "light": "golden"}),
    ("jungle after rain", {"place": "forest", "weather": "rain"}),
    ("luxurious, opulent, poised", {"mood": "elegant"}),
    ("make room for a meadow", {"place": "field"}),
    ("日本語だけの指示", {"place": None, "light": None, "weather": None, "mood": None}),
    ("", {"place": None, "light": None, "weather": None, "mood": None, "colour": None}),
    ("\x00\ud800 🌊 ocean", {"place": "sea"}),
]


@pytest.mark.parametrize(("text", "expected"), PHRASES)
def test_phrase_is_understood(text: str, expected: dict[str, str | None]) -> None:
    reading = read_words(text)
    assert {aspect: getattr(reading, aspect) for aspect in expected} == expected


def test_forms_of_a_word_share_a_stem() -> None:
    assert len({stem(word) for word in ("rain", "rains", "rainy", "raining", "rained")}) == 1
    assert stem("evening") != stem("even")


def test_every_place_and_light_that_can_be_read_can_be_drawn() -> None:
    assert set(vocabulary.PLACES) == set(PLACES)
    assert set(vocabulary.LIGHTS) == set(LIGHTS)


def test_a_very_long_text_is_read_quickly_and_to_a_bound() -> None:
    assert read_words("beach " * 1_000_000).place == "sea"


@pytest.mark.parametrize("place", phrases.SPOTS)
def test_the_writers_spots_are_read_as_their_place(place: str) -> None:
    for spot in phrases.SPOTS[place]:
        assert read_words(spot.replace("|", " ")).place == place, spot


@pytest.mark.parametrize(
    ("aspect", "table"),
    [
        ("light", phrases.MOMENTS),
        ("light", phrases.GLOWS),
        ("weather", phrases.AIRS),
        ("weather", phrases.AIRS_INDOORS),
    ],
)
def test_the_writers_light_and_weather_are_read_as_such(
    aspect: str, table: dict[str, tuple[str, ...]]
) -> None:
    for concept, lines in table.items():
        for line in lines:
            reading = read_words(line)
            assert getattr(reading, aspect) == concept, line
            assert reading.place is None, line


def test_the_writers_moods_are_read_as_such() -> None:
    for mood, lists in phrases.MOODS.items():
        for line in [phrase for lines in lists for phrase in lines]:
            reading = read_words(line)
            assert (reading.mood, reading.place) == (mood, None), line
