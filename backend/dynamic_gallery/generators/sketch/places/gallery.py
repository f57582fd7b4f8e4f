"""A marble hall with columns, arches and stairs."""

from __future__ import annotations

from dynamic_gallery.generators.sketch.colour import darken, lighten, mix
from dynamic_gallery.generators.sketch.places.common import Eye, draw_glow, draw_ridge, lamp_colour
from dynamic_gallery.generators.sketch.scene import HEIGHT, Scene

_FLOOR = -1.8
_HALF = 4.4
_TALL = 6.2
_END = 21.0


def draw_gallery(scene: Scene) -> None:
    """An arch onto the sky at the end, columns on both sides, a chequered floor, a round plinth."""
    eye = Eye(scene.width / 2, scene.horizon, 600)
    stone = scene.chance("stone").choice(("#ddd3c4", "#cfcbc6", "#d9c0ae", "#c4ccd0"))
    draw_ridge(scene, "outside", scene.horizon - 30, 40, "#6d8072", 0.85)
    _draw_shell(scene, eye, stone)
    _draw_floor(scene, eye, stone)
    _draw_stairs(scene, eye, stone)
    for ahead in (17.5, 14.0, 11.0, 8.4, 6.2, 4.4, 3.0):
        for side in (-1, 1):
            _draw_column(scene, eye, side, ahead, stone)
    _draw_beams(scene)
    _draw_plinth(scene, stone)


def _draw_shell(scene: Scene, eye: Eye, stone: str) -> None:
    canvas = scene.canvas
    left, right = eye.see(-_HALF, _TALL, _END), eye.see(_HALF, _FLOOR, _END)
    arch_left, spring = eye.see(-1.9, 2.6, _END)
    arch_right, top = eye.see(1.9, 4.7, _END)
    foot = right[1]
    end = (
        f"M{left[0]:.1f} {left[1]:.1f}H{right[0]:.1f}V{foot:.1f}H{left[0]:.1f}"
        f"ZM{arch_left:.1f} {foot:.1f}V{spring:.1f}"
        f"Q{arch_left:.1f} {top:.1f} {eye.x:.1f} {top:.1f}"
        f"Q{arch_right:.1f} {top:.1f} {arch_right:.1f} {spring:.1f}V{foot:.1f}Z"
    )
    canvas.path(end, scene.tone(stone, 0.55), 'fill-rule="evenodd"')
    for side in (-1, 1):
        lit = (scene.light_x - 0.5) * side < 0
        wall = lighten(stone, 0.05) if lit else darken(stone, 0.24)
        corners = eye.quad(
            [
                (side * _HALF, _TALL, 1.2),
                (side * _HALF, _TALL, _END),
                (side * _HALF, _FLOOR, _END),
                (side * _HALF, _FLOOR, 1.2),
            ]
        )
        along = (0, 0, 1, 0) if side > 0 else (1, 0, 0, 0)
        canvas.polygon(
            corners,
            canvas.linear(
                [(0, scene.tone(wall, 0.55), 1), (1, scene.tone(darken(wall, 0.2), 0.05), 1)], along=along
            ),
        )
    ceiling = eye.quad(
        [(-_HALF, _TALL, 1.2), (-_HALF, _TALL, _END), (_HALF, _TALL, _END), (_HALF, _TALL, 1.2)]
    )
    canvas.polygon(
        ceiling,
        canvas.linear(
            [(0, scene.tone(darken(stone, 0.32), 0.05), 1), (1, scene.tone(darken(stone, 0.12), 0.5), 1)]
        ),
    )
    sky = scene.palette.grade(mix(scene.palette.sky[2], "#ffffff", 0.25))
    for near, far in ((4.4, 6.0), (6.8, 9.0), (10.0, 13.0), (14.2, 18.0)):
        canvas.polygon(
            eye.quad([(-1.3, _TALL, near), (-1.3, _TALL, far), (1.3, _TALL, far), (1.3, _TALL, near)]), sky
        )


def _draw_floor(scene: Scene, eye: Eye, stone: str) -> None:
    canvas = scene.canvas
    pale, dark = (
        lighten(stone, 0.25),
        mix(stone, scene.accent if scene.mood in {"bold", "playful"} else "#3c3a3a", 0.6),
    )
    canvas.polygon(
        [
            eye.see(-_HALF, _FLOOR, _END),
            eye.see(_HALF, _FLOOR, _END),
            (scene.width + 1500, HEIGHT),
            (-1500, HEIGHT),
        ],
        canvas.linear([(0, scene.tone(pale, 0.5), 1), (1, scene.tone(darken(pale, 0.25)), 1)]),
    )
    size, ahead, row = 1.1, 1.4, 0
    while ahead < _END - 0.6:
        depth = ahead / _END * 0.5
        data = ""
        for column in range(-4, 4):
            if (column + row) % 2:
                quad = eye.quad(
                    [
                        (column * size, _FLOOR, ahead),
                        (column * size, _FLOOR, ahead + size),
                        ((column + 1) * size, _FLOOR, ahead + size),
                        ((column + 1) * size, _FLOOR, ahead),
                    ]
                )
                data += "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in quad) + "Z"
        canvas.path(data, scene.tone(dark, depth), 'opacity="0.82"')
        ahead += size
        row += 1
    glow = scene.palette.grade(lighten(scene.palette.key, 0.2))
    canvas.polygon(
        [
            eye.see(-1.9, _FLOOR, _END),
            eye.see(1.9, _FLOOR, _END),
            (scene.width * 0.86, HEIGHT),
            (scene.width * 0.14, HEIGHT),
        ],
        canvas.linear([(0, glow, 0.7), (1, glow, 0.05)]),
    )


