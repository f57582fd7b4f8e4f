"""Who may use the application: the Host check on loopback, and the access key everywhere else."""

from __future__ import annotations

from dynamic_gallery.access.guard import Guard
from dynamic_gallery.access.key import AccessKey, FailedTries
from dynamic_gallery.access.sign_in import sign_in_routes

__all__ = ["AccessKey", "FailedTries", "Guard", "sign_in_routes"]
