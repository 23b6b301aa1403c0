"""The administrator's and the auditor's pages in a real browser: axe, both languages and themes, a list to its end."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import Sit, Theme, Whole, in_each_look
from .desk import PASSWORD

pytestmark = pytest.mark.long
ADMINISTRATOR, AUDITOR = "essai.admin", "essai.audit"
FOLDED = {"hours", "accounts"}
HEADER = "registration_number,cin,last_name,first_name,birth_date,category,mobile"
ROWS = (
    "155000001,ZZ155001,El Mansouri,Driss,1971-02-03,cpu,+212661550001",
    "155000002,ZZ155002,L'Alaoui,Hiba,1982-11-30,cpu,",
    "155000003,ZZ155003,<script>alert(1)</script>,Omar,1990-13-01,cpu,",
)


@pytest.fixture(scope="session")
def hired(whole: Whole) -> Whole:
    """Return the system, with an administrator and an auditor."""
    whole.hires(ADMINISTRATOR, "Aïcha L'Admin العلوي", "fr", PASSWORD, "administrator")
    whole.hires(AUDITOR, "Amal Audit", "fr", PASSWORD, "auditor")
    return whole


@in_each_look
def test_each_page_of_the_administrator(sit: Sit, hired: Whole, language: str, theme: Theme) -> None:
    """What is folded is opened."""
    assert hired.console
    desk = sit(language, theme).enters(ADMINISTRATOR).reads(language)
    for page in ("lists", "hours", "accounts", "accounts/1", "messages", "messages/sms-claim", "system"):
        desk.opens(page)
        if page in FOLDED:
            desk.page.locator("details.card > summary").click()
        desk.pictured(page.replace("/", "-"), whole=page not in FOLDED, narrow=True)


@in_each_look
def test_the_log_of_the_auditor(sit: Sit, hired: Whole, language: str, theme: Theme) -> None:
    """Its lines, and where there are none."""
    assert hired.console
    desk = sit(language, theme).enters(AUDITOR).reads(language).pictured("log", narrow=True)
    desk.opens("log?day=2001-01-01").pictured("log-empty")


@in_each_look
def test_a_list_with_rejects_from_the_form_to_the_file_of_rejects(
    sit: Sit, hired: Whole, tmp_path: Path, language: str, theme: Theme
) -> None:
    """The look shows what is wrong; confirmed, its progress comes by itself; what is rejected is fetched."""
    assert hired.console
    desk = sit(language, theme).enters(ADMINISTRATOR).reads(language).opens("lists")
    page, file = desk.page, tmp_path / f"assurés d'été {language} {theme}.csv"
    file.write_text("\n".join([HEADER, *ROWS, f"# {language} {theme}"]), encoding="utf-8")
    page.locator("#kind").select_option("people")
    page.locator("#file").set_input_files(file)
    page.locator("main button.main").click()
    expect(page.get_by_text("1990-13-01")).to_be_visible()
    desk.pictured("list-looked-at", whole=True, narrow=True)
    page.locator("main button.main").click()
    expect(page.locator("#progress .mark.good")).to_be_visible()
    desk.pictured("list-with-rejects", narrow=True)
    with page.expect_download() as downloading:
        page.locator("a[download]").click()
    lines = Path(downloading.value.path()).read_text("utf-8").splitlines()
    assert lines[0] == f"line,reason,{HEADER}"
    assert len(lines) == 3
    desk.opens("lists")
    expect(page.get_by_text(file.name).first).to_be_visible()
    desk.pictured("lists-past", whole=True)


@in_each_look
def test_a_campaign_is_counted_before_anything_goes(
    sit: Sit, hired: Whole, tmp_path: Path, language: str, theme: Theme
) -> None:
    """Its words in both languages, and how many people it has; then it is put away."""
    assert hired.console
    desk = sit(language, theme).enters(ADMINISTRATOR).reads(language).opens("messages")
    file = tmp_path / f"rappel {language} {theme}.txt"
    file.write_text("102320119\n103320220\n", encoding="utf-8")
    desk.page.locator("#file").set_input_files(file)
    desk.page.locator("main button.main").click()
    expect(desk.page.locator("#count")).to_be_visible()
    desk.pictured("campaign", whole=True, narrow=True)
    desk.page.locator('form[action$="/cancel"] button').click()
    expect(desk.page.locator("#count")).to_have_count(0)


@in_each_look
def test_a_one_time_password_is_shown_once_and_changed_at_the_first_sign_in(
    sit: Sit, hired: Whole, language: str, theme: Theme
) -> None:
    """By who was given it, before anything else."""
    assert hired.console
    desk = sit(language, theme).enters(ADMINISTRATOR).reads(language).opens("accounts")
    page, login = desk.page, f"nouvelle.venue.{language}.{theme}"
    page.locator("details.card > summary").click()
    page.locator("details #login").fill(login)
    page.locator("details #name").fill("Nouvelle Venue")
    page.locator("details button.main").click()
    password = page.locator(".secret code").inner_text()
    desk.pictured("one-time-password")
    other = sit(language, theme).enters(login, password).pictured("one-time-password-changed", whole=True).page
    other.locator("#present").fill(password)
    for field in ("#new", "#again"):
        other.locator(field).fill("des mots bien à moi")
    other.keyboard.press("Enter")
    expect(other.locator("main.desk")).to_be_visible()
