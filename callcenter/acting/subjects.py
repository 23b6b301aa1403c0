"""What the vocal server does for who is identified, done by an advisor: the same functions, with the record at hand."""

from collections.abc import Mapping
from typing import Any

from backend import cancellation, claim_statements, claims, mobiles, notices, registrations, rights, standing
from backend.messages import Sent, Withheld
from backend.mobiles import SameMobile
from backend.registrations import Completed
from backend.rules import categories
from backend.rules.benefits import Right
from backend.rules.cancellation import measure
from backend.values import Dirhams, FileNumber, Term
from backend.work import Work
from callcenter.acting.forms import Choice, Line, Offer, Said, Wrong, ending, line, said, wrong
from callcenter.acting.standpoint import At

MOST_FILES = 20
DOCUMENTED: tuple[rights.Documented, ...] = ("loss-of-employment", "birth-leave")


def sent(outcome: Sent | Withheld, message: str = "acts-sent") -> Said:
    """Say where an SMS goes, or that none does."""
    match outcome:
        case Sent(to):
            return said(message, ending=to)
        case Withheld():
            return said("acts-withheld")


def may_complete(work: Work, at: At) -> Offer | None:
    """Of who is listed by a liaison body, and registered nowhere yet."""
    if at.who.status != "pending":
        return None
    who = registrations.present(work, at.insured)
    goes = ending(at.who.mobile)
    lines = [line("acts-complete-who", name=who.name), line("acts-complete-category", category=who.category)]
    lines.append(line("acts-mobile-on-file", ending=goes) if goes else line("acts-no-mobile"))
    choices = {"payment": [Choice(each, Line(f"acts-payment-{each}")) for each in ("direct-debit", "self")]}
    return Offer(lines, choices)


def complete(work: Work, at: At, given: Mapping[str, Any]) -> Said | Wrong:
    """Complete the registration as the caller declares it aloud; another mobile is corrected first, and held."""
    account = given["rib"]
    if given["payment"] == "direct-debit" and account is None:
        return wrong("rib", "acts-rib-wanted")
    if given["mobile"]:
        mobiles.correct(work, at.insured, given["mobile"], at.language)
    account = account if given["payment"] == "direct-debit" else None
    outcome = registrations.complete(work, at.insured, account, at.language)
    if not isinstance(outcome, Completed):
        return said("acts-already-complete")
    lines = [
        line("acts-completed", number=outcome.number),
        line("acts-completed-dates", contributions_from=outcome.contributions_from, amo_from=outcome.amo_from),
        line("acts-completed-sms"),
    ]
    if outcome.portal_from:
        lines.append(line("acts-completed-held", portal_from=outcome.portal_from))
    return Said(tuple(lines))


def may_remind(_work: Work, at: At) -> Offer | None:
    """Of who has a number, and a mobile that it can go to."""
    return _to_mobile(at) if at.who.registration_number and at.who.status == "registered" else None


def remind(work: Work, at: At, _given: Mapping[str, Any]) -> Said:
    """Send the registration number again."""
    return sent(registrations.remind(work, at.insured, at.language))


def may_pay(_work: Work, at: At) -> Offer | None:
    """Of a self-employed worker."""
    return _to_mobile(at) if _is_self_employed(at) else None


def send_payment(work: Work, at: At, _given: Mapping[str, Any]) -> Said:
    """Send how to pay: what and until when only where the caller has proved who they are, else the link alone."""
    step = standing.next_step(work, at.insured) if at.proved else None
    return sent(standing.send_payment(work, at.insured, step, at.language))


def send_statement(work: Work, at: At, _given: Mapping[str, Any]) -> Said:
    """Send what is owed today."""
    return sent(standing.send_statement(work, at.insured, at.language))


def tell_due(work: Work, at: At, _given: Mapping[str, Any]) -> Said:
    """Send by when the next contribution is due."""
    outcome = notices.tell_due(work, at.insured, at.language)
    return sent(outcome) if outcome else said("acts-nothing-due")


def may_commit(work: Work, at: At) -> Offer | None:
    """In the window of the measure, once; whether it concerns the person is seen when it is asked for."""
    window = measure().window_from <= work.today <= measure().window_to
    return Offer() if window and _is_self_employed(at) and not cancellation.recall(work, at.insured) else None


def commit(work: Work, at: At, _given: Mapping[str, Any]) -> Said | Wrong:
    """Record what the caller undertakes aloud, where the vocal server would ask for it."""
    told = standing.tell(work, at.insured).cancellation
    if told.situation != "open" or told.advisor or not told.covered:
        return wrong("", "acts-no-commitment")
    return sent(cancellation.commit(work, at.insured, at.language), "acts-committed")


def may_take_back(work: Work, at: At) -> Offer | None:
    """On the day on which it was made."""
    made = cancellation.recall(work, at.insured)
    return Offer((line("acts-commitment-of", made_on=made.made_on),)) if made and made.made_on == work.today else None


def take_back(work: Work, at: At, _given: Mapping[str, Any]) -> Said:
    """Take the commitment back."""
    return said("acts-commitment-taken-back" if cancellation.take_back(work, at.insured) else "acts-nothing-to-undo")


def may_send_claim(work: Work, at: At) -> Offer | None:
    """Of who has a file."""
    files = claims.of(work, at.insured.person, MOST_FILES)
    choices = [
        Choice(each.file_number, line("acts-file", file=FileNumber(each.file_number), deposited_on=each.deposited_on))
        for each in files
    ]
    return _to_mobile(at, {"file": choices}, {"file": choices[0].value}) if choices else None


