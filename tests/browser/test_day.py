"""A day at work in a real browser, in French and in Arabic: an advisor, a colleague, callers, a supervisor."""

import re
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

import pytest
from playwright.sync_api import Locator, expect

from tests.centre import Caller, Lines

from .conftest import Call, Hire, Person, Whole, Window
from .desk import Desk, Supervisor

pytestmark = pytest.mark.long


class Words(NamedTuple):
    """Who works, and what is said, in a language."""

    advisor: str
    colleague: str
    known_as: str
    greeting: str
    thanks: str
    case: str
    note: str
    place_kept: str
    promised_call: str
    misspelt: str
    article: str


WORDS = {
    "fr": Words(
        advisor="Zohra El Fassi",
        colleague="Anouar Kadiri",
        known_as="Filali",
        greeting="Bonjour, je vous écoute",
        thanks="Merci, c'est clair",
        case="Paiement de juin à vérifier",
        note="L'assuré paiera demain",
        place_kept="Votre place est gardée",
        promised_call="Nous vous rappelons comme promis",
        misspelt="retraitte",
        article="Pension de retraite",
    ),
    "ar": Words(
        advisor="زهرة الفاسي",
        colleague="أنور القادري",
        known_as="الداودي",
        greeting="السلام عليكم، أنا أستمع إليكم",
        thanks="شكرا، هذا واضح",
        case="أداء يونيو يحتاج إلى مراجعة",
        note="سيؤدي المؤمن له غدا",
        place_kept="احتفظنا برتبتكم",
        promised_call="الصندوق الوطني للضمان الاجتماعي",
        misspelt="التقاعود",
        article="معاش التقاعد",
    ),
}
WHO = {
    "fr": Person("108320775", "27081988", "+212668000407"),
    "ar": Person("105320442", "14091992", "+212666000404"),
}
"""Who proves who they are; no other test's."""
WAITS_AT = {"fr": "+212661000497", "ar": "+212661000498"}
"""Where somebody keeps their place, and is called back."""


@pytest.mark.parametrize(("language", "theme"), [("fr", "light"), ("ar", "dark")])
def test_a_day_at_work(
    whole: Whole,
    window: Window,
    hire: Hire,
    call: Call,
    lines: Lines,
    language: str,
    theme: Literal["light", "dark"],
) -> None:
    """From the sign-in in the morning to the supervisor's look in the evening; axe finds nothing on the way."""
    words, who, mobile = WORDS[language], WHO[language], WAITS_AT[language]
    logins = [hire(language, each) for each in (words.advisor, words.colleague)]
    zohra, anouar = (Desk(window(language, theme), whole.console).signs_in(login) for login in logins)
    the_day_begins(zohra)
    caller = call(language, proves=True, who=who)
    a_call_is_offered_with_who_calls_and_why(zohra, words)
    they_talk(zohra, caller, words)
    she_acts_for_the_caller(zohra, lines, who, words)
    the_call_is_held_muted_and_wrapped_up(zohra, caller, words)
    caller = nobody_is_offered_in_a_break(zohra, lambda: call(language))
    the_call_is_given_to_a_colleague(zohra, anouar, caller, words)
    a_place_is_kept(zohra, call(language, from_=mobile), mobile, words)
    who_kept_a_place_is_called_back(zohra, lines, mobile, words)
    an_article_is_found_by_a_misspelt_word(zohra, words)
    the_day_is_on_record(zohra, who, words)
    the_supervisor_sees_the_day(Supervisor(window(language, theme), whole.console).reads(language), logins)


def the_day_begins(zohra: Desk) -> None:
    """The line is there, nobody is offered yet; then she is ready."""
    zohra.is_in_state("not-ready").line_is("idle").is_accessible().presses("KeyR").is_in_state("ready").sees("idle")


def a_call_is_offered_with_who_calls_and_why(zohra: Desk, words: Words) -> None:
    """Before she takes it: the name, what it is about, and the path of the call, its entries masked."""
    zohra.sees("offer")
    expect(person(zohra).locator(".name")).to_contain_text(words.known_as)
    expect(person(zohra).locator(".figures")).to_have_count(0)
    expect(zohra.page.locator("#call dl dd")).not_to_have_count(0)
    expect(zohra.page.locator("#path li")).not_to_have_count(0)
    zohra.is_accessible()


def they_talk(zohra: Desk, caller: Caller, words: Words) -> None:
    """Taken by the shortcut; what is known of the person is there, and each hears the other."""
    zohra.presses("KeyA").sees("talking").line_is("joined")
    expect(person(zohra).locator(".figures")).to_be_visible()
    zohra.says(words.greeting)
    caller.hears(words.greeting).says(words.thanks)
    zohra.hears(words.thanks).is_accessible()


def she_acts_for_the_caller(zohra: Desk, lines: Lines, who: Person, words: Words) -> None:
    """The SMS about the payment is read before it goes, and listed when it is gone; a case is opened."""
    before = lines.newest_sms()
    zohra.act("send-payment").locator('[name="step"]').press("Enter")
    preview = zohra.act("send-payment").locator("blockquote")
    expect(preview).not_to_be_empty()
    begins = preview.inner_text().strip()[:20]
    zohra.is_accessible().act("send-payment").locator("button.main").press("Enter")
    expect(done(zohra)).to_have_count(1)
    lines.gets_sms(who.mobile, re.escape(begins), before)
    case = zohra.act("open-case")
    case.locator("textarea").fill(words.case)
    case.locator("button.main").press("Enter")
    expect(done(zohra)).to_have_count(2)
    expect(zohra.unfolds("cases")).to_contain_text(words.case)
    expect(zohra.unfolds("messages").locator("li").first).to_be_visible()
    zohra.is_accessible()


