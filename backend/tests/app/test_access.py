"""SPEC H16: who gets in: the Host check without a key, the key with one, and no change from another web site."""

from __future__ import annotations

import re
import time
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from dynamic_gallery.access.key import COOKIE, AccessKey, FailedTries
from dynamic_gallery.access.sign_in import local_path
from dynamic_gallery.app import create_app
from dynamic_gallery.errors import InvalidInput
from dynamic_gallery.settings import Settings

from .conftest import LOCAL, MakeClient

KEY = "correct horse ünicode"
BEARER = {b"authorization": f"Bearer {KEY}".encode()}
SESSIONS = "/api/gallery/sessions"
PAGE = {"accept": "text/html,*/*"}
FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture
def locked(make_client: MakeClient) -> TestClient:
    return make_client(access_key=KEY)


def sign_in(client: TestClient, key: str = KEY, target: str = "/", **headers: str) -> str:
    """Sign in and return the Set-Cookie header."""
    body = f"key={quote(key)}&next={quote(target)}"
    answer = client.post("/sign-in", content=body, headers={**FORM, **headers})
    assert answer.status_code == 303, answer.text
    return answer.headers["set-cookie"]


# Without a key


@pytest.mark.parametrize("host", ["localhost", "localhost:1", "127.0.0.1:8000", "[::1]:8000", "LocalHost"])
def test_names_of_this_machine_are_served(client: TestClient, host: str) -> None:
    assert client.get(SESSIONS, headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example:8000",
        "",
        "evil@localhost:1",
        "[::1].evil",
    ],
)
@pytest.mark.parametrize("path", [SESSIONS, "/", "/healthz", "/metrics", "/docs"])
def test_other_names_are_refused(client: TestClient, host: str, path: str) -> None:
    answer = client.get(path, headers={"host": host})
    assert (answer.status_code, answer.headers["content-type"]) == (421, "application/problem+json")
    assert "GALLERY_ALLOWED_HOSTS" in answer.json()["detail"]


def test_further_names_are_served(make_client: MakeClient) -> None:
    client = make_client(allowed_hosts="Gallery.example, other.example")
    assert client.get(SESSIONS, headers={"host": "gallery.EXAMPLE:99"}).status_code == 200
    assert client.get(SESSIONS, headers={"host": "third.example"}).status_code == 421


def test_a_connection_from_elsewhere_is_refused_whatever_name_it_gives(make_client: MakeClient) -> None:
    client = make_client("http://192.168.1.5:8000")
    assert client.get(SESSIONS, headers={"host": "localhost"}).status_code == 403


def test_the_application_does_not_start_exposed_without_a_key() -> None:
    with pytest.raises(InvalidInput, match="GALLERY_ACCESS_KEY"):
        create_app(Settings(host="0.0.0.0"))


# Changes from other web sites

