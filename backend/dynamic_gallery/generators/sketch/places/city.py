"""A street between houses."""

from __future__ import annotations

from dataclasses import dataclass

from dynamic_gallery.generators.sketch.colour import darken, lighten, mix
from dynamic_gallery.generators.sketch.places.common import (
    Eye,
    draw_glow,
    draw_ground,
    draw_sheen,
    lamp_colour,
)
from dynamic_gallery.generators.sketch.scene import HEIGHT, Scene

_WALLS = ("#b9a48c", "#a88a74", "#c7b79e", "#8f6a58", "#9aa0a6", "#b57f63", "#7d8790", "#d2c3ab")
_CLOTHS = ("#7b2f33", "#2f5148", "#33415f", "#c08a3e")
_EYE = 1.9
_STREET = 5.6


def draw_city(scene: Scene) -> None:
    """Far towers in haze, two rows of houses, pavement, lamps and a road towards them."""
    eye = Eye(scene.width * (0.5 + 0.12 * (0.5 - scene.light_x)), scene.horizon, 560)
    _draw_skyline(scene)
    draw_ground(scene, "#5b5a5e", "#8d8a8a")
    for side in (-1, 1):
        _draw_row(scene, eye, side)
    _draw_road(scene, eye)
    for side in (-1, 1):
        _draw_lamps(scene, eye, side)
    if scene.wet:
        draw_sheen(scene, scene.horizon + 40)


def _draw_skyline(scene: Scene) -> None:
    chance, canvas = scene.chance("skyline"), scene.canvas
    for depth, tallest in ((0.98, 0.5), (0.82, 0.34)):
        x = -30.0
        while x < scene.width + 30:
            width = chance.uniform(34, 86)
            middle = 1.0 - abs((x + width / 2) / scene.width - 0.5)
            height = scene.horizon * tallest * chance.uniform(0.35, 1.0) * middle
            colour = scene.tone("#6f7784", depth)
            canvas.rect(x, scene.horizon - height, width, height + 4, colour)
            if chance.random() < 0.3:
                canvas.rect(x + width / 2 - 2, scene.horizon - height - 26, 4, 28, colour)
            x += width * chance.uniform(0.8, 1.15)


@dataclass(frozen=True, slots=True)
class _House:
    """A house beside the street, in metres: on which side, from and to how far ahead, how tall."""

    side: int
    near: float
    far: float
    tall: float
    wall: str

    @property
    def x(self) -> float:
        return self.side * _STREET

    @property
    def depth(self) -> float:
        return min(1.0, (self.near + self.far) / 92)


def _draw_row(scene: Scene, eye: Eye, side: int) -> None:
    chance = scene.chance(f"row{side}")
    houses: list[_House] = []
    ahead = 3.4
    while ahead < 46:
        deep = chance.uniform(4.6, 7.5)
        houses.append(_House(side, ahead, ahead + deep, chance.uniform(9, 17), chance.choice(_WALLS)))
        ahead += deep + (0.0 if chance.random() < 0.7 else 1.4)
    for house in reversed(houses):
        _draw_house(scene, eye, house)


def _draw_house(scene: Scene, eye: Eye, house: _House) -> None:
    canvas, depth = scene.canvas, house.depth
    lit = (scene.light_x - 0.5) * house.side < 0
    face = lighten(house.wall, 0.12) if lit else darken(house.wall, 0.26)
    x, near, far, top = house.x, house.near, house.far, house.tall - _EYE
    stops = [(0, scene.tone(lighten(face, 0.06), depth), 1), (1, scene.tone(darken(face, 0.2), depth), 1)]
    front = [(x, -_EYE, near), (x, top, near), (x, top, far), (x, -_EYE, far)]
    canvas.polygon(eye.quad(front), canvas.linear(stops))
    over = x - house.side * 0.4
    cornice = [
        (x, top, near),
        (x, top + 0.35, near),
        (over, top + 0.35, near),
        (over, top + 0.35, far),
        (x, top, far),
    ]
    canvas.polygon(
        eye.quad(cornice), scene.tone("#f2f5fa" if scene.snowy else darken(house.wall, 0.3), depth)
    )
    columns = max(2, int((far - near) / 1.7))
    gap = (far - near) / columns
    for floor in range(int((house.tall - 4.2) / 2.9)):
        for column in range(columns):
            start = near + gap * (column + 0.26)
            _draw_window(scene, eye, house, 4.4 + floor * 2.9 - _EYE, (start, start + gap * 0.5))
    low, high = 0.5 - _EYE, 3.0 - _EYE
    shop = [(x, low, near + 0.5), (x, high, near + 0.5), (x, high, far - 0.5), (x, low, far - 0.5)]
    share = 0.72 if scene.palette.lamps else 0.1
    canvas.polygon(eye.quad(shop), mix(scene.tone("#2b2a30", depth), lamp_colour(scene), share))
    if scene.chance("houses").random() < 0.75:
        _draw_awning(scene, eye, house)


