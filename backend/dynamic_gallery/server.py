"""Runs the application under uvicorn: bind, open, say where, serve, leave cleanly."""

from __future__ import annotations

import errno
import signal
import socket
import sys
import threading
import webbrowser
from types import FrameType
from typing import NoReturn

import uvicorn

from dynamic_gallery.app import create_app
from dynamic_gallery.errors import InvalidInput
from dynamic_gallery.settings import Settings

LEAVE_WITHIN_S = 8
"""An open event stream or a slow upload is cut after this long, or the process would never end."""


def run_server(settings: Settings, *, show: str = "", in_browser: bool = False) -> None:
    """Serve until SIGTERM or SIGINT, then end the process with code 0.

    With `show`, say where that path is once it is served, and open it in a browser if so wished.
    Raises InvalidInput when the address cannot be listened on, and whatever `create_app` raises.
    """
    listener = bind(settings.host, settings.port)
    app = create_app(settings)
    config = uvicorn.Config(
        app,
        loop="uvloop",
        http="httptools",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=LEAVE_WITHIN_S,
    )
    kept_in = app.state.store.location
    announcement = f"Dynamic Gallery is running on {url_of(listener)}, pictures are kept in {kept_in}"
    page = f"{url_of(listener)}{show}" if show else ""
    server = _Announcing(config, f"{announcement}\nThe sample is at {page}" if page else announcement)
    if page and in_browser:
        server.page = page
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)  # uvicorn raises the signal again once everything is closed
    try:
        server.run(sockets=[listener])
    except OSError as error:
        raise _cannot_listen(settings.host, settings.port, error) from None


def bind(host: str, port: int) -> socket.socket:
    """A socket bound to the address, not listening yet. Raises InvalidInput when that cannot be."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as error:
        raise InvalidInput(f"Cannot listen on {host}: {error}.") from None
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise _cannot_listen(host, port, error) from None
    return listener


def url_of(listener: socket.socket) -> str:
    """The address people type, with the port that was really given."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _cannot_listen(host: str, port: int, error: OSError) -> InvalidInput:
    if error.errno == errno.EADDRINUSE:
        return InvalidInput(
            f"Port {port} on {host} is in use by another program; "
            "stop it, or choose another port with --port."
        )
    if error.errno == errno.EACCES:
        return InvalidInput(f"Port {port} may not be used by this user; choose one above 1023 with --port.")
    return InvalidInput(f"Cannot listen on {host}, port {port}: {error.strerror}.")


def _leave(_number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(0)


class _Announcing(uvicorn.Server):
    """A server that says where it is once it really listens."""

    def __init__(self, config: uvicorn.Config, announcement: str) -> None:
        super().__init__(config)
        self._announcement = announcement
        self.page = ""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            print(self._announcement, flush=True)
            if self.page:
                # Some browsers keep the caller waiting.
                threading.Thread(target=webbrowser.open, args=[self.page], daemon=True).start()
