"""What an import would bring, understood and proved whole before anything is written (SPEC A11)."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

import orjson
from pydantic import BaseModel, Field, ValidationError

from ...errors import DamagedData, InvalidArchive, InvalidInput, InvalidPicture, TooLarge, UnsupportedPicture
from ...ids import SESSION_PATTERN
from ...models import GalleryImage, GallerySession, Limits, Sha256
from ...storage.records import encode
from ..pictures import PictureFacts, inspect_picture
from .packing import MANIFEST, PAGE
from .refusing import Member, Source, refused, refused_entry, shown, too_large

RECORD_BYTES = 64 * 1024 * 1024
"""Largest JSON document that is read whole: hours of typing, or the manifest of half a million files."""
_LITTER = re.compile(r"(?:.*/)?(?:__MACOSX/.*|\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini)", re.IGNORECASE)
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not imported, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Picture:
    """An image's record, and the file that holds its bytes unless it has none here."""

    image: GalleryImage
    member: Member | None
    sha256: str | None = None


@dataclass(slots=True)
class Incoming:
    """One session as it would be imported."""

    session: GallerySession
    pictures: list[Picture]
    skipped: list[Skipped] = field(default_factory=list)


class _ManifestFile(BaseModel):
    path: str
    size: int
    sha256: Sha256


class Manifest(BaseModel):
    """`manifest.json` of an export."""

    schema_version: Literal[1] = Field(alias="schema")
    session_id: Annotated[str, Field(pattern=f"^{SESSION_PATTERN}$")]
    files: list[_ManifestFile]


@dataclass(frozen=True, slots=True)
class Checked:
    """A picture's bytes that were read and accepted."""

    facts: PictureFacts
    size: int
    sha256: str
    crc32: int


class Reader:
    """Reads the files of a source, each held against the manifest where there is one."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self.source = source
        self.limits = limits
        self.members = unwrapped([one for one in source.members if not _LITTER.fullmatch(one.name)])
        self._sums: dict[str, str] = {}
        self.manifest = self._read_manifest()

    def json_of(self, name: str) -> bytes:
        """A small file whole."""
        return self._whole(name, RECORD_BYTES)

    def prove(self, name: str) -> None:
        """Read a file that is not kept, for its checksum's sake."""
        digest = hashlib.sha256()
        for chunk in self.source.chunks(self.members[name]):
            digest.update(chunk)
        self._compare(name, digest.hexdigest())

    def picture(self, name: str) -> Checked:
        """Read a picture and inspect it. Raises InvalidArchive or TooLarge."""
        data = self._whole(name, self.limits.max_image_bytes, " (GALLERY_MAX_IMAGE_BYTES)")
        try:
            facts = inspect_picture(data, self.limits)
        except TooLarge as error:
            raise TooLarge(f"The entry {shown(name)}: {error.detail}") from None
        except (InvalidPicture, UnsupportedPicture) as error:
            raise InvalidArchive(f"The entry {shown(name)}: {error.detail}") from None
        return Checked(facts, len(data), hashlib.sha256(data).hexdigest(), zlib.crc32(data))

    def _whole(self, name: str, most: int, setting: str = "") -> bytes:
        member = self.members[name]
        if member.size > most:
            raise too_large(
                f"The entry {shown(name)} has {member.size:,} bytes; the limit is {most:,}{setting}"
            )
        data = b"".join(self.source.chunks(member))
        self._compare(name, hashlib.sha256(data).hexdigest())
        return data

    def _compare(self, name: str, sha256: str) -> None:
        if self._sums.get(name, sha256) != sha256:
            raise refused_entry(name, "is not the file that the manifest speaks of: its sha256 is another")

    def _read_manifest(self) -> Manifest | None:
        if MANIFEST not in self.members:
            return None
        data = self.json_of(MANIFEST)
        try:
            manifest = Manifest.model_validate_json(data)
        except ValidationError as error:
            raise refused_entry(
                MANIFEST, f"is no manifest that is understood here: {_first(error)}"
            ) from None
        _hold_against(manifest, self.members)
        self._sums = {one.path: one.sha256 for one in manifest.files}
        return manifest


