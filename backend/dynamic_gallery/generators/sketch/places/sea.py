"""Sea, headland, sails and a beach."""

from __future__ import annotations

from dynamic_gallery.generators.sketch.canvas import smooth
from dynamic_gallery.generators.sketch.colour import darken, lighten, mix
from dynamic_gallery.generators.sketch.places.common import draw_glow
from dynamic_gallery.generators.sketch.scene import HEIGHT, Scene

_BLUE = "#2c7c95"


def draw_sea(scene: Scene) -> None:
    """Water that carries the sky, a headland with a lighthouse, boats, foam and wet sand."""
    _draw_headland(scene)
    shore = HEIGHT * 0.765
    _draw_water(scene, shore)
    _draw_boats(scene)
    _draw_beach(scene, shore)


def _draw_headland(scene: Scene) -> None:
    canvas, chance = scene.canvas, scene.chance("headland")
    from_right = scene.light_x < 0.5
    y, reach, rise = scene.horizon, scene.width * chance.uniform(0.38, 0.55), chance.uniform(80, 140)
    for depth, part in ((0.92, 1.0), (0.74, 0.62)):
        wide = reach * part
        line = [
            (0.0, -rise * part),
            (wide * 0.3, -rise * part * 0.85),
            (wide * 0.55, -rise * part * 0.55),
            (wide * 0.8, -rise * part * 0.2),
            (wide, 2.0),
        ]
        points = [((scene.width - dx if from_right else dx), y + dy + 1) for dx, dy in line]
        edge = scene.width + 5 if from_right else -5.0
        canvas.path(
            f"{smooth(points)}L{edge:.1f} {y + 2:.1f}L{edge:.1f} {points[0][1]:.1f}Z",
            scene.tone("#e6edf3" if scene.snowy else "#56705a", depth),
        )
    if scene.sparse and chance.random() < 0.5:
        return
    x = scene.width - reach * 0.34 if from_right else reach * 0.34
    top = y - rise * 0.46 - 96
    canvas.polygon(
        [(x - 13, top + 100), (x - 8, top), (x + 8, top), (x + 13, top + 100)], scene.tone("#f1ece0", 0.5)
    )
    for band in (22, 58):
        canvas.polygon(
            [
                (x - 10, top + band + 18),
                (x - 9.4, top + band),
                (x + 9.4, top + band),
                (x + 10, top + band + 18),
            ],
            scene.tone("#b23a33", 0.5),
        )
    canvas.rect(x - 9, top - 16, 18, 16, "#ffe6a8" if scene.palette.lamps else scene.tone("#cfd8dc", 0.5))
    canvas.polygon([(x - 13, top - 16), (x, top - 30), (x + 13, top - 16)], scene.tone("#7d2c28", 0.5))
    if scene.palette.lamps:
        draw_glow(scene, x, top - 8, 120, "#ffe6a8", 0.9)


def _draw_water(scene: Scene, shore: float) -> None:
    canvas, palette = scene.canvas, scene.palette
    reflected = mix(palette.sky[3], palette.sky[2], 0.4)
    far = palette.grade(mix(scene.tone(_BLUE, 0.6), reflected, 0.62))
    near = mix(scene.tone(darken(_BLUE, 0.16)), palette.grade(palette.sky[1]), 0.25)
    canvas.rect(
        0,
        scene.horizon,
        scene.width,
        shore - scene.horizon + 50,
        canvas.linear([(0, far, 1), (0.5, mix(far, near, 0.7), 1), (1, lighten(near, 0.12), 1)]),
    )
    chance = scene.chance("waves")
    light, dark = palette.grade(lighten(palette.key, 0.25)), darken(near, 0.3)
    rough = {"storm": 3.2, "wind": 2.0}.get(scene.weather, 1.0)
    for _ in range(int(190 * scene.width / 864)):
        near_share = chance.random() ** 1.6
        y = scene.horizon + 5 + (shore - scene.horizon) * near_share
        reach = (8 + 60 * near_share) * chance.uniform(0.5, 1.4)
        x = chance.uniform(-20, scene.width + 20)
        swell = (1 + 5 * near_share) * rough
        wave = f"M{x - reach:.1f} {y:.1f}q{reach * 0.5:.1f} {-swell:.1f} {reach:.1f} 0t{reach:.1f} 0"
        canvas.line(
            wave,
            light if chance.random() < 0.5 else dark,
            0.8 + 1.8 * near_share,
            f'opacity="{chance.uniform(0.1, 0.36):.2f}"',
        )
    if palette.body == "none":
        return
    sun_x = scene.sun()[0]
    for _ in range(120):
        near_share = chance.random()
        y = scene.horizon + 3 + (shore - scene.horizon) * near_share
        x = chance.gauss(sun_x, 14 + 64 * near_share)
        canvas.ellipse(
            x,
            y,
            (5 + 22 * near_share) * chance.uniform(0.4, 1.3),
            0.9 + 1.8 * near_share,
            light,
            f'opacity="{chance.uniform(0.3, 0.9):.2f}"',
        )


