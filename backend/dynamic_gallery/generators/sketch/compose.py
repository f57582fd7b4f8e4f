"""From the words of a request to one SVG document."""

from __future__ import annotations

import random
from dataclasses import asdict, dataclass

from dynamic_gallery.generators.base import GenerationRequest
from dynamic_gallery.generators.sketch import vocabulary
from dynamic_gallery.generators.sketch.canvas import Canvas
from dynamic_gallery.generators.sketch.finish import draw_frame, draw_mood, last_touch
from dynamic_gallery.generators.sketch.mise import draw_caption, draw_product
from dynamic_gallery.generators.sketch.palette import LIGHTS, choose_palette
from dynamic_gallery.generators.sketch.places import PLACES
from dynamic_gallery.generators.sketch.raster import Touch
from dynamic_gallery.generators.sketch.scene import HEIGHT, Scene
from dynamic_gallery.generators.sketch.sky import draw_sky
from dynamic_gallery.generators.sketch.weather import draw_weather
from dynamic_gallery.generators.sketch.words import Reading, read_words, stem, tokens

DEFAULT_WIDTH = 864
DEFAULT_HEIGHT = 1056
_LIGHTS_BY_DEFAULT = ("dawn", "noon", "golden", "golden", "dusk", "noon")


@dataclass(frozen=True, slots=True)
class Sketched:
    """A document, its size in pixels, what was understood, and the product's box in units (or None)."""

    svg: str
    touch: Touch
    width: int
    height: int
    understood: dict[str, str]
    box: tuple[float, float, float, float] | None


def compose(request: GenerationRequest) -> Sketched:
    """Draw the request as SVG; the same request always gives the same text."""
    width, height = request.width or DEFAULT_WIDTH, request.height or DEFAULT_HEIGHT
    chance = random.Random(f"{request.seed}:".encode() + request.directive.encode("utf-8", "surrogatepass"))  # noqa: S311
    scene = _scene(Canvas(HEIGHT * width / height, HEIGHT), request, chance)
    draw_sky(scene)
    place = PLACES[scene.place]
    if place.indoors:
        draw_weather(scene, near=False)
    place.draw(scene)
    draw_mood(scene)
    if not place.indoors:
        draw_weather(scene, near=False)
    box = draw_product(scene, request.product) if request.product else None
    if not place.indoors:
        draw_weather(scene, near=True)
    draw_frame(scene)
    if request.product:
        draw_caption(scene, request.product)
    understood = {aspect: getattr(scene, aspect) for aspect in ("place", "light", "weather", "mood")}
    return Sketched(
        scene.canvas.to_svg(width, height), last_touch(scene.mood), width, height, understood, box
    )


def _scene(canvas: Canvas, request: GenerationRequest, chance: random.Random) -> Scene:
    asked = asdict(read_words(request.directive))
    wished = asdict(read_words(request.composition))
    found = Reading(**{aspect: asked[aspect] or wished[aspect] for aspect in asked})
    place = found.place or chance.choice([*PLACES])
    weather = found.weather or "clear"
    light = found.light or _usual_light(weather, chance)
    mood = found.mood or chance.choice(("elegant", "serene", "romantic", "bold", "minimal", "dramatic"))
    scene = Scene(
        canvas, choose_palette(light, weather, mood), place, light, weather, mood,
        accent=found.colour or chance.choice([*vocabulary.COLOURS][:8]), seed=chance.randrange(2**53),
        words=frozenset(stem(word) for word in tokens(request.directive)),
    )  # fmt: skip
    scene.light_x = (
        chance.choice((0.2, 0.28, 0.72, 0.8)) if mood != "bold" else 0.5 + chance.choice((-0.06, 0.06))
    )
    scene.horizon = HEIGHT * (PLACES[place].horizon + _lift(mood))
    scene.ground = HEIGHT * 0.865
    return scene


def _usual_light(weather: str, chance: random.Random) -> str:
    if weather in {"overcast", "rain", "fog", "snow"}:
        return chance.choice(("noon", "dawn", "dusk"))
    return (
        "dusk"
        if weather == "storm"
        else chance.choice([light for light in _LIGHTS_BY_DEFAULT if light in LIGHTS])
    )


def _lift(mood: str) -> float:
    """How far the horizon moves down (part of the height): much sky is grand or calm, little is busy."""
    return {"dramatic": 0.05, "minimal": 0.06, "serene": 0.03, "energetic": -0.03, "playful": -0.02}.get(
        mood, 0.0
    )