def _draw_window(scene: Scene, eye: Eye, house: _House, low: float, span: tuple[float, float]) -> None:
    chance, x, (start, end) = scene.chance("windows"), house.x, span
    if scene.palette.lamps and chance.random() < (0.5 if scene.light != "dusk" else 0.36):
        glass = mix(lamp_colour(scene), scene.palette.haze, 0.35 * house.depth)
    else:
        glass = scene.tone(mix("#3c4855", scene.palette.sky[1], 0.35), house.depth)
    pane = [(x, low, start), (x, low + 1.7, start), (x, low + 1.7, end), (x, low, end)]
    scene.canvas.polygon(eye.quad(pane), glass)
    sill = [
        (x, low - 0.16, start - 0.1),
        (x, low, start - 0.1),
        (x, low, end + 0.1),
        (x, low - 0.16, end + 0.1),
    ]
    stone = "#f4f6fa" if scene.snowy else lighten(house.wall, 0.25)
    scene.canvas.polygon(eye.quad(sill), scene.tone(stone, house.depth))


def _draw_awning(scene: Scene, eye: Eye, house: _House) -> None:
    chance = scene.chance("awnings")
    colour = scene.accent if chance.random() < 0.4 else chance.choice(_CLOTHS)
    x, top, out = house.x, 3.2 - _EYE, house.x - house.side * 1.1
    strips = 6
    start, step = house.near + 0.4, (house.far - house.near - 0.8) / strips
    for strip in range(strips):
        shade = colour if strip % 2 else lighten(colour, 0.72)
        left, right = start + strip * step, start + (strip + 1) * step
        corners = [(x, top, left), (out, top - 0.75, left), (out, top - 0.75, right), (x, top, right)]
        scene.canvas.polygon(eye.quad(corners), scene.tone(shade, house.depth))


def _draw_road(scene: Scene, eye: Eye) -> None:
    canvas = scene.canvas
    asphalt = "#e9eef4" if scene.snowy else "#4a4a50"
    stops = [
        (0, scene.tone(lighten(asphalt, 0.2), 0.9), 1),
        (0.3, scene.tone(asphalt, 0.25), 1),
        (1, scene.tone(darken(asphalt, 0.16)), 1),
    ]
    edge = 3.6
    canvas.polygon(
        eye.quad([(-edge, -_EYE, 2.0), (-edge, -_EYE, 120), (edge, -_EYE, 120), (edge, -_EYE, 2.0)]),
        canvas.linear(stops),
    )
    for side in (-1, 1):
        kerb = [
            (side * edge, -_EYE, 2.0),
            (side * edge, -_EYE, 90),
            (side * (edge + 0.22), -_EYE, 90),
            (side * (edge + 0.22), -_EYE, 2.0),
        ]
        canvas.polygon(eye.quad(kerb), scene.tone("#d8d5cf", 0.2))
    for stripe in range(9):
        ahead = 7.5 + stripe * 4.6
        dash = [
            (-0.09, -_EYE, ahead),
            (-0.09, -_EYE, ahead + 2),
            (0.09, -_EYE, ahead + 2),
            (0.09, -_EYE, ahead),
        ]
        canvas.polygon(eye.quad(dash), scene.tone("#efe9da", min(1.0, ahead / 46)), 'opacity="0.8"')
    for bar in range(-4, 5):
        x = bar * 0.78
        crossing = [
            (x - 0.24, -_EYE, 4.9),
            (x - 0.24, -_EYE, 6.5),
            (x + 0.24, -_EYE, 6.5),
            (x + 0.24, -_EYE, 4.9),
        ]
        canvas.polygon(eye.quad(crossing), scene.tone("#efe9da", 0.1), 'opacity="0.75"')
    canvas.rect(0, HEIGHT - 160, scene.width, 160, canvas.linear([(0, "#000000", 0), (1, "#000000", 0.28)]))


def _draw_lamps(scene: Scene, eye: Eye, side: int) -> None:
    canvas, iron = scene.canvas, "#23262b"
    for ahead in (34.0, 23.0, 15.0, 9.5):
        foot, head = eye.see(side * 4.3, -_EYE, ahead), eye.see(side * 4.3, 3.0, ahead)
        size = 620 / ahead
        colour = scene.tone(iron, ahead / 46)
        canvas.line(f"M{foot[0]:.1f} {foot[1]:.1f}L{head[0]:.1f} {head[1]:.1f}", colour, 0.09 * size)
        if scene.palette.lamps:
            draw_glow(scene, head[0], head[1], 1.7 * size, lamp_colour(scene))
        canvas.circle(
            head[0], head[1], 0.24 * size, lamp_colour(scene) if scene.palette.lamps else lighten(colour, 0.5)
        )
