"""Our part of the telephone by Twilio, against a stand-in for `Twilio.Device`: it was never tried against Twilio.

The stand-in has names and events of @twilio/voice-sdk 2.18 (`device.d.ts`, `call.d.ts`), and does what the test says.
"""

import itertools
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from .conftest import Call, Hire, Sit
from .desk import Desk

pytestmark = pytest.mark.long
STAND_IN = """
class Emitter {
  heard = {};
  on(name, then) { (this.heard[name] ??= []).push(then); return this; }
  emit(name, ...what) { for (const then of this.heard[name] ?? []) then(...what); }
}
window.calls = [];
window.Twilio = { Device: class extends Emitter {
  static isSupported = true;
  state = "unregistered";
  constructor(token, options) { super(); this.token = token; this.options = options; window.device = this; }
  updateToken(token) { this.token = token; }
  async connect({ params }) {
    const call = new Emitter();
    Object.assign(call, { params, token: this.token, muted: false, state: "connecting" });
    call.mute = (is) => { call.muted = is; };
    call.status = () => call.state;
    call.disconnect = () => { call.state = "closed"; call.emit("disconnect", call); };
    window.calls.push(call);
    return call;
  }
} };
"""


@pytest.fixture
def taken(sit: Sit, hire: Hire, call: Call) -> Desk:
    """Return the page of somebody with Twilio's telephone who has just taken a call."""
    desk = sit().signs_in(hire("fr", "Twilio"))
    stand_in(desk.page)
    desk.page.reload()
    desk.is_live().presses("KeyR").is_in_state("ready")
    caller = call()
    desk.sees("offer").presses("KeyA")
    desk.comes_true("window.calls?.length === 1")
    desk.caller = caller  # type: ignore[attr-defined] # for the end of the day
    return desk


def stand_in(page: Page) -> None:
    """Serve the stand-in, and tokens that are counted."""
    numbers = itertools.count(1)

    def phone(route: Route) -> None:
        known: dict[str, Any] = {"driver": "twilio", "origin": "", "from": "client:x"}
        route.fulfill(json=known | {"token": f"token {next(numbers)}"})

    page.route("**/console/phone", phone)
    page.route("**/lib/twilio.min.js", lambda route: route.fulfill(body=STAND_IN, content_type="text/javascript"))


def emits(desk: Desk, event: str, what: str = "") -> None:
    """Have the newest call say something."""
    desk.page.evaluate(f"window.calls.at(-1).emit('{event}', {what})")


def test_the_leg_follows_what_the_library_says(taken: Desk) -> None:
    """Dialled with the offer; heard, cut, back; mute holds for the leg that is dialled again."""
    offer = taken.page.locator("#facts").get_attribute("data-leg")
    assert taken.page.evaluate("[window.calls[0].params.offer, window.calls[0].token]") == [offer, "token 2"]
    taken.line_is("dialling")
    emits(taken, "accept")
    taken.line_is("joined")
    expect(taken.page.locator("#typed")).to_be_hidden()
    taken.presses("KeyM").line_is("muted")
    assert taken.page.evaluate("window.calls[0].muted")
    emits(taken, "reconnecting", "{code: 53405}")
    taken.line_is("lost")
    emits(taken, "reconnected")
    taken.line_is("muted")
    emits(taken, "disconnect")
    taken.comes_true("window.calls.length === 2")
    assert taken.page.evaluate("window.calls[1].muted")
    emits(taken, "accept")
    taken.line_is("muted").presses("KeyM").line_is("joined")
    assert not taken.page.evaluate("window.calls[1].muted")


def test_a_token_is_replaced_before_its_end(taken: Desk) -> None:
    """When the library says so, and when Twilio takes it no more."""
    taken.page.evaluate("window.device.emit('tokenWillExpire')")
    taken.comes_true("window.device.token === 'token 3'")
    taken.page.evaluate("window.device.emit('error', {code: 20104})")
    taken.comes_true("window.device.token === 'token 4'")
    assert taken.page.evaluate("window.device.options.closeProtection") is False


def test_a_microphone_that_is_refused_is_said(taken: Desk) -> None:
    """With what to do; the leg is dialled again, as it may be allowed by then."""
    emits(taken, "error", "{code: 31401}")
    taken.line_is("silent")
    assert taken.page.evaluate("window.calls[0].state") == "closed"
    taken.comes_true("window.calls.length === 2")
    emits(taken, "accept")
    taken.line_is("joined")


def test_a_call_that_is_over_ends_the_leg(taken: Desk) -> None:
    """Once; and nothing is dialled after it."""
    emits(taken, "accept")
    taken.line_is("joined")
    taken.caller.hangs_up()  # type: ignore[attr-defined]
    taken.line_is("idle")
    assert taken.page.evaluate("window.calls.map((each) => each.state)") == ["closed"]


def test_a_browser_that_can_not_telephone_says_so(sit: Sit, hire: Hire) -> None:
    """And no calls are offered there."""
    desk = sit().signs_in(hire("fr", "Vieux navigateur"))
    stand_in(desk.page)
    unsupported = STAND_IN.replace("isSupported = true", "isSupported = false")
    desk.page.unroute("**/lib/twilio.min.js")
    desk.page.route(
        "**/lib/twilio.min.js", lambda route: route.fulfill(body=unsupported, content_type="text/javascript")
    )
    desk.page.reload()
    desk.is_live().line_is("none").presses("KeyR")
    expect(desk.page.locator("#news .notice")).to_be_visible()
    desk.is_in_state("not-ready")


@pytest.fixture
def trying(sit: Sit) -> Page:
    """Return a page with the microphone test, which only a page with Twilio's telephone has."""
    page = sit().page
    page.evaluate(
        """async () => {
             document.querySelector("main").innerHTML = `<div id="line"><button id="try">Try</button><meter></meter>
               <p id="heard-myself" data-listening="listening" data-played="played" data-quiet="quiet"
                  data-refused="refused" data-missing="missing"></p></div>`;
             const { Microphone } = await import("/console/static/microphone.js");
             new Microphone(document.querySelector("#line"));
           }"""
    )
    return page


def test_the_microphone_is_heard_and_played_back(trying: Page) -> None:
    """With how loud it is; then it is let go."""
    trying.evaluate(
        "() => { const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);"
        " navigator.mediaDevices.getUserMedia = async (what) => (window.lent = await ask(what)); }"
    )
    trying.locator("#try").click()
    said = trying.locator("#heard-myself")
    expect(said).to_have_text("listening")
    expect(said).to_have_text("played")
    expect(trying.locator("#try")).to_have_attribute("aria-busy", "false")
    assert trying.evaluate("window.lent.getTracks().map((each) => each.readyState)") == ["ended"]


@pytest.mark.parametrize(("error", "said"), [("NotAllowedError", "refused"), ("NotFoundError", "missing")])
def test_a_microphone_that_does_not_come_is_said(trying: Page, error: str, said: str) -> None:
    """With what to do."""
    trying.evaluate(
        "(error) => { navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', error); }; }",
        error,
    )
    trying.locator("#try").click()
    expect(trying.locator("#heard-myself")).to_have_text(said)
