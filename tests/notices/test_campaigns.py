"""A campaign goes to the people of a list, once, as any notice does; an administrator confirms it."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from backend import db
from backend.outbox import outbox
from backend.values import PersonId
from svi.cli import svi
from tests.notices.conftest import MOBILE

pytestmark = pytest.mark.usefixtures("hicham")


@pytest.fixture
def people_of_the_list(tmp_path: Path) -> Path:
    """Return a list of Hicham, twice, and of somebody unknown."""
    file = tmp_path / "list.txt"
    file.write_text("104228815\n104228815\n\n999999999\n", encoding="utf-8")
    return file


def campaign(file: Path, *more: str) -> str:
    """Run `svi messages campaign`, and return what it says."""
    done = CliRunner().invoke(svi, ["messages", "campaign", str(file), *more])
    assert done.exit_code == 0, done.output
    return done.output


def rows() -> list[Any]:
    """Return the SMS that were promised."""
    with db.engine().connect() as connection:
        return list(connection.execute(outbox.select()).all())


def test_nothing_goes_without_a_confirmation(people_of_the_list: Path) -> None:
    """The list is read, and counted."""
    assert "2 registration numbers" in campaign(people_of_the_list)
    assert rows() == []


def test_each_of_a_list_is_told_once(people_of_the_list: Path, hicham: PersonId) -> None:
    """A command that was cut short is run again; another name is another campaign."""
    for _ in range(2):
        assert "1 told, 0 withheld, 1 unknown" in campaign(people_of_the_list, "--confirm")
    (row,) = rows()
    assert (row.occasion, row.person_id, row.priority) == ("sms-campaign", hicham, 2)
    campaign(people_of_the_list, "--confirm", "--name", "spring")
    assert len(rows()) == 2


def test_a_campaign_has_its_switch_and_its_caps(people_of_the_list: Path) -> None:
    """Three notices a day; switched off, none."""
    said = [campaign(people_of_the_list, "--confirm", "--name", name) for name in "abcd"]
    assert ["1 told" in each for each in said] == [True, True, True, False]
    CliRunner().invoke(svi, ["messages", "off", "sms-campaign"])
    assert {row.state for row in rows()} == {"withheld"}


def test_a_list_that_can_not_be_read_sends_nothing(tmp_path: Path) -> None:
    """It says which entry is wrong, and how it should be."""
    file = tmp_path / "list.txt"
    file.write_text(f"104228815\n{MOBILE}\n", encoding="utf-8")
    done = CliRunner().invoke(svi, ["messages", "campaign", str(file), "--confirm"])
    assert done.exit_code == 1
    assert "entry 2" in str(done.exception)
    assert CliRunner().invoke(svi, ["messages", "campaign", str(tmp_path / "none"), "--confirm"]).exit_code == 1
    assert rows() == []
