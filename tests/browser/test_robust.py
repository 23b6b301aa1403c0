"""The page at work when something goes wrong: it sleeps, the network or the session ends, somebody clicks twice."""

import contextlib

import pytest
from playwright.sync_api import Error, Route, expect

from .conftest import HIDDEN, Call, Hire, Sit, Whole
from .desk import PASSWORD, Desk

pytestmark = pytest.mark.long
SLEEPS = """setTimeout(() => {
  const bed = new XMLHttpRequest();
  bed.open("GET", "/console/asleep", false); // nothing else is done until it is answered
  bed.send();
})"""


def ready(sit: Sit, hire: Hire, name: str, **options: int) -> Desk:
    """Return the page of somebody who is ready."""
    return sit(**options).signs_in(hire("fr", name)).presses("KeyR").is_in_state("ready")


def wraps_up(desk: Desk) -> None:
    """Bring a talk to its end, and the day."""
    wraps_up_only(desk.presses("KeyE").sees("wrap-up"))


def wraps_up_only(desk: Desk) -> None:
    """Say what a talk ended as."""
    desk.page.locator('[value="answered"]').check()
    desk.presses("KeyW").is_in_state("ready")
    desk.signs_out()


def test_a_page_that_sleeps_is_not_waited_for(sit: Sit, hire: Hire, call: Call) -> None:
    """The offer goes elsewhere after three seconds; the page says so when it wakes."""
    asleep = ready(sit, hire, "Dormeuse")
    bed: list[Route] = []
    asleep.page.route("**/console/asleep", lambda route: bed.append(route))  # noqa: PLW0108 playwright marks what it calls
    asleep.page.evaluate(SLEEPS)
    caller = call()
    awake = (
        sit()
        .signs_in(hire("fr", "Éveillée"))
        .presses("KeyR")
        .sees("offer")
        .presses("KeyA")
        .sees("talking")
        .line_is("joined")
    )
    bed[0].fulfill()
    asleep.is_in_state("not-ready")
    expect(asleep.page.locator("#call .careful")).to_be_visible()
    asleep.is_accessible()
    asleep.signs_out()
    caller.hangs_up()
    awake.sees("wrap-up")
    wraps_up_only(awake)


def test_a_hidden_page_shows_no_offer(sit: Sit, hire: Hire, call: Call) -> None:
    """Nobody looks at it: the call goes elsewhere, and the page says so when it is looked at again."""
    desk = ready(sit, hire, "Cachée")
    desk.page.evaluate(HIDDEN, True)
    caller = call().meets("queued")
    other = sit().signs_in(hire("fr", "Visible")).presses("KeyR").sees("offer")
    expect(desk.page.locator('#call[data-phase="offer"]')).to_have_count(0)
    caller.hangs_up()
    desk.page.evaluate(HIDDEN, False)
    desk.is_in_state("not-ready")
    expect(desk.page.locator("#call .careful")).to_be_visible()
    desk.signs_out()
    other.sees("idle").signs_out()


def test_a_lost_network_is_said_and_nothing_is_lost(sit: Sit, hire: Hire, call: Call) -> None:
    """What was typed stays; what was asked is done when it comes back; the page catches up."""
    desk = ready(sit, hire, "Réseau")
    call(proves=True)
    desk.sees("offer").presses("KeyA").sees("talking").line_is("joined")
    desk.note.fill("à rappeler lundi")
    desk.page.context.set_offline(True)
    desk.presses("KeyH")
    expect(desk.page.locator("#away")).to_be_visible()
    desk.is_accessible()
    expect(desk.page.locator('[data-course="held"]')).to_be_hidden()
    desk.page.context.set_offline(False)
    expect(desk.page.locator('[data-course="held"]')).to_be_visible()
    expect(desk.page.locator("#away")).to_be_hidden()
    expect(desk.note).to_have_value("à rappeler lundi")
    desk.presses("KeyH")
    expect(desk.page.locator('[data-course="held"]')).to_be_hidden()
    wraps_up(desk)


def test_a_session_that_ended_in_mid_form_loses_no_text(sit: Sit, hire: Hire, call: Call) -> None:
    """Signing in again, in the page, leads back to the same text; as somebody else, to a page without it."""
    login = hire("fr", "Session")
    desk = sit().signs_in(login).presses("KeyR").is_in_state("ready")
    call(proves=True)
    desk.sees("offer").presses("KeyA").sees("talking").line_is("joined")
    desk.note.fill("la suite au prochain appel")
    desk.page.context.clear_cookies(name="svi-session")
    desk.presses("KeyH")
    ended = desk.page.locator("#session-ended")
    expect(ended).to_be_visible()
    desk.is_accessible()
    ended.locator("button").click()
    dialog = desk.page.locator("#sign-in-again")
    expect(dialog).to_be_visible()
    desk.is_accessible()
    expect(dialog.locator('[name="login"]')).to_have_value(login)
    dialog.locator('[name="password"]').fill("un autre mot de passe")
    desk.page.keyboard.press("Enter")
    expect(dialog.locator("[role=alert]")).to_have_text("L'identifiant, le mot de passe ou le code n'est pas bon.")
    dialog.locator('[name="password"]').fill(PASSWORD)
    desk.page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(ended).to_be_hidden()
    expect(desk.note).to_have_value("la suite au prochain appel")
    desk.line_is("joined")
    wraps_up(desk)


