"""Rolling fields with rows, a tree and a farmhouse."""

from __future__ import annotations

from dynamic_gallery.generators.sketch.canvas import smooth
from dynamic_gallery.generators.sketch.colour import darken, lighten
from dynamic_gallery.generators.sketch.places.common import draw_ridge
from dynamic_gallery.generators.sketch.scene import HEIGHT, Scene

_CROPS = {
    "lavender": ("#8468ad", "#5d7a4a"),
    "wheat barley hay": ("#d9b257", "#b98a3a"),
    "meadow": ("#86a655", "#5f8244"),
    "vine vineyard": ("#7f9a48", "#a5804d"),
}


def draw_field(scene: Scene) -> None:
    """Hills one behind the other; rows of a crop run towards the horizon; grasses at the front."""
    chance = scene.chance("crop")
    named = [name for name in _CROPS if scene.says(*name.split())]
    crop, furrow = _CROPS[chance.choice(named or [*_CROPS])]
    y = scene.horizon
    draw_ridge(scene, "far", y - 46, 40, "#7f93a0", 0.98, steps=9, foot=y + 60)
    draw_ridge(scene, "hill1", y - 16, 34, _snow(scene, "#86a06a"), 0.76, steps=5, foot=y + 120)
    _draw_cypresses(scene)
    draw_ridge(scene, "hill2", y + 24, 26, _snow(scene, "#a3a85c"), 0.5, steps=5, foot=y + 200)
    _draw_rows(scene, crop, furrow)
    _draw_tree(scene)
    _draw_grass(scene, crop)


def _snow(scene: Scene, colour: str) -> str:
    return "#edf2f7" if scene.snowy else colour


def _draw_rows(scene: Scene, crop: str, furrow: str) -> None:
    canvas, top = scene.canvas, scene.horizon + 62
    middle = scene.width * (0.5 + 0.2 * (0.5 - scene.light_x))
    ground = [
        (0, scene.tone(_snow(scene, furrow), 0.5), 1.0),
        (1, scene.tone(darken(_snow(scene, furrow), 0.2)), 1.0),
    ]
    canvas.rect(0, top, scene.width, HEIGHT - top, canvas.linear(ground))
    rows = int(13 * max(1.0, scene.width / 864))
    fill = canvas.linear(
        [
            (0, scene.tone(lighten(_snow(scene, crop), 0.2), 0.5), 1),
            (0.4, scene.tone(_snow(scene, crop), 0.15), 1),
            (1, scene.tone(darken(_snow(scene, crop), 0.22)), 1),
        ]
    )
    for row in range(-rows, rows + 1):
        x0, x1, wide = middle + row * 26, middle + row * 178, 62
        canvas.polygon([(x0 - 7, top), (x0 + 7, top), (x1 + wide, HEIGHT), (x1 - wide, HEIGHT)], fill)
    chance = scene.chance("tufts")
    for _ in range(int(420 * scene.width / 864)):
        share = chance.random() ** 1.3
        row = chance.randint(-rows, rows)
        x = middle + row * (26 + 152 * share) + chance.uniform(-1, 1) * (7 + 50 * share)
        if not 0 < x < scene.width:
            continue
        y = top + (HEIGHT - top) * share
        colour = scene.tone(lighten(_snow(scene, crop), chance.uniform(0, 0.4)), 0.4 * (1 - share))
        canvas.ellipse(x, y, 2 + 8 * share, 1.4 + 5 * share, colour, 'opacity="0.8"')


def _draw_cypresses(scene: Scene) -> None:
    chance, canvas = scene.chance("cypress"), scene.canvas
    x0 = scene.width * (0.68 if scene.light_x < 0.5 else 0.14)
    y = scene.horizon - 14
    wall, roof = scene.tone("#efe0c2", 0.6), scene.tone("#f5f7fa" if scene.snowy else "#b5603f", 0.6)
    canvas.rect(x0, y - 44, 92, 50, wall)
    canvas.polygon([(x0 - 8, y - 42), (x0 + 14, y - 72), (x0 + 80, y - 72), (x0 + 100, y - 42)], roof)
    for window in (16, 44, 70):
        canvas.rect(
            x0 + window, y - 32, 10, 15, "#ffd58a" if scene.palette.lamps else scene.tone("#54504c", 0.6)
        )
    for _ in range(3 if scene.sparse else 7):
        x, tall = x0 + chance.uniform(-100, 190), chance.uniform(60, 120)
        canvas.path(
            f"M{x:.1f} {y - tall:.1f}"
            f"Q{x + tall * 0.17:.1f} {y - tall * 0.3:.1f} {x + 3:.1f} {y + 10:.1f}"
            f"L{x - 3:.1f} {y + 10:.1f}"
            f"Q{x - tall * 0.17:.1f} {y - tall * 0.3:.1f} {x:.1f} {y - tall:.1f}Z",
            scene.tone("#3c5a3f", 0.62),
        )


def _draw_tree(scene: Scene) -> None:
    chance, canvas = scene.chance("tree"), scene.canvas
    x, y, size = scene.width * (0.2 if scene.light_x > 0.5 else 0.82), scene.horizon + 92, 150.0
    canvas.path(
        f"M{x - 11:.1f} {y:.1f}Q{x - 4:.1f} {y - size * 0.6:.1f} {x - 26:.1f} {y - size:.1f}"
        f"L{x + 26:.1f} {y - size:.1f}Q{x + 6:.1f} {y - size * 0.6:.1f} {x + 13:.1f} {y:.1f}Z",
        scene.tone("#4d3a2b", 0.25),
    )
    leaf = "#e8eef4" if scene.snowy else "#5c7a3c"
    lit = -1 if scene.light_x < 0.5 else 1
    for shift, colour, count in (
        (0.0, darken(leaf, 0.3), 26),
        (0.16, leaf, 18),
        (0.34, lighten(leaf, 0.25), 9),
    ):
        for _ in range(count):
            cx = x + chance.gauss(lit * shift * size * 0.6, size * 0.34)
            cy = y - size * 1.3 - shift * size * 0.3 + chance.gauss(0, size * 0.2)
            canvas.circle(cx, cy, size * chance.uniform(0.12, 0.24) * (1 - shift), scene.tone(colour, 0.3))


def _draw_grass(scene: Scene, crop: str) -> None:
    chance, canvas = scene.chance("grass"), scene.canvas
    lean = 0.5 if scene.weather in {"wind", "storm"} else 0.12
    strokes: dict[str, str] = {}
    for _ in range(int(170 * scene.width / 864)):
        x = chance.uniform(0, scene.width)
        y = HEIGHT * 0.94 + 80 * chance.random()
        tall = chance.uniform(40, 130) * (0.5 + 0.9 * abs(x / scene.width - 0.5) * 2)
        base = "#e3eaf1" if scene.snowy else chance.choice(("#5d7a3a", "#7c9447", darken(crop, 0.2)))
        blade = smooth(
            [
                (x, y),
                (x + tall * lean * 0.3, y - tall * 0.6),
                (x + tall * lean * chance.uniform(0.4, 1.4), y - tall),
            ]
        )
        strokes[base] = strokes.get(base, "") + blade
        if chance.random() < 0.3 and not scene.snowy:
            canvas.circle(
                x + tall * lean,
                y - tall,
                chance.uniform(3, 6),
                scene.tone(chance.choice((scene.accent, "#f3e3a0", crop))),
            )
    for base, data in strokes.items():
        canvas.line(data, scene.tone(base), 2.6)
