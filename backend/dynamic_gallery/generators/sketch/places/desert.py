"""Dunes, mesas and cacti."""

from __future__ import annotations

from dynamic_gallery.generators.sketch.canvas import smooth
from dynamic_gallery.generators.sketch.colour import darken, lighten
from dynamic_gallery.generators.sketch.places.common import draw_ground, draw_ridge
from dynamic_gallery.generators.sketch.scene import HEIGHT, Scene

_SAND = "#dfa566"


def draw_desert(scene: Scene) -> None:
    """Mesas on the horizon, dunes with a lit and a dark side, ripples at the front."""
    _draw_mesas(scene)
    draw_ground(scene, _SAND, "#e8c291")
    for layer, (drop, depth) in enumerate(((-36, 0.7), (26, 0.46), (100, 0.24))):
        _draw_dune(scene, f"dune{layer}", scene.horizon + drop, depth)
        if layer == 1 and not scene.sparse:
            _draw_cacti(scene)
    _draw_ripples(scene)


def _draw_mesas(scene: Scene) -> None:
    chance, canvas = scene.chance("mesas"), scene.canvas
    draw_ridge(scene, "far", scene.horizon - 26, 22, "#a9745c", 0.92, foot=scene.horizon + 60)
    for _ in range(2 if scene.sparse else 3):
        x, wide = chance.uniform(-0.05, 0.9) * scene.width, chance.uniform(110, 230)
        top = scene.horizon - chance.uniform(70, 150)
        shape = [
            (x - 46, scene.horizon + 30),
            (x - 8, top + 40),
            (x, top),
            (x + wide, top + 6),
            (x + wide + 12, top + 44),
            (x + wide + 60, scene.horizon + 30),
        ]
        canvas.polygon(shape, scene.tone("#9c5b3f", 0.72))
        lit = [
            (x + wide * 0.55, top + 4),
            (x + wide, top + 6),
            (x + wide + 12, top + 44),
            (x + wide + 60, scene.horizon + 30),
            (x + wide * 0.5, scene.horizon + 30),
        ]
        if scene.light_x < 0.5:
            lit = [
                (x - 46, scene.horizon + 30),
                (x - 8, top + 40),
                (x, top),
                (x + wide * 0.45, top + 4),
                (x + wide * 0.4, scene.horizon + 30),
            ]
        canvas.polygon(lit, scene.tone("#c98a5b", 0.72))
        for band in (0.3, 0.55):
            y = top + (scene.horizon - top) * band
            canvas.line(
                f"M{x - 20:.1f} {y:.1f}L{x + wide + 20:.1f} {y + 3:.1f}",
                scene.tone("#7f4733", 0.7),
                2.5,
                'opacity="0.5"',
            )


def _draw_dune(scene: Scene, purpose: str, base: float, depth: float) -> None:
    """A crest across the picture; its slope away from the light lies in shadow."""
    chance, canvas = scene.chance(purpose), scene.canvas
    crest = scene.ridge(purpose, base, 74 * (1.2 - depth), 5, 0.6)
    outline = smooth(crest)
    top = scene.tone(lighten(_SAND, 0.3), depth)
    fill = canvas.linear(
        [
            (0, top, 1),
            (0.5, scene.tone(_SAND, depth * 0.8), 1),
            (1, scene.tone(darken(_SAND, 0.1), depth * 0.6), 1),
        ]
    )
    canvas.path(f"{outline}L{scene.width + 20:.1f} {HEIGHT:.0f}L-20 {HEIGHT:.0f}Z", fill)
    peak = min(crest[1:-1], key=lambda point: point[1])
    way = 1 if scene.light_x < 0.5 else -1
    reach = chance.uniform(240, 380)
    x, y = peak[0], peak[1] + 8
    slope = (
        f"M{x:.1f} {y:.1f}"
        f"C{x + way * 30:.1f} {y + 46:.1f} {x - way * 46:.1f} {y + 92:.1f} {x + way * 16:.1f} {y + 190:.1f}"
        f"C{x + way * reach * 0.5:.1f} {y + 150:.1f} {x + way * reach * 0.8:.1f} {y + 80:.1f} {x + way * reach:.1f} {y + 56:.1f}"
        f"C{x + way * reach * 0.55:.1f} {y + 36:.1f} {x + way * reach * 0.25:.1f} {y + 14:.1f} {x:.1f} {y:.1f}"
        "Z"
    )
    shade = scene.tone(darken(_SAND, 0.62), depth * 0.8)
    canvas.path(slope, canvas.linear([(0, shade, 0.75), (1, shade, 0.0)]))


def _draw_cacti(scene: Scene) -> None:
    chance = scene.chance("cacti")
    for _ in range(4):
        x = chance.choice((chance.uniform(0.03, 0.26), chance.uniform(0.76, 0.97))) * scene.width
        tall = chance.uniform(70, 190)
        y = scene.horizon + 40 + tall * 0.42
        colour = scene.tone("#4d6b45", 0.4 - tall / 700)
        size = tall / 9
        canvas = scene.canvas
        body = f"M{x:.1f} {y:.1f}L{x:.1f} {y - tall:.1f}"
        arms = (
            f"M{x:.1f} {y - tall * 0.4:.1f}"
            f"c{-tall * 0.24:.1f} 0 {-tall * 0.22:.1f} {-tall * 0.04:.1f} {-tall * 0.22:.1f} {-tall * 0.3:.1f}"
            f"M{x:.1f} {y - tall * 0.52:.1f}"
            f"c{tall * 0.2:.1f} 0 {tall * 0.2:.1f} {-tall * 0.04:.1f} {tall * 0.2:.1f} {-tall * 0.24:.1f}"
        )
        canvas.line(body, colour, size * 1.3)
        canvas.line(arms, colour, size)
        edge = -size * 0.36 if scene.light_x < 0.5 else size * 0.36
        canvas.line(
            f"M{x + edge:.1f} {y:.1f}L{x + edge:.1f} {y - tall:.1f}",
            scene.palette.grade(scene.palette.key),
            2,
            'opacity="0.5"',
        )
        if scene.snowy:
            canvas.circle(x, y - tall - size * 0.4, size * 0.6, "#f4f7fb")


def _draw_ripples(scene: Scene) -> None:
    chance, canvas = scene.chance("ripples"), scene.canvas
    dark = scene.tone("#f4f7fb" if scene.snowy else darken(_SAND, 0.3))
    y = scene.horizon + 190
    while y < HEIGHT:
        share = (y - scene.horizon) / (HEIGHT - scene.horizon)
        points = [(x, y + chance.uniform(-5, 5) * share) for x in range(-40, int(scene.width) + 100, 70)]
        canvas.line(smooth(points), dark, 1 + 2 * share, 'opacity="0.24"')
        y += 9 + 17 * share
