"""An identity provider on this machine: authlib's server part, over real HTTP, with PKCE asked for.

It signs in whoever it is told to, at once, and can be told to lie: another nonce, audience, key, time.
"""

import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import AuthorizationCodeGrant, ClientMixin
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import AuthorizationCodeMixin, OpenIDCode
from flask import Flask, Response, current_app, request
from joserfc.jwk import Key, KeySet, OctKey, RSAKey
from joserfc.jwt import encode
from typing_extensions import override
from werkzeug.serving import make_server

CLIENT, SECRET, SOMEBODY = "svi", "the client's secret", "4711"
SERVED_AT = "http://127.0.0.1:8039"  # the console, as its browsers see it


@dataclass
class Provider:
    """What the provider is, whom it signs in, and how it lies."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=lambda: {"preferred_username": "s.alami", "name": "Samira Alami"})
    lies: dict[str, Any] = field(default_factory=dict)
    """Claims of the ID token that are not what they should be; None: left out."""
    algorithm: str = "RS256"
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "first"}))
    signs_with: RSAKey | None = None
    """Another key than the published one."""
    refuses: bool = False
    ends_sessions: bool = True
    asked: list[dict[str, str]] = field(default_factory=list)
    codes: dict[str, "Code"] = field(default_factory=dict)

    def metadata(self) -> dict[str, Any]:
        """Return what the provider says of itself."""
        ends = {"end_session_endpoint": f"{self.issuer}/ended"} if self.ends_sessions else {}
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return {
            "issuer": self.issuer,
            "code_challenge_methods_supported": ["S256"],
            **{name: f"{self.issuer}/{path}" for name, path in places.items()},
            **ends,
        }

    def id_token(self, code: "Code") -> str:
        """Return the ID token of a sign-in."""
        now = int(time.time())
        claims = {"iss": self.issuer, "sub": SOMEBODY, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": code.nonce}
        told = {name: value for name, value in (claims | self.claims | self.lies).items() if value is not None}
        key: Key = self.signs_with or self.key
        header = {"alg": self.algorithm, "kid": key.kid}
        if self.algorithm == "none":  # no library writes it
            parts = (urlsafe_b64encode(orjson.dumps(part)).rstrip(b"=").decode() for part in (header, told))
            return ".".join((*parts, ""))
        if self.algorithm == "HS256":
            key = OctKey.import_key(SECRET * 2)
        return encode(header, told, key, algorithms=[self.algorithm])


@dataclass
class Client(ClientMixin):  # type: ignore[misc]
    """Ours, as the provider knows it."""

    redirect_uri: str

    @override
    def get_client_id(self) -> str:
        return CLIENT

    @override
    def get_allowed_scope(self, scope: str) -> str:
        return scope

    @override
    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self.redirect_uri

    @override
    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == SECRET

    @override
    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return (method, endpoint) == ("client_secret_basic", "token")

    @override
    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    @override
    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass
class Code(AuthorizationCodeMixin):  # type: ignore[misc]
    """One authorization code."""

    code: str
    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str

    @override
    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    @override
    def get_scope(self) -> str:
        return self.scope


class Grant(AuthorizationCodeGrant):  # type: ignore[misc]
    """The only way in: a code, taken once, by a client that shows its secret."""

    TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic",)

    @override
    def save_authorization_code(self, code: str, request: Any) -> Code:
        names = ("redirect_uri", "scope", "nonce", "code_challenge", "code_challenge_method")
        codes()[code] = Code(code, **{name: request.payload.data[name] for name in names})
        return codes()[code]

    @override
    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        return codes().get(code)

    @override
    def delete_authorization_code(self, authorization_code: Code) -> None:
        del codes()[authorization_code.code]

    @override
    def authenticate_user(self, authorization_code: Code) -> str:
        return SOMEBODY


class IdToken(OpenIDCode):  # type: ignore[misc]
    """What makes it OpenID Connect: the ID token, as the provider is told to write it."""

    @override
    def exists_nonce(self, nonce: str, request: Any) -> bool:
        return any(code.nonce == nonce for code in codes().values())

    @override
    def process_token(self, grant: Any, response: tuple[int, dict[str, Any], Any]) -> dict[str, Any]:
        _status, token, _headers = response
        told: Provider = current_app.extensions["told"]
        token["id_token"] = told.id_token(grant.request.authorization_code)
        return token


def codes() -> dict[str, Code]:
    """Return the codes that nobody has brought yet."""
    told: Provider = current_app.extensions["told"]
    return told.codes


def _application(told: Provider, redirect_uri: str) -> Flask:
    app = Flask("provider")
    app.extensions["told"] = told
    client = Client(redirect_uri)
    server = AuthorizationServer(app, query_client=lambda _id: client, save_token=lambda _token, _request: None)
    server.register_grant(Grant, [CodeChallenge(required=True), IdToken()])

    @app.get("/.well-known/openid-configuration")
    def discovery() -> dict[str, Any]:
        return told.metadata()

    @app.get("/keys")
    def keys() -> dict[str, Any]:
        return dict(KeySet([told.key]).as_dict(private=False))

    @app.get("/authorize")
    def authorize() -> Response:
        told.asked.append(dict(request.args))
        grant, user = server.get_consent_grant(end_user=SOMEBODY), None if told.refuses else SOMEBODY
        return server.create_authorization_response(grant=grant, grant_user=user)  # type: ignore[no-any-return]

    @app.post("/token")
    def token() -> Response:
        return server.create_token_response()  # type: ignore[no-any-return]

    return app


@contextmanager
def running(redirect_uri: str) -> Iterator[Provider]:
    """Run a provider that knows our client by this address."""
    told = Provider()
    app = _application(told, redirect_uri)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    told.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
