"""Serves the built front end from a folder: `index.html` for the page routes, files as they are."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dynamic_gallery.ids import SESSION_PATTERN
from dynamic_gallery.page import SECURITY_HEADERS, plain_page

STATIC_FOLDER = Path(__file__).parent / "static"
PAGE_ROUTES = ("/", "/dynamic", "/dynamic/{rest:path}")
_NO_PAGES = ("/api/", "/assets/")
_FOREVER = "public, max-age=31536000, immutable"
_PART = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*")
_COMPRESSED_TYPES = ("text/", "application/json", "image/svg+xml", "application/manifest+json")
_MIN_COMPRESSED_BYTES = 1_000
_SESSION_PAGE = re.compile(rf"/dynamic/({SESSION_PATTERN})")
_AHEAD = (
    "</api/gallery/session/{id}>; rel=preload; as=fetch; crossorigin, "
    "</api/gallery/session/{id}/images>; rel=preload; as=fetch; crossorigin"
)
"""What a session's page will ask for; the browser need not wait for the page's scripts to ask."""

_NOT_BUILT = """<h1>The pages are not built yet</h1>
<p>The gallery itself is running, and its <a href="{root}/docs">API</a> answers. Its pages come from the front
end, which has to be built once:</p>
<pre>make run</pre>
<p>builds it and starts the gallery again. A wheel brings the pages along and needs no Node.js.</p>"""


class _FileName(Convertor[str]):
    """One path segment that looks like a file (`favicon.svg`), so that no API path can be meant."""

    regex = r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("gallery_file", _FileName())


@dataclass(frozen=True, slots=True)
class _File:
    """One file in memory, with the facts that tell whether it has changed on disk."""

    stamp: tuple[int, int]
    content: bytes
    compressed: bytes | None
    media_type: str
    etag: str


class FrontEnd:
    """The files of one built front end; each is read once and again when it changes on disk."""

    def __init__(self, folder: Path = STATIC_FOLDER) -> None:
        self._folder = folder
        self._files: dict[str, _File] = {}

    def routes(self) -> list[Route]:
        """The page routes and the files; none of them can match an API path."""
        pages = [Route(path, self._page, methods=["GET"], include_in_schema=False) for path in PAGE_ROUTES]
        return [
            *pages,
            Route("/assets/{name:path}", self._asset, methods=["GET"], include_in_schema=False),
            Route("/{name:gallery_file}", self._other_file, methods=["GET"], include_in_schema=False),
        ]

    def public_paths(self) -> list[str]:
        """The paths of the files beside `index.html` (icon, theme): nothing in them is worth a key."""
        if not self._folder.is_dir():
            return []
        return [
            f"/{path.name}" for path in self._folder.iterdir() if path.is_file() and path.name != "index.html"
        ]

    async def no_such_page(self, request: Request) -> Response | None:
        """The page, which says itself that there is nothing at this address; None where no page was asked for."""
        path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
        wants_page = request.method in ("GET", "HEAD") and "text/html" in request.headers.get("accept", "")
        if not wants_page or f"{path}/".startswith(_NO_PAGES) or "." in path.rpartition("/")[2]:
            return None
        page = await run_in_threadpool(self._read, "index.html")
        return _answer(request, page, "no-cache", status=404) if page is not None else None

    async def _page(self, request: Request) -> Response:
        page = await run_in_threadpool(self._read, "index.html")
        if page is None:
            return plain_page(
                "Not built yet", _NOT_BUILT.format(root=request.scope.get("root_path", "")), status=503
            )
        answer = _answer(request, page, "no-cache")
        found = _SESSION_PAGE.fullmatch(request.url.path)
        if found is not None:
            answer.headers["Link"] = _AHEAD.format(id=found[1])
        return answer

    async def _asset(self, request: Request) -> Response:
        return await self._file(request, "assets/" + request.path_params["name"], _FOREVER)

    async def _other_file(self, request: Request) -> Response:
        return await self._file(request, request.path_params["name"], "no-cache")

    async def _file(self, request: Request, name: str, cache_control: str) -> Response:
        found = await run_in_threadpool(self._read, name)
        if found is None:
            raise HTTPException(404, "There is no such file in the front end.")
        return _answer(request, found, cache_control)

    def _read(self, name: str) -> _File | None:
        if not all(_PART.fullmatch(part) for part in name.split("/")):
            return None  # ".", "..", "", a backslash or NUL: never part of a built file's name
        path = self._folder / name
        try:
            facts = path.stat()
            stamp = (facts.st_mtime_ns, facts.st_size)
            known = self._files.get(name)
            if known is None or known.stamp != stamp:
                known = self._files[name] = _load(path, stamp)
        except OSError:
            self._files.pop(name, None)
            return None
        return known


def _load(path: Path, stamp: tuple[int, int]) -> _File:
    content = path.read_bytes()
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    compressed = None
    if media_type.startswith(_COMPRESSED_TYPES) and len(content) >= _MIN_COMPRESSED_BYTES:
        compressed = gzip.compress(content, 6, mtime=0)
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    return _File(stamp, content, compressed, media_type, etag)


def _answer(request: Request, file: _File, cache_control: str, *, status: int = 200) -> Response:
    headers = {
        **SECURITY_HEADERS,
        "Cache-Control": cache_control,
        "ETag": file.etag,
        "Vary": "Accept-Encoding",
    }
    if status == 200 and file.etag in request.headers.get("if-none-match", "").replace("W/", "").split(", "):
        return Response(status_code=304, headers=headers)
    content = file.content
    if file.compressed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        content = file.compressed
        headers["Content-Encoding"] = "gzip"
        headers["ETag"] = "W/" + file.etag  # the compressed bytes are the same file, not the same bytes
    return Response(content, status, headers=headers, media_type=file.media_type)
