"""The supervisors' pages in a real browser: in both languages and themes, and in a talk that is going on."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.centre import Caller

from .conftest import Call, Sit, Theme, Whole, Window, in_each_look
from .desk import PASSWORD, Desk, Supervisor

pytestmark = pytest.mark.long
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
SOFIA = "Sofia L'Alami"
OMAR = "Omar El Idrissi"
RIGHTS = "4"


@pytest.fixture
def talk(window: Window, whole: Whole, call: Call) -> Iterator[tuple[Caller, Desk]]:
    """Have a caller talk to an advisor; the talk is wrapped up at the end."""
    whole.hires("plateau.1", SOFIA, "fr", PASSWORD)
    desk = Desk(window(), whole.console).signs_in("plateau.1").presses("KeyR").is_in_state("ready")
    caller = call("fr")
    desk.sees("offer").presses("KeyA").sees("talking").line_is("joined")
    yield caller, desk
    caller.hangs_up()
    desk.sees("wrap-up")
    desk.page.locator('[value="answered"]').check()
    desk.presses("KeyW").is_in_state("ready")
    desk.signs_out()


@in_each_look
def test_the_floor_from_calm_to_alarm(sit: Sit, call: Call, whole: Whole, language: str, theme: Theme) -> None:
    """Empty, with a talk that one listens to, with a caller for whom nobody is there; and each advisor's services."""
    login = f"plateau.{language}.{theme}"
    whole.hires(login, "Karim L'Tazi", language, PASSWORD, "supervisor")
    whole.hires(f"{login}.1", OMAR, language, PASSWORD)
    karim = sit(language, theme).enters(login).reads(language).opens("floor").pictured("floor-calm", narrow=True)
    omar = sit().signs_in(f"{login}.1").presses("KeyR").is_in_state("ready")
    caller = call(language)
    omar.sees("offer").presses("KeyA").sees("talking").line_is("joined")
    call(language, about=RIGHTS)
    expect(karim.page.locator('[data-alarm^="nobody"]')).to_be_visible(timeout=20_000)
    karim.pictured("floor", narrow=True)
    karim.page.locator("#talks tr", has_text=OMAR).locator('[data-visit$=" listen"]').click()
    expect(karim.page.locator('#visit-mode[data-mode="listen"]')).to_be_visible()
    karim.line_is("joined")
    caller.says("Je n'ai rien reçu شكرا")
    karim.hears("Je n'ai rien reçu").pictured("listening", narrow=True)
    karim.page.locator('[data-change=""]').click()
    expect(karim.page.locator("#line")).to_be_hidden()
    karim.page.locator("#people a", has_text=OMAR).first.click()
    expect(karim.page.locator(".levels")).to_be_visible()
    karim.pictured("services-of-an-advisor", whole=True, narrow=True)
    caller.hangs_up()
    omar.is_in_wrap_up().results_in("answered").is_in_state("ready").signs_out()


def test_a_supervisor_listens_whispers_joins_and_leaves(
    window: Window, whole: Whole, talk: tuple[Caller, Desk]
) -> None:
    """Listening is heard by nobody, whispering by the advisor alone, joining by all; the page says which it is."""
    caller, samira = talk
    karim = Supervisor(window(), whole.console).opens("floor").visits(SOFIA, "listen").is_accessible()
    expect(karim.page.locator("#visit-mode")).to_have_text("Vous écoutez. Personne ne vous entend.")
    caller.says("Je n'ai rien reçu")
    karim.hears("Je n'ai rien reçu")
    karim.changes("whisper").says("Proposez un rappel")
    samira.hears("Proposez un rappel")
    karim.changes("join").says("Bonjour, ici le superviseur")
    caller.hears("Bonjour, ici le superviseur")
    assert "Proposez" not in " ".join(caller.log())
    karim.page.locator('[data-change=""]').click()
    expect(karim.page.locator("#line")).to_be_hidden()
    karim.visits(SOFIA, "listen")
    samira.presses("KeyE").sees("wrap-up")
    expect(karim.page.locator("#line")).to_be_hidden()


@in_each_look
def test_the_trends_are_drawn_from_their_tables(window: Window, whole: Whole, language: str, theme: Theme) -> None:
    """In the page's direction; where the library is missing the tables are all there is, and they are open."""
    subprocess.run([sys.executable, "-c", MORNING], env=whole.environment(), cwd=ROOT, check=True)
    karim = Supervisor(window(language, theme), whole.console).reads(language).opens("trends?day=2024-03-20")
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
