"""An advisor who fills in forms on the page at work."""

import re
from dataclasses import dataclass

from sqlalchemy import text
from werkzeug.test import TestResponse

from backend import db
from backend.values import RegistrationNumber
from backend.work import Actor, begin
from callcenter import records
from tests.console.conftest import Browser
from tests.flows.advising import Desk, rows


@dataclass
class Form:
    """A form as the page shows it: what it posts besides what is typed."""

    browser: Browser
    act: str
    number: str
    opening: str

    def posts(self, script: bool = False, /, **typed: str) -> TestResponse:
        """Post it, by the page's script or without."""
        data = {"number": self.number, "opening": self.opening, **{_name(key): value for key, value in typed.items()}}
        headers = self.browser.ours | ({"X-Console": "script"} if script else {})
        return self.browser.client.post(f"/console/act/{self.act}", data=data, headers=headers)


def form(browser: Browser, act: str) -> Form:
    """Return a form of the page."""
    found = _form(browser.opens().text, act)
    assert found, f"{act} is not offered"
    return Form(browser, act, found[1], found[2])


def offered(browser: Browser) -> set[str]:
    """Return what can be done now."""
    return set(re.findall(r'action="/console/act/([\w-]+)"', browser.opens().text))


def does(browser: Browser, act: str, **typed: str) -> str:
    """Fill in a form, and return the page that follows."""
    answer = form(browser, act).posts(**typed)
    assert answer.status_code == 303, answer.text
    return browser.opens().text


def audited(*actions: str) -> list[tuple[str, str, str, str]]:
    """Return action, kind of actor, actor and reason of what was noted, the oldest first."""
    query = text("select action, actor_kind, actor, reason from audit where action = any(:actions) order by id")
    with db.engine().connect() as connection:
        return [tuple(row) for row in connection.execute(query, {"actions": list(actions)})]


def _form(page: str, act: str) -> re.Match[str] | None:
    shown = rf'action="/console/act/{act}".*?name="number" value="(\d+)".*?name="opening" value="(\d*)"'
    return re.search(shown, page, re.DOTALL)


def _name(key: str) -> str:
    return key.replace("_", "-")


NEW = "0661 00 09 99"


def occasions() -> list[str]:
    """Return what SMS were promised, without the codes of the vocal server."""
    return [row.occasion for row in rows("outbox") if row.occasion != "sms-code"]


def opens_hicham(samira: Desk) -> None:
    """Open his record for a stated reason."""
    with begin(Actor("advisor", str(samira.id), "console")) as work:
        number = RegistrationNumber("104228815")
        found = records.open_for_reason(work, samira.id, number, "caller-not-proved", "Il a perdu son téléphone.")
        assert isinstance(found, records.Opened)
