"""From files to one session: an export is held to its manifest, what a person put together is completed."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import orjson

from ...errors import DamagedData, GalleryError, InvalidArchive
from ...ids import blob_number, image_id, image_stem, is_session_id, new_session_id, record_number
from ...models import GalleryImage, GallerySession, Limits, iso, now
from ...storage.records import decode_image, decode_session
from ...validation_words import printable
from .checking import (
    Incoming,
    Picture,
    Reader,
    Skipped,
    agree,
    as_json,
    check_record,
    damaged,
    json_object,
    nothing_there,
)
from .packing import PAGE
from .refusing import Source, refused, refused_entry, shown

COLUMNS = 5
CARD_WIDTH = 180.0
LAST_BY_HAND = 999_999
_PICTURE = re.compile(r".*\.(?:png|jpe?g|webp|avif|gif)", re.IGNORECASE)
_NOT_GIVEN = ("trashed_at", "purging")
"""What an import does not take over: it is to be seen."""


def understand(source: Source, limits: Limits) -> Incoming:
    """The session in a source, wholly checked. Raises InvalidArchive or TooLarge."""
    reader = Reader(source, limits)
    found = _Export(reader) if reader.manifest else _ByHand(reader)
    incoming = found.incoming()
    _share_no_key(incoming)
    return incoming


class _Export:
    """What an export made: complete, and sealed by its manifest."""

    def __init__(self, reader: Reader) -> None:
        assert reader.manifest is not None  # noqa: S101 -- that is what makes it an export
        self.reader = reader
        self.session_id = reader.manifest.session_id
        self.folder = f"{self.session_id}/"

    def incoming(self) -> Incoming:
        own = f"{self.folder}metadata.json"
        if own not in self.reader.members:
            raise refused_entry(own, "is missing: there is no session without it")
        session = self._session(own)
        pictures, spoken_of = [], {own, PAGE, "manifest.json"}
        for number, name in _records(self.reader, self.folder):
            picture = self._picture(number, name)
            pictures.append(picture)
            spoken_of |= {name, f"{self.folder}{picture.image.filename}" if picture.member else name}
        for stray in self.reader.members.keys() - spoken_of:
            raise refused_entry(stray, "is no part of a session: no record speaks of it")
        if PAGE in self.reader.members:
            self.reader.prove(PAGE)
        return Incoming(session, pictures)

    def _session(self, name: str) -> GallerySession:
        try:
            session = decode_session(self.reader.json_of(name), self.session_id)
        except DamagedData as error:
            raise damaged(name, error) from None
        check_record(name, session)
        return session.changed(trashed_at=None, purging=False)

    def _picture(self, number: int, name: str) -> Picture:
        image = _decoded(name, self.reader.json_of(name), self.session_id, number)
        blob = f"{self.folder}{image.filename}"
        return _with_bytes(self.reader, name, image, blob)


class _ByHand:
    """What a person put together: pictures, and whatever records there are."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.folder = _only_folder(reader)
        self.skipped: list[Skipped] = []

    def incoming(self) -> Incoming:
        session = self._session()
        pictures = self._recorded(session)
        self._add_unrecorded(session, pictures)
        if not pictures and f"{self.folder}metadata.json" not in self.reader.members:
            raise (self.skipped and _all_skipped(self.skipped)) or nothing_there(self.reader.members)
        return Incoming(session, sorted(pictures, key=lambda one: one.image.number), self.skipped)

    def _session(self) -> GallerySession:
        name = f"{self.folder}metadata.json"
        given = json_object(name, self.reader.json_of(name)) if name in self.reader.members else {}
        home = printable(_file(self.folder.rstrip("/")) or self.reader.source.home, 200).strip()
        said = given.get("id")
        own_id = home if is_session_id(home) else said if isinstance(said, str) else new_session_id()
        begun = iso(self._earliest())
        title = {} if is_session_id(home) or not home else {"name": home}
        record = {"created_at": begun, "id": own_id, **title, **given}
        record = {"updated_at": record["created_at"], **record}
        for field in _NOT_GIVEN:
            record.pop(field, None)
        try:
            if not is_session_id(own_id):
                raise DamagedData('its "id" is spelled otherwise than an id')
            session = decode_session(as_json(name, record), own_id)
        except DamagedData as error:
            raise damaged(name, error) from None
        check_record(name, session)
        _refuse_no_time_left(session, len(self.reader.members))
        return session

    def _earliest(self) -> datetime:
        times = [one.modified for one in self.reader.members.values() if one.modified is not None]
        return min([now(), *times])

    def _recorded(self, session: GallerySession) -> list[Picture]:
        return [self._completed(session, number, name) for number, name in _records(self.reader, self.folder)]

    def _completed(self, session: GallerySession, number: int, name: str) -> Picture:
        given = json_object(name, self.reader.json_of(name))
        said = given.get("filename")
        beside = [f"{self.folder}{said}"] if isinstance(said, str) else self._beside(number)
        made = {}
        if beside and beside[0] in self.reader.members and given.get("purged_at") is None:
            made = self._made(session, number, number, beside[0])
        if "x" in given or "y" in given or "placements" in given:
            made.pop("placements", None)
        image = _decoded(name, as_json(name, {**made, **given}), session.id, number)
        return _with_bytes(self.reader, name, image, f"{self.folder}{image.filename}")

    def _beside(self, number: int) -> list[str]:
        stem = f"{self.folder}{image_stem(number)}."
        return [name for name in self.reader.members if name.startswith(stem) and not name.endswith(".json")]

    def _add_unrecorded(self, session: GallerySession, pictures: list[Picture]) -> None:
        """Records for the pictures that have none, in order of name."""
        taken = {one.member.name for one in pictures if one.member}
        used = {one.image.number for one in pictures}
        last = max([*used, *filter(None, map(_number, self.reader.members))], default=0)
        own = {"metadata.json", PAGE}
        for name in sorted(self.reader.members, key=_in_order):
            member = self.reader.members[name]
            if member.name in taken or _file(name) in own or record_number(_file(name)):
                continue
            if not _PICTURE.fullmatch(name):
                self.skipped.append(Skipped(name, "It is no picture and no record."))
                continue
            number = _number(name)
            if number is None or number in used:
                number = last = last + 1
            try:
                made = self._made(session, number, len(used) + 1, name)
            except InvalidArchive as error:
                self.skipped.append(Skipped(name, error.detail))
                continue
            used.add(number)
            image = _decoded(name, orjson.dumps(made), session.id, number)
            pictures.append(Picture(image, member, image.sha256))

    def _made(self, session: GallerySession, number: int, place: int, name: str) -> dict[str, Any]:
        """A record for a picture without one; it hangs in rows, a second after the one before."""
        checked = self.reader.picture(name)
        facts = checked.facts
        at = iso(session.created_at + timedelta(seconds=place))
        height = round(CARD_WIDTH * facts.pixel_height / facts.pixel_width, 2)
        row, column = divmod(place - 1, COLUMNS)
        where = {"x": 4.0 + 19.0 * column, "y": 40.0 + 260.0 * row, "width": CARD_WIDTH, "height": height}
        return {
            "schema": 1,
            "id": image_id(number),
            "session_id": session.id,
            "filename": f"{image_stem(number)}.{facts.extension}",
            "created_at": at,
            **where,
            "media_type": facts.media_type,
            "size": checked.size,
            "pixel_width": facts.pixel_width,
            "pixel_height": facts.pixel_height,
            "sha256": checked.sha256,
            "crc32": checked.crc32,
            "placements": [{"at": at, **where}],
        }


