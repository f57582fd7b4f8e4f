"""Dresses, coats, scarves and hats, as a window would show them."""

from __future__ import annotations

from dynamic_gallery.generators.sketch.colour import darken, lighten
from dynamic_gallery.generators.sketch.wares.easel import Easel

_GOWN = (
    "M-66 -520C-60 -480 -30 -462 0 -474C30 -462 60 -480 66 -520L74 -470"
    "C84 -420 60 -372 56 -332C96 -230 150 -110 176 -6"
    "Q120 10 60 0Q0 10 -60 0Q-120 10 -176 -6C-150 -110 -96 -230 -56 -332C-60 -372 -84 -420 -74 -470Z"
)


def _stand(easel: Easel, top: float) -> None:
    wood = "#6b4a30"
    easel.canvas.line(f"M0 {top}L0 -4", darken(wood, 0.3), 10)
    easel.canvas.ellipse(0, -2, 78, 13, easel.cloth(wood))


def draw_dress(easel: Easel) -> str:
    """A long gown on a dress form; returns its outline."""
    canvas = easel.canvas
    _stand(easel, -560)
    canvas.path(
        "M-26 -560Q0 -570 26 -560L24 -520Q40 -500 64 -500L60 -420L-60 -420L-64 -500Q-40 -500 -24 -520Z",
        easel.cloth("#d9c7ab"),
    )
    canvas.ellipse(0, -562, 27, 8, "#7a5a3c")
    canvas.path(_GOWN, easel.cloth(easel.main, 0.45))
    folds = ((-34, -150, -126), (-20, -70, -66), (-4, 0, -6), (16, 64, 52), (32, 134, 112))
    for top, bend, foot in folds:
        fold = (
            f"M{top} -322C{bend * 0.5:.0f} -220 {bend} -110 {foot} -2L{foot + 26} -2"
            f"C{bend + 14} -110 {bend * 0.5 + 8:.0f} -220 {top + 5} -322Z"
        )
        canvas.path(fold, darken(easel.main, 0.42), 'opacity="0.45"')
        canvas.line(
            f"M{top + 8} -318C{bend * 0.5 + 12:.0f} -220 {bend + 22} -110 {foot + 34} -4",
            lighten(easel.main, 0.4),
            3,
            'opacity="0.4"',
        )
    canvas.path("M-57 -346Q0 -330 57 -346L56 -322Q0 -306 -56 -322Z", easel.metal(easel.second))
    canvas.line("M-66 -520C-60 -480 -30 -462 0 -474C30 -462 60 -480 66 -520", lighten(easel.main, 0.3), 3)
    easel.rim(
        "M-72 -460C-82 -420 -60 -372 -57 -334C-96 -230 -148 -110 -172 -14"
        if easel.side < 0
        else "M72 -460C82 -420 60 -372 57 -334C96 -230 148 -110 172 -14"
    )
    return _GOWN


_COAT = (
    "M-44 -508Q0 -492 44 -508C80 -496 112 -484 124 -462C146 -380 158 -300 166 -226L118 -214"
    "L100 -330C100 -280 94 -262 92 -244"
    "C112 -170 124 -100 130 -34Q66 -20 0 -24Q-66 -20 -130 -34C-124 -100 -112 -170 -92 -244"
    "C-94 -262 -100 -280 -100 -330"
    "L-118 -214L-166 -226C-158 -300 -146 -380 -124 -462C-112 -484 -80 -496 -44 -508Z"
)


def draw_coat(easel: Easel) -> str:
    """A belted coat on a hanger stand; returns its outline."""
    canvas, dark = easel.canvas, easel.second
    _stand(easel, -560)
    canvas.line("M0 -556C22 -556 20 -528 0 -524L0 -512", "#c9b08a", 6)
    canvas.path(_COAT, easel.cloth(easel.main, 0.4))
    canvas.path("M-30 -506L0 -420L30 -506Q0 -494 -30 -506Z", darken(easel.main, 0.6))
    for side in (-1, 1):
        lapel = f"M{side * 44} -508L{side * 4} -372L{side * 66} -420L{side * 48} -440L{side * 74} -462Z"
        canvas.path(lapel, lighten(easel.main, 0.1) if side == easel.side else darken(easel.main, 0.14))
        canvas.line(f"M{side * 100} -330L{side * 110} -440", darken(easel.main, 0.45), 3, 'opacity="0.6"')
        canvas.path(
            f"M{side * 60} -190L{side * 104} -184L{side * 108} -166L{side * 62} -172Z",
            darken(easel.main, 0.22),
        )
    canvas.line("M4 -372L6 -26", darken(easel.main, 0.5), 4)
    canvas.path("M-94 -272Q0 -258 94 -272L92 -240Q0 -226 -92 -240Z", easel.cloth(darken(easel.main, 0.16)))
    canvas.rect(-22, -268, 40, 36, "none", f'stroke="{dark}" stroke-width="7" rx="4"')
    canvas.path("M18 -254L64 -246L74 -150L52 -146L44 -232L18 -236Z", easel.cloth(darken(easel.main, 0.1)))
    for y in (-334, -200, -132):
        for x in (-28, 32):
            canvas.circle(x, y, 9, dark)
            canvas.circle(x - 2, y - 2, 4, lighten(dark, 0.3))
    easel.rim(
        "M-124 -460C-146 -380 -158 -300 -165 -230"
        if easel.side < 0
        else "M124 -460C146 -380 158 -300 165 -230"
    )
    return _COAT


