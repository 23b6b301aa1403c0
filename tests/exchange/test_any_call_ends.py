"""Any caller with any application: the call ends or keeps listening, and never breaks."""

from typing import Any
from xml.sax.saxutils import quoteattr

from hypothesis import given
from hypothesis import strategies as st

from exchange.dialler import Call, EndlessCallError
from exchange.effects import HungUp, Key, Silence, Speech
from exchange.scripted import Application

PATHS = ("/voice", "/a", "/b", "/fallback")
paths = st.sampled_from([*PATHS, "", "/nowhere", "a?x=1"])
texts = st.sampled_from(["Bonjour", "مرحبا", ""])
says = texts.map(lambda text: f"<Say language='fr-FR'>{text}</Say>")
plays = paths.map(lambda path: f"<Play loop='2'>{path}</Play>")
prompts = st.one_of(says, plays, st.just("<Pause/>"), st.just("<Dial/>"))
ATTRIBUTES: dict[str, st.SearchStrategy[str]] = {
    "action": paths,
    "method": st.sampled_from(["GET", "POST", "PUT"]),
    "input": st.sampled_from(["dtmf", "speech", "dtmf speech", "smoke"]),
    "numDigits": st.sampled_from(["1", "4", "0"]),
    "finishOnKey": st.sampled_from(["", "#", "*", "5", "##"]),
    "timeout": st.sampled_from(["1", "x"]),
    "actionOnEmptyResult": st.sampled_from(["true", "false"]),
    "bargeIn": st.sampled_from(["true", "false"]),
    "colour": st.just("red"),
}


@st.composite
def gathers(draw: Any) -> str:
    """Draw a Gather with some of its attributes, right or wrong."""
    names = draw(st.sets(st.sampled_from(sorted(ATTRIBUTES))))
    attributes = " ".join(f"{name}={quoteattr(draw(ATTRIBUTES[name]))}" for name in names)
    return f"<Gather {attributes}>{''.join(draw(st.lists(prompts, max_size=3)))}</Gather>"


others = st.one_of(
    paths.map(lambda path: f"<Redirect>{path}</Redirect>"),
    st.sampled_from(["<Hangup/>", "<Reject reason='busy'/>", "<Leave/>", "<Record/>", "<Nonsense/>"]),
)
queues = st.tuples(paths, paths).map(lambda urls: f"<Enqueue waitUrl='{urls[0]}' action='{urls[1]}'>x</Enqueue>")
dials = st.tuples(paths, st.sampled_from(["<Conference>x</Conference>", "<Client>x</Client>", "+1", ""])).map(
    lambda dial: f"<Dial action='{dial[0]}'>{dial[1]}</Dial>"
)
documents = st.one_of(
    st.lists(st.one_of(prompts, gathers(), others, queues, dials), max_size=4).map(
        lambda verbs: f"<Response>{''.join(verbs)}</Response>"
    ),
    st.sampled_from(["", "<Response>", "<Say/>"]),
    st.tuples(st.sampled_from([200, 204, 302, 500]), st.sampled_from(["", "text/plain", "audio/wav"]), st.just("x")),
)
deeds = st.one_of(
    st.sampled_from("0123456789*#").map(Key),
    st.sampled_from(["oui", ""]).map(Speech),
    st.just(Silence()),
    st.just(HungUp()),
)


@given(
    st.fixed_dictionaries(dict.fromkeys(PATHS, documents)),
    st.lists(st.lists(deeds, min_size=1, max_size=12), max_size=6),
    st.lists(deeds, max_size=6),
    st.booleans(),
)
def test_any_call_ends_or_keeps_listening(
    application: dict[str, Any], turns: list[list[Any]], ahead: list[Any], with_fallback: bool
) -> None:
    """Whatever is answered and whatever the caller does, at whatever speed."""
    try:
        call = Call(
            Application(application).post,
            to="+212520447100",
            voice_url="http://app.test/voice",
            fallback_url="http://app.test/fallback" if with_fallback else None,
            strict=False,
            ahead=ahead,
        )
        for turn in turns:
            if call.ended is None:
                call.does(*turn)
    except EndlessCallError:
        return  # it talks for ever, which the test below bounds
    waits = call.listening or call.queued or call.joined or call.dialled
    assert (call.ended is None) == (waits is not None)


@given(st.text(alphabet="<>/ResponseGatherSay=\"' &#x;", max_size=60))
def test_any_text_is_a_document_or_a_complaint(body: str) -> None:
    """Nothing that an application answers breaks the exchange."""
    call = Call(Application({"/voice": body}).post, to="+1", voice_url="http://app.test/voice", strict=False)
    assert call.ended is not None or call.listening is not None
