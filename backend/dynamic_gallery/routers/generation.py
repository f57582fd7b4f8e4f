"""Products, directives and pictures over HTTP: `/api/products`, `/api/generate/…`."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Annotated, TypeVar

import anyio
import anyio.to_thread
import pybase64
from fastapi import APIRouter, Request
from fastapi.params import Depends
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from dynamic_gallery.errors import GenerationFailed
from dynamic_gallery.generators.base import (
    MAX_SEED,
    MAX_SIDE,
    MIN_SIDE,
    GeneratedPicture,
    GenerationRequest,
    Generator,
    load_generator,
)
from dynamic_gallery.routers.body_limit import GENERATION_BYTES, body_limit
from dynamic_gallery.routers.problems import PROBLEM_RESPONSES, GalleryRoute
from dynamic_gallery.services.directives import DirectiveWriter, OfflineWriter
from dynamic_gallery.services.products import Product, Shelf

MAX_COMPOSITION = 20_000
MAX_DIRECTIVE = 2_000
MAX_USED = 10_000
_AT_ONCE = 2
_POLL_SECONDS = 0.1

NoNul = r"^[^\x00]*$"
Composition = Annotated[str, StringConstraints(max_length=MAX_COMPOSITION, pattern=NoNul)]
Directive = Annotated[str, StringConstraints(max_length=MAX_DIRECTIVE, pattern=NoNul)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=128, pattern=NoNul)]
Side = Annotated[int, Field(ge=MIN_SIDE, le=MAX_SIDE)]
Seed = Annotated[int, Field(ge=0, le=MAX_SEED)]

T = TypeVar("T")


class _Body(BaseModel):
    model_config = ConfigDict(strict=True)


class DirectivesRequest(_Body):
    """What directives are wanted for; `session_id` is accepted for writers that remember."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"user_composition": "Looking for elegant evening wear...", "count": 6, "used": []}]
        }
    )

    user_composition: Composition = ""
    count: Annotated[int, Field(ge=1, le=50)] = 6
    used: Annotated[list[Directive], Field(max_length=MAX_USED)] = []
    session_id: Name | None = None


class DirectivesAnswer(BaseModel):
    """New directives, in the order they were thought of."""

    directives: list[str]


class ImageRequest(_Body):
    """One picture; without a seed one is drawn and reported, without sizes the generator chooses."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "user_composition": "Looking for elegant evening wear...",
                    "directive": "Explore serene atmosphere with urban streets",
                    "product_id": "product-0",
                    "seed": 7,
                }
            ]
        }
    )

    directive: Directive
    user_composition: Composition = ""
    product_id: Name | None = None
    seed: Seed | None = None
    generator: Name | None = None
    width: Side | None = None
    height: Side | None = None


class GeneratorAnswer(BaseModel):
    """How the picture came to be; further keys are the generator's own."""

    model_config = ConfigDict(extra="allow")

    name: str
    model: str
    seed: int | None
    prompt: str


class ImageAnswer(BaseModel):
    """A picture as base64 or as the address it is hosted at, with what is to be kept of it."""

    image_data: str | None
    image_url: str | None
    media_type: str
    pixel_width: int | None
    pixel_height: int | None
    directive: str
    product_id: str | None
    product_name: str | None
    product_brand: str | None
    generator: GeneratorAnswer


class ProductsAnswer(BaseModel):
    """The shelf, in its order on file."""

    products: list[Product]


def create_generation_router(
    shelf: Shelf,
    writer: DirectiveWriter | None = None,
    generators: Mapping[str, Generator] | None = None,
    *,
    default_generator: str = "sketch",
    dependencies: Sequence[Depends] = (),
) -> APIRouter:
    """Endpoints under /api for a shelf, a directive writer and generators.

    Generators not given here are loaded by name from the installed ones when first asked for.
    """
    router = APIRouter(
        prefix="/api",
        tags=["generation"],
        route_class=GalleryRoute,
        dependencies=list(dependencies),
        responses=PROBLEM_RESPONSES,
    )
    directive_writer = writer or OfflineWriter()
    loaded: dict[str, Generator] = dict(generators or {})
    limiter = anyio.CapacityLimiter(_AT_ONCE)

    def generator_named(name: str) -> Generator:
        if name not in loaded:
            loaded[name] = load_generator(name)
        return loaded[name]

    @router.get("/products")
    def list_products() -> ProductsAnswer:
        """The product shelf."""
        return ProductsAnswer(products=list(shelf))

    @router.post("/generate/directives")
    @body_limit(GENERATION_BYTES)
    def write_directives(body: DirectivesRequest) -> DirectivesAnswer:
        """New directives for a composition, each unlike those used before."""
        return DirectivesAnswer(
            directives=directive_writer.write(body.user_composition, body.count, body.used)
        )

    @router.post("/generate/image")
    @body_limit(GENERATION_BYTES)
    async def generate_image(body: ImageRequest, request: Request) -> ImageAnswer:
        """One picture; generating stops when the client goes away."""
        product = shelf.find(body.product_id) if body.product_id is not None else None
        wanted = _wanted(body, product)

        def generate(cancelled: Callable[[], bool]) -> GeneratedPicture:
            return generator_named(body.generator or default_generator).generate(wanted, cancelled)

        picture = await _while_connected(request, generate, limiter)
        return _answer(picture, body.directive, product)

    return router


def _wanted(body: ImageRequest, product: Product | None) -> GenerationRequest:
    return GenerationRequest(
        directive=body.directive,
        composition=body.user_composition,
        product=product,
        seed=secrets.randbelow(MAX_SEED + 1) if body.seed is None else body.seed,
        width=body.width,
        height=body.height,
    )


def _answer(picture: GeneratedPicture, directive: str, product: Product | None) -> ImageAnswer:
    return ImageAnswer(
        image_data=None if picture.data is None else pybase64.b64encode(picture.data).decode("ascii"),
        image_url=picture.url,
        media_type=picture.media_type,
        pixel_width=picture.pixel_width,
        pixel_height=picture.pixel_height,
        directive=directive,
        product_id=product.id if product else None,
        product_name=product.name if product else None,
        product_brand=product.brand if product else None,
        generator=GeneratorAnswer(**picture.facts.as_record()),
    )


async def _while_connected(
    request: Request, work: Callable[[Callable[[], bool]], T], limiter: anyio.CapacityLimiter
) -> T:
    """Run blocking work in a thread; when the client disconnects, tell it to stop and stop waiting for a turn.

    Raises what the work raises, GenerationFailed when the client went away.
    """
    gone = False
    outcome: list[T] = []
    failure: list[Exception] = []

    async def run(scope: anyio.CancelScope) -> None:
        try:
            outcome.append(await anyio.to_thread.run_sync(partial(work, lambda: gone), limiter=limiter))
        except Exception as problem:  # raised again below, outside the task group, which would wrap it
            failure.append(problem)
        scope.cancel()

    async with anyio.create_task_group() as group:
        group.start_soon(run, group.cancel_scope)
        while not gone:
            await anyio.sleep(_POLL_SECONDS)
            gone = await request.is_disconnected()
        group.cancel_scope.cancel()
    if failure:
        raise failure[0]
    if not outcome:
        raise GenerationFailed("The client went away before the picture was made.")
    return outcome[0]


__all__ = ["DirectivesAnswer", "DirectivesRequest", "ImageAnswer", "ImageRequest", "create_generation_router"]
