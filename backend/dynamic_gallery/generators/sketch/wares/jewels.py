"""Watches, jewels, glasses and scent."""

from __future__ import annotations

import math

from dynamic_gallery.generators.sketch.colour import darken, lighten, luminance
from dynamic_gallery.generators.sketch.wares.easel import Easel


def draw_watch(easel: Easel) -> str:
    """A wristwatch, upright, ten past ten; returns its outline."""
    canvas, middle = easel.canvas, -236
    strap = "M-66 -330L-54 -466Q0 -478 54 -466L66 -330ZM-66 -142L-52 -6Q0 6 52 -6L66 -142Z"
    canvas.path(strap, easel.cloth(easel.main, 0.4))
    for x in (-48, 48):
        stitch = 'stroke-dasharray="9 8"'
        canvas.line(
            f"M{x} -340L{x * 0.84:.0f} -456M{x} -132L{x * 0.82:.0f} -14",
            lighten(easel.main, 0.35),
            2.4,
            stitch,
        )
    for x in (-70, 70):
        canvas.line(
            f"M{x * 0.9:.0f} {middle - 104}L{x * 0.74:.0f} {middle - 134}", darken(easel.second, 0.2), 22
        )
        canvas.line(
            f"M{x * 0.9:.0f} {middle + 104}L{x * 0.74:.0f} {middle + 134}", darken(easel.second, 0.2), 22
        )
    canvas.rect(116, middle - 17, 24, 34, easel.metal(easel.second), 'rx="6"')
    canvas.circle(0, middle, 128, easel.metal(easel.second))
    canvas.circle(0, middle, 110, darken(easel.second, 0.4))
    canvas.circle(
        0, middle, 106, canvas.radial([(0, lighten(easel.third, 0.14), 1), (1, darken(easel.third, 0.3), 1)])
    )
    ink = "#f6f1e4" if luminance(easel.third) < 0.55 else "#20201f"
    for hour in range(12):
        turn = f'transform="rotate({hour * 30} 0 {middle})"'
        canvas.rect(
            -3 if hour % 3 else -5, middle - 98, 6 if hour % 3 else 10, 15 if hour % 3 else 24, ink, turn
        )
    canvas.circle(0, middle + 52, 25, "none", f'stroke="{ink}" stroke-width="2" opacity="0.7"')
    canvas.line(f"M0 {middle + 52}L10 {middle + 36}", ink, 2.4)
    for angle, length, width in ((-58, 58, 9), (58, 84, 6)):
        dx, dy = math.sin(math.radians(angle)) * length, -math.cos(math.radians(angle)) * length
        canvas.line(f"M0 {middle}L{dx:.1f} {middle + dy:.1f}", ink, width)
    canvas.circle(0, middle, 8, easel.metal(easel.second))
    canvas.path(
        f"M-92 {middle - 42}A104 104 0 0 1 40 {middle - 92}L-20 {middle + 10}Z", "#ffffff", 'opacity="0.13"'
    )
    easel.rim(
        f"M{-124 * -easel.side * -1} {middle - 30}A128 128 0 0 {1 if easel.side < 0 else 0} 0 {middle - 126}",
        4,
    )
    return strap + f"M-128 {middle}A128 128 0 1 0 128 {middle}A128 128 0 1 0 -128 {middle}Z"