CROSS_SITE = [
    {"origin": "http://evil.example"},
    {"origin": "http://127.0.0.1:9"},
    {"origin": "null"},
    {"origin": "http://[::1"},
    {"origin": "http://localhost:8000"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1:8000"},
]


@pytest.mark.parametrize("headers", CROSS_SITE)
def test_changes_from_another_site_are_refused(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.post(SESSIONS, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (403, "application/problem+json")
    assert client.get(SESSIONS, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{}, {"origin": LOCAL}, {"sec-fetch-site": "same-origin", "origin": LOCAL}, {"sec-fetch-site": "none"}],
)
def test_changes_from_here_are_made(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post(SESSIONS, headers=headers).status_code == 201


def test_the_cookie_does_not_help_another_site(locked: TestClient) -> None:
    sign_in(locked)
    assert locked.post(SESSIONS).status_code == 201
    assert locked.post(SESSIONS, headers={"origin": "http://evil.example"}).status_code == 403


# With a key


@pytest.mark.parametrize(
    "path", [SESSIONS, "/metrics", "/openapi.json", "/api/nothing", "/nothing", "//api", "/docs"]
)
def test_without_the_key_nothing_is_told(locked: TestClient, path: str) -> None:
    answer = locked.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "path", ["/healthz", "/readyz", "/assets/main-abc123.js", "/favicon.svg", "/sign-in"]
)
def test_what_is_open(locked: TestClient, path: str) -> None:
    assert locked.get(path).status_code == 200


@pytest.mark.parametrize(
    "path", ["/index.html", "/assets/../api/gallery/sessions", "/healthz/", "/sign-in/x"]
)
def test_neighbours_of_open_addresses_are_not_open(locked: TestClient, path: str) -> None:
    assert locked.get(path).status_code in {401, 404}


def test_any_host_name_is_fine_with_the_key(locked: TestClient) -> None:
    assert locked.get(SESSIONS, headers={**BEARER, b"host": b"gallery.example"}).status_code == 200


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER "])
def test_the_bearer_token_opens(locked: TestClient, scheme: str) -> None:
    assert locked.get(SESSIONS, headers={b"authorization": f"{scheme} {KEY}".encode()}).status_code == 200


@pytest.mark.parametrize(
    "header",
    [b"", b"Bearer", b"Bearer ", b"Bearer wrong", KEY.encode(), b"Basic " + KEY.encode(), b"Bearer \xff\xfe"],
)
def test_a_wrong_token_does_not(locked: TestClient, header: bytes) -> None:
    assert locked.get(SESSIONS, headers={b"authorization": header}).status_code == 401


def test_pages_lead_to_sign_in_and_back(locked: TestClient) -> None:
    answer = locked.get("/dynamic/gal-1/replay", headers=PAGE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/dynamic/gal-1/replay")
    page = locked.get(answer.headers["location"])
    assert 'value="/dynamic/gal-1/replay"' in page.text
    assert "<script" not in page.text
    assert page.headers["cache-control"] == "no-store"
    body = f"key={quote(KEY)}&next=/dynamic/gal-1/replay"
    signed = locked.post("/sign-in", content=body, headers=FORM)
    assert (signed.status_code, signed.headers["location"]) == (303, "/dynamic/gal-1/replay")
    assert locked.get("/dynamic/gal-1/replay", headers=PAGE).status_code == 200
    assert locked.get(SESSIONS).status_code == 200


def test_the_cookie_is_kept_from_scripts_and_other_sites(locked: TestClient, make_client: MakeClient) -> None:
    cookie = sign_in(locked)
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    assert KEY not in cookie
    assert "Secure" in sign_in(make_client("https://gallery.example", access_key=KEY))


def test_signing_out(locked: TestClient) -> None:
    sign_in(locked)
    assert "Sign out" in locked.get("/sign-in").text
    assert locked.post("/sign-in", content="sign_out=1", headers=FORM).status_code == 303
    assert locked.get(SESSIONS).status_code == 401


def test_a_wrong_key_shows_the_form_again(locked: TestClient) -> None:
    answer = locked.post("/sign-in", content="key=wrong&next=/dynamic/a", headers=FORM)
    assert answer.status_code == 403
    assert 'role="alert"' in answer.text
    assert 'value="/dynamic/a"' in answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "body", [b"", b"key", b"\xff\xfe", b"key=%ff%00", b"&" * 4_000, b"a=1&" * 1_000, b"key=" + b"x" * 5_000]
)
def test_a_broken_form_is_no_bug(locked: TestClient, body: bytes) -> None:
    assert locked.post("/sign-in", content=body, headers=FORM).status_code in {403, 413}


def test_a_tampered_cookie_does_not_open(locked: TestClient) -> None:
    cookie = re.search(f"{COOKIE}=([^;]+)", sign_in(locked))
    assert cookie
    value = cookie[1]
    locked.cookies.clear()
    other = AccessKey("another key").new_cookie()
    for forged in (
        value[:-1],
        value + "x",
        value.swapcase(),
        "x",
        ".",
        "..",
        '""',
        other,
        "\u00ff",
        value.replace(".", "!"),
    ):
        assert locked.get(SESSIONS, headers={b"cookie": f"{COOKIE}={forged}".encode()}).status_code == 401
    assert locked.get(SESSIONS, headers={"cookie": f"a=b; {COOKIE}={value}; c=d"}).status_code == 200


def test_a_new_key_ends_all_sign_ins(locked: TestClient, make_client: MakeClient) -> None:
    cookie = sign_in(locked).partition(";")[0]
    assert make_client(access_key=KEY).get(SESSIONS, headers={"cookie": cookie}).status_code == 200
    assert make_client(access_key=KEY + "!").get(SESSIONS, headers={"cookie": cookie}).status_code == 401


def test_an_old_cookie_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    key = AccessKey(KEY)
    value = key.new_cookie().encode()
    assert key.accepts_cookie(value)
    later = time.time() + 31 * 24 * 3600
    monkeypatch.setattr("time.time", lambda: later)
    assert not key.accepts_cookie(value)
    assert not AccessKey(KEY).accepts_cookie(value)


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example",
        "javascript:alert(1)", "evil.example", "", "/\t/evil.example", "/\n/evil.example", " //evil.example",
        "/a\r\nSet-Cookie: x=1", "/\u2028", "/%5cevil\\", "/" + "a" * 2_000,
    ],
)  # fmt: skip
def test_signing_in_never_leads_elsewhere(locked: TestClient, target: str) -> None:
    assert local_path(target) == "/"
    body = f"key={quote(KEY)}&next={quote(target)}"
    assert locked.post("/sign-in", content=body, headers=FORM).headers["location"] == "/"


@pytest.mark.parametrize("target", ["/", "/dynamic/gal-1", "/dynamic/gal-1?x=//y#z", "/a//b"])
def test_paths_of_this_site_are_kept(target: str) -> None:
    assert local_path(target) == target


def test_what_is_put_into_the_page_is_escaped(locked: TestClient) -> None:
    page = locked.get("/sign-in", params={"next": '/"><script>alert(1)</script>'})
    assert "<script" not in page.text


def test_many_wrong_tries_must_wait(locked: TestClient) -> None:
    for _ in range(10):
        assert locked.get(SESSIONS, headers={"authorization": "Bearer wrong"}).status_code == 401
    for answer in (
        locked.get(SESSIONS, headers=BEARER),
        locked.post("/sign-in", content=f"key={quote(KEY)}", headers=FORM),
    ):
        assert answer.status_code == 429
        assert 1 <= int(answer.headers["retry-after"]) <= 60


def test_tries_are_counted_by_address_and_forgotten() -> None:
    clock = [0.0]
    tries = FailedTries(allowed=2, window_s=60, clock=lambda: clock[0])
    tries.failed("a")
    clock[0] = 10
    tries.failed("a")
    assert (tries.wait_s("a"), tries.wait_s("b")) == (50, 0)
    clock[0] = 60
    assert tries.wait_s("a") == 0


def test_missing_keys_do_not_count_as_tries(locked: TestClient) -> None:
    for _ in range(20):
        locked.get(SESSIONS)
    assert locked.get(SESSIONS, headers=BEARER).status_code == 200
