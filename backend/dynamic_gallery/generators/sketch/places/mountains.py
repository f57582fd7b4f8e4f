"""Peaks with snow, a lake and a meadow."""

from __future__ import annotations

from dynamic_gallery.generators.sketch.canvas import Point
from dynamic_gallery.generators.sketch.colour import darken, lighten, mix
from dynamic_gallery.generators.sketch.places.common import draw_ground, draw_ridge
from dynamic_gallery.generators.sketch.scene import HEIGHT, Scene

_ROCK = "#6d7485"


def draw_mountains(scene: Scene) -> None:
    """Three ranges in haze, one massif with snow and two sides, a lake, firs, a meadow."""
    y = scene.horizon
    draw_ridge(scene, "far", y - 120, 90, "#7f8aa0", 0.98, foot=y + 40)
    _draw_massif(scene, 0.78, 0.62)
    _draw_massif(scene, 0.55, 0.44)
    draw_ridge(scene, "foothill", y - 26, 34, "#dfe7ee" if scene.snowy else "#4f6a55", 0.62, foot=y + 60)
    draw_ground(scene, "#6f8449", "#93a468", top=y)
    if scene.chance("lake").random() < 0.6 or scene.sparse or scene.says("lake", "fjord", "tarn"):
        _draw_lake(scene)
    _draw_firs(scene)
    _draw_meadow(scene)


def _draw_massif(scene: Scene, depth: float, reach: float) -> None:
    chance, canvas = scene.chance(f"massif{depth}"), scene.canvas
    lit_left = scene.light_x < 0.5
    x = -0.12 * scene.width
    while x < scene.width * 1.05:
        half = chance.uniform(150, 270)
        peak: Point = (x + half, scene.horizon - scene.horizon * reach * chance.uniform(0.62, 1.0))
        _draw_peak(scene, peak, half, depth, lit_left)
        x += half * chance.uniform(0.9, 1.4)
    canvas.rect(
        0,
        scene.horizon - 150,
        scene.width,
        160,
        canvas.linear(
            [
                (0, scene.palette.grade(scene.palette.haze), 0),
                (1, scene.palette.grade(scene.palette.haze), 0.62),
            ]
        ),
    )


def _draw_peak(scene: Scene, peak: Point, half: float, depth: float, lit_left: bool) -> None:
    chance, canvas = scene.chance("peaks"), scene.canvas
    foot = scene.horizon + 10
    steps = 7

    def edge(way: int) -> list[Point]:
        points = [peak]
        for step in range(1, steps):
            share = step / steps
            points.append(
                (
                    peak[0] + way * half * (share + chance.uniform(-0.05, 0.05)),
                    peak[1] + (foot - peak[1]) * (share + chance.uniform(-0.04, 0.05)),
                )
            )
        return [*points, (peak[0] + way * half * 1.05, foot)]

    left, right = edge(-1), edge(1)
    spine = [
        (
            peak[0] + chance.uniform(-0.12, 0.12) * half * step / steps * 3,
            peak[1] + (foot - peak[1]) * step / steps,
        )
        for step in range(steps + 1)
    ]
    bright, dark = scene.tone(lighten(_ROCK, 0.14), depth), scene.tone(darken(_ROCK, 0.34), depth)
    canvas.polygon([*left, *reversed(spine)], bright if lit_left else dark)
    canvas.polygon([*right, *reversed(spine)], dark if lit_left else bright)
    white, shaded = scene.tone("#fdfcf8", depth * 0.8), scene.tone("#a9b9d6", depth * 0.85)
    cut = 5 if scene.snowy else 3
    for side, points in ((1, left), (-1, right)):
        fringe = [
            (px + side * half * 0.1 * (1 + index % 2), py + 12 + (index % 2) * 30)
            for index, (px, py) in enumerate(points[1:cut])
        ]
        cap = [*points[:cut], *reversed(fringe), *reversed(spine[: cut - 1])]
        is_lit = (side > 0) == lit_left
        canvas.polygon(cap, white if is_lit else shaded)


