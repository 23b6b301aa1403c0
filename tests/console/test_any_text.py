"""Any text in any field of what an administrator fills in: it is taken, refused in words, or not found; no fault."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callcenter import hours
from callcenter.console.administration.hours import _TIMES as TIMES
from callcenter.routing import SUBJECTS
from tests.console.conftest import Browser, Hire

WEEK = {name: ("08:30", "12:00", "16:30")[number] for number, name in enumerate(TIMES)}
FORMS: dict[str, dict[str, str]] = {
    "hours": {"from": "2090-05-01", "days": hours.WEEK[0], "calls-from": "09:00", "calls-until": "16:00"}
    | WEEK
    | {f"ramadan-{name}": value for name, value in WEEK.items()},
    "holidays": {"day": "2090-05-02", "name": "Fête"},
    "holidays/2090-05-02": {"what": "move", "to": "2090-05-03", "was": "confirmed"},
    "accounts": {"login": "n.idrissi", "name": "Nadia", "role": "advisor", "first": "fr", "second": "ar"}
    | {f"skill-{subject}": "3" for subject in SUBJECTS},
    "accounts/1": {"seen": "x", "name": "Nadia", "role": "advisor", "first": "fr", "second": ""},
    "system/tokens": {"name": "caisse", "scope": "people:read", "days": "30"},
    "lists/1/confirm": {"count": "1"},
    "account/second-factor": {"key": "x", "proof": "00", "code": "1"},
    "look": {"language": "fr", "theme": "dark", "back": "console.work"},
}
ODD = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["08:00+01:00", "08:00Z", "24:00", "0800", "2024-W01-1", "20240101", "9999-12-31", "0001-01-01", "-1", "1e9"]
    ),
    st.integers().map(str),
)


@pytest.fixture
def admin(hire: Hire, browser: Browser) -> Browser:
    """Return a browser in which one of two administrators is signed in."""
    hire("m.admin", "administrator", "Une autre")
    hire("admin", "administrator", "Aïcha Admin")
    browser.signs_in("admin")
    return browser


@pytest.mark.parametrize("path", FORMS)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(data=st.data())
def test_any_text_in_any_field_is_no_fault(admin: Browser, path: str, data: st.DataObject) -> None:
    """With the other fields right, so that it is looked at: 200, 303, or a refusal that says why."""
    fields = FORMS[path]
    odd = data.draw(st.dictionaries(st.sampled_from(sorted(fields)), ODD, min_size=1, max_size=3))
    assert admin.posts(path, **(fields | odd)).status_code < 500
