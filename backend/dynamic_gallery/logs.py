"""Where log lines go and how they look: text for people, or one JSON object a line."""

from __future__ import annotations

import logging
import sys
import time
from contextvars import ContextVar
from functools import lru_cache
from typing import Literal

import orjson

from dynamic_gallery.validation_words import printable

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""Id of the request being answered; "" outside of one."""

_QUIET = ("uvicorn", "uvicorn.error", "uvicorn.asgi")


class TextFormatter(logging.Formatter):
    """`12:00:00 INFO  message [request id]`."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, and a traceback below it where there is one."""
        line = f"{_clock(int(record.created))} {record.levelname:<7} {_message(record)}"
        if found := request_id.get():
            line += f" [{found}]"
        if record.exc_info:
            line += "\n" + self.formatException(record.exc_info)
        return line


class JsonFormatter(logging.Formatter):
    """One JSON object a line; what a caller passed as `extra={"facts": {…}}` is merged in."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON, always on one line."""
        entry: dict[str, object] = {
            "time": f"{_utc(int(record.created))}.{int(record.msecs):03}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        if found := request_id.get():
            entry["request_id"] = found
        entry.update(getattr(record, "facts", {}))
        if record.exc_info:
            entry["traceback"] = printable(self.formatException(record.exc_info), 20_000)
        return orjson.dumps(entry, default=str).decode()


@lru_cache(maxsize=4)
def _clock(second: int) -> str:
    return time.strftime("%H:%M:%S", time.localtime(second))


@lru_cache(maxsize=4)
def _utc(second: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(second))


def _message(record: logging.LogRecord) -> str:
    # What a client sent may be part of a message: it must not be able to forge a line of its own.
    return printable(record.getMessage(), 4_000).replace("\n", "\\n")


def configure_logging(style: Literal["text", "json"], level: str) -> None:
    """Send all log lines to standard error; replaces what was configured before."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if style == "json" else TextFormatter())
    logging.root.handlers[:] = [handler]
    logging.root.setLevel(level.upper())
    for name in _QUIET:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
        logger.setLevel(logging.DEBUG if level == "debug" else logging.WARNING)
