"""Check, without a network, that the lock files fit what pyproject.toml asks for and hold no addresses.

Usage: ``python scripts/check_locks.py``; exits with 1 and one line a finding.
(That package-lock.json fits package.json is checked by ``npm ci`` itself.)
"""

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)")
RELOCK = (
    "uv pip compile pyproject.toml --all-extras --group dev --universal --generate-hashes "
    "--no-emit-index-url -o requirements.lock"
)


def wanted() -> Iterator[Requirement]:
    """Yield every direct requirement: of the package, of its extras and of the development group."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    texts = list(project["project"]["dependencies"])
    for group in project["project"].get("optional-dependencies", {}).values():
        texts += group
    texts += [text for text in project["dependency-groups"]["dev"] if isinstance(text, str)]
    yield from (Requirement(text) for text in texts)


def locked(text: str) -> dict[str, list[str]]:
    """Return the versions pinned for each package (several where markers tell platforms apart)."""
    pins: dict[str, list[str]] = {}
    for line in text.splitlines():
        if match := PINNED.match(line):
            pins.setdefault(canonicalize_name(match[1]), []).append(match[2])
    return pins


def unhashed(text: str) -> Iterator[str]:
    """Yield the name of every package that is pinned without a hash."""
    for entry in re.split(r"\n(?=[A-Za-z0-9])", text):
        if (match := PINNED.match(entry)) and "--hash=sha256:" not in entry:
            yield match[1]


def python_findings() -> Iterator[str]:
    """Yield what is wrong with requirements.lock."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = locked(text)
    for need in wanted():
        versions = pins.get(canonicalize_name(need.name), [])
        if not any(need.specifier.contains(version, prereleases=True) for version in versions):
            has = f"has {', '.join(versions)}" if versions else "does not have it"
            yield f"requirements.lock: pyproject.toml asks for '{need}', the lock {has}. Run: {RELOCK}"
    for name in unhashed(text):
        yield f"requirements.lock: {name} has no hash. Run: {RELOCK}"
    if "://" in text:
        yield f"requirements.lock: holds an address. Run: {RELOCK}"


def node_findings() -> Iterator[str]:
    """Yield what is wrong with package-lock.json."""
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    for name, entry in lock["packages"].items():
        if "://" in entry.get("resolved", ""):
            yield (
                f"package-lock.json: {name} holds an address; .npmrc needs "
                "omit-lockfile-registry-resolved=true. Remove it and run: npm install --package-lock-only"
            )
        if name and not entry.get("link") and "integrity" not in entry:
            yield f"package-lock.json: {name} has no integrity hash."


def main() -> int:
    """Print every finding; 0 when there is none."""
    found = [*python_findings(), *node_findings()]
    print("\n".join(found) or "locks: nothing found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
