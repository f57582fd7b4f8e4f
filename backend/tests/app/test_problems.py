"""Errors as problem documents: the table, the route class, and hosts that keep their own ways."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from fastapi import APIRouter, Depends, FastAPI, HTTPException
from fastapi.testclient import TestClient
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from dynamic_gallery import errors
from dynamic_gallery.errors import GalleryError, GenerationFailed, GenerationRefused
from dynamic_gallery.routers.problems import (
    PROBLEM_RESPONSES,
    PROBLEMS,
    GalleryRoute,
    Problem,
    bare,
    body_errors,
    problem_kind,
    problem_response,
)

PROBLEM = "application/problem+json"


def all_errors(cls: type[GalleryError] = GalleryError) -> Iterator[type[GalleryError]]:
    yield cls
    for child in cls.__subclasses__():
        yield from all_errors(child)


class Placement(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    name: str = Field(min_length=1, max_length=10)
    width: float = Field(ge=0, allow_inf_nan=False)
    tags: list[str] = []
    count: int | None = None

    @field_validator("name")
    @classmethod
    def not_bad(cls, value: str) -> str:
        if value == "bad":
            raise ValueError("must not be bad")
        return value


@bare
async def bare_endpoint(request: Request) -> Response:
    match request.path_params["name"]:
        case "error":
            raise errors.NotFound("It is gone.")
        case "body":
            try:
                Placement.model_validate_json('{"name": 1, "width": -1}')
            except ValidationError as error:
                raise body_errors(error) from None
        case "disconnect":
            raise ClientDisconnect
    return JSONResponse({"bare": True})


def make_router(**options: Any) -> APIRouter:
    router = APIRouter(
        prefix="/api/gallery", route_class=GalleryRoute, responses=PROBLEM_RESPONSES, **options
    )

    @router.post("/place")
    def place(body: Placement) -> Placement:
        return body

    @router.get("/page")
    def page(limit: Annotated[int, Field(ge=1, le=200)] = 50) -> int:
        return limit

    @router.get("/raise/{name}")
    def raise_named(name: str) -> None:
        match name:
            case "http":
                raise HTTPException(418, "Teapot.", headers={"X-Tea": "green"})
            case "bug":
                raise ZeroDivisionError
            case _:
                raise getattr(errors, name)("What to do.")

    router.get("/bare/{name}")(bare_endpoint)
    return router


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()
    app.include_router(make_router())
    return TestClient(app, raise_server_exceptions=False)


def test_every_error_of_the_tree_is_in_the_table_and_no_other() -> None:
    ours = {cls for cls in all_errors() if cls.__module__ == errors.__name__}
    assert set(PROBLEMS) == ours
    slugs = [kind.slug for kind in PROBLEMS.values()]
    assert len(set(slugs)) == len(slugs)


def test_a_class_that_somebody_adds_takes_its_parents_entry() -> None:
    class Vanished(errors.NotFound):
        pass

    assert problem_kind(Vanished("x")).status == 404


@pytest.mark.parametrize("cls", list(PROBLEMS))
def test_each_error_becomes_its_problem(client: TestClient, cls: type[GalleryError]) -> None:
    answer = client.get(f"/api/gallery/raise/{cls.__name__}")
    assert answer.status_code == PROBLEMS[cls].status
    assert answer.headers["content-type"] == PROBLEM
    problem = Problem.model_validate_json(answer.content)
    assert (problem.status, problem.title) == (PROBLEMS[cls].status, PROBLEMS[cls].title)
    assert problem.detail == "What to do."
    assert ("retry-after" in answer.headers) == (problem.status == 503)


@pytest.mark.parametrize(("seconds", "header"), [(2.1, "3"), (0, "1"), (float("inf"), "5"), (None, None)])
def test_a_generator_says_when_to_try_again(seconds: float | None, header: str | None) -> None:
    for cls in (GenerationFailed, GenerationRefused):
        assert problem_response(cls("x", retry_after=seconds)).headers.get("retry-after") == header


def test_a_plain_http_exception_keeps_status_and_headers(client: TestClient) -> None:
    answer = client.get("/api/gallery/raise/http")
    assert (answer.status_code, answer.headers["x-tea"]) == (418, "green")
    assert answer.json() == {
        "type": "about:blank",
        "title": "I'm a Teapot",
        "status": 418,
        "detail": "Teapot.",
    }


def test_a_bug_is_left_to_the_host(client: TestClient) -> None:
    answer = client.get("/api/gallery/raise/bug")
    assert (answer.status_code, answer.text) == (500, "Internal Server Error")


BAD_BODIES = [
    (b"", "", "is required"),
    (b"{", "", "is not valid JSON"),
    (b'{"name": "\xff"}', "", "is not valid UTF-8"),
    (b"[" * 100_000, "", "is nested too deeply"),
    (b'{"width": 1' + b"0" * 5_000 + b"}", "", "too many digits"),
    (b'{"name": "a"}', "width", "is required"),
    (b'{"name": true, "width": 1}', "name", "must be text"),
    (b'{"name": "", "width": 1}', "name", "must have at least 1 character"),
    (b'{"name": "' + b"a" * 11 + b'", "width": 1}', "name", "must have at most 10 characters"),
    (b'{"name": "bad", "width": 1}', "name", "must not be bad"),
    (b'{"name": "a", "width": "3"}', "width", "must be a number"),
    (b'{"name": "a", "width": NaN}', "width", "must be a finite number"),
    (b'{"name": "a", "width": 1e999}', "width", "must be a finite number"),
    (b'{"name": "a", "width": -1}', "width", "must be at least 0"),
    (b'{"name": "a", "width": 1, "count": 1.5}', "count", "must be a whole number"),
    (b'{"name": "a", "width": 1, "tags": ["x", 2]}', "tags[1]", "must be text"),
    (b'{"name": "a", "width": 1, "tags": "x"}', "tags", "must be a list"),
    (b'{"name": "a", "width": 1, "nmae": 1}', "nmae", "is not a field of this request"),
    (b"[]", "", "must be a JSON object"),
]


@pytest.mark.parametrize(("body", "field", "message"), BAD_BODIES, ids=[text for _, _, text in BAD_BODIES])
def test_bad_bodies_are_422_with_the_field_in_plain_words(
    client: TestClient, body: bytes, field: str, message: str
) -> None:
    answer = client.post("/api/gallery/place", content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (422, PROBLEM)
    (found,) = answer.json()["errors"]
    assert found["field"] == field
    assert message in found["message"]
    assert found["message"] in answer.json()["detail"]


@pytest.mark.parametrize(
    "value", ["-1", "0", "1e3", "99999999999999999999", "1" * 5_000, "\x00", "null", "true"]
)
def test_bad_query_values_are_422(client: TestClient, value: str) -> None:
    answer = client.get("/api/gallery/page", params={"limit": value})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "limit"
    assert len(answer.content) < 1_000


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "", "\udcff;;"])
def test_another_content_type_is_415(client: TestClient, content_type: str) -> None:
    header = content_type.encode("utf-8", "surrogateescape")
    answer = client.post(
        "/api/gallery/place", content=b'{"name":"a","width":1}', headers={b"content-type": header}
    )
    assert (answer.status_code, answer.headers["content-type"]) == (415, PROBLEM)
    assert "application/json" in answer.json()["detail"]


HOSTILE_NAMES = ["\ud800", "\x00", "k" * 1_000_000, "\u202e", "\n\r", '"}', "\udfff\udbff"]


@pytest.mark.parametrize("name", HOSTILE_NAMES, ids=range(len(HOSTILE_NAMES)))
def test_what_is_repeated_is_bounded_and_valid_json(client: TestClient, name: str) -> None:
    body = json.dumps({"name": "a", "width": 1, name: 1})
    answer = client.post("/api/gallery/place", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert len(answer.content) < 4_000
    json.loads(answer.content.decode("utf-8", "strict")).get("detail").encode("utf-8", "strict")


def test_many_wrong_fields_are_cut_to_the_first_ones(client: TestClient) -> None:
    body = {"name": "a", "width": 1, "tags": [1] * 10_000}
    answer = client.post("/api/gallery/place", json=body)
    assert len(answer.json()["errors"]) == 20
    assert len(answer.content) < 4_000


@pytest.mark.parametrize("detail", ["\ud800 and \x00", "long " * 100_000])
def test_any_detail_makes_a_valid_document(detail: str) -> None:
    content = bytes(problem_response(errors.NotFound(detail)).body)
    assert len(content) < 4_000
    assert "\x00" not in json.loads(content.decode())["detail"]


def test_bare_endpoints_answer_and_their_errors_are_problems(client: TestClient) -> None:
    assert client.get("/api/gallery/bare/x").json()["bare"]
    assert client.get("/api/gallery/bare/error").json()["detail"] == "It is gone."
    assert client.get("/api/gallery/bare/disconnect").status_code == 400
    found = client.get("/api/gallery/bare/body").json()["errors"]
    assert [one["field"] for one in found] == ["name", "width"]


def test_bare_skips_dependency_solving(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(**_: object) -> None:
        raise AssertionError("dependencies were solved")

    monkeypatch.setattr("fastapi.routing.solve_dependencies", never)
    assert client.get("/api/gallery/bare/x").status_code == 200
    assert client.get("/api/gallery/page").status_code == 500


def no_entry(request: Request) -> None:
    if request.headers.get("x-user") != "ada":
        raise HTTPException(401, "Who are you?", headers={"WWW-Authenticate": "Custom"})


def hosts() -> Iterator[Any]:
    guard = [Depends(no_entry)]

    app = FastAPI()
    app.include_router(make_router(), dependencies=guard)
    yield pytest.param(app, "", id="include_router")

    app = FastAPI(dependencies=guard)
    app.include_router(make_router())
    yield pytest.param(app, "", id="app")

    app = FastAPI()
    app.include_router(make_router(dependencies=guard))
    yield pytest.param(app, "", id="own router")

    app, outer = FastAPI(), APIRouter(prefix="/outer", dependencies=guard)
    outer.include_router(make_router())
    app.include_router(outer, prefix="/more")
    yield pytest.param(app, "/more/outer", id="nested")

    app, inner = FastAPI(), FastAPI(dependencies=guard)
    inner.include_router(make_router())
    app.mount("/mounted", inner)
    yield pytest.param(app, "/mounted", id="mounted")

    router, app = make_router(), FastAPI()
    app.include_router(router, prefix="/free")
    app.include_router(router, prefix="/guarded", dependencies=guard)
    yield pytest.param(app, "/guarded", id="included twice")

    router, app = make_router(), FastAPI()
    app.include_router(router, prefix="/guarded", dependencies=guard)
    app.include_router(router, prefix="/free")
    yield pytest.param(app, "/guarded", id="included twice, guarded first")


@pytest.mark.parametrize(("app", "prefix"), list(hosts()))
@pytest.mark.parametrize("path", ["/bare/x", "/page"])
def test_a_hosts_dependencies_always_run(app: FastAPI, prefix: str, path: str) -> None:
    client = TestClient(app)
    url = f"{prefix}/api/gallery{path}"
    refused = client.get(url)
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Custom")
    assert client.get(url, headers={"x-user": "ada"}).status_code == 200


def test_bare_refuses_another_signature() -> None:
    with pytest.raises(TypeError):
        bare(lambda request: request)


def test_a_hosts_handlers_and_errors_are_left_alone() -> None:
    class HostsOwn(HTTPException):
        pass

    def hosts_dependency() -> None:
        raise HostsOwn(403)

    app = FastAPI()
    before = dict(app.exception_handlers)
    app.include_router(make_router(), dependencies=[Depends(hosts_dependency)])
    assert app.exception_handlers == before

    @app.exception_handler(HostsOwn)
    def handle(_: Request, __: Exception) -> Response:
        return Response("the host's words", 403)

    @app.get("/own")
    def own(limit: int) -> int:
        return limit

    client = TestClient(app)
    assert client.get("/api/gallery/page").text == "the host's words"
    assert client.get("/own?limit=x").json()["detail"][0]["type"] == "int_parsing"
