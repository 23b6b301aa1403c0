"""The phone in the browser is called, waits in a queue, and talks with somebody: with an application of documents."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from typing import Any

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from exchange.scripted import Application
from exchange.server import serving
from exchange.signing import identity_token
from exchange.switchboard import Account
from tests.waiting import eventually

from .telephone import Telephone

pytestmark = pytest.mark.long
ME, FUND = "+212661000001", "+212520447100"
ACCOUNT, TOKEN = "AC" + "1" * 32, "a-secret-of-the-exchange"
ROOM = '<Response><Dial><Conference participantLabel="{}" waitUrl="">room</Conference></Dial></Response>'
Open = Callable[..., Telephone]


@pytest.fixture
def exchange() -> Iterator[str]:
    """An exchange whose application lets callers wait, and advisors and those it calls back talk."""
    application = Application(
        {
            "/voice/incoming": '<Response><Enqueue waitUrl="/wait">support</Enqueue></Response>',
            "/wait": '<Response><Say language="fr-FR">Un instant.</Say><Pause length="3"/></Response>',
            "/bridge": ROOM.format("caller"),
            "/voice/agent": ROOM.format("Samira"),
        }
    )
    with application.serving() as origin:
        app = Account(ACCOUNT, TOKEN, (FUND,), f"{origin}/voice/incoming", client_url=f"{origin}/voice/agent")
        with serving(app) as base_url:
            yield f"{base_url}|{origin}"


@pytest.fixture
def telephone(chromium: Browser, exchange: str) -> Iterator[Open]:
    """Return what opens the page; an error on its console is a failure."""
    said: list[str] = []
    with ExitStack() as opened:

        def open_page(language: str = "fr", width: int = 1280) -> Telephone:
            context = chromium.new_context(viewport={"width": width, "height": 900}, locale=f"{language}-MA")
            opened.callback(context.close)
            page = context.new_page()
            page.on("pageerror", lambda error: said.append(str(error)))
            page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
            return Telephone(page, exchange.partition("|")[0])

        yield open_page
    assert [line for line in said if "ERR_" not in line] == []


def rest(exchange: str, path: str, **form: str) -> requests.Response:
    """Ask the exchange as the application does; `@` stands for the application's origin."""
    base_url, _, origin = exchange.partition("|")
    url = f"{base_url}/2010-04-01/Accounts/{ACCOUNT}/{path}.json"
    data = {name: value.replace("@", origin) for name, value in form.items()}
    method = "POST" if form else "GET"
    return requests.request(method, url, data=data, auth=(ACCOUNT, TOKEN), timeout=10)


def is_in(exchange: str, sid: str, state: str) -> bool:
    """Say whether a call is in a state, by the exchange."""
    return bool(rest(exchange, f"Calls/{sid}").json()["status"] == state)


def wrongs(phone: Telephone) -> list[str]:
    """List what axe finds wrong with the page as it stands."""
    violations = Axe().run(phone.page).response["violations"]
    return [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in violations]


@pytest.mark.parametrize(("language", "width", "words"), [("fr", 1280, "vous appelle"), ("ar", 390, "يتصل بك")])
def test_it_rings_and_is_picked_up_by_a_button(
    telephone: Open, exchange: str, language: str, width: int, words: str
) -> None:
    """Who calls is said, in the language of the page; axe finds nothing wrong, nothing is wider than the window."""
    phone = telephone(language, width=width)
    rest(exchange, "Calls", To=ME, From=FUND, Url="@/bridge")
    expect(phone.page.locator("#ringing-words")).to_contain_text(words)
    phone.dress("light")
    assert wrongs(phone) == []
    assert phone.overflow() <= 0
    phone.page.locator("#pick-up").click()
    expect(phone.page.locator("#ringing")).to_be_hidden()
    expect(phone.log.locator(".note").last).to_be_visible()
    phone.dress("light")
    assert wrongs(phone) == []
    phone.does("hang-up").is_over()


def test_the_keyboard_picks_up_and_rejects(telephone: Open, exchange: str) -> None:
    """Enter picks up, H does not."""
    phone = telephone("fr")
    for key, state in (("h", "busy"), ("Enter", "in-progress")):
        sid = rest(exchange, "Calls", To=ME, From=FUND, Url="@/bridge").json()["sid"]
        expect(phone.page.locator("#ringing")).to_be_visible()
        phone.page.locator("#handset").focus()
        phone.page.keyboard.press(key)
        expect(phone.page.locator("#ringing")).to_be_hidden()
        eventually(partial(is_in, exchange, sid, state), partial("{} is not {}".format, sid, state))
    phone.does("hang-up").is_over()


def test_it_waits_in_a_queue_and_then_talks_with_an_advisor(telephone: Open, exchange: str) -> None:
    """The place is said; then with whom the page is connected, and what is said there."""
    phone = telephone("fr")
    phone.page.locator("#call").click()
    expect(phone.log.locator(".note").first).to_contain_text("Vous attendez, place 1")
    phone.hears("Un instant.")
    base_url = exchange.partition("|")[0]
    wish: dict[str, Any] = {"from": "client:samira", "identity_token": identity_token(TOKEN, "samira"), "pace": 0}
    advisor = requests.post(f"{base_url}/phone/calls", json=wish, timeout=10).json()["sid"]
    queue = rest(exchange, "Queues").json()["queues"][0]["sid"]
    rest(exchange, f"Queues/{queue}/Members/Front", Url="@/bridge")
    expect(phone.log.locator(".note").last).to_contain_text("En ligne avec Samira")
    expect(phone.page.locator("#cue")).to_contain_text("Écrivez ce que vous dites")
    requests.post(f"{base_url}/phone/calls/{advisor}/speech", json={"text": "Bonjour !"}, timeout=10)
    phone.hears("Samira : Bonjour !").dress("dark")
    assert wrongs(phone) == []
    phone.does("hang-up").is_over()
