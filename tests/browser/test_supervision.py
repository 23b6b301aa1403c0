"""The supervisors' pages in a real browser: in both languages and themes, and in a talk that is going on."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from tests.centre import Caller

from .conftest import Call, Hire, Sit, Theme, Whole, in_each_look
from .desk import PASSWORD, Desk

pytestmark = pytest.mark.long
OF_DEMONSTRATION = "essai du 3939"
ROOT = Path(__file__).parents[2]
MORNING = """
from svi import running
running.join()
from backend.work import Actor, begin
from tests.callcenter.log import Log
log = Log().signed_in(at=0, advisor=7).ready(at=0)
for call in range(100):
    log.queued(at=call * 60, ticket=10**9 + call).bridged(at=call * 60 + 10, advisor=7).ended(at=call * 60 + 40)
with begin(Actor("job", "test")) as work:
    log.write(work)
"""
RIGHTS = "4"
Open = Callable[..., Page]


class Supervisor(Desk):
    """One page of a supervisor: `karim.opens("floor").is_in("whisper").hears("Bonjour")`."""

    def __init__(self, page: Page, url: str) -> None:
        super().__init__(page, url)
        self.enters("k.tazi", OF_DEMONSTRATION)

    def is_in(self, mode: str) -> Self:
        """Be in the one talk by a mode, and wait until one is."""
        change = self.page.locator(f'[data-change="{mode}"]')
        (change if change.is_visible() else self.page.locator(f'[data-visit$=" {mode}"]').first).click()
        expect(self.page.locator(f'#visit-mode[data-mode="{mode}"]')).to_be_visible()
        return self


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Open]:
    """Return what opens a window; what its script complains of is a failure."""
    with ExitStack() as opened:
        said: list[str] = []

        def opens(language: str = "fr", theme: Theme = "light", width: int = 1360) -> Page:
            context = chromium.new_context(
                viewport={"width": width, "height": 900}, locale=f"{language}-MA", color_scheme=theme
            )
            opened.callback(context.close)
            page = context.new_page()
            page.on("pageerror", lambda error: said.append(str(error)))
            page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
            return page

        yield opens
    assert [line for line in said if "ERR_" not in line and "status of 401" not in line] == []  # who has signed out


@pytest.fixture
def talk(open_page: Open, whole: Whole) -> Iterator[tuple[Caller, Desk]]:
    """Have a caller talk to an advisor; the talk is wrapped up at the end."""
    whole.hires("plateau.1", "Samira L'Alami", "fr", PASSWORD)
    desk = Desk(open_page(), whole.console).signs_in("plateau.1").presses("KeyR").is_in_state("ready")
    exchange = whole.phone.rstrip("/")
    wish: dict[str, Any] = {"from": "+212663000401", "to": "3939", "pace": 0}
    caller = Caller(exchange, requests.post(f"{exchange}/phone/calls", json=wish, timeout=10).json()["sid"])
    caller.keys("2", "2").keys("2").asked("recording").keys("2")
    desk.sees("offer").presses("KeyA").sees("talking").line_is("joined")
    yield caller, desk
    caller.hangs_up()
    desk.sees("wrap-up")
    desk.page.locator('[value="answered"]').check()
    desk.presses("KeyW").is_in_state("ready")
    desk.page.locator('form[action$="sign-out"] button').click()


@in_each_look
def test_the_floor_from_calm_to_alarm(
    sit: Sit, hire: Hire, call: Call, whole: Whole, language: str, theme: Theme
) -> None:
    """Empty, with a talk that one listens to, with a caller for whom nobody is there; and each advisor's services."""
    login = f"plateau.{language}.{theme}"
    whole.hires(login, "Karim L'Tazi", language, PASSWORD, "supervisor")
    karim = sit(language, theme).enters(login).reads(language).opens("floor").pictured("floor-calm", narrow=True)
    samira = sit().signs_in(hire(language, "Samira El Alami")).presses("KeyR").is_in_state("ready")
    caller = call(language)
    samira.sees("offer").presses("KeyA").sees("talking").line_is("joined")
    call(language, about=RIGHTS)
    expect(karim.page.locator('[data-alarm^="nobody"]')).to_be_visible(timeout=20_000)
    karim.pictured("floor", narrow=True)
    karim.page.locator('[data-visit$=" listen"]').first.click()
    expect(karim.page.locator('#visit-mode[data-mode="listen"]')).to_be_visible()
    karim.line_is("joined")
    caller.says("Je n'ai rien reçu شكرا")
    karim.hears("Je n'ai rien reçu").pictured("listening", narrow=True)
    karim.page.locator('[data-change=""]').click()
    expect(karim.page.locator("#line")).to_be_hidden()
    karim.page.locator("#people a", has_text="Samira El Alami").first.click()
    expect(karim.page.locator(".levels")).to_be_visible()
    karim.pictured("services-of-an-advisor", whole=True, narrow=True)
    caller.hangs_up()
    samira.sees("wrap-up")
    samira.page.locator('[value="answered"]').check()
    samira.presses("KeyW").is_in_state("ready")


def test_a_supervisor_listens_whispers_joins_and_leaves(
    open_page: Open, whole: Whole, talk: tuple[Caller, Desk]
) -> None:
    """Listening is heard by nobody, whispering by the advisor alone, joining by all; the page says which it is."""
    caller, samira = talk
    karim = Supervisor(open_page(), whole.console).opens("floor").is_in("listen").line_is("joined").is_accessible()
    expect(karim.page.locator("#visit-mode")).to_have_text("Vous écoutez. Personne ne vous entend.")
    caller.says("Je n'ai rien reçu")
    karim.hears("Je n'ai rien reçu")
    karim.is_in("whisper").line_is("joined").says("Proposez un rappel")
    samira.hears("Proposez un rappel")
    karim.is_in("join").line_is("joined").says("Bonjour, ici le superviseur")
    caller.hears("Bonjour, ici le superviseur")
    assert "Proposez" not in " ".join(caller.log())
    karim.page.locator('[data-change=""]').click()
    expect(karim.page.locator("#line")).to_be_hidden()
    karim.is_in("listen").line_is("joined")
    samira.presses("KeyE").sees("wrap-up")
    expect(karim.page.locator("#line")).to_be_hidden()


@in_each_look
def test_the_trends_are_drawn_from_their_tables(open_page: Open, whole: Whole, language: str, theme: Theme) -> None:
    """In the page's direction; where the library is missing the tables are all there is, and they are open."""
    subprocess.run([sys.executable, "-c", MORNING], env=whole.environment(), cwd=ROOT, check=True)
    karim = Supervisor(open_page(language, theme), whole.console).reads(language).opens("trends?day=2024-03-20")
    expect(karim.page.locator("main[data-drawn=yes]")).to_be_visible()
    expect(karim.page.locator(".drawn canvas")).to_have_count(5)
    expect(karim.page.locator("details.table[open]")).to_have_count(0)
    karim.pictured("trends", whole=True, narrow=True)
    karim.page.route(re.compile(r"uPlot\.esm"), lambda route: route.abort())
    karim.opens("trends?day=2024-03-20").is_accessible()
    expect(karim.page.locator("main[data-drawn=no]")).to_be_visible()
    expect(karim.page.locator("details.table[open]")).to_have_count(5)
    karim.opens("reports?from=2024-03-20&to=2024-03-20&by=interval").pictured("reports", narrow=True)
    with karim.page.expect_download() as download:
        karim.page.locator('button[value="sheet"]').click()
    assert download.value.suggested_filename == "svi-3939-interval-2024-03-20-2024-03-20.csv"
