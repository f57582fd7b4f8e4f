"""What every part of a picture needs to know: canvas, palette, measures and its own chance."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass, field

from dynamic_gallery.generators.sketch.canvas import Canvas, Point
from dynamic_gallery.generators.sketch.palette import Palette
from dynamic_gallery.generators.sketch.words import stem

HEIGHT = 1056.0  # units; every picture is this high, and as wide as its shape asks for


@dataclass(slots=True)
class Scene:
    """One picture in the making; lengths are in units of the canvas.

    `light_x` is where the light comes from, 0..1 across; `horizon` and `ground` (where the product
    stands) are heights from the top.
    """

    canvas: Canvas
    palette: Palette
    place: str
    light: str
    weather: str
    mood: str
    accent: str
    seed: int
    words: frozenset[str] = frozenset()
    horizon: float = 0.0
    ground: float = 0.0
    light_x: float = 0.5
    _chance: dict[str, random.Random] = field(default_factory=dict)

    @property
    def width(self) -> float:
        """Width of the picture in units."""
        return self.canvas.width

    @property
    def snowy(self) -> bool:
        """Whether snow lies on things."""
        return self.weather == "snow"

    @property
    def wet(self) -> bool:
        """Whether the ground shines with water."""
        return self.weather in {"rain", "storm"}

    @property
    def sparse(self) -> bool:
        """Whether the mood asks for few things."""
        return self.mood in {"minimal", "serene"}

    def says(self, *words: str) -> bool:
        """Whether the directive uses one of the words, in any of their forms."""
        return any(stem(word) in self.words for word in words)

    def chance(self, purpose: str) -> random.Random:
        """Random numbers for one purpose; another purpose using more of its own does not change them."""
        if purpose not in self._chance:
            self._chance[purpose] = random.Random(f"{self.seed}:{purpose}")  # noqa: S311
        return self._chance[purpose]

    def tone(self, colour: str, depth: float = 0.0) -> str:
        """A thing's colour in this scene; depth 0 is at hand, 1 on the horizon."""
        return self.palette.tone(colour, depth)

    def sun(self) -> Point:
        """Where sun or moon stand."""
        return self.light_x * self.width, self.horizon * (1.0 - 0.92 * self.palette.sun_height)

    def ridge(self, purpose: str, base: float, rise: float, steps: int, rough: float = 0.55) -> list[Point]:
        """An uneven line across the picture, `rise` units above and below `base`, by halving."""
        chance = self.chance(purpose)
        heights = [chance.uniform(-1, 1), chance.uniform(-1, 1)]
        size = 1.0
        while len(heights) < steps:
            finer: list[float] = []
            for left, right in itertools.pairwise(heights):
                finer += [left, (left + right) / 2 + chance.uniform(-size, size)]
            heights = [*finer, heights[-1]]
            size *= rough
        gap = (self.width + 40) / (len(heights) - 1)
        return [(-20 + i * gap, base - rise * height) for i, height in enumerate(heights)]
