"""The sign-in page: a form and a cookie, no JavaScript."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from dynamic_gallery.access.guard import SIGN_IN, client_address, too_many_tries
from dynamic_gallery.access.key import COOKIE, COOKIE_MAX_AGE_S, AccessKey, FailedTries
from dynamic_gallery.page import plain_page
from dynamic_gallery.routers.problems import problem_response

MAX_FORM_BYTES = 4_096
_LOCAL_PATH = re.compile(r"/(?!/)[!-\[\]-~]*")  # visible ASCII without a backslash, never two slashes first

_FORM = """<h1>Dynamic Gallery</h1>
<p>{message}</p>
<form method="post" action="{action}">
<input type="hidden" name="next" value="{next}">
<input type="text" name="username" value="gallery" autocomplete="username" hidden>
<label for="key">Access key</label>
<input id="key" name="key" type="password" autocomplete="current-password" required autofocus{invalid}>
<button>Sign in</button>
</form>"""

_WRONG = (
    '<strong role="alert">That is not the access key.</strong> '
    "It is the value of GALLERY_ACCESS_KEY on the server."
)

_SIGN_OUT = """<h1>Dynamic Gallery</h1>
<p>You are signed in.</p>
<form method="post" action="{action}">
<input type="hidden" name="sign_out" value="1">
<button>Sign out</button> <a href="{home}">Go to the gallery</a>
</form>"""


def sign_in_routes(key: AccessKey, tries: FailedTries) -> list[Route]:
    """The routes of the sign-in page for one key."""
    page = _SignIn(key, tries)
    return [
        Route(SIGN_IN, page.show, methods=["GET"], include_in_schema=False),
        Route(SIGN_IN, page.submit, methods=["POST"], include_in_schema=False),
    ]


def local_path(target: str) -> str:
    """`target` when it is a path of this very site, else "/": nobody is led elsewhere by signing in."""
    return target if len(target) <= 1_000 and _LOCAL_PATH.fullmatch(target) else "/"


class _SignIn:
    def __init__(self, key: AccessKey, tries: FailedTries) -> None:
        self._key = key
        self._tries = tries

    async def show(self, request: Request) -> Response:
        cookie = request.cookies.get(COOKIE, "").encode("utf-8", "replace")
        if self._key.accepts_cookie(cookie):
            root = _root(request)
            return plain_page(
                "Signed in", _SIGN_OUT.format(action=escape(root + SIGN_IN), home=escape(root + "/"))
            )
        return _form_page(request, local_path(request.query_params.get("next", "/")))

    async def submit(self, request: Request) -> Response:
        form = await _read_form(request)
        if form is None:
            return problem_response(413, "The sign-in form is too long.")
        if "sign_out" in form:
            return _signed_out(request)
        target = local_path(form.get("next", "/"))
        address = client_address(request.scope)
        wait = self._tries.wait_s(address)
        if wait:
            return too_many_tries(wait)
        if not self._key.matches(form.get("key", "").strip().encode("utf-8", "replace")):
            self._tries.failed(address)
            return _form_page(request, target, wrong=True)
        return self._signed_in(request, target)

    def _signed_in(self, request: Request, target: str) -> Response:
        response = RedirectResponse(_root(request) + target, 303, headers={"Cache-Control": "no-store"})
        response.set_cookie(
            COOKIE,
            self._key.new_cookie(),
            max_age=COOKIE_MAX_AGE_S,
            path=_root(request) + "/",
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )
        return response


def _root(request: Request) -> str:
    return str(request.scope.get("root_path", ""))


def _signed_out(request: Request) -> Response:
    response = RedirectResponse(_root(request) + SIGN_IN, 303, headers={"Cache-Control": "no-store"})
    response.delete_cookie(COOKIE, path=_root(request) + "/", httponly=True, samesite="lax")
    return response


def _form_page(request: Request, target: str, *, wrong: bool = False) -> HTMLResponse:
    message = _WRONG if wrong else "This gallery is kept behind an access key."
    body = _FORM.format(
        message=message,
        action=escape(_root(request) + SIGN_IN),
        next=escape(target),
        invalid=' aria-invalid="true"' if wrong else "",
    )
    return plain_page("Sign in", body, status=403 if wrong else 200)


async def _read_form(request: Request) -> dict[str, str] | None:
    """The form's fields, or None for a body that is longer than any sign-in."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_FORM_BYTES:
            return None
    fields = parse_qs(body.decode("latin-1"), keep_blank_values=True)
    return {name: values[0] for name, values in fields.items()}
