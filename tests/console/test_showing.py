"""How pages write days and times: beside figures one way, in a sentence in words."""

import re
from datetime import UTC, date, datetime, time

import pytest

from backend.values import Month
from callcenter.agents import Role
from callcenter.console.showing import day, hour, instant, month
from tests.console.conftest import Browser, Hire
from tests.console.test_access import PAGES

TAG = re.compile(r"<[^>]*>")
ELSEWHERE = re.compile(r"\b\d{4}-\d{2}\b|\b\d{1,2}/\d{2}\b(?!/\d{4})")


def test_days_months_and_times_are_written_as_morocco_does() -> None:
    """An instant by Morocco's clocks, whatever the machine's."""
    at = datetime(2024, 7, 31, 23, 5, tzinfo=UTC)
    assert [day(date(2024, 3, 20)), month(Month(2024, 3)), hour(time(8, 30))] == ["20/03/2024", "03/2024", "08:30"]
    assert [day(at), hour(at), instant(at)] == ["01/08/2024", "00:05", "01/08/2024 00:05"]


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("role", ["supervisor", "administrator", "auditor"])
def test_no_page_writes_a_day_another_way(hire: Hire, browser: Browser, role: Role, language: str) -> None:
    """What programs read, in addresses and fields, is another matter."""
    hire("somebody", role)
    browser.signs_in("somebody")
    browser.posts("look", language=language)
    for endpoint, (method, path, roles) in PAGES.items():
        if method == "GET" and role in roles:
            assert not ELSEWHERE.findall(TAG.sub(" ", browser.opens(path).text)), endpoint
