"""Of what job a pasted text speaks, and of which employer: out of the sentences that such texts are made of."""

import re
from collections.abc import Iterator

from .found import Found, Text

WORK = r"(?:position|role|job|opening|vacancy|post)"
TITLE = r"(?P<title>[A-Za-z][^.;:!?\n]{2,80}?)"
ENDS = r"(?= with | at | here\b| \(|, |\. |\.?$|\.?\n|; |! | has | in the | is | starting )"
# A name: words with a capital, and small ones between them, all of it or nothing.
WORD = r"(?:[A-Z][\w'’&.-]*[\w'’]|[A-Z]|\d+|&)"
NAME = rf"(?:the |The )?(?P<employer>(?>{WORD}(?: (?:(?:of|the|and|for|in|at) )?{WORD})*))"
NO_EMPLOYER = r"(?! (?:branch|campus|location|office|street)\b)"
ASKING = r"(?:selected|applying|application|applied|apply|interest|interviews?|candidate)"
# Sentences of mails that name the job, those that say most first.
TITLES = [
    re.compile(rf"\b(?:for|of|about|to|fill) (?:the|our|a|an) {WORK} of (?:the )?{TITLE}{ENDS}"),
    re.compile(rf"\bfollowing {WORK}:\s*{TITLE}(?= \(|\n| Location:| Job|$|\.)", re.IGNORECASE),
    re.compile(rf"\bjob ?id:? ?[\w-]+: {TITLE}{ENDS}", re.IGNORECASE),
    re.compile(
        rf"\b(?:for|about|to|regarding) (?:the|our|a|an) (?:part-time |full-time |open |vacant )?{TITLE} {WORK}\b"
    ),
    re.compile(rf"\b{ASKING} (?:for|in) (?:the |our )?{TITLE}{ENDS}"),
]
EMPLOYERS = [
    re.compile(rf"\b(?:submitted|sent) to {NAME}(?= on \d|[.,!]| on |\n)"),
    re.compile(rf"\b(?:joining|applying to|applied to|interest in(?: joining)?|career at|working (?:for|at)) {NAME}"),
    re.compile(rf"\b(?:confirm that )?{NAME} has received your"),
    re.compile(rf"\b(?:request|invitation|application|message) from {NAME}"),
    re.compile(rf"\b{NAME} would like to (?:interview|invite|offer)"),
    re.compile(rf"\b(?:{WORK}|of [A-Z][^.\n]{{2,60}}?|\)),? (?:here )?(?:with|at) {NAME}\b{NO_EMPLOYER}"),
    re.compile(rf"\b(?:for|of) [A-Z][^.\n]{{2,80}}? (?:with|at) {NAME}\b{NO_EMPLOYER}"),
    re.compile(rf"\b(?:principal|director|manager|head|team) of {NAME}"),
]
# Sentences of postings that name who hires, at the start of one.
HIRES = re.compile(
    rf"(?:^|\. ){NAME},? (?:is (?:looking|seeking|hiring|accepting|recruiting|pleased)|seeks|invites|hires|needs|wants"
    r"|has an opening|offers|makes|keeps|serves|runs)"
)
ABOUT = re.compile(rf"^About {NAME}$")
# Words by which one knows an institution.
INSTITUTION = re.compile(
    r"\b(?:City|County|Town|Township|Village|Borough|State|Library|Libraries|University|College|Schools?|District|Academy"
    r"|Institute|Foundation|Museum|Archives?|Society|Center|Books|Services|Inc|LLC|Hospital|Department|Authority|Company)\b"
)
OFFICE = re.compile(
    r",? (?:Human Resources(?: Department)?|HR|Recruiting|Recruitment|Talent Acquisition|Hiring Team|Team"
    r"|(?:Classified )?Personnel(?: Office| Department)?)$"
)
JOB_WORD = re.compile(
    r"\b(?:assistant|associate|clerk|aide|page|technician|librarian|specialist|coordinator|manager|director|supervisor|courier"
    r"|paraprofessional|paraeducator|officer|worker|teacher|driver|analyst|engineer|nurse|attendant|archivist|custodian"
    r"|representative|instructor|administrator|intern|cataloge?r|monitor|operator|secretary|developer|accountant|designer)s?\b",
    re.IGNORECASE,
)
SUBJECT = re.compile(
    r"^(?:(?:subject|re|fw|fwd):\s*)*(?:application (?:received|submitted|confirmation)|indeed application"
    r"|interview (?:invitation|request)|notice of interview|your application(?: for| to)?)"
    r"\s*(?:[-–:]|for|to)\s*(?P<title>.+)$",
    re.IGNORECASE,
)
SUBMITTED = re.compile(r"^(?:your )?application (?:has been )?submitted!?$", re.IGNORECASE)
ASIDE = re.compile(
    r"\s*[-–] job post$|\s+wanted!?$|\s*\((?:open|job [^)]*|\d[\d-]*)\)$|[,\s]+(?:JR|R|REQ)-?\d+$", re.IGNORECASE
)
NUMBER_FIRST = re.compile(r"^(?:JR|R|REQ)?-?\d{3,}[\s:-]+", re.IGNORECASE)
FILLER = re.compile(r"^(?:part|full)-time (?=[a-z])|^(?:the|our|a|an) ", re.IGNORECASE)
NO_TITLE = re.compile(
    r"^(?:apply|back to|page is|locations?|dear|hello|hi|good |subject|from|to|date|sent|cc)\b|[:.]$|\$", re.IGNORECASE
)
WANTED = re.compile(r"^(?:help wanted|now hiring|wanted|job opening|job posting|vacancy)\s*[-–:!]\s*", re.IGNORECASE)
# What every letter holds, and is no name of a job or of an employer.
NO_NAME = re.compile(
    r"(?:(?:best|kind|warm|many) )?(?:regards|wishes|thanks)|thank you|sincerely|respectfully|cheers|hello|hi|dear .*"
    r"|(?:an? )?interviews?|we|i|you|it|they|this|our|us|please|congratulations|welcome|reminder|update",
    re.IGNORECASE,
)
# An employer whose name ends in a kind of job is the job.
ENDS_IN_JOB = re.compile(rf"{JOB_WORD.pattern}(?: (?:[IVX]+|\d))?$", re.IGNORECASE)
# 'Library Assistant role at City of Beaverton', 'Technician (announcement 12' without its end.
BEHIND_TITLE = re.compile(r" (?:role|position|job|opening)$| (?:at|with) (?=[A-Z])| \((?=[^)]*$)")
LONGEST = 120


