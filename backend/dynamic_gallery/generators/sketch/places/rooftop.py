"""A roof terrace above the city."""

from __future__ import annotations

from dynamic_gallery.generators.sketch.colour import darken, lighten
from dynamic_gallery.generators.sketch.places.common import (
    Eye,
    draw_glow,
    draw_ground,
    draw_sheen,
    lamp_colour,
)
from dynamic_gallery.generators.sketch.scene import HEIGHT, Scene


def draw_rooftop(scene: Scene) -> None:
    """Three rows of roofs below the eye, a water tower, a parapet, tiles, plants and a string of bulbs."""
    for depth, rise, wide in ((0.95, 250, 64), (0.75, 170, 92), (0.5, 86, 140)):
        _draw_roofs(scene, depth, rise, wide)
    _draw_tower(scene)
    _draw_terrace(scene)
    _draw_bulbs(scene)


def _draw_roofs(scene: Scene, depth: float, rise: float, wide: float) -> None:
    chance, canvas = scene.chance(f"roofs{depth}"), scene.canvas
    x = -wide
    base = scene.horizon + 90
    while x < scene.width + wide:
        width, tall = wide * chance.uniform(0.7, 1.3), rise * chance.uniform(0.4, 1.15)
        top = base - tall - 60
        wall = chance.choice(("#a98f78", "#8f8b88", "#b89c80", "#7c8591", "#96705c"))
        lit = scene.tone(lighten(wall, 0.1), depth)
        canvas.rect(
            x,
            top,
            width,
            HEIGHT - top,
            canvas.linear([(0, lit, 1), (0.35, scene.tone(darken(wall, 0.15), min(1.1, depth + 0.25)), 1)]),
        )
        cap = scene.tone("#f2f5f9" if scene.snowy else darken(wall, 0.25), depth)
        canvas.rect(x - 3, top - 6, width + 6, 8, cap)
        if chance.random() < 0.4:
            canvas.rect(x + width * 0.3, top - 30, width * 0.14, 26, scene.tone("#8c5a48", depth))
        if chance.random() < 0.3:
            canvas.line(
                f"M{x + width * 0.7:.1f} {top:.1f}l0 -46m-10 12l20 0m-16 9l12 0",
                scene.tone("#4a4d55", depth),
                1.8,
            )
        _draw_panes(scene, x, top, width, depth)
        x += width * chance.uniform(0.92, 1.2)


def _draw_panes(scene: Scene, x: float, top: float, width: float, depth: float) -> None:
    chance, canvas = scene.chance("panes"), scene.canvas
    step, size = (15, 7) if depth > 0.9 else (22, 11) if depth > 0.6 else (34, 17)
    dark = lit = ""
    columns = int((width - 8) / step)
    for row in range(6):
        for column in range(columns):
            pane = (
                f"M{x + 8 + column * step:.1f} {top + 14 + row * step * 1.3:.1f}h{size * 0.8:.1f}v{size}"
                f"h{-size * 0.8:.1f}Z"
            )
            if scene.palette.lamps and chance.random() < 0.42:
                lit += pane
            elif chance.random() < 0.85:
                dark += pane
    canvas.path(dark or "M0 0Z", scene.tone("#46525f", min(1.0, depth + 0.15)), 'opacity="0.7"')
    if lit:
        canvas.path(lit, lamp_colour(scene), f'opacity="{1.05 - depth * 0.4:.2f}"')


