"""Health, metrics, request ids, logs and errors of the whole application."""

from __future__ import annotations

import json
import logging
import re
import time

import pytest
from fastapi.testclient import TestClient

from dynamic_gallery.logs import JsonFormatter, TextFormatter

from .conftest import MakeClient, StandInStore

PROBLEM = "application/problem+json"


def test_alive_and_ready(client: TestClient, store: StandInStore) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ok"}
    store.broken = True
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert (answer.status_code, answer.headers["content-type"]) == (503, PROBLEM)
    assert int(answer.headers["retry-after"]) > 0


def test_background_work_runs_and_the_store_is_closed(client: TestClient, store: StandInStore) -> None:
    with client:
        deadline = time.monotonic() + 5
        while "purge" not in store.calls and time.monotonic() < deadline:
            time.sleep(0.01)
    assert store.calls == ["warm", "purge", "close"]


def test_metrics_count_by_route_template_and_status(client: TestClient) -> None:
    client.get("/api/gallery/session/one")
    client.get("/api/gallery/session/two")
    client.get("/api/nothing")
    text = client.get("/metrics").text
    count = "gallery_http_request_seconds_count"
    route = 'route="/api/gallery/session/{session_id}"'
    assert f'{count}{{method="GET",{route},status="200"}} 2.0' in text
    assert f'{count}{{method="GET",route="unmatched",status="404"}} 1.0' in text


@pytest.mark.parametrize(
    "path", ["/api", "/api/nothing", "/api/gallery/nothing", "/assets/none.js", "/none.txt"]
)
def test_unknown_addresses_are_404_problems(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"accept": "text/html"})
    assert (answer.status_code, answer.headers["content-type"]) == (404, PROBLEM)
    assert answer.json()["status"] == 404


def test_post_to_an_unknown_address_is_404_too(client: TestClient) -> None:
    assert client.post("/api/gallery/nothing").status_code == 404


def test_wrong_method_is_a_405_problem_that_names_the_right_one(client: TestClient) -> None:
    answer = client.put("/api/gallery/session/one")
    assert (answer.status_code, answer.headers["content-type"]) == (405, PROBLEM)
    assert answer.headers["allow"] == "GET"
    assert "GET" in answer.json()["detail"]


def test_a_bug_is_a_500_problem_with_the_request_id_and_one_traceback(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    answer = client.get("/api/gallery/broken", headers={"x-request-id": "abc-1"})
    assert (answer.status_code, answer.headers["content-type"]) == (500, PROBLEM)
    assert answer.headers["x-request-id"] == "abc-1"
    assert "abc-1" in answer.json()["detail"]
    assert "ZeroDivisionError" not in answer.text
    assert len([record for record in caplog.records if record.exc_info]) == 1


@pytest.mark.parametrize("given", ["x" * 65, "a b", "a\x7f", ""])
def test_a_request_id_that_could_do_harm_is_replaced(client: TestClient, given: str) -> None:
    assert re.fullmatch(
        "[0-9a-f]{16}", client.get("/healthz", headers={"x-request-id": given}).headers["x-request-id"]
    )


def test_query_strings_are_not_logged(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    client.get("/healthz?key=secret")
    (line,) = [record for record in caplog.records if record.name == "dynamic_gallery.access"]
    assert "/healthz 200" in line.getMessage()
    assert "secret" not in line.getMessage()


def test_a_log_line_cannot_be_forged() -> None:
    record = logging.LogRecord("x", logging.INFO, "", 0, "GET /a\nERROR \x1b[31mforged\ud800", None, None)
    for formatter in (TextFormatter(), JsonFormatter()):
        line = formatter.format(record)
        assert "\n" not in line
        assert "\x1b" not in line
        line.encode()
    assert json.loads(JsonFormatter().format(record))["level"] == "info"


def test_reference_lists_every_operation_without_scripts(client: TestClient) -> None:
    page = client.get("/docs")
    assert page.headers["content-type"].startswith("text/html")
    assert "<script" not in page.text
    for path in client.get("/openapi.json").json()["paths"]:
        assert path in page.text


def test_openapi_names_the_problem_once(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    assert document["components"]["schemas"]["Problem"]["properties"]["detail"]
    answers = document["paths"]["/api/gallery/sessions"]["get"]["responses"]
    assert answers["4XX"]["content"][PROBLEM]["schema"] == {"$ref": "#/components/schemas/Problem"}


def test_two_applications_share_nothing(make_client: MakeClient) -> None:
    first, second = make_client(), make_client()
    first.get("/api/nothing")
    assert "unmatched" in first.get("/metrics").text
    assert "unmatched" not in second.get("/metrics").text
