"""Stalls with striped awnings, fruit and lanterns."""

from __future__ import annotations

from dataclasses import dataclass

from dynamic_gallery.generators.sketch.canvas import polyline
from dynamic_gallery.generators.sketch.colour import darken, lighten, mix
from dynamic_gallery.generators.sketch.places.common import (
    Eye,
    draw_glow,
    draw_ground,
    draw_sheen,
    lamp_colour,
)
from dynamic_gallery.generators.sketch.scene import HEIGHT, Scene

_CLOTHS = ("#b8433c", "#2f6b5e", "#d1963a", "#355c8a", "#8a4a70", "#c96a3c")
_FRUIT = ("#e07b2f", "#c93c3c", "#e3b93d", "#7fa03f", "#8c4f86", "#f0d28a")
_GROUND = -1.7
_COUNTER = -0.75


def draw_market(scene: Scene) -> None:
    """Old houses at the end, a row of stalls on each side, people far off, lanterns across."""
    eye = Eye(scene.width / 2, scene.horizon, 560)
    _draw_houses(scene)
    draw_ground(scene, "#a08c74", "#b7a58c")
    _draw_paving(scene, eye)
    _draw_people(scene, eye)
    for ahead in (15.0, 11.4, 8.2, 5.4, 3.2):
        for side in (-1, 1):
            _draw_stall(scene, eye, _Stall(side, ahead))
    _draw_lanterns(scene, eye)
    if scene.wet:
        draw_sheen(scene, scene.horizon + 60)


def _draw_houses(scene: Scene) -> None:
    chance, canvas = scene.chance("houses"), scene.canvas
    x = -20.0
    while x < scene.width + 20:
        wide, tall = chance.uniform(80, 140), chance.uniform(150, 300)
        wall = chance.choice(("#d8b48a", "#c98f6a", "#e0c9a0", "#b8a58f", "#d09a80"))
        y = scene.horizon + 6
        canvas.rect(x, y - tall, wide, tall, scene.tone(wall, 0.75))
        canvas.polygon(
            [(x - 6, y - tall), (x + wide * 0.5, y - tall - wide * 0.36), (x + wide + 6, y - tall)],
            scene.tone("#f3f6fa" if scene.snowy else "#9a5640", 0.75),
        )
        for row in range(int(tall / 52)):
            for column in range(2):
                lit = scene.palette.lamps and chance.random() < 0.6
                canvas.rect(
                    x + wide * (0.2 + 0.38 * column),
                    y - tall + 20 + row * 50,
                    wide * 0.2,
                    28,
                    lamp_colour(scene) if lit else scene.tone("#55606a", 0.8),
                )
        x += wide + 2


def _draw_paving(scene: Scene, eye: Eye) -> None:
    lines = ""
    for row in range(26):
        y = eye.see(0, _GROUND, 1.6 + row * row * 0.045 + row * 0.14)[1]
        lines += f"M0 {y:.1f}H{scene.width:.1f}"
    for column in range(-14, 15):
        far, near = eye.see(column * 0.55, _GROUND, 30), eye.see(column * 0.55, _GROUND, 1.6)
        lines += f"M{far[0]:.1f} {far[1]:.1f}L{near[0]:.1f} {near[1]:.1f}"
    scene.canvas.line(lines, scene.tone("#5f5142"), 1.5, 'opacity="0.3"')


def _draw_people(scene: Scene, eye: Eye) -> None:
    chance, canvas = scene.chance("people"), scene.canvas
    for _ in range(2 if scene.sparse else 7):
        ahead = chance.uniform(13, 24)
        x, foot = eye.see(chance.uniform(-1.6, 1.6), _GROUND, ahead)
        size = eye.focal / ahead
        coat = scene.tone(chance.choice(("#4a3f4f", "#6b4a3a", "#2f4555", "#7d5a4a")), ahead / 30)
        canvas.path(
            f"M{x - 0.2 * size:.1f} {foot:.1f}L{x - 0.26 * size:.1f} {foot - 1.2 * size:.1f}"
            f"Q{x:.1f} {foot - 1.6 * size:.1f} {x + 0.26 * size:.1f} {foot - 1.2 * size:.1f}"
            f"L{x + 0.2 * size:.1f} {foot:.1f}Z",
            coat,
        )
        canvas.circle(x, foot - 1.6 * size, 0.14 * size, scene.tone("#b98a6a", ahead / 30))


@dataclass(frozen=True, slots=True)
class _Stall:
    """A stall beside the lane, in metres: on which side, and from how far ahead."""

    side: int
    near: float

    @property
    def far(self) -> float:
        return self.near + 2.3

    @property
    def front(self) -> float:
        return self.side * 2.5

    @property
    def back(self) -> float:
        return self.side * 4.6

    @property
    def depth(self) -> float:
        return max(0.0, min(0.8, (self.near - 3) / 16))


