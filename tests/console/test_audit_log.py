"""The auditor's log: who did what, filtered, paged, exported; and nothing else."""

import ast
import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from backend import audit
from backend.audit import Wanted
from backend.wording import LANGUAGES, exists
from backend.work import Actor, begin
from callcenter.console.administration.actions import ACTIONS
from tests.console.conftest import Browser, Hire

TEST = Actor("command", "test")
ROOT = Path(__file__).parents[2]
NOON = datetime(2031, 7, 20, 12, tzinfo=UTC)  # later than what signing in notes: ids and instants rise together
Write = Callable[..., None]


@pytest.fixture
def auditor(hire: Hire, browser: Browser) -> Browser:
    """Return a browser in which an auditor is signed in."""
    hire("auditrice", "auditor", "Amal Audit")
    browser.signs_in("auditrice")
    return browser


@pytest.fixture
def write(environment: dict[str, str]) -> Write:
    """Return what writes a line of the log, at an instant."""
    assert environment

    def line(action: str, at: datetime = NOON, actor: Actor = TEST, person: int | None = None, **details: str) -> None:
        row = {"at": at, "actor_kind": actor.kind, "actor": actor.reference, "reason": actor.reason}
        with begin(TEST) as work:
            work.execute(insert(audit.audit).values(action=action, person_id=person, details=details, **row))

    return line


def rows(text: str) -> list[dict[str, str]]:
    """Return the rows of a CSV."""
    return list(csv.DictReader(io.StringIO(text)))


def test_the_log_is_said_in_words_with_who_and_why(auditor: Browser, write: Write, hire: Hire) -> None:
    """A script in a stated reason is a text."""
    nadia = hire("n.idrissi", "advisor", "Nadia Idrissi")
    write("person.read", actor=Actor("advisor", str(nadia), "<script>raison"), person=12)
    page = auditor.opens("log").text
    assert "a lu une fiche" in page
    assert "Nadia Idrissi" in page
    assert "&lt;script&gt;raison" in page
    assert "personne 12" in page


def test_every_action_has_its_words_in_both_languages() -> None:
    """Imports and exports of all kinds share theirs."""
    for action in ACTIONS:
        subject, _, done = action.partition(".")
        wanted = f"audited-{action.replace('.', '-')}"
        if done in {"imported", "exported"} and subject != "audit":
            wanted = f"audited-{done}"
        assert all(exists(language, wanted) for language in LANGUAGES), wanted


def test_every_detail_that_the_program_notes_has_its_words() -> None:
    """What is written out where it is noted; counts of an import and the filter of an export besides."""
    noted = {"added", "changed", "unchanged", "rejected", "of_day", "of_actor", "of_action", "of_person"}
    for file in (file for room in ("backend", "callcenter", "ivr", "svi") for file in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record":
                noted |= {each.arg for each in node.keywords if each.arg}
    for name in noted:
        assert all(exists(language, f"log-detail-{name.replace('_', '-')}") for language in LANGUAGES), name


def test_details_are_said_in_words(auditor: Browser, write: Write, hire: Hire) -> None:
    """Closed values and days too, each value set apart; an account by its name."""
    nadia = hire("n.idrissi", "advisor", "Nadia Idrissi")
    write("advisor.role", advisor=str(nadia), role="supervisor")
    write("hours.changed", from_day="2031-07-20")
    page = auditor.opens("log").text
    assert "rôle : <bdi>superviseur</bdi>" in page
    assert "compte : <bdi>Nadia Idrissi</bdi>" in page
    assert "à partir du : <bdi>20/07/2031</bdi>" in page
    auditor.posts("look", language="ar")
    assert "الدور: <bdi>مشرف" in auditor.opens("log").text


def test_every_action_that_the_program_notes_is_on_the_list() -> None:
    """One that is added somewhere, and has no words yet, is found here; those put together (`f"case.{…}"`) are not."""
    noted = re.compile(r'audit\.record\(\s*work,\s*"([a-z-]+\.[a-z-]+)"')
    files = (file for room in ("backend", "callcenter", "ivr", "svi") for file in (ROOT / room).rglob("*.py"))
    assert {action for file in files for action in noted.findall(file.read_text("utf-8"))} <= set(ACTIONS)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, 3),
        ({"day": "2031-07-20"}, 2),
        ({"day": "2031-07-21"}, 1),
        ({"day": "2031-07-22"}, 0),
        ({"actor": "call"}, 1),
        ({"actor": "advisor 77"}, 1),
        ({"action": "claims.read"}, 2),
        ({"person": "12"}, 2),
        ({"person": "12", "action": "claims.read", "day": "2031-07-20"}, 1),
        ({"day": "x", "actor": "y", "action": "z", "person": "-1"}, 3),
    ],
)
def test_lines_are_filtered(auditor: Browser, write: Write, query: dict[str, str], found: int) -> None:
    """A day is one of Morocco, which begins an hour before UTC's."""
    write("claims.read", person=12, actor=Actor("call", "5"), mark="x")
    write("person.read", NOON + timedelta(hours=10.5), person=13, actor=Actor("advisor", "77"), mark="x")
    write("claims.read", NOON + timedelta(hours=11.5), person=12, mark="x")
    assert auditor.opens("log", **query).text.count("<bdi>x</bdi>") == found


