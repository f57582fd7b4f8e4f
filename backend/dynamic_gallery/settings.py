"""All settings of the application: environment variables named `GALLERY_…`, overridden by the command line.

`docs/settings.md` holds the same table; a test compares the two.
"""

from __future__ import annotations

import difflib
import ipaddress
import logging
import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import ByteSize, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from dynamic_gallery.errors import InvalidInput
from dynamic_gallery.housekeeping import MAX_TRASH_DAYS
from dynamic_gallery.models import Limits
from dynamic_gallery.validation_words import describe

PREFIX = "GALLERY_"
MIN_KEY_LENGTH = 8
_log = logging.getLogger(__name__)


def default_storage() -> str:
    """`backend/data/gallery` where the package lies in a checkout, else `data/gallery` in this folder."""
    backend = Path(__file__).resolve().parents[1]
    in_checkout = (backend.parent / "pyproject.toml").is_file() and (backend / "data" / "gallery").is_dir()
    return str((backend if in_checkout else Path.cwd()) / "data" / "gallery")


class Settings(BaseSettings):
    """What can be configured; every field is the environment variable GALLERY_<FIELD>."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="ignore")

    storage: str = Field(
        default_factory=default_storage,
        description="Directory that holds the sessions and their pictures.",
        json_schema_extra={"default_words": "`backend/data/gallery` in a checkout, else `data/gallery`"},
    )
    host: str = Field(
        "127.0.0.1", description="Address to listen on. Any but a loopback address needs an access key."
    )
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on; 0 lets the system choose.")
    access_key: SecretStr | None = Field(
        None,
        description="Key that requests must show (bearer token, or the sign-in page). At least 8 characters.",
    )
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Further host names, separated by commas, that may be asked for without a key.",
    )
    max_image_bytes: ByteSize = Field(
        ByteSize(32 * 1024 * 1024),
        gt=0,
        description="Largest picture, in bytes; `32MiB` and the like are understood.",
    )
    max_pixels: int = Field(64_000_000, gt=0, description="Most pixels in one picture (width times height).")
    max_import_bytes: ByteSize = Field(
        ByteSize(8 * 1024**3),
        gt=0,
        description="Largest import, packed and unpacked, in bytes; `8GiB` and the like are understood.",
    )
    max_import_files: int = Field(200_000, gt=0, description="Most files in one import.")
    trash_days: int = Field(
        30, ge=0, le=MAX_TRASH_DAYS, description="Days until something discarded is erased for good."
    )
    products: Path | None = Field(
        None, description="JSON file with your own product shelf; without it the sample shelf is used."
    )
    generator: str = Field("sketch", description="Generator that makes pictures; `sketch` works offline.")
    log_format: Literal["text", "json"] = Field(
        "text", description="`text` for people, `json` one object a line."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Least serious message that is logged; requests are logged at `info`."
    )

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(name.strip().lower() for name in value.split(",") if name.strip())
        return value

    @field_validator("access_key")
    @classmethod
    def _usable_key(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        key = value.get_secret_value().strip()
        if len(key) < MIN_KEY_LENGTH:
            raise ValueError(f"must have at least {MIN_KEY_LENGTH} characters")
        return SecretStr(key)

    @property
    def is_loopback(self) -> bool:
        """Whether `host` can be reached from this machine only."""
        return is_loopback(self.host)

    @property
    def limits(self) -> Limits:
        """What is accepted of pictures and imports."""
        return Limits(
            max_image_bytes=int(self.max_image_bytes),
            max_pixels=self.max_pixels,
            max_import_bytes=int(self.max_import_bytes),
            max_import_files=self.max_import_files,
        )

    def require_key_when_exposed(self) -> None:
        """Raises InvalidInput when others could reach the gallery and no key would stop them."""
        if not self.is_loopback and self.access_key is None:
            raise InvalidInput(
                f"Others can reach {self.host or 'this address'}, so an access key is needed: "
                f"set {PREFIX}ACCESS_KEY to a secret of at least {MIN_KEY_LENGTH} characters, "
                "or listen on 127.0.0.1."
            )


@lru_cache(maxsize=64)
def is_loopback(host: str) -> bool:
    """Whether an address or host name means this machine only."""
    name = host.strip("[]").lower()
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def load_settings(**overrides: object) -> Settings:
    """The settings of this process; an override that is None leaves the environment's value.

    Logs a warning for each variable that looks misspelt. Raises InvalidInput for an unusable value.
    """
    for warning in misspelt(os.environ):
        _log.warning(warning)
    given: dict[str, Any] = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        troubles = describe(error.errors(include_url=False, include_input=False))
        clauses = [f"{PREFIX}{one.field.upper()} {one.predicate}" for one in troubles]
        raise InvalidInput("A setting cannot be used: " + "; ".join(clauses) + ".") from None


def misspelt(environ: Mapping[str, str]) -> list[str]:
    """A sentence for each GALLERY_ variable that is no setting, naming the nearest one."""
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    return [_not_a_setting(name, known) for name in sorted(environ) if _is_stray(name, known)]


def _is_stray(name: str, known: list[str]) -> bool:
    return name.upper().startswith(PREFIX) and name.upper() not in known


def _not_a_setting(name: str, known: list[str]) -> str:
    nearest = difflib.get_close_matches(name.upper(), known, n=1, cutoff=0.75)
    hint = f"Did you mean {nearest[0]}?" if nearest else "docs/settings.md lists all settings."
    return f"{name} is not a setting of Dynamic Gallery and has no effect. {hint}"
