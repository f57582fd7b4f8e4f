"""The servers under test, each a process of its own with a storage folder of its own."""

import contextlib
import getpass
import http.client
import json
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil

START_SECONDS = 180.0


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """One server process; use it as a context manager."""

    name = "server"
    probe = "/api/gallery/sessions?limit=1"

    def __init__(self, storage: Path) -> None:
        self.storage = storage
        self.port = 0
        self.start_seconds = 0.0
        self._process: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        """What to run; ``self.port`` and ``self.storage`` are set."""
        raise NotImplementedError

    def __enter__(self) -> "Server":
        self.storage.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self._log = self.storage.with_name(f"{self.storage.name}.{self.name.replace(' ', '-')}.log")
        begun = time.perf_counter()
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(self.command(), stdout=log, stderr=log)
        self._wait(begun)
        self.start_seconds = time.perf_counter() - begun
        return self

    def _wait(self, begun: float) -> None:
        """Return as soon as the server answers its probe."""
        assert self._process is not None
        while time.perf_counter() - begun < START_SECONDS:
            with contextlib.suppress(OSError):
                if self.ask("GET", self.probe)[0] in (200, 404):
                    return
            if self._process.poll() is not None:
                break
            time.sleep(0.005)
        self.__exit__()
        raise RuntimeError(f"{self.name} did not start:\n{self._log.read_text(errors='replace')[-3000:]}")

    def __exit__(self, *_: object) -> None:
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _family(self) -> list[psutil.Process]:
        assert self._process is not None
        parent = psutil.Process(self._process.pid)
        return [parent, *parent.children(recursive=True)]

    def cpu_seconds(self) -> float:
        """CPU time used so far by the process, its threads and its children, in seconds."""
        return sum(times.user + times.system for times in (one.cpu_times() for one in self._family()))

    def settle(self) -> None:
        """Wait until the server does nothing by itself (indexing after its start), at most half a minute."""
        for _ in range(60):
            before = self.cpu_seconds()
            time.sleep(0.25)
            if self.cpu_seconds() - before < 0.02:
                return
            time.sleep(0.25)

    def ask(
        self, method: str, path: str, document: object = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """One request on a connection of its own; returns status, headers (lower case) and body."""
        conn = http.client.HTTPConnection("127.0.0.1", self.port, timeout=START_SECONDS)
        body = None if document is None else json.dumps(document)
        fields = {**({"Content-Type": "application/json"} if body else {}), **(headers or {})}
        try:
            conn.request(method, path, body, fields)
            answer = conn.getresponse()
            names = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, names, answer.read()
        finally:
            conn.close()

    def new_session(self) -> str:
        """Create a session and return its id."""
        status, _, body = self.ask("POST", "/api/gallery/sessions", {"name": "Benchmark"})
        if status not in (200, 201):
            raise RuntimeError(f"{self.name} did not create a session: {status} {body[:500]!r}")
        return str(json.loads(body)["id"])

    def drop_session(self, session_id: str) -> None:
        """Remove a session with its files."""
        self.ask("DELETE", f"/api/gallery/session/{session_id}?permanent=true")


class Gallery(Server):
    """This project, started as its users start it."""

    name = "gallery"

    def command(self) -> list[str]:
        program = Path(sys.executable).with_name("dynamic-gallery")
        return [str(program), "serve", "--port", str(self.port), "--storage", str(self.storage)]


class Naive(Server):
    """The naive reference of `naive.py`."""

    name = "naive"
    probe = "/api/gallery/session/none"

    def command(self) -> list[str]:
        options = ["--port", str(self.port), "--storage", str(self.storage)]
        return [sys.executable, "-m", "benchmarks.naive", *options]


class Nginx(Server):
    """nginx over a folder: serves its files, takes PUT into `put/`."""

    name = "nginx"
    probe = "/none"

    @staticmethod
    def installed() -> bool:
        return Nginx.program() is not None

    @staticmethod
    def program() -> str | None:
        """Where nginx is; Debian keeps it off an ordinary user's PATH."""
        return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")

    def command(self) -> list[str]:
        scratch = self.storage.with_name(f"{self.storage.name}.nginx")
        scratch.mkdir(exist_ok=True)
        words = {"scratch": scratch, "root": self.storage, "port": self.port, "user": getpass.getuser()}
        (scratch / "nginx.conf").write_text(NGINX.format(**words))
        return [
            self.program() or "nginx",
            "-e",
            str(scratch / "error.log"),
            "-c",
            str(scratch / "nginx.conf"),
        ]


NGINX = """
daemon off;
user {user};
worker_processes 1;
pid "{scratch}/nginx.pid";
error_log "{scratch}/error.log";
events {{ worker_connections 256; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000;
  types {{ image/png png; }}
  client_max_body_size 64m;
  client_body_temp_path "{scratch}/body";
  proxy_temp_path "{scratch}/proxy";
  fastcgi_temp_path "{scratch}/fastcgi";
  uwsgi_temp_path "{scratch}/uwsgi";
  scgi_temp_path "{scratch}/scgi";
  server {{
    listen 127.0.0.1:{port};
    root "{root}";
    location / {{ add_header Cache-Control "public, max-age=31536000, immutable"; }}
    location /put/ {{ dav_methods PUT; create_full_put_path on; }}
  }}
}}
"""
