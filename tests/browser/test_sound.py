"""What is said aloud and heard, with voices and a recogniser in place of the browser's: a headless one has neither."""

import pytest
from playwright.sync_api import expect

from .conftest import Open

pytestmark = pytest.mark.long
STAND_INS = """
const voices = [{lang: "en-US", name: "English"}, {lang: "fr-FR", name: "Française"}];
window.spoken = [];
window.cancelled = 0;
const synthesis = {
  getVoices: () => voices,
  speak: (utterance) => spoken.push([utterance.voice.name, utterance.text]),
  cancel: () => (cancelled += 1),
  addEventListener() {},
};
Object.defineProperty(window, "speechSynthesis", { value: synthesis });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
window.SpeechRecognition = class {
  start() {
    window.heardIn = this.lang;
    this.onresult({ results: [[{ transcript: "inscription", confidence: 0.87 }]] });
    this.onend();
  }
};
"""


def test_sentences_are_said_by_a_voice_of_their_language(telephone: Open) -> None:
    """Where there is a voice the sound is on; what no voice can say is said to stay in writing; a key hushes."""
    phone = telephone("fr", script=STAND_INS)
    expect(phone.page.locator("#sound")).to_have_attribute("aria-pressed", "true")
    phone.dial()
    expect(phone.page.locator("#trouble")).to_contain_text("pas de voix arabe")
    hushed = phone.page.evaluate("cancelled")
    phone.clicks("2").asked("main-menu")
    assert phone.page.evaluate("cancelled") > hushed
    spoken = phone.page.evaluate("spoken")
    assert {name for name, _ in spoken} == {"Française"}
    assert "tapez 1" in spoken[-1][1]
    phone.page.reload()
    phone.is_ready().asked("main-menu")
    assert phone.page.evaluate("spoken") == []
    phone.does("hang-up").is_over()


def test_without_voices_the_sound_is_off_and_says_why(telephone: Open) -> None:
    """The text stays; the switch still gives the keys their tones."""
    phone = telephone("fr")
    expect(phone.page.locator("#sound")).to_have_attribute("aria-pressed", "false")
    phone.page.locator("#sound").click()
    expect(phone.page.locator("#trouble")).to_contain_text("pas de voix")
    phone.dial().clicks("2").asked("main-menu").does("hang-up").is_over()


def test_the_browsers_recogniser_speaks_for_the_caller(telephone: Open) -> None:
    """In the language that was spoken last, as surely as it heard."""
    phone = telephone("fr", script=STAND_INS).dial().clicks("2").asked("main-menu")
    phone.page.locator("#microphone").click()
    expect(phone.log.locator(".did", has_text="inscription")).to_contain_text("87")
    assert phone.page.evaluate("heardIn") == "fr-FR"
    phone.does("hang-up").is_over()
