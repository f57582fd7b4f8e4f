"""Dynamic Gallery keeps every generated picture of a session the moment it appears, and opens it again."""

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
