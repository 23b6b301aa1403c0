"""Signing in by the house's own identity provider: OpenID Connect, authorization code with PKCE, state and nonce.

The provider says who somebody is; `advisors` says whether they work here. An account is opened for somebody new only
where a map from the provider's roles to ours names theirs. What goes to the browser between the two halves of a sign-in
is sealed. How to set it up: docs/sign-in.md.
"""

import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from hmac import compare_digest
from typing import Any, Literal

import orjson
from authlib.common.urls import add_params_to_uri
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jws
from joserfc.errors import ClaimError, JoseError, MissingClaimError
from joserfc.jwk import KeySet
from requests.exceptions import RequestException

from backend import audit, clock
from backend.errors import BadInputError, SviError
from backend.seal import UnsealError, seal, unseal
from backend.settings import Settings, settings
from backend.wording import LANGUAGES
from backend.work import Work
from callcenter import accounts, agents, sessions
from callcenter.admission import Admitted
from callcenter.agents import Advisor, Role

Why = Literal["away", "refused", "again", "clock", "unknown", "no-role"]
"""Why nobody comes in: the provider is away; it refused, or what it sent is not right; the sign-in is over and is to be
begun again; one of two clocks is wrong; nobody has this login here; no role of theirs is one of ours."""
SECONDS = 5
LEEWAY_SECONDS = 60
LONGEST_SECONDS = 600
"""How long a sign-in may take at the provider."""
KEPT_SECONDS = 3600
"""How long the provider's addresses and keys are taken for granted."""
TIMES = frozenset({"exp", "iat", "nbf"})
"""Claims that are wrong where a clock is."""
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519"]
"""Signatures that only the provider can make: never `none`, never one by the client's secret."""
SAFE = ("https://", "http://127.0.0.1:", "http://localhost:")
"""Where a provider may be: behind TLS, or on this machine."""
SCOPE = "openid profile"
DISCOVERY = "/.well-known/openid-configuration"


class SignInError(SviError):
    """Nobody came in by the provider."""

    def __init__(self, why: Why, detail: str = "") -> None:
        super().__init__(detail or why)
        self.why = why


@dataclass(frozen=True)
class Begun:
    """A sign-in that has begun: what the browser that began it, and no other, must bring back."""

    state: str
    nonce: str
    verifier: str
    at: int


@dataclass(frozen=True)
class Provider:
    """What a provider says of itself, and its keys."""

    metadata: Mapping[str, Any]
    keys: KeySet
    read_at: float


@dataclass(frozen=True)
class Somebody:
    """Who the provider says has signed in."""

    login: str
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class NotAdmitted:
    """The provider knows somebody who does not come in here."""

    why: Why


def begin_sign_in() -> tuple[str, bytes]:
    """Return the address at which the browser signs in, and what it must bring back, sealed. Raises SignInError."""
    begun = Begun(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48), _now())
    with _client() as client:
        address, _ = client.create_authorization_url(
            provider().metadata["authorization_endpoint"],
            state=begun.state,
            nonce=begun.nonce,
            code_verifier=begun.verifier,
        )
    return str(address), seal(orjson.dumps(asdict(begun)), "openid")


def finish_sign_in(brought: bytes, state: str, code: str, refusal: str = "") -> Somebody:
    """Return who has signed in, by what the browser brought back; holds no connection to the database.

    Raises SignInError.
    """
    begun = _begun(brought)
    if not compare_digest(begun.state.encode(), state.encode()) or not 0 <= _now() - begun.at < LONGEST_SECONDS:
        raise SignInError("again")
    if refusal or not code:
        raise SignInError("refused", refusal)
    known = provider()
    try:
        with _client() as client:
            endpoint = known.metadata["token_endpoint"]
            token = client.fetch_token(endpoint, code=code, code_verifier=begun.verifier, timeout=SECONDS)
    except OAuthError as error:  # a code that was used, or is not for us
        raise SignInError("refused", str(error.error)) from None
    except RequestException as error:
        raise SignInError("away", type(error).__name__) from None
    return _read(token, known, begun.nonce)


def admit(work: Work, somebody: Somebody) -> Admitted | NotAdmitted:
    """Begin a session of the account that somebody has here."""
    roles = settings().openid_roles
    role = next((ours for theirs, ours in roles.items() if theirs in somebody.roles), None)
    known = agents.by_login(work, somebody.login)
    if known is None and role:
        known = _hired(work, somebody, role)
    why: Why | None = "no-role" if roles and role is None else "unknown" if known is None else None
    if known and why == "no-role":
        sessions.close_all(work, known.id)
    if known is None or why:
        audit.record(work, "session.refused", None, by="provider", why=why)
        return NotAdmitted(why or "unknown")
    if role:
        accounts.give_role(work, known.id, role)
    return Admitted(known.id, sessions.open_session(work, known.id, by_provider=True))