def _draw_stall(scene: Scene, eye: Eye, stall: _Stall) -> None:
    canvas, near, far, front, back = scene.canvas, stall.near, stall.far, stall.front, stall.back
    wood = scene.tone("#8a6242", stall.depth)
    for post in (near + 0.1, far - 0.1):
        canvas.line(
            polyline(eye.quad([(front, _GROUND, post), (front, 1.2, post)])), wood, 0.08 * eye.focal / post
        )
    wall = [(back, _GROUND, near), (back, 1.2, near), (back, 1.2, far), (back, _GROUND, far)]
    cloth = scene.tone("#4f4034", stall.depth)
    if scene.palette.lamps:
        cloth = mix(scene.tone("#6b4a30", stall.depth), lamp_colour(scene), 0.35)
    canvas.polygon(eye.quad(wall), cloth)
    behind = _COUNTER + 0.35
    board = [(front, _COUNTER, near), (front, _COUNTER, far), (back, behind, far), (back, behind, near)]
    face = [(front, _GROUND, near), (front, _COUNTER, near), (front, _COUNTER, far), (front, _GROUND, far)]
    end = [(front, _GROUND, near), (front, _COUNTER, near), (back, behind, near), (back, _GROUND, near)]
    for corners, colour in (
        (board, lighten(wood, 0.12)),
        (face, darken(wood, 0.18)),
        (end, darken(wood, 0.38)),
    ):
        canvas.polygon(eye.quad(corners), colour)
    _draw_fruit(scene, eye, stall)
    _draw_awning(scene, eye, stall)


def _draw_fruit(scene: Scene, eye: Eye, stall: _Stall) -> None:
    chance, canvas = scene.chance("fruit"), scene.canvas
    for heap in range(3):
        colour = chance.choice(_FRUIT)
        for _ in range(16):
            ahead, across = (
                stall.near + 0.25 + heap * 0.72 + chance.uniform(0, 0.55),
                chance.uniform(0.15, 1.2),
            )
            up = _COUNTER + 0.12 + across * 0.17 + chance.uniform(0, 0.14)
            x, y = eye.see(stall.front + stall.side * across, up, ahead)
            size = 0.1 * eye.focal / ahead
            canvas.circle(
                x, y, size, scene.tone(mix(colour, "#ffffff", chance.uniform(0, 0.16)), stall.depth)
            )
            if stall.near < 9:
                canvas.circle(x - size * 0.3, y - size * 0.3, size * 0.3, "#ffffff", 'opacity="0.28"')


def _draw_awning(scene: Scene, eye: Eye, stall: _Stall) -> None:
    chance, canvas = scene.chance("awnings"), scene.canvas
    cloth = scene.accent if chance.random() < 0.3 else chance.choice(_CLOTHS)
    edge, back, start = stall.front - stall.side * 0.45, stall.back, stall.near - 0.15
    strips = 8
    step = (stall.far - stall.near + 0.3) / strips
    for strip in range(strips):
        colour = cloth if strip % 2 else "#f3e9d6"
        colour = mix(colour, "#ffffff", 0.75) if scene.snowy else colour
        left, right = start + strip * step, start + (strip + 1) * step
        roof = [(back, 2.0, left), (edge, 1.15, left), (edge, 1.15, right), (back, 2.0, right)]
        canvas.polygon(eye.quad(roof), scene.tone(colour, stall.depth))
        tip = (edge, 0.84, (left + right) / 2)
        hem = [(edge, 1.15, left), (edge, 0.9, left), tip, (edge, 0.9, right), (edge, 1.15, right)]
        canvas.polygon(eye.quad(hem), scene.tone(darken(colour, 0.14), stall.depth))
    gable = [(back, 2.0, start), (edge, 1.15, start), (back, 1.15, start)]
    canvas.polygon(eye.quad(gable), scene.tone(darken(cloth, 0.3), stall.depth))


def _draw_lanterns(scene: Scene, eye: Eye) -> None:
    canvas, chance = scene.canvas, scene.chance("lanterns")
    lit = scene.palette.lamps
    for ahead in (12.0, 7.6, 4.8):
        left, right = eye.see(-3.2, 3.1, ahead), eye.see(3.2, 3.1, ahead)
        sag = 0.8 * eye.focal / ahead
        canvas.line(
            f"M{left[0]:.1f} {left[1]:.1f}Q{eye.x:.1f} {left[1] + sag * 2:.1f} {right[0]:.1f} {right[1]:.1f}",
            scene.tone("#2c2622", ahead / 26),
            2,
        )
        for step in range(1, 6):
            share = step / 6
            x = left[0] + (right[0] - left[0]) * share
            y = left[1] + sag * 4 * share * (1 - share)
            size = 0.24 * eye.focal / ahead
            colour = (
                lamp_colour(scene) if lit else scene.tone(chance.choice((*_CLOTHS, "#f1e2bd")), ahead / 26)
            )
            if lit:
                draw_glow(scene, x, y + size, size * 4.6, colour, 0.85)
            canvas.ellipse(x, y + size, size * 0.8, size, lighten(colour, 0.3) if lit else colour)
            canvas.rect(x - size * 0.3, y - size * 0.1, size * 0.6, size * 0.2, scene.tone("#3a2b22", 0.2))
    canvas.rect(0, HEIGHT - 120, scene.width, 120, canvas.linear([(0, "#000000", 0), (1, "#000000", 0.2)]))
