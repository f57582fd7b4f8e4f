"""Build hook: a wheel or source archive made from a checkout carries the built front end.

An archive that already carries it (a source distribution) needs no Node; an editable install builds nothing,
because `make build` and `make run` keep the checkout's front end fresh.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STATIC = Path("backend/dynamic_gallery/static")
PAGES = (STATIC / "index.html", STATIC / "player.html")
INPUTS = (
    "src",
    "public",
    "index.html",
    "player.html",
    "vite.config.ts",
    "vite.player.config.ts",
    "package.json",
    "package-lock.json",
)


def input_files(root: Path) -> Iterator[Path]:
    """Yield the files the front end is built from, as far as they are there."""
    for name in INPUTS:
        path = root / name
        if path.is_dir():
            yield from (p for p in path.rglob("*") if p.is_file())
        elif path.is_file():
            yield path


def is_fresh(root: Path) -> bool:
    """Tell whether the built pages are there and fit their sources."""
    pages = [root / page for page in PAGES]
    if not all(page.is_file() for page in pages):
        return False
    if (root / "PKG-INFO").is_file():  # a source archive carries the page; unpacking may have set any times
        return True
    built = min(page.stat().st_mtime for page in pages)
    return all(path.stat().st_mtime <= built for path in input_files(root))


def build_front_end(root: Path) -> None:
    """Run npm in ``root``; raises RuntimeError with what to do when that cannot work."""
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeError(
            "The pages of Dynamic Gallery are not built yet, and building them needs Node.js 20.19 or newer "
            "with npm, which was not found. Install it, or install from a wheel or source archive: "
            "those carry the built pages."
        )
    marker, lock = root / "node_modules/.package-lock.json", root / "package-lock.json"
    if not marker.is_file() or marker.stat().st_mtime < lock.stat().st_mtime:
        run([npm, "ci", "--no-audit", "--no-fund"], root)
    run([npm, "run", "build"], root)
    for page in PAGES:
        if not (root / page).is_file():
            raise RuntimeError(f"`npm run build` ended well but wrote no {page}.")
        (root / page).touch()


def run(command: list[str], root: Path) -> None:
    """Run one command in ``root``; raises RuntimeError with the end of its output when it fails."""
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        said = (done.stdout + done.stderr)[-2000:]
        raise RuntimeError(f"`{' '.join(['npm', *command[1:]])}` failed in {root}:\n{said}")


class FrontEndHook(BuildHookInterface):  # type: ignore[misc,type-arg,unused-ignore]
    """Builds the front end before the files of a wheel or source archive are collected."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Called by hatchling; ``version`` is "editable" for editable installs."""
        root = Path(self.root)
        if version != "editable" and not is_fresh(root):
            self.app.display_info("Building the front end with npm")
            try:
                build_front_end(root)
            except RuntimeError as error:
                self.app.abort(str(error))
