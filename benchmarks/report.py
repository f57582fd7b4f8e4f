"""The results as JSON and as a Markdown table, with what one must know of the machine."""

import json
import os
import platform
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .measure import Plan, Row

INTRODUCTION = """\
# Benchmark results

Made by `make bench`. Everything ran side by side on one machine, in alternating rounds; each figure is the
median of the rounds. *naive* is `benchmarks/naive.py`, which never syncs; the gallery's saves are durable.
CPU is the server's own, a request (for a start: all of it). Ratios tell more than rates do.
"""


def machine() -> dict[str, Any]:
    """Facts of the machine, without its name."""
    return {
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.release()}",
        "machine": platform.machine(),
        "python": platform.python_version(),
        "date": datetime.now(UTC).date().isoformat(),
    }


def figure(value: float) -> str:
    """A number with about three digits."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def line(row: Row, work: str) -> str:
    """One line of the table."""
    sample = row.sample
    ratios = ", ".join(f"{figure(value)} {name}" for name, value in row.ratios.items())
    targets = ", ".join(f"{'✓' if target.met else '✗'} {target.words}" for target in row.targets)
    numbers = [figure(value) for value in (sample.rate, sample.p50_ms, sample.p99_ms, sample.cpu_ms)]
    return f"| {' | '.join([work, row.label, *numbers, ratios, targets])} |"


def markdown(rows: list[Row], plan: Plan) -> str:
    """The whole page."""
    facts = ", ".join(f"{name} {value}" for name, value in machine().items())
    how = f"{plan.rounds} rounds of {plan.seconds:g} s{' (quick)' if plan.quick else ''}"
    head = ["work", "server", "a second", "p50 ms", "p99 ms", "CPU ms", "ratios", "targets"]
    lines = [
        INTRODUCTION,
        f"{facts}; {how}.",
        "",
        f"| {' | '.join(head)} |",
        "|---|---|--:|--:|--:|--:|---|---|",
    ]
    last = ""
    for row in rows:
        lines.append(line(row, row.work if row.work != last else ""))
        last = row.work
    return "\n".join(lines) + "\n"


def document(rows: list[Row], plan: Plan) -> str:
    """The same as JSON."""
    content = {"machine": machine(), "plan": asdict(plan), "rows": [asdict(row) for row in rows]}
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def write(rows: list[Row], plan: Plan, folder: Path) -> None:
    """Write `latest.json` and `latest.md` into ``folder``."""
    folder.mkdir(exist_ok=True)
    (folder / "latest.json").write_text(document(rows, plan), encoding="utf-8")
    (folder / "latest.md").write_text(markdown(rows, plan), encoding="utf-8")
