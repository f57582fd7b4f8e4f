"""What a ware is drawn with: its colours in the scene's light, and fills that follow the light's side."""

from __future__ import annotations

from dataclasses import dataclass

from dynamic_gallery.generators.sketch.canvas import Canvas
from dynamic_gallery.generators.sketch.colour import darken, lighten


@dataclass(frozen=True, slots=True)
class Easel:
    """A ware stands at the origin, y upwards is negative, about 440 units high.

    `side` is -1 when light comes from the left, 1 from the right.
    """

    canvas: Canvas
    main: str
    second: str
    third: str
    key: str
    side: int

    def cloth(self, colour: str, depth: float = 0.34) -> str:
        """A matt fill, lit from the light's side."""
        stops = ((0.0, lighten(colour, 0.16), 1.0), (0.4, colour, 1.0), (1.0, darken(colour, depth), 1.0))
        return self._across(stops)

    def metal(self, colour: str) -> str:
        """A polished fill with a bright band."""
        stops = (
            (0.0, darken(colour, 0.2), 1.0), (0.22, lighten(colour, 0.55), 1.0), (0.4, colour, 1.0),
            (0.72, darken(colour, 0.42), 1.0), (0.9, lighten(colour, 0.18), 1.0), (1.0, darken(colour, 0.25), 1.0),
        )  # fmt: skip
        return self._across(stops)

    def glass(self, colour: str, opacity: float = 0.86) -> str:
        """A clear fill, lighter below where light gathers."""
        stops = (
            (0.0, darken(colour, 0.3), opacity),
            (0.6, colour, opacity),
            (1.0, lighten(colour, 0.42), opacity),
        )
        return self.canvas.linear(stops, along=(0.2, 0, 0.6, 1))

    def rim(self, data: str, width: float = 3.0) -> None:
        """Light that catches an edge."""
        self.canvas.line(data, lighten(self.key, 0.3), width, 'opacity="0.6"')

    def _across(self, stops: tuple[tuple[float, str, float], ...]) -> str:
        return self.canvas.linear(stops, along=(0, 0, 1, 0.25) if self.side < 0 else (1, 0, 0, 0.25))
