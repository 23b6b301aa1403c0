"""The supervisors' figures: trends, and reports with their files."""

import csv
import html
import io
import re
from datetime import datetime, timedelta
from functools import partial

import pytest
from click.testing import CliRunner
from sqlalchemy import select, update

from backend import db
from backend.audit import audit
from backend.clock import CASABLANCA
from backend.work import Actor, begin
from callcenter.figures import standing
from callcenter.figures.counting import count, day
from callcenter.figures.reading import Interval
from callcenter.figures.stories import Happening, Story
from callcenter.metrics import DEFINITIONS, history
from callcenter.tallies import count_day, queue_days
from svi.cli import svi
from tests.callcenter.log import Log
from tests.console.conftest import Browser

DAY = "2024-03-20"
NINE = datetime(2024, 3, 20, 9, tzinfo=CASABLANCA)
ACTOR = Actor("job", "test")


def a_mixed_log(begins: datetime) -> Log:
    """Tell of calls that end in each way, in two queues, one of them passed on, one that still waits."""
    log = Log(begins).signed_in(at=-600, advisor=7).ready(at=-600)
    log.queued(at=0, ticket=1).bridged(at=10, advisor=7).ended(at=190).wrap_up(at=190).wrapped_up(at=200)
    log.queued(at=10, ticket=2).bridged(at=40, advisor=7).transferred(at=80).queued(at=80, again=True)
    log.bridged(at=90, advisor=8).ended(at=100)
    log.queued(at=20, ticket=3, subject="rights", language="ar").abandoned(at=24)
    log.queued(at=20, ticket=4, subject="rights", language="ar").abandoned(at=25)
    log.queued(at=30, ticket=5, subject="rights", language="ar").kept(at=60)
    log.queued(at=30, ticket=6).unserved(at=30)
    log.queued(at=30, ticket=7, kind="callback").bridged(at=50, advisor=8).ended(at=70)
    log.queued(at=30, ticket=8, kind="consult").bridged(at=50, advisor=8).ended(at=70)
    return log.queued(at=40, ticket=9)


def is_in(subject: str, language: str, each: Story | Happening) -> bool:
    """Say whether something belongs to a queue."""
    return (each.subject, each.language) == (subject, language)


def test_the_service_level_of_the_floor_is_the_published_one(environment: dict[str, str]) -> None:
    """Counted by the database, for each queue, as `svi stats queue` counts it from the log."""
    assert environment
    with begin(ACTOR) as work:
        a_mixed_log(datetime(2024, 3, 20, 9, tzinfo=CASABLANCA)).write(work)
        whole = day(datetime(2024, 3, 20, tzinfo=CASABLANCA).date())
        for interval in (whole, Interval(whole.begins, whole.begins + timedelta(hours=9, seconds=25))):
            told = history(work, interval)
            found = standing.by_queue(work, interval)
            for (subject, language), stood in found.items():
                of = count(told.only(partial(is_in, subject, language)), interval)
                assert (of.offered, of.answered, of.answered_in_time, of.abandoned) == (
                    stood.offered,
                    stood.answered,
                    stood.answered_in_time,
                    stood.abandoned,
                )
            assert sum(each.offered for each in found.values()) == count(told, interval).offered


def rows_of(text: str, delimiter: str = ",") -> list[list[str]]:
    """Return the cells of a file."""
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter))


@pytest.fixture
def logged(environment: dict[str, str]) -> None:
    """Have a morning of the past in the log."""
    assert environment
    with begin(ACTOR) as work:
        a_mixed_log(NINE).write(work)
    count_day(NINE.date())


@pytest.mark.usefixtures("logged")
@pytest.mark.parametrize("by", ["interval", "queue", "subject", "language", "advisor", "reason"])
def test_the_file_has_the_figures_of_svi_stats_queue(karim: Browser, by: str) -> None:
    """The same groups, the same figures; it is audited who took it."""
    answer = karim.posts("reports/export", **{"from": DAY, "to": DAY, "by": by, "for": "programs"})
    told = CliRunner().invoke(svi, ["stats", "queue", "--day", DAY, "--by", by, "--csv", "-"])
    assert rows_of(answer.text) == list(csv.reader(io.StringIO(told.output)))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="svi-3939-{by}-{DAY}-{DAY}.csv"'
    with db.engine().connect() as connection:
        taken = connection.execute(select(audit.c.details).where(audit.c.action == "report.exported")).scalars()
        assert list(taken) == [{"first": DAY, "last": DAY, "by": by}]


