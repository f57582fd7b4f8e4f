"""The guard in front of the application: a pure ASGI middleware.

Without a key only this machine is served, and only under names that mean this machine: otherwise any
web site could point its own name at 127.0.0.1 and read the gallery through the visitor's browser.
With a key everything needs it but health, the sign-in page and the front end's own files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dynamic_gallery.access.key import AccessKey, FailedTries, cookie_in
from dynamic_gallery.routers.problems import problem_response
from dynamic_gallery.settings import is_loopback

SIGN_IN = "/sign-in"
_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_ALWAYS_OPEN = frozenset({"/healthz", "/readyz", SIGN_IN})
_MACHINE_PATHS = ("/api/", "/metrics", "/openapi.json")
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]*)?")
_NOT_HERE = (
    "This gallery has no access key and therefore answers on this machine only. To reach it from "
    "elsewhere set GALLERY_ACCESS_KEY, or name the host in GALLERY_ALLOWED_HOSTS."
)


class Guard:
    """Refuses what must not get in.

    `key` None means that this machine alone is served, and `allowed_hosts` are further names for it;
    `open_paths` are the paths besides health and sign-in that need no key.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        key: AccessKey | None,
        tries: FailedTries,
        allowed_hosts: Iterable[str] = (),
        open_paths: Iterable[str] = (),
    ) -> None:
        self._app = app
        self._key = key
        self._tries = tries
        self._allowed_hosts = frozenset(name.lower() for name in allowed_hosts)
        self._open_paths = _ALWAYS_OPEN.union(open_paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        key = self._key
        refusal = self._foreign_host(scope, headers) if key is None else self._no_key(key, scope, headers)
        await (refusal or _cross_site(scope, headers) or self._app)(scope, receive, send)

    def _foreign_host(self, scope: Scope, headers: dict[bytes, bytes]) -> Response | None:
        server = scope.get("server")
        host = headers.get(b"host", b"").decode("latin-1").lower()
        name = host_name(host)
        if name in self._allowed_hosts:
            return None
        if name not in _LOCAL_NAMES:
            return problem_response(
                421, f"The host name “{host[:100]}” is not one of this gallery's. {_NOT_HERE}"
            )
        if server and server[1] is not None and not is_loopback(server[0]):
            return problem_response(403, _NOT_HERE)
        return None

    def _no_key(self, key: AccessKey, scope: Scope, headers: dict[bytes, bytes]) -> Response | None:
        path = route_path(scope)
        if path in self._open_paths or path.startswith("/assets/"):
            return None
        cookie = cookie_in(headers.get(b"cookie", b""))
        if cookie is not None and key.accepts_cookie(cookie):
            return None
        if b"authorization" in headers:
            return self._check_bearer(key, scope, headers[b"authorization"])
        if _is_page_visit(scope, path, headers):
            return _to_sign_in(scope, path)
        return _unauthorized(
            "This gallery needs its access key: send “Authorization: Bearer KEY”, or sign in."
        )

    def _check_bearer(self, key: AccessKey, scope: Scope, header: bytes) -> Response | None:
        address = client_address(scope)
        wait = self._tries.wait_s(address)
        if wait:
            return too_many_tries(wait)
        scheme, _, token = header.partition(b" ")
        if scheme.lower() == b"bearer" and key.matches(token.strip()):
            return None
        self._tries.failed(address)
        return _unauthorized("The access key is wrong. It is the value of GALLERY_ACCESS_KEY.")


def host_name(host: str) -> str:
    """The name in a Host header, without its port; "" for what is no host at all."""
    found = _HOST.fullmatch(host)
    return found[1] if found else ""


def route_path(scope: Scope) -> str:
    """The path below the application's root."""
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    return path.removeprefix(root) if root and path.startswith(root + "/") else path


def client_address(scope: Scope) -> str:
    """The address a request came from; one name for all without one."""
    client = scope.get("client")
    return str(client[0]) if client else "local"


def too_many_tries(wait_s: int) -> Response:
    """The 429 after too many wrong keys."""
    detail = f"There were too many tries with a wrong key. Try again in {wait_s} seconds."
    return problem_response(429, detail, headers={"Retry-After": str(wait_s)})


def _cross_site(scope: Scope, headers: dict[bytes, bytes]) -> Response | None:
    """The refusal of a change that another web site makes through a visitor's browser."""
    if scope["method"] in _SAFE_METHODS:
        return None
    site = headers.get(b"sec-fetch-site")
    origin = headers.get(b"origin")
    if site is not None:
        own = site in {b"same-origin", b"none"}
    else:
        own = origin is None or _same_host(origin, headers.get(b"host", b""))
    return None if own else problem_response(403, "Another web site may not change this gallery.")


def _same_host(origin: bytes, host: bytes) -> bool:
    # The schemes may differ: a proxy in front of the gallery speaks https, the gallery itself http.
    try:
        return urlsplit(origin.decode("latin-1").lower()).netloc == host.decode("latin-1").lower() != ""
    except ValueError:
        return False


def _is_page_visit(scope: Scope, path: str, headers: dict[bytes, bytes]) -> bool:
    if scope["method"] not in {"GET", "HEAD"} or path.startswith(_MACHINE_PATHS):
        return False
    return b"text/html" in headers.get(b"accept", b"")


def _to_sign_in(scope: Scope, path: str) -> Response:
    root = scope.get("root_path", "")
    target = quote(path.encode("utf-8", "replace"), safe="/")
    return RedirectResponse(f"{root}{SIGN_IN}?next={target}", 303, headers={"Cache-Control": "no-store"})


def _unauthorized(detail: str) -> Response:
    return problem_response(401, detail, headers={"WWW-Authenticate": 'Bearer realm="Dynamic Gallery"'})
