"""Errors as HTTP answers: one table, one JSON shape (RFC 9457), one route class.

Nothing here installs an exception handler: `GalleryRoute` turns what its own endpoints raise into
problems, so that a host application keeps its handlers and its error format for everything else.
"""

from __future__ import annotations

import inspect
import json
import math
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from http import HTTPStatus
from typing import Any, NamedTuple, TypeVar

import fastapi.routing
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from dynamic_gallery import errors
from dynamic_gallery.errors import GalleryError
from dynamic_gallery.routers.body_limit import bounded, limit_of
from dynamic_gallery.validation_words import FieldTrouble, describe, printable, sentence

PROBLEM_MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:dynamic-gallery:problem:"
RETRY_AFTER_S = 5
_CUT_OFF = "The connection ended before the whole request had arrived."


class ProblemKind(NamedTuple):
    """How one class of error looks from outside; `slug` ends the problem's type URI."""

    status: int
    title: str
    slug: str


PROBLEMS: Mapping[type[GalleryError], ProblemKind] = {
    errors.GalleryError: ProblemKind(500, "The gallery failed", "gallery-error"),
    errors.InvalidInput: ProblemKind(422, "Invalid input", "invalid-input"),
    errors.InvalidPicture: ProblemKind(422, "Broken picture", "invalid-picture"),
    errors.InvalidArchive: ProblemKind(422, "Cannot be imported", "invalid-archive"),
    errors.IdempotencyKeyReused: ProblemKind(422, "Idempotency key reused", "idempotency-key-reused"),
    errors.UnsupportedPicture: ProblemKind(415, "Not an accepted picture", "unsupported-picture"),
    errors.TooLarge: ProblemKind(413, "Too large", "too-large"),
    errors.NotFound: ProblemKind(404, "Not found", "not-found"),
    errors.Erased: ProblemKind(410, "Erased for good", "erased"),
    errors.ReadOnlyRecord: ProblemKind(409, "Written by a newer version", "read-only-record"),
    errors.VersionMismatch: ProblemKind(412, "Changed in the meantime", "version-mismatch"),
    errors.AlreadyExists: ProblemKind(409, "Already exists", "already-exists"),
    errors.DamagedData: ProblemKind(500, "Damaged data", "damaged-data"),
    errors.StorageFull: ProblemKind(507, "Storage is full", "storage-full"),
    errors.StorageUnavailable: ProblemKind(503, "Storage did not answer", "storage-unavailable"),
    errors.GenerationFailed: ProblemKind(502, "No picture was made", "generation-failed"),
    errors.GenerationRefused: ProblemKind(422, "This picture will not be made", "generation-refused"),
}
"""Every class of errors.py, once. A class without an entry of its own takes its parent's."""


class FieldProblem(BaseModel):
    """One field of the request that needs another value."""

    field: str = Field(description="Name of the field; empty for the body as a whole.")
    message: str


class Problem(BaseModel):
    """What went wrong and what to do about it (RFC 9457)."""

    type: str = Field(
        description="URI that names the kind of problem; `about:blank` for a plain HTTP status."
    )
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] | None = None


def problem_kind(error: GalleryError) -> ProblemKind:
    """The table's entry for `error`, or that of the nearest parent class."""
    return next(PROBLEMS[cls] for cls in type(error).__mro__ if cls in PROBLEMS)


def problem_response(
    problem: GalleryError | int,
    detail: str | None = None,
    *,
    fields: Iterable[FieldTrouble] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The application/problem+json answer to an error of ours, or to a plain HTTP status.

    `detail` may be left out for an error, which brings its own.
    """
    out = dict(headers or {})
    if isinstance(problem, GalleryError):
        kind = problem_kind(problem)
        detail = detail or problem.detail
        out.update(_retry_after(kind.status, getattr(problem, "retry_after", None)))
    else:
        kind = ProblemKind(problem, status_phrase(problem), "")
        out = {**_retry_after(problem, None), **out}
    return _render(kind, detail or kind.title, fields, out)


def status_phrase(status: int) -> str:
    """HTTP's own words for a status ("Not Found")."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"


def validation_response(error: RequestValidationError) -> Response:
    """The 422 for a request whose fields do not validate, each field named and explained."""
    troubles = describe(error.errors())
    return _render(PROBLEMS[errors.InvalidInput], sentence(troubles), troubles, {})


def body_errors(error: ValidationError) -> RequestValidationError:
    """`error` of a body that an endpoint validated itself, to be raised in its place (answered as 422)."""
    found = error.errors(include_url=False, include_input=False)
    return RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in found])


def response_to(request: Request, error: Exception) -> Response | None:
    """The answer to whatever an endpoint of ours may raise; None for what is not ours to answer.

    Not ours are bugs, redirects, and the HTTPException subclasses of a host application.
    """
    match error:
        case GalleryError():
            return problem_response(error)
        case RequestValidationError():
            return _wrong_content_type(request, error) or validation_response(error)
        case HTTPException() if _is_plain(error):
            return _unreadable_body(error) or _http_exception_response(error)
        case ClientDisconnect():
            return problem_response(400, _CUT_OFF)
        case _:
            return None


def _http_exception_response(error: HTTPException) -> Response:
    detail = error.detail if isinstance(error.detail, str) else json.dumps(error.detail, default=str)
    return problem_response(error.status_code, detail, headers=error.headers)


