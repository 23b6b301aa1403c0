"""Pages of the application hold phones of its clients here, as they do at Twilio: by requests from their own origin."""

from urllib.parse import urlsplit

from aiohttp import web

from exchange.switchboard import Account


def allow_pages_of(account: Account, app: web.Application) -> None:
    """Answer browsers that pages of the account's application may use phones, and no other origin's."""
    parts = urlsplit(account.voice_url)
    allowed = {
        "Access-Control-Allow-Origin": f"{parts.scheme}://{parts.netloc}",
        "Access-Control-Allow-Headers": "Content-Type",
        "Vary": "Origin",
    }

    async def say(request: web.Request, response: web.StreamResponse) -> None:
        if request.path.startswith("/phone/"):
            response.headers.update(allowed)

    async def preflight(_request: web.Request) -> web.Response:
        return web.Response(status=204)

    app.on_response_prepare.append(say)
    app.router.add_route("OPTIONS", "/phone/{what:.+}", preflight)
