"""A room with tall windows."""

from __future__ import annotations

from dynamic_gallery.generators.sketch.colour import darken, lighten, mix
from dynamic_gallery.generators.sketch.places.common import Eye, draw_glow, draw_ridge, lamp_colour
from dynamic_gallery.generators.sketch.scene import HEIGHT, Scene

_WALLS = ("#5f7a70", "#8a5f52", "#3f5470", "#b59a78", "#7c6a86", "#a9a08c")


def draw_salon(scene: Scene) -> None:
    """A panelled wall with windows onto the weather, curtains, parquet, a picture and a plant."""
    chance = scene.chance("room")
    wall = chance.choice(_WALLS) if scene.mood != "minimal" else "#e4ded2"
    floor = HEIGHT * 0.72
    draw_ridge(scene, "outside", scene.horizon - 40, 50, "#6f8070", 0.85)
    draw_ridge(scene, "outside2", scene.horizon + 40, 30, "#dfe8ef" if scene.snowy else "#5c7350", 0.6)
    middle = scene.width * (0.31 if scene.light_x < 0.5 else 0.69)
    windows = [(middle - 128, 150.0, 256.0, floor - 210.0)]
    if scene.width > 1200:
        windows.append((scene.width - middle - 128, 150.0, 256.0, floor - 210.0))
    _draw_wall(scene, wall, floor, windows)
    for window in windows:
        _draw_window(scene, window)
    _draw_floor(scene, floor, windows[0])
    far = scene.width - middle
    _draw_picture(scene, far, wall) if not scene.sparse else None
    _draw_plant(scene, scene.width * (0.93 if scene.light_x < 0.5 else 0.07), floor + 60)
    _draw_pendant(scene, far)


def _draw_wall(
    scene: Scene, wall: str, floor: float, windows: list[tuple[float, float, float, float]]
) -> None:
    canvas = scene.canvas
    holes = "".join(
        f"M{x:.1f} {y + 110:.1f}Q{x:.1f} {y:.1f} {x + w / 2:.1f} {y:.1f}"
        f"Q{x + w:.1f} {y:.1f} {x + w:.1f} {y + 110:.1f}L{x + w:.1f} {y + h:.1f}"
        f"L{x:.1f} {y + h:.1f}Z"
        for x, y, w, h in windows
    )
    lit, dark = scene.tone(lighten(wall, 0.12), 0.1), scene.tone(darken(wall, 0.32), 0.1)
    along = (0, 0, 1, 0.3) if scene.light_x < 0.5 else (1, 0, 0, 0.3)
    canvas.path(
        f"M0 0L{scene.width:.1f} 0L{scene.width:.1f} {floor:.1f}L0 {floor:.1f}Z{holes}",
        canvas.linear([(0, lit, 1), (1, dark, 1)], along=along),
        'fill-rule="evenodd"',
    )
    edge = scene.tone(lighten(wall, 0.3), 0.1)
    for x in range(-30, int(scene.width), 236):
        if all(x + 200 < wx - 60 or x > wx + w + 60 for wx, _, w, _ in windows):
            canvas.rect(x, 110, 196, floor - 300, "none", f'stroke="{edge}" stroke-width="3" opacity="0.55"')
            canvas.rect(x, floor - 160, 196, 110, "none", f'stroke="{edge}" stroke-width="3" opacity="0.55"')
    canvas.rect(0, 0, scene.width, 46, scene.tone(lighten(wall, 0.42), 0.1))
    canvas.rect(0, 46, scene.width, 8, scene.tone(darken(wall, 0.4), 0.1), 'opacity="0.5"')
    canvas.rect(0, floor - 34, scene.width, 34, scene.tone(lighten(wall, 0.42), 0.1))


