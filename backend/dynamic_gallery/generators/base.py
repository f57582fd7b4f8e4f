"""The port every generator stands behind, and how one is found by its name.

A generator is a class that an installed package names in the entry point group
`dynamic_gallery.generators`; it is called without arguments once, when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Protocol, runtime_checkable

from dynamic_gallery.errors import GenerationFailed, InvalidInput
from dynamic_gallery.services.products import Product

ENTRY_POINT_GROUP = "dynamic_gallery.generators"
MIN_SIDE = 256
MAX_SIDE = 1536
MAX_SEED = 2**53 - 1  # the largest integer that a browser's JSON keeps exactly


@dataclass(frozen=True, slots=True)
class GenerationRequest:
    """What one picture is to show. Sizes are in pixels; without them the generator chooses.

    Raises InvalidInput for a side outside 256..1536 or a seed outside 0..2^53-1.
    """

    directive: str
    composition: str = ""
    product: Product | None = None
    seed: int = 0
    width: int | None = None
    height: int | None = None

    def __post_init__(self) -> None:
        for name, side in (("width", self.width), ("height", self.height)):
            if side is not None and not MIN_SIDE <= side <= MAX_SIDE:
                raise InvalidInput(f"{name} is {side} pixels; choose from {MIN_SIDE} to {MAX_SIDE}.")
        if not 0 <= self.seed <= MAX_SEED:
            raise InvalidInput(f"The seed {self.seed} is out of range; choose from 0 to {MAX_SEED}.")


@dataclass(frozen=True, slots=True)
class GeneratorFacts:
    """How a picture came to be, kept in its record for ever; `parameters` holds plain JSON values."""

    name: str
    model: str
    seed: int | None
    prompt: str
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def as_record(self) -> dict[str, Any]:
        """The JSON object of an image record's `generator`; the four named facts win over parameters."""
        named = {"name": self.name, "model": self.model, "seed": self.seed, "prompt": self.prompt}
        return {**named, **{key: value for key, value in self.parameters.items() if key not in named}}


@dataclass(frozen=True, slots=True)
class GeneratedPicture:
    """One picture: its bytes, or the address it is hosted at; exactly one of the two.

    `pixel_width` and `pixel_height` may be None for a hosted picture.
    """

    facts: GeneratorFacts
    media_type: str
    data: bytes | None = None
    url: str | None = None
    pixel_width: int | None = None
    pixel_height: int | None = None

    def __post_init__(self) -> None:
        if (self.data is None) == (self.url is None):
            raise ValueError("A generated picture has either data or url.")


@runtime_checkable
class Generator(Protocol):
    """Makes pictures. Called from several worker threads at a time; may block, must not need an event loop."""

    name: str

    def generate(self, request: GenerationRequest, cancelled: Callable[[], bool]) -> GeneratedPicture:
        """Make one picture; ask `cancelled()` between steps and give up early when it says True.

        Raises GenerationFailed when no picture was made (also when cancelled), GenerationRefused when
        trying again would not help, InvalidInput for a request this generator cannot understand.
        """
        ...


def installed_generators() -> list[str]:
    """Names of all installed generators, sorted; none of them is imported."""
    return sorted({point.name for point in entry_points(group=ENTRY_POINT_GROUP)})


def load_generator(name: str) -> Generator:
    """Import and build the generator of this name.

    Raises InvalidInput when none has it, GenerationFailed when it is installed but cannot be loaded.
    """
    points = [point for point in entry_points(group=ENTRY_POINT_GROUP) if point.name == name]
    if not points:
        known = ", ".join(installed_generators()) or "none"
        raise InvalidInput(f"There is no generator named {name!r}. Installed: {known}.")
    return _build(points[0])


def _build(point: EntryPoint) -> Generator:
    try:
        generator = point.load()()
    except Exception as problem:  # somebody else's package: whatever it raises is its own failure
        raise GenerationFailed(
            f"The generator {point.name!r} ({point.value}) could not be loaded: {problem}. "
            "Install what it needs, or choose another generator."
        ) from problem
    if not isinstance(generator, Generator):
        raise GenerationFailed(
            f"{point.value} is no generator: it needs a `name` and a method `generate(request, cancelled)`."
        )
    return generator
