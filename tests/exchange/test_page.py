"""The parts of the phone in the browser that need no browser: what is served, how, and each word in each language."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
import requests

from exchange.browser import PAGE
from exchange.server import serving
from exchange.switchboard import Account
from tests.waiting import PATIENCE

CATALOGUES = {path.stem: json.loads(path.read_text("utf-8")) for path in (PAGE / "words").glob("*.json")}
PLURAL = re.compile(r"\.(zero|one|two|few|many|other)$")


def test_each_word_is_in_each_language() -> None:
    """The same keys, plural forms aside, and nothing empty."""
    french, arabic = ({PLURAL.sub("", key) for key in CATALOGUES[name]} for name in ("fr", "ar"))
    assert french == arabic
    assert all(text.strip() for catalogue in CATALOGUES.values() for text in catalogue.values())
    for key in CATALOGUES["fr"].keys() & CATALOGUES["ar"].keys():
        values = [set(re.findall(r"\{\w+\}", catalogue[key])) for catalogue in CATALOGUES.values()]
        assert values[0] == values[1], key


def test_each_word_that_the_page_names_exists_and_each_that_exists_is_named() -> None:
    """Keys stand in the page as attributes, in its modules as texts; some are put together from their beginning."""
    keys = {PLURAL.sub("", key) for key in CATALOGUES["fr"]}
    sources = "".join(path.read_text("utf-8") for path in PAGE.glob("*") if path.suffix in {".html", ".js"})
    named = set(re.findall(r'data-words(?:-\w+)?="([\w.-]+)"', (PAGE / "index.html").read_text("utf-8")))
    named |= set(re.findall(r'"([a-z][\w-]*(?:\.[\w-]+)+)"', sources)) & keys
    assert named - keys == set()
    beginnings = tuple(re.findall(r"`([a-z-]+\.(?:none-for-)?)\$\{", sources))
    plain = set(re.findall(r'"([a-z-]+)"', sources))
    assert {key for key in keys - named - plain if not key.startswith(beginnings)} == set()


class Inline(HTMLParser):
    """Collects what a strict policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look for code and styles in the page itself, and for addresses of others."""
        names = dict(attrs)
        self.found += [f"{tag} {name}" for name in names if name == "style" or name.startswith("on")]
        self.found += [f"{tag} {value}" for value in names.values() if value and "//" in value]
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(tag)


def test_the_page_is_served_with_a_policy_that_it_keeps(exchange: str) -> None:
    """Nothing inline, nothing from elsewhere, and every part that it names is served with its type."""
    page = requests.get(exchange, timeout=PATIENCE)
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    inline = Inline()
    inline.feed(page.text)
    assert inline.found == []
    for part in re.findall(r'"(page/[^"]+)"', page.text):
        served = requests.get(f"{exchange}/{part}", timeout=PATIENCE)
        assert served.status_code == 200
        assert served.headers["X-Content-Type-Options"] == "nosniff"
    assert (
        requests.get(f"{exchange}/page/main.js", timeout=PATIENCE).headers["Content-Type"].startswith("text/javascript")
    )


@pytest.mark.parametrize("path", ["page/nothing.js", "page/../server.py", "page/%2e%2e/server.py"])
def test_nothing_else_is_served(exchange: str, path: str) -> None:
    """Only the parts of the page, by name."""
    request = requests.Request("GET", exchange).prepare()
    request.url = f"{exchange}/{path}"
    assert requests.Session().send(request, timeout=PATIENCE).status_code == 404


def test_the_page_is_for_this_machine(exchange: str) -> None:
    """Under another name it is not shown."""
    assert requests.get(exchange, headers={"Host": "evil.example"}, timeout=PATIENCE).status_code == 403


def test_people_are_those_that_the_exchange_was_told_of(account: Account) -> None:
    """As data, unchanged; an exchange that was told of nobody proposes nobody."""
    somebody = {"title": {"fr": "Salma"}, "mobile": "", "what_happens": {"fr": "Un code."}, "entries": []}
    with serving(replace(account, people=(somebody,))) as exchange:
        assert requests.get(f"{exchange}/phone/people", timeout=PATIENCE).json() == {"people": [somebody]}
    with serving(account) as exchange:
        assert requests.get(f"{exchange}/phone/people", timeout=PATIENCE).json() == {"people": []}


def live(exchange: str, until: str, **query: object) -> list[tuple[str, str, dict[str, object]]]:
    """Read the stream up to an event; gives identifiers, names and data."""
    read: list[tuple[str, str, dict[str, object]]] = []
    params = {name: str(value) for name, value in query.items()}
    with requests.get(f"{exchange}/phone/live", params=params, stream=True, timeout=PATIENCE) as response:
        fields: dict[str, str] = {}
        for line in map(bytes.decode, response.iter_lines()):
            if line:
                name, _, value = line.partition(": ")
                fields[name] = value
                continue
            data = json.loads(fields["data"])
            read.append((fields["id"], fields["event"], data))
            fields = {}
            if until in {read[-1][1], data.get("kind")}:
                break
    return read


def test_one_stream_tells_of_the_call_and_the_inbox(exchange: str, account: Account) -> None:
    """A reader that says how far it was is told the rest; one that saw another run is told everything."""
    sid = requests.post(f"{exchange}/phone/calls", json={"pace": 0}, timeout=PATIENCE).json()["sid"]
    first = live(exchange, "listening", call=sid)
    hello = first[0][2]
    assert hello["call"]["sid"] == sid  # type: ignore[index]
    url = f"{exchange}/2010-04-01/Accounts/{account.sid}/Messages.json"
    form = {"To": "+212661000055", "From": "CNSS", "Body": "482913"}
    requests.post(url, data=form, auth=(account.sid, account.auth_token), timeout=PATIENCE)
    after = first[-1][0].partition(".")[0]
    rest = live(exchange, "message", call=sid, after=after, run=hello["run"])
    assert [name for _, name, _ in rest] == ["hello", "message"]
    assert rest[-1][2]["body"] == "482913"
    again = live(exchange, "message", call=sid, after=after, inbox=1, run="another")
    assert len(again) == len(first) + 1


def test_a_call_that_is_unknown_is_said_to_be(exchange: str) -> None:
    """As after a restart of the exchange."""
    assert live(exchange, "hello", call="CA0")[0][2]["call"] is None