@pytest.mark.usefixtures("logged")
def test_the_file_for_a_spreadsheet_has_titles_definitions_and_decimal_commas(karim: Browser) -> None:
    """As one opens it here."""
    answer = karim.posts("reports/export", **{"from": DAY, "to": DAY, "by": "queue", "for": "sheet"})
    titles, definitions, whole, *groups = rows_of(answer.text, ";")
    assert titles[:2] == ["file", "Appels"]
    assert definitions[1] == "ont commencé à attendre un conseiller (appels)"
    assert whole[0] == "Ensemble"
    assert whole[titles.index("Niveau de service")] == "0,333"
    assert [row[0] for row in groups] == ["dossiers de soins · français", "droits et prestations · arabe"]


@pytest.mark.usefixtures("logged")
def test_a_report_shows_each_figure_with_its_definition(karim: Browser) -> None:
    """A figure in the table leads to what it means."""
    page = karim.opens("reports", **{"from": DAY, "to": DAY, "by": "interval"}).text
    for each in DEFINITIONS:
        assert f'id="define-{each.name}"' in page
    assert 'href="#define-service-level"' in page
    assert "<bdi>09:00</bdi>" in page
    assert "33 %" in page


@pytest.mark.parametrize(
    "given",
    [
        {"from": "2024-03-21", "to": "2024-03-20"},
        {"from": "2024-01-01", "to": "2024-03-20"},
        {"from": "yesterday"},
        {"to": "2024-02-30"},
        {"to": "9999-12-31"},
        {"by": "person"},
        {"every": "7"},
    ],
)
def test_days_that_make_no_sense_are_said_to(karim: Browser, given: dict[str, str]) -> None:
    """On the page and instead of a file; the form is still there."""
    for answer in (karim.opens("reports", **given), karim.posts("reports/export", **given)):
        assert answer.status_code == 400
        assert "Ces jours ne vont pas" in answer.text
        assert 'name="from"' in answer.text


@pytest.mark.parametrize("given", [{"day": "2999-01-01"}, {"day": "x"}, {"every": "1"}, {"day": "0001-01-01"}])
def test_trends_of_no_day_are_those_of_today(karim: Browser, given: dict[str, str]) -> None:
    """And it is said."""
    answer = karim.opens("trends", **given)
    assert answer.status_code == 400
    assert "Ces jours ne vont pas" in answer.text


@pytest.mark.usefixtures("logged")
def test_the_trends_of_a_day_have_a_table_each(karim: Browser) -> None:
    """The figures of its half-hours, beside those of the week before and the advisors who were there."""
    page = karim.opens("trends", day=DAY).text
    assert page.count("<table>") == 5
    nine = re.findall(r'<tr data-at="540">.*?</tr>', page, re.DOTALL)
    assert re.findall(r'data-value="([^"]*)"', nine[0]) == ["7", "2", "1", "0"]
    assert re.findall(r'data-value="([^"]*)"', nine[1])[0].startswith("0.33")
    assert "Trop peu de jours semblables" in page
    assert "Les courbes viennent avec les appels" in karim.opens("trends", day="2024-03-18").text


def test_a_day_that_is_not_counted_yet_is_said_and_makes_no_file(environment: dict[str, str], karim: Browser) -> None:
    """Figures that lack it would be taken for the whole."""
    assert environment
    with begin(ACTOR) as work:
        a_mixed_log(NINE).write(work)
    asked = {"from": DAY, "to": DAY, "by": "queue"}
    for answer, status in ((karim.opens("reports", **asked), 200), (karim.posts("reports/export", **asked), 503)):
        assert (answer.status_code, answer.mimetype) == (status, "text/html")
        assert "Jours pas encore comptés, dont les chiffres viendront d'eux-mêmes : <bdi>1</bdi>" in html.unescape(
            answer.text
        )
    assert "Jours pas encore comptés, dont les chiffres viendront d'eux-mêmes : <bdi>1</bdi>" in html.unescape(
        karim.opens("trends", day=DAY).text
    )


@pytest.mark.usefixtures("logged")
def test_the_figures_of_a_day_that_may_change_are_said_to_be_so_old(karim: Browser) -> None:
    """And its intervals that were not over by then have none in the trends; of a final day nothing is said."""
    asked = {"from": DAY, "to": DAY, "by": "queue"}
    assert "Chiffres comptés jusqu'au" not in karim.opens("reports", **asked).text
    with begin(ACTOR) as work:
        half_past = NINE + timedelta(minutes=30)
        work.execute(update(queue_days).values(final=False, counted_at=half_past))
    for page in (karim.opens("reports", **asked).text, karim.opens("trends", day=DAY, every="15").text):
        assert 'Chiffres comptés jusqu\'au <bdi dir="ltr">20/03/2024 09:30</bdi>' in html.unescape(page)