def draw_scarf(easel: Easel) -> str:
    """A printed scarf over a brass rail; returns its outline."""
    canvas, brass = easel.canvas, "#c79a4b"
    for x in (-168, 168):
        canvas.line(f"M{x} -478L{x} -4", darken(brass, 0.25), 9)
        canvas.ellipse(x, -2, 48, 8, darken(brass, 0.35))
    back = "M-126 -470L-118 -150Q-90 -166 -60 -150Q-30 -138 0 -152L-6 -470Z"
    canvas.path(back, easel.cloth(darken(easel.main, 0.35)))
    front = (
        "M-84 -474Q40 -490 128 -474C134 -360 124 -230 140 -84Q112 -66 84 -82Q54 -98 26 -80"
        "Q-4 -62 -34 -80Q-62 -92 -92 -78"
        "C-80 -220 -92 -360 -84 -474Z"
    )
    canvas.path(front, easel.cloth(easel.main, 0.4))
    canvas.path(
        "M-72 -440Q30 -454 114 -440C118 -340 110 -230 122 -126Q24 -146 -74 -124C-66 -230 -78 -340 -72 -440Z",
        "none",
        f'stroke="{easel.second}" stroke-width="9"',
    )
    canvas.path(
        "M-52 -414Q30 -426 96 -414C98 -330 92 -240 100 -156Q24 -172 -54 -154C-48 -240 -58 -330 -52 -414Z",
        easel.third,
        'opacity="0.92"',
    )
    for radius, colour in (
        (86, easel.second),
        (66, easel.main),
        (46, easel.third),
        (28, easel.second),
        (11, easel.main),
    ):
        canvas.ellipse(24, -290, radius * 0.84, radius * 1.25, colour)
    for x, bend in ((-38, -50), (38, 30), (94, 104)):
        canvas.path(
            f"M{x} -478C{bend} -360 {x - 12} -220 {x + 4} -84L{x + 26} -84"
            f"C{x + 8} -220 {bend + 26} -360 {x + 12} -478Z",
            "#000000",
            'opacity="0.17"',
        )
        canvas.line(
            f"M{x + 20} -476C{bend + 36} -360 {x + 20} -220 {x + 36} -88", "#ffffff", 5, 'opacity="0.2"'
        )
    for step in range(30):
        hang = -90 + step * 7.8
        canvas.line(f"M{hang:.0f} -80L{hang - 2:.0f} -44", easel.second if step % 2 else easel.main, 3)
    canvas.line("M-196 -478L196 -478", darken(brass, 0.1), 14)
    canvas.line("M-192 -481L192 -481", lighten(brass, 0.5), 4)
    canvas.path("M-84 -472C-84 -500 128 -500 128 -472L128 -464Q40 -480 -84 -464Z", easel.cloth(easel.main))
    return front + "M-196 -484L196 -484L196 -470L-196 -470Z" + back


def draw_hat(easel: Easel) -> str:
    """A wide-brimmed hat; returns its outline."""
    canvas = easel.canvas
    crown = (
        "M-128 -58C-140 -150 -126 -236 -84 -258C-50 -272 -30 -240 0 -240C30 -240 50 -272 84 -258"
        "C126 -236 140 -150 128 -58Z"
    )
    brim = (
        "M-256 -62C-250 -110 -130 -96 0 -96C130 -96 250 -110 256 -62C240 -14 120 2 0 2"
        "C-120 2 -240 -14 -256 -62Z"
    )
    canvas.path(brim, easel.cloth(easel.main, 0.45))
    canvas.ellipse(0, -64, 140, 26, "#000000", 'opacity="0.28"')
    canvas.path(crown, easel.cloth(easel.main, 0.4))
    canvas.path(
        "M-130 -64C-134 -90 -134 -100 -132 -114Q0 -84 132 -114C134 -100 134 -90 130 -64Q0 -34 -130 -64Z",
        easel.cloth(easel.second),
    )
    canvas.path(
        "M-60 -254C-36 -244 -24 -214 0 -212C24 -214 36 -244 60 -254C40 -230 26 -190 0 -188"
        "C-26 -190 -40 -230 -60 -254Z",
        "#000000",
        'opacity="0.22"',
    )
    easel.rim("M-250 -58C-200 -18 -100 -4 0 -3C100 -4 200 -18 250 -58")
    return crown + brim
