"""Watching, and breaking, what LocalBlobs asks of the system."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CHANGING = ("fsync", "link", "rename", "unlink", "mkdir", "rmdir", "write")
_RANDOM = re.compile(r"-[0-9a-f]{12}$")


class Trace:
    """Every changing call below `root`, in order, as (call, path without the random part of temporary names).

    `fail(place, error)` says what the call at that place in `steps` raises, or None.
    """

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.steps: list[tuple[str, str]] = []
        self.fail: Callable[[int, str, str], int | None] = lambda _place, _call, _path: None
        for call in CHANGING:
            monkeypatch.setattr(os, call, self._watched(call, getattr(os, call)))

    def _watched(self, call: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*args: Any, **options: Any) -> Any:
            path = self._path(call, args, options)
            if path is None:
                return real(*args, **options)
            code = self.fail(len(self.steps), call, path)
            self.steps.append((call, path))
            if code is not None:
                raise OSError(code, os.strerror(code))
            return real(*args, **options)

        return watched

    def _path(self, call: str, args: tuple[Any, ...], options: dict[str, Any]) -> str | None:
        if call in ("fsync", "write"):
            path = _of(args[0])
        else:
            folder = options.get("dst_dir_fd", options.get("dir_fd"))
            if folder is None:
                return None
            path = f"{_of(folder)}/{args[1] if call in ('link', 'rename') else args[0]}"
        if path != str(self.root) and not path.startswith(f"{self.root}/"):
            return None
        return _RANDOM.sub("", path[len(str(self.root)) :].lstrip("/"))


def nth(place: int, code: int = errno.EIO) -> Callable[[int, str, str], int | None]:
    """Fail the call at one place only."""
    return lambda at, _call, _path: code if at == place else None


def onwards(place: int, code: int = errno.EROFS) -> Callable[[int, str, str], int | None]:
    """Fail every call from one place on, as a disk that turned read-only does."""
    return lambda at, _call, _path: code if at >= place else None


def tree(root: Path) -> dict[str, bytes | None]:
    """All that lies below a folder, hidden files too; folders as None."""
    return {
        str(path.relative_to(root)): path.read_bytes() if path.is_file() else None
        for path in sorted(root.rglob("*"))
    }


def _of(fd: int) -> str:
    return str(Path(f"/proc/self/fd/{fd}").readlink()).removesuffix(" (deleted)")