def draw_perfume(easel: Easel) -> str:
    """A heavy square flacon; returns its outline."""
    canvas = easel.canvas
    outline = (
        "M-140 0Q-152 0 -152 -14L-152 -264Q-152 -286 -130 -286L130 -286Q152 -286 152 -264L152 -14"
        "Q152 0 140 0Z"
    )
    cap = "M-62 -330L-62 -426Q-62 -436 -52 -436L52 -436Q62 -436 62 -426L62 -330Z"
    canvas.path(outline, easel.glass(lighten(easel.main, 0.5), 0.72))
    canvas.path(
        "M-126 -24L-126 -226Q0 -216 126 -226L126 -24Q126 -20 120 -20L-120 -20Q-126 -20 -126 -24Z",
        easel.glass(easel.main),
    )
    canvas.path("M-126 -226Q0 -216 126 -226Q0 -238 -126 -226Z", lighten(easel.main, 0.4))
    canvas.rect(-46, -332, 92, 48, easel.metal("#d8b871"))
    canvas.path(cap, easel.metal(easel.second))
    canvas.rect(-78, -178, 156, 104, lighten(easel.main, 0.82), 'rx="3" opacity="0.95"')
    canvas.rect(-70, -170, 140, 88, "none", f'stroke="{darken(easel.second, 0.1)}" stroke-width="1.6"')
    canvas.line("M-40 -118L40 -118", darken(easel.second, 0.2), 2)
    canvas.circle(0, -140, 10, "none", f'stroke="{darken(easel.second, 0.1)}" stroke-width="2"')
    side = easel.side
    canvas.path(
        f"M{side * 136} -262L{side * 112} -262L{side * 118} -30L{side * 136} -24Z",
        "#ffffff",
        'opacity="0.42"',
    )
    canvas.path(
        f"M{-side * 140} -240L{-side * 130} -240L{-side * 130} -40L{-side * 140} -30Z",
        "#ffffff",
        'opacity="0.22"',
    )
    easel.rim(f"M{side * 150} -264L{side * 150} -16")
    return outline + cap


def draw_sunglasses(easel: Easel) -> str:
    """Round sunglasses on their lenses, temples behind; returns their outline."""
    canvas, frame = easel.canvas, easel.main
    for side in (-1, 1):
        arm = f"M{side * 246} -128C{side * 236} -166 {side * 176} -206 {side * 128} -212L{side * 96} -196"
        canvas.line(arm, darken(frame, 0.4), 15)
        canvas.line(arm, darken(frame, 0.15), 8)
    shapes = []
    for side in (-1, 1):
        lens = (
            f"M{side * 26} -124C{side * 40} -166 {side * 222} -172 {side * 240} -130"
            f"C{side * 250} -60 {side * 200} -6 "
            f"{side * 132} -6C{side * 66} -6 {side * 22} -60 {side * 26} -124Z"
        )
        shapes.append(lens)
        canvas.path(
            lens, canvas.linear([(0, darken(easel.second, 0.5), 0.97), (1, lighten(easel.second, 0.28), 0.9)])
        )
        canvas.path(
            f"M{side * 132 - 70} -128L{side * 132 - 20} -140L{side * 132 - 60} -40L{side * 132 - 84} -74Z",
            "#ffffff",
            'opacity="0.2"',
        )
        canvas.path(
            f"M{side * 132 + 4} -142L{side * 132 + 24} -142L{side * 132 - 20} -28L{side * 132 - 36} -34Z",
            "#ffffff",
            'opacity="0.16"',
        )
        canvas.line(lens, darken(frame, 0.25), 21)
        canvas.line(lens, frame, 15)
        canvas.line(
            f"M{side * 40} -146C{side * 80} -164 {side * 200} -166 {side * 232} -140", lighten(frame, 0.45), 4
        )
        canvas.circle(side * 238, -130, 7, easel.metal(easel.third))
    canvas.line("M-28 -128C-16 -152 16 -152 28 -128", darken(frame, 0.25), 19)
    canvas.line("M-28 -130C-16 -153 16 -153 28 -130", lighten(frame, 0.1), 11)
    return "".join(shapes) + "M-30 -140L30 -140L30 -118L-30 -118Z"


