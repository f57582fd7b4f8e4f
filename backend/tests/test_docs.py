"""The documents say what is so: rules are proved, and verbs, commands, files and links exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main

from dynamic_gallery.cli import cli

ROOT = Path(__file__).resolve().parents[2]
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
NAMES = [path.relative_to(ROOT).as_posix() for path in DOCS]
RULE = re.compile(r"^- \*\*([A-Z]\d+)\*\*", re.MULTILINE)
NAMED = re.compile(r"test_([a-z]\d+)(?=_)|\b([A-Z]\d+):|SPEC ([^.:)\"]+)")
SPAN = re.compile(r"([A-Z])(\d+)(?:[–-]\1(\d+))?")
PLACE = re.compile(r"`((?:backend|benchmarks|docs|e2e|scripts|src|\.ci)/[\w./-]*[\w/])`")
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")


def files_with_tests() -> Iterator[Path]:
    """All files that hold tests, of both languages."""
    for folder, pattern in (("backend/tests", "*.py"), ("backend/dynamic_gallery/testing", "*.py")):
        yield from (ROOT / folder).rglob(pattern)
    yield from (ROOT / "e2e").rglob("*.py")
    yield from (ROOT / "src").rglob("*.test.ts*")


def cited() -> dict[str, str]:
    """The rules that tests name, with one file that does: `test_p1_…`, `P1: …` or `SPEC P1–P3, S4`."""
    found: dict[str, str] = {}
    for path in files_with_tests():
        text = path.read_text(encoding="utf-8") if path != Path(__file__) else ""
        words = " ".join("".join(groups) for groups in NAMED.findall(text)).upper()
        for letter, first, last in SPAN.findall(words):
            for number in range(int(first), int(last or first) + 1):
                found[f"{letter}{number}"] = path.relative_to(ROOT).as_posix()
    return found


def rules() -> list[str]:
    """The rules of docs/SPEC.md, in its order."""
    return RULE.findall((ROOT / "docs/SPEC.md").read_text(encoding="utf-8"))


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("rule", rules())
def test_a_rule_is_proved_by_a_test_that_names_it(rule: str) -> None:
    assert rule in cited(), f"no test names {rule} of docs/SPEC.md"


def test_tests_name_rules_that_are_there() -> None:
    unknown = {rule: path for rule, path in cited().items() if rule not in rules()}
    assert not unknown


def test_no_rule_has_the_number_of_another() -> None:
    assert len(rules()) == len(set(rules()))


@pytest.mark.parametrize("name", NAMES)
def test_files_and_links_that_a_document_names_are_there(name: str) -> None:
    path = ROOT / name
    text = path.read_text(encoding="utf-8")
    places = [place for place in PLACE.findall(text) if not (ROOT / place).exists()]
    links = [link for link in LINK.findall(text) if not (path.parent / link).exists()]
    assert not places + links


@pytest.mark.parametrize("name", NAMES)
def test_make_verbs_that_a_document_names_are_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert set(re.findall(r"(?:`|^\s*|&& )make ([a-z]+)", text, re.MULTILINE)) <= make_targets()


def test_contributing_names_every_verb() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert {verb for verb in make_targets() if f"make {verb}" not in text} <= {"help", "install", "distclean"}


@pytest.mark.parametrize("name", NAMES)
def test_commands_and_options_that_a_document_names_are_there(name: str) -> None:
    commands = typer.main.get_group(cli).commands
    text = (ROOT / name).read_text(encoding="utf-8")
    for command, rest in re.findall(r"(?:`|bin/|^\s*)dynamic-gallery ([a-z]+)([^`\n]*)", text, re.MULTILINE):
        assert command in commands, f"dynamic-gallery has no command {command}"
        known = {option for parameter in commands[command].params for option in parameter.opts}
        assert set(re.findall(r"(--[a-z-]+)", rest)) <= known | {"--help"}
