"""Blobs as files in a directory. A put is durable when it returns: file and folder are synced, in that order.

A reader sees a whole file or none: bytes go to a hidden temporary name first, then to their own by
link (create) or rename (replace). Every step goes through folder descriptors opened without
following links, so nothing outside the root is reached. Needs a POSIX system.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import stat
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from itertools import count
from pathlib import Path

from ..errors import (
    AlreadyExists,
    GalleryError,
    NotFound,
    StorageUnavailable,
    VersionMismatch,
)
from .base import ANY, Blob, BlobStat, BlobStore, Listing, is_key, split_blob_key, split_key
from .local_files import (
    FOLDER,
    LINKS_UNKNOWN,
    TEMPORARY,
    make_folder,
    make_root,
    not_a_file,
    read_file,
    remove_if_empty,
    second_name,
    stat_of,
    sweep,
    sweep_folder,
    translated,
    unlink_if_there,
    version_of,
    write_temporary,
)

TRIES = 10
"""How often a folder that others delete meanwhile is made again before a write gives up."""
SETTLED_NS = 20_000_000
"""Changes closer together may leave no trace in a file's times: the kernel's clock ticks every 1 to 10 ms."""

Keys = list[str]


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
        with translated(self.location):
            make_root(self.root)
            self._device = self.root.stat().st_dev

    def put(self, key: str, data: bytes, *, if_match: str | None = None, sha256: str | None = None) -> str:
        """See BlobStore."""
        folder, name = split_blob_key(key)
        for tries_left in reversed(range(TRIES)):
            made: Keys | None = [] if if_match in (None, ANY) else None
            try:
                self._put(key, folder, name, data, if_match, made)
            except GalleryError as error:
                for new_folder in reversed(made or []):
                    with suppress(GalleryError):
                        # What others are writing into it by now, unfinished or not, keeps it.
                        self._delete_folder(new_folder, unfinished=False)
                if isinstance(error, NotFound) and made is not None and tries_left:
                    continue  # somebody deleted the folder between its opening and the writing
                raise
            break
        return version_of(data, sha256)

    def _put(
        self, key: str, folder: str, name: str, data: bytes, if_match: str | None, made: Keys | None
    ) -> None:
        with translated(key), self._open_folder(folder, made) as fd:
            temporary = write_temporary(fd, name, data)
            try:
                if if_match is None:
                    self._create(fd, folder, temporary, name)
                else:
                    self._replace(fd, folder, temporary, name, if_match)
            except BaseException:
                sweep(fd, temporary)
                raise

    def _create(self, fd: int, folder: str, temporary: str, name: str) -> None:
        try:
            self._link(fd, folder, temporary, name)
        except FileExistsError:
            raise AlreadyExists(f"{name} is already there.") from None
        try:
            unlink_if_there(fd, temporary)
            os.fsync(fd)
        except OSError:
            os.unlink(name, dir_fd=fd)
            raise

    def _link(self, fd: int, folder: str, temporary: str, name: str) -> None:
        try:
            os.link(temporary, name, src_dir_fd=fd, dst_dir_fd=fd, follow_symlinks=False)
        except OSError as error:
            if error.errno not in LINKS_UNKNOWN:
                raise
            with self.lock(folder):
                if stat_of(fd, name) is not None:
                    raise FileExistsError from None
                os.rename(temporary, name, src_dir_fd=fd, dst_dir_fd=fd)

    def _replace(self, fd: int, folder: str, temporary: str, name: str, if_match: str) -> None:
        # Others wait until it is synced: what is put back below must not be what they made of it.
        with nullcontext() if if_match == ANY else self.lock(folder):
            if if_match != ANY and version_of(read_file(fd, name)[0]) != if_match:
                raise VersionMismatch(f"{folder}{name} was changed by somebody else.")
            before = second_name(fd, name)
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
        with translated(key), self._open_folder(folder) as fd:
            data, facts = read_file(fd, name)
        return Blob(data, version_of(data), self._mark(facts))

    def read(self, key: str, start: int = 0, stop: int | None = None) -> bytes:
        """See BlobStore."""
        folder, name = split_blob_key(key)
        with translated(key), self._open_folder(folder) as fd:
            return read_file(fd, name, start, stop)[0]

    def head(self, key: str) -> BlobStat:
        """See BlobStore."""
        folder, name = split_key(key)
        glimpsed = self._glance(folder, name)
        if glimpsed is not None:
            return BlobStat(key, glimpsed.st_size, self._mark(glimpsed), glimpsed.st_mtime)
        with translated(key), self._open_folder(folder) as fd:
            facts = os.stat(name, dir_fd=fd, follow_symlinks=False) if name else os.fstat(fd)
        if name and not stat.S_ISREG(facts.st_mode):
            raise not_a_file(key, facts)
        return BlobStat(key, facts.st_size, self._mark(facts), facts.st_mtime)

    def list(self, folder: str, *, suffix: str = "", marks: bool = True) -> Listing:
        """See BlobStore."""
        folder, _ = split_key(folder)
        folders: list[str] = []
        blobs: list[BlobStat] = []
        try:
            with translated(folder), self._open_folder(folder) as fd, os.scandir(fd) as entries:
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
        elif (facts := stat_of(fd, name)) is not None:
            yield BlobStat(folder + name, facts.st_size, self._mark(facts), facts.st_mtime)

    def delete(self, key: str) -> None:
        """See BlobStore."""
        folder, name = split_key(key)
        with suppress(NotFound):
            if not name:
                self._delete_folder(key, unfinished=True)
                return
            with translated(key), self._open_folder(folder) as fd:
                os.unlink(name, dir_fd=fd)
                os.fsync(fd)

    def _delete_folder(self, key: str, *, unfinished: bool) -> None:
        """Delete a folder with nothing in it, or with nothing but unfinished writes."""
        parent, name = split_key(key.rstrip("/"))
        with translated(key), self._open_folder(parent) as fd:
            if unfinished:
                sweep_folder(fd, name)
            remove_if_empty(fd, name)
            os.fsync(fd)

    @contextmanager
    def lock(self, folder: str) -> Iterator[None]:
        """See BlobStore. The lock is on the folder itself, so that no lock file lies in the gallery."""
        held: set[str] = self._held.__dict__.setdefault("folders", set())
        if folder in held:
            yield
            return
        with translated(folder), self._open_folder(folder) as fd:
            fcntl.flock(fd, fcntl.LOCK_EX)
            held.add(folder)
            try:
                yield
            finally:
                held.discard(folder)

    def leftovers(self, folder: str, *, older_than: float, sweep: bool) -> Sequence[str]:
        """See BlobStore."""
        left = []
        with translated(folder), self._open_folder(folder) as fd:
            for name in os.listdir(fd):
                facts = stat_of(fd, name) if name.startswith(TEMPORARY) else None
                if facts is not None and time.time() - facts.st_mtime >= older_than:
                    left.append(folder + name)
                    if sweep:
                        unlink_if_there(fd, name)
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
                    inner = os.open(part, FOLDER | os.O_NOFOLLOW, dir_fd=fd)
                except FileNotFoundError:
                    if made is None:
                        raise
                    if make_folder(fd, part):
                        made.append(reached)
                    inner = os.open(part, FOLDER | os.O_NOFOLLOW, dir_fd=fd)
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
            fd = os.open(self._base + folder[:-1], FOLDER | os.O_NOFOLLOW)
        except OSError:
            return None
        if os.fstat(fd).st_dev == self._device:
            return fd
        os.close(fd)
        return None

    def _open_root(self) -> int:
        try:
            fd = os.open(self.root, FOLDER)
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
