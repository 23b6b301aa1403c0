"""`svi stats`: the table, the figures for other programs, the picture; and what it says of nothing."""

import csv
import io
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from backend import clock
from backend.errors import BadInputError
from callcenter.titles import title
from svi.cli import svi
from tests.conftest import Dial

pytestmark = pytest.mark.usefixtures("environment")
SVG = "{http://www.w3.org/2000/svg}"


def stats(*options: str) -> Result:
    """Run the command."""
    result = CliRunner().invoke(svi, ["stats", *options])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def called(dial: Dial) -> None:
    """Hold three calls: one hangs up at the card, one asks for an advisor at the menu, one is on the phone there."""
    status = "http://127.0.0.1:8039/voice/status"
    dial(status_url=status).keys("2").keys("1").hangs_up()
    dial(status_url=status).keys("1").keys("0").hangs_up()
    dial(status_url=status).keys("2").hears("main-menu")


def test_an_empty_database_is_said_to_be(tmp_path: Path) -> None:
    """In every form, without a fault."""
    assert stats().output.startswith("no call from ")
    assert stats("--from", "2026-01-01", "--to", "2026-01-01", "--language", "ar").output == (
        "no call in Arabic on 2026-01-01\n"
    )
    assert stats("--csv").output.count("\n") == 1
    assert stats("--svg", str(tmp_path / "none.svg")).exit_code == 0
    assert ET.parse(tmp_path / "none.svg").getroot().tag == f"{SVG}svg"


@pytest.mark.usefixtures("called")
def test_the_table_names_questions_by_their_titles() -> None:
    """In French, or in the language asked for; hang-ups and advisors where they happened."""
    lines = stats().output.splitlines()
    row = next(line.split() for line in lines if line.startswith("Menu principal"))
    assert row[-12:-4] == ["3", "1", "·", "·", "·", "·", "1", "·"]
    assert any(line.startswith("all languages") for line in lines)
    assert "القائمة الرئيسية" in stats("--language", "ar").output


@pytest.mark.usefixtures("called")
def test_figures_for_other_programs() -> None:
    """A row a question, for all languages together and for each."""
    rows = list(csv.DictReader(io.StringIO(stats("--csv").output)))
    by = {(row["question"], row["language"]): row for row in rows}
    assert by["main-menu", "all"]["reached"] == "3"
    assert by["main-menu", "fr"]["reached"] == "2"
    assert by["main-menu", "ar"]["advisor"] == "1"
    assert by["identity-card", "all"] | {"hang_up": "1", "median": "", "ninetieth": ""} == by["identity-card", "all"]


@pytest.mark.usefixtures("called")
def test_the_picture_has_a_bar_a_question(tmp_path: Path) -> None:
    """Its parts add up to the calls that reached the question, each with words for who can't see it."""
    file = tmp_path / "calls.svg"
    assert stats("--svg", str(file)).exit_code == 0
    said = [each.text for each in ET.parse(file).getroot().iter(f"{SVG}title")]
    assert "Menu principal (main-menu): went on: 2; to an advisor: 1; hung up: 0" in said
    widths = [
        sum(float(bar.attrib["width"]) for bar in group.iter(f"{SVG}rect"))
        for group in ET.parse(file).getroot().iter(f"{SVG}g")
    ]
    assert widths[:3] == [pytest.approx(380), pytest.approx(380), pytest.approx(126.7)]


@pytest.mark.usefixtures("called")
def test_only_the_days_asked_for() -> None:
    """Both ends included; the last seven days otherwise."""
    today = clock.today().isoformat()
    assert "Calls on" in stats("--from", today, "--to", today).output
    assert stats("--from", "2020-01-01", "--to", "2020-01-02").output == "no call from 2020-01-01 to 2020-01-02\n"


def test_days_the_wrong_way_round_are_refused() -> None:
    """In one line."""
    with pytest.raises(BadInputError, match="is after"):
        stats("--from", "2026-01-02", "--to", "2026-01-01")


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("payment", "Mode de paiement"),
        ("code-help", "Aide pour le code"),
        ("birth-date-help", "Aide à la saisie (Date de naissance)"),
        ("a-question-of-long-ago", "a-question-of-long-ago"),
    ],
)
def test_each_question_has_a_name(question: str, named: str) -> None:
    """Its title, the one of the entry that help was asked with, or its key where a deploy has forgotten it."""
    assert title(question, "fr") == named
