"""The lines of a resume's text, and what a line looks like: a heading, a point, dates, a place, an employer."""

import re
from dataclasses import dataclass

from .. import dates

BULLET = re.compile(r"^\s*(?:[-*–—•·●○▪■◦➢►✓\uf0b7\u2023\u2043]|o(?=\s{1,4}[A-Z]))\s*(?=\S)")
# Where the parts of one line stand side by side: 'Page | City Library | Marlow, OH'.
SIDE_BY_SIDE = re.compile(r"\s*[|·•]\s*|\t+|\s{3,}|\s+[–—-]\s+|\s@\s")
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
DATE = rf"(?:{MONTH},?\s+(?:\d{{1,2}},\s*)?|\d{{1,2}}/(?:\d{{1,2}}/)?)?(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?!\d))?"
# A month and the last two digits of a year: a date only where it is an end of a stretch of time.
SHORT_DATE = r"(?:0?[1-9]|1[0-2])/\d\d(?![\d/])"
NOW = r"(?:present|current|now|today|ongoing)"
# 'Expected' says no more than a date that is still to come.
LABEL = r"(?:(?:expected|anticipated|graduated|graduation|completed|issued|awarded|since|from)\b:?\s*(?:in\s+)?)?"
SPAN = re.compile(
    rf"[(\[]?\b{LABEL}(?P<start>{DATE}|{SHORT_DATE})"
    rf"(?:\s*(?:[-–—]|\bto\b|\buntil\b|\bthrough\b)\s*(?P<end>{DATE}|{SHORT_DATE}|{NOW}))?\b[)\]]?",
    re.IGNORECASE,
)
STATES = frozenset(
    """AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK
    OR PA RI SC SD TN TX UT VT VA WA WV WI WY""".split()
)
STATE_NAMES = frozenset(
    """alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois
    indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana
    nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia washington wisconsin
    wyoming""".split()
) | {"new york", "new jersey", "new mexico", "new hampshire", "north carolina", "south carolina", "rhode island"}
# Words that employers and schools have in their names, and words that jobs have.
ORGANIZATION = re.compile(
    r"\b(?:library|libraries|school|university|college|academy|institute|inc|llc|ltd|co|corp|company|center|centre|hospital"
    r"|county|city of|town of|department|district|museum|archives?|store|shop|restaurant|cafe|church|foundation|bank"
    r"|agency|services|association|army|navy|air force|group|hotel|club|friends of|market)\b",
    re.IGNORECASE,
)
JOB = re.compile(
    r"\b(?:assistant|associate|clerk|page|librarian|technician|specialist|manager|aide|helper|intern|cashier|teacher"
    r"|tutor|supervisor|coordinator|director|driver|server|waiter|waitress|cook|engineer|developer|analyst|officer|lead"
    r"|representative|secretary|receptionist|volunteer|worker|barista|sitter|nanny|instructor|programmer|designer"
    r"|administrator|paraprofessional|cataloger|archivist|monitor|mentor|counselor|shelver|guard|nurse)s?\b",
    re.IGNORECASE,
)
SCHOOL = re.compile(r"\b(?:school|university|college|academy|institute)\b(?! diploma)", re.IGNORECASE)
DEGREE = re.compile(
    r"\b(?:diploma|degree|bachelor\w*|master\w*|associates?|certificate|ged|equivalency|doctor\w*|minor|major"
    r"|[bam]\.?[as]\.?(?:\.?s\.?)?|mlis|mls|mba|ph\.?d)(?![\w])",
    re.IGNORECASE,
)
DID = re.compile(
    r"^(?:\w+ly )?[A-Z]?\w+ed\b|^(?:ran|led|kept|made|wrote|taught|built|held|sold|set|took|gave|met)\b", re.I
)
MOST_WORDS_OF_A_HEADER = 14
LONGEST_HEADER = 140  # characters
SHORTEST_FULL_LINE = 55


