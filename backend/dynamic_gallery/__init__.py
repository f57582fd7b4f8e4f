"""Dynamic Gallery keeps every generated picture of a session the moment it appears, and opens it again."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dynamic_gallery.errors import GalleryError
    from dynamic_gallery.models import GalleryImage, GallerySession, Limits
    from dynamic_gallery.routers.gallery import create_gallery_router
    from dynamic_gallery.services.gallery_store import GalleryStore

__all__ = [
    "GalleryError",
    "GalleryImage",
    "GallerySession",
    "GalleryStore",
    "Limits",
    "create_gallery_router",
]

_HOMES = {
    "GalleryError": "errors",
    "GalleryImage": "models",
    "GallerySession": "models",
    "GalleryStore": "services.gallery_store",
    "Limits": "models",
    "create_gallery_router": "routers.gallery",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: the command line's help needs none of them."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