def _draw_window(scene: Scene, box: tuple[float, float, float, float]) -> None:
    canvas, (x, y, wide, tall) = scene.canvas, box
    frame = scene.tone("#f4efe4", 0.05)
    arch = (
        f"M{x:.1f} {y + 110:.1f}Q{x:.1f} {y:.1f} {x + wide / 2:.1f} {y:.1f}"
        f"Q{x + wide:.1f} {y:.1f} {x + wide:.1f} {y + 110:.1f}L{x + wide:.1f} {y + tall:.1f}"
        f"L{x:.1f} {y + tall:.1f}Z"
    )
    bars = f"M{x + wide / 2:.1f} {y:.1f}L{x + wide / 2:.1f} {y + tall:.1f}" + "".join(
        f"M{x:.1f} {y + tall * part:.1f}L{x + wide:.1f} {y + tall * part:.1f}" for part in (0.26, 0.52, 0.77)
    )
    canvas.line(bars, frame, 7)
    canvas.line(arch, frame, 15)
    canvas.rect(x - 22, y + tall, wide + 44, 18, scene.tone("#fbf8f0" if not scene.snowy else "#ffffff", 0.0))
    cloth = mix(scene.accent, "#e9dcc6", 0.55)
    for side in (-1, 1):
        edge = x - 34 if side < 0 else x + wide + 34
        inner = edge - side * 92
        data = (
            f"M{edge - side * -30:.1f} {y - 64:.1f}L{inner:.1f} {y - 64:.1f}"
            f"C{inner + side * 6:.1f} {y + tall * 0.4:.1f} {inner + side * 66:.1f} {y + tall * 0.55:.1f}"
            f" {edge - side * 14:.1f} {y + tall * 0.62:.1f}"
            f"C{inner + side * 30:.1f} {y + tall * 0.8:.1f} {inner + side * 22:.1f} {y + tall:.1f}"
            f" {inner + side * 14:.1f} {y + tall + 58:.1f}"
            f"L{edge + side * 30:.1f} {y + tall + 58:.1f}Z"
        )
        canvas.path(
            data,
            canvas.linear(
                [
                    (0, scene.tone(lighten(cloth, 0.2)), 1),
                    (0.5, scene.tone(cloth), 1),
                    (1, scene.tone(darken(cloth, 0.35)), 1),
                ],
                along=(0, 0, 1, 0) if side > 0 else (1, 0, 0, 0),
            ),
        )
        for fold in (0.25, 0.55, 0.8):
            fx = edge + side * 24 - side * 96 * fold
            canvas.line(
                f"M{fx:.1f} {y - 60:.1f}"
                f"C{fx:.1f} {y + tall * 0.4:.1f} {edge - side * 10:.1f} {y + tall * 0.5:.1f}"
                f" {edge - side * 2:.1f} {y + tall * 0.62:.1f}"
                f"L{edge + side * 20 - side * 60 * fold:.1f} {y + tall + 56:.1f}",
                scene.tone(darken(cloth, 0.4)),
                3,
                'opacity="0.45"',
            )
    canvas.line(f"M{x - 84:.1f} {y - 66:.1f}L{x + wide + 84:.1f} {y - 66:.1f}", scene.tone("#b18a4c"), 9)


def _draw_floor(scene: Scene, top: float, window: tuple[float, float, float, float]) -> None:
    canvas, wood = scene.canvas, "#9c6b42"
    canvas.rect(
        0,
        top,
        scene.width,
        HEIGHT - top,
        canvas.linear(
            [(0, scene.tone(darken(wood, 0.18), 0.15), 1), (1, scene.tone(lighten(wood, 0.05)), 1)]
        ),
    )
    eye = Eye(scene.width / 2, top - 150, 500)
    lines = ""
    for plank in range(-40, 41):
        far, near = eye.see(plank * 0.5, -1.5, 5.0), eye.see(plank * 0.5, -1.5, 1.5)
        lines += f"M{far[0]:.1f} {far[1]:.1f}L{near[0]:.1f} {near[1]:.1f}"
    canvas.line(lines, scene.tone(darken(wood, 0.5)), 1.6, 'opacity="0.5"')
    x, _, wide, _ = window
    way = 1 if scene.light_x < 0.5 else -1
    light = scene.palette.grade(lighten(scene.palette.key, 0.15))
    for pane in (0, 1):
        start = x + pane * wide / 2 + 6
        spill = [
            (start, top + 12),
            (start + wide / 2 - 12, top + 12),
            (start + wide / 2 - 12 + way * 190, HEIGHT),
            (start + way * 190 - 30, HEIGHT),
        ]
        canvas.polygon(spill, canvas.linear([(0, light, 0.5), (1, light, 0.12)]))
    rug = mix(scene.accent, "#7d3a34", 0.35)
    canvas.ellipse(
        scene.width / 2, scene.ground + 6, min(scene.width * 0.46, 520), 104, scene.tone(darken(rug, 0.15))
    )
    for part, colour in (
        (0.93, lighten(rug, 0.45)),
        (0.88, rug),
        (0.7, lighten(rug, 0.3)),
        (0.66, darken(rug, 0.1)),
    ):
        canvas.ellipse(
            scene.width / 2,
            scene.ground + 6,
            min(scene.width * 0.46, 520) * part,
            104 * part,
            scene.tone(colour),
        )


