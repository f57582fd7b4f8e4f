"""Refuse sources that are too long to read, and text that names a package registry's host.

Usage: ``python scripts/check_sources.py``; exits with 1 and one line a finding.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAX_LINES = 500
SOURCE_SUFFIXES = {".py", ".ts", ".tsx", ".css", ".js", ".mjs", ".html", ".sh", ".sql"}
# Split, so that this file does not find itself.
REGISTRY_HOSTS = re.compile(
    "|".join(["registry" + r"\.npmjs", "pypi" + r"\.org", "python" + "hosted", "index" + "-url="])
)


def project_files() -> Iterator[Path]:
    """Yield every file that git keeps or would keep."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.is_file() and not path.is_symlink():
            yield path


def findings(path: Path) -> Iterator[str]:
    """Yield what is wrong with one file, as sentences."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return
    name = path.relative_to(ROOT)
    lines = text.count("\n")
    if path.suffix in SOURCE_SUFFIXES and ".gen." not in path.name and lines > MAX_LINES:
        yield f"{name}: {lines} lines; split it (the limit is {MAX_LINES})."
    for match in REGISTRY_HOSTS.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        yield f"{name}:{line}: names a package registry ({match.group()}); that is each machine's setting."


def main() -> int:
    """Print every finding; 0 when there is none."""
    found = [finding for path in project_files() for finding in findings(path)]
    print("\n".join(found) or "sources: nothing found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
