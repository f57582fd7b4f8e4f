"""Blobs as files in a directory. A put is durable when it returns: file and folder are synced, in that order.

A reader sees a whole file or none: bytes go to a hidden temporary name first, then to their own by
link (create) or rename (replace). Every step goes through folder descriptors opened without
following links, so nothing outside the root is reached. Needs a POSIX system.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import secrets
import stat
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from ..errors import (
    AlreadyExists,
    DamagedData,
    GalleryError,
    NotFound,
    StorageFull,
    StorageUnavailable,
    VersionMismatch,
)
from .base import ANY, Blob, BlobStat, BlobStore, Listing, is_key, split_blob_key, split_key

SETTLED_NS = 20_000_000
"""Changes closer together may leave no trace in a file's times: the kernel's clock ticks every 1 to 10 ms."""

Keys = list[str]

_TEMPORARY = ".tmp-"
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_LINKS_UNKNOWN = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


class LocalBlobs(BlobStore):
    """Files below `root`, which is made when absent."""

    quick = True

    def __init__(self, root: str | Path) -> None:
        self.root = Path(root).absolute()
        self.location = str(self.root)
        self._base = f"{self.root}/"
        self._held = threading.local()
        self._hot = count()
        self._hot_here = secrets.token_hex(4)
        with _translated(self.location):
            _make_root(self.root)
            self._device = self.root.stat().st_dev

    def put(self, key: str, data: bytes, *, if_match: str | None = None) -> str:
        """See BlobStore."""
        folder, name = split_blob_key(key)
        made: Keys | None = [] if if_match in (None, ANY) else None
        try:
            self._put(key, folder, name, data, if_match, made)
        except GalleryError:
            for new_folder in reversed(made or []):
                with suppress(GalleryError):
                    self.delete(new_folder)
            raise
        return _version(data)

    def _put(
        self, key: str, folder: str, name: str, data: bytes, if_match: str | None, made: Keys | None
    ) -> None:
        with _translated(key), self._open_folder(folder, made) as fd:
            temporary = _write_temporary(fd, name, data)
            try:
                if if_match is None:
                    self._create(fd, folder, temporary, name)
                else:
                    self._replace(fd, folder, temporary, name, if_match)
            except BaseException:
                _sweep(fd, temporary)
                raise

    def _create(self, fd: int, folder: str, temporary: str, name: str) -> None:
        try:
            self._link(fd, folder, temporary, name)
        except FileExistsError:
            raise AlreadyExists(f"{name} is already there.") from None
        try:
            _unlink_if_there(fd, temporary)
            os.fsync(fd)
        except OSError:
            os.unlink(name, dir_fd=fd)
            raise

    def _link(self, fd: int, folder: str, temporary: str, name: str) -> None:
        try:
            os.link(temporary, name, src_dir_fd=fd, dst_dir_fd=fd, follow_symlinks=False)
        except OSError as error:
            if error.errno not in _LINKS_UNKNOWN:
                raise
            with self.lock(folder):
                if _stat(fd, name) is not None:
                    raise FileExistsError from None
                os.rename(temporary, name, src_dir_fd=fd, dst_dir_fd=fd)

    def _replace(self, fd: int, folder: str, temporary: str, name: str, if_match: str) -> None:
        # Others wait until it is synced: what is put back below must not be what they made of it.
        with nullcontext() if if_match == ANY else self.lock(folder):
            if if_match != ANY and _version(_read_file(fd, name)[0]) != if_match:
                raise VersionMismatch(f"{folder}{name} was changed by somebody else.")
            before = _second_name(fd, name)
            try:
                os.rename(temporary, name, src_dir_fd=fd, dst_dir_fd=fd)
                os.fsync(fd)
            except OSError:
                before.put_back(name)
                raise
        before.sweep()

    def load(self, key: str) -> Blob:
        """See BlobStore."""
        folder, name = split_blob_key(key)
        with _translated(key), self._open_folder(folder) as fd:
            data, facts = _read_file(fd, name)
        return Blob(data, _version(data), self._mark(facts))

    def read(self, key: str, start: int = 0, stop: int | None = None) -> bytes:
        """See BlobStore."""
        folder, name = split_blob_key(key)
        with _translated(key), self._open_folder(folder) as fd:
            return _read_file(fd, name, start, stop)[0]

    def head(self, key: str) -> BlobStat:
        """See BlobStore."""
        folder, name = split_key(key)
        glimpsed = self._glance(folder, name)
        if glimpsed is not None:
            return BlobStat(key, glimpsed.st_size, self._mark(glimpsed), glimpsed.st_mtime)
        with _translated(key), self._open_folder(folder) as fd:
            facts = os.stat(name, dir_fd=fd, follow_symlinks=False) if name else os.fstat(fd)
        if name and not stat.S_ISREG(facts.st_mode):
            raise _not_a_file(key, facts)
        return BlobStat(key, facts.st_size, self._mark(facts), facts.st_mtime)

    def list(self, folder: str, *, suffix: str = "", marks: bool = True) -> Listing:
        """See BlobStore."""
        folder, _ = split_key(folder)
        folders: list[str] = []
        blobs: list[BlobStat] = []
        try:
            with _translated(folder), self._open_folder(folder) as fd, os.scandir(fd) as entries:
                for entry in entries:
                    is_folder = entry.is_dir(follow_symlinks=False)
                    if not is_folder and not entry.name.endswith(suffix):
                        continue
                    if entry.is_symlink() or not is_key(entry.name):
                        continue
                    if is_folder:
                        folders.append(entry.name)
                    else:
                        blobs.extend(self._listed(fd, folder, entry.name, marks))
        except NotFound:
            return Listing((), ())
        return Listing(tuple(sorted(folders)), tuple(sorted(blobs, key=lambda blob: blob.key)))

    def _listed(self, fd: int, folder: str, name: str, marks: bool) -> Iterator[BlobStat]:
        if not marks:
            yield BlobStat(folder + name, -1, "", 0.0)
        elif (facts := _stat(fd, name)) is not None:
            yield BlobStat(folder + name, facts.st_size, self._mark(facts), facts.st_mtime)

    def delete(self, key: str) -> None:
        """See BlobStore."""
        folder, name = split_key(key)
        if not name:
            folder, name = split_key(folder.rstrip("/"))
        try:
            with _translated(key), self._open_folder(folder) as fd:
                if key.endswith("/"):
                    _remove_folder(fd, name)
                else:
                    os.unlink(name, dir_fd=fd)
                os.fsync(fd)
        except NotFound:
            return

    @contextmanager
    def lock(self, folder: str) -> Iterator[None]:
        """See BlobStore. The lock is on the folder itself, so that no lock file lies in the gallery."""
        held: set[str] = self._held.__dict__.setdefault("folders", set())
        if folder in held:
            yield
            return
        with _translated(folder), self._open_folder(folder) as fd:
            fcntl.flock(fd, fcntl.LOCK_EX)
            held.add(folder)
            try:
                yield
            finally:
                held.discard(folder)

    def leftovers(self, folder: str, *, older_than: float, sweep: bool) -> Sequence[str]:
        """See BlobStore."""
        left = []
        with _translated(folder), self._open_folder(folder) as fd:
            for name in os.listdir(fd):
                facts = _stat(fd, name) if name.startswith(_TEMPORARY) else None
                if facts is not None and time.time() - facts.st_mtime >= older_than:
                    left.append(folder + name)
                    if sweep:
                        _unlink_if_there(fd, name)
        return left

    def _glance(self, folder: str, name: str) -> os.stat_result | None:
        """The facts of a file in a folder of the root, or None when only opening folder by folder tells."""
        if folder.count("/") != 1 or not name:
            return None
        try:
            holder = os.lstat(f"{self._base}{folder[:-1]}")
            facts = os.lstat(f"{self._base}{folder}{name}")
        except OSError:
            return None
        plain = stat.S_ISDIR(holder.st_mode) and stat.S_ISREG(facts.st_mode)
        return facts if plain and facts.st_dev == self._device else None

    @contextmanager
    def _open_folder(self, folder: str, made: Keys | None = None) -> Iterator[int]:
        """A descriptor of a folder. With `made`, folders on the way are made, and their keys put there."""
        fd = self._open_at_once(folder)
        if fd is not None:
            try:
                yield fd
            finally:
                os.close(fd)
            return
        fd = self._open_root()
        reached = ""
        try:
            for part in folder.split("/")[:-1]:
                reached += f"{part}/"
                try:
                    inner = os.open(part, _FOLDER | os.O_NOFOLLOW, dir_fd=fd)
                except FileNotFoundError:
                    if made is None:
                        raise
                    if _make_folder(fd, part):
                        made.append(reached)
                    inner = os.open(part, _FOLDER | os.O_NOFOLLOW, dir_fd=fd)
                os.close(fd)
                fd = inner
            yield fd
        finally:
            os.close(fd)

    def _open_at_once(self, folder: str) -> int | None:
        """A folder of the root itself, or None when only opening one by one tells what is the matter."""
        if folder.count("/") != 1:
            return None
        try:
            fd = os.open(self._base + folder[:-1], _FOLDER | os.O_NOFOLLOW)
        except OSError:
            return None
        if os.fstat(fd).st_dev == self._device:
            return fd
        os.close(fd)
        return None

    def _open_root(self) -> int:
        try:
            fd = os.open(self.root, _FOLDER)
        except (FileNotFoundError, NotADirectoryError):
            raise StorageUnavailable(
                f"The storage folder {self.root} is gone; put it back and try again."
            ) from None
        if os.fstat(fd).st_dev != self._device:
            os.close(fd)
            raise StorageUnavailable(
                f"The storage folder {self.root} is on another disk than at the start (unmounted?); "
                "put it back, or start the server again."
            )
        return fd

    def _mark(self, facts: os.stat_result) -> str:
        mark = f"{facts.st_ino:x}-{facts.st_mtime_ns:x}-{facts.st_ctime_ns:x}-{facts.st_size:x}"
        if time.time_ns() - max(facts.st_mtime_ns, facts.st_ctime_ns) < SETTLED_NS:
            return f"{mark}-hot{self._hot_here}-{next(self._hot)}"
        return mark


def _make_root(root: Path) -> None:
    missing = [folder for folder in (root, *root.parents) if not folder.exists()]
    root.mkdir(parents=True, exist_ok=True)
    for folder in missing:
        fd = os.open(folder.parent, _FOLDER)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


def _version(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def _write_temporary(fd: int, name: str, data: bytes) -> str:
    temporary = f"{_TEMPORARY}{name}-{secrets.token_hex(6)}"
    file = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644, dir_fd=fd)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(file, view) :]
        os.fsync(file)
    except BaseException:
        _sweep(fd, temporary)
        raise
    finally:
        os.close(file)
    return temporary


def _read_file(fd: int, name: str, start: int = 0, stop: int | None = None) -> tuple[bytes, os.stat_result]:
    file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=fd)
    try:
        facts = os.fstat(file)
        if not stat.S_ISREG(facts.st_mode):
            raise _not_a_file(name, facts)
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


def _stat(fd: int, name: str) -> os.stat_result | None:
    try:
        return os.stat(name, dir_fd=fd, follow_symlinks=False)
    except FileNotFoundError:
        return None


def _unlink_if_there(fd: int, name: str) -> None:
    with suppress(FileNotFoundError):
        os.unlink(name, dir_fd=fd)


def _sweep(fd: int, temporary: str) -> None:
    """Remove a temporary name; should that fail, it stays hidden and `leftovers` finds it."""
    with suppress(OSError):
        os.unlink(temporary, dir_fd=fd)


@dataclass(frozen=True, slots=True)
class _SecondName:
    """A file kept under a temporary name while its own is given away; `name` None when there was no file."""

    fd: int
    name: str | None
    known: bool = True

    def put_back(self, own: str) -> None:
        if self.name is not None:
            os.rename(self.name, own, src_dir_fd=self.fd, dst_dir_fd=self.fd)
            # Renaming one name of a file to another of its names does nothing.
            _sweep(self.fd, self.name)
        elif self.known:
            _unlink_if_there(self.fd, own)

    def sweep(self) -> None:
        if self.name is not None:
            _sweep(self.fd, self.name)


def _second_name(fd: int, name: str) -> _SecondName:
    second = f"{_TEMPORARY}{name}-{secrets.token_hex(6)}"
    try:
        os.link(name, second, src_dir_fd=fd, dst_dir_fd=fd, follow_symlinks=False)
    except FileNotFoundError:
        return _SecondName(fd, None)
    except OSError as error:
        if error.errno not in _LINKS_UNKNOWN:
            raise
        return _SecondName(fd, None, known=False)
    return _SecondName(fd, second)


def _make_folder(fd: int, part: str) -> bool:
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


def _remove_folder(fd: int, name: str) -> None:
    inner = os.open(name, _FOLDER | os.O_NOFOLLOW, dir_fd=fd)
    try:
        for left in os.listdir(inner):
            if left.startswith(_TEMPORARY):
                os.unlink(left, dir_fd=inner)
    finally:
        os.close(inner)
    try:
        os.rmdir(name, dir_fd=fd)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise


def _not_a_file(key: str, facts: os.stat_result) -> GalleryError:
    if stat.S_ISLNK(facts.st_mode):
        return DamagedData(f"{key} is a link; links in the storage folder are not followed.")
    return NotFound(f"{key} is not a file.")


@contextmanager
def _translated(what: str) -> Iterator[None]:
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