def send_claim(work: Work, at: At, given: Mapping[str, Any]) -> Said | Wrong:
    """Send where a file stands, and what is missing in it."""
    file = claim_statements.numbered(work, at.insured, FileNumber(given["file"]))
    if file is None:
        return wrong("file", "acts-wrong")
    return sent(claim_statements.send(work, at.insured, file, at.language))


def may_send_documents(_work: Work, at: At) -> Offer | None:
    """Of the benefits of which a source lists the documents."""
    return _to_mobile(at, {"benefit": [Choice(each, Line(f"person-benefit-{each}")) for each in DOCUMENTED]})


def send_documents(work: Work, at: At, given: Mapping[str, Any]) -> Said:
    """Send the list of a benefit's documents."""
    benefit = next(each for each in DOCUMENTED if each == given["benefit"])
    return sent(rights.send_documents(work, at.insured, benefit, at.language))


def may_reckon_loss(work: Work, at: At) -> Offer | None:
    """Of employees."""
    if _is_self_employed(at) or not rights.is_for(work, at.insured, "loss-of-employment"):
        return None
    return Offer(choices={"own-choice": [Choice(each, Line(f"acts-{each}")) for each in ("no", "yes")]})


def reckon_loss(work: Work, at: At, given: Mapping[str, Any]) -> Said | Wrong:
    """Say the right to the allowance for the loss of employment."""
    day = given["last-day-worked"]
    if not rights.has_come(work, day):
        return wrong("last-day-worked", "acts-day-to-come")
    right = rights.loss_of_employment(work, at.insured, day, given["own-choice"] == "yes")
    return Said(tuple(_verdict(right, "loss-of-employment")))


def may_reckon_maternity(work: Work, at: At) -> Offer | None:
    """Of employees."""
    return Offer() if not _is_self_employed(at) and rights.is_for(work, at.insured, "maternity") else None


def reckon_maternity(work: Work, at: At, given: Mapping[str, Any]) -> Said:
    """Say the right to maternity's daily allowances."""
    right = rights.maternity(work, at.insured, given["leave-start"])
    lines = _verdict(right, "maternity")
    if right.notice_by:
        lines.append(line("maternity-notice", notice_by=right.notice_by))
    return Said(tuple(lines))


def may_correct_mobile(_work: Work, at: At) -> Offer:
    """Anybody's: who has lost the telephone can't prove anything by it."""
    goes = ending(at.who.mobile)
    return Offer(
        (line("acts-mobile-on-file", ending=goes) if goes else line("acts-no-mobile"), line("acts-mobile-held"))
    )


def correct_mobile(work: Work, at: At, given: Mapping[str, Any]) -> Said | Wrong:
    """Put another mobile on file; the old one is told."""
    outcome = mobiles.correct(work, at.insured, given["mobile"], at.language)
    if isinstance(outcome, SameMobile):
        return wrong("mobile", "acts-same-mobile")
    lines = [line("acts-mobile-corrected", ending=outcome.new)]
    if outcome.old:
        lines.append(line("acts-mobile-told", ending=outcome.old))
    return Said(tuple(lines))


def may_restore_mobile(work: Work, at: At) -> Offer | None:
    """Within the hold."""
    change = mobiles.held(work, at.insured)
    if change is None:
        return None
    lines = [line("acts-mobile-changed-on", day=change.changed_at.date(), ending=change.new)]
    lines.append(line("acts-mobile-before", ending=change.old) if change.old else line("acts-no-mobile-before"))
    return Offer(lines)


def restore_mobile(work: Work, at: At, _given: Mapping[str, Any]) -> Said:
    """Put the old number back."""
    change = mobiles.restore(work, at.insured)
    return said("acts-mobile-restored", ending=change.old) if change.old else said("acts-mobile-removed")


def _verdict(right: Right, benefit: str) -> list[Line]:
    """Return what the records say of a right, in the words of the vocal server."""
    if right.outcome == "employees-only":
        return [line("right-employees-only")]
    verdicts = {True: "right-entitled", False: "right-refused", None: "right-undecided"}
    lines = [line(verdicts[right.entitled], benefit=Term(f"benefit-{benefit}"))]
    for missing in right.missing:
        match missing.what:
            case "days":
                lines.append(line("missing-days", days=missing.count))
            case "days-in-last-12-months":
                lines.append(line("missing-days-lately", days=missing.count))
            case "pay":
                lines.append(line("missing-pay", amount=Dirhams(missing.count)))
    if right.amount:
        lines.append(line("acts-amount-a-day" if benefit == "maternity" else "right-a-month", amount=right.amount))
    if right.until:
        lines.append(line("acts-claim-until", until=right.until))
    if right.estimate:
        lines.append(line("acts-estimate"))
    return lines


def _is_self_employed(at: At) -> bool:
    return at.who.category in categories.self_employed()


def _to_mobile(
    at: At, choices: Mapping[str, list[Choice]] | None = None, chosen: Mapping[str, str] | None = None
) -> Offer | None:
    """Return the offer of an SMS to the mobile on file; None where there is none."""
    if at.who.mobile is None:
        return None
    return Offer((line("acts-goes-to", ending=at.who.mobile.ending),), choices or {}, chosen=chosen or {})
