"""What a pasted text says: of what kind it is, and what of it belongs into which field of an application."""

import re
from datetime import date

from guides.openings import pay as pay_of
from guides.plan.models import Application, Interview

from . import moments, names
from .found import Found, Pasted, Text

Status = Application.Status
LONGEST = 20_000  # characters that are read
# What each kind of mail says, the surer first; what says nothing of the sort is a posting.
SAYS = [
    (
        Status.TURNED_DOWN,
        r"regret to inform|not (?:been )?selected|(?:move|moving|proceed|going) (?:forward |ahead )?with other"
        r"|other candidates?\b|to another candidate|unfortunately|position has been filled"
        r"|not (?:be )?(?:moving|proceeding)",
    ),
    (Status.OFFER, r"(?:pleased|happy|delighted) to offer you|offer of employment|job offer"),
    (
        Status.INTERVIEW,
        r"(?:invited?|inviting)\b[^.]{0,80}\binterview|interview (?:is|has been) (?:scheduled|set)"
        r"|like to interview you|interview (?:request|invitation|confirmation|stage)|notice of interview"
        r"|(?:come in|like you to)\b[^.]{0,40}\binterview|down for an interview|schedule (?:an|your) interview"
        r"|(?:first|second|third|final|phone|video|oral board) interview",
    ),
    (
        Status.APPLIED,
        r"thank(?:s| you)\b[^.]{0,40}\b(?:applying|application|submitting|submission|sending)"
        r"|(?:received|got|have) your application|application (?:was|has been) (?:received|submitted|sent)"
        r"|application (?:received|confirmation|submitted)|thanks? for (?:your )?(?:resume|interest)"
        r"|date (?:applied|submitted):|has received your",
    ),
]
KINDS = [
    (Interview.Kind.VIDEO, r"zoom|\bteams\b|video|webex|google meet|skype"),
    (Interview.Kind.PHONE, r"by phone|phone (?:interview|screen|call)|format: phone|telephone interview|call you"),
    (Interview.Kind.PANEL, r"\bpanel\b|oral board"),
]
NUMBER = r"(?P<number>[A-Z]{0,4}-?\d[\w-]*|[A-Z]{1,4}-\d[\w-]*)"
NUMBERS = [
    re.compile(
        rf"\b(?:(?:job|posting|position|vacancy|announcement) ?(?:id|number|no\.?|#)"
        rf"|(?:requisition|req)(?: ?(?:id|number|no\.?|#))?) ?[:#]? ?{NUMBER}",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?P<number>(?:JR|REQ|R)-?\d{3,})\b"),
    re.compile(r"\((?:#|job )?(?P<number>\d{2,4}-\d{2,6}|[A-Z]{1,4}-?\d{3,})\)"),
]
NUMBER_LABELS = ("job number", "job requisition id", "requisition id", "requisition number", "requisition", "job id",
                 "req id", "posting number", "position number", "reference number", "announcement number")  # fmt: skip
SUM = r"\$ ?\d[\d,]*(?:\.\d+)?[kK]?"
PAY = re.compile(
    rf"{SUM}(?: ?(?:-|–|—|to|and) ?\$? ?\d[\d,]*(?:\.\d+)?[kK]?)?"
    r"(?:,? ?(?:/|per |an? )? ?(?:hour|hr|hourly|year|yr|annually|annum|annual|month|monthly|week|weekly|day)\b\.?)?",
    re.IGNORECASE,
)
STATE = r"(?:[A-Z]{2}|[A-Z][a-z]+(?: [A-Z][a-z]+)?)"
PLACE_LINE = re.compile(
    rf"[A-Z][\w.' -]+, {STATE}(?: \d{{5}}(?:-\d{{4}})?|, United States)?|Remote(?:, .+)?", re.UNICODE
)
PLACE_LABELS = ("location", "locations", "job location", "work location", "where", "place")
LINK = re.compile(r"https?://[^\s<>\"')\]]+[^\s<>\"')\].,;:!?]")
MEETS = re.compile(r"\b(?:meet|meeting|speak|interview) with (?P<who>[A-Z][^.;]{2,120}?)(?=[.;]|$| on | at )")


def read(raw: str, today: date) -> Pasted:
    """Return what the text says."""
    text, pasted = Text(raw[:LONGEST]), Pasted()
    if not text.lines:
        return pasted
    status = _status(text)
    pasted.put("status", status)
    is_posting = status.value == Status.SAVED
    post = names.title(text, is_posting)
    pasted.put("post", post)
    pasted.put("employer", names.employer(text, is_posting, post.line if post else ""))
    pasted.put("number", _number(text))
    if status.value in (Status.SAVED, Status.APPLIED):
        pasted.put("closes_on", moments.closes(text, today))
        pasted.put("pay", _pay(text))
    if status.value == Status.APPLIED:
        pasted.put("applied_on", moments.applied(text, today))
    if status.value == Status.INTERVIEW:
        _put_interview(pasted, text, today)
    else:
        pasted.put("place", _place(text, pasted))
    if is_posting:
        pasted.put("link", next((Found(found[0][:500], found[0]) for found in LINK.finditer(text.whole)), None))
    return pasted


def _status(text: Text) -> Found:
    for status, words in SAYS:
        if found := re.search(words, text.whole, re.IGNORECASE):
            return Found(status.value, text.line_at(found.start()))
    # No line says so: it is what is left.
    return Found(Status.SAVED.value, "")


def _put_interview(pasted: Pasted, text: Text, today: date) -> None:
    day, hour = moments.interview(text, today)
    pasted.put("interview_on", day)
    pasted.put("interview_at", hour)
    pasted.put("place", text.first_labelled(*PLACE_LABELS, "address"))
    for kind, words in KINDS:
        if found := re.search(words, text.whole, re.IGNORECASE):
            pasted.put("interview_kind", Found(kind.value, text.line_at(found.start())))
    if found := MEETS.search(text.whole):
        pasted.put("with_whom", Found(found["who"].strip(" ,"), text.line_at(found.start())))


def _number(text: Text) -> Found | None:
    for value, line in text.labelled(*NUMBER_LABELS):
        if found := re.match(r"[A-Za-z]{0,4}-?\d[\w-]*|[A-Za-z]{1,4}-\d[\w-]*", value):
            return Found(found[0], line)
    for pattern in NUMBERS:
        if found := pattern.search(text.whole):
            return Found(found["number"], text.line_at(found.start("number")))
    return None


def _pay(text: Text) -> Found | None:
    for line in text.lines:
        for found in PAY.finditer(line):
            if pay_of.stated(found[0]):
                return Found(found[0].strip(" .,"), line[:300])
    return None


def _place(text: Text, pasted: Pasted) -> Found | None:
    if labelled := text.first_labelled(*PLACE_LABELS):
        return labelled
    employer = pasted.fields.get("employer")
    for line in text.lines:
        if employer and line.startswith(f"{employer.value}, ") and re.search(r"\d", line):
            return Found(line.removeprefix(f"{employer.value}, "), line)
        for part in reversed(re.split(r"\s+[-–]\s+", line)):
            if PLACE_LINE.fullmatch(part):
                return Found(part, line)
    return None
