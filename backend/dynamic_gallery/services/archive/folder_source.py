"""A folder of files offered for import, as if it were a ZIP."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from ...errors import StorageUnavailable
from ...models import Limits
from ...storage.base import CHUNK
from .refusing import Member, refused, refused_entry, too_large
from .zip_names import refuse_twins

DEPTH = 3
"""A folder in a folder in the one that is named: what an unpacked ZIP looks like."""


class FolderSource:
    """The files of a folder and of the folders in it. Links are refused: what they lead to was not offered."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.home = folder.absolute().name
        self._folder = folder
        try:
            self.members = sorted(_walk(folder, "", DEPTH), key=lambda member: member.name)
        except OSError as error:
            raise StorageUnavailable(f"The folder {folder} cannot be read: {error.strerror}.") from None
        refuse_twins(member.name for member in self.members)
        if len(self.members) > limits.max_import_files:
            raise too_large(f"This folder holds more than {limits.max_import_files:,} files")
        if sum(member.size for member in self.members) > limits.max_import_bytes:
            raise too_large(f"This folder holds more than {limits.max_import_bytes:,} bytes")

    def chunks(self, member: Member) -> Iterator[bytes]:
        """See Source."""
        try:
            with (self._folder / member.name).open("rb") as file:
                if os.fstat(file.fileno()).st_size != member.size:
                    raise refused_entry(member.name, "was changed while it was being imported")
                while chunk := file.read(CHUNK):
                    yield chunk
        except OSError as error:
            raise refused_entry(member.name, f"cannot be read: {error.strerror}") from None


def _walk(folder: Path, prefix: str, depth: int) -> Iterator[Member]:
    if not depth:
        raise refused(f"The folder {prefix} lies too deep; name the folder of one session")
    with os.scandir(folder) as entries:
        for entry in entries:
            facts = entry.stat(follow_symlinks=False)
            if stat.S_ISDIR(facts.st_mode):
                yield from _walk(folder / entry.name, f"{prefix}{entry.name}/", depth - 1)
            elif stat.S_ISREG(facts.st_mode):
                modified = datetime.fromtimestamp(int(facts.st_mtime), UTC)
                yield Member(f"{prefix}{entry.name}", facts.st_size, modified)
            else:
                raise refused_entry(prefix + entry.name, "is a link or a device and no file")
