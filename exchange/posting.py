"""Delivering a signed webhook from a test: to a WSGI application, or over HTTP.

Both give a `Post` for `exchange.dialler.Call`.
"""

from collections.abc import Mapping
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen
from wsgiref.types import WSGIApplication

from werkzeug.test import Client

from exchange.effects import WEBHOOK_SECONDS
from exchange.heard import Post
from exchange.signing import HEADER, sign


def over_wsgi(app: WSGIApplication, auth_token: str) -> Post:
    """Deliver webhooks to an application in this process."""
    client = Client(app)

    def post(url: str, params: Mapping[str, str]) -> tuple[int, Mapping[str, str], str]:
        parts = urlsplit(url)
        response = client.post(
            path=parts.path,
            query_string=parts.query,
            base_url=f"{parts.scheme}://{parts.netloc}",
            data=dict(params),
            headers={HEADER: sign(auth_token, url, params)},
        )
        return response.status_code, dict(response.headers), response.get_data(as_text=True)

    return post


def over_http(auth_token: str) -> Post:
    """Deliver webhooks over the network, waiting as long as Twilio would."""

    def post(url: str, params: Mapping[str, str]) -> tuple[int, Mapping[str, str], bytes]:
        request = Request(  # noqa: S310 ours - the caller's own application
            url, urlencode(params).encode(), {HEADER: sign(auth_token, url, params)}
        )
        try:
            with urlopen(request, timeout=WEBHOOK_SECONDS) as response:  # noqa: S310 ours
                return response.status, dict(response.headers), response.read()
        except HTTPError as refused:
            return refused.code, dict(refused.headers), refused.read()

    return post
