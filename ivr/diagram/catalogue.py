"""The flows that have a drawing, and how each may begin."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, MappingProxyType
from typing import Any, get_type_hints

from backend import examples, identity
from backend.errors import SviError
from backend.values import Telephone
from ivr import flows
from ivr.conversation import Caller, Conversation, Ending, IdentifiedConversation, Transfer
from ivr.diagram.exploring import Explored, Start, explore
from ivr.diagram.lines import Lines
from ivr.flows.advisor import meet_advisor
from ivr.flows.claims import tell_claims
from ivr.flows.contributions import tell_contributions
from ivr.flows.debt_cancellation import tell_cancellation
from ivr.flows.identify import identify
from ivr.flows.information import inform
from ivr.flows.language import choose_language
from ivr.flows.loss_of_employment import tell_loss_of_employment
from ivr.flows.main_menu import main_menu, reason
from ivr.flows.maternity_and_birth import tell_maternity_and_birth
from ivr.flows.registration import complete_registration
from ivr.flows.rights import tell_rights

FILES = tuple(sorted(Path(flows.__file__).parent.rglob("*.py")))
A_CALLER = Telephone("+212661000777")


class NoSuchFlowError(SviError):
    """There is no drawing of that name."""


@dataclass(frozen=True)
class Flow:
    """A conversation with a drawing of its own; in other drawings it is one box."""

    conversation: Any
    starts: tuple[Start, ...]
    box: bool = False

    @property
    def ends(self) -> bool:
        """Whether all ways through it must end the call: it says that it returns an Ending, and nothing else."""
        return get_type_hints(self.conversation)["return"] is Ending

    @property
    def purpose(self) -> str:
        """What it is for, in a sentence."""
        return str(self.conversation.__doc__).partition("\n")[0]


async def asked_for(caller: Caller) -> Ending:
    """Meet an advisor as asked."""
    return await meet_advisor(caller, Transfer("asked"))


async def brought_to(caller: Caller) -> Ending:
    """Meet an advisor after three silences, say."""
    return await meet_advisor(caller, Transfer("silence"))


async def whoever_calls(caller: Caller) -> None:
    """Find out who calls."""
    await identify(caller)


def _alone(conversation: Conversation, *, box: bool = False) -> Flow:
    return Flow(conversation, (Start(conversation, telephone=A_CALLER),), box=box)


def _identified(conversation: IdentifiedConversation) -> Flow:
    """Return a flow that begins once the caller has proved who they are."""
    insured = examples.of(identity.check_code)[0]

    async def after_the_code(caller: Caller) -> Ending | None:
        return await conversation(caller, insured)

    return Flow(conversation, (Start(after_the_code, "identified", telephone=A_CALLER),), box=True)


FLOWS: Mapping[str, Flow] = MappingProxyType(
    {
        "whole-call": Flow(
            flows.answer_call,
            (
                Start(flows.answer_call, "vocal-server", "vocal-server", A_CALLER),
                Start(flows.answer_call, "call-centre, relation-centre", "relation-centre", A_CALLER),
            ),
        ),
        "language": _alone(choose_language),
        "main-menu": _alone(main_menu),
        "reason": _alone(reason),
        "registration": _alone(complete_registration, box=True),
        "identify": Flow(identify, (Start(whoever_calls, telephone=A_CALLER),), box=True),
        "contributions": _identified(tell_contributions),
        "debt-cancellation": _identified(tell_cancellation),
        "rights": _identified(tell_rights),
        "loss-of-employment": _identified(tell_loss_of_employment),
        "maternity-and-birth": _identified(tell_maternity_and_birth),
        "information": Flow(
            inform,
            (
                Start(inform, "from a mobile", telephone=A_CALLER),
                Start(inform, "from any other telephone", telephone=None),
            ),
            box=True,
        ),
        "claims": _identified(tell_claims),
        "callback": Flow(
            flows.meet_called,
            (Start(flows.meet_called, telephone=A_CALLER, language="fr", attempt=1),),
        ),
        "advisor": Flow(
            meet_advisor,
            (
                Start(asked_for, "asked", telephone=A_CALLER),
                Start(brought_to, "silence", telephone=A_CALLER),
                Start(asked_for, "asked, number withheld", telephone=None),
            ),
            box=True,
        ),
    }
)


def explored(name: str, lines: Lines | None = None) -> Explored:
    """Explore a flow by its name. Raises NoSuchFlowError."""
    if name not in FLOWS:
        raise NoSuchFlowError(f"there is no flow {name!r}: there are {', '.join(FLOWS)}")
    return explore(FLOWS[name].starts, lines or Lines(()), _boxes(name))


def _boxes(name: str) -> dict[CodeType, str]:
    """Return the conversations that are a box in the drawing of another."""
    return {flow.conversation.__code__: other for other, flow in FLOWS.items() if flow.box and other != name}