def title(text: Text, is_posting: bool) -> Found | None:
    """What job it is about."""
    labelled = text.first_labelled("position", "job title", "position title", "title", "vacancy", "role")
    finders = [_heading, _subject, _sentence] if is_posting else [_sentence, _subject, _heading]
    if labelled and _is_name(cleaned := _cleaned(str(labelled.value))):
        return Found(cleaned, labelled.line)
    if is_submitted := _behind_submitted(text):
        return is_submitted
    return next((found for finder in finders if (found := finder(text)) and _is_name(found.value)), None)


def _is_name(words: object) -> bool:
    """Whether it is more than what every letter holds."""
    return not NO_NAME.fullmatch(str(words).strip(" ,.!"))


def _cleaned(words: str) -> str:
    words = NUMBER_FIRST.sub("", FILLER.sub("", WANTED.sub("", words.strip(" ,-–!*"))))
    while (shorter := ASIDE.sub("", words).strip(" ,-–!")) != words:
        words = shorter
    words = BEHIND_TITLE.split(words)[0].strip(" ,-–!")
    if words.isupper():
        words = re.split(r"\s+[-–]\s+", words)[0].title()
    return words[:LONGEST]


def _sentence(text: Text) -> Found | None:
    for pattern in TITLES:
        for found in pattern.finditer(text.whole):
            # Of 'the hiring team for the Library Page position' the last part alone is the job.
            words = _cleaned(re.split(r"\b(?:for|about|of) (?:the|our|a|an) ", found["title"])[-1])
            if len(words) > 2 and not re.match(r"(?:next|other|this|your|same)\b", words, re.IGNORECASE):
                return Found(words, text.line_at(found.start("title")))
    return None


def _subject(text: Text) -> Found | None:
    for line in text.lines[:6]:
        if found := SUBJECT.match(line):
            return Found(_cleaned(found["title"]), line)
    return None


def _behind_submitted(text: Text) -> Found | None:
    """Indeed's confirmations: the job, and the employer with its place, on the lines behind their headline."""
    for line, following in zip(text.lines, text.lines[1:], strict=False):
        if SUBMITTED.match(line) and not NO_TITLE.search(following):
            return Found(_cleaned(following), following)
    return None


def _heading(text: Text) -> Found | None:
    """The first line that reads like the name of a job."""
    lines = [
        line for line in text.lines[:12] if len(line) <= LONGEST and not NO_TITLE.search(line) and ": " not in line
    ]
    named = [line for line in lines if JOB_WORD.search(line)]
    return next((Found(_cleaned(line), line) for line in named or lines[:1]), None)


def employer(text: Text, is_posting: bool, title_line: str) -> Found | None:
    """Who hires."""
    labelled = text.first_labelled("employer", "district", "agency", "company", "organization", "school district")
    if labelled:
        return labelled
    finders = [_below_title, _hires, _signed] if is_posting else [_in_sentence, _below_title, _signed, _hires]
    for finder in finders:
        found = finder(text, title_line)
        if found and _is_name(found.value) and not ENDS_IN_JOB.search(str(found.value)):
            return found
    return None


def _in_sentence(text: Text, _title_line: str) -> Found | None:
    for pattern in EMPLOYERS:
        for found in pattern.finditer(text.whole):
            return Found(_trimmed(found["employer"]), text.line_at(found.start("employer")))
    return None


def _hires(text: Text, _title_line: str) -> Found | None:
    for line in text.lines:
        if (found := ABOUT.match(line)) and found["employer"].split()[0] not in ("Us", "Employer", "Company"):
            return Found(found["employer"], line)
    for line in text.lines:
        if (found := HIRES.search(line)) and found["employer"] not in ("We", "He", "She", "It", "They", "This", "You"):
            return Found(_trimmed(found["employer"]), line)
    return None


def _below_title(text: Text, title_line: str) -> Found | None:
    """The line below the job's name, as lists of jobs have it: 'Riverbend Public Library - Riverbend, IN'."""
    for line, following in zip(text.lines, text.lines[1:], strict=False):
        name = re.split(r"\s+[-–]\s+", following)[0]
        if line == title_line and INSTITUTION.search(name) and not re.search(r"[.:$,]$|,", name) and len(name) < 80:
            return Found(name, following)
    return None


def _signed(text: Text, _title_line: str) -> Found | None:
    """The last line that is an institution's name, by itself or behind somebody's office there."""
    for line in reversed(text.lines):
        for part in _parts_of(line):
            name = _trimmed(part)
            if INSTITUTION.search(name) and re.fullmatch(NAME, name):
                return Found(name, line)
    return None


def _parts_of(line: str) -> Iterator[str]:
    if len(line) <= 120 and not re.search(r"[.!?]$", line):
        yield from (part.strip() for part in line.split(", "))


def _trimmed(name: str) -> str:
    name = OFFICE.sub("", name.strip(" ,.!"))
    return re.sub(r"^The (?=.* Team$)", "", name)[:LONGEST].strip(" ,.!")
