"""The shapes of what the API answers: the JSON of each, and its description for the OpenAPI document.

Amounts are strings of dirhams with two decimals, months `YYYY-MM`, days `YYYY-MM-DD`; what isn't known is null, and no
member is ever absent.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema

from backend.events import TYPES
from backend.people import Status
from backend.rules.amo import Status as AmoStatus
from backend.rules.benefits import Missing
from backend.rules.cancellation import Situation
from backend.values import Month

Amount = Annotated[
    Decimal,
    PlainSerializer("{:.2f}".format, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]+\.[0-9]{2}$", "examples": ["1250.50"]}),
]
"""Dirhams."""
InMonth = Annotated[
    Month,
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$", "examples": ["2024-03"]}),
]
Number = Annotated[str, Field(pattern="^[0-9]{9}$", examples=["104228815"])]
"""A registration number."""


class Answer(BaseModel):
    """What all answers have in common: they are read off the backend's own objects."""

    model_config = ConfigDict(from_attributes=True, populate_by_name=True, serialize_by_alias=True)


class NextDue(Answer):
    """What is due next."""

    month: InMonth
    amount: Amount
    due_date: date


class Balance(Answer):
    """What is owed, in all and in its three parts."""

    owed: Amount
    contributions: Amount
    penalties: Amount
    enforcement_fees: Amount
    months: int = Field(description="Months with anything owed.")
    since: InMonth | None = Field(description="The oldest of them.")
    next_due: NextDue | None = Field(description="The earliest charge not wholly paid, due today or later.")


class Cancellation(Answer):
    """The debt cancellation of law 41.23."""

    situation: Situation
    unpaid_months: int = Field(description="Months up to 2023-11 that were unpaid, counted once.")
    covered: Amount = Field(description="What can be, will be or (`granted`) was cancelled.")
    first_payment_on: date | None
    months_paid: int = Field(description="Of the twelve months, those wholly paid.")
    months_required: int
    commitment_on: date | None = Field(description="When the person undertook to pay regularly.")


class Amo(Answer):
    """The compulsory health insurance."""

    status: AmoStatus = Field(description="`unknown` for somebody who isn't self-employed.")
    opens_on: date | None = Field(description="The first day of the current spell of rights, or of the next.")


class Person(Answer):
    """How a person stands towards the fund today."""

    registration_number: Number
    category: str
    registered_on: date | None
    status: Status
    balance: Balance
    cancellation: Cancellation
    amo: Amo


class Claim(Answer):
    """A claim file, as of its last known status."""

    file_number: str
    registration_number: Number
    beneficiary: str
    care_date: date
    deposited_on: date
    status: str
    status_date: date
    claimed: Amount | None
    payable: Amount | None
    paid_on: date | None
    missing_documents: list[str]
    reason: str | None
    expected_on: date | None = Field(
        description="When it is usually paid: its deposit and the present delay. Null where nothing is on its way."
    )


def _counts(missing: Any) -> Any:
    """Return what is missing as figures by name."""
    return {each.what: each.count for each in missing if isinstance(each, Missing)}


class Right(Answer):
    """What the records of today say of one benefit."""

    entitled: bool | None = Field(description="Null where the records can't decide: an advisor does.")
    missing: Annotated[dict[Literal["days", "days-in-last-12-months", "pay"], int], BeforeValidator(_counts)] = Field(
        description="What is lacking, as figures; `pay` in whole dirhams a month. Empty where nothing is.",
        examples=[{"days": 240}],
    )
    amount: Amount | None = Field(
        description="Dirhams: a month; of maternity a day; of a birth leave for its three days."
    )
    until: date | None = Field(
        description="The last day to claim; of family allowances the last on which the amount is this one."
    )


class Rights(Answer):
    """The five benefits."""

    pension: Right
    family_allowances: Right = Field(alias="family-allowances")
    loss_of_employment: Right = Field(alias="loss-of-employment")
    maternity: Right
    birth_leave: Right = Field(alias="birth-leave")


class Rejection(Answer):
    """A record that couldn't be used; the others were."""

    record: int = Field(description="Its place in the batch, from 1.")
    reason: str


class Batch(Answer):
    """What became of the records of a batch."""

    kind: str
    added: int
    changed: int
    unchanged: int
    rejected: int
    rejections: list[Rejection]


class Event(Answer):
    """Something that happened, told once for each cursor."""

    position: int = Field(description="Its place in the order of all events.")
    type: str = Field(
        description="There may be more of them one day: pass over those you don't know.", examples=[*TYPES]
    )
    at: datetime
    registration_number: Number | None = Field(description="Whom it is about, where they have a number.")
    details: dict[str, int | str | bool | None]


class Events(Answer):
    """Events in their order, and where to go on."""

    events: list[Event]
    next: int = Field(description="Give it as `after` the next time; unchanged where nothing happened.")