def _render(
    kind: ProblemKind, detail: str, fields: Iterable[FieldTrouble], headers: Mapping[str, str]
) -> Response:
    body: dict[str, Any] = {
        "type": TYPE_PREFIX + kind.slug if kind.slug else "about:blank",
        "title": kind.title,
        "status": kind.status,
        "detail": printable(detail),
    }
    listed = [{"field": one.field, "message": one.predicate} for one in fields]
    if listed:
        body["errors"] = listed
    content = json.dumps(body, ensure_ascii=False, allow_nan=False).encode()
    return Response(
        content,
        status_code=kind.status,
        media_type=PROBLEM_MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **headers},
    )


def _retry_after(status: int, seconds: float | None) -> dict[str, str]:
    if seconds is not None and math.isfinite(seconds):
        return {"Retry-After": str(max(1, math.ceil(seconds)))}
    if seconds is not None or status == HTTPStatus.SERVICE_UNAVAILABLE:
        return {"Retry-After": str(RETRY_AFTER_S)}
    return {}


def _problem_schema() -> dict[str, Any]:
    schema = Problem.model_json_schema()
    field_schema = schema.pop("$defs")["FieldProblem"]
    schema["properties"]["errors"] = {"type": "array", "items": field_schema, "title": "Errors"}
    return schema


PROBLEM_SCHEMA = _problem_schema()
"""JSON schema of Problem without references, so that it is valid inside any host's OpenAPI document."""


def problem_responses(*statuses: int | str) -> dict[int | str, dict[str, Any]]:
    """An entry for FastAPI's `responses=` for each status (404) or range ("4XX")."""
    content = {PROBLEM_MEDIA_TYPE: {"schema": PROBLEM_SCHEMA}}
    return {
        status: {"description": _description(status), "headers": _problem_headers(status), "content": content}
        for status in statuses
    }


def _problem_headers(status: int | str) -> dict[str, Any]:
    no_store = {"description": "`no-store`: the next answer may be another.", "schema": {"type": "string"}}
    seconds = {"description": "Seconds to wait before trying again.", "schema": {"type": "integer"}}
    failed = str(status).startswith("5")
    return {"Cache-Control": no_store, **({"Retry-After": seconds} if failed else {})}


def _description(status: int | str) -> str:
    if isinstance(status, int):
        return status_phrase(status)
    return "The request cannot be answered." if status == "4XX" else "The gallery or its storage failed."


PROBLEM_RESPONSES = problem_responses("4XX", "5XX")

BareEndpoint = Callable[[Request], Awaitable[Response]]
_Endpoint = TypeVar("_Endpoint", bound=BareEndpoint)
_BARE = "__gallery_bare__"


def bare(endpoint: _Endpoint) -> _Endpoint:
    """Mark `async def f(request: Request) -> Response` to be called without FastAPI's dependency solving.

    The mark has no effect on a route that has dependencies: those always run. Raises TypeError for
    another signature.
    """
    is_async = bool(inspect.iscoroutinefunction(endpoint))
    if not is_async or len(inspect.signature(endpoint).parameters) != 1:
        raise TypeError(f"A bare endpoint is 'async def f(request: Request) -> Response', not {endpoint!r}.")
    setattr(endpoint, _BARE, True)
    return endpoint


class GalleryRoute(APIRoute):
    """A route whose errors are problems, whatever application it is included in.

    `yield` dependencies of a host see such an error as an answer, not as an exception.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's handler, or the bare endpoint where nothing has to run before it, with errors mapped."""
        handler: BareEndpoint = self.endpoint if self._may_run_bare() else super().get_route_handler()
        most = limit_of(self.endpoint)

        async def answer(request: Request) -> Response:
            try:
                return await handler(request if most is None else bounded(request, most))
            except (GalleryError, RequestValidationError, HTTPException, ClientDisconnect) as error:
                response = response_to(request, error)
                if response is None:
                    raise
                return response

        return answer

    def _may_run_bare(self) -> bool:
        """Whether the endpoint is marked bare and neither this route nor any includer has dependencies."""
        if not getattr(self.endpoint, _BARE, False):
            return False
        # FastAPI asks for a handler once for each inclusion and hands the includer's dependencies over
        # in this variable only. Without it they are unknown: then the ordinary way is the safe one.
        variable = getattr(fastapi.routing, "_effective_route_context_var", None)
        if variable is None:
            return False
        context = variable.get()
        included = context is not None and context.original_route is self
        dependant = context.dependant if included else self.dependant
        return dependant is not None and not dependant.dependencies


def _is_plain(error: HTTPException) -> bool:
    """Whether `error` is the framework's own: subclasses and redirects of a host are the host's to answer."""
    module = type(error).__module__.partition(".")[0]
    return module in {"fastapi", "starlette"} and error.status_code >= HTTPStatus.BAD_REQUEST


def _wrong_content_type(request: Request, error: RequestValidationError) -> Response | None:
    """The 415 for a body that FastAPI did not take for JSON, where a JSON body was expected."""
    if not isinstance(error.body, bytes) or not error.body:
        return None
    sent = printable(request.headers.get("content-type", ""), 100)
    what = f"not “{sent}”" if sent else "and none was sent"
    return problem_response(415, f"The request needs Content-Type: application/json, {what}.")


def _unreadable_body(error: HTTPException) -> Response | None:
    """The answer to a body that could not be read at all, told by what FastAPI's error was caused by."""
    match error.__cause__:
        case GalleryError() as cause:
            return problem_response(cause)
        case UnicodeDecodeError():
            predicate = "is not valid UTF-8"
        case RecursionError():
            predicate = "is nested too deeply"
        case ClientDisconnect():
            return problem_response(400, _CUT_OFF)
        case ValueError():
            predicate = "holds a number with too many digits"
        case _:
            return None
    troubles = [FieldTrouble("", predicate)]
    return _render(PROBLEMS[errors.InvalidInput], sentence(troubles), troubles, {})
