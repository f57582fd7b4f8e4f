"""Whole answers to show in the OpenAPI document: the session and the image that the plan speaks of."""

from __future__ import annotations

from typing import Any

_SESSION_ID = "gal-1733500000-abc123"
_URL = f"/api/gallery/session/{_SESSION_ID}/images/img-001"
_COMPOSITION = "Looking for elegant evening wear..."
_DIRECTIVE = "Explore serene atmosphere with urban streets"

PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
"""A whole PNG of one pixel, in base64; the facts in IMAGE are its own."""

SESSION: dict[str, Any] = {
    "id": _SESSION_ID,
    "name": "Morning Demo",
    "auto_named": False,
    "created_at": "2024-12-06T15:46:40.000Z",
    "updated_at": "2024-12-06T15:47:12.500Z",
    "user_composition": _COMPOSITION,
    "saved_products": ["product-0"],
    "directives_used": [_DIRECTIVE],
    "image_count": 1,
    "total_bytes": 69,
    "covers": [_URL],
    "trashed_at": None,
    "erase_at": None,
}
SESSION_PAGE: dict[str, Any] = {"sessions": [SESSION], "next_cursor": None, "total": 1, "damaged": []}

NEW_IMAGE: dict[str, Any] = {
    "image_data": PICTURE,
    "directive": _DIRECTIVE,
    "product_id": "product-0",
    "product_name": "Neverfull MM",
    "product_brand": "Louis Vuitton",
    "x": 44,
    "y": 280,
    "width": 180,
    "height": 220,
}
IMAGE: dict[str, Any] = {
    "url": _URL,
    "version": "b5cc9b072444be73",
    "id": "img-001",
    "session_id": _SESSION_ID,
    "filename": "img_001.png",
    "created_at": "2024-12-06T15:47:12.500Z",
    **{field: value for field, value in NEW_IMAGE.items() if field != "image_data"},
    "canvas_width": None,
    "z": 0,
    "user_composition": _COMPOSITION,
    "generator": None,
    "media_type": "image/png",
    "size": 69,
    "pixel_width": 1,
    "pixel_height": 1,
    "sha256": "b1ff9c8ea3a780bad09b346c423d2d0e46815926879b18e841d928376a946640",
    "source_url": None,
}
REMOVED_IMAGE = IMAGE | {"removed_at": "2024-12-06T15:50:00.000Z"}
IMAGE_LIST: dict[str, Any] = {"session_id": _SESSION_ID, "images": [IMAGE], "damaged": []}


def put_back(schemas: dict[str, Any]) -> None:
    """Put examples whole into an OpenAPI document's schemas: FastAPI leaves out what is null in them."""
    whole = {
        "SessionOut": SESSION,
        "SessionPageOut": SESSION_PAGE,
        "ImageOut": IMAGE,
        "RemovedImageOut": REMOVED_IMAGE,
        "ImageListOut": IMAGE_LIST,
    }
    for name in whole.keys() & schemas.keys():
        schemas[name]["examples"] = [whole[name]]