def the_call_is_held_muted_and_wrapped_up(zohra: Desk, caller: Caller, words: Words) -> None:
    """By the keyboard; the note is there at the wrap-up, whose result is chosen by a figure."""
    zohra.presses("KeyH").is_on_course("held").is_accessible().presses("KeyH").is_on_course("talking")
    zohra.presses("KeyM").line_is("muted").presses("KeyM").line_is("joined")
    zohra.note.fill(words.note)
    zohra.presses("KeyE").is_in_wrap_up()
    expect(zohra.note).to_have_value(words.note)
    zohra.is_accessible().results_in("payment-explained").is_in_state("ready").sees("idle")
    caller.asked("survey").hangs_up()


def nobody_is_offered_in_a_break(zohra: Desk, calls: Callable[[], Caller]) -> Caller:
    """The header says that somebody waits, and the page goes on being about nothing; ready again, they are offered."""
    zohra.pauses("break").is_accessible()
    caller = calls()
    caller.meets("queued")
    expect(zohra.page.locator('#pressure:not([data-degree="none"])')).to_be_visible()
    zohra.is_in_state("not-ready").sees("idle").presses("KeyR").sees("offer")
    return caller


def the_call_is_given_to_a_colleague(zohra: Desk, anouar: Desk, caller: Caller, words: Words) -> None:
    """They talk about it first; then the caller hears him, and he wraps it up."""
    zohra.presses("KeyA").sees("talking").line_is("joined").is_on_course("talking")
    anouar.presses("KeyR").is_in_state("ready")
    zohra.presses("KeyK").chooses(words.colleague).is_on_course("asking")
    anouar.sees("offer")
    expect(anouar.page.locator("#call")).to_contain_text(words.advisor)
    anouar.is_accessible().presses("KeyA").sees("asked-in").line_is("joined").is_on_course("consulting")
    zohra.is_on_course("consulting").presses("KeyH").is_on_course("conference")
    zohra.presses("KeyT").is_in_wrap_up().is_accessible()
    zohra.results_in("transferred").is_in_state("ready").pauses("break")
    anouar.sees("talking").is_on_course("talking").line_is("joined").says(words.greeting)
    caller.hears(words.greeting).hangs_up()
    anouar.is_in_wrap_up().results_in("answered").is_in_state("ready").pauses("task").signs_out()


def a_place_is_kept(zohra: Desk, caller: Caller, mobile: str, words: Words) -> None:
    """Nobody is free, so the caller does not wait: it is among the callbacks of the day."""
    caller.keys("1").asked("callback-number-confirm").keys("1").hears(words.place_kept)
    zohra.opens("").is_live()
    expect(promised(zohra, mobile)).to_be_visible()


def who_kept_a_place_is_called_back(zohra: Desk, lines: Lines, mobile: str, words: Words) -> None:
    """Offered like a call; we dial when she takes it; whoever answers says by a key that it is them."""
    zohra.presses("KeyR").sees("offer").is_accessible().presses("KeyA")
    called = lines.called(mobile)
    zohra.sees("calling").is_accessible()
    called.hears(words.promised_call).asked("callback-confirm").keys("1")
    zohra.sees("talking").line_is("joined").says(words.greeting)
    called.hears(words.greeting).says(words.thanks)
    zohra.hears(words.thanks).presses("KeyE").is_in_wrap_up().results_in("answered").is_in_state("ready")
    called.asked("survey").hangs_up()
    zohra.opens("").is_live()
    expect(promised(zohra, mobile)).to_have_count(0)


def an_article_is_found_by_a_misspelt_word(zohra: Desk, words: Words) -> None:
    """As one types, and opened by the keyboard."""
    zohra.pauses("break")
    expect(zohra.looks_up(words.misspelt).first).to_contain_text(words.article)
    zohra.page.keyboard.press("ArrowDown")
    zohra.page.keyboard.press("Enter")
    expect(zohra.page.locator("#found details[open] li").first).to_be_visible()
    zohra.is_accessible()


def the_day_is_on_record(zohra: Desk, who: Person, words: Words) -> None:
    """The person's record has the call with its result, the case with its notes, the SMS; then she leaves."""
    zohra.opens_record(who.number, "letter", words.case)
    expect(zohra.unfolds("calls")).to_contain_text(words.advisor)
    expect(zohra.unfolds("cases")).to_contain_text(words.case)
    expect(zohra.unfolds("messages").locator("li").first).to_be_visible()
    zohra.is_accessible().signs_out()


def the_supervisor_sees_the_day(karim: Desk, logins: Sequence[str]) -> None:
    """By the report she answered two calls: who is given one, or calls somebody back, has answered none."""
    karim.opens("floor").is_accessible().opens("reports?by=advisor").is_accessible()
    for login, answered in zip(logins, ("2", "0"), strict=True):
        row = karim.page.locator("tr", has=karim.page.get_by_role("rowheader", name=login, exact=True))
        expect(row.locator("td").nth(1)).to_have_text(answered)


def promised(desk: Desk, mobile: str) -> Locator:
    """Return the call that is promised to a number, of which its last two digits are shown."""
    return desk.page.locator("#callbacks li", has_text=f" {mobile[-2:]} ")


def person(desk: Desk) -> Locator:
    """Return the zone of the person."""
    return desk.page.locator("#person")


def done(desk: Desk) -> Locator:
    """Return what was done for the caller."""
    return desk.page.locator("#acts .done li")
