"""Write openapi.json from the app, or check that the file in git still says what the app says.

Usage: ``python scripts/openapi.py`` writes; with ``--check`` it exits with 1 on a difference.
"""

import difflib
import json
import sys
import tempfile
from pathlib import Path

from dynamic_gallery.app import create_app
from dynamic_gallery.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "openapi.json"


def current_text() -> str:
    """Return the app's OpenAPI document as it is kept in git, ending with a newline."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(storage=folder))
        return json.dumps(app.openapi(), indent=2, ensure_ascii=False) + "\n"


def main(arguments: list[str]) -> int:
    """Write or check; returns the exit code."""
    text = current_text()
    if "--check" not in arguments:
        DOCUMENT.write_text(text, encoding="utf-8")
        print(f"wrote {DOCUMENT.name}")
        return 0
    kept = DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.is_file() else ""
    if kept == text:
        print(f"{DOCUMENT.name}: fits the app")
        return 0
    changes = difflib.unified_diff(
        kept.splitlines(), text.splitlines(), DOCUMENT.name, "the app", lineterm="", n=1
    )
    print("\n".join(list(changes)[:60]))
    print(f"{DOCUMENT.name} does not fit the app. Run: .venv/bin/python scripts/openapi.py && npm run types")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
