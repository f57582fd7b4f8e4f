"""The port: requests, facts, and generators found by name."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.metadata import EntryPoint, EntryPoints

import pytest

from dynamic_gallery.errors import GenerationFailed, InvalidInput
from dynamic_gallery.generators import (
    GeneratedPicture,
    GenerationRequest,
    Generator,
    GeneratorFacts,
    base,
    installed_generators,
    load_generator,
)
from dynamic_gallery.generators.sketch.generator import SketchGenerator

FACTS = GeneratorFacts("mine", "m-1", 3, "a prompt", {"steps": 4, "name": "not this"})


class Mine:
    name = "mine"

    def generate(self, request: GenerationRequest, cancelled: Callable[[], bool]) -> GeneratedPicture:
        return GeneratedPicture(FACTS, "image/png", url="https://pictures.example/1.png")


class NoGenerator:
    pass


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    places = {"mine": "Mine", "wrong": "NoGenerator", "gone": "Absent"}
    points = [
        EntryPoint(name, f"{__name__}:{value}", base.ENTRY_POINT_GROUP) for name, value in places.items()
    ]
    monkeypatch.setitem(sys.modules, __name__, sys.modules[__name__])
    monkeypatch.setattr(base, "entry_points", lambda group: EntryPoints(points))


def test_sketch_is_installed_and_is_a_generator() -> None:
    assert "sketch" in installed_generators()
    assert isinstance(load_generator("sketch"), SketchGenerator)
    assert isinstance(SketchGenerator(), Generator)


@pytest.mark.usefixtures("installed")
def test_ones_own_generator_is_found_by_name() -> None:
    picture = load_generator("mine").generate(GenerationRequest("x"), lambda: False)
    assert picture.url == "https://pictures.example/1.png"


@pytest.mark.usefixtures("installed")
def test_an_unknown_name_lists_those_installed() -> None:
    with pytest.raises(InvalidInput, match=r"'nope'.*gone, mine, wrong"):
        load_generator("nope")


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("name", ["gone", "wrong"])
def test_one_that_cannot_be_loaded_says_so(name: str) -> None:
    with pytest.raises(GenerationFailed, match=f"{name}|NoGenerator"):
        load_generator(name)


def test_facts_keep_their_four_names() -> None:
    assert FACTS.as_record() == {"name": "mine", "model": "m-1", "seed": 3, "prompt": "a prompt", "steps": 4}


@pytest.mark.parametrize("sizes", [{"width": 255}, {"height": 1537}, {"seed": -1}, {"seed": 2**53}])
def test_a_request_out_of_range_is_refused(sizes: dict[str, int]) -> None:
    with pytest.raises(InvalidInput):
        GenerationRequest("x", **sizes)  # type: ignore[arg-type]


def test_a_picture_has_bytes_or_an_address() -> None:
    with pytest.raises(ValueError, match="either"):
        GeneratedPicture(FACTS, "image/png")
    with pytest.raises(ValueError, match="either"):
        GeneratedPicture(FACTS, "image/png", data=b"x", url="https://pictures.example")