def _draw_stairs(scene: Scene, eye: Eye, stone: str) -> None:
    canvas = scene.canvas
    for step in range(5):
        ahead, y = _END - 3.2 + step * 0.55, _FLOOR + step * 0.17
        front = eye.quad([(-2.6, y, ahead), (2.6, y, ahead), (2.6, y + 0.17, ahead), (-2.6, y + 0.17, ahead)])
        canvas.polygon(front, scene.tone(darken(stone, 0.2), 0.5))
        top = eye.quad(
            [
                (-2.6, y + 0.17, ahead),
                (2.6, y + 0.17, ahead),
                (2.6, y + 0.17, ahead + 0.55),
                (-2.6, y + 0.17, ahead + 0.55),
            ]
        )
        canvas.polygon(top, scene.tone(lighten(stone, 0.2), 0.5))


def _draw_column(scene: Scene, eye: Eye, side: int, ahead: float, stone: str) -> None:
    canvas, depth = scene.canvas, min(0.6, ahead / _END * 0.7)
    x, foot = eye.see(side * 3.3, _FLOOR, ahead)
    head = eye.see(side * 3.3, _TALL - 0.5, ahead)[1]
    half = 0.34 * eye.focal / ahead
    lit, shade = scene.tone(lighten(stone, 0.3), depth), scene.tone(darken(stone, 0.5), depth)
    along = (0, 0, 1, 0) if scene.light_x < 0.5 else (1, 0, 0, 0)
    shaft = canvas.linear(
        [
            (0, scene.tone(stone, depth), 1),
            (0.24, lit, 1),
            (0.6, scene.tone(darken(stone, 0.1), depth), 1),
            (1, shade, 1),
        ],
        along=along,
    )
    canvas.polygon(
        [(x - half, foot), (x - half * 0.84, head), (x + half * 0.84, head), (x + half, foot)], shaft
    )
    flutes = "".join(
        f"M{x + half * part:.1f} {foot:.1f}L{x + half * part * 0.84:.1f} {head:.1f}"
        for part in (-0.66, -0.34, 0.0, 0.34, 0.66)
    )
    canvas.line(flutes, shade, max(1.0, half * 0.06), 'opacity="0.35"')
    canvas.rect(x - half * 1.35, foot - half * 0.34, half * 2.7, half * 0.5, shaft)
    canvas.rect(x - half * 1.3, head - half * 0.4, half * 2.6, half * 0.5, shaft)
    if scene.palette.lamps and ahead in {4.4, 8.4, 14.0}:
        lamp = eye.see(side * 2.9, 1.6, ahead)
        draw_glow(scene, lamp[0], lamp[1], half * 3.4, lamp_colour(scene), 0.9)
        canvas.circle(lamp[0], lamp[1], half * 0.22, "#fff1cc")


def _draw_beams(scene: Scene) -> None:
    if scene.palette.dark or scene.palette.body == "none":
        return
    canvas, way = scene.canvas, 1 if scene.light_x < 0.5 else -1
    light = scene.palette.grade(lighten(scene.palette.key, 0.2))
    for start, wide in ((0.36, 60), (0.46, 90)):
        x = scene.width * (start if way > 0 else 1 - start)
        canvas.polygon(
            [
                (x, 0),
                (x + way * wide, 0),
                (x + way * (wide * 2 + 190), HEIGHT * 0.88),
                (x + way * 150, HEIGHT * 0.88),
            ],
            canvas.linear([(0, light, 0.4), (1, light, 0.02)]),
        )


def _draw_plinth(scene: Scene, stone: str) -> None:
    canvas, x, y = scene.canvas, scene.width / 2, scene.ground + 12
    wide = min(330.0, scene.width * 0.38)
    side = canvas.linear(
        [
            (0, scene.tone(lighten(stone, 0.25)), 1),
            (0.5, scene.tone(stone), 1),
            (1, scene.tone(darken(stone, 0.45)), 1),
        ],
        along=(0, 0, 1, 0) if scene.light_x < 0.5 else (1, 0, 0, 0),
    )
    canvas.ellipse(x, y + 58, wide * 1.08, 46, "#000000", 'opacity="0.28"')
    canvas.path(
        f"M{x - wide:.1f} {y:.1f}L{x - wide:.1f} {y + 52:.1f}"
        f"A{wide:.1f} 42 0 0 0 {x + wide:.1f} {y + 52:.1f}L{x + wide:.1f} {y:.1f}Z",
        side,
    )
    canvas.ellipse(x, y, wide, 42, scene.tone(lighten(stone, 0.4)))
