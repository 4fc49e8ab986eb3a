"""What to look at again before a resume goes out. Advice, never a refusal."""

import re
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from guides.models import Skill

from .. import advice, dates
from ..advice import Advice
from ..documents.blocks import Document
from ..skills import mentioned
from .layout import Plain, not_printed
from .parts import PARTS

SHORT, LONG = 120, 750  # words
LONG_LINE = 35  # words
GAP_MONTHS = 9
YEARS_AHEAD = 8  # who begins to study now, beside a job, ends by then
WEAK_STARTS = re.compile(
    r"^(responsible for|duties included|worked (as|on)|helped( to| with)?|assisted( with| in)?|in charge of"
    r"|tasked with|i |my |was |were |various )",
    re.IGNORECASE,
)


def check(resume: Plain, document: Document, text: str, skills: list[Skill], advert: str = "") -> list[Advice]:
    """Return the Advice on `resume`, a JSON Resume, its Document and that document as plain text."""
    return [
        *_contact(resume),
        *_length(resume, text),
        *_lines(resume),
        *_dates(resume),
        *_skills(text, skills, advert),
        *_file(resume, document),
    ]


def _contact(resume: Plain) -> Iterator[Advice]:
    basics = resume.get("basics", {})
    if not basics.get("name"):
        yield Advice(_("Your name is missing."))
    if not basics.get("email") and not basics.get("phone"):
        yield Advice(_("Nobody can reach you: add an email address or a phone number."))
    if not basics.get("summary"):
        yield Advice(_("Add a summary: two or three sentences on what you bring to this job."))


def _length(resume: Plain, text: str) -> Iterator[Advice]:
    # Of an empty resume the text is a placeholder.
    yield advice.length(
        text if resume.keys() - {"$schema"} else "",
        advice.Length(
            SHORT,
            LONG,
            too_short=_("%(words)s so far. Even a first resume has %(shortest)d or more."),
            right=_("Length: %(words)s, within the usual %(shortest)d to %(longest)d."),
            too_long=_("%(words)s. Keep it to two pages, %(longest)d at most."),
        ),
    )


def _all_lines(resume: Plain) -> Iterator[str]:
    """Every line below a job or a volunteer post."""
    for key in ("work", "volunteer"):
        for entry in resume.get(key, []):
            yield from entry.get("highlights", [])


def _lines(resume: Plain) -> Iterator[Advice]:
    lines = list(_all_lines(resume))
    for line in lines:
        quoted = {"line": line if len(line) < 60 else f"{line[:57]}..."}
        if WEAK_STARTS.match(line):
            yield Advice(
                _('"%(line)s": begin with a verb that says what you did, such as shelved or trained.') % quoted
            )
        elif len(line.split()) > LONG_LINE:
            yield Advice(_('"%(line)s": this is long. Split it in two.') % quoted)
    if lines and not any(re.search(r"\d", line) for line in lines):
        yield Advice(_("No line holds a number. How many, how often, how fast? One number says more than three words."))


def _dates(resume: Plain) -> Iterator[Advice]:
    today = timezone.localdate().isoformat()
    spans = []
    for entry in resume.get("work", []):
        start, end = entry.get("startDate", ""), entry.get("endDate", "")
        name = {"name": entry.get("position") or entry.get("name", "")}
        if not start:
            yield Advice(_('"%(name)s" has no dates: add when it began.') % name)
        elif not dates.is_date(start) or not dates.is_date(end or today):
            # The field itself says what is wrong with it.
            continue
        elif start > today:
            yield Advice(_('"%(name)s" has a date that is still to come.') % name)
        elif end > today:
            words = name | {"end": dates.written(end)}
            yield Advice(
                _('"%(name)s" ends in %(end)s, which is still to come: leave “To” empty while it goes on.') % words
            )
        else:
            spans.append((_month(start, 1), _month(end or today, 12)))
    yield from _gaps(sorted(spans))
    yield from _far_ahead(resume)


def _far_ahead(resume: Plain) -> Iterator[Advice]:
    """Advice on dates outside of jobs that are further ahead than what one plans: a slip of the keys, most likely."""
    last = str(timezone.localdate().year + YEARS_AHEAD)
    for key, part in PARTS.items():
        entries = [] if key == "work" else resume.get(key, [])
        given = [
            str(entry.get(name, "")) for entry in entries for name in ("startDate", "endDate", "date", "releaseDate")
        ]
        for date in given:
            if dates.is_date(date) and date[:4] > last:
                words = {"part": part.title, "date": dates.written(date), "years": YEARS_AHEAD}
                yield Advice(_("%(part)s: is %(date)s right? It is more than %(years)d years ahead.") % words)


def _gaps(spans: list[tuple[int, int]]) -> Iterator[Advice]:
    """Advice on each long time in which there was no job at all."""
    for number, (begin, _end) in enumerate(spans[1:], 1):
        months = begin - max(end for _start, end in spans[:number])
        if months > GAP_MONTHS:
            yield Advice(
                _("There are %(months)d months between two jobs. Say what you did, such as studying or caring.")
                % {"months": months}
            )


def _month(date: str, unknown: int) -> int:
    """A date as a number of months; `unknown` is the month to count where it is a year alone."""
    return int(date[:4]) * 12 + int(date[5:7] or unknown)


def _skills(text: str, skills: list[Skill], advert: str) -> Iterator[Advice]:
    """Which skills of the guide, or of the pasted advert, the resume does not name."""
    have = {skill.slug for skill in mentioned(text, skills)}
    wanted = mentioned(advert, skills) if advert.strip() else [skill for skill in skills if skill.weight == "core"]
    lacking = [skill.name for skill in wanted if skill.slug not in have]
    if advert.strip() and not wanted:
        yield Advice(
            _("The posting names none of this guide’s skills, so there is nothing to compare your resume with.")
        )
    elif lacking:
        asks = _("The posting asks for") if advert.strip() else _("This job needs")
        yield Advice(
            _("%(asks)s skills that your resume does not name: %(skills)s. Add those you have.")
            % {"asks": asks, "skills": ", ".join(lacking)}
        )
    elif wanted:
        # Not "every skill": the form offers those that are useful too.
        names = _("It names every skill of this guide that the posting asks for.")
        yield Advice(names if advert.strip() else _("It names every core skill of this job."), good=True)


def _file(resume: Plain, document: Document) -> Iterator[Advice]:
    """What the files will not show."""
    if resume.get("basics", {}).get("image"):
        yield Advice(
            _("The picture that your JSON file names is in no PDF and no DOCX: a resume in this country carries none.")
        )
    if hidden := not_printed(resume):
        yield Advice(_("Kept in your JSON file but not shown here: %(parts)s.") % {"parts": ", ".join(hidden)})
    yield from advice.gaps(document)
