"""The offline generator: draws a scene that follows the words of the directive."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from dynamic_gallery.errors import GenerationFailed
from dynamic_gallery.generators.base import GeneratedPicture, GenerationRequest, GeneratorFacts
from dynamic_gallery.generators.sketch.compose import Sketched, compose
from dynamic_gallery.generators.sketch.rasterizer import Rasterizer

MODEL = "sketch-1"


@cache
def _rasterizer() -> Rasterizer:
    return Rasterizer()


class SketchGenerator:
    """Draws pictures without a model, a key or a network; the same request always gives the same bytes."""

    name = "sketch"

    def generate(self, request: GenerationRequest, cancelled: Callable[[], bool]) -> GeneratedPicture:
        """A PNG of 864×1056 pixels, or of the size asked for; raises GenerationFailed when cancelled."""
        if cancelled():
            raise GenerationFailed("Drawing was cancelled.")
        sketched = compose(request)
        data = _rasterizer().render(sketched.svg, sketched.touch, cancelled)
        return GeneratedPicture(
            facts=_facts(request, sketched),
            media_type="image/png",
            data=data,
            pixel_width=sketched.width,
            pixel_height=sketched.height,
        )


def _facts(request: GenerationRequest, sketched: Sketched) -> GeneratorFacts:
    parameters = {"sketch": True, "width": sketched.width, "height": sketched.height, **sketched.understood}
    return GeneratorFacts("sketch", MODEL, request.seed, prompt_of(request), parameters)


def prompt_of(request: GenerationRequest) -> str:
    """What the drawing follows, in one line."""
    product = f"{request.product.name} by {request.product.brand}" if request.product else ""
    return ". ".join(part.strip().rstrip(".") for part in (request.directive, product) if part.strip())