def _draw_boats(scene: Scene) -> None:
    chance, canvas = scene.chance("boats"), scene.canvas
    for _ in range(1 if scene.sparse else 3):
        share = chance.uniform(0.04, 0.3)
        y, size = scene.horizon + 10 + 190 * share, 26 + 120 * share
        x = chance.uniform(0.08, 0.92) * scene.width
        depth = 0.75 - share
        sail = scene.tone("#fbf3e4", depth)
        lean = 0.1 * size if scene.weather in {"wind", "storm"} else 0.0
        canvas.polygon(
            [(x + 2, y - size * 0.2), (x + 2 + lean, y - size * 1.5), (x + size * 0.62, y - size * 0.2)], sail
        )
        canvas.polygon(
            [(x - 2, y - size * 0.2), (x - 2 + lean, y - size * 1.3), (x - size * 0.44, y - size * 0.2)],
            mix(sail, scene.tone(scene.accent, depth), 0.6),
        )
        canvas.path(
            f"M{x - size * 0.6:.1f} {y - size * 0.12:.1f}L{x + size * 0.7:.1f} {y - size * 0.12:.1f}"
            f"Q{x + size * 0.5:.1f} {y + size * 0.14:.1f} {x:.1f} {y + size * 0.14:.1f}"
            f"Q{x - size * 0.5:.1f} {y + size * 0.14:.1f} {x - size * 0.6:.1f} {y - size * 0.12:.1f}Z",
            scene.tone("#5a3c2b", depth),
        )
    if not scene.sparse and scene.weather not in {"storm", "snow"}:
        for _ in range(6):
            x, y, size = (
                chance.uniform(0.1, 0.9) * scene.width,
                chance.uniform(0.2, 0.75) * scene.horizon,
                chance.uniform(7, 15),
            )
            canvas.line(
                f"M{x - size:.1f} {y - 3:.1f}"
                f"q{size * 0.5:.1f} {-size * 0.5:.1f} {size:.1f} {size * 0.3:.1f}"
                f"q{size * 0.5:.1f} {-size * 0.8:.1f} {size:.1f} {-size * 0.3:.1f}",
                scene.tone("#454b57", 0.3),
                2.2,
            )


def _draw_beach(scene: Scene, shore: float) -> None:
    canvas, sand = scene.canvas, "#eef2f6" if scene.snowy else "#e2c79a"
    edge = scene.ridge("shore", shore, 18, 8, 0.5)
    bottom = f"L{scene.width + 20:.1f} {HEIGHT:.0f}L-20 {HEIGHT:.0f}Z"
    foam = scene.tone("#ffffff", 0.1)
    for lift, opacity in ((-40, 0.22), (-22, 0.4)):
        crest = [(x, y + lift + 6 * (index % 2)) for index, (x, y) in enumerate(edge)]
        canvas.line(smooth(crest), foam, 4, f'opacity="{opacity}"')
    canvas.path(smooth([(x, y - 4) for x, y in edge]) + bottom, foam, 'opacity="0.92"')
    wet = scene.tone(darken(sand, 0.28))
    canvas.path(
        smooth([(x, y + 9) for x, y in edge]) + bottom,
        mix(wet, scene.palette.grade(scene.palette.sky[2]), 0.3),
    )
    dry = [(0, scene.tone(lighten(sand, 0.08)), 1.0), (1, scene.tone(darken(sand, 0.16)), 1.0)]
    canvas.path(
        smooth([(x, y + 46 + 8 * (index % 3)) for index, (x, y) in enumerate(edge)]) + bottom,
        canvas.linear(dry),
    )
    chance = scene.chance("sand")
    for _ in range(int(90 * scene.width / 864)):
        x, y = chance.uniform(0, scene.width), chance.uniform(shore + 70, HEIGHT)
        canvas.ellipse(
            x, y, chance.uniform(2, 7), chance.uniform(1, 2), scene.tone(darken(sand, 0.4)), 'opacity="0.3"'
        )
