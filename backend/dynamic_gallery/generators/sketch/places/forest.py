"""Trunks, shafts of light and ferns."""

from __future__ import annotations

from dynamic_gallery.generators.sketch.canvas import smooth
from dynamic_gallery.generators.sketch.colour import darken, lighten, mix
from dynamic_gallery.generators.sketch.places.common import draw_ground, draw_sheen
from dynamic_gallery.generators.sketch.scene import HEIGHT, Scene


def draw_forest(scene: Scene) -> None:
    """Four rows of trunks, each clearer than the one behind, under a canopy; a path; ferns."""
    canvas = scene.canvas
    birches = scene.says("birch") or (
        scene.chance("kind").random() < 0.35 and not scene.says("pine", "redwood")
    )
    canvas.rect(
        0,
        0,
        scene.width,
        scene.horizon + 60,
        canvas.linear(
            [
                (0, scene.tone("#4c6b4a", 0.75), 0.75),
                (0.7, scene.palette.grade(scene.palette.haze), 0.85),
                (1, scene.palette.grade(scene.palette.haze), 1),
            ]
        ),
    )
    draw_ground(scene, "#5c5a36", "#8a8f5c")
    for row, depth in enumerate((0.95, 0.7, 0.45, 0.2)):
        _draw_row(scene, row, depth, birches)
        if row == 1 and scene.palette.body != "none" and scene.weather in {"clear", "fog", "wind"}:
            _draw_shafts(scene)
    _draw_path(scene)
    _draw_ferns(scene)
    if scene.wet:
        draw_sheen(scene, scene.horizon + 120)


def _draw_row(scene: Scene, row: int, depth: float, birches: bool) -> None:
    chance, canvas = scene.chance(f"row{row}"), scene.canvas
    count = int((15, 11, 8, 4)[row] * max(1.0, scene.width / 864) * (0.7 if scene.sparse else 1.0))
    leaves = "#eaf0f5" if scene.snowy else ("#7f9a4d" if birches else "#3f6644")
    foot = scene.horizon + (6, 30, 74, 140)[row]
    for index in range(count):
        x = (index + chance.uniform(0.1, 0.9)) * scene.width / count
        if row >= 2 and abs(x / scene.width - 0.5) < (0.16 if row == 2 else 0.3):
            x += scene.width * (0.34 if x > scene.width / 2 else -0.34)
        thick = (10, 19, 34, 66)[row] * chance.uniform(0.7, 1.25)
        bark = "#ded9cc" if birches else chance.choice(("#5d4634", "#6b4f39", "#4c3a2c"))
        lit, dark = scene.tone(lighten(bark, 0.16), depth), scene.tone(darken(bark, 0.42), depth)
        along = (0, 0, 1, 0) if scene.light_x < 0.5 else (1, 0, 0, 0)
        trunk = (
            f"M{x - thick * 0.42:.1f} -10L{x + thick * 0.42:.1f} -10L{x + thick * 0.55:.1f} {foot:.1f}"
            f"Q{x + thick * 0.7:.1f} {foot + thick * 0.3:.1f} {x + thick:.1f} {foot + thick * 0.5:.1f}"
            f"L{x - thick:.1f} {foot + thick * 0.5:.1f}"
            f"Q{x - thick * 0.7:.1f} {foot + thick * 0.3:.1f} {x - thick * 0.55:.1f} {foot:.1f}Z"
        )
        canvas.path(
            trunk, canvas.linear([(0, lit, 1), (0.35, scene.tone(bark, depth), 1), (1, dark, 1)], along=along)
        )
        if birches:
            for _ in range(9):
                y = chance.uniform(0, foot)
                canvas.line(
                    f"M{x - thick * 0.4:.1f} {y:.1f}l{thick * chance.uniform(0.2, 0.5):.1f} 2",
                    scene.tone("#2d2a28", depth),
                    1 + thick * 0.08,
                )
    colour = scene.tone(leaves, depth)
    blobs = ""
    for _ in range(int((34, 28, 20, 15)[row] * max(1.0, scene.width / 864))):
        x, y, size = (
            chance.uniform(-30, scene.width + 30),
            chance.uniform(-40, (150, 130, 100, 66)[row]),
            chance.uniform(36, 96),
        )
        blobs += (
            f"M{x - size:.1f} {y:.1f}Q{x - size:.1f} {y - size * 0.7:.1f} {x:.1f} {y - size * 0.6:.1f}"
            f"T{x + size:.1f} {y:.1f}"
            f"Q{x + size * 0.5:.1f} {y + size * 0.62:.1f} {x:.1f} {y + size * 0.42:.1f}"
            f"T{x - size:.1f} {y:.1f}Z"
        )
    canvas.path(blobs, colour, 'opacity="0.86"')