def draw_necklace(easel: Easel) -> str:
    """A pendant on a linen bust; returns the outline."""
    canvas = easel.canvas
    linen = lighten(easel.main, 0.78)
    bust = (
        "M-64 -430Q0 -450 64 -430C58 -380 62 -340 90 -318C150 -290 196 -270 198 -210"
        "C196 -120 120 -40 96 0L-96 0"
        "C-120 -40 -196 -120 -198 -210C-196 -270 -150 -290 -90 -318C-62 -340 -58 -380 -64 -430Z"
    )
    canvas.path(bust, easel.cloth(linen, 0.36))
    canvas.ellipse(0, -432, 64, 13, darken(linen, 0.25))
    chain = "M-74 -338C-70 -230 -30 -170 0 -156C30 -170 70 -230 74 -338"
    canvas.line(chain, darken(easel.main, 0.4), 8, 'opacity="0.35" transform="translate(5 6)"')
    canvas.line(chain, darken(easel.main, 0.15), 7)
    canvas.line(chain, lighten(easel.main, 0.5), 4, 'stroke-dasharray="5 6"')
    canvas.circle(0, -150, 11, easel.metal(easel.main))
    canvas.ellipse(6, -88, 44, 56, "#000000", 'opacity="0.16"')
    canvas.ellipse(0, -94, 44, 56, easel.metal(easel.main))
    canvas.ellipse(
        0,
        -94,
        34,
        46,
        canvas.radial(
            [(0, lighten(easel.second, 0.5), 1), (1, darken(easel.second, 0.25), 1)],
            centre=(0.4, 0.3),
            radius=0.8,
        ),
    )
    canvas.path("M-18 -122Q-4 -136 10 -130Q-8 -118 -16 -96Z", "#ffffff", 'opacity="0.7"')
    easel.rim(
        "M-92 -316C-150 -288 -190 -268 -196 -210" if easel.side < 0 else "M92 -316C150 -288 190 -268 196 -210"
    )
    return bust


def draw_ring(easel: Easel) -> str:
    """A ring with one bright stone, upright; returns its outline."""
    canvas = easel.canvas
    canvas.ellipse(0, -142, 128, 132, "none", f'stroke="{darken(easel.main, 0.55)}" stroke-width="34"')
    canvas.ellipse(0, -148, 130, 136, "none", f'stroke="{easel.metal(easel.main)}" stroke-width="28"')
    canvas.ellipse(
        0, -148, 138, 144, "none", f'stroke="{lighten(easel.main, 0.6)}" stroke-width="3" opacity="0.8"'
    )
    for x in (-50, 50):
        canvas.line(f"M{x * 0.6:.0f} -282L{x * 1.36:.0f} -366", easel.main, 11)
    stone = easel.second
    facets = (
        ("M-104 -372L-62 -424L62 -424L104 -372L0 -268Z", stone),
        ("M-104 -372L-62 -424L-34 -372Z", lighten(stone, 0.5)),
        ("M-62 -424L0 -424L-34 -372Z", lighten(stone, 0.2)),
        ("M0 -424L62 -424L34 -372Z", lighten(stone, 0.7)),
        ("M62 -424L104 -372L34 -372Z", darken(stone, 0.08)),
        ("M0 -424L34 -372L-34 -372Z", lighten(stone, 0.85)),
        ("M-104 -372L-34 -372L0 -268Z", darken(stone, 0.22)),
        ("M-34 -372L34 -372L0 -268Z", lighten(stone, 0.42)),
        ("M34 -372L104 -372L0 -268Z", darken(stone, 0.4)),
    )
    for data, colour in facets:
        canvas.path(data, colour)
    for x, y, size in ((70, -446, 30), (-92, -400, 18)):
        canvas.path(
            f"M{x} {y - size}Q{x} {y} {x + size} {y}Q{x} {y} {x} {y + size}Q{x} {y} {x - size} {y}"
            f"Q{x} {y} {x} {y - size}Z",
            "#ffffff",
            'opacity="0.95"',
        )
    return (
        "M-146 -148A146 150 0 1 0 146 -148A146 150 0 1 0 -146 -148ZM-104 -372L-62 -424L62 -424"
        "L104 -372L0 -268Z"
    )
