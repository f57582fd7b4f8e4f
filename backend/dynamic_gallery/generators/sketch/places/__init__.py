"""Places: each draws what stands behind and under the product."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dynamic_gallery.generators.sketch.places.city import draw_city
from dynamic_gallery.generators.sketch.places.desert import draw_desert
from dynamic_gallery.generators.sketch.places.field import draw_field
from dynamic_gallery.generators.sketch.places.forest import draw_forest
from dynamic_gallery.generators.sketch.places.gallery import draw_gallery
from dynamic_gallery.generators.sketch.places.garden import draw_garden
from dynamic_gallery.generators.sketch.places.market import draw_market
from dynamic_gallery.generators.sketch.places.mountains import draw_mountains
from dynamic_gallery.generators.sketch.places.rooftop import draw_rooftop
from dynamic_gallery.generators.sketch.places.salon import draw_salon
from dynamic_gallery.generators.sketch.places.sea import draw_sea
from dynamic_gallery.generators.sketch.places.station import draw_station
from dynamic_gallery.generators.sketch.scene import Scene

__all__ = ["PLACES", "Place"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place's drawing, where its horizon lies (0..1 from the top), and whether it has a roof."""

    draw: Callable[[Scene], None]
    horizon: float
    indoors: bool = False


PLACES = {
    "city": Place(draw_city, 0.6),
    "desert": Place(draw_desert, 0.58),
    "sea": Place(draw_sea, 0.5),
    "forest": Place(draw_forest, 0.62),
    "mountains": Place(draw_mountains, 0.56),
    "salon": Place(draw_salon, 0.56, indoors=True),
    "garden": Place(draw_garden, 0.55),
    "rooftop": Place(draw_rooftop, 0.58),
    "market": Place(draw_market, 0.56),
    "station": Place(draw_station, 0.6, indoors=True),
    "field": Place(draw_field, 0.54),
    "gallery": Place(draw_gallery, 0.58, indoors=True),
}