def _draw_tower(scene: Scene) -> None:
    canvas = scene.canvas
    x, y = scene.width * (0.83 if scene.light_x < 0.5 else 0.17), scene.horizon + 20
    wood = scene.tone("#7a5238", 0.3)
    for leg in (-52, -18, 18, 52):
        canvas.line(f"M{x + leg:.1f} {y:.1f}L{x + leg * 0.9:.1f} {y - 110:.1f}", darken(wood, 0.3), 7)
    canvas.line(
        f"M{x - 52:.1f} {y - 20:.1f}L{x + 50:.1f} {y - 90:.1f}M{x + 52:.1f} {y - 20:.1f}"
        f"L{x - 50:.1f} {y - 90:.1f}",
        darken(wood, 0.3),
        4,
    )
    along = (0, 0, 1, 0) if scene.light_x < 0.5 else (1, 0, 0, 0)
    canvas.rect(
        x - 68,
        y - 236,
        136,
        128,
        canvas.linear([(0, lighten(wood, 0.25), 1), (0.4, wood, 1), (1, darken(wood, 0.45), 1)], along=along),
    )
    for band in (-222, -176, -130):
        canvas.line(f"M{x - 68:.1f} {y + band:.1f}L{x + 68:.1f} {y + band:.1f}", darken(wood, 0.45), 3)
    canvas.polygon(
        [(x - 78, y - 234), (x, y - 300), (x + 78, y - 234)],
        scene.tone("#f2f5f9" if scene.snowy else "#5a3f30", 0.3),
    )


def _draw_terrace(scene: Scene) -> None:
    canvas, top = scene.canvas, HEIGHT * 0.745
    brick = "#b5795c"
    canvas.rect(
        0,
        top - 74,
        scene.width,
        80,
        canvas.linear(
            [(0, scene.tone(lighten(brick, 0.1), 0.12), 1), (1, scene.tone(darken(brick, 0.35)), 1)]
        ),
    )
    rows = "".join(f"M0 {top - 62 + row * 15:.1f}H{scene.width:.1f}" for row in range(5))
    canvas.line(rows, scene.tone(darken(brick, 0.4)), 1.4, 'opacity="0.6"')
    canvas.rect(-5, top - 90, scene.width + 10, 20, scene.tone("#f6f8fa" if scene.snowy else "#d9cfbf", 0.1))
    draw_ground(scene, "#a8917c", "#b9a48f", top=top)
    eye = Eye(scene.width / 2, top - 190, 520)
    lines = ""
    for tile in range(-16, 17):
        far, near = eye.see(tile * 0.7, -1.4, 3.83), eye.see(tile * 0.7, -1.4, 1.3)
        lines += f"M{far[0]:.1f} {far[1]:.1f}L{near[0]:.1f} {near[1]:.1f}"
    for row in range(12):
        y = eye.see(0, -1.4, 1.3 + row * 0.24)[1]
        lines += f"M0 {y:.1f}H{scene.width:.1f}"
    canvas.line(lines, scene.tone("#6d5b4b"), 1.8, 'opacity="0.45"')
    for x in (scene.width * 0.06, scene.width * 0.95):
        _draw_pot(scene, x, top + 36)
    if scene.wet:
        draw_sheen(scene, top + 20)


def _draw_pot(scene: Scene, x: float, y: float) -> None:
    canvas, chance = scene.canvas, scene.chance("pots")
    for _ in range(26):
        colour = scene.tone(
            chance.choice(("#4d7a4a", "#6b9a58", "#3a6142")) if not scene.snowy else "#dfe8ee"
        )
        canvas.circle(x + chance.gauss(0, 34), y - 120 + chance.gauss(0, 32), chance.uniform(12, 24), colour)
    clay = scene.tone("#c0704a")
    canvas.polygon(
        [(x - 46, y - 84), (x + 46, y - 84), (x + 32, y + 14), (x - 32, y + 14)],
        canvas.linear([(0, lighten(clay, 0.15), 1), (1, darken(clay, 0.4), 1)], along=(0, 0, 1, 0)),
    )


def _draw_bulbs(scene: Scene) -> None:
    canvas = scene.canvas
    lit = scene.palette.lamps or scene.mood in {"playful", "romantic"}
    for y0, sag, lift in ((120.0, 130.0, 60.0), (60.0, 210.0, -40.0)):
        points = []
        for step in range(15):
            share = step / 14
            points.append((scene.width * share, y0 + lift * share + sag * 4 * share * (1 - share)))
        canvas.line("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points), scene.tone("#26262c", 0.2), 2)
        for x, y in points[1:-1]:
            if lit:
                draw_glow(scene, x, y + 12, 44, lamp_colour(scene), 0.9)
            canvas.circle(x, y + 11, 7, "#fff2cf" if lit else scene.tone("#efe9dc", 0.1))
