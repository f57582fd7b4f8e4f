"""Bags and boxes."""

from __future__ import annotations

from dynamic_gallery.generators.sketch.colour import darken, lighten
from dynamic_gallery.generators.sketch.wares.easel import Easel

_BODY = "M-205 -262C-120 -244 120 -244 205 -262L178 -22Q176 -2 154 0L-154 0Q-176 -2 -178 -22Z"


def draw_bag(easel: Easel) -> str:
    """An open tote with two handles; returns its outline."""
    canvas, trim = easel.canvas, easel.second
    for lift, colour in ((-12, darken(trim, 0.38)), (0, trim)):
        if lift == 0:
            canvas.path(
                "M-205 -262C-120 -282 120 -282 205 -262C120 -244 -120 -244 -205 -262Z",
                darken(easel.third, 0.35),
            )
            canvas.path(_BODY, easel.cloth(easel.main))
            _pattern(easel)
        handle = f"M-98 {-236 + lift}C-104 {-420 + lift} 104 {-420 + lift} 98 {-236 + lift}"
        canvas.line(handle, darken(colour, 0.3), 17)
        canvas.line(handle, colour, 12)
        if lift == 0:
            easel.rim("M-92 -300C-76 -372 0 -390 50 -362", 3)
    canvas.line("M-203 -256C-120 -238 120 -238 203 -256", trim, 15)
    canvas.line("M-203 -259C-120 -241 120 -241 203 -259", lighten(trim, 0.35), 2.5)
    canvas.path("M-179 -34L179 -34L177 -18Q174 0 154 0L-154 0Q-174 0 -177 -18Z", easel.cloth(trim))
    for x in (-98, 98):
        canvas.path(
            f"M{x - 15} -262L{x + 15} -262L{x + 12} -176Q{x} -160 {x - 12} -176Z", easel.cloth(trim, 0.2)
        )
        canvas.circle(x, -186, 5.5, lighten(trim, 0.5))
        canvas.circle(x, -232, 5.5, lighten(trim, 0.5))
    canvas.line("M-40 -246L-62 -150", darken(trim, 0.1), 4)
    canvas.path("M-84 -152L-44 -146L-54 -88Q-72 -80 -92 -94Z", easel.cloth(trim))
    easel.rim("M-196 -236L-172 -44" if easel.side < 0 else "M196 -236L172 -44")
    return _BODY + "M-106 -240C-112 -428 112 -428 106 -240L86 -240C86 -404 -86 -404 -86 -240Z"


def _pattern(easel: Easel) -> None:
    """A small woven print, fainter than the trim."""
    ink = lighten(easel.main, 0.24)
    for row in range(5):
        y = -212 + row * 42
        reach = 178 - row * 5
        for column in range(-4, 5):
            x = column * 42 + (21 if row % 2 else 0)
            if abs(x) < reach - 12:
                canvas = easel.canvas
                canvas.path(f"M{x} {y - 8}L{x + 8} {y}L{x} {y + 8}L{x - 8} {y}Z", ink, 'opacity="0.5"')
                canvas.circle(x, y, 2.6, easel.main)


def draw_box(easel: Easel) -> str:
    """A ribboned box, for whatever has no drawing of its own; returns its outline."""
    canvas = easel.canvas
    outline = "M-160 0L-160 -250L-172 -250L-172 -318L172 -318L172 -250L160 -250L160 0Z"
    canvas.path("M-160 0L-160 -250L160 -250L160 0Z", easel.cloth(easel.main))
    canvas.path("M-172 -250L-172 -318L172 -318L172 -250Z", easel.cloth(lighten(easel.main, 0.1)))
    canvas.rect(-160, -250, 320, 16, "#000000", 'opacity="0.2"')
    canvas.rect(-24, -318, 48, 318, easel.cloth(easel.second))
    for turn in (-1, 1):
        loop = (
            f"M0 -322C{turn * 40} -400 {turn * 140} -410 {turn * 128} -360"
            f"C{turn * 120} -326 {turn * 50} -318 0 -322Z"
        )
        canvas.path(loop, easel.cloth(easel.second))
        canvas.path(
            f"M0 -322C{turn * 40} -370 {turn * 96} -384 {turn * 100} -358"
            f"C{turn * 90} -334 {turn * 50} -324 0 -322Z",
            darken(easel.second, 0.35),
        )
    canvas.ellipse(0, -326, 22, 17, lighten(easel.second, 0.12))
    easel.rim("M-158 -240L-158 -10" if easel.side < 0 else "M158 -240L158 -10")
    return outline
