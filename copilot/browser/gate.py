"""Who is let in: the page that was opened with the printed address, and nobody else.

Any page a browser shows may send requests to this machine. Three things keep it out: the host it
has to name (a name of its own that leads here is refused), the origin a browser says it comes
from, and a secret in the address.
"""

import secrets
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.typedefs import Middleware

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_REFUSAL = "Refused. Open the address that interview-copilot serve printed.\n"


def gate(address: str, token: str) -> Middleware:
    """Lets in only who knows the secret and comes from this address or from none.

    Args:
        address: Host and port as browsers write them, ``127.0.0.1:8000``.
        token: The first part of every path.
    """
    origin = f"http://{address}"

    @web.middleware
    async def admit(request: web.Request, handler: Handler) -> web.StreamResponse:
        first = request.path.lstrip("/").partition("/")[0]
        opens_socket = request.headers.get("Upgrade") is not None
        comes_from = request.headers.get("Origin", "" if opens_socket else origin)
        if (
            request.host != address
            or comes_from != origin
            or not secrets.compare_digest(first.encode(), token.encode())
        ):
            raise web.HTTPForbidden(text=_REFUSAL, headers=headers(address))
        return await handler(request)

    return admit


def headers(address: str) -> dict[str, str]:
    """What every answer tells the browser: load nothing from elsewhere, show it nowhere else."""
    policy = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self' 'unsafe-inline'",  # the terminal in the page styles itself
        "font-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": f"'self' ws://{address}",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {of}" for name, of in policy.items()),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
