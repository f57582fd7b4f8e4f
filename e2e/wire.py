"""The network between a browser and the server, which can be cut at the worst moment."""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import re
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SAVE = re.compile(r"^/api/gallery/session/[^/]+/images$")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}


class Wire:
    """Passes requests on to a server; what is on the wire can be held, cut or lost."""

    def __init__(self, server_port: int) -> None:
        self.server_port = server_port
        #: Requests that never reach the server, by method and path.
        self.is_cut: Callable[[str, str], bool] = lambda _method, _path: False
        #: How many of the next answers to saves are lost after the server stored the picture.
        self.answers_to_lose = 0
        #: How many of the next sessions are created without the answer being heard.
        self.creations_to_lose = 0
        #: Saves wait here before they reach the server.
        self.gate = threading.Event()
        self.gate.set()
        #: The idempotency key of every save that was tried, in order.
        self.tried: list[str] = []
        #: The keys of the saves that reached the server.
        self.reached: list[str] = []
        #: sha256 of every picture that was made.
        self.made: list[str] = []
        self._lock = threading.Lock()
        verbs = {f"do_{method}": _Passing.pass_on for method in METHODS}
        handler = type("Passing", (_Passing,), {"wire": self, **verbs})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.gate.set()
        self._http.shutdown()
        self._http.server_close()

    def cut_saves(self, after: int = 0) -> None:
        """Lets so many more saves through, and no further ones."""
        passed = 0

        def is_cut(method: str, path: str) -> bool:
            nonlocal passed
            if method != "POST" or not (SAVE.match(path) or path == "/api/gallery/sessions"):
                return False
            with self._lock:
                passed += SAVE.match(path) is not None
                return passed > after

        self.is_cut = is_cut

    def mend(self) -> None:
        self.is_cut = lambda _method, _path: False

    def loses(self, method: str, path: str) -> bool:
        """Whether the answer to this request is lost."""
        with self._lock:
            if method == "POST" and SAVE.match(path) and self.answers_to_lose > 0:
                self.answers_to_lose -= 1
                return True
            if method == "POST" and path == "/api/gallery/sessions" and self.creations_to_lose > 0:
                self.creations_to_lose -= 1
                return True
            return False


class _Passing(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wire: Wire

    def pass_on(self) -> None:
        wire = self.wire
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = self.path.partition("?")[0]
        is_save = self.command == "POST" and SAVE.match(path) is not None
        key = self.headers.get("Idempotency-Key", "")
        if is_save:
            wire.tried.append(key)
            wire.gate.wait(60)
        if wire.is_cut(self.command, path):
            self._hang_up()
            return
        try:
            answer, content = self._ask(body)
        except OSError:
            self._hang_up()
            return
        if is_save:
            wire.reached.append(key)
        if path == "/api/generate/image" and answer.status == 200:
            picture = base64.b64decode(json.loads(content)["image_data"])
            wire.made.append(hashlib.sha256(picture).hexdigest())
        if wire.loses(self.command, path):
            self._hang_up()
            return
        self._answer(answer, content)

    def _ask(self, body: bytes) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.wire.server_port, timeout=60)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
        connection.request(self.command, self.path, body or None, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer, content

    def _answer(self, answer: http.client.HTTPResponse, content: bytes) -> None:
        try:
            self.send_response(answer.status, answer.reason)
            for name, value in answer.getheaders():
                if name.lower() not in HOP | {"server", "date"}:
                    self.send_header(name, value)
            if answer.status not in (204, 304):
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        except OSError:
            self.close_connection = True  # the page is gone

    def _hang_up(self) -> None:
        self.close_connection = True
        self.connection.close()

    def log_message(self, *_: Any) -> None:
        pass
