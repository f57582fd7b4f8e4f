"""SPEC H1, P4: openapi.json says what is answered, also to requests that nobody thought of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from hypothesis import strategies
from pydantic import BaseModel
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.checks import allow_header_conformance, positive_data_acceptance

from dynamic_gallery.ids import IMAGE_PATTERN, SESSION_PATTERN
from dynamic_gallery.routers.schemas import (
    ImageListOut,
    ImageOut,
    RemovedImageOut,
    SessionOut,
    SessionPageOut,
)

from .contract import document
from .gallery import Gallery, running

EXAMPLES = 10
"""Requests made up for each operation and kind: about 20 seconds for all."""

NOT_ASKED: list[Any] = [
    allow_header_conformance,  # a 405 names the methods of one route: FastAPI's habit
    positive_data_acceptance,  # that base64, cursors and ids are well-formed is more than a schema can say
]


def test_the_document_is_the_applications(gallery: Gallery) -> None:
    app: Any = gallery.client.app
    assert app.openapi() == document(), "run scripts/openapi.py"
    assert gallery.client.get("/openapi.json").json() == document()


def test_every_operation_documents_its_problems() -> None:
    for path, operations in document()["paths"].items():
        for method, operation in operations.items():
            assert operation.get("summary") or operation.get("description"), (method, path)
            if path.startswith("/api/gallery"):
                problems = operation["responses"]["4XX"]["content"]
                assert list(problems) == ["application/problem+json"], (method, path)


SESSION = "/api/gallery/session/{session_id}"
HEADERS_READ = {
    ("post", "/api/gallery/sessions"): {"idempotency-key"},
    ("get", SESSION): {"if-none-match"},
    ("patch", SESSION): {"if-match"},
    ("delete", SESSION): {"if-match"},
    ("get", f"{SESSION}/images"): {"if-none-match"},
    ("post", f"{SESSION}/images"): {"idempotency-key"},
    ("patch", f"{SESSION}/images/{{image_id}}"): {"if-match"},
    ("get", f"{SESSION}/images/{{image_id}}"): {"if-none-match", "range", "if-range"},
    ("get", f"{SESSION}/export"): {"if-none-match", "range", "if-range"},
}


def test_h7_h9_every_header_that_is_read_is_declared_and_explained() -> None:
    declared: dict[tuple[str, str], set[str]] = {}
    for path, found in document()["paths"].items():
        for method, operation in found.items():
            headers = [one for one in operation.get("parameters", []) if one["in"] == "header"]
            assert all(one.get("description") for one in headers), (method, path)
            if headers:
                declared[method, path] = {one["name"].lower() for one in headers}
    assert declared == HEADERS_READ


def test_h4_every_id_in_a_path_is_described_by_its_pattern() -> None:
    patterns = {"session_id": f"^{SESSION_PATTERN}$", "image_id": f"^{IMAGE_PATTERN}$"}
    found = {
        (method, path, one["name"]): one["schema"].get("pattern")
        for path, operations in document()["paths"].items()
        for method, operation in operations.items()
        for one in operation.get("parameters", [])
        if one["in"] == "path"
    }
    assert {place: patterns[place[2]] for place in found} == found


@pytest.mark.parametrize("model", [SessionOut, ImageOut, RemovedImageOut, ImageListOut, SessionPageOut])
def test_examples_of_whole_answers_are_answers(model: type[BaseModel]) -> None:
    examples = document()["components"]["schemas"][model.__name__]["examples"]
    for example in examples:
        assert set(example) == set(model.model_fields)
        model.model_validate_json(json.dumps(example), strict=True)


def operations() -> list[Any]:
    """Every operation of the document. Not the one that draws: each picture costs a second."""
    schema = schemathesis.openapi.from_dict(document()).exclude(path="/api/generate/image")
    found: list[Any] = list(schema.get_all_operations())
    return [one.ok() for one in found]


@pytest.fixture(scope="module")
def hunted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gallery]:
    root = tmp_path_factory.mktemp("hunted") / "gallery"
    with running(root, allowed_hosts="testserver") as gallery:
        yield gallery


@pytest.mark.parametrize("mode", list(GenerationMode), ids=["right", "wrong"])
@pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.label)
def test_h1_requests_that_nobody_thought_of(hunted: Gallery, operation: Any, mode: GenerationMode) -> None:
    session = hunted.create(name="Morning Demo")
    hunted.save(session, directive="Explore")
    operation.schema.app = operation.app = hunted.client.app

    @hypothesis.settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[hypothesis.Phase.generate],  # a failure is short enough without making it shorter
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode), known=strategies.booleans())
    def hunt(case: Case[Any], known: bool) -> None:
        if known:
            _use_what_is_there(case, session["id"])
        case.call_and_validate(excluded_checks=NOT_ASKED)

    try:
        hunt()
    except hypothesis.errors.Unsatisfiable:
        pytest.skip("nothing can be wrong with this request")
    assert hunted.get("/sessions")["damaged"] == []


def _use_what_is_there(case: Case[Any], session_id: str) -> None:
    """Ids made up are never there: use the ones that are, where ids are right at all."""
    ids = case.path_parameters
    if re.fullmatch(SESSION_PATTERN, str(ids.get("session_id", ""))):
        ids["session_id"] = session_id
    if re.fullmatch(IMAGE_PATTERN, str(ids.get("image_id", ""))):
        ids["image_id"] = "img-001"
