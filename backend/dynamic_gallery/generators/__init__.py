"""What makes a picture from composition, directive and product; one generator a module."""

from dynamic_gallery.generators.base import (
    ENTRY_POINT_GROUP,
    GeneratedPicture,
    GenerationRequest,
    Generator,
    GeneratorFacts,
    installed_generators,
    load_generator,
)

__all__ = [
    "ENTRY_POINT_GROUP",
    "GeneratedPicture",
    "GenerationRequest",
    "Generator",
    "GeneratorFacts",
    "installed_generators",
    "load_generator",
]
