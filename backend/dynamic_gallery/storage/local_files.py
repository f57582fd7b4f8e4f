"""What happens in one folder, given as a descriptor: whole files, synced; errors in the words of the port."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ..errors import DamagedData, GalleryError, NotFound, StorageFull, StorageUnavailable

TEMPORARY = ".tmp-"
FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
LINKS_UNKNOWN = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
"""What a file system answers that has no hard links."""

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def make_root(root: Path) -> None:
    """Make the root and what is missing above it, durably."""
    missing = [folder for folder in (root, *root.parents) if not folder.exists()]
    root.mkdir(parents=True, exist_ok=True)
    for folder in missing:
        fd = os.open(folder.parent, FOLDER)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


def version_of(data: bytes, sha256: str | None = None) -> str:
    """The version of a file with these bytes; `sha256` is theirs, where it is known already."""
    return (sha256 or hashlib.sha256(data).hexdigest())[:32]


def write_temporary(fd: int, name: str, data: bytes) -> str:
    """Write and sync bytes under a hidden name in a folder; returns that name."""
    temporary = f"{TEMPORARY}{name}-{secrets.token_hex(6)}"
    file = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644, dir_fd=fd)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(file, view) :]
        os.fsync(file)
    except BaseException:
        sweep(fd, temporary)
        raise
    finally:
        os.close(file)
    return temporary


def read_file(fd: int, name: str, start: int = 0, stop: int | None = None) -> tuple[bytes, os.stat_result]:
    """Bytes of a file in a folder, and the facts of the very file that was read. Links are not followed."""
    file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=fd)
    try:
        facts = os.fstat(file)
        if not stat.S_ISREG(facts.st_mode):
            raise not_a_file(name, facts)
        end = facts.st_size if stop is None else min(stop, facts.st_size)
        parts = []
        while start < end:
            part = os.pread(file, end - start, start)
            if not part:
                break
            parts.append(part)
            start += len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts), facts
    finally:
        os.close(file)


def stat_of(fd: int, name: str) -> os.stat_result | None:
    """The facts of a name in a folder, or None when it is not there."""
    try:
        return os.stat(name, dir_fd=fd, follow_symlinks=False)
    except FileNotFoundError:
        return None


def unlink_if_there(fd: int, name: str) -> None:
    """Remove a name from a folder."""
    with suppress(FileNotFoundError):
        os.unlink(name, dir_fd=fd)


def sweep(fd: int, temporary: str) -> None:
    """Remove a temporary name; should that fail, it stays hidden and `leftovers` finds it."""
    with suppress(OSError):
        os.unlink(temporary, dir_fd=fd)


@dataclass(frozen=True, slots=True)
class SecondName:
    """A file kept under a temporary name while its own is given away; `name` None when there was no file."""

    fd: int
    name: str | None
    known: bool = True

    def put_back(self, own: str) -> None:
        """Give it its own name again; or remove what stands there, if it is known that nothing did."""
        if self.name is not None:
            os.rename(self.name, own, src_dir_fd=self.fd, dst_dir_fd=self.fd)
            # Renaming one name of a file to another of its names does nothing.
            sweep(self.fd, self.name)
        elif self.known:
            unlink_if_there(self.fd, own)

    def sweep(self) -> None:
        """Remove the temporary name."""
        if self.name is not None:
            sweep(self.fd, self.name)


def second_name(fd: int, name: str) -> SecondName:
    """Keep a file under a temporary name as well."""
    second = f"{TEMPORARY}{name}-{secrets.token_hex(6)}"
    try:
        os.link(name, second, src_dir_fd=fd, dst_dir_fd=fd, follow_symlinks=False)
    except FileNotFoundError:
        return SecondName(fd, None)
    except OSError as error:
        if error.errno not in LINKS_UNKNOWN:
            raise
        return SecondName(fd, None, known=False)
    return SecondName(fd, second)


def make_folder(fd: int, part: str) -> bool:
    """Make a folder durably; whether it was not there yet."""
    try:
        os.mkdir(part, 0o755, dir_fd=fd)
        made = True
    except FileExistsError:
        made = False
    try:
        os.fsync(fd)
    except OSError:
        if made:
            # Else the next put would find it there and never sync it.
            with suppress(OSError):
                os.rmdir(part, dir_fd=fd)
        raise
    return made


def sweep_folder(fd: int, name: str) -> None:
    """Remove the unfinished writes in a folder."""
    inner = os.open(name, FOLDER | os.O_NOFOLLOW, dir_fd=fd)
    try:
        for left in os.listdir(inner):
            if left.startswith(TEMPORARY):
                unlink_if_there(inner, left)
    finally:
        os.close(inner)


def remove_if_empty(fd: int, name: str) -> None:
    """Remove a folder; one in which something is stays."""
    try:
        os.rmdir(name, dir_fd=fd)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise


def not_a_file(key: str, facts: os.stat_result) -> GalleryError:
    """The error for something that is there and is no plain file."""
    if stat.S_ISLNK(facts.st_mode):
        return DamagedData(f"{key} is a link; links in the storage folder are not followed.")
    return NotFound(f"{key} is not a file.")


@contextmanager
def translated(what: str) -> Iterator[None]:
    """Raise what the system says as the errors that storage/base.py names."""
    try:
        yield
    except (FileNotFoundError, IsADirectoryError):
        raise NotFound(f"{what} is not there.") from None
    except NotADirectoryError as error:
        raise DamagedData(
            f"{what} cannot be reached: a folder on the way is a file or a link; links are not followed."
        ) from error
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        if error.errno in _FULL:
            raise StorageFull(
                f"There is no room left to store {what}; free some space and try again."
            ) from error
        if error.errno == errno.ELOOP:
            raise DamagedData(f"{what} is a link; links in the storage folder are not followed.") from error
        raise StorageUnavailable(f"Storage could not be used for {what}: {reason}.") from error
