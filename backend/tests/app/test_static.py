"""The built front end: pages, files, caching, headers."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from fastapi.testclient import TestClient


@pytest.mark.parametrize("path", ["/", "/dynamic", "/dynamic/gal-1733500000-abc123", "/dynamic/gal-1/replay"])
def test_page_routes_give_the_page(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert "<title>Dynamic Gallery</title>" in answer.text
    assert answer.headers["cache-control"] == "no-cache"
    assert "script-src 'self';" in answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_what_a_sessions_page_asks_for_is_announced_with_it(client: TestClient) -> None:
    home = "/api/gallery/session/gal-1733500000-abc123"
    link = client.get("/dynamic/gal-1733500000-abc123").headers["link"]
    assert link == ", ".join(
        f"<{path}>; rel=preload; as=fetch; crossorigin" for path in (home, f"{home}/images")
    )
    for path in ("/", "/dynamic/gal-1733500000-abc123/replay", "/dynamic/gal-1%3E; x"):
        assert "link" not in client.get(path).headers


def test_assets_are_immutable_and_other_files_are_asked_for_again(client: TestClient) -> None:
    asset = client.get("/assets/main-abc123.js")
    assert asset.headers["content-type"].startswith("text/javascript")
    assert asset.headers["cache-control"] == "public, max-age=31536000, immutable"
    icon = client.get("/favicon.svg")
    assert icon.headers["content-type"] == "image/svg+xml"
    assert icon.headers["cache-control"] == "no-cache"


def test_a_known_file_is_304(client: TestClient) -> None:
    etag = client.get("/").headers["etag"]
    again = client.get("/", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_compressed_only_where_understood(client: TestClient, static_folder: Path) -> None:
    plain = client.get("/", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == (static_folder / "index.html").read_bytes()
    with client.stream("GET", "/", headers={"accept-encoding": "gzip"}) as answer:
        assert answer.headers["content-encoding"] == "gzip"
        assert gzip.decompress(b"".join(answer.iter_raw())) == plain.content


def test_a_new_build_is_seen_without_a_restart(client: TestClient, static_folder: Path) -> None:
    client.get("/")
    (static_folder / "index.html").write_text("another")
    assert client.get("/").text == "another"


def test_head(client: TestClient) -> None:
    assert client.head("/").status_code == 200


BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.parametrize("path", ["/nope", "/nope/", "/session/gal-1733500000-abc123", "/docs/more", "/apis"])
def test_an_address_of_no_page_is_404_as_a_page(client: TestClient, path: str) -> None:
    page = client.get("/", headers={"accept-encoding": "identity"})
    answer = client.get(path, headers=BROWSER | {"if-none-match": page.headers["etag"]})
    assert (answer.status_code, answer.text) == (404, page.text)
    assert answer.headers["cache-control"] == "no-cache"
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert client.head(path, headers=BROWSER).status_code == 404


@pytest.mark.parametrize(
    "path", ["/api", "/api/nope", "/api/gallery/nope", "/assets/nope.js", "/nope.png", "/a/b.js"]
)
def test_what_is_no_page_stays_a_problem(client: TestClient, path: str) -> None:
    answer = client.get(path, headers=BROWSER)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_only_whoever_asks_for_a_page_gets_one(client: TestClient, static_folder: Path) -> None:
    for answer in (client.get("/nope"), client.post("/nope", headers=BROWSER)):
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    (static_folder / "index.html").unlink()
    answer = client.get("/nope", headers=BROWSER)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../../secret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "/assets/%2e%2e/%2e%2e/secret.txt",
        "/assets/..%5c..%5csecret.txt",
        "/assets//etc/passwd",
        "/assets/%00",
        "/assets/",
        "/assets",
        "/..secret.txt",
    ],
)
def test_nothing_outside_the_folder_is_served(client: TestClient, static_folder: Path, path: str) -> None:
    (static_folder.parent / "secret.txt").write_text("secret")
    answer = client.get(path)
    assert answer.status_code == 404
    assert "secret" not in answer.text.replace("secret.txt", "")


def test_without_a_build_the_page_tells_how(client: TestClient, static_folder: Path) -> None:
    (static_folder / "index.html").unlink()
    answer = client.get("/")
    assert answer.status_code == 503
    assert "make run" in answer.text
    assert client.get("/api/gallery/sessions").status_code == 200
