"""A call at the advisors' console, from the sign-in to the wrap-up, in a real browser, against everything that runs."""

import itertools
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any, Literal

import pytest
import requests
from playwright.sync_api import Browser, expect

from tests.centre import Caller

from .conftest import Whole
from .desk import PASSWORD, Desk

pytestmark = pytest.mark.long
LOOKS = list(itertools.product(("fr", "ar"), ("light", "dark")))
NUMBER, BORN, MOBILE = "102320119", "20061981", "+212663000401"  # of the demonstration
KEY_OF = {"fr": "2", "ar": "1"}
Sit = Callable[..., Desk]
Hire = Callable[[str, str], str]
Call = Callable[..., Caller]


@pytest.fixture
def sit(chromium: Browser, whole: Whole) -> Iterator[Sit]:
    """Return what opens the console: `sit("ar", "dark")`; what its script complains of is a failure."""
    with ExitStack() as opened:
        said: list[str] = []

        def open_page(language: str = "fr", theme: Literal["light", "dark"] = "light", width: int = 1360) -> Desk:
            context = chromium.new_context(
                viewport={"width": width, "height": 900}, locale=f"{language}-MA", color_scheme=theme
            )
            opened.callback(context.close)
            page = context.new_page()
            page.on("pageerror", lambda error: said.append(str(error)))
            page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
            return Desk(page, whole.console)

        yield open_page
    assert [line for line in said if "status of 40" not in line] == []


@pytest.fixture
def hire(whole: Whole) -> Hire:
    """Return what opens an account for calls about contributions in one language, and gives its login."""
    numbers = itertools.count(len(_HIRED))

    def hires(language: str, name: str) -> str:
        login = f"essai.{next(numbers)}"
        _HIRED.append(login)
        whole.hires(login, name, language, PASSWORD)
        return login

    return hires


_HIRED: list[str] = []


@pytest.fixture
def call(whole: Whole) -> Iterator[Call]:
    """Return what calls, proves who one is, and asks for an advisor about contributions; all hang up at the end."""
    with ExitStack() as lines:

        def dial(language: str = "fr", *, proves: bool = False) -> Caller:
            exchange, to = whole.phone.rstrip("/"), "+212520447100" if proves else "3939"
            wish: dict[str, Any] = {"from": MOBILE, "to": to, "pace": 0}
            caller = Caller(exchange, requests.post(f"{exchange}/phone/calls", json=wish, timeout=10).json()["sid"])
            lines.callback(caller.hangs_up)
            caller.keys(KEY_OF[language], "2")
            if proves:
                before = _newest(whole)
                caller.asked("registration-number").keys(NUMBER).asked("birth-date").keys(BORN).asked("code")
                caller.keys(_code(whole, before)).asked("contributions-menu")
            return caller.keys("0" if proves else "2").asked("recording").keys("2")

        yield dial


@pytest.mark.parametrize(("language", "theme"), LOOKS)
def test_a_call_from_the_sign_in_to_the_wrap_up(
    sit: Sit, hire: Hire, call: Call, language: str, theme: Literal["light", "dark"]
) -> None:
    """By the keyboard alone; axe finds nothing in any state; a name, and notes, only where it was proved."""
    proved = theme == "light"
    desk = sit(language, theme).is_accessible().signs_in(hire(language, "Samira L'Alami")).is_accessible()
    desk.presses("KeyR").is_in_state("ready").sees("idle").is_accessible()
    caller = call(language, proves=proved)
    desk.sees("offer").is_accessible()
    expect(desk.page.locator("#person .name")).to_be_visible(visible=proved)
    desk.presses("KeyA").sees("talking").line_is("joined")
    desk.says("Bonjour <b>Madame</b>").hears("Bonjour <b>Madame</b>")
    caller.hears("Bonjour <b>Madame</b>").says("Merci beaucoup")
    desk.hears("Merci beaucoup").is_accessible()
    if proved:
        desk.note.fill("rappeler 'demain' غدا")
    desk.presses("KeyH")
    expect(desk.page.locator(".held")).to_be_visible()
    desk.is_accessible().presses("KeyH")
    expect(desk.page.locator(".held")).to_be_hidden()
    desk.presses("KeyE").sees("wrap-up").line_is("idle")
    if proved:
        expect(desk.note).to_have_value("rappeler 'demain' غدا")
    desk.page.locator('[value="case-opened"]').check()
    desk.is_accessible().presses("KeyW").is_in_state("ready").sees("idle")
    caller.asked("survey").hangs_up()
    desk.opens("account").is_accessible().opens("nowhere").is_accessible()
    desk.page.locator('form[action$="sign-out"] button').click()
    expect(desk.page.locator("#login")).to_be_visible()


def test_a_reload_in_mid_call_keeps_it(sit: Sit, hire: Hire, call: Call) -> None:
    """The telephone dials in again; the caller stays where they are."""
    desk = sit().signs_in(hire("fr", "Nadia")).presses("KeyR").is_in_state("ready")
    caller = call()
    desk.sees("offer").presses("KeyA").sees("talking").line_is("joined")
    desk.page.reload()
    desk.sees("talking").line_is("joined").says("Je suis de retour")
    caller.hears("Je suis de retour")
    desk.presses("KeyE").sees("wrap-up")
    desk.page.locator('[value="cut-off"]').check()
    desk.presses("KeyW").is_in_state("ready")
    desk.page.locator('form[action$="sign-out"] button').click()


def test_of_two_pages_one_holds_the_telephone(sit: Sit, hire: Hire, call: Call, whole: Whole) -> None:
    """The other says so, and takes it when the first is closed."""
    first = sit().signs_in(hire("fr", "Karim"))
    second = Desk(first.page.context.new_page(), whole.console)
    first.page.bring_to_front()
    first.presses("KeyR").is_in_state("ready")
    caller = call()
    first.sees("offer").presses("KeyA").sees("talking").line_is("joined")
    second.page.bring_to_front()
    second.sees("talking").line_is("elsewhere")
    first.page.close()
    second.line_is("joined").says("Toujours là")
    caller.hears("Toujours là").hangs_up()
    second.sees("wrap-up")
    second.page.locator('[value="answered"]').check()
    second.presses("KeyW").is_in_state("ready")
    second.page.locator('form[action$="sign-out"] button').click()


def _newest(whole: Whole) -> int:
    return int(requests.get(f"{whole.phone}phone/messages", timeout=10).json()["last"])


def _code(whole: Whole, after: int) -> str:
    query = {"to": MOBILE, "after": str(after), "wait": "20"}
    news = requests.get(f"{whole.phone}phone/messages", params=query, timeout=40).json()
    found = re.match(r"\d{6}", news["messages"][-1]["body"])
    assert found
    return found[0]
