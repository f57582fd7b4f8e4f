"""Settings: the table in the docs, values from the environment, and words for what cannot be used."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydantic import ByteSize
from pydantic.fields import FieldInfo

from dynamic_gallery.errors import InvalidInput
from dynamic_gallery.settings import Settings, default_storage, is_loopback, load_settings, misspelt

DOCS = Path(__file__).resolve().parents[3] / "docs" / "settings.md"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("GALLERY_"):
            monkeypatch.delenv(name)


def default_in_words(field: FieldInfo) -> str:
    extra = field.json_schema_extra
    if isinstance(extra, dict) and "default_words" in extra:
        return str(extra["default_words"])
    if field.default in (None, ()):
        return "none"
    if isinstance(field.default, ByteSize):
        return f"`{field.default.human_readable().replace('.0', '')}`"
    return f"`{field.default}`"


def table() -> str:
    rows = ["| setting | default | meaning |", "| --- | --- | --- |"]
    for name, field in Settings.model_fields.items():
        rows.append(f"| `GALLERY_{name.upper()}` | {default_in_words(field)} | {field.description} |")
    return "\n".join(rows)


def test_the_docs_hold_the_table_of_the_code() -> None:
    expected = table()
    assert expected in DOCS.read_text(), f"put this into docs/settings.md:\n{expected}"


def test_values_come_from_the_environment_and_arguments_win(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GALLERY_PORT", "9000")
    monkeypatch.setenv("GALLERY_MAX_IMAGE_BYTES", "2MiB")
    monkeypatch.setenv("GALLERY_ALLOWED_HOSTS", "a.example, B.example,")
    monkeypatch.setenv("GALLERY_LOG_FORMAT", "")
    settings = load_settings(port=None)
    assert (settings.port, settings.max_image_bytes, settings.log_format) == (9000, 2 * 1024 * 1024, "text")
    assert settings.allowed_hosts == ("a.example", "b.example")
    assert load_settings(port=9001).port == 9001


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PORT", "http", "GALLERY_PORT must be a whole number"),
        ("PORT", "65536", "GALLERY_PORT must be at most 65535"),
        ("ACCESS_KEY", "short", "GALLERY_ACCESS_KEY must have at least 8 characters"),
        ("TRASH_DAYS", "-1", "GALLERY_TRASH_DAYS must be at least 0"),
        ("LOG_FORMAT", "xml", "GALLERY_LOG_FORMAT must be one of 'text' or 'json'"),
        ("MAX_IMAGE_BYTES", "much", "GALLERY_MAX_IMAGE_BYTES"),
    ],
)
def test_an_unusable_value_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(f"GALLERY_{name}", value)
    with pytest.raises(InvalidInput) as caught:
        load_settings()
    assert words in caught.value.detail
    if name == "ACCESS_KEY":
        assert value not in caught.value.detail


def test_a_misspelt_setting_is_named_with_the_nearest_one(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("GALLERY_STORGE", "/elsewhere")
    load_settings()
    assert "GALLERY_STORGE is not a setting" in caplog.text
    assert "Did you mean GALLERY_STORAGE?" in caplog.text
    assert "docs/settings.md" in misspelt({"GALLERY_SOMETHING_ELSE": "x"})[0]
    assert misspelt({"GALLERY_PORT": "1", "gallery_host": "x", "PATH": "/bin", "GALLERYX": "1"}) == []


def test_the_key_is_in_no_text_about_the_settings() -> None:
    settings = Settings.model_validate({"access_key": " correct horse \n"})
    assert settings.access_key is not None
    assert settings.access_key.get_secret_value() == "correct horse"
    for text in (repr(settings), str(settings), settings.model_dump_json()):
        assert "horse" not in text


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "localhost", "::1", "[::1]"])
def test_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "", "::", "192.168.1.5", "gallery.example", "localhost.example"])
def test_not_loopback(host: str) -> None:
    assert not is_loopback(host)
    with pytest.raises(InvalidInput, match="GALLERY_ACCESS_KEY"):
        load_settings(host=host).require_key_when_exposed()
    load_settings(host=host, access_key="long enough").require_key_when_exposed()


def test_default_storage_lies_in_the_checkout() -> None:
    assert Path(default_storage()) == DOCS.parents[1] / "backend" / "data" / "gallery"
