"""What a mood adds to a scene, and the last touch over all of it."""

from __future__ import annotations

import math

from dynamic_gallery.generators.sketch.canvas import polyline
from dynamic_gallery.generators.sketch.colour import lighten, mix
from dynamic_gallery.generators.sketch.raster import Touch
from dynamic_gallery.generators.sketch.scene import HEIGHT, Scene

_GAY = ("#f25f5c", "#ffc14e", "#3fa7a0", "#5b7fd6", "#f08fb0")


def draw_mood(scene: Scene) -> None:
    """Things in the air that go with a mood, behind the product."""
    draw = {"playful": _balloons, "romantic": _lights, "energetic": _rays}.get(scene.mood)
    if draw is not None:
        draw(scene)


def _balloons(scene: Scene) -> None:
    chance, canvas = scene.chance("balloons"), scene.canvas
    for _ in range(7):
        x, y = chance.uniform(0.06, 0.94) * scene.width, chance.uniform(0.08, 0.46) * HEIGHT
        size = chance.uniform(20, 44)
        colour = scene.palette.grade(chance.choice((*_GAY, scene.accent)))
        canvas.line(
            f"M{x:.0f} {y + size * 1.2:.0f}q{size * 0.3:.0f} {size} 0 {size * 2.2:.0f}",
            "#ffffff",
            1.4,
            'opacity="0.6"',
        )
        fill = canvas.radial(
            [(0, lighten(colour, 0.5), 1), (0.5, colour, 1), (1, mix(colour, "#201028", 0.3), 1)],
            centre=(0.35, 0.3),
            radius=0.8,
        )
        canvas.ellipse(x, y, size, size * 1.2, fill)
        canvas.polygon([(x - 5, y + size * 1.32), (x + 5, y + size * 1.32), (x, y + size * 1.16)], colour)
    for _ in range(int(60 * scene.width / 864)):
        x, y = chance.uniform(0, scene.width), chance.uniform(0, HEIGHT * 0.8)
        turn = f'transform="rotate({chance.randrange(180)} {x:.0f} {y:.0f})" opacity="0.9"'
        canvas.rect(
            x, y, chance.uniform(5, 10), chance.uniform(3, 6), scene.palette.grade(chance.choice(_GAY)), turn
        )


def _lights(scene: Scene) -> None:
    chance, canvas = scene.chance("lights"), scene.canvas
    for _ in range(int(26 * scene.width / 864)):
        x, y = chance.uniform(0, scene.width), chance.uniform(0.25, 0.9) * HEIGHT
        colour = lighten(mix(scene.palette.key, "#ffb6c6", 0.5), 0.3)
        canvas.circle(x, y, chance.uniform(6, 26), colour, f'opacity="{chance.uniform(0.08, 0.28):.2f}"')


def _rays(scene: Scene) -> None:
    x, y, reach, data = scene.width * 0.5, scene.ground - 220, 1600, ""
    for step in range(22):
        first, last = math.tau * step / 22, math.tau * (step + 0.42) / 22
        corners = [(x + reach * math.cos(turn), y + reach * math.sin(turn)) for turn in (first, last)]
        data += polyline([(x, y), *corners]) + "Z"
    scene.canvas.path(data, lighten(scene.palette.key, 0.2), 'opacity="0.13"')


def draw_frame(scene: Scene) -> None:
    """The edge that a mood puts around the picture."""
    canvas = scene.canvas
    if scene.mood == "nostalgic":
        frame = 'stroke="#f6ecd8" stroke-width="44" stroke-opacity="0.95"'
        canvas.rect(0, 0, scene.width, HEIGHT, "none", frame)
    elif scene.mood == "elegant":
        line = f'stroke="{lighten(scene.palette.key, 0.35)}" stroke-width="1.6" stroke-opacity="0.6"'
        canvas.rect(22, 22, scene.width - 44, HEIGHT - 44, "none", line)


def last_touch(mood: str) -> Touch:
    """Darker edges and grain for a mood."""
    if mood == "nostalgic":
        return Touch(edge=70, dark=(42, 22, 6), grain=6)
    return Touch(edge={"dramatic": 165, "mysterious": 175}.get(mood, 50))
