"""Who is calling: what they claim, and the code, or the call to their mobile, that proves it.

Card figures and birth dates leaked in 2025: they say who a caller claims to be, and prove nothing. An unknown pair goes
through the same questions as a known one, to a code that was never sent. Limits live here, in PostgreSQL.
"""

from backend.identity.claiming import Claim, claim_card, claim_number, claim_registration
from backend.identity.opening import claim_of, keep_open, mobile_for, open_record, proved_mobile
from backend.identity.proving import (
    CODES_AN_HOUR,
    CallComing,
    CodeSent,
    Expired,
    Insured,
    Matched,
    Refused,
    TooMany,
    ask_for_call,
    check_call,
    check_code,
    check_tax_reference,
    code_sent,
    confirm_call,
    send_code,
)
from backend.identity.table import codes, erase_old

__all__ = [
    "CODES_AN_HOUR",
    "CallComing",
    "Claim",
    "CodeSent",
    "Expired",
    "Insured",
    "Matched",
    "Refused",
    "TooMany",
    "ask_for_call",
    "check_call",
    "check_code",
    "check_tax_reference",
    "claim_card",
    "claim_number",
    "claim_of",
    "claim_registration",
    "code_sent",
    "codes",
    "confirm_call",
    "erase_old",
    "keep_open",
    "mobile_for",
    "open_record",
    "proved_mobile",
    "send_code",
]
