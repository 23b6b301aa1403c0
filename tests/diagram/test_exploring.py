"""How a flow is explored."""

from pathlib import Path

import pytest

from ivr.conversation import Conversation
from ivr.diagram import checking
from ivr.diagram.exploring import Explored, Start, explore, kind
from ivr.diagram.graph import Edge, boxed
from ivr.diagram.lines import Lines
from tests.diagram.flows import dead, shop

DEAD = Path(dead.__file__)


def exploring(conversation: Conversation) -> Explored:
    """Explore a made-up flow, its lines watched."""
    return explore([Start(conversation)], Lines([Path(shop.__file__)]))


def edges(conversation: Conversation) -> list[tuple[str, str, str]]:
    """Return (from, keys, to) of a flow without faults."""
    found = exploring(conversation)
    assert not found.faults
    return [(edge.source, edge.pressed, edge.target) for edge in found.graph.edges]


def faults(conversation: Conversation) -> list[str]:
    """Return what exploration says against a flow."""
    return exploring(conversation).faults


def leading(conversation: Conversation, target: str) -> list[Edge]:
    """Return the edges that lead to a place."""
    return [edge for edge in exploring(conversation).graph.edges if edge.target == target]


def test_each_answer_and_each_kind_of_result_is_an_edge() -> None:
    """The first is the main line, the others deviate from it."""
    assert edges(shop.order) == [
        ("start", "", "payment"),
        ("payment", "1", "tax-reference"),
        ("tax-reference", "0012", "hang-up"),
        ("payment", "1", "tax-reference"),
        ("payment", "2", "advisor (card)"),
    ]
    there, sold_out = leading(shop.order, "tax-reference")
    assert (there.outcomes, sold_out.outcomes) == (("look → there",), ("look → sold out",))
    assert (there.says, [prompt.message for prompt in sold_out.says]) == ((), ["registration-cancelled"])


def test_there_are_as_many_ways_as_edges_not_as_paths() -> None:
    """Four questions of three answers: 3 × 4 edges and the first, not 3⁴ paths."""
    assert len(edges(shop.forking)) == 13


def test_a_menu_that_leads_back_to_itself_ends() -> None:
    """A known place is where a way ends."""
    assert edges(shop.circling) == [
        ("start", "", "main-menu"),
        ("main-menu", "1", "main-menu"),
        ("main-menu", "2", "main-menu"),
    ]


def test_a_star_that_is_the_flows_own_and_giving_up_are_explored() -> None:
    """The engine's own help after `*` isn't: it is the same everywhere."""
    assert [edge[:2] for edge in edges(shop.helped)] == [
        ("start", ""),
        ("code", "0012"),
        ("bank-account", "0012"),
        ("bank-account", "✗✗"),
        ("code", "*"),
    ]


def test_a_conversation_held_in_two_places_leads_on_from_each() -> None:
    """It is one question in the drawing, deviated from once, with an edge to each place that follows."""
    assert edges(shop.shared) == [
        ("start", "", "confirm-identity"),
        ("confirm-identity", "1", "payment"),
        ("payment", "1", "confirm-identity"),
        ("confirm-identity", "1", "declaration"),
        ("declaration", "1", "hang-up"),
        ("confirm-identity", "2", "payment"),
    ]


def test_an_example_may_depend_on_what_the_function_is_given() -> None:
    """So that a transcript says what was answered."""
    assert [edge.says[0].values["wrapping"] for edge in leading(shop.wrapped, "hang-up")] == ["a red one", "a blue one"]


def test_a_function_without_examples_is_a_finding() -> None:
    """Flows can't be explored past it."""
    (fault,) = faults(shop.without_examples)
    assert "shop.unknown: flows call it, and it has no examples" in fault


def test_an_entry_without_an_example_is_a_finding() -> None:
    """Nor past what nobody knows how to answer."""
    assert faults(shop.without_answer) == ["bank-account: the entry has no example: note one (ivr/inputs.py)"]


@pytest.mark.parametrize("conversation", [shop.never_asking, shop.for_ever_looking])
def test_a_loop_without_a_question_is_a_finding(conversation: Conversation) -> None:
    """A caller would hear nothing for ever; exploration ends all the same."""
    (fault,) = faults(conversation)
    assert fault.startswith("after start: a loop without a question")


def test_what_a_flow_raises_is_a_finding() -> None:
    """It says after which answer; the other answers are explored all the same."""
    found = exploring(shop.failing)
    assert found.faults == ["after payment 2: KeyError: 'card'"]
    assert "hang-up" in found.graph.nodes


def test_an_ending_that_is_none_is_a_finding() -> None:
    """A conversation returns an Ending, or nothing."""
    assert faults(shop.no_ending) == ["after start: an ending that is none: 'bye'"]


def test_a_line_and_a_question_that_no_way_reaches_are_findings() -> None:
    """They are named with the file and the line."""
    lines = Lines([DEAD])
    found = explore([Start(dead.half)], lines)
    assert list(checking.dead(lines)) == [
        'tests/diagram/flows/dead.py:10: no exploration runs it: await caller.choose("declaration", {"1": "declare"})'
    ]
    assert list(checking.unreached([found], [DEAD])) == [
        "tests/diagram/flows/dead.py:10: no path reaches the question declaration"
    ]


def test_six_choices_and_a_question_without_a_title_are_findings() -> None:
    """A caller remembers five; advisors and statistics need a title in each language."""
    assert list(checking.of_questions(exploring(shop.too_many).questions)) == [
        "no-such-question: 6 choices, 5 at most",
        "no-such-question: no `.title` in ar, fr",
    ]


def test_a_conversation_with_a_drawing_of_its_own_is_one_box_in_another() -> None:
    """Edges lead into and out of it; what is said within is in its own drawing."""
    found = explore([Start(shop.shared)], Lines(()), {shop.confirmed.__code__: "confirming"})
    assert [(edge.source, edge.target) for edge in boxed(found.graph).edges] == [
        ("start", "flow confirming"),
        ("flow confirming", "payment"),
        ("payment", "flow confirming"),
        ("flow confirming", "declaration"),
        ("declaration", "hang-up"),
    ]


def test_results_are_told_apart_by_type_then_by_their_fields() -> None:
    """In as few words as tell them apart."""
    two = (shop.Stock(2, fresh=True), shop.Stock(2, fresh=False))
    assert [kind(each, two) for each in two] == ["fresh", "not fresh"]
    assert kind(two[0], (*two, "sold out")) == "Stock fresh"
    assert kind(shop.Stock(1, fresh=True), (shop.Stock(1, fresh=True), shop.Stock(3, fresh=True))) == "pieces=1"
    assert kind([], ([], [("payment", "self")])) == "none"
    assert kind([("payment", "self")], ()) == "payment self"
