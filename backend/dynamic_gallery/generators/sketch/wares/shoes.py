"""Shoes, seen from the side."""

from __future__ import annotations

from dynamic_gallery.generators.sketch.colour import darken, lighten
from dynamic_gallery.generators.sketch.wares.easel import Easel

_PUMP = (
    "M-186 -286C-206 -240 -204 -196 -186 -160C-178 -108 -176 -60 -176 0L-156 0C-154 -60 -146 -112 -112 -152"
    "C-40 -132 30 -52 92 -20C112 -8 128 0 160 0L236 0C262 -2 262 -28 238 -42C186 -64 132 -92 96 -132"
    "C84 -148 68 -150 52 -138C-16 -108 -98 -172 -146 -282C-156 -302 -178 -304 -186 -286Z"
)


def draw_heel(easel: Easel) -> str:
    """A pump with a slender heel; returns its outline."""
    canvas = easel.canvas
    canvas.path("M-172 -292C-150 -240 -60 -126 60 -140C20 -84 -70 -104 -120 -176Z", darken(easel.main, 0.62))
    canvas.path(_PUMP, easel.cloth(easel.main, 0.42))
    canvas.path(
        "M-112 -152C-40 -132 30 -52 92 -20C112 -8 128 0 160 0L236 0C210 8 140 10 108 2"
        "C40 -26 -30 -104 -112 -138Z",
        darken(easel.main, 0.6),
    )
    canvas.path(
        "M-186 -160C-178 -108 -176 -60 -176 0L-156 0C-154 -60 -146 -112 -112 -152Z", darken(easel.main, 0.28)
    )
    canvas.path("M-177 -30L-176 0L-156 0L-156 -30Z", easel.metal(easel.second))
    canvas.path("M238 -42C262 -28 262 -2 236 0L196 0C204 -22 214 -38 226 -47Z", easel.metal(easel.second))
    canvas.path("M104 -112C146 -78 190 -58 226 -42C180 -46 128 -70 104 -112Z", "#ffffff", 'opacity="0.34"')
    canvas.path(
        "M-190 -262C-200 -226 -196 -190 -182 -168C-186 -200 -186 -232 -178 -268Z", "#ffffff", 'opacity="0.28"'
    )
    easel.rim(
        "M-182 -290C-168 -302 -156 -296 -146 -282C-98 -172 -16 -108 52 -138C68 -150 84 -148 96 -132", 3.4
    )
    return _PUMP


_UPPER = (
    "M-214 -60C-222 -120 -214 -170 -196 -214C-190 -228 -170 -226 -160 -208C-140 -178 -110 -176 -86 -196"
    "C-76 -206 -60 -212 -50 -204C0 -160 60 -124 120 -106C170 -96 226 -92 232 -52L232 -44L-214 -44Z"
)
_SOLE = (
    "M-226 -58C-150 -48 120 -46 236 -58C256 -52 256 -14 232 -4C120 4 -150 4 -212 0C-236 -8 -240 -40 -226 -58Z"
)


def draw_sneaker(easel: Easel) -> str:
    """A low trainer; returns its outline."""
    canvas = easel.canvas
    canvas.path("M-190 -216C-160 -176 -110 -172 -60 -210L-90 -150L-180 -150Z", darken(easel.third, 0.3))
    canvas.path(_UPPER, easel.cloth(easel.main, 0.26))
    canvas.path(
        "M-214 -60C-221 -110 -216 -150 -204 -190C-170 -150 -140 -110 -130 -46L-214 -46Z",
        easel.cloth(easel.third),
    )
    canvas.path(
        "M120 -106C170 -96 226 -92 232 -48L108 -46C150 -60 150 -84 120 -106Z", easel.cloth(easel.second)
    )
    canvas.path("M-96 -50C-40 -64 20 -96 50 -148L80 -128C50 -84 0 -56 -50 -46Z", easel.cloth(easel.second))
    for step in range(5):
        x, y = -52 + step * 33, -190 + step * 21
        canvas.line(f"M{x} {y}L{x - 22} {y + 38}", darken(easel.main, 0.22), 10)
        canvas.line(f"M{x} {y - 2}L{x - 22} {y + 36}", lighten(easel.main, 0.5), 7)
    canvas.path(_SOLE, easel.cloth(lighten(easel.main, 0.55), 0.22))
    canvas.line("M-226 -30C-120 -20 120 -20 240 -30", easel.second, 5, 'opacity="0.85"')
    for step in range(12):
        canvas.line(
            f"M{-196 + step * 36} -2L{-190 + step * 36} -10", darken(easel.main, 0.4), 3, 'opacity="0.5"'
        )
    easel.rim("M-46 -200C0 -160 60 -124 120 -106C160 -98 200 -94 220 -76")
    return _UPPER + _SOLE


_BOOT = (
    "M-130 0L-130 -60C-140 -180 -140 -300 -128 -420L58 -420C52 -330 56 -240 74 -176C110 -150 190 -130 214 -84"
    "C226 -60 226 -20 224 0L-50 0L-58 -26L-66 0Z"
)


def draw_boot(easel: Easel) -> str:
    """A tall boot; returns its outline."""
    canvas = easel.canvas
    canvas.path(_BOOT, easel.cloth(easel.main, 0.42))
    canvas.ellipse(-35, -420, 93, 16, darken(easel.main, 0.6))
    canvas.path("M-132 -44L-58 -30L220 -30L224 0L-50 0L-58 -26L-66 0L-130 0Z", darken(easel.main, 0.55))
    canvas.path(
        "M-40 -404C-54 -330 -52 -250 -30 -190L6 -190C-10 -250 -14 -330 -4 -404Z", easel.cloth(easel.second)
    )
    canvas.path("M90 -150C140 -134 190 -112 204 -84C170 -104 124 -118 90 -150Z", "#ffffff", 'opacity="0.25"')
    easel.rim(
        "M-130 -400C-138 -300 -136 -200 -130 -80" if easel.side < 0 else "M56 -400C54 -330 58 -250 74 -180"
    )
    return _BOOT
