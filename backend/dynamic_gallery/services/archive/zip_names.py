"""Names in a ZIP: decoded, and refused where they could mean something else than a plain path below a folder."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from .refusing import refused_entry

_DRIVE = re.compile(r"[A-Za-z]:")
LENGTH = 1000


def decoded_name(raw: bytes, *, is_utf8: bool) -> str:
    """An entry's name. Without the UTF-8 flag it may be UTF-8 all the same, or the oldest PCs' letters."""
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        name = raw.decode("cp437")
        if is_utf8:
            raise refused_entry(name, "has a name that is no UTF-8, although it says so") from None
    trouble = _trouble(name)
    if trouble:
        raise refused_entry(name, trouble)
    return name


def _trouble(name: str) -> str:
    parts = name.removesuffix("/").split("/")
    if not name or len(name) > LENGTH:
        return f"has a name of no character, or of more than {LENGTH} characters"
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in name):
        return "has a control character in its name"
    if "\\" in name:
        return "has a backslash in its name; paths are written with slashes"
    if name.startswith("/") or _DRIVE.match(name):
        return "has an absolute path"
    if any(part in ("", ".", "..") for part in parts):
        return "has a path that leaves its folder"
    return ""


def refuse_twins(names: Iterable[str]) -> None:
    """Refuse names that are one on some disk, and a file that is another's folder."""
    seen: dict[str, str] = {}
    folders: set[str] = set()
    for name in names:
        folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold()).removesuffix(
            "/"
        )
        twin = seen.get(folded)
        if twin is not None:
            how = "is there twice" if twin == name else f"has the same name as {twin} on some disks"
            raise refused_entry(name, how)
        seen[folded] = name
        parents = folded.split("/")[:-1]
        folders.update("/".join(parents[: depth + 1]) for depth in range(len(parents)))
    for folder in folders:
        name = seen.get(folder, "/")
        if not name.endswith("/"):
            raise refused_entry(name, "is a file and the folder of others")
