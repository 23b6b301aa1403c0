"""A record as a page shows it: a ledger added up, months as marks, benefits in their order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from flask import Blueprint, current_app

from backend.rules.benefits import Right
from backend.rules.cancellation import measure
from backend.rules.ledger import Account, Parts, total
from backend.values import Month, PersonName
from backend.wording import Language, exists
from backend.work import begin
from callcenter import dossiers, past_calls, records, titles
from callcenter.console import guard, view
from callcenter.console.view import View
from callcenter.dossiers import Dossier
from callcenter.past_calls import PastCall

State = Literal["paid", "late", "due", "coming", "uncharged"]


@dataclass(frozen=True)
class Mark:
    """One of the twelve months: `coming` is not charged yet, `uncharged` should be."""

    month: Month
    state: State


@dataclass(frozen=True)
class Totals:
    """A ledger added up, in dirhams: charged = settled + cancelled + owed + due later."""

    charged: Parts
    settled: Parts
    cancelled: Parts
    owed: Parts
    later: Parts


@dataclass(frozen=True)
class Record:
    """The record at hand."""

    dossier: Dossier

    @property
    def self_employed(self) -> bool:
        """Whether the person pays contributions themselves."""
        return self.dossier.standing.amo.status != "unknown"

    @property
    def months(self) -> Sequence[Account]:
        """The accounts of the ledger, the newest first."""
        return self.dossier.standing.months[::-1]

    @property
    def totals(self) -> Totals:
        """The ledger added up."""
        accounts, today = self.months, self.dossier.today
        return Totals(
            total(charged(account) for account in accounts),
            total(each.parts for account in accounts for each in account.settled),
            total(account.cancelled for account in accounts),
            total(account.remaining for account in accounts if account.past_due(today)),
            total(account.remaining for account in accounts if not account.past_due(today)),
        )

    @property
    def marks(self) -> list[Mark]:
        """The twelve months of the debt cancellation, in their order."""
        progress = self.dossier.standing.cancellation
        return [Mark(month, self._state(month)) for month in sorted((*progress.paid, *progress.missing))]

    @property
    def benefits(self) -> Mapping[str, Right]:
        """The five benefits of employees."""
        rights = self.dossier.rights
        return {
            "pension": rights.pension,
            "family-allowances": rights.family_allowances,
            "loss-of-employment": rights.loss_of_employment,
            "maternity": rights.maternity,
            "birth-leave": rights.birth_leave,
        }

    def age(self, born: date) -> int:
        """Return how old somebody is on the business day."""
        today = self.dossier.today
        return today.year - born.year - ((today.month, today.day) < (born.month, born.day))

    def _state(self, month: Month) -> State:
        account = next((each for each in self.months if each.charge.month == month), None)
        if account is None:
            charged_by = (month + 1).first_day.replace(day=measure().charged_by_day)
            return "uncharged" if self.dossier.today > charged_by else "coming"
        if not account.unpaid:
            return "paid"
        return "late" if account.past_due(self.dossier.today) else "due"


@dataclass(frozen=True)
class Zone:
    """Who is before the advisor: a record at hand; of a call that is only offered, no more than the name."""

    record: Record | None = None
    name: PersonName | None = None
    reasons: tuple[str, ...] = records.REASONS


def look(now: View) -> Zone:
    """Return who is before the advisor; each reading is audited with what gives the right to it."""
    if now.desk.offered:
        return Zone(name=view.name_of(now))
    with begin(guard.actor()) as work:
        opened = records.at_hand(work, guard.me().id)
        if opened is None:
            return Zone()
        dossier, ways = dossiers.read(work, opened), current_app.extensions["console-ways"]
        return Zone(Record(replace(dossier, calls=past_calls.with_ways(work, dossier.calls, ways))))


def charged(account: Account) -> Parts:
    """Return what was charged for a month."""
    return Parts(account.charge.contribution, account.charge.penalty, account.charge.enforcement_fee)


def cause(call: PastCall, language: Language) -> str | None:
    """Return the message that says why a caller wanted an advisor, where there is one."""
    message = f"cause-{call.reason}"
    return message if exists(language, message) else None


def register(blueprint: Blueprint) -> None:
    """Give the console's templates what a record is shown with."""
    for filter_ in (charged, cause):
        blueprint.add_app_template_filter(filter_)
    blueprint.add_app_template_filter(titles.of_step, "step")
    blueprint.add_app_template_test(exists, "worded")
