"""`svi token`: an operator makes tokens, sees them, revokes them."""

import re

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from backend.errors import BadInputError
from svi.cli import svi
from tests.api.conftest import Machine


def token(*words: str) -> Result:
    """Run `svi token …`."""
    return CliRunner().invoke(svi, ["token", *words])


def test_a_token_is_made_shown_once_listed_and_revoked(app: Flask) -> None:
    """It is on a line of its own; the list has its name, scopes and use, never the token."""
    text = token("add", "payroll", "--scope", "events:read", "--scope", "people:read").stdout.strip()
    assert re.fullmatch(r"svi_\d+_[\w-]{43}", text)
    assert Machine(app, text).get("/events").status_code == 200
    listed = token("list").stdout
    assert re.search(r"^payroll  events:read,people:read  added .* UTC  used .* UTC$", listed, re.MULTILINE)
    assert text not in listed
    assert "payroll is revoked" in token("revoke", "payroll").stdout
    assert Machine(app, text).get("/events").status_code == 401
    assert "revoked" in token("list").stdout
    assert "0 in use" in token("list").stdout


@pytest.mark.usefixtures("app")
def test_a_token_may_have_an_end() -> None:
    """`--days 30`: the list says when."""
    token("add", "audit-2024", "--scope", "people:read", "--days", "30")
    assert "expires" in token("list").stdout


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("add", "payroll"), "--scope"),
        (("add", "payroll", "--scope", "everything"), "people:read"),
        (("add", "two words", "--scope", "people:read"), "a token's name"),
        (("revoke", "nobody"), "no token in use"),
    ],
)
@pytest.mark.usefixtures("app")
def test_what_is_wrong_is_said_in_a_line(words: tuple[str, ...], why: str) -> None:
    """And nothing is made."""
    result = token(*words)
    assert result.exit_code
    assert why in (str(result.exception) if isinstance(result.exception, BadInputError) else result.stderr)
