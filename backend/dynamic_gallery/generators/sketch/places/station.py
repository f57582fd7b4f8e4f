"""A railway hall: iron arches, a train, a clock."""

from __future__ import annotations

import itertools
import math

from dynamic_gallery.generators.sketch.colour import darken, lighten, mix
from dynamic_gallery.generators.sketch.places.common import Eye, draw_glow, lamp_colour
from dynamic_gallery.generators.sketch.scene import HEIGHT, Scene

_FLOOR = -1.7
_HALF = 6.4
_SPRING = 3.0
_RISE = 4.6


def draw_station(scene: Scene) -> None:
    """A vault of glass between iron ribs over a platform, with a train on one side."""
    eye = Eye(scene.width * 0.5, scene.horizon, 600)
    side = 1 if scene.light_x < 0.5 else -1
    _draw_vault(scene, eye)
    _draw_floor(scene, eye, side)
    _draw_train(scene, eye, side)
    _draw_columns(scene, eye, -side)
    _draw_clock(scene, eye)
    if scene.palette.body != "none" and not scene.palette.dark:
        _draw_beams(scene)


def _arch(eye: Eye, ahead: float, swell: float = 0.0) -> list[tuple[float, float]]:
    points = []
    for step in range(25):
        angle = math.pi * step / 24
        points.append(
            eye.see(-(_HALF + swell) * math.cos(angle), _SPRING + (_RISE + swell) * math.sin(angle), ahead)
        )
    return points


def _draw_vault(scene: Scene, eye: Eye) -> None:
    canvas = scene.canvas
    steel = "#5b6670"
    rings = [3.0, 4.6, 6.6, 9.2, 12.6, 17.0, 23.0, 31.0]
    for near, far in reversed(list(itertools.pairwise(rings))):
        depth = min(1.0, near / 31)
        outer, inner = _arch(eye, near), _arch(eye, far)
        shade = scene.tone("#39434c", depth)
        for low, high, colour, opacity in (
            (0, 6, shade, 0.88),
            (6, 18, scene.palette.grade(mix(scene.palette.sky[3], "#ffffff", 0.2)), 0.16),
            (18, 24, shade, 0.88),
        ):
            canvas.polygon(
                [*outer[low : high + 1], *reversed(inner[low : high + 1])], colour, f'opacity="{opacity}"'
            )
        bars = "".join(
            f"M{outer[i][0]:.1f} {outer[i][1]:.1f}L{inner[i][0]:.1f} {inner[i][1]:.1f}"
            for i in range(2, 23, 2)
        )
        canvas.line(bars, scene.tone(steel, depth), max(1.0, 13 / near))
        for wall in (0, 24):
            x = outer[wall]
            foot0, foot1 = (
                eye.see(-_HALF if wall == 0 else _HALF, _FLOOR, near),
                eye.see(-_HALF if wall == 0 else _HALF, _FLOOR, far),
            )
            canvas.polygon([x, inner[wall], foot1, foot0], scene.tone("#8c7c6b", depth))
        rib = "M" + "L".join(f"{px:.1f} {py:.1f}" for px, py in outer)
        canvas.line(rib, scene.tone(darken(steel, 0.3), depth), max(2.0, 62 / near))
        canvas.line(rib, scene.tone(lighten(steel, 0.2), depth), max(0.8, 14 / near))


def _draw_floor(scene: Scene, eye: Eye, side: int) -> None:
    canvas = scene.canvas
    stone = "#b3aa9c"
    canvas.polygon(
        [
            eye.see(-_HALF, _FLOOR, 31),
            eye.see(_HALF, _FLOOR, 31),
            (scene.width + 900, HEIGHT),
            (-900, HEIGHT),
        ],
        canvas.linear(
            [
                (0, scene.tone(lighten(stone, 0.1), 0.8), 1),
                (0.4, scene.tone(stone, 0.2), 1),
                (1, scene.tone(darken(stone, 0.3)), 1),
            ]
        ),
    )
    lines = "".join(
        f"M{eye.see(x * 0.9, _FLOOR, 31)[0]:.1f} {eye.see(x * 0.9, _FLOOR, 31)[1]:.1f}"
        f"L{eye.see(x * 0.9, _FLOOR, 1.6)[0]:.1f} {eye.see(x * 0.9, _FLOOR, 1.6)[1]:.1f}"
        for x in range(-7, 8)
    )
    lines += "".join(
        f"M-20 {eye.see(0, _FLOOR, ahead)[1]:.1f}H{scene.width + 20:.1f}"
        for ahead in (1.9, 2.3, 2.8, 3.5, 4.4, 5.6, 7.2, 9.5, 13, 19)
    )
    canvas.line(lines, scene.tone("#6f675d"), 1.6, 'opacity="0.4"')
    track = eye.quad(
        [
            (side * 2.6, _FLOOR, 1.6),
            (side * 2.6, _FLOOR, 31),
            (side * 6.4, _FLOOR, 31),
            (side * 6.4, _FLOOR, 1.6),
        ]
    )
    canvas.polygon(track, scene.tone("#3d3a38", 0.1))
    edge = eye.quad(
        [
            (side * 2.3, _FLOOR, 1.6),
            (side * 2.3, _FLOOR, 31),
            (side * 2.6, _FLOOR, 31),
            (side * 2.6, _FLOOR, 1.6),
        ]
    )
    canvas.polygon(edge, scene.tone("#e8c65a", 0.1))


