"""Is this posting sound? What one should know before answering it: reasons that can be read, and never a grade.

What a text asks for is found in its own words: an honest employer asks applicants for no money, no bank account before
there is a contract, and buys nothing through them. See the Federal Trade Commission on job scams:
https://consumer.ftc.gov/articles/job-scams (read 2026-11-28).
"""

import re
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Posting

# 'Send', 'pay' and what follows it, in one sentence. The library's own fines and fees are no such thing.
FEES = (
    r"processing|application|registration|training|starter[- ]kit|equipment|background[- ]check|onboarding|enrollment"
)
WAYS = r"zelle|cash ?app|venmo|bitcoin|crypto(?:currency)?|western union|moneygram"
SECRETS = (
    r"bank (?:account|details|login|information)|routing number|credit card|debit card|social security number|"
    r"online banking"
)
ASKS = re.compile(
    rf"\b(?:(?:pay|send|wire|transfer|deposit|submit)\b[^.\n]{{0,40}}\b(?:{FEES}) (?:fees?|costs?|charges?|deposits?)"
    rf"|(?:{FEES}) (?:fee|deposit) (?:of|is|applies|required|must)"
    r"|(?:refundable|security|upfront|up-front) (?:deposit|fee|payment)"
    rf"|(?:via|through|by|using|to our|over) (?:{WAYS})"
    r"|(?:buy|purchase)\b[^.\n]{0,40}\bgift ?cards?"
    r"|(?:deposit|cash)\b[^.\n]{0,25}\b(?:the|a|our) (?:cashier'?s )?che(?:ck|que)\b[^.\n]{0,60}"
    r"\b(?:account|equipment|vendor|rest|remain\w*|difference)"
    rf"|(?:send|provide|give|reply with|e-?mail)\b[^.\n]{{0,40}}\b(?:{SECRETS}))",
    re.IGNORECASE,
)
DENIED = re.compile(r"\b(?:no|not|never|without|won't|don't|waived?|patrons?|customers?|borrowers?)\b", re.IGNORECASE)


def asks_money(text: str) -> str:
    """Return the words in which a posting's text asks the applicant for money or a bank account; '' where none do."""
    for found in ASKS.finditer(text):
        start = max(text.rfind(sign, 0, found.start()) for sign in ".\n!?") + 1
        if not DENIED.search(text, start, found.end()):
            end = min((at for at in (text.find(sign, found.end()) for sign in ".\n!?") if at > 0), default=len(text))
            said = " ".join(text[start:end].split())
            return said if len(said) <= 280 else f"{said[:279]}…"
    return ""


@dataclass(frozen=True)
class Reason:
    """One thing to know of a posting before one answers it, and what to do about it."""

    text: str
    advice: str = ""


def reasons(posting: Posting) -> list[Reason]:
    """Return what there is to know of a posting, the gravest first; none where nothing stands out."""
    found = []
    if posting.asks_money:
        found.append(
            Reason(
                _("It asks for money or for a bank account: “%(words)s”.") % {"words": posting.asks_money},
                _("An honest employer asks for neither before you are hired. Do not pay, and do not send the number."),
            )
        )
    if not posting.is_open:
        found.append(_ended(posting))
    if not posting.employer:
        found.append(
            Reason(
                _("It names no employer."), _("Find out who it is before you send a resume with your address on it.")
            )
        )
    if posting.is_unpaid:
        found.append(
            Reason(
                _("It is unpaid: it offers the work of a volunteer, and no pay."),
                _("Ask what you learn there, and whether you may leave it when you find paid work."),
            )
        )
    elif not posting.year_low:
        found.append(
            Reason(
                _("It states no pay.") if not posting.pay_stated else _("It gives no sum for the pay."),
                _("Ask for the range before an interview; several states require employers to state it."),
            )
        )
    if posting.is_old and posting.is_open:
        posted = date_format(posting.posted_on, "DATE_FORMAT")
        found.append(
            Reason(
                _("It was posted on %(date)s and names no end.") % {"date": posted},
                _("So old a posting may be filled and forgotten: ask whether it is open before you write."),
            )
        )
    if (days := posting.posted_again_after) is not None and posting.earlier_on:
        said = ngettext("It was posted again after %(days)d day", "It was posted again after %(days)d days", days)
        first = _("first on %(date)s.") % {"date": date_format(posting.earlier_on, "DATE_FORMAT")}
        found.append(
            Reason(
                f"{said % {'days': days}}: {first}",
                _("That may mean few applicants, or somebody who left soon: ask why it is open again."),
            )
        )
    return found


def _ended(posting: Posting) -> Reason:
    if posting.closes_on and posting.closes_on <= posting.ends_on:
        return Reason(_("It closed on %(date)s.") % {"date": date_format(posting.closes_on, "DATE_FORMAT")})
    return Reason(
        _("No feed lists it any more."),
        _("It may be filled or withdrawn: look at the employer’s page before you write."),
    )