def unwrapped(members: Sequence[Member]) -> dict[str, Member]:
    """The files by name; one folder around a whole export is left out of their names."""
    tops = {member.name.partition("/")[0] for member in members}
    around = f"{next(iter(tops))}/" if len(tops) == 1 else ""
    if not around or f"{around}{MANIFEST}" not in {member.name for member in members}:
        around = ""
    return {member.name[len(around) :]: member for member in members}


def _hold_against(manifest: Manifest, members: dict[str, Member]) -> None:
    """Refuse files that the manifest does not name, and the other way round."""
    named = {one.path: one for one in manifest.files}
    if len(named) != len(manifest.files) or MANIFEST in named:
        raise refused_entry(MANIFEST, "names a file twice, or itself")
    for name in members.keys() - named.keys() - {MANIFEST}:
        raise refused_entry(name, "is not in the manifest")
    for name in named.keys() - members.keys():
        raise refused_entry(name, "is in the manifest, but not there")
    for name, one in named.items():
        if members[name].size != one.size:
            raise refused_entry(name, f"has {members[name].size:,} bytes; the manifest says {one.size:,}")
    folder = f"{manifest.session_id}/"
    for name in named:
        if name != PAGE and (not name.startswith(folder) or "/" in name[len(folder) :]):
            raise refused_entry(name, f"does not lie in the session's folder {folder}")


def agree(name: str, image: GalleryImage, checked: Checked) -> None:
    """Refuse a record whose facts are not those of its picture; what it leaves open is left open."""
    facts = checked.facts
    real: dict[str, Any] = {
        "sha256": checked.sha256,
        "size": checked.size,
        "crc32": checked.crc32,
        "media_type": facts.media_type,
        "pixel_width": facts.pixel_width,
        "pixel_height": facts.pixel_height,
    }
    for fact, value in real.items():
        said = getattr(image, fact)
        if said is not None and said != value:
            raise refused_entry(
                name, f"says that its picture's {fact} is {shown(str(said))}, but it is {value}"
            )
    if image.filename.rpartition(".")[2] != facts.extension:
        raise refused_entry(image.filename, f"is not named as a picture of its type (.{facts.extension})")


def check_record(name: str, record: GallerySession | GalleryImage) -> None:
    """Refuse a record that this version may not write, or whose texts no catalogue takes."""
    if record.read_only:
        raise refused_entry(name, "was written by a newer version of Dynamic Gallery; update to import it")
    try:
        encoded = encode(record)
    except InvalidInput as error:
        raise refused_entry(name, f"cannot be kept: {error.detail}") from None
    if _NUL.search(encoded):
        raise refused_entry(name, "has the character NUL in a text")


def json_object(name: str, data: bytes) -> dict[str, Any]:
    """A JSON object; refused when it is none."""
    try:
        found = orjson.loads(data)
    except orjson.JSONDecodeError:
        found = None
    if not isinstance(found, dict):
        raise refused_entry(name, "is no JSON object")
    return found


def as_json(name: str, record: dict[str, Any]) -> bytes:
    """A record that was completed, as JSON; refused when that cannot be."""
    try:
        return orjson.dumps(record)
    except orjson.JSONEncodeError:
        raise refused_entry(name, "has lists or objects too deep in each other to be kept") from None


def damaged(name: str, error: DamagedData) -> InvalidArchive:
    """The refusal of a record that cannot be understood."""
    return refused_entry(name, f"is no record that is understood here: {error.detail.rstrip('.')}")


def nothing_there(names: Iterable[str]) -> InvalidArchive:
    """The refusal of what holds no session."""
    what = "no session and no pictures" if any(True for _ in names) else "nothing"
    return refused(f"There is {what} in it; import a ZIP made by an export, or a folder of pictures")


def _first(error: ValidationError) -> str:
    one = error.errors(include_url=False, include_context=False, include_input=False)[0]
    return f"{'.'.join(map(str, one['loc']))}: {one['msg']}".strip(": ")
