"""Request ids, the access log and the metrics of requests: one pure ASGI middleware."""

from __future__ import annotations

import logging
import os
import re
import time

from prometheus_client import CollectorRegistry, Histogram
from prometheus_client.gc_collector import GCCollector
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dynamic_gallery.logs import request_id
from dynamic_gallery.routers.problems import problem_response
from dynamic_gallery.validation_words import printable

_log = logging.getLogger("dynamic_gallery.access")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_GIVEN_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_UNFORESEEN = (
    "The gallery failed in a way that nobody foresaw. The server's log tells more under request id {}. "
    "Try again; nothing that was saved before is touched."
)
_BUCKETS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The numbers of one application, in a registry of their own, so that several can live in one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=self.registry)
        self._requests = Histogram(
            "gallery_http_request_seconds",
            "Time until the last byte of the answer was handed over, by route.",
            ("method", "route", "status"),
            buckets=_BUCKETS_S,
            registry=self.registry,
        )
        self._children: dict[tuple[str, str, int], Histogram] = {}

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answered request; `route` is a template such as `/api/gallery/session/{session_id}`."""
        key = (method, route, status)
        child = self._children.get(key)
        if child is None:
            child = self._children[key] = self._requests.labels(method, route, str(status))
        child.observe(seconds)


async def unforeseen(_request: Request, _error: Exception) -> Response:
    """The answer to what nobody foresaw; whoever raised it is logged by `Observe`."""
    return problem_response(500, _words())


def _words() -> str:
    return _UNFORESEEN.format(request_id.get())


class Observe:
    """Gives every request an id, counts it and logs it once answered. Query strings are never logged.

    What nobody handled is logged with its traceback and answered as a 500 here, so that the id is in both.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 0
        raw_id = _id_of(scope)
        token = request_id.set(raw_id.decode("ascii"))

        complete = False

        async def send_with_id(message: Message) -> None:
            nonlocal status, complete
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (b"x-request-id", raw_id)]
            else:
                complete = not message.get("more_body", False)
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        except Exception:
            _log.exception("%s %s failed", scope["method"], scope["path"][:500])
            if not status:
                await problem_response(500, _words())(scope, receive, send_with_id)
            elif not complete:
                raise
        finally:
            self._done(scope, status or 499, time.perf_counter() - started)
            request_id.reset(token)

    def _done(self, scope: Scope, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._metrics.request(method, _template(scope), status, seconds)
        if _log.isEnabledFor(logging.INFO):
            _log.handle(_record(method, scope["path"][:500], status, seconds * 1000))


def _record(method: str, path: str, status: int, ms: float) -> logging.LogRecord:
    # Made by hand: looking for the calling line, as Logger.info does, costs as much as all the rest.
    path = printable(path)
    line = f"{method} {path} {status} {ms:.1f} ms"
    record = logging.LogRecord(_log.name, logging.INFO, __file__, 0, line, None, None)
    record.__dict__["facts"] = {"method": method, "path": path, "status": status, "ms": round(ms, 2)}
    return record


def _id_of(scope: Scope) -> bytes:
    """The id that a proxy gave the request, where it is harmless, else a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _GIVEN_ID.fullmatch(value):
            return bytes(value)
    return os.urandom(8).hex().encode("ascii")


def _template(scope: Scope) -> str:
    """The route's path as declared: bounded in number, unlike the paths themselves."""
    return getattr(scope.get("route"), "path", None) or "unmatched"
