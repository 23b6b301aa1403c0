"""Rights and benefits: which of them it is about."""

from backend.identity import Insured
from ivr.conversation import Caller, Ending
from ivr.flows.amo_rights import tell_amo_rights
from ivr.flows.family_allowances import tell_family_allowances
from ivr.flows.loss_of_employment import tell_loss_of_employment
from ivr.flows.maternity_and_birth import tell_maternity_and_birth
from ivr.flows.pension import tell_pension
from ivr.flows.right import about


async def tell_rights(caller: Caller, insured: Insured) -> Ending | None:
    """Ask which right it is about; those that are not among them are for an advisor."""
    choices = {
        "1": ("amo", about(tell_amo_rights, insured)),
        "2": ("pension", about(tell_pension, insured)),
        "3": ("family-allowances", about(tell_family_allowances, insured)),
        "4": ("loss-of-employment", about(tell_loss_of_employment, insured)),
        "5": ("maternity-and-birth", about(tell_maternity_and_birth, insured)),
    }
    return await caller.offer("rights-menu", choices)
