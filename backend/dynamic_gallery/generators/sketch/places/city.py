"""A street between houses."""

from __future__ import annotations

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


def _draw_row(scene: Scene, eye: Eye, side: int) -> None:
    chance = scene.chance(f"row{side}")
    houses: list[tuple[float, float, float, str]] = []
    ahead = 3.4
    while ahead < 46:
        depth = chance.uniform(4.6, 7.5)
        houses.append((ahead, ahead + depth, chance.uniform(9, 17), chance.choice(_WALLS)))
        ahead += depth + (0.0 if chance.random() < 0.7 else 1.4)
    for near, far, tall, wall in reversed(houses):
        _draw_house(scene, eye, side, near, far, tall, wall)


def _draw_house(scene: Scene, eye: Eye, side: int, near: float, far: float, tall: float, wall: str) -> None:
    canvas, chance = scene.canvas, scene.chance("houses")
    depth = min(1.0, (near + far) / 2 / 46) ** 0.8
    lit = (scene.light_x - 0.5) * side < 0
    face = lighten(wall, 0.12) if lit else darken(wall, 0.26)
    x, base, top = side * _STREET, -_EYE, tall - _EYE
    wall_fill = canvas.linear(
        [(0, scene.tone(lighten(face, 0.06), depth), 1), (1, scene.tone(darken(face, 0.2), depth), 1)]
    )
    canvas.polygon(eye.quad([(x, base, near), (x, top, near), (x, top, far), (x, base, far)]), wall_fill)
    cornice = eye.quad(
        [
            (x, top, near),
            (x, top + 0.35, near),
            (x - side * 0.4, top + 0.35, near),
            (x - side * 0.4, top + 0.35, far),
            (x, top, far),
        ]
    )
    canvas.polygon(cornice, scene.tone("#f2f5fa" if scene.snowy else darken(wall, 0.3), depth))
    floors, columns = int((tall - 4.2) / 2.9), max(2, int((far - near) / 1.7))
    gap = (far - near) / columns
    for floor in range(floors):
        low = base + 4.4 + floor * 2.9
        for column in range(columns):
            start = near + gap * (column + 0.26)
            _draw_window(scene, eye, x, low, start, gap * 0.5, depth, wall)
    shop = eye.quad(
        [
            (x, base + 0.5, near + 0.5),
            (x, base + 3.0, near + 0.5),
            (x, base + 3.0, far - 0.5),
            (x, base + 0.5, far - 0.5),
        ]
    )
    lamps = scene.palette.lamps
    canvas.polygon(shop, mix(scene.tone("#2b2a30", depth), lamp_colour(scene), 0.72 if lamps else 0.1))
    if chance.random() < 0.75:
        _draw_awning(scene, eye, side, near, far, depth)


def _draw_window(
    scene: Scene, eye: Eye, x: float, low: float, start: float, width: float, depth: float, wall: str
) -> None:
    chance = scene.chance("windows")
    lit = scene.palette.lamps and chance.random() < (0.5 if scene.light != "dusk" else 0.36)
    glass = (
        mix(lamp_colour(scene), scene.palette.haze, 0.35 * depth)
        if lit
        else scene.tone(mix("#3c4855", scene.palette.sky[1], 0.35), depth)
    )
    corners = [(x, low, start), (x, low + 1.7, start), (x, low + 1.7, start + width), (x, low, start + width)]
    scene.canvas.polygon(eye.quad(corners), glass)
    sill = [
        (x, low - 0.16, start - 0.1),
        (x, low, start - 0.1),
        (x, low, start + width + 0.1),
        (x, low - 0.16, start + width + 0.1),
    ]
    scene.canvas.polygon(eye.quad(sill), scene.tone("#f4f6fa" if scene.snowy else lighten(wall, 0.25), depth))


def _draw_awning(scene: Scene, eye: Eye, side: int, near: float, far: float, depth: float) -> None:
    chance = scene.chance("awnings")
    colour = (
        scene.accent if chance.random() < 0.4 else chance.choice(("#7b2f33", "#2f5148", "#33415f", "#c08a3e"))
    )
    x, top = side * _STREET, -_EYE + 3.2
    strips = 6
    start, step = near + 0.4, (far - near - 0.8) / strips
    for strip in range(strips):
        shade = colour if strip % 2 else lighten(colour, 0.72)
        left, right = start + strip * step, start + (strip + 1) * step
        corners = [
            (x, top, left),
            (x - side * 1.1, top - 0.75, left),
            (x - side * 1.1, top - 0.75, right),
            (x, top, right),
        ]
        scene.canvas.polygon(eye.quad(corners), scene.tone(shade, depth))


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
