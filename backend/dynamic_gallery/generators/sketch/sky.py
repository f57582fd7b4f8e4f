"""Sky, sun, moon, stars and clouds."""

from __future__ import annotations

from dynamic_gallery.generators.sketch import textures
from dynamic_gallery.generators.sketch.colour import darken, lighten, mix
from dynamic_gallery.generators.sketch.scene import HEIGHT, Scene

_COVER = {"clear": 0.3, "overcast": 0.95, "rain": 0.9, "fog": 0.35, "snow": 0.85, "wind": 0.5, "storm": 1.0}


def draw_sky(scene: Scene) -> None:
    """Everything above the horizon that is not a place's own."""
    palette, canvas = scene.palette, scene.canvas
    stops = [
        (offset, palette.grade(colour), 1.0)
        for offset, colour in zip((0, 0.38, 0.74, 1), palette.sky, strict=True)
    ]
    canvas.rect(0, 0, scene.width, scene.horizon + 2, canvas.linear(stops))
    canvas.rect(0, scene.horizon, scene.width, HEIGHT - scene.horizon, palette.grade(palette.sky[3]))
    if scene.light in {"night", "neon"} and scene.weather in {"clear", "wind"}:
        _draw_stars(scene)
    if palette.body != "none":
        _draw_body(scene)
    if not (scene.mood == "minimal" and scene.weather == "clear"):
        _draw_clouds(scene)


def _draw_body(scene: Scene) -> None:
    canvas, palette = scene.canvas, scene.palette
    x, y = scene.sun()
    size = palette.sun_size
    glow = palette.grade(palette.key)
    reach = size * (7.5 if palette.body == "sun" else 5.0)
    canvas.circle(x, y, reach, canvas.radial([(0, glow, 0.62), (0.3, glow, 0.24), (1, glow, 0.0)]))
    if palette.body == "moon":
        canvas.circle(x, y, size, palette.grade("#f4f1e2"))
        for dx, dy, radius in ((-0.3, -0.2, 0.22), (0.25, 0.1, 0.3), (-0.1, 0.45, 0.16), (0.35, -0.4, 0.12)):
            canvas.circle(x + dx * size, y + dy * size, radius * size, "#c9cbd6", 'opacity="0.45"')
        return
    core = lighten(glow, 0.55)
    canvas.circle(
        x, y, size, canvas.linear([(0, core, 1.0), (1, mix(glow, palette.grade(palette.sky[3]), 0.25), 1.0)])
    )


def _draw_stars(scene: Scene) -> None:
    chance = scene.chance("stars")
    for _ in range(int(120 * scene.width / 864)):
        y = scene.horizon * 0.9 * chance.random() ** 1.5
        fade = 1.0 - y / scene.horizon
        size = 0.7 + 1.5 * chance.random() ** 4
        scene.canvas.circle(
            chance.uniform(0, scene.width), y, size, "#f6f4ff", f'opacity="{0.2 + 0.75 * fade:.2f}"'
        )


def _draw_clouds(scene: Scene) -> None:
    palette = scene.palette
    cover = _COVER.get(scene.weather, 0.3) * (0.6 if scene.mood == "minimal" else 1.0)
    light = palette.grade(mix(lighten(palette.sky[3], 0.45), palette.key, 0.3))
    shade = palette.grade(mix(palette.sky[1], palette.sky[2], 0.5))
    if scene.weather in {"storm", "rain"}:
        light, shade = mix(light, shade, 0.55), darken(shade, 0.28 if scene.weather == "storm" else 0.12)
    elif palette.dark:
        light = mix(light, shade, 0.5)
    chance = scene.chance("clouds")
    bands = 2 if cover < 0.6 else 3
    for band in range(bands):
        height = scene.horizon * (0.5 - 0.09 * band)
        top = scene.horizon * (-0.06 + 0.3 * band + 0.06 * chance.random())
        picture = textures.clouds(chance.randrange(2**31), light, shade, cover, 0.92 - 0.12 * band)
        scene.canvas.image(picture, -40, top, scene.width + 80, height)
