"""A small writer of SVG: shapes in order of depth, gradients and embedded textures."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from html import escape

Point = tuple[float, float]
Stop = tuple[float, str, float]  # offset 0..1, colour, opacity 0..1


def num(value: float) -> str:
    """A number in the shortest form that keeps a tenth of a unit."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def polyline(points: Iterable[Point]) -> str:
    """Path data of straight lines through the points."""
    return "M" + "L".join(f"{num(x)} {num(y)}" for x, y in points)


def smooth(points: Sequence[Point]) -> str:
    """Path data of a soft curve that bends at each inner point."""
    data = [f"M{num(points[0][0])} {num(points[0][1])}"]
    for here, after in itertools.pairwise(points):
        middle = ((here[0] + after[0]) / 2, (here[1] + after[1]) / 2)
        data.append(f"Q{num(here[0])} {num(here[1])} {num(middle[0])} {num(middle[1])}")
    data.append(f"L{num(points[-1][0])} {num(points[-1][1])}")
    return "".join(data)


class Canvas:
    """Collects markup; later shapes lie over earlier ones. Units are those of the view box."""

    def __init__(self, width: float, height: float) -> None:
        self.width = width
        self.height = height
        self._defs: list[str] = []
        self._body: list[str] = []

    def add(self, markup: str) -> None:
        """Put ready-made markup on top."""
        self._body.append(markup)

    def slip_before(self, beginning: str, markup: str) -> None:
        """Put markup under the last piece that begins so."""
        place = max(index for index, piece in enumerate(self._body) if piece.startswith(beginning))
        self._body.insert(place, markup)

    def define(self, markup: str) -> str:
        """Keep a definition that begins like '<tag ' and give it an id; returns "url(#id)"."""
        name = f"d{len(self._defs)}"
        tag, rest = markup.split(" ", 1)
        self._defs.append(f'{tag} id="{name}" {rest}')
        return f"url(#{name})"

    def linear(
        self, stops: Sequence[Stop], *, along: tuple[float, float, float, float] = (0, 0, 0, 1)
    ) -> str:
        """A gradient over the filled shape's own box, from (x1, y1) to (x2, y2) in 0..1."""
        x1, y1, x2, y2 = along
        head = f'<linearGradient x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}">'
        return self.define(head + _stops(stops) + "</linearGradient>")

    def radial(self, stops: Sequence[Stop], *, centre: Point = (0.5, 0.5), radius: float = 0.5) -> str:
        """A gradient over the filled shape's own box, from the centre outwards."""
        head = f'<radialGradient cx="{centre[0]}" cy="{centre[1]}" r="{radius}">'
        return self.define(head + _stops(stops) + "</radialGradient>")

    def rect(self, x: float, y: float, width: float, height: float, fill: str, more: str = "") -> None:
        """A rectangle; `more` holds further attributes."""
        place = f'x="{num(x)}" y="{num(y)}" width="{num(width)}" height="{num(height)}"'
        self.add(f'<rect {place} fill="{fill}" {more}/>')

    def circle(self, x: float, y: float, radius: float, fill: str, more: str = "") -> None:
        """A disc."""
        self.add(f'<circle cx="{num(x)}" cy="{num(y)}" r="{num(radius)}" fill="{fill}" {more}/>')

    def ellipse(self, x: float, y: float, rx: float, ry: float, fill: str, more: str = "") -> None:
        """An upright ellipse."""
        self.add(f'<ellipse cx="{num(x)}" cy="{num(y)}" rx="{num(rx)}" ry="{num(ry)}" fill="{fill}" {more}/>')

    def polygon(self, points: Iterable[Point], fill: str, more: str = "") -> None:
        """A closed shape of straight edges."""
        self.path(polyline(points) + "Z", fill, more)

    def path(self, data: str, fill: str, more: str = "") -> None:
        """A filled path."""
        self.add(f'<path d="{data}" fill="{fill}" {more}/>')

    def line(self, data: str, colour: str, width: float, more: str = "") -> None:
        """A stroked path with round ends."""
        style = 'fill="none" stroke-linecap="round" stroke-linejoin="round"'
        self.add(f'<path d="{data}" {style} stroke="{colour}" stroke-width="{num(width)}" {more}/>')

    def text(self, words: str, x: float, y: float, size: float, fill: str, more: str = "") -> None:
        """One line of text in the shipped typeface; (x, y) is its anchor on the baseline."""
        style = f'font-family="Jost" font-weight="500" font-size="{num(size)}"'
        self.add(f'<text x="{num(x)}" y="{num(y)}" {style} fill="{fill}" {more}>{escape(words)}</text>')

    def image(self, href: str, x: float, y: float, width: float, height: float) -> None:
        """A soft texture stretched over a box; nearest pixels are enough for it and six times as fast."""
        place = f'x="{num(x)}" y="{num(y)}" width="{num(width)}" height="{num(height)}"'
        more = 'preserveAspectRatio="none" image-rendering="optimizeSpeed"'
        self.add(f'<image {place} {more} href="{href}"/>')

    def to_svg(self, pixel_width: int, pixel_height: int) -> str:
        """The whole document at a size in pixels."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{pixel_width}" height="{pixel_height}" '
            f'viewBox="0 0 {num(self.width)} {num(self.height)}" preserveAspectRatio="none">'
        )
        return "".join([head, "<defs>", *self._defs, "</defs>", *self._body, "</svg>"])


def _stops(stops: Sequence[Stop]) -> str:
    return "".join(
        f'<stop offset="{offset:.3f}" stop-color="{colour}" stop-opacity="{opacity:.3f}"/>'
        for offset, colour, opacity in stops
    )
