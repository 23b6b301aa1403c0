"""`svi stats queue`: the table, the figures for other programs, the definitions, the plan; what it says of nothing."""

import csv
import io
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from backend.clock import CASABLANCA
from backend.errors import BadInputError
from backend.work import Actor, begin
from callcenter import agents
from callcenter.metrics import DEFINITIONS
from svi.cli import svi
from tests.callcenter.log import Log

pytestmark = pytest.mark.usefixtures("environment")
DAY = "2024-03-20"


def stats(*options: str) -> Result:
    """Run the command."""
    result = CliRunner().invoke(svi, ["stats", "queue", *options])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def written(log: Log) -> None:
    """Put a log into the database."""
    with begin(Actor("job", "test")) as work:
        log.write(work)


@pytest.fixture
def waited(environment: dict[str, str]) -> None:
    """Have four calls wait on a morning: two answered, one hung up, one kept; and somebody promised a call."""
    assert environment
    with begin(Actor("command", "test")) as work:
        samira = agents.add(work, "samira", "Samira", ["fr"], {"claims": 1}).id
    log = Log().signed_in(at=-600, advisor=samira).ready(at=-600)
    log.queued(at=0, ticket=1).offered(at=1, advisor=samira).bridged(at=10, advisor=samira).ended(at=190)
    log.wrap_up(at=190).wrapped_up(at=200).ready(at=200).surveyed(at=210, score=5)
    log.queued(at=1800, ticket=2, subject="rights", language="ar").abandoned(at=1890)
    log.queued(at=1800, ticket=3).bridged(at=1860, advisor=samira).ended(at=1900).wrap_up(at=1900).ready(at=1910)
    log.queued(at=1900, ticket=4).kept(at=1930).promised(at=1930).signed_out(at=3600, advisor=samira)
    written(log)


def rows(*options: str) -> dict[str, dict[str, str]]:
    """Return the figures for other programs by their group."""
    found = csv.DictReader(io.StringIO(stats(*options, "--csv", "-").output))
    assert found.fieldnames == ["group", *(each.name for each in DEFINITIONS)]
    return {row["group"]: row for row in found}


def test_an_empty_log_is_said_to_be() -> None:
    """In every form, without a fault."""
    assert stats("--day", DAY).output == f"nobody waited for an advisor on {DAY}\n"
    assert stats().output.startswith("nobody waited for an advisor from ")
    assert rows("--day", DAY, "--by", "language").keys() == {"all"}
    assert stats("--day", DAY, "--staffing").output.startswith(
        "too little to plan Thursday 2024-03-21 from: 0 such days"
    )


@pytest.mark.usefixtures("waited")
def test_the_table_shows_a_day_by_its_half_hours() -> None:
    """With a bar for each, and the whole first."""
    lines = stats("--day", DAY).output.splitlines()
    assert lines[0].strip() == f"The queue on {DAY}, answered within 20 s"
    whole, _signing_in, nine, half_past = (line.split() for line in lines[2:6])
    assert (whole[0], nine[0], half_past[0]) == ("all", "09:00", "09:30")
    assert whole[7:14] == ["4", "2", "1", "1", "33%", "35", "s"]
    assert (nine[1], half_past[1]) == ("█" * 8, "█" * 8 + "▓" * 8 + "░" * 8)
    assert lines[6:] == [
        "offers 1, rejected ·, unanswered ·, unacknowledged ·, transfers ·, lost ·",
        "callbacks-promised 1, callback-attempts ·, callbacks-kept ·, callbacks-missed ·",
        "survey-answers 50%, survey 5.0",
    ]


