"""Record the sample session, "Morning Demo", from the running program, into the package.

Usage: ``python scripts/record_sample.py [FILE]``. Everything goes through the HTTP API, as it does from the page;
only the clock is this script's own, so that ten minutes take none, and the same words give the same bytes.
"""

import base64
import io
import random
import sys
import tempfile
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from PIL import Image

from dynamic_gallery import models
from dynamic_gallery.app import create_app
from dynamic_gallery.services import beginning
from dynamic_gallery.services.archive import player
from dynamic_gallery.services.sample import SAMPLE
from dynamic_gallery.settings import Settings

BEGAN = datetime(2026, 1, 15, 8, 42, 10, tzinfo=UTC)
SESSION_ID = f"gal-{int(BEGAN.timestamp())}-sample"
LIMIT_BYTES = 8_000_000
QUALITY = 95
CANVAS_WIDTH, CARD_WIDTH, COLUMNS = 1440, 190, 6

FIRST = "Looking for elegant evening wear"
SECOND = "Looking for elegant evening wear for a terrace by the sea, when the lamps come on"
THIRD = f"{SECOND}.\nAnd something quiet for the way home through the garden."


class Clock(datetime):
    """A clock that goes on when it is told to."""

    moment = BEGAN

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        """The moment it was set to."""
        return Clock.moment.astimezone(tz)

    @classmethod
    def wait(cls, seconds: float) -> None:
        """Let time pass."""
        Clock.moment += timedelta(milliseconds=round(seconds * 1000))


class Recorder:
    """Somebody who writes, has pictures made, and hangs them."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.chance = random.Random(7)  # noqa: S311
        self.written = ""
        self.directives: list[str] = []
        self.path = f"/api/gallery/session/{SESSION_ID}"
        self.products = self._ask("GET", "/api/products")["products"]

    def record(self) -> bytes:
        """The whole morning; returns its ZIP."""
        self._ask("POST", "/api/gallery/sessions", {})
        Clock.wait(2.4)
        self.write(FIRST)
        self.save_products("product-0")
        self.make(8)
        self._ask("PATCH", self.path, {"name": "Morning Demo"})
        Clock.wait(4)
        self.move("img-003", x=3.2, y=46)
        self.write(SECOND)
        self.save_products("product-0", "product-3")
        self.make(9)
        self.take_down("img-006", put_back=True)
        self.take_down("img-012", put_back=False)
        self.move("img-010", x=60, y=330, z=2)
        self.write(THIRD)
        self.make(8)
        self.move("img-021", x=70.5, y=930, z=3)
        self.move("img-001", x=35, y=52, width=240, height=293, z=4)
        return self.client.get(f"{self.path}/export").content

    def write(self, text: str) -> None:
        """Type to the end of a text, some words at a time."""
        while self.written != text:
            rest = text[len(self.written) :]
            words = rest.split(" ")
            step = " ".join(words[: self.chance.randint(1, 3)])
            self.written += step if step == rest else f"{step} "
            Clock.wait(self.chance.uniform(1.1, 2.6))
            self._ask("PATCH", self.path, {"user_composition": self.written})
        Clock.wait(3)

    def save_products(self, *product_ids: str) -> None:
        """Put products aside."""
        self._ask("PATCH", self.path, {"saved_products": list(product_ids)})
        Clock.wait(2.2)

    def make(self, count: int) -> None:
        """Have pictures made, and hang each in the next free place."""
        asked = {"user_composition": self.written, "count": count, "used": self.directives}
        for directive in self._ask("POST", "/api/generate/directives", asked)["directives"]:
            self._make_one(directive)
        self._ask("PATCH", self.path, {"directives_used": self.directives})

    def _make_one(self, directive: str) -> None:
        number = len(self.directives) + 1
        product = self.products[number * 5 % len(self.products)]
        asked = {"user_composition": self.written, "directive": directive, "product_id": product["id"]}
        made = self._ask("POST", "/api/generate/image", {**asked, "seed": number})
        picture = smaller(base64.b64decode(made["image_data"]))
        Clock.wait(self.chance.uniform(7, 14))
        row, column = divmod(number - 1, COLUMNS)
        kept = ("directive", "product_id", "product_name", "product_brand", "generator")
        about = {name: made[name] for name in kept}
        where = {
            "x": round(2.5 + column * 16.1 + self.chance.uniform(-0.5, 0.5), 2),
            "y": round(40 + row * 285 + self.chance.uniform(-14, 14)),
            "width": CARD_WIDTH,
            "canvas_width": CANVAS_WIDTH,
        }
        body = {"image_data": base64.b64encode(picture).decode(), **about, **where}
        self._ask("POST", f"{self.path}/images", body, {"Idempotency-Key": f"sample-{number:03d}"})
        self.directives.append(directive)
        print(f"{number:2}  {len(picture) / 1000:4.0f} kB  {product['name']}: {directive}", flush=True)

    def move(self, image_id: str, **placement: float) -> None:
        """Hang a picture elsewhere."""
        Clock.wait(self.chance.uniform(2, 4))
        self._ask("PATCH", f"{self.path}/images/{image_id}", {**placement, "canvas_width": CANVAS_WIDTH})

    def take_down(self, image_id: str, *, put_back: bool) -> None:
        """Remove a picture, and perhaps think better of it."""
        Clock.wait(3.5)
        self._ask("DELETE", f"{self.path}/images/{image_id}")
        if put_back:
            Clock.wait(5)
            self._ask("POST", f"{self.path}/images/{image_id}/restore")

    def _ask(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Any:
        answer = self.client.request(method, path, json=body, headers=headers)
        if not answer.is_success:
            raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.text[:500]}")
        return answer.json() if answer.content else None


def smaller(png: bytes) -> bytes:
    """The same picture as a WebP: 25 drawings as PNG would be 30 MB."""
    output = io.BytesIO()
    Image.open(io.BytesIO(png)).save(output, "WEBP", quality=QUALITY, method=6)
    return output.getvalue()


def main(arguments: list[str]) -> int:
    """Record, write the file, and say how large it is."""
    file = Path(arguments[0]) if arguments else SAMPLE
    setattr(models, "datetime", Clock)  # noqa: B010 -- neither module exports what it imports
    setattr(beginning, "new_session_id", lambda: SESSION_ID)  # noqa: B010
    # What ships is imported, not opened: the page in it need not play.
    player.PLAYER = Path("/nonexistent")
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(storage=folder, trash_days=36_500)
        with TestClient(create_app(settings), base_url="http://127.0.0.1:8000") as client:
            data = Recorder(client).record()
    if len(data) > LIMIT_BYTES:
        print(f"{len(data):,} bytes are more than {LIMIT_BYTES:,}: lower QUALITY.", file=sys.stderr)
        return 1
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(data)
    print(f"wrote {file}: {len(data):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
