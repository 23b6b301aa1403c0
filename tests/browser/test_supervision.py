"""The supervisors' pages in a real browser: in both languages and themes, and in a talk that is going on."""

import itertools
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Literal, Self

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.centre import Caller

from .conftest import Whole
from .desk import PASSWORD, Desk

pytestmark = pytest.mark.long
LOOKS = list(itertools.product(("fr", "ar"), ("light", "dark")))
OF_DEMONSTRATION = "essai du 3939"
ROOT = Path(__file__).parents[2]
MORNING = """
from datetime import date
from svi import running
running.join()
from backend.work import Actor, begin
from callcenter import tallies
from tests.callcenter.log import Log
log = Log().signed_in(at=0, advisor=7).ready(at=0)
for call in range(100):
    log.queued(at=call * 60, ticket=10**9 + call).bridged(at=call * 60 + 10, advisor=7).ended(at=call * 60 + 40)
with begin(Actor("job", "test")) as work:
    log.write(work)
tallies.count_day(date(2024, 3, 20))
"""
PAGES = ("floor", "floor/advisors/1", "trends", "reports")
Sit = Callable[..., Page]


class Supervisor:
    """One page of a supervisor: `karim.opens("floor").whispers().hears("Bonjour")`."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self._url = page, url
        page.goto(url)
        page.locator("#login").fill("k.tazi")
        page.locator("#password").fill(OF_DEMONSTRATION)
        page.keyboard.press("Enter")
        expect(page.locator(".menu")).to_be_visible()

    def opens(self, path: str) -> Self:
        """Open a page."""
        self.page.goto(f"{self._url}{path}")
        return self

    def is_accessible(self) -> Self:
        """Have axe find nothing wrong, and nothing be wider than the window."""
        violations = Axe().run(self.page).response["violations"]
        assert violations == [], [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in violations]
        assert self.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        return self

    def is_in(self, mode: str) -> Self:
        """Be in the one talk by a mode, and wait until one is."""
        change = self.page.locator(f'[data-change="{mode}"]')
        (change if change.is_visible() else self.page.locator(f'[data-visit$=" {mode}"]').first).click()
        expect(self.page.locator(f'#visit-mode[data-mode="{mode}"]')).to_be_visible()
        return self

    def line_is(self, state: str) -> Self:
        """Wait until the telephone is in a state."""
        expect(self.page.locator(f'#line-state[data-state="{state}"]')).to_be_visible()
        return self

    def says(self, words: str) -> Self:
        """Type what one says."""
        self.page.locator("#words").fill(words)
        self.page.keyboard.press("Enter")
        return self

    def hears(self, words: str) -> Self:
        """Read what somebody said."""
        expect(self.page.locator("#heard p").filter(has_text=words)).to_be_visible()
        return self


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Sit]:
    """Return what opens a window; what its script complains of is a failure."""
    with ExitStack() as opened:
        said: list[str] = []

        def opens(language: str = "fr", theme: Literal["light", "dark"] = "light", width: int = 1360) -> Page:
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
def talk(open_page: Sit, whole: Whole) -> Iterator[tuple[Caller, Desk]]:
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


@pytest.mark.parametrize(("language", "theme"), LOOKS)
def test_the_pages_are_accessible_and_fit(
    open_page: Sit, whole: Whole, language: str, theme: Literal["light", "dark"]
) -> None:
    """Axe finds nothing; on a narrow window nothing but tables scrolls sideways."""
    for width in (1360, 390):
        karim = Supervisor(open_page(language, theme, width), whole.console)
        if karim.page.locator(f'button[name="language"][value="{language}"]').count():
            karim.page.locator('button[name="language"]').click()
        for path in PAGES:
            karim.opens(path).is_accessible()
            expect(karim.page.locator("html")).to_have_attribute("lang", language)


def test_a_supervisor_listens_whispers_joins_and_leaves(
    open_page: Sit, whole: Whole, talk: tuple[Caller, Desk]
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


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_trends_are_drawn_from_their_tables(open_page: Sit, whole: Whole, language: str) -> None:
    """In the page's direction; where the library is missing the tables are all there is, and they are open."""
    subprocess.run([sys.executable, "-c", MORNING], env=whole.environment(), cwd=ROOT, check=True)
    karim = Supervisor(open_page(language), whole.console).opens("trends?day=2024-03-20").is_accessible()
    expect(karim.page.locator("main[data-drawn=yes]")).to_be_visible()
    expect(karim.page.locator(".drawn canvas")).to_have_count(5)
    expect(karim.page.locator("details.table[open]")).to_have_count(0)
    karim.page.route(re.compile(r"uPlot\.esm"), lambda route: route.abort())
    karim.opens("trends?day=2024-03-20").is_accessible()
    expect(karim.page.locator("main[data-drawn=no]")).to_be_visible()
    expect(karim.page.locator("details.table[open]")).to_have_count(5)
    karim.opens("reports?from=2024-03-20&to=2024-03-20&by=interval").is_accessible()
    with karim.page.expect_download() as download:
        karim.page.locator('button[value="sheet"]').click()
    assert download.value.suggested_filename == "svi-3939-interval-2024-03-20-2024-03-20.csv"
