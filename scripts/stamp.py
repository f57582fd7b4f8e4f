"""Print one digest of files, folders and words, so that set-up is repeated only when its inputs changed.

Standard library only: it runs before anything is installed.
"""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path


def files_of(name: str) -> Iterator[Path]:
    """Yield the file called ``name``, or all files below the folder of that name, in a fixed order."""
    path = Path(name)
    if path.is_dir():
        yield from sorted(p for p in path.rglob("*") if p.is_file())
    elif path.is_file():
        yield path


def digest(names: list[str]) -> str:
    """Return a SHA-256 over the names given and the contents of those that are files or folders."""
    total = hashlib.sha256()
    for name in names:
        total.update(name.encode() + b"\0")
        for path in files_of(name):
            total.update(path.as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


if __name__ == "__main__":
    print(digest(sys.argv[1:]))
