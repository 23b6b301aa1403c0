"""Practical information by SMS, for anybody: what the voice said, at most two segments, in the caller's language."""

from typing import Literal

from sqlalchemy import ARRAY, Text, any_, bindparam, func, select

from backend import agencies, messages
from backend.agencies import Agency
from backend.examples import examples
from backend.messages import Sent, Withheld
from backend.opening_hours import OpeningHours
from backend.outbox import outbox
from backend.rules import claim_delay
from backend.rules.claim_delay import DepositLimits
from backend.settings import settings
from backend.values import Mobile, Postcode, parsed
from backend.wording import Language, written
from backend.wording.segments import MOST_SEGMENTS, in_gsm_7, segments
from backend.work import Work

Topic = Literal["self-employed", "employee", "paying", "depositing", "portal"]


@examples(DepositLimits(months=2, days=60))
def deposit_limits(work: Work) -> DepositLimits:
    """Return how long a claim file may be deposited."""
    return claim_delay.deposit_limits(work.today)


MOST_A_CALL = 5  # whoever calls may key any number: nobody sends to strangers, through us, one after the other
_ASKED_BEFORE = select(func.count()).where(outbox.c.business_key == any_(bindparam("keys", type_=ARRAY(Text))))


@examples(lambda _about, to, _language: Sent(to.ending), Withheld())
def send(work: Work, about: Topic | Postcode, to: Mobile, language: Language) -> Sent | Withheld:
    """Send what the voice says about a topic, or of the agencies nearest to a postcode."""
    keys = [f"information:{work.actor.occasion}:{number}" for number in range(MOST_A_CALL)]
    asked_before = work.execute(_ASKED_BEFORE, {"keys": keys}).scalar_one()
    if asked_before == MOST_A_CALL:
        return Withheld()
    key = keys[asked_before]  # asked for again, it is sent again
    if isinstance(about, Postcode):
        listed = _fitting(agencies.nearest(work, about), language)
        goes = messages.send(work, "sms-agencies", key, to, language, agencies=listed)
    else:
        limits, link = deposit_limits(work), settings().svi_payment_url
        occasion = f"sms-information-{about}"
        goes = messages.send(work, occasion, key, to, language, link=link, months=limits.months, days=limits.days)
    return goes


def _fitting(nearest: list[Agency], language: Language) -> str:
    """Return as many agencies, the nearest first, as an SMS holds, with the hours of as many as it holds."""
    for many in range(len(nearest), 0, -1):
        for with_hours in range(many, -1, -1):
            lines = (_line(agency, language, hours=at < with_hours) for at, agency in enumerate(nearest[:many]))
            listed = in_gsm_7("\n".join(lines))
            if segments(written(language, "sms-agencies", agencies=listed)) <= MOST_SEGMENTS:
                return listed
    return written(language, "sms-agencies.shortest", name=nearest[0].name)


def _line(agency: Agency, language: Language, *, hours: bool) -> str:
    name, address, city = agency.name, agency.address, agency.city
    if not hours:
        return written(language, "sms-agencies.short", name=name, address=address, city=city)
    known = parsed(OpeningHours.parse, agency.hours) or agency.hours
    return written(language, "sms-agencies.full", name=name, address=address, city=city, hours=known)
