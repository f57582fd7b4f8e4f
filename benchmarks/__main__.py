"""Measure the gallery side by side with the naive reference and nginx: ``python -m benchmarks``."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from . import report
from .cases import export, flat, lists, save, serve, sessions, startup
from .measure import Plan, Row

CASES = {
    "save": save,
    "serve": serve,
    "list": lists,
    "sessions": sessions,
    "startup": startup,
    "flat": flat,
    "export": export,
}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer cells and shorter rounds: about a minute")
    parser.add_argument("--only", metavar="WORD", choices=CASES, help=f"one case: {', '.join(CASES)}")
    parser.add_argument("--rounds", type=int, help="how many alternating rounds (default 3)")
    parser.add_argument("--folder", type=Path, help="where storages lie while measuring (default: build/)")
    parser.add_argument("--strict", action="store_true", help="exit with 1 when a target is missed")
    return parser.parse_args()


def show(row: Row) -> None:
    """Print one row as soon as it is there."""
    print(report.line(row, row.work), flush=True)


def measure(names: list[str], plan: Plan, folder: Path) -> list[Row]:
    """Run the named cases, each in a folder of its own; all are removed at the very end."""
    rows: list[Row] = []
    for name in names:
        begun = time.perf_counter()
        here = folder / name
        here.mkdir()
        for row in CASES[name].run(here, plan):
            show(row)
            rows.append(row)
        print(f"# {name}: {time.perf_counter() - begun:.0f} s", file=sys.stderr)
    return rows


def main() -> int:
    options = arguments()
    quick = options.quick
    plan = Plan(options.rounds or (2 if quick else 3), 1.0, quick)
    home = options.folder or Path(__file__).resolve().parent.parent / "build"
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=home) as folder:
        rows = measure([options.only] if options.only else list(CASES), plan, Path(folder))
    # Only a whole run is worth keeping in git.
    results = home if options.only or quick else Path(__file__).resolve().parent / "results"
    report.write(rows, plan, results)
    print(f"written to {results}/latest.md and latest.json", file=sys.stderr)
    missed = [target.words for row in rows for target in row.targets if not target.met]
    if missed:
        print(f"{len(missed)} targets missed: {', '.join(missed)}", file=sys.stderr)
    return 1 if missed and options.strict else 0


if __name__ == "__main__":
    sys.exit(main())
