"""Who may: each operation names its scope, and is entered with the machine whose token opens it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from apiflask import APIBlueprint
from flask import request

from backend import proxies
from backend.api import problems, tokens
from backend.api.problems import ProblemError
from backend.api.tokens import Token

SCHEME = "token"
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="svi"'}
_ALWAYS = ("token-missing", "token-refused", "scope-missing", "refused-too-often", "fault", "crowded", "database-away")
View = Callable[..., Any]


def needs(blueprint: APIBlueprint, scope: str, *kinds: str) -> Callable[[View], View]:
    """Enter a view with the token that has `scope`; `kinds` are the problems it answers with besides those of tokens.

    What the address says reaches the view validated, by `blueprint.input`, and in no other way.
    """

    def guarding(view: View) -> View:
        @wraps(view)
        def guarded(**_unvalidated: str) -> Any:
            return view(_admitted(scope))

        documented = problems.documented(*_ALWAYS, *kinds)
        # apiflask asks for a dict of exactly its own unions, and a dict of narrower values is no such dict to mypy
        document = blueprint.doc(security=[{SCHEME: [scope]}], responses=documented)  # type: ignore[arg-type]
        return document(guarded)

    return guarding


def _admitted(scope: str) -> Token:
    """Return the token of this request. Raises ProblemError where it has none, or not the scope."""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not text.strip():
        raise ProblemError("token-missing", headers=_CHALLENGE)
    token = tokens.recognise(text.strip())
    if token is None:
        if tokens.refused(_source()) > tokens.REFUSALS_A_MINUTE:
            raise ProblemError("refused-too-often")
        raise ProblemError("token-refused", headers={"WWW-Authenticate": 'Bearer realm="svi", error="invalid_token"'})
    if scope not in token.scopes:
        challenge = f'Bearer realm="svi", error="insufficient_scope", scope="{scope}"'
        raise ProblemError("scope-missing", f"This needs the scope {scope}.", {"WWW-Authenticate": challenge})
    return token


def _source() -> str:
    """Return the address of who asks."""
    return proxies.asker(request.remote_addr, request.headers.get("X-Forwarded-For", ""))