@pytest.mark.usefixtures("waited")
def test_figures_for_other_programs_are_all_that_are_defined() -> None:
    """For the whole, and by subject, language, advisor, interval."""
    whole = rows("--day", DAY)["all"]
    assert (whole["offered"], whole["answered"], whole["abandoned"], whole["kept"]) == ("4", "2", "1", "1")
    assert (whole["service-level"], whole["asa"], whole["survey"]) == ("0.333", "35", "5")
    assert float(whole["occupancy"]) == pytest.approx((190 + 50) / 4200, abs=1e-3)
    subjects = rows("--day", DAY, "--by", "subject")
    assert {name: row["offered"] for name, row in subjects.items()} == {"all": "4", "claims": "3", "rights": "1"}
    assert rows("--day", DAY, "--by", "language")["ar"]["abandoned"] == "1"
    assert rows("--day", DAY, "--by", "advisor")["samira"]["handled"] == "2"
    assert rows("--from", "2024-03-19", "--to", DAY).keys() == {"all", "Wed 2024-03-20"}
    assert rows("--day", DAY, "--every", "60")["09:00"]["offered"] == "4"
    assert rows("--day", DAY, "--within", "60")["all"]["service-level"] == "0.667"


@pytest.mark.usefixtures("waited")
def test_figures_go_into_a_file(tmp_path: Path) -> None:
    """The same as on the terminal."""
    assert stats("--day", DAY, "--csv", str(tmp_path / "queue.csv")).output == ""
    assert (tmp_path / "queue.csv").read_text() == stats("--day", DAY, "--csv", "-").output


def test_each_figure_is_defined() -> None:
    """With what it is measured in."""
    lines = stats("--define").output.splitlines()
    assert "version 1" in lines[0]
    assert [line.split()[0] for line in lines[2:]] == [each.name for each in DEFINITIONS]


def thirty_calls_at_nine(day: str) -> None:
    """Have a call each minute from nine on, of three minutes each."""
    log, ticket = (
        Log(datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=CASABLANCA)),
        int(day.replace("-", "")) * 100,
    )
    for call in range(30):
        log.queued(at=call * 60, ticket=ticket + call).bridged(at=call * 60, advisor=7).ended(at=call * 60 + 180)
    written(log)


def test_the_next_working_day_is_planned_from_the_same_days_of_past_weeks() -> None:
    """After a Wednesday the Thursday, by two of its kind: three erlangs take five advisors."""
    for day in ("2024-05-09", "2024-05-02", "2024-05-08"):
        thirty_calls_at_nine(day)
    lines = stats("--day", "2024-05-15", "--staffing").output.splitlines()
    assert lines[0].strip() == "Advisors at their phones on Thursday 2024-05-16"
    (nine,) = (line for line in lines if line.startswith("09:00"))
    assert nine.split() == ["09:00", "30.0", "5", "81%", "21.3", "s", "0%", "60%"]
    assert lines[-1].strip() == "by the mean of 2 such days; 180 s a call, callers supposed to wait; breaks on top"


def test_the_days_of_ramadan_tell_nothing_of_others() -> None:
    """Its hours are others; and the feast after it is a holiday."""
    for day in ("2024-03-21", "2024-03-28", "2024-04-04", "2024-04-11"):
        thirty_calls_at_nine(day)
    said = stats("--day", "2024-04-17", "--staffing").output
    assert said.startswith("too little to plan Thursday 2024-04-18 from: 0 such days")
    assert "30.0" in stats("--day", "2024-04-03", "--staffing").output


def test_days_that_make_no_sense_are_refused() -> None:
    """In a line that says why."""
    with pytest.raises(BadInputError, match="is after --to"):
        stats("--from", "2024-03-21", "--to", DAY)
    with pytest.raises(BadInputError, match="a day alone"):
        stats("--day", DAY, "--from", DAY)
    unwritable = CliRunner().invoke(svi, ["stats", "queue", "--day", DAY, "--csv", "/nowhere/queue.csv"])
    assert (unwritable.exit_code, "No such file" in unwritable.output) == (1, True)
    refused = CliRunner().invoke(svi, ["stats", "--csv", "queue"])
    assert (refused.exit_code, "after `queue`" in refused.output) == (2, True)
