"""`svi user`: an operator opens accounts, sees them, changes their skills, closes them."""

import pytest
from click.testing import CliRunner, Result

from backend.errors import SviError
from backend.settings import settings
from backend.work import Actor, begin
from callcenter import agents, passwords, presence, sessions
from svi.cli import svi
from svi.demo import advisors

pytestmark = pytest.mark.usefixtures("environment")
SAMIRA = ("add", "s.alami", "--name", "Samira Alami", "--language", "fr", "--language", "ar", "--skill", "claims=3")


def user(*words: str, password: str = "a long enough password") -> Result:
    """Run `svi user …`."""
    asked = ["--password-stdin"] if words[0] in {"add", "password"} else []
    return CliRunner().invoke(svi, ["user", *words, *asked], input=f"{password}\n")


def test_an_account_is_opened_listed_taught_and_closed() -> None:
    """The list says who they are and what they know; nobody is there at first."""
    assert "no account yet" in user("list").stdout
    assert "svi advisor s.alami" in user(*SAMIRA).stdout
    user("add", "k.tazi", "--name", "Karim Tazi", "--language", "fr", "--role", "supervisor")
    listed = user("list").stdout
    assert all(word in listed for word in ("Samira Alami", "fr ar", "claims=3", "supervisor", "signed-out"))
    assert "rights=1" in user("skills", "s.alami", "--skill", "rights=1").stdout
    assert "claims=3" not in user("list").stdout
    assert "s.alami is closed" in user("close", "s.alami").stdout
    assert "s.alami" not in user("list").stdout


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (SAMIRA, "already an account"),
        (("add", "two words", "--name", "X", "--language", "fr"), "a login is letters"),
        (("add", "x", "--name", "X"), "--language"),
        (("add", "x", "--name", "X", "--language", "fr", "--skill", "claims=4"), "a level from 1 to 3"),
        (("skills", "nobody", "--skill", "claims=1"), "no account nobody"),
        (("close", "nobody"), "no account nobody"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(words: tuple[str, ...], why: str) -> None:
    """And nothing changes."""
    user(*SAMIRA)
    result = user(*words)
    assert result.exit_code
    assert why in (str(result.exception) if isinstance(result.exception, SviError) else result.stderr)


def test_who_is_signed_in_is_not_closed() -> None:
    """They sign out first."""
    user(*SAMIRA)
    with begin(Actor("command", "test")) as work:
        presence.sign_in(work, "s.alami")
    assert "sign out first" in str(user("close", "s.alami").exception)


def test_the_demonstration_has_its_advisors_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of each kind; a second start changes nothing, and what was closed stays so."""
    monkeypatch.setenv("SVI_DEMO", "1")
    settings.cache_clear()
    advisors.load()
    user("skills", "s.alami", "--skill", "claims=1")
    user("close", "n.idrissi")
    advisors.load()
    with begin(Actor("command", "test")) as work:
        known = {each.login: each for each in agents.every(work)}
    assert list(known) == ["s.alami", "m.bennani", "k.tazi", "h.chraibi", "l.fassi"]
    assert known["s.alami"].skills == {"claims": 1}
    assert known["m.bennani"].languages == ("ar", "fr")
    assert known["k.tazi"].role == "supervisor"


def test_without_a_running_system_the_terminal_says_how_to_start_it(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one line."""
    monkeypatch.setenv("SVI_HOME", str(tmp_path_factory.mktemp("home")))
    result = CliRunner().invoke(svi, ["advisor", "s.alami"])
    assert "make run" in str(result.exception)


def test_a_new_password_ends_every_session() -> None:
    """Whoever knew the old one has to sign in again."""
    user(*SAMIRA)
    with begin(Actor("command", "test")) as work:
        samira = agents.by_login(work, "s.alami")
        assert samira
        token = sessions.open_session(work, samira.id)
    assert "12 to 200 characters" in str(user("password", "s.alami", password="short").exception)
    with begin(Actor("command", "test")) as work:
        assert sessions.find(work, token)
    assert "another password" in user("password", "s.alami", password="four words well chosen").stdout
    with begin(Actor("command", "test")) as work:
        assert sessions.find(work, token) is None
        assert passwords.matches(work, samira.id, "four words well chosen")
        assert not passwords.matches(work, samira.id, "a long enough password")