@dataclass(frozen=True)
class Line:
    """A line without its bullet, whether it had one, and whether an empty line stands before it."""

    text: str
    is_point: bool = False
    is_apart: bool = False

    @property
    def span(self) -> re.Match[str] | None:
        """The dates of an entry: they stand at the end of its line, at its beginning, or alone."""
        if self.is_point or len(self.text) > LONGEST_HEADER:
            return None
        for match in SPAN.finditer(self.text):
            if not match["end"] and re.fullmatch(SHORT_DATE, match["start"]):
                continue
            before, after = self.text[: match.start()].strip(" ,|·-–—"), self.text[match.end() :].strip(" .,|·")
            is_sentence = self.text.endswith(".") and not match["end"]
            if (not after and not is_sentence) or (not before and match["end"]) or (match["end"] and is_place(after)):
                return match if dates.read(match["start"]) else None
        return None

    @property
    def may_head(self) -> bool:
        """Whether it reads as the head of an entry: short, no sentence, nothing that was done."""
        words = self.text.split()
        is_short = len(words) <= MOST_WORDS_OF_A_HEADER and not self.text.endswith((".", ";"))
        is_said = DID.search(self.text) or ":" in self.text
        return not self.is_point and is_short and not is_said and self.text[:1].isupper()

    @property
    def is_unfinished(self) -> bool:
        """Whether it may go on in the next line: it is long, and no sign ends it."""
        return len(self.text) > SHORTEST_FULL_LINE and self.text[-1] not in ".;:!?"


def lines_of(text: str) -> list[Line]:
    """The lines of a text that say something; a bullet that stands alone belongs to what follows.

    What stands further in than a point, and has no bullet, goes on with it.
    """
    result: list[Line] = []
    is_point, is_apart, indent = False, False, 0
    for raw in text.expandtabs().splitlines():
        if not raw.strip():
            is_apart = True
            continue
        if (
            result
            and result[-1].is_point
            and not is_apart
            and indent < len(raw) - len(raw.lstrip())
            and not BULLET.match(raw)
        ):
            result[-1] = Line(f"{result[-1].text} {raw.strip()}", True)
            continue
        if re.fullmatch(r"\s*[-*•·●○▪■◦➢►✓\uf0b7]\s*", raw):
            is_point = True
            continue
        stripped = BULLET.sub("", raw).strip()
        has_bullet = len(stripped) < len(raw.strip()) and not SPAN.match(raw.strip(" -–—"))
        result.append(Line(stripped if has_bullet else raw.strip(), has_bullet or is_point, is_apart))
        is_point, is_apart, indent = False, False, len(raw) - len(raw.lstrip())
    return result


def is_place(text: str) -> bool:
    """Whether a text is a town with its state, or says that one worked at home."""
    town, comma, state = text.rpartition(",")
    state = re.sub(r"\s+\d{5}(-\d{4})?$", "", state).strip().rstrip(".")
    is_state = state in STATES or state.casefold() in STATE_NAMES
    if not comma and (cut := re.fullmatch(r"(?:[A-Z][\w.]+ )+([A-Z]{2})", text)):
        return cut[1] in STATES
    return bool(comma and is_state and town.strip()) or text.casefold().strip(" ()") == "remote"


def pieces(text: str) -> list[str]:
    """The parts of a header: what stands side by side, and what commas part, but for a town and its state."""
    result: list[str] = []
    for side in filter(None, (part.strip(" ,()") for part in SIDE_BY_SIDE.split(text))):
        commas = [part.strip() for part in re.split(r",\s+(?!Inc\b|LLC\b|Ltd\b|Jr\b)", side) if part.strip()]
        for part in commas:
            # 'Associate of Arts, library services': employers and schools are written with a capital.
            if (
                len(commas) > 1
                and part is not commas[0]
                and (not part[0].isupper() or is_place(f"{result[-1]}, {part}"))
            ):
                result[-1] = f"{result[-1]}, {part}"
            else:
                result.append(part)
    if len(result) == 1 and (cut := re.fullmatch(r"(.+?\S) at (\S.+)", result[0])) and JOB.search(cut[1]):
        return [cut[1], cut[2]]
    return result


def listed(text: str) -> list[str]:
    """What semicolons part, or else commas and signs like them; what stands in brackets stays together."""
    if ";" in text:
        return [part.strip() for part in text.split(";") if part.strip(" .")]
    return [part.strip() for part in re.split(r"[,|•·\t](?![^()]*\))", text) if part.strip(" .")]
