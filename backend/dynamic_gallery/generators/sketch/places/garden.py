"""Hedges, an arch of roses, a fountain and a gravel path."""

from __future__ import annotations

import math

from dynamic_gallery.generators.sketch.colour import darken, lighten, mix
from dynamic_gallery.generators.sketch.places.common import (
    draw_glow,
    draw_ground,
    draw_ridge,
    draw_sheen,
    lamp_colour,
)
from dynamic_gallery.generators.sketch.scene import HEIGHT, Scene


def draw_garden(scene: Scene) -> None:
    """Trees in haze, clipped hedges towards an arch, beds of flowers on both sides."""
    y = scene.horizon
    _draw_trees(scene)
    draw_ridge(scene, "hedge", y - 34, 6, _green(scene, "#54784a"), 0.62, steps=30, foot=y + 40)
    draw_ground(scene, _green(scene, "#6f9550"), _green(scene, "#9ab36e"), top=y)
    _draw_path(scene)
    _draw_fountain(scene)
    _draw_arch(scene)
    _draw_beds(scene)
    if scene.wet:
        draw_sheen(scene, y + 120)


def _green(scene: Scene, colour: str) -> str:
    return mix(colour, "#eef3f7", 0.8) if scene.snowy else colour


def _draw_trees(scene: Scene) -> None:
    chance, canvas = scene.chance("trees"), scene.canvas
    for depth, count in ((0.92, 12), (0.72, 8)):
        for index in range(int(count * max(1.0, scene.width / 864))):
            x = (index + chance.random()) * scene.width / count
            size = chance.uniform(60, 130) * (1.25 - depth * 0.4)
            canvas.rect(x - 5, scene.horizon - size, 10, size, scene.tone("#5a4634", depth))
            for _ in range(7):
                colour = scene.tone(
                    _green(scene, chance.choice(("#5f8a50", "#7ba05a", "#4c7550", "#d99fb4"))), depth
                )
                canvas.circle(
                    x + chance.gauss(0, size * 0.34),
                    scene.horizon - size * 1.15 + chance.gauss(0, size * 0.25),
                    size * chance.uniform(0.25, 0.45),
                    colour,
                )


def _draw_path(scene: Scene) -> None:
    canvas, middle = scene.canvas, scene.width / 2
    gravel = "#f1f4f7" if scene.snowy else "#dcc9a3"
    fill = canvas.linear(
        [
            (0, scene.tone(gravel, 0.6), 1),
            (0.5, scene.tone(gravel, 0.1), 1),
            (1, scene.tone(darken(gravel, 0.25)), 1),
        ]
    )
    canvas.polygon(
        [
            (middle - 44, scene.horizon + 6),
            (middle + 44, scene.horizon + 6),
            (middle + 360, HEIGHT),
            (middle - 360, HEIGHT),
        ],
        fill,
    )
    for side in (-1, 1):
        for near in (0.14, 0.4):
            top = scene.horizon + (HEIGHT - scene.horizon) * near * 0.5
            x0, x1 = middle + side * (58 + near * 250), middle + side * (58 + (near + 0.28) * 330)
            tall0, tall1 = 34 + near * 90, 34 + (near + 0.3) * 130
            low = scene.horizon + (HEIGHT - scene.horizon) * (near + 0.28) * 0.62
            face = scene.tone(_green(scene, "#3f6a40"), 0.4 - near * 0.5)
            canvas.polygon([(x0, top), (x0, top - tall0), (x1, low - tall1), (x1, low)], face)
            out = side * scene.width * 0.3
            canvas.polygon(
                [
                    (x0, top - tall0),
                    (x0 + out * 0.5, top - tall0 - 2),
                    (x1 + out, low - tall1),
                    (x1, low - tall1),
                ],
                scene.tone(_green(scene, "#6a9857"), 0.4 - near * 0.5),
            )
            canvas.polygon(
                [(x1, low), (x1, low - tall1), (x1 + out, low - tall1), (x1 + out, low)],
                scene.tone(_green(scene, "#4d7c49"), 0.35 - near * 0.5),
            )


