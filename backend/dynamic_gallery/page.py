"""Small pages that the server writes itself: sign-in, "not built yet", the API reference. No JavaScript."""

from __future__ import annotations

from html import escape

from starlette.responses import HTMLResponse

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' https: http: data: blob:; style-src 'self' 'unsafe-inline'; "
        "script-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""What every page and every file of the front end carries."""

_STYLE = """
:root { color-scheme: light dark; --ink: #1a1f1d; --soft: #56605b; --wall: #eceee9; --paper: #fdfdfb;
  --line: #d0d5cd; --edge: #858e88; --alert: #b02412; --on-ink: #f6f7f4; --focus: #1a4fd6; }
@media (prefers-color-scheme: dark) { :root { --ink: #eceee9; --soft: #a2aca6; --wall: #161a19;
  --paper: #202625; --line: #323a37; --edge: #78827c; --alert: #ff8068; --on-ink: #161a19;
  --focus: #8fb2ff; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem;
  background: var(--wall); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; }
main { width: min(100%, 26rem); padding: 2rem; background: var(--paper); border: 1px solid var(--line);
  border-radius: 4px; box-shadow: 0 10px 40px rgb(0 0 0 / 8%); }
main.wide { width: min(100%, 56rem); align-self: start; }
h1 { margin: 0 0 .5rem; font: 600 1.6rem/1.2 Georgia, "Times New Roman", serif; }
h2 { margin: 2rem 0 .5rem; font-size: 1.1rem; }
p { margin: 0 0 1.2rem; color: var(--soft); }
label { display: block; margin-bottom: .35rem; font-weight: 600; }
input[type=password] { width: 100%; padding: .65rem .8rem; font: inherit; color: inherit;
  background: var(--wall); border: 1px solid var(--edge); border-radius: 4px; }
button { margin: 1rem 1rem 0 0; padding: .65rem 1.3rem; font: inherit; font-weight: 600;
  color: var(--on-ink); background: var(--ink); border: 0; border-radius: 4px; cursor: pointer; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
a { color: inherit; }
code, pre { font: .92em/1.5 ui-monospace, monospace; }
pre { overflow-x: auto; padding: .7rem .9rem; background: var(--wall); border: 1px solid var(--line);
  border-radius: 4px; }
strong { color: var(--ink); }
strong[role=alert] { color: var(--alert); }
details { border-top: 1px solid var(--line); padding: .7rem 0; }
summary { cursor: pointer; }
table { border-collapse: collapse; margin: .5rem 0 1rem; width: 100%; }
td, th { text-align: left; vertical-align: top; padding: .25rem 1rem .25rem 0; font-size: .92rem; }
"""


def plain_page(title: str, body: str, *, status: int = 200, wide: bool = False) -> HTMLResponse:
    """A whole page around `body`, which is HTML already; `title` is text."""
    kind = ' class="wide"' if wide else ""
    html = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="data:,">'
        f"<title>{escape(title)} · Dynamic Gallery</title><style>{_STYLE}</style></head>"
        f"<body><main{kind}>{body}</main></body></html>"
    )
    return HTMLResponse(html, status, headers={**SECURITY_HEADERS, "Cache-Control": "no-store"})