def _draw_train(scene: Scene, eye: Eye, side: int) -> None:
    canvas = scene.canvas
    paint = mix(scene.accent, "#2f3f58", 0.45)
    x = side * 2.9
    low, sill, top = _FLOOR + 0.15, -0.35, 1.5
    for near, far in ((17.5, 26.0), (8.8, 17.0), (3.1, 8.4)):
        depth = min(0.9, near / 24)
        body = eye.quad([(x, low, near), (x, top, near), (x, top, far), (x, low, far)])
        canvas.polygon(
            body,
            canvas.linear(
                [
                    (0, scene.tone(lighten(paint, 0.16), depth), 1),
                    (1, scene.tone(darken(paint, 0.3), depth), 1),
                ]
            ),
        )
        canvas.polygon(
            eye.quad(
                [
                    (x, top, near),
                    (x + side * 0.5, top + 0.5, near),
                    (x + side * 0.5, top + 0.5, far),
                    (x, top, far),
                ]
            ),
            scene.tone("#eef2f6" if scene.snowy else "#b9bdc0", depth),
        )
        stripe = eye.quad(
            [(x, sill - 0.28, near), (x, sill - 0.14, near), (x, sill - 0.14, far), (x, sill - 0.28, far)]
        )
        canvas.polygon(stripe, scene.tone("#ecdcae", depth))
        end = eye.quad(
            [
                (x, low, near),
                (x, top, near),
                (x + side * 0.5, top + 0.5, near),
                (x + side * 3.4, top + 0.5, near),
                (x + side * 3.4, low, near),
            ]
        )
        canvas.polygon(end, scene.tone(darken(paint, 0.46), depth))
        panes = 6
        for pane in range(panes):
            start = near + 0.3 + (far - near - 0.6) * pane / panes
            wide = (far - near - 0.6) / panes * 0.72
            glass = eye.quad(
                [
                    (x, sill + 0.1, start),
                    (x, 1.0, start),
                    (x, 1.0, start + wide),
                    (x, sill + 0.1, start + wide),
                ]
            )
            lit = scene.palette.lamps
            canvas.polygon(
                glass,
                lamp_colour(scene) if lit else scene.tone(mix("#495866", scene.palette.sky[2], 0.45), depth),
            )


def _draw_columns(scene: Scene, eye: Eye, side: int) -> None:
    canvas = scene.canvas
    for ahead in (23.0, 16.0, 11.0, 7.4, 4.9):
        depth = min(0.9, ahead / 26)
        foot, head = eye.see(side * 4.3, _FLOOR, ahead), eye.see(side * 4.3, _SPRING + 1.6, ahead)
        wide = 0.17 * eye.focal / ahead
        iron = scene.tone("#4f5b60", depth)
        canvas.rect(
            foot[0] - wide,
            head[1],
            wide * 2,
            foot[1] - head[1],
            canvas.linear([(0, lighten(iron, 0.25), 1), (1, darken(iron, 0.35), 1)], along=(0, 0, 1, 0)),
        )
        canvas.rect(foot[0] - wide * 1.6, foot[1] - wide * 2, wide * 3.2, wide * 2, darken(iron, 0.15))
        lamp = eye.see(side * 3.5, 1.7, ahead)
        canvas.line(f"M{foot[0]:.1f} {lamp[1]:.1f}L{lamp[0]:.1f} {lamp[1]:.1f}", iron, wide * 0.5)
        if scene.palette.lamps:
            draw_glow(scene, lamp[0], lamp[1] + wide, wide * 9, lamp_colour(scene), 0.9)
        canvas.circle(
            lamp[0],
            lamp[1] + wide,
            wide * 0.95,
            lighten(lamp_colour(scene), 0.3) if scene.palette.lamps else scene.tone("#f3efe4", depth),
        )


def _draw_clock(scene: Scene, eye: Eye) -> None:
    canvas = scene.canvas
    x, y = eye.see(0, 4.4, 9.0)
    size = 58.0
    canvas.line(
        f"M{x:.1f} {y - size:.1f}L{x:.1f} {eye.see(0, 7.4, 9.0)[1]:.1f}", scene.tone("#33383c", 0.3), 8
    )
    if scene.palette.lamps:
        draw_glow(scene, x, y, size * 3, "#ffe9b8", 0.7)
    canvas.circle(x, y, size, scene.tone("#2c3236", 0.2))
    canvas.circle(x, y, size * 0.86, mix(scene.tone("#f7f1e2", 0.1), "#fff6df", 0.5))
    for hour in range(12):
        angle = math.tau * hour / 12
        canvas.line(
            f"M{x + size * 0.74 * math.cos(angle):.1f} {y + size * 0.74 * math.sin(angle):.1f}"
            f"L{x + size * 0.64 * math.cos(angle):.1f} {y + size * 0.64 * math.sin(angle):.1f}",
            "#24282b",
            3.4,
        )
    chance = scene.chance("clock")
    for length, width in ((0.42, 5), (0.62, 3.4)):
        angle = chance.uniform(0, math.tau)
        canvas.line(
            f"M{x:.1f} {y:.1f}"
            f"L{x + size * length * math.cos(angle):.1f} {y + size * length * math.sin(angle):.1f}",
            "#24282b",
            width,
        )


def _draw_beams(scene: Scene) -> None:
    canvas = scene.canvas
    light = scene.palette.grade(lighten(scene.palette.key, 0.2))
    way = 1 if scene.light_x < 0.5 else -1
    for start, wide in ((0.1, 70), (0.3, 110), (0.52, 60)):
        x = scene.width * (start if way > 0 else 1 - start)
        canvas.polygon(
            [
                (x, 40),
                (x + way * wide, 40),
                (x + way * (wide * 1.8 + 260), HEIGHT * 0.9),
                (x + way * 230, HEIGHT * 0.9),
            ],
            canvas.linear([(0, light, 0.32), (1, light, 0.0)]),
        )
