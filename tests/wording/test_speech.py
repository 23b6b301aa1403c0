"""From prompts to what is played."""

from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import pytest

from backend.values import FewDigits
from backend.wording import spoken
from ivr.conversation import Prompt
from ivr.speech import HEARD_AS, MOST_ENCODED, Played, Recordings, Said, recording, render

WELCOME = b"a recording of welcome"


@pytest.fixture
def recordings(tmp_path: Path) -> Recordings:
    """Return recordings of the French `welcome` and, against the rule, of `code-sent`."""
    folder = tmp_path / "fr"
    folder.mkdir()
    (folder / "welcome.mp3").write_bytes(WELCOME)
    (folder / "birth-date.more.wav").write_bytes(b"another")
    (folder / "code-sent.mp3").write_bytes(b"it can't hold the caller's digits")
    return Recordings(tmp_path)


def test_neighbouring_prompts_of_one_language_are_one_say() -> None:
    """A pause between verbs would be heard; the voice and its locale tag are those of the language."""
    (said,) = render("fr", [Prompt("not-heard"), Prompt("code")])
    text = f"{spoken('fr', 'not-heard')} {spoken('fr', 'code')}"
    assert said == Said("fr-FR", "Polly.Lea-Neural", text)


def test_arabic_is_spoken_by_a_voice_of_its_own_and_heard_as_moroccan() -> None:
    """No carrier has a Moroccan voice; recognition knows Moroccan speech."""
    (said,) = render("ar", [Prompt("welcome")])
    assert isinstance(said, Said)
    assert said.language == "ar-XA"
    assert HEARD_AS["ar"] == "ar-MA"


def test_before_a_language_is_chosen_each_prompt_is_said_in_both() -> None:
    """Arabic first, prompt by prompt, each in its own voice."""
    said = render(None, [Prompt("welcome"), Prompt("language")])
    languages = [each.language for each in said if isinstance(each, Said)]
    assert languages == ["ar-XA", "fr-FR", "ar-XA", "fr-FR"]
    assert said[-1] == Said("fr-FR", "Polly.Lea-Neural", spoken("fr", "language"))


def test_a_recording_wins_over_the_text(recordings: Recordings) -> None:
    """It is named by its content, and the text after it is a Say again."""
    digest = sha256(WELCOME).hexdigest()
    played, said = render("fr", [Prompt("welcome"), Prompt("goodbye")], recordings)
    assert played == Played(f"/audio/{digest}")
    assert isinstance(said, Said)
    file = recordings.file(digest)
    assert file
    assert file.read_bytes() == WELCOME


def test_an_attribute_may_be_recorded(recordings: Recordings) -> None:
    """`birth-date.more.wav` is the recording of `birth-date.more`, and of nothing else."""
    assert isinstance(render("fr", [Prompt("birth-date.more")], recordings)[0], Played)
    assert isinstance(render("fr", [Prompt("birth-date")], recordings)[0], Said)
    assert isinstance(render("ar", [Prompt("birth-date.more")], recordings)[0], Said)


def test_a_message_with_values_is_never_a_recording(recordings: Recordings) -> None:
    """A recording can't say this caller's digits."""
    (said,) = render("fr", [Prompt("code-sent", {"ending": FewDigits("47")})], recordings)
    assert isinstance(said, Said)
    assert "4 7" in said.text


def test_an_unknown_recording_is_none() -> None:
    """`/audio/<sha256>` answers only what is in prompts/."""
    assert recording("0" * 64) is None


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_long_text_is_cut_at_sentence_ends(language: str) -> None:
    """Each Say stays under 4,400 URL-encoded characters, and no word is lost."""
    prompts = [Prompt("main-menu")] * 30
    said = [each for each in render("ar" if language == "ar" else "fr", prompts) if isinstance(each, Said)]
    assert len(said) > 1
    assert all(len(quote(each.text, safe="")) < MOST_ENCODED for each in said)
    assert all(each.text.endswith(".") for each in said)
    whole = " ".join([spoken("ar" if language == "ar" else "fr", "main-menu")] * 30)
    assert " ".join(each.text for each in said) == whole


def test_one_endless_sentence_is_cut_between_words() -> None:
    """A name may be as long as it likes; the carrier's limit holds."""
    endless = FewDigits("4" * 950)
    said = [each for each in render("fr", [Prompt("code-sent", {"ending": endless})]) if isinstance(each, Said)]
    assert len(said) > 1
    assert all(len(quote(each.text, safe="")) < MOST_ENCODED for each in said)
    assert " ".join(each.text for each in said) == spoken("fr", "code-sent", ending=endless)
