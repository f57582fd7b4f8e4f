"""What a mood adds to a scene, and the last touch over all of it."""

from __future__ import annotations

from dynamic_gallery.generators.sketch import textures
from dynamic_gallery.generators.sketch.colour import lighten, mix
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
    canvas = scene.canvas
    x, y = scene.width * 0.5, scene.ground - 220
    ray = lighten(scene.palette.key, 0.2)
    data = ""
    for step in range(22):
        turn = scene.chance("rays").uniform(-0.5, 0.5) + step
        data += f"M{x:.0f} {y:.0f}L{x + _SPOKES[step][0] * (1 + 0.02 * turn):.0f} {y + _SPOKES[step][1]:.0f}L{x + _SPOKES[step][2]:.0f} {y + _SPOKES[step][3]:.0f}Z"
    canvas.path(data, ray, 'opacity="0.13"')


def _spokes() -> list[tuple[float, float, float, float]]:
    import math  # noqa: PLC0415

    reach, spokes = 1600, []
    for step in range(22):
        first, last = math.tau * step / 22, math.tau * (step + 0.42) / 22
        spokes.append(
            (reach * math.cos(first), reach * math.sin(first), reach * math.cos(last), reach * math.sin(last))
        )
    return spokes


_SPOKES = _spokes()


def draw_finish(scene: Scene) -> None:
    """Edges, paper and grain."""
    canvas = scene.canvas
    edge = {"dramatic": 0.62, "mysterious": 0.66, "nostalgic": 0.42}.get(scene.mood, 0.2)
    dark = "#2a1606" if scene.mood == "nostalgic" else "#050510"
    stops = [(0, dark, 0), (0.55, dark, 0), (1, dark, edge)]
    canvas.rect(0, 0, scene.width, HEIGHT, canvas.radial(stops, centre=(0.5, 0.55), radius=0.78))
    tile = canvas.define(
        f'<pattern width="160" height="160" patternUnits="userSpaceOnUse"><image width="160" height="160" href="{textures.grain()}"/></pattern>'
    )
    canvas.rect(0, 0, scene.width, HEIGHT, tile, f'opacity="{1.0 if scene.mood == "nostalgic" else 0.55}"')
    if scene.mood == "nostalgic":
        frame = f'stroke="#f6ecd8" stroke-width="44" stroke-opacity="0.95"'
        canvas.rect(0, 0, scene.width, HEIGHT, "none", frame)
    elif scene.mood == "elegant":
        line = f'stroke="{lighten(scene.palette.key, 0.35)}" stroke-width="1.6" stroke-opacity="0.6"'
        canvas.rect(22, 22, scene.width - 44, HEIGHT - 44, "none", line)