def _draw_picture(scene: Scene, x: float, wall: str) -> None:
    canvas = scene.canvas
    y = 250.0
    canvas.rect(x - 92, y - 8, 196, 246, "#000000", 'opacity="0.25"')
    canvas.rect(x - 100, y - 20, 200, 250, scene.tone("#c19a52", 0.05))
    canvas.rect(x - 84, y - 4, 168, 218, scene.tone("#f0e6d2", 0.05))
    chance = scene.chance("picture")
    for _ in range(5):
        canvas.circle(
            x + chance.uniform(-48, 48),
            y + chance.uniform(50, 165),
            chance.uniform(12, 34),
            scene.tone(chance.choice((scene.accent, "#2f4f6f", "#c9703f", "#e2b84f", darken(wall, 0.2)))),
            'opacity="0.85"',
        )


def _draw_plant(scene: Scene, x: float, y: float) -> None:
    canvas, chance = scene.canvas, scene.chance("plant")
    for _ in range(13):
        lean, tall = chance.uniform(-150, 150), chance.uniform(150, 330)
        tip = (x + lean, y - 70 - tall * (1 - abs(lean) / 400))
        green = scene.tone(chance.choice(("#3f6b46", "#56814f", "#2f5540")))
        canvas.path(
            f"M{x:.1f} {y - 70:.1f}Q{x + lean * 0.2 - 26:.1f} {tip[1]:.1f} {tip[0]:.1f} {tip[1]:.1f}"
            f"Q{x + lean * 0.5 + 30:.1f} {tip[1] + 70:.1f} {x:.1f} {y - 70:.1f}Z",
            green,
        )
    pot = scene.tone("#c7805a")
    canvas.polygon(
        [(x - 54, y - 90), (x + 54, y - 90), (x + 38, y + 20), (x - 38, y + 20)],
        canvas.linear([(0, lighten(pot, 0.2), 1), (1, darken(pot, 0.4), 1)], along=(0, 0, 1, 0)),
    )


def _draw_pendant(scene: Scene, x: float) -> None:
    canvas = scene.canvas
    lamps = scene.palette.lamps
    canvas.line(f"M{x:.1f} 40L{x:.1f} 128", scene.tone("#2a2420"), 3)
    if lamps:
        draw_glow(scene, x, 176, 250, lamp_colour(scene), 0.75)
    canvas.path(
        f"M{x - 62:.1f} 184Q{x - 54:.1f} 124 {x:.1f} 122Q{x + 54:.1f} 124 {x + 62:.1f} 184Z",
        scene.tone("#b38b4d"),
    )
    canvas.ellipse(x, 184, 62, 9, lighten(lamp_colour(scene), 0.3) if lamps else scene.tone("#efe6d0"))
    if scene.light == "candle":
        for offset, tall in ((-330, 70), (-290, 46), (300, 58)):
            cx, cy = scene.width / 2 + offset, HEIGHT * 0.78
            draw_glow(scene, cx, cy - tall - 14, 150, "#ffb95e", 0.9)
            canvas.rect(cx - 9, cy - tall, 18, tall, scene.tone("#f3e7cf"))
            canvas.path(
                f"M{cx:.1f} {cy - tall - 32:.1f}"
                f"Q{cx + 9:.1f} {cy - tall - 10:.1f} {cx:.1f} {cy - tall - 3:.1f}"
                f"Q{cx - 9:.1f} {cy - tall - 10:.1f} {cx:.1f} {cy - tall - 32:.1f}Z",
                "#fff0c2",
            )
