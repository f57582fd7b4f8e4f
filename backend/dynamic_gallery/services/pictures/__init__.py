"""What a picture is, told by its bytes alone: type, size, and whether it is whole."""

from .facts import PictureFacts
from .inspection import inspect_picture

__all__ = ["PictureFacts", "inspect_picture"]