def test_the_way_back_leads_to_no_page_of_a_day_that_is_over(sit: Sit, hire: Hire) -> None:
    """Nothing is kept by the browser; forms are not sent again."""
    desk = ready(sit, hire, "Retour")
    desk.opens("account")
    desk.page.go_back()
    desk.is_live().is_in_state("ready")
    desk.signs_out()
    desk.page.go_back()
    expect(desk.page.locator("#login")).to_be_visible()


def test_a_double_click_is_one(sit: Sit, hire: Hire, call: Call) -> None:
    """On each button: of two that stand in one place, one after the other, the second is not meant."""
    desk = sit().signs_in(hire("fr", "Double"))
    button = desk.page.locator
    button("#state .main").dblclick()
    desk.is_in_state("ready")
    button("#state .row button").dblclick()
    desk.is_in_state("not-ready")
    button("#state .main").dblclick()
    desk.is_in_state("ready")
    call()
    desk.sees("offer")
    button(".go").dblclick()
    desk.sees("talking").line_is("joined")
    button('form[action$="/hold"] button').dblclick()
    expect(button('[data-course="held"]')).to_be_visible()
    desk.page.wait_for_timeout(1000)
    expect(button('[data-course="held"]')).to_be_visible()
    button('form[action$="/resume"] button').dblclick()
    expect(button('[data-course="held"]')).to_be_hidden()
    button("#mute").click()
    desk.line_is("muted")
    button("#mute").click()
    desk.line_is("joined")
    button(".stop").dblclick()
    desk.sees("wrap-up")
    button('[value="answered"]').check()
    button("#after .main").dblclick()
    desk.is_in_state("ready").sees("idle")
    desk.signs_out()


def test_a_tab_that_crashed_gives_the_call_to_the_next(sit: Sit, hire: Hire, call: Call, whole: Whole) -> None:
    """The leg that it left is hung up, and another dialled; mute does not outlive it."""
    desk = ready(sit, hire, "Panne")
    caller = call()
    desk.sees("offer").presses("KeyA").sees("talking").line_is("joined")
    with contextlib.suppress(Error):
        desk.page.goto("chrome://crash", timeout=3000)
    again = Desk(desk.page.context.new_page(), whole.console)
    again.sees("talking").line_is("joined").says("Me revoilà")
    caller.hears("Me revoilà")
    wraps_up(again)


def test_who_is_mute_is_not_heard(sit: Sit, hire: Hire, call: Call) -> None:
    """Also after a reload: nobody is heard who does not know it."""
    desk = ready(sit, hire, "Muette")
    caller = call()
    desk.sees("offer").presses("KeyA").sees("talking").line_is("joined").presses("KeyM").line_is("muted")
    desk.is_accessible()
    expect(desk.page.locator("#say button")).to_be_disabled()
    desk.page.reload()
    desk.sees("talking").line_is("muted").presses("KeyM").line_is("joined").says("On m'entend")
    caller.hears("On m'entend")
    wraps_up(desk)


def test_an_offer_rings_and_changes_the_title(sit: Sit, hire: Hire, call: Call) -> None:
    """Softly, as long as it stands; who does not want it hears nothing."""
    desk = ready(sit, hire, "Sonnerie")
    desk.page.evaluate(
        "() => { const make = AudioContext.prototype.createOscillator; AudioContext.prototype.createOscillator ="
        " function () { window.rung = (window.rung ?? 0) + 1; return make.call(this); }; }"
    )
    caller = call()
    desk.sees("offer")
    expect(desk.page).to_have_title("☎ Un appel pour vous · Console du 3939")
    desk.comes_true("window.rung >= 2")
    desk.page.locator(".options summary").click()
    desk.page.locator("#sound").uncheck()
    rung = desk.page.evaluate("window.rung")
    desk.page.wait_for_timeout(3000)
    assert desk.page.evaluate("window.rung") == rung
    desk.presses("KeyA").sees("talking")
    expect(desk.page).to_have_title("En communication · Console du 3939")
    caller.hangs_up()
    desk.sees("wrap-up")
    wraps_up_only(desk)


def test_a_hidden_page_that_may_notify_goes_on_looking(sit: Sit, hire: Hire, call: Call) -> None:
    """Its advisor is told without a word of who calls, and may come back in time."""
    desk = ready(sit, hire, "Prévenue")
    desk.page.evaluate(
        "() => { window.Notification = class extends EventTarget { static permission = 'granted';"
        " static async requestPermission() { return 'granted'; }"
        " constructor(title) { super(); window.told = title; } close() { window.told = ''; } }; }"
    )
    desk.page.locator(".options summary").click()
    desk.page.locator("#notify").check()
    desk.page.evaluate(HIDDEN, True)
    call()
    desk.comes_true("window.told === 'Un appel pour vous · Console du 3939'")
    desk.page.wait_for_timeout(4000)
    desk.page.evaluate(HIDDEN, False)
    desk.sees("offer").presses("KeyA").sees("talking").line_is("joined").comes_true("window.told === ''")
    wraps_up(desk)


def test_an_advisor_without_a_telephone_is_offered_no_calls(sit: Sit, hire: Hire) -> None:
    """The page says so, and what to do; whoever is ready is not any more."""
    desk = ready(sit, hire, "Injoignable")
    desk.page.context.route("**/phone/numbers", lambda route: route.abort())
    desk.line_is("away").is_in_state("not-ready")
    expect(desk.page.locator("#call .careful")).to_be_visible()
    desk.presses("KeyR")
    expect(desk.page.locator("#news .notice")).to_be_visible()
    desk.is_in_state("not-ready").is_accessible()
    desk.page.context.unroute("**/phone/numbers")
    desk.line_is("idle").presses("KeyR").is_in_state("ready")
    desk.signs_out()
