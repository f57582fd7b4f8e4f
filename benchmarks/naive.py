"""The naive reference: the plan taken at its word, written in an afternoon. The yardstick: keep it honest.

A pydantic body, base64 from the standard library, a plain write, `sessions.json` and `metadata.json` written
again on each change, `FileResponse`. Nothing is synced, nothing is cached, and nothing is slowed on purpose.

Run it with ``python -m benchmarks.naive --port N --storage DIR``.
"""

import argparse
import base64
import json
import secrets
import shutil
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, HTTPException
from fastapi.responses import FileResponse, RedirectResponse
from pydantic import BaseModel


class NewSession(BaseModel):
    name: str = ""
    user_composition: str = ""
    saved_products: list[str] = []
    directives_used: list[str] = []


class NewImage(BaseModel):
    image_data: str | None = None
    image_url: str | None = None
    directive: str
    product_id: str
    product_name: str
    product_brand: str
    x: float
    y: float
    width: float
    height: float


class Store:
    """`sessions.json` with all sessions, one folder a session with `metadata.json` and its pictures."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.lock = threading.Lock()
        self.index = root / "sessions.json"
        root.mkdir(parents=True, exist_ok=True)
        if not self.index.exists():
            self.write(self.index, [])

    def read(self, path: Path) -> Any:
        return json.loads(path.read_text())

    def write(self, path: Path, document: object) -> None:
        path.write_text(json.dumps(document, indent=2))

    def folder(self, session_id: str) -> Path:
        path = self.root / session_id
        if not path.is_dir():
            raise HTTPException(404, "Session not found")
        return path

    def sessions(self) -> list[dict[str, Any]]:
        sessions: list[dict[str, Any]] = self.read(self.index)
        return sessions

    def metadata(self, session_id: str) -> dict[str, Any]:
        document: dict[str, Any] = self.read(self.folder(session_id) / "metadata.json")
        return document

    def create(self, new: NewSession) -> dict[str, Any]:
        now = datetime.now(UTC).isoformat()
        session_id = f"gal-{int(time.time())}-{secrets.token_hex(3)}"
        session = {
            "id": session_id,
            **new.model_dump(),
            "created_at": now,
            "updated_at": now,
            "image_count": 0,
        }
        with self.lock:
            (self.root / session_id).mkdir()
            self.write(self.root / session_id / "metadata.json", {**session, "images": []})
            self.write(self.index, [*self.sessions(), session])
        return session

    def delete(self, session_id: str) -> None:
        with self.lock:
            shutil.rmtree(self.folder(session_id))
            self.write(self.index, [s for s in self.sessions() if s["id"] != session_id])

    def save(self, session_id: str, new: NewImage) -> dict[str, Any]:
        data = base64.b64decode(new.image_data, validate=True) if new.image_data else None
        with self.lock:
            folder = self.folder(session_id)
            metadata = self.metadata(session_id)
            number = len(metadata["images"]) + 1
            now = datetime.now(UTC).isoformat()
            image = {
                "id": f"img-{number:03}",
                "session_id": session_id,
                "filename": f"img_{number:03}.png",
                "url": f"/api/gallery/session/{session_id}/images/img-{number:03}",
                "created_at": now,
                **new.model_dump(exclude={"image_data"}),
            }
            if data is not None:
                (folder / f"img_{number:03}.png").write_bytes(data)
            metadata["images"].append(image)
            metadata["image_count"], metadata["updated_at"] = number, now
            self.write(folder / "metadata.json", metadata)
            sessions = self.sessions()
            for session in sessions:
                if session["id"] == session_id:
                    session["image_count"], session["updated_at"] = number, now
            self.write(self.index, sessions)
        return image


def create_app(root: Path) -> FastAPI:  # noqa: C901
    app = FastAPI()
    store = Store(root)

    @app.get("/api/gallery/sessions")
    def list_sessions() -> list[dict[str, Any]]:
        return store.sessions()

    @app.post("/api/gallery/sessions")
    def create_session(new: NewSession) -> dict[str, Any]:
        return store.create(new)

    @app.get("/api/gallery/session/{session_id}")
    def get_session(session_id: str) -> dict[str, Any]:
        return {key: value for key, value in store.metadata(session_id).items() if key != "images"}

    @app.delete("/api/gallery/session/{session_id}")
    def delete_session(session_id: str) -> dict[str, str]:
        store.delete(session_id)
        return {"status": "deleted"}

    @app.get("/api/gallery/session/{session_id}/images")
    def list_images(session_id: str) -> dict[str, Any]:
        return {"session_id": session_id, "images": store.metadata(session_id)["images"]}

    @app.post("/api/gallery/session/{session_id}/images")
    def save_image(session_id: str, new: NewImage) -> dict[str, Any]:
        return store.save(session_id, new)

    @app.get("/api/gallery/session/{session_id}/images/{image_id}", response_model=None)
    def get_image(session_id: str, image_id: str) -> FileResponse | RedirectResponse:
        path = store.folder(session_id) / f"{image_id.replace('-', '_')}.png"
        if path.is_file():
            return FileResponse(path, media_type="image/png")
        for image in store.metadata(session_id)["images"]:
            if image["id"] == image_id and image["image_url"]:
                return RedirectResponse(image["image_url"])
        raise HTTPException(404, "Image not found")

    return app


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--storage", type=Path, required=True)
    options = parser.parse_args()
    uvicorn.run(create_app(options.storage), port=options.port, log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
