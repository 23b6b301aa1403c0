"""`svi user`: the accounts of advisors and supervisors, their languages and their skills."""

import sys
from typing import Any, get_args

import click
from rich.console import Console
from rich.table import Table

from backend.errors import BadInputError
from backend.wording import LANGUAGES, Language
from backend.work import Actor, Work, begin
from callcenter import accounts, agents, passwords, sessions
from callcenter.agents import Advisor, Role
from callcenter.routing import SUBJECTS, Level, Subject
from svi import running

_OPERATOR = Actor("command", "user")
NARROWEST = 120  # columns: where nobody looks at a terminal


class Skill(click.ParamType[tuple[Subject, Level]]):
    """A subject and a level, such as `claims=3`."""

    name = "SUBJECT=LEVEL"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[Subject, Level]:
        """Return the subject and the level."""
        subject, _, level = str(value).partition("=")
        if subject not in SUBJECTS or level not in {str(each) for each in agents.LEVELS}:
            self.fail(f"{value!r}: a subject ({', '.join(SUBJECTS)}), `=`, a level from 1 to 3, the best", param, ctx)
        return subject, int(level)  # type: ignore[return-value] # both were looked up


_from_stdin = click.option("--password-stdin", is_flag=True, help="Read the password from standard input, ask nothing.")
_skills = click.option("--skill", "skills", type=Skill(), multiple=True, help="May come several times; 3 is the best.")


@click.group(name="user")
def group() -> None:
    """Accounts of those who answer calls."""
    running.join()


@group.command()
@click.argument("login")
@click.option("--name", required=True, help="As colleagues see it.")
@click.option(
    "--language", "languages", type=click.Choice(LANGUAGES), multiple=True, required=True, help="The first spoken best."
)
@_skills
@click.option("--role", type=click.Choice(get_args(Role)), default="advisor", show_default=True)
@_from_stdin
def add(
    login: str,
    name: str,
    languages: tuple[Language, ...],
    skills: tuple[tuple[Subject, Level], ...],
    role: Role,
    *,
    password_stdin: bool,
) -> None:
    """Open an account: `svi user add s.alami --name "Samira Alami" --language fr --language ar --skill claims=3`."""
    chosen = _chosen_password(password_stdin)
    with begin(_OPERATOR) as work:
        known = agents.add(work, login, name, languages, dict(skills), role)
        passwords.set_password(work, known.id, chosen)
    click.echo(f"{known.login} may sign in, in a browser or by `svi advisor {known.login}`")


@group.command()
@click.argument("login")
@_from_stdin
def password(login: str, *, password_stdin: bool) -> None:
    """Give an account another password; whoever is signed in with it has to sign in again."""
    chosen = _chosen_password(password_stdin)
    with begin(_OPERATOR) as work:
        known = _known(work, login)
        passwords.set_password(work, known.id, chosen)
        sessions.close_all(work, known.id)
    click.echo(f"{known.login} has another password")


@group.command(name="list")
def list_() -> None:
    """Show all open accounts: login, name, role, languages, skills, state."""
    with begin(_OPERATOR) as work:
        found = agents.every(work)
    if not found:
        click.echo("no account yet: `svi user add LOGIN --name … --language fr --skill claims=3` opens one")
        return
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = max(console.width, NARROWEST)
    console.print(_table(found))


@group.command(name="skills")
@click.argument("login")
@_skills
def skills_(login: str, skills: tuple[tuple[Subject, Level], ...]) -> None:
    """Replace an advisor's skills; they count from the next time that the advisor is ready."""
    with begin(_OPERATOR) as work:
        known = agents.teach(work, _known(work, login).id, dict(skills))
    click.echo(f"{known.login}: {_skills_of(known) or 'no skill, and so no call'}")


@group.command()
@click.argument("login")
def close(login: str) -> None:
    """Close an account for good; the calls it took stay on record."""
    with begin(_OPERATOR) as work:
        known = _known(work, login)
        accounts.close(work, known.id)
    click.echo(f"{known.login} is closed")


def _chosen_password(from_stdin: bool) -> str:
    """Return the password that the operator gives: a line of standard input, or what is typed twice, unseen."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("password", hide_input=True, confirmation_prompt=True))


def _known(work: Work, login: str) -> Advisor:
    if known := agents.by_login(work, login):
        return known
    raise BadInputError(f"there is no account {login}: `svi user list` names them")


def _table(found: list[Advisor]) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("login", "name", "role", "languages", "skills", "state"):
        table.add_column(name, overflow="fold")
    for each in found:
        state = f"{each.state} ({each.reason})" if each.reason else each.state
        table.add_row(each.login, each.name, each.role, " ".join(each.languages), _skills_of(each), state)
    return table


def _skills_of(known: Advisor) -> str:
    return "  ".join(f"{subject}={known.skills[subject]}" for subject in SUBJECTS if subject in known.skills)
