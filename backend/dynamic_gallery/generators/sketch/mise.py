"""The product in the scene: where it stands, its shadow, its light and its caption."""

from __future__ import annotations

from dynamic_gallery.generators.sketch.colour import darken, lighten, mix
from dynamic_gallery.generators.sketch.lettering import fitting_size, shown
from dynamic_gallery.generators.sketch.scene import HEIGHT, Scene
from dynamic_gallery.generators.sketch.wares import Easel, choose_ware
from dynamic_gallery.services.products import Product

_TALL = 0.46  # of the picture's height; wide wares are bounded by their width instead
_WIDE = 0.6


def draw_product(scene: Scene, product: Product) -> tuple[float, float, float, float]:
    """Put the product on the ground; returns its box (x, y, width, height) in units."""
    ware = choose_ware(product)
    scale = min(HEIGHT * _TALL / ware.height, scene.width * _WIDE / ware.width, 1.35)
    x = scene.width * _stage_position(scene)
    easel = _easel(scene, product, ware.colors)
    canvas = scene.canvas
    _draw_pool(scene, x, ware.width * scale)
    place = f"translate({x:.1f} {scene.ground:.1f}) scale({scale:.4f})"
    canvas.add(f'<g id="ware" transform="{place}">')
    outline = ware.draw(easel)
    canvas.add("</g>")
    _slip_shadow_below(scene, outline, x, scale)
    return (
        x - ware.width * scale / 2,
        scene.ground - ware.height * scale,
        ware.width * scale,
        ware.height * scale,
    )


def _stage_position(scene: Scene) -> float:
    """Across the picture, 0..1: in the middle for calm moods, off it for lively ones, away from the light."""
    if scene.mood in {"serene", "minimal", "elegant", "bold"} or scene.width < 640:
        return 0.5
    return 0.5 + (0.06 if scene.light_x < 0.5 else -0.06)


def _easel(scene: Scene, product: Product, fallback: tuple[str, str, str]) -> Easel:
    own = [*product.colors[:3]]
    if len(own) == 1:
        own.append(mix(own[0], "#e8d3a2", 0.65))
    if len(own) == 2:
        own.append(darken(own[0], 0.4))
    main, second, third = (scene.palette.product(colour) for colour in (own or fallback))
    return Easel(scene.canvas, main, second, third, scene.palette.key, -1 if scene.light_x < 0.5 else 1)


def _draw_pool(scene: Scene, x: float, width: float) -> None:
    """A pool of light, so that the product stands out also at night."""
    canvas, palette = scene.canvas, scene.palette
    strength = 0.5 if palette.dark else 0.22
    glow = lighten(palette.key, 0.2)
    canvas.ellipse(
        x, scene.ground - 170, width * 0.95, 330, canvas.radial([(0, glow, strength * 0.6), (1, glow, 0)])
    )
    canvas.ellipse(x, scene.ground + 8, width * 0.95, 74, canvas.radial([(0, glow, strength), (1, glow, 0)]))


def _slip_shadow_below(scene: Scene, outline: str, x: float, scale: float) -> None:
    """Shadow on the ground, drawn before the ware: it falls towards the viewer, away from the light."""
    canvas = scene.canvas
    soft = scene.weather in {"overcast", "fog", "rain", "snow", "storm"}
    lean = (scene.light_x - 0.5) * 2.4
    shade = canvas.linear([(0, "#07070f", 0.0), (1, "#07070f", 0.26 if soft else 0.46)])
    cast = (
        f"matrix({scale:.4f} 0 {lean * scale * 0.5:.4f} {-0.26 * scale:.4f} {x:.1f} {scene.ground - 3:.1f})"
    )
    contact = canvas.radial([(0, "#05050a", 0.62), (0.6, "#05050a", 0.34), (1, "#05050a", 0)])
    canvas.slip_before(
        '<g id="ware"',
        f'<path d="{outline}" fill="{shade}" transform="{cast}"/>'
        f'<ellipse cx="{x:.1f}" cy="{scene.ground:.1f}" rx="{230 * scale:.1f}" ry="{20 * scale:.1f}" fill="{contact}"/>',
    )


def draw_caption(scene: Scene, product: Product) -> None:
    """Brand and name at the foot of the picture, as on a printed page."""
    canvas, margin = scene.canvas, min(54.0, scene.width * 0.07)
    canvas.rect(
        0,
        HEIGHT - 190,
        scene.width,
        190,
        canvas.linear([(0, "#08080c", 0), (0.55, "#08080c", 0.42), (1, "#08080c", 0.72)]),
    )
    room = scene.width - 2 * margin
    name, brand = shown(product.name), shown(product.brand).upper()
    if name:
        size = fitting_size(name, 44, room)
        canvas.text(name, margin, HEIGHT - 44, size, "#fbf7ee")
    if brand:
        size = fitting_size(brand, 18, room, spacing=0.22)
        more = f'letter-spacing="{size * 0.22:.2f}" opacity="0.88"'
        canvas.text(brand, margin, HEIGHT - 96, size, "#fbf7ee", more)
