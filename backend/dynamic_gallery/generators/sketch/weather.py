"""Rain, snow, fog, wind and storm in the air."""

from __future__ import annotations

import math

from dynamic_gallery.generators.sketch import textures
from dynamic_gallery.generators.sketch.colour import lighten, mix
from dynamic_gallery.generators.sketch.scene import HEIGHT, Scene


def draw_weather(scene: Scene, *, near: bool) -> None:
    """What is in the air behind the product (near=False) or before it (near=True)."""
    draw = {"rain": _rain, "storm": _storm, "snow": _snow, "fog": _fog, "wind": _wind}.get(scene.weather)
    if draw is not None:
        draw(scene, near)


def _rain(scene: Scene, near: bool, lean: float = 0.14) -> None:
    chance, canvas = scene.chance(f"rain{near}"), scene.canvas
    colour = lighten(mix(scene.palette.sky[3], scene.palette.key, 0.3), 0.4)
    count = int((110 if near else 260) * scene.width / 864)
    strokes: dict[float, list[str]] = {0.2: [], 0.34: [], 0.5: []}
    for _ in range(count):
        length = chance.uniform(40, 110) if near else chance.uniform(16, 52)
        x, y = chance.uniform(-60, scene.width + 60), chance.uniform(-60, HEIGHT * 0.96)
        strokes[chance.choice((0.2, 0.34, 0.5))].append(f"M{x:.0f} {y:.0f}l{-lean * length:.0f} {length:.0f}")
    for opacity, lines in strokes.items():
        canvas.line(
            "".join(lines), colour, 1.9 if near else 1.2, f'opacity="{opacity * (0.75 if near else 0.9):.2f}"'
        )
    if near:
        for _ in range(int(40 * scene.width / 864)):
            y = chance.uniform(scene.ground - 60, HEIGHT - 20)
            canvas.ellipse(
                chance.uniform(0, scene.width), y, chance.uniform(5, 14), chance.uniform(1.5, 4), "none",
                f'stroke="{colour}" stroke-width="1.3" opacity="0.45"',
            )  # fmt: skip


def _storm(scene: Scene, near: bool) -> None:
    if not near:
        _lightning(scene)
    _rain(scene, near, lean=0.42)


def _lightning(scene: Scene) -> None:
    chance, canvas = scene.chance("lightning"), scene.canvas
    x = scene.width * (0.74 if scene.light_x < 0.5 else 0.26)
    glow = "#e8eeff"
    canvas.ellipse(x, scene.horizon * 0.3, 330, 420, canvas.radial([(0, glow, 0.42), (1, glow, 0)]))
    for start, width, reach in ((0.0, 5.0, 0.97), (0.42, 2.6, 0.75)):
        here, y = x, scene.horizon * start
        data = f"M{here:.0f} {y:.0f}"
        while y < scene.horizon * reach:
            y += chance.uniform(22, 58)
            here += chance.uniform(-36, 36) + (14 if start else 0)
            data += f"L{here:.0f} {y:.0f}"
        canvas.line(data, "#b9c8ff", width * 3, 'opacity="0.3"')
        canvas.line(data, "#fbfcff", width)


def _snow(scene: Scene, near: bool) -> None:
    chance, canvas = scene.chance(f"snow{near}"), scene.canvas
    count = int((70 if near else 230) * scene.width / 864)
    for _ in range(count):
        size = chance.uniform(3.5, 9) if near else chance.uniform(1.2, 3.4)
        x, y = chance.uniform(0, scene.width), chance.uniform(0, HEIGHT)
        canvas.circle(
            x, y, size, "#ffffff", f'opacity="{chance.uniform(0.35, 0.95) * (0.8 if near else 1):.2f}"'
        )


def _fog(scene: Scene, near: bool) -> None:
    chance, canvas = scene.chance(f"fog{near}"), scene.canvas
    colour = scene.palette.grade(lighten(scene.palette.haze, 0.25))
    if near:
        picture = textures.fog(chance.randrange(2**31), colour, 0.5)
        canvas.image(picture, -60, HEIGHT * 0.76, scene.width + 120, HEIGHT * 0.24)
        return
    veil = [(0, colour, 0.1), (0.55, colour, 0.5), (1, colour, 0.16)]
    canvas.rect(0, 0, scene.width, HEIGHT, canvas.linear(veil))
    for band in range(3):
        top = scene.horizon - HEIGHT * 0.26 + band * HEIGHT * 0.11
        picture = textures.fog(chance.randrange(2**31), colour, 0.85)
        canvas.image(picture, -60, top, scene.width + 120, HEIGHT * 0.26)


def _wind(scene: Scene, near: bool) -> None:
    chance, canvas = scene.chance(f"wind{near}"), scene.canvas
    way = 1 if scene.light_x < 0.5 else -1
    leaf = scene.tone(mix(scene.accent, "#c98a3a", 0.5))
    for _ in range(int((16 if near else 30) * scene.width / 864)):
        x, y = chance.uniform(0, scene.width), chance.uniform(HEIGHT * 0.12, HEIGHT * 0.9)
        size = chance.uniform(9, 17) if near else chance.uniform(4, 9)
        turn = math.floor(chance.uniform(0, 360))
        shape = f"M{-size:.1f} 0Q0 {-size * 0.7:.1f} {size:.1f} 0Q0 {size * 0.5:.1f} {-size:.1f} 0Z"
        canvas.path(shape, leaf, f'opacity="0.85" transform="translate({x:.0f} {y:.0f}) rotate({turn})"')
    if near:
        return
    streak = lighten(scene.palette.key, 0.4)
    for _ in range(int(13 * scene.width / 864)):
        x, y, long = (
            chance.uniform(-100, scene.width),
            chance.uniform(HEIGHT * 0.1, HEIGHT * 0.8),
            chance.uniform(120, 300),
        )
        curl = (
            f"M{x:.0f} {y:.0f}"
            f"c{way * long * 0.4:.0f} -26 {way * long * 0.6:.0f} 22 {way * long:.0f} -6"
            f"c{way * 30} -14 {way * 20} -40 {-way * 6} -32"
        )
        canvas.line(curl, streak, 2.6, 'opacity="0.5"')
