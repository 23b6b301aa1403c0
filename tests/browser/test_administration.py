"""The administrator's and the auditor's pages in a real browser: axe, both languages and themes, a list to its end."""

import itertools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import Whole, Window
from .desk import PASSWORD, Desk

pytestmark = pytest.mark.long
Theme = Literal["light", "dark"]
LOOKS = list(itertools.product(("fr", "ar"), ("light", "dark")))
ADMINISTRATOR, AUDITOR = "essai.admin", "essai.audit"
HEADER = "registration_number,cin,last_name,first_name,birth_date,category,mobile"
ROWS = (
    "155000001,ZZ155001,El Mansouri,Driss,1971-02-03,cpu,+212661550001",
    "155000002,ZZ155002,L'Alaoui,Hiba,1982-11-30,cpu,",
    "155000003,ZZ155003,<script>alert(1)</script>,Omar,1990-13-01,cpu,",
)
Enter = Callable[..., Desk]


@pytest.fixture(scope="session")
def hired(whole: Whole) -> Whole:
    """Return the system, with an administrator and an auditor."""
    whole.hires(ADMINISTRATOR, "Aïcha L'Admin العلوي", "fr", PASSWORD, "administrator")
    whole.hires(AUDITOR, "Amal Audit", "fr", PASSWORD, "auditor")
    return whole


@pytest.fixture
def enter(window: Window, hired: Whole) -> Enter:
    """Return what signs somebody in: `enter("fr", "dark", ADMINISTRATOR)`."""

    def signs_in(language: str, theme: Theme, login: str, width: int = 1360) -> Desk:
        return Desk(window(language, theme, width), hired.console).enters(login).reads(language)

    return signs_in


def shown(desk: Desk, name: str) -> Desk:
    """Look at a page with axe, and keep its picture where `SVI_PICTURES` says to."""
    desk.is_accessible()
    if folder := os.environ.get("SVI_PICTURES"):
        desk.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
    return desk


@pytest.mark.parametrize("width", [1360, 390])
@pytest.mark.parametrize(("language", "theme"), LOOKS)
def test_each_page_of_the_administrator(enter: Enter, language: str, theme: Theme, width: int) -> None:
    """Axe finds nothing, and nothing is wider than a window, or than a telephone."""
    desk = enter(language, theme, ADMINISTRATOR, width)
    for page in ("lists", "hours", "accounts", "accounts/1", "messages", "messages/sms-claim", "system", "password"):
        desk.opens(page)
        if page in {"hours", "accounts"}:
            desk.page.locator("details.card > summary").click()
        shown(desk, f"{page.replace('/', '-')}-{language}-{theme}-{width}")


@pytest.mark.parametrize("width", [1360, 390])
@pytest.mark.parametrize(("language", "theme"), LOOKS)
def test_the_log_of_the_auditor(enter: Enter, language: str, theme: Theme, width: int) -> None:
    """Its lines, and where there are none."""
    desk = enter(language, theme, AUDITOR, width)
    shown(desk, f"log-{language}-{theme}-{width}")
    shown(desk.opens("log?day=2001-01-01"), f"log-none-{language}-{theme}-{width}")


@pytest.mark.parametrize(("language", "theme"), [("fr", "light"), ("ar", "dark")])
def test_a_list_with_rejects_from_the_form_to_the_file_of_rejects(
    enter: Enter, tmp_path: Path, language: str, theme: Theme
) -> None:
    """The look shows what is wrong; confirmed, its progress comes by itself; what is rejected is fetched."""
    page = enter(language, theme, ADMINISTRATOR).opens("lists").page
    file = tmp_path / "assurés d'été.csv"
    file.write_text("\n".join([HEADER, *ROWS, f"# {language}"]), encoding="utf-8")
    page.locator("#kind").select_option("people")
    page.locator("#file").set_input_files(file)
    page.locator("main button.main").click()
    expect(page.get_by_text("1990-13-01")).to_be_visible()
    _looked_at(page, f"list-look-{language}")
    page.locator("main button.main").click()
    expect(page.locator("#progress .mark.good")).to_be_visible()
    _looked_at(page, f"list-ended-{language}")
    with page.expect_download() as downloading:
        page.locator("a[download]").click()
    lines = Path(downloading.value.path()).read_text("utf-8").splitlines()
    assert lines[0] == f"line,reason,{HEADER}"
    assert len(lines) == 3
    page.goto(page.url.rpartition("/")[0])
    expect(page.get_by_text(file.name).first).to_be_visible()
    _looked_at(page, f"lists-past-{language}")


def test_a_one_time_password_is_shown_once_and_changed_at_the_first_sign_in(enter: Enter, chromium: Browser) -> None:
    """By who was given it, before anything else."""
    desk = enter("fr", "light", ADMINISTRATOR).opens("accounts")
    page = desk.page
    page.locator("summary").click()
    page.locator("details #login").fill("nouvelle.venue")
    page.locator("details #name").fill("Nouvelle Venue")
    page.locator("details button.main").click()
    password = page.locator(".secret code").inner_text()
    _looked_at(page, "secret-fr")
    context = chromium.new_context(locale="fr-MA")
    other = context.new_page()
    other.goto(page.url.rpartition("/")[0] + "/")
    other.locator("#login").fill("nouvelle.venue")
    other.locator("#password").fill(password)
    other.keyboard.press("Enter")
    other.locator("#present").fill(password)
    for field in ("#new", "#again"):
        other.locator(field).fill("des mots bien à moi")
    other.keyboard.press("Enter")
    expect(other.locator("main.desk")).to_be_visible()
    context.close()


def _looked_at(page: Page, name: str) -> None:
    desk = Desk.__new__(Desk)
    desk.page = page
    shown(desk, name)