def _draw_shafts(scene: Scene) -> None:
    chance, canvas = scene.chance("shafts"), scene.canvas
    light = scene.palette.grade(lighten(scene.palette.key, 0.25))
    x0 = scene.light_x * scene.width
    way = 1 if scene.light_x < 0.5 else -1
    for _ in range(6):
        x, wide = x0 + way * chance.uniform(-140, 420), chance.uniform(22, 70)
        slide = way * chance.uniform(150, 260)
        shape = [
            (x, -10),
            (x + wide, -10),
            (x + wide * 2.2 + slide, scene.horizon + 150),
            (x + slide, scene.horizon + 150),
        ]
        canvas.polygon(shape, canvas.linear([(0, light, 0.5), (0.7, light, 0.2), (1, light, 0)]))


def _draw_path(scene: Scene) -> None:
    canvas = scene.canvas
    earth = "#e4ebf2" if scene.snowy else "#a98c5f"
    middle = scene.width / 2
    y = scene.horizon + 22
    shape = (
        f"M{middle - 16:.1f} {y:.1f}"
        f"C{middle + 60:.1f} {y + 70:.1f} {middle - 190:.1f} {y + 150:.1f} {middle - 330:.1f} {HEIGHT:.0f}"
        f"L{middle + 330:.1f} {HEIGHT:.0f}"
        f"C{middle + 210:.1f} {y + 170:.1f} {middle + 110:.1f} {y + 70:.1f} {middle + 18:.1f} {y:.1f}"
        "Z"
    )
    canvas.path(
        shape,
        canvas.linear(
            [
                (0, scene.tone(lighten(earth, 0.2), 0.6), 0.9),
                (0.5, scene.tone(earth, 0.1), 0.9),
                (1, scene.tone(darken(earth, 0.25)), 0.9),
            ]
        ),
    )


def _draw_ferns(scene: Scene) -> None:
    chance, canvas = scene.chance("ferns"), scene.canvas
    for _ in range(int(30 * scene.width / 864)):
        x = chance.choice((chance.uniform(-0.04, 0.26), chance.uniform(0.74, 1.04))) * scene.width
        y = chance.uniform(scene.horizon + 130, HEIGHT * 0.99)
        size = 34 + 90 * (y - scene.horizon) / (HEIGHT - scene.horizon)
        base = "#dfe8ee" if scene.snowy else chance.choice(("#4f7a3d", "#3f6a3a", "#6a8c46"))
        colour = mix(scene.tone(base), scene.tone(darken(base, 0.4)), chance.random() * 0.6)
        for bend in (-0.95, -0.5, 0.0, 0.5, 0.95):
            tip = (x + bend * size, y - size * (1.0 - 0.45 * abs(bend)))
            frond = smooth([(x, y), (x + bend * size * 0.3, y - size * 0.75), tip])
            canvas.line(frond, colour, 2.6)
            data = ""
            for step in range(3, 10):
                share = step / 10
                px = x + bend * size * share * (0.55 + 0.45 * share)
                py = y - (y - tip[1]) * (1.35 * share - 0.35 * share * share)
                leaf = size * 0.2 * (1.1 - share)
                data += (
                    f"M{px:.1f} {py:.1f}l{-leaf:.1f} {-leaf * 0.5:.1f}M{px:.1f} {py:.1f}"
                    f"l{leaf:.1f} {-leaf * 0.5:.1f}"
                )
            canvas.line(data, colour, 3.4)
