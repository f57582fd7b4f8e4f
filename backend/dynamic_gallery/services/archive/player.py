"""The page in a ZIP: the player with the recording in it, or a plain page where no player was built."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

import orjson

from ...errors import StorageUnavailable

PLAYER = Path(__file__).resolve().parents[2] / "static" / "player.html"
_PLACE = b'<script id="recording" type="application/json">null</script>'
_ESCAPES = ((b"<", b"\\u003c"), ("\u2028".encode(), b"\\u2028"), ("\u2029".encode(), b"\\u2029"))


def index_html(recording: dict[str, Any], player: Path | None = None) -> bytes:
    """A page that opens from a disk and shows the recording."""
    player = player or PLAYER
    try:
        built = player.read_bytes()
    except FileNotFoundError:
        built = b""
    except OSError as error:
        raise StorageUnavailable(f"The player {player} cannot be read: {error.strerror}.") from None
    before, place, after = built.partition(_PLACE)
    if not place:
        return _plain(recording)
    return before + _PLACE.replace(b"null", in_page(recording)) + after


def in_page(recording: dict[str, Any]) -> bytes:
    """JSON that a page may hold: nothing in it ends the script or begins a comment."""
    document = orjson.dumps(recording)
    for plain, escaped in _ESCAPES:
        document = document.replace(plain, escaped)
    return document


_STYLE = """:root { color-scheme: light dark; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.55 system-ui, sans-serif; }
h1 { font: 600 1.8rem/1.2 Georgia, serif; } ol { padding: 0; list-style: none; display: grid; gap: 2rem;
  grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr)); } figure { margin: 0; }
img { width: 100%; height: auto; border-radius: 3px; } figcaption { font-size: .92rem; }
small, footer { opacity: .75; } blockquote { white-space: pre-wrap; }"""

_POLICY = (
    "default-src 'none'; img-src 'self' file: data: https: http:; base-uri 'none'; form-action 'none'; "
    f"style-src 'sha256-{b64encode(sha256(_STYLE.encode()).digest()).decode()}'"
)


def _plain(recording: dict[str, Any]) -> bytes:
    session = recording["session"]
    name = escape(session["name"])
    figures = "\n".join(map(_figure, recording["images"]))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{name} · Dynamic Gallery</title><style>{_STYLE}</style></head><body>\n"
        f"<h1>{name}</h1>\n<p>Begun {escape(session['created_at'])}, {len(recording['images'])} pictures.</p>\n"
        f"<blockquote>{escape(session['user_composition'])}</blockquote>\n<ol>\n{figures}\n</ol>\n"
        "<footer><p>This copy was made where the player had not been built, so it shows the pictures in their order "
        "and does not play. To have one that plays, run <code>make build</code> in the checkout (or install the "
        "wheel) and export the session again, or import this file into a gallery.</p></footer>\n</body></html>\n"
    ).encode()


def _figure(image: dict[str, Any]) -> str:
    about = " · ".join(filter(None, (image["product_name"], image["product_brand"])))
    shape = (
        f' width="{image["pixel_width"]}" height="{image["pixel_height"]}"' if image["pixel_width"] else ""
    )
    return (
        f'<li><figure><img src="{escape(image["url"])}" alt="{escape(image["directive"])}" loading="lazy"{shape}>'
        f"<figcaption>{escape(image['directive'])}<br><small>{escape(about)}</small></figcaption></figure></li>"
    )