def _decoded(name: str, data: bytes, session_id: str, number: int) -> GalleryImage:
    try:
        image = decode_image(data, session_id, number)
    except DamagedData as error:
        raise damaged(name, error) from None
    check_record(name, image)
    return image


def _with_bytes(reader: Reader, name: str, image: GalleryImage, blob: str) -> Picture:
    """A record with its picture; refused when there is one without the other."""
    if image.sha256 is None or image.purged_at is not None:
        if blob in reader.members:
            raise refused_entry(blob, "belongs to a record that has no picture here")
        return Picture(image, None)
    if blob not in reader.members:
        raise refused_entry(name, f"speaks of {image.filename}, which is not there")
    checked = reader.picture(blob)
    agree(name, image, checked)
    return Picture(image, reader.members[blob], checked.sha256)


def _records(reader: Reader, folder: str) -> Iterator[tuple[int, str]]:
    """The numbers and names of the image records, in order."""
    numbered = ((record_number(_file(name)), name) for name in reader.members if name.startswith(folder))
    return iter(sorted((number, name) for number, name in numbered if number is not None))


def _only_folder(reader: Reader) -> str:
    """The folder that holds everything, with its slash; empty when there is none around."""
    folders = {name.rpartition("/")[0] for name in reader.members if name != PAGE}
    if len(folders) > 1:
        raise refused("There is more than one folder in it; import the folder of each session by itself")
    folder = next(iter(folders), "")
    return f"{folder}/" if folder else ""


def _share_no_key(incoming: Incoming) -> None:
    """Of records copied by hand that share an idempotency key, the first keeps it: a key makes one image."""
    seen: set[str] = set()
    for place, picture in enumerate(incoming.pictures):
        mark = picture.image.idempotency
        if mark is None:
            continue
        if mark.key in seen:
            image = picture.image.changed(idempotency=None)
            incoming.pictures[place] = Picture(image, picture.member, picture.sha256)
        seen.add(mark.key)


def _all_skipped(skipped: list[Skipped]) -> GalleryError:
    first = skipped[0]
    return InvalidArchive(
        f"There is no picture in it that can be imported. {shown(first.path)}: {first.reason}"
    )


def _refuse_no_time_left(session: GallerySession, pictures: int) -> None:
    """Pictures without records are hung a second after each other, which has to be possible."""
    try:
        session.created_at + timedelta(seconds=pictures + 1)
    except OverflowError:
        raise refused(f"Its session begins at the end of the calendar ({iso(session.created_at)})") from None


def _number(name: str) -> int | None:
    """The number in a picture's name, as storage gives them; not one that leaves no room for more."""
    number = blob_number(_file(name))
    return number if number is not None and number <= LAST_BY_HAND else None


def _file(name: str) -> str:
    return name.rpartition("/")[2]


def _in_order(name: str) -> tuple[float, list[tuple[int, int, str]]]:
    """Pictures that are numbered as in storage first, then the others in order of name."""
    return _number(name) or math.inf, _natural(name)


def _natural(name: str) -> list[tuple[int, int, str]]:
    """Sorts picture 2 before picture 10."""
    parts = re.split(r"(\d+)", name.casefold())
    return [(0, int(part), part) if part.isdigit() and part.isascii() else (1, 0, part) for part in parts]
