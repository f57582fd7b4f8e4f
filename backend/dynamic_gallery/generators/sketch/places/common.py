"""What several places share: ground, ridges, one-point perspective, lamps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dynamic_gallery.generators.sketch.canvas import Point, polyline, smooth
from dynamic_gallery.generators.sketch.colour import darken, lighten, mix
from dynamic_gallery.generators.sketch.scene import HEIGHT, Scene

_JAGGED = 10  # steps of a crest from which on it is drawn with edges


@dataclass(frozen=True, slots=True)
class Eye:
    """A camera that looks straight ahead: metres right, up (from the eye) and ahead, to units on the canvas."""

    x: float
    y: float
    focal: float = 620.0

    def see(self, right: float, up: float, ahead: float) -> Point:
        """Where a point lands on the canvas."""
        return self.x + right * self.focal / ahead, self.y - up * self.focal / ahead

    def quad(self, corners: Sequence[tuple[float, float, float]]) -> list[Point]:
        """Where several points land."""
        return [self.see(*corner) for corner in corners]


def draw_ground(scene: Scene, near: str, far: str, top: float | None = None) -> None:
    """A floor from the horizon (or `top`) to the lower edge, hazier in the distance."""
    start = scene.horizon if top is None else top
    near = mix(near, "#eef3f8", 0.85) if scene.snowy else near
    far = mix(far, "#e8eff6", 0.85) if scene.snowy else far
    stops = [
        (0.0, scene.tone(far, 0.9), 1.0),
        (0.35, scene.tone(mix(far, near, 0.6), 0.3), 1.0),
        (1.0, scene.tone(darken(near, 0.12)), 1.0),
    ]
    scene.canvas.rect(0, start, scene.width, HEIGHT - start, scene.canvas.linear(stops))


def draw_ridge(
    scene: Scene, purpose: str, base: float, rise: float, colour: str, depth: float, *, steps: int = 60,
    foot: float = HEIGHT,
) -> None:  # fmt: skip
    """A range of hills from its crest down to `foot`, paler towards its foot; few steps make it soft."""
    crest = scene.ridge(purpose, base, rise, steps)
    line = smooth(crest) if steps < _JAGGED else polyline(crest)
    stops = [(0.0, scene.tone(colour, depth), 1.0), (1.0, scene.tone(colour, min(1.2, depth + 0.35)), 1.0)]
    data = f"{line}L{scene.width + 20:.0f} {foot:.0f}L-20 {foot:.0f}Z"
    scene.canvas.path(data, scene.canvas.linear(stops))


def draw_glow(scene: Scene, x: float, y: float, radius: float, colour: str, strength: float = 0.8) -> None:
    """Light around a lamp."""
    canvas = scene.canvas
    stops = [(0.0, lighten(colour, 0.5), strength), (0.25, colour, strength * 0.5), (1.0, colour, 0.0)]
    canvas.circle(x, y, radius, canvas.radial(stops))


def draw_sheen(scene: Scene, top: float) -> None:
    """Wet ground: the sky's brightness lies on it in broken stripes."""
    chance, canvas = scene.chance("sheen"), scene.canvas
    light = scene.palette.grade(mix(scene.palette.sky[3], scene.palette.key, 0.4))
    for _ in range(int(46 * scene.width / 864)):
        near = chance.random() ** 1.4
        y = top + (HEIGHT - top) * near
        reach = (24 + 150 * near) * chance.uniform(0.5, 1.2)
        x = chance.gauss(scene.light_x, 0.3) * scene.width
        canvas.ellipse(x, y, reach, 1.4 + 5 * near, light, f'opacity="{chance.uniform(0.08, 0.3):.2f}"')


def lamp_colour(scene: Scene) -> str:
    """What lit windows and lanterns look like: warm, or one of the signs' colours in neon light."""
    if scene.light == "neon":
        return scene.chance("lamps").choice(("#ff4fb4", "#35e0ff", "#8f6bff", "#ffd23f"))
    return scene.chance("lamps").choice(("#ffd58a", "#ffc76b", "#ffe3ae"))