def leaving() -> str | None:
    """Return where a browser ends its session at the provider, too; None where the provider has no such page."""
    if not settings().svi_oidc_issuer:
        return None
    try:
        endpoint = provider().metadata.get("end_session_endpoint")
    except SignInError:
        return None
    if not endpoint:
        return None
    back = f"{settings().public_url}/console/sign-in"
    given = {"client_id": settings().svi_oidc_client_id, "post_logout_redirect_uri": back}
    return str(add_params_to_uri(endpoint, list(given.items())))


def provider() -> Provider:
    """Return what is known of the provider, read anew after an hour. Raises SignInError."""
    known = _provider()
    if time.monotonic() - known.read_at < KEPT_SECONDS:
        return known
    return _renewed()


def discover(given: Settings) -> dict[str, Any]:
    """Return what the provider of some settings says of itself. Raises SignInError, with what is wrong."""
    issuer = given.svi_oidc_issuer or ""
    metadata = _fetched(issuer.rstrip("/") + DISCOVERY)
    if metadata.get("issuer") != issuer:
        raise SignInError("away", f"it calls itself {metadata.get('issuer')!r}")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not str(metadata.get(name, "")).startswith(SAFE):
            raise SignInError("away", f"it names no {name}")
    if "S256" not in metadata.get("code_challenge_methods_supported", ["S256"]):
        raise SignInError("away", "it knows no PKCE with S256")
    return metadata


@cache
def _provider() -> Provider:
    metadata = discover(settings())
    try:
        keys = KeySet.import_key_set(_fetched(metadata["jwks_uri"]))  # type: ignore[arg-type] # JSON, checked there
    except (JoseError, ValueError, KeyError) as error:
        raise SignInError("away", f"its keys can't be read: {error}") from None
    return Provider(metadata, keys, time.monotonic())


def _fetched(address: str) -> dict[str, Any]:
    try:
        with _client() as client:
            answer = client.get(address, withhold_token=True, timeout=SECONDS, allow_redirects=False)
            answer.raise_for_status()
            found = answer.json()
    except (RequestException, ValueError) as error:
        raise SignInError("away", f"{address} does not answer as it should ({type(error).__name__})") from None
    if not isinstance(found, dict):
        raise SignInError("away", f"{address} does not answer as it should")
    return found


def _client() -> OAuth2Session:
    given = settings()
    secret = given.svi_oidc_client_secret
    return OAuth2Session(
        given.svi_oidc_client_id,
        secret.get_secret_value() if secret else None,
        token_endpoint_auth_method="client_secret_basic" if secret else "none",
        scope=SCOPE,
        redirect_uri=f"{given.public_url}/console/sign-in/openid/back",
        code_challenge_method="S256",
    )


def _begun(brought: bytes) -> Begun:
    try:
        return Begun(**orjson.loads(unseal(brought, "openid")))
    except (UnsealError, ValueError, TypeError):
        raise SignInError("again") from None


def _read(token: Mapping[str, Any], known: Provider, nonce: str) -> Somebody:
    """Return who an ID token names, once its signature, issuer, audience, times and nonce are right."""
    claims = _verified(str(token.get("id_token", "")), known)
    given = settings()
    options = {
        "iss": {"essential": True, "value": known.metadata["issuer"]},
        "aud": {"essential": True, "value": given.svi_oidc_client_id},
    }
    params = {"nonce": nonce, "client_id": given.svi_oidc_client_id, "access_token": token.get("access_token")}
    read = CodeIDToken(claims["payload"], claims["header"], options, params)
    try:
        read.validate(now=_now(), leeway=LEEWAY_SECONDS)
    except ClaimError as error:
        wrong_time = error.claim in TIMES and not isinstance(error, MissingClaimError)
        raise SignInError("clock" if wrong_time else "refused", str(error)) from None
    except (JoseError, ValueError, TypeError) as error:
        raise SignInError("refused", str(error)) from None
    login = read.get(given.svi_oidc_login_claim)
    if not isinstance(login, str) or not login:
        raise SignInError("unknown", f"no claim {given.svi_oidc_login_claim}")
    theirs = read.get(given.svi_oidc_role_claim or "", [])
    roles = [theirs] if isinstance(theirs, str) else theirs if isinstance(theirs, list) else []
    return Somebody(login.strip().lower(), str(read.get("name") or login), tuple(map(str, roles)))


def _verified(signed: str, known: Provider) -> dict[str, Any]:
    for keys in (known.keys, None):  # a key that we don't know may be new
        try:
            read = jws.deserialize_compact(signed, keys or _renewed().keys, algorithms=ALGORITHMS)
        except (JoseError, ValueError) as error:
            if keys is None:
                raise SignInError("refused", str(error)) from None
        else:
            payload = orjson.loads(read.payload)
            return {"header": dict(read.headers()), "payload": payload if isinstance(payload, dict) else {}}
    raise AssertionError


def _renewed() -> Provider:
    _provider.cache_clear()
    return _provider()


def _hired(work: Work, somebody: Somebody, role: Role) -> Advisor | None:
    """Open an account; None for a login that ours can't be, and for one of an account that was closed."""
    try:
        return agents.add(work, somebody.login, somebody.name[: agents.LONGEST_NAME], LANGUAGES, {}, role)
    except BadInputError:
        return None


def _now() -> int:
    return int(clock.now().timestamp())