def _draw_lake(scene: Scene) -> None:
    canvas, chance = scene.canvas, scene.chance("ripple")
    top, bottom = scene.horizon + 8, scene.horizon + 150
    far, near = scene.palette.grade(mix(scene.palette.sky[2], "#5f8ea0", 0.35)), scene.tone("#3f6f86", 0.25)
    canvas.ellipse(
        scene.width / 2,
        (top + bottom) / 2,
        scene.width * 0.62,
        (bottom - top) / 2,
        canvas.linear([(0, far, 1), (1, near, 1)]),
    )
    light = scene.palette.grade(lighten(scene.palette.sky[3], 0.3))
    for _ in range(40):
        share = chance.random()
        x, y = scene.width * chance.uniform(0.05, 0.95), top + 16 + (bottom - top - 32) * share
        canvas.line(
            f"M{x:.1f} {y:.1f}l{20 + 60 * share:.1f} 0",
            light,
            1 + share,
            f'opacity="{chance.uniform(0.15, 0.5):.2f}"',
        )


def _draw_firs(scene: Scene) -> None:
    chance, canvas = scene.chance("firs"), scene.canvas
    for depth, base, count, tall in ((0.55, 26, 30, 52), (0.3, 96, 14, 120), (0.1, 190, 6, 250)):
        trees = []
        for _ in range(int(count * max(1.0, scene.width / 864))):
            side = chance.choice((0, 1))
            reach = 0.46 if depth > 0.5 else 0.28 if depth > 0.2 else 0.14
            x = chance.uniform(-0.02, reach)
            trees.append(
                (
                    (1 - x if side else x) * scene.width,
                    scene.horizon + base + chance.uniform(-10, 14),
                    tall * chance.uniform(0.6, 1.1),
                )
            )
        for x, y, size in sorted(trees, key=lambda tree: tree[1]):
            colour = scene.tone("#2f4f3f", depth)
            for tier in range(4):
                low, wide = y - size * 0.2 * tier, size * (0.26 - 0.05 * tier)
                canvas.polygon([(x - wide, low), (x, low - size * 0.42), (x + wide, low)], colour)
                if scene.snowy:
                    canvas.polygon(
                        [
                            (x - wide * 0.6, low - size * 0.14),
                            (x, low - size * 0.42),
                            (x + wide * 0.6, low - size * 0.14),
                        ],
                        "#f3f6fa",
                        'opacity="0.9"',
                    )


def _draw_meadow(scene: Scene) -> None:
    chance, canvas = scene.chance("meadow"), scene.canvas
    grass = "#eaf0f5" if scene.snowy else "#6d8a45"
    crest = scene.ridge("meadow", scene.horizon + 176, 22, 12)
    data = (
        "M"
        + "L".join(f"{x:.1f} {y:.1f}" for x, y in crest)
        + f"L{scene.width + 20:.1f} {HEIGHT:.0f}L-20 {HEIGHT:.0f}Z"
    )
    canvas.path(
        data,
        canvas.linear(
            [(0, scene.tone(lighten(grass, 0.14), 0.2), 1), (1, scene.tone(darken(grass, 0.34)), 1)]
        ),
    )
    for _ in range(int(26 * scene.width / 864)):
        x, y = chance.uniform(0, scene.width), chance.uniform(scene.horizon + 220, HEIGHT)
        size = chance.uniform(7, 26) * (y - scene.horizon) / (HEIGHT - scene.horizon)
        stone = scene.tone(chance.choice(("#8d8f94", "#75787f", "#a3a099")))
        canvas.path(
            f"M{x - size:.1f} {y:.1f}q{size * 0.2:.1f} {-size:.1f} {size:.1f} {-size * 0.9:.1f}"
            f"t{size:.1f} {size * 0.9:.1f}Z",
            stone,
        )
    if not scene.snowy:
        for _ in range(int(90 * scene.width / 864)):
            x, y = chance.uniform(0, scene.width), chance.uniform(scene.horizon + 200, HEIGHT)
            canvas.circle(
                x,
                y,
                chance.uniform(1.5, 4),
                scene.tone(chance.choice(("#f2e6b0", "#e9a6bf", "#ffffff", scene.accent))),
            )
