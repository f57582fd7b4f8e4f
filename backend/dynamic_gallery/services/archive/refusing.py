"""What an import refuses, in sentences that name the entry and the reason; and what it reads from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ...errors import InvalidArchive, TooLarge
from ...validation_words import printable

NOTHING = "Nothing was imported."


@dataclass(frozen=True, slots=True)
class Member:
    """One file offered for import: its path with slashes, its size in bytes, and when it was last changed."""

    name: str
    size: int
    modified: datetime | None


class Source(Protocol):
    """Files offered for import: a ZIP or a folder. `home` is the name it has outside, or empty."""

    @property
    def home(self) -> str:
        """Its name without its ending."""

    @property
    def members(self) -> Sequence[Member]:
        """Its files; folders are not listed."""

    def chunks(self, member: Member) -> Iterator[bytes]:
        """The bytes of one of them; raises InvalidArchive when they are not what was said."""


def refused(clause: str) -> InvalidArchive:
    """The refusal of a whole; `clause` is a sentence without its end."""
    return InvalidArchive(f"{clause}. {NOTHING}")


def refused_entry(name: str, clause: str) -> InvalidArchive:
    """The refusal because of one entry; `clause` goes on behind its name, such as "is encrypted"."""
    return InvalidArchive(f"The entry {shown(name)} {clause}. {NOTHING}")


def too_large(clause: str) -> TooLarge:
    """The refusal of what is over a limit."""
    return TooLarge(f"{clause}. {NOTHING}")


def shown(name: str) -> str:
    """A name as a person may see it: no control characters, not too long."""
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in printable(name, 200)
    )