def test_pages_go_on_where_the_last_one_ended(auditor: Browser, write: Write) -> None:
    """By a cursor: what is written meanwhile moves nothing."""
    for number in range(120):
        write("person.read", mark=f"-{number}-")
    met: list[str] = []
    page = auditor.opens("log", action="person.read").text
    while True:
        met += re.findall(r"<bdi>-(\d+)-</bdi>", page)
        write("person.read", mark="late")
        older = re.search(r'href="[^"]*before=(\d+)', page)
        if not older:
            break
        page = auditor.opens("log", action="person.read", before=older[1]).text
    assert met == [str(number) for number in reversed(range(120))]


def test_a_rare_action_is_looked_for_by_stretches(
    auditor: Browser, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A look never reads more than so many lines, and says how far it came."""
    monkeypatch.setattr(audit, "STRETCH", 10)
    write("token.added", mark="x")
    for _ in range(25):
        write("person.read")
    looks, before = 0, None
    while True:
        with begin(TEST) as work:
            page = audit.read(work, Wanted(action="token.added"), before, 50)
        looks, before = looks + 1, page.before
        if page.entries or before is None:
            break
    assert looks == 3
    assert "lu jusqu" in auditor.opens("log", action="token.added").text


@pytest.mark.usefixtures("listed")
def test_a_person_is_looked_up_by_a_form_never_by_an_address(auditor: Browser, write: Write) -> None:
    """The address has our number of the person; the look is in the log."""
    answer = auditor.posts("log/person", number="104 228 815", day="2031-07-20", action="person.read")
    assert "104228815" not in answer.location
    found = re.search(r"person=(\d+)", answer.location)
    assert found
    assert "action=person.read" in answer.location
    write("claims.read", person=int(found[1]))
    assert "a lu les dossiers de soins" in auditor.opens("log", person=found[1]).text
    with begin(TEST) as work:
        read = work.execute(select(audit.audit).where(audit.audit.c.reason == "log")).one()
    assert (read.action, read.person_id) == ("person.read", int(found[1]))
    assert auditor.posts("log/person", number="999999999").location.endswith("said=log-nobody")
    assert auditor.posts("log/person", number="'; drop").location.endswith("said=log-no-number")


def test_the_export_runs_nothing_and_is_in_the_log(auditor: Browser, write: Write) -> None:
    """It follows the filter, and a reason that would be a formula is a text."""
    write("person.read", actor=Actor("advisor", "7", '=HYPERLINK("http://x")'), person=12)
    write("claims.read", actor=Actor("advisor", "7", "+212661000111"), person=12)
    write("claims.read", person=13)
    found = rows(auditor.posts("log/export", person="12").text)
    assert [row["reason"] for row in found] == ["+212661000111", '\'=HYPERLINK("http://x")']
    with begin(TEST) as work:
        exported = work.execute(select(audit.audit).where(audit.audit.c.action == "audit.exported")).one()
    assert exported.details == {"of_person": "12"}


def test_an_export_has_every_line_once(auditor: Browser) -> None:
    """However many pages it takes."""
    with begin(TEST) as work:
        line = {"at": NOON, "actor_kind": "job", "actor": "x", "reason": "", "action": "person.read", "details": {}}
        work.execute(insert(audit.audit), [line] * 2_500)
    found = rows(auditor.posts("log/export", action="person.read").text)
    assert len({row["id"] for row in found}) == len(found) == 2_500


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_that_no_calendar_of_ours_reaches_filters_nothing(auditor: Browser, write: Write, day: str) -> None:
    """The log is shown as without it."""
    write("person.read")
    assert "a lu une fiche" in auditor.opens("log", day=day).text