def _draw_fountain(scene: Scene) -> None:
    canvas, x, y = scene.canvas, scene.width / 2, scene.horizon + 34
    stone = scene.tone("#cfc8ba", 0.5)
    canvas.ellipse(x, y, 74, 15, darken(stone, 0.2))
    canvas.ellipse(x, y - 5, 70, 12, scene.tone("#8fb8c4", 0.4))
    canvas.rect(x - 6, y - 60, 12, 56, stone)
    canvas.ellipse(x, y - 60, 34, 8, stone)
    water = lighten(scene.tone("#d9ecf2", 0.3), 0.4)
    for way in (-1, 1):
        for reach in (20, 40):
            canvas.line(
                f"M{x:.1f} {y - 84:.1f}"
                f"Q{x + way * reach:.1f} {y - 96:.1f} {x + way * reach * 1.4:.1f} {y - 8:.1f}",
                water,
                2.4,
                'opacity="0.75"',
            )


def _draw_arch(scene: Scene) -> None:
    canvas, chance = scene.canvas, scene.chance("roses")
    x, foot, wide, spring = scene.width / 2, scene.horizon + 128, 236.0, scene.horizon - 130
    iron = scene.tone("#f0ede6" if scene.mood in {"romantic", "minimal"} else "#3d4238", 0.15)
    for inset in (0, 22):
        half = wide - inset
        canvas.line(
            f"M{x - half:.1f} {foot:.1f}L{x - half:.1f} {spring:.1f}"
            f"A{half:.1f} {half * 0.9:.1f} 0 0 1 {x + half:.1f} {spring:.1f}L{x + half:.1f} {foot:.1f}",
            iron,
            6,
        )
    bloom = scene.accent if scene.accent not in {"#1e1e22", "#4f8a5b"} else "#dd7f98"
    for step in range(150):
        turn = chance.uniform(-0.25, 1.25)
        if turn < 0 or turn > 1:
            px = x + (-wide if turn < 0 else wide) + chance.gauss(0, 18)
            py = chance.uniform(spring, foot)
        else:
            angle = math.pi * (1 - turn)
            px, py = (
                x + wide * math.cos(angle) + chance.gauss(0, 16),
                spring - wide * 0.9 * math.sin(angle) + chance.gauss(0, 16),
            )
        if step % 3:
            canvas.circle(
                px,
                py,
                chance.uniform(9, 20),
                scene.tone(_green(scene, chance.choice(("#4f7f47", "#6b9955", "#3d6a42"))), 0.14),
            )
        else:
            size = chance.uniform(8, 15)
            colour = scene.tone(mix(bloom, "#ffffff", chance.uniform(0.1, 0.5)), 0.1)
            canvas.circle(px, py, size, colour)
            canvas.circle(px - size * 0.15, py - size * 0.1, size * 0.55, darken(colour, 0.16))
            canvas.circle(px - size * 0.1, py - size * 0.15, size * 0.24, lighten(colour, 0.3))
    if scene.palette.lamps:
        for step in range(9):
            angle = math.pi * (step + 0.5) / 9
            px, py = x + (wide - 24) * math.cos(angle), spring - (wide - 24) * 0.9 * math.sin(angle)
            draw_glow(scene, px, py, 38, lamp_colour(scene), 0.95)


def _draw_beds(scene: Scene) -> None:
    chance, canvas = scene.chance("beds"), scene.canvas
    petals = ("#f2e3ee", "#e58aa5", "#f5cf6b", "#b08bd0", scene.accent)
    for _ in range(int((90 if scene.sparse else 170) * scene.width / 864)):
        side = chance.choice((-1, 1))
        y = HEIGHT * chance.uniform(0.84, 1.0)
        x = scene.width / 2 + side * (scene.width * 0.5 - chance.random() ** 1.5 * 190)
        tall = chance.uniform(24, 80)
        canvas.line(
            f"M{x:.1f} {y:.1f}"
            f"q{chance.uniform(-8, 8):.1f} {-tall * 0.5:.1f} {chance.uniform(-10, 10):.1f} {-tall:.1f}",
            scene.tone(_green(scene, "#4a7a3f")),
            3,
        )
        if chance.random() < 0.62:
            size, colour = chance.uniform(6, 14), scene.tone(chance.choice(petals))
            for petal in range(5):
                angle = math.tau * petal / 5
                canvas.circle(
                    x + size * 0.6 * math.cos(angle),
                    y - tall + size * 0.6 * math.sin(angle),
                    size * 0.5,
                    colour,
                )
            canvas.circle(x, y - tall, size * 0.36, scene.tone("#f4d77a"))
