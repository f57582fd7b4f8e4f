"""Lamps and chairs."""

from __future__ import annotations

from dynamic_gallery.generators.sketch.colour import darken, lighten, mix
from dynamic_gallery.generators.sketch.wares.easel import Easel


def draw_lamp(easel: Easel) -> str:
    """A lit table lamp; returns its outline."""
    canvas = easel.canvas
    outline = (
        "M-150 -250L-96 -470L96 -470L150 -250ZM-12 -250L12 -250L12 -30L84 -14L84 0L-84 0L-84 -14L-12 -30Z"
    )
    glow = "#ffdf9e"
    canvas.circle(0, -340, 420, canvas.radial([(0, glow, 0.55), (0.4, glow, 0.18), (1, glow, 0)]))
    canvas.rect(-8, -262, 16, 236, easel.metal(easel.second))
    canvas.ellipse(0, -128, 32, 42, easel.metal(easel.second))
    canvas.path("M-88 0L-88 -12Q-60 -34 -12 -36L12 -36Q60 -34 88 -12L88 0Z", easel.metal(easel.second))
    shade = [
        (0, mix(easel.main, glow, 0.2), 1.0),
        (0.6, lighten(mix(easel.main, glow, 0.5), 0.35), 1.0),
        (1, easel.main, 1.0),
    ]
    canvas.path("M-150 -250L-96 -470Q0 -482 96 -470L150 -250Q0 -228 -150 -250Z", canvas.linear(shade))
    for x in (-60, -30, 0, 30, 60):
        canvas.line(f"M{x} -474L{x * 1.56:.0f} -240", darken(easel.main, 0.2), 1.6, 'opacity="0.45"')
    canvas.line("M-150 -250Q0 -228 150 -250", darken(easel.second, 0.1), 6)
    canvas.line("M-96 -470Q0 -482 96 -470", darken(easel.second, 0.1), 5)
    canvas.line("M56 -236L56 -176", easel.second, 2)
    canvas.circle(56, -172, 6, easel.metal(easel.second))
    return outline


def draw_chair(easel: Easel) -> str:
    """An armchair on slim legs; returns its outline."""
    canvas = easel.canvas
    outline = (
        "M-170 -60L-196 -250L-132 -262C-150 -420 -90 -446 0 -446C90 -446 150 -420 132 -262"
        "L196 -250L170 -60L184 0L-184 0Z"
    )
    for x, lean in ((-150, -34), (150, 34), (-96, -10), (96, 10)):
        canvas.line(f"M{x} -70L{x + lean} -3", darken(easel.second, 0.15), 13)
    canvas.path(
        "M-140 -130C-166 -400 -104 -446 0 -446C104 -446 166 -400 140 -130Z", easel.cloth(easel.main, 0.4)
    )
    for x in (-56, 0, 56):
        for y in (-360, -290):
            canvas.circle(x, y, 6, darken(easel.main, 0.5))
            canvas.line(
                f"M{x} {y}L{x - 22} {y + 28}M{x} {y}L{x + 22} {y + 28}",
                darken(easel.main, 0.3),
                2.5,
                'opacity="0.6"',
            )
    for side in (-1, 1):
        arm = (
            f"M{side * 204} -62L{side * 214} -236"
            f"C{side * 214} -268 {side * 136} -268 {side * 134} -236L{side * 128} -62Z"
        )
        canvas.path(arm, easel.cloth(lighten(easel.main, 0.06), 0.4))
    canvas.path(
        "M-136 -62L-136 -160C-130 -186 130 -186 136 -160L136 -62Z",
        easel.cloth(lighten(easel.main, 0.12), 0.3),
    )
    canvas.line("M-134 -112C-60 -104 60 -104 134 -112", darken(easel.main, 0.4), 4)
    easel.rim(
        "M-140 -250C-152 -396 -96 -442 0 -444" if easel.side < 0 else "M140 -250C152 -396 96 -442 0 -444"
    )
    return outline
