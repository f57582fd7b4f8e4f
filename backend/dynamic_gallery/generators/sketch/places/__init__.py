"""Places: each draws what stands behind and under the product."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dynamic_gallery.generators.sketch.places.city import draw_city
from dynamic_gallery.generators.sketch.scene import Scene

__all__ = ["PLACES", "Place"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place's drawing and where its horizon lies, 0..1 from the top."""

    draw: Callable[[Scene], None]
    horizon: float


PLACES = {
    "city": Place(draw_city, 0.6),
}
