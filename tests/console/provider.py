"""An identity provider on this machine: authlib's server part, over real HTTP, with PKCE asked for.

It signs in whoever it is told to, at once, and can be told to lie: another nonce, audience, key, time.
"""

import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import grants
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode, UserInfo
from flask import Flask, Response, request
from joserfc.jwk import KeySet, RSAKey
from joserfc.jwt import encode
from werkzeug.serving import make_server

CLIENT, SECRET = "svi", "the client's secret"


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

    def id_token(self, code: "Code", access_token: str) -> str:
        """Return the ID token of a sign-in."""
        assert access_token
        now = int(time.time())
        claims = {"iss": self.issuer, "sub": "4711", "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": code.nonce}
        told = {name: value for name, value in (claims | self.claims | self.lies).items() if value is not None}
        key = self.signs_with or self.key
        return encode({"alg": self.algorithm, "kid": key.kid}, told, key, algorithms=[self.algorithm])


@dataclass
class Client:
    """Ours, as the provider knows it."""

    redirect_uri: str
    client_id: str = CLIENT

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, uri: str) -> bool:
        return uri == self.redirect_uri

    def check_client_secret(self, secret: str) -> bool:
        return secret == SECRET

    def check_endpoint_auth_method(self, method: str, _endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, kind: str) -> bool:
        return kind == "code"

    def check_grant_type(self, kind: str) -> bool:
        return kind == "authorization_code"


@dataclass
class Code:
    """One authorization code."""

    code: str
    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> None:
        return None


def _application(told: Provider, redirect_uri: str) -> Flask:
    app = Flask("provider")
    client = Client(redirect_uri)

    class Grant(grants.AuthorizationCodeGrant):  # type: ignore[misc]
        TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic",)

        def save_authorization_code(self, code: str, request: Any) -> Code:
            asked = request.payload.data
            names = ("redirect_uri", "scope", "nonce", "code_challenge", "code_challenge_method")
            told.codes[code] = Code(code, **{name: asked[name] for name in names})
            return told.codes[code]

        def query_authorization_code(self, code: str, client: Client) -> Code | None:
            assert client.client_id == CLIENT
            return told.codes.get(code)

        def delete_authorization_code(self, authorization_code: Code) -> None:
            del told.codes[authorization_code.code]

        def authenticate_user(self, authorization_code: Code) -> str:
            assert authorization_code.scope
            return "4711"

    class IdToken(OpenIDCode):  # type: ignore[misc]
        def exists_nonce(self, nonce: str, request: Any) -> bool:
            return any(code.nonce == nonce for code in told.codes.values()) and not request.payload.data.get("code")

        def generate_user_info(self, user: str, scope: str) -> UserInfo:
            assert scope
            return UserInfo(sub=user)

        def encode_id_token(self, token: dict[str, Any], request: Any) -> str:
            return told.id_token(request.authorization_code, token["access_token"])

        def process_token(self, grant: Any, response: tuple[int, dict[str, Any], Any]) -> dict[str, Any]:
            status, token, _headers = response
            assert status
            return token | {"id_token": self.encode_id_token(token, grant.request)}

    server = AuthorizationServer(app, query_client=lambda _id: client, save_token=lambda _token, _request: None)
    server.register_grant(Grant, [CodeChallenge(required=True), IdToken()])

    @app.get("/.well-known/openid-configuration")
    def discovery() -> dict[str, Any]:
        ends = {"end_session_endpoint": f"{told.issuer}/ended"} if told.ends_sessions else {}
        return {
            "issuer": told.issuer,
            "authorization_endpoint": f"{told.issuer}/authorize",
            "token_endpoint": f"{told.issuer}/token",
            "jwks_uri": f"{told.issuer}/keys",
            "code_challenge_methods_supported": ["S256"],
            **ends,
        }

    @app.get("/keys")
    def keys() -> dict[str, Any]:
        return dict(KeySet([told.key]).as_dict(private=False))

    @app.get("/authorize")
    def authorize() -> Response:
        told.asked.append(dict(request.args))
        grant = server.get_consent_grant(end_user="4711")
        return server.create_authorization_response(  # type: ignore[no-any-return]
            grant=grant, grant_user=None if told.refuses else "4711"
        )

    @app.post("/token")
    def token() -> Response:
        return server.create_token_response()  # type: ignore[no-any-return]

    return app


@contextmanager
def running(redirect_uri: str) -> Iterator[Provider]:
    """Run a provider that knows our client by this address."""
    told = Provider()
    app = _application(told, redirect_uri)
    app.secret_key = secrets.token_hex()
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
