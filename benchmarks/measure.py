"""Alternating rounds (A B A B …) of several contenders, and the medians over them."""

import gc
import os
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from .load import Load, run_load
from .servers import Server


@dataclass(frozen=True)
class Plan:
    """How much time there is: rounds of ``seconds`` each; ``quick`` also leaves cells of the tables out."""

    rounds: int
    seconds: float
    quick: bool


@dataclass(frozen=True)
class Sample:
    """One measurement: requests a second, latencies and the server's CPU time a request in milliseconds."""

    rate: float
    p50_ms: float
    p99_ms: float
    cpu_ms: float


@dataclass(frozen=True)
class Contender:
    """A server and its load; ``prepare`` runs before each round, ``clean_up`` after it, both untimed."""

    label: str
    server: Server
    prepare: Callable[[], Load]
    clean_up: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Target:
    """What is asked of a row, in words, and whether the row holds it."""

    words: str
    met: bool


@dataclass
class Row:
    """One line of the results; ``ratios`` compares it with another line of the same rounds."""

    work: str
    label: str
    sample: Sample
    ratios: dict[str, float] = field(default_factory=dict)
    targets: list[Target] = field(default_factory=list)

    def compare(self, other: "Row") -> "Row":
        """Note this row's rate and CPU time as ratios to ``other``'s, and return this row."""
        self.ratios[f"rate / {other.label}"] = self.sample.rate / other.sample.rate
        if other.sample.cpu_ms:
            self.ratios[f"CPU / {other.label}"] = self.sample.cpu_ms / other.sample.cpu_ms
        return self

    def demand(self, words: str, met: bool) -> "Row":
        """Note a target, and return this row."""
        self.targets.append(Target(words, met))
        return self


def measure(contender: Contender, seconds: float) -> Sample:
    """One round of one contender; raises LoadError when the server answers wrongly."""
    load = contender.prepare()
    os.sync()  # what was written before must not be flushed on this round's account
    gc.collect()
    before = contender.server.cpu_seconds()
    outcome = run_load(contender.server.port, load, seconds)
    cpu_ms = (contender.server.cpu_seconds() - before) / outcome.requests * 1e3
    contender.clean_up()
    return Sample(outcome.rate, outcome.p50_ms, outcome.p99_ms, cpu_ms)


def compare(work: str, contenders: Sequence[Contender], plan: Plan) -> dict[str, Row]:
    """Measure all contenders in alternating rounds; returns a row of medians for each label."""
    for contender in contenders:
        measure(contender, 0.0)  # warm-up: at least one request on each connection
        contender.server.settle()
    samples: dict[str, list[Sample]] = {contender.label: [] for contender in contenders}
    for _ in range(plan.rounds):
        for contender in contenders:
            samples[contender.label].append(measure(contender, plan.seconds))
    return {label: Row(work, label, median(several)) for label, several in samples.items()}


def median(samples: list[Sample]) -> Sample:
    """The median of each figure over the rounds."""

    def middle(name: str) -> float:
        return float(statistics.median(getattr(sample, name) for sample in samples))

    return Sample(middle("rate"), middle("p50_ms"), middle("p99_ms"), middle("cpu_ms"))
