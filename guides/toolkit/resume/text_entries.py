"""The entries in the lines below a heading of a resume's text: jobs, courses, skills."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from .. import dates
from .draft import Entry
from .parts import PARTS
from .text_lines import DEGREE, JOB, ORGANIZATION, SCHOOL, Line, is_place, listed, pieces

ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?:[a-z0-9-]+\.)+(?:com|org|net|edu|io|me|dev|us|gov)(?:/\S*)?", re.I)
GRADE = re.compile(r"\b(?:gpa|(?:summa |magna )?cum laude|with (?:high )?(?:honors|distinction))\b", re.IGNORECASE)
COURSES = re.compile(r"(?:relevant )?(?:courses|coursework)\s*:\s*", re.IGNORECASE)
LONGEST_GROUP = 80  # characters
# How a citation begins: it is an entry of its own, and no remark on the one before.
CITED = re.compile(r"[^\W\d_][\w’'-]+, (?:[A-Z]\.)+")
GROUP = re.compile(r"[A-Z][^,;:]*:")


@dataclass
class Block:
    """One entry as its lines: what heads it, its dates, what stands below."""

    header: list[str] = field(default_factory=list)
    start: str = ""
    end: str = ""
    is_dated: bool = False
    lines: list[Line] = field(default_factory=list)


def whole(address: str) -> str:
    """A web address with its https://."""
    return address if "://" in address else f"https://{address}"


def blocks(lines: list[Line]) -> list[Block]:
    """The entries of a part."""
    result: list[Block] = []
    for number, line in enumerate(lines):
        block, ahead = (result[-1] if result else None), lines[number + 1 : number + 3]
        is_new = begins(line, ahead)
        if block and block.lines and goes_on(block.lines[-1], line) and not (is_new and names_a_post(line)):
            block.lines[-1] = Line(f"{block.lines[-1].text} {line.text}", block.lines[-1].is_point)
            continue
        if (span := line.span) and (block is None or block.is_dated or block.lines):
            result.append(block := Block())
        if span and block is not None:
            add_dates(block, line, span)
        elif block is None or (is_new and (block.is_dated or block.lines)):
            result.append(Block([line.text]) if not line.is_point else Block(lines=[line]))
        elif goes_on_heading(block, line):
            block.header.append(line.text)
        else:
            block.lines.append(line)
    return result


def add_dates(block: Block, line: Line, span: re.Match[str]) -> None:
    block.is_dated = True
    block.start, block.end = span["start"], span["end"] or ""
    rest = f"{line.text[: span.start()].strip(' ,|·-–—(')} | {line.text[span.end() :].strip(' ,|·')}".strip(" |")
    if rest:
        block.header.append(rest)


def begins(line: Line, ahead: list[Line]) -> bool:
    """Whether a line heads a new entry: dates stand in the next one, or in the one after where this names a job."""
    if not line.may_head or not ahead or ahead[0].is_point or GRADE.search(line.text):
        return False
    if ahead[0].span:
        return True
    return len(ahead) > 1 and ahead[1].span is not None and ahead[0].may_head and JOB.search(line.text) is not None


def names_a_post(line: Line) -> bool:
    return bool(JOB.search(line.text) or ORGANIZATION.search(line.text))


def goes_on_heading(block: Block, line: Line) -> bool:
    """Whether a line belongs to what heads the entry: nothing stands below yet, and it names a place or an employer."""
    if block.lines or not line.may_head:
        return False
    if not block.is_dated or not block.header:
        return True
    parts = pieces(line.text)
    return len(block.header) < 3 and any(is_place(part) or ORGANIZATION.search(part) for part in parts)


def goes_on(last: Line, line: Line) -> bool:
    """Whether a line goes on with the one before: in lower case, or after a point that does not end there."""
    if line.is_point or line.is_apart:
        return False
    if span := line.span:
        # A year that stands alone is the end of a sentence there, a stretch of time begins an entry.
        return last.is_unfinished and not span["end"] and span[0] == line.text
    return line.text[:1].islower() or (last.is_point and last.is_unfinished)


def read_date(text: str) -> str:
    """A date as the form has it; what we cannot read stays as it is, to be corrected."""
    return dates.read(text) or text


def filled(key: str, values: dict[str, str]) -> Entry:
    """An entry of that part; what is longer than its field goes below."""
    form = PARTS[key].form
    return Entry(dict.fromkeys(form.names(), "") | values)


def span_values(block: Block, is_once: bool = False) -> dict[str, str]:
    """The two dates; a date that stands alone is the end of what is done once, such as a course."""
    start, end = read_date(block.start), "" if dates.is_now(block.end) else read_date(block.end)
    alone = block.is_dated and not block.end
    return {"startDate": "", "endDate": start} if alone and is_once else {"startDate": start, "endDate": end}


def below(block: Block) -> dict[str, str]:
    """What was done, a line each; a sentence before the first point is the summary."""
    lines = block.lines
    if any(line.is_point for line in lines):
        first = next(number for number, line in enumerate(lines) if line.is_point)
        summary = " ".join(line.text for line in lines[:first])
        return {"summary": summary, "highlights": "\n".join(line.text for line in lines[first:])}
    return {"highlights": "\n".join(line.text for line in lines)}


def posts(key: str, name: str) -> Callable[[list[Line]], list[Entry]]:
    """The reader of a part whose entries are posts; `name` is the field of who one worked for."""

    def read(lines: list[Line]) -> list[Entry]:
        return [filled(key, post(block, name) | span_values(block) | below(block)) for block in blocks(lines)]

    return read


def post(block: Block, name: str) -> dict[str, str]:
    """What heads a post: the job, for whom, and where."""
    parts = [part for line in block.header for part in pieces(line)]
    values = {}
    if name == "name" and (where := next(filter(is_place, parts), "")):
        values["location"] = where
        parts.remove(where)
    # 'School library paraprofessional' is a job, and 'Page Memorial Library' an employer.
    jobs = [part for part in parts if JOB.search(part.split()[-1])]
    jobs += [part for part in parts if JOB.search(part) and not ORGANIZATION.search(part)]
    others = [part for part in parts if not ORGANIZATION.search(part)] or parts
    if job := next(iter(jobs or others), ""):
        values["position"] = job
        parts.remove(job)
    return values | {name: ", ".join(parts)}


def education(lines: list[Line]) -> list[Entry]:
    result = []
    for block in blocks(lines):
        parts = [part for line in block.header for part in pieces(line)]
        school = take(parts, is_school)
        town, degree = take(parts, is_place), take(parts, DEGREE.search) or take(parts, bool)
        values = {"studyType": degree, "institution": ", ".join(filter(None, [school, town]))}
        grades = [line for line in block.lines if not line.is_point and GRADE.search(line.text)]
        score = ", ".join([*filter(None, [take(parts, GRADE.search)]), *(line.text for line in grades)])
        values |= {"score": score, "area": ", ".join(parts)}
        others = [line for line in block.lines if line not in grades]
        values["courses"] = "\n".join(course for line in others for course in courses(line.text))
        result.append(filled("education", values | span_values(block, is_once=True)))
    return result


def take(parts: list[str], fits: Callable[[str], object]) -> str:
    """Take the first of `parts` that fits out of them; empty where none does."""
    part = next(filter(fits, parts), "")
    if part:
        parts.remove(part)
    return part


def is_school(text: str) -> bool:
    return bool(SCHOOL.search(text) and not DEGREE.search(text))


def courses(text: str) -> list[str]:
    """The courses that a line lists after that word; else the line itself."""
    match = COURSES.match(text)
    return listed(text[match.end() :]) if match else [text]


def single(key: str, first: str, second: str, date: str, about: str = "") -> Callable[[list[Line]], list[Entry]]:
    """The reader of a part whose entries are a line each: name, who gave it, when. `about` takes what stands below."""

    def read(lines: list[Line]) -> list[Entry]:
        result: list[Entry] = []
        for line, following in zip(lines, [*lines[1:], None], strict=False):
            values, text = {}, line.text
            last = result[-1].values if result else {}
            if (span := Line(text).span) and not span["end"]:
                if span[0] == text and result and not last.get(date):
                    last[date] = read_date(span["start"])
                    continue
                values[date] = read_date(span["start"])
                text = f"{text[: span.start()]} {text[span.end() :]}".strip(" ,|·-–—()")
            elif about and last.get(date) and not (is_date_alone(following) or CITED.match(text)):
                last[about] = f"{last[about]} {text}".strip()
                continue
            name, *others = pieces(text) or [""]
            result.append(filled(key, values | {first: name, second: ", ".join(others)}))
        return result

    return read


def is_date_alone(line: Line | None) -> bool:
    """Whether a line is nothing but a date, which belongs to the one before it."""
    return bool(line and line.span and line.span[0] == line.text)


def skills(lines: list[Line]) -> list[Entry]:
    """Groups such as 'Systems: Koha, Polaris', and one for what stands in none."""
    result, loose = [], filled("skills", {"keywords": ""})
    for line in whole_lines(lines):
        group, colon, words = line.text.partition(":")
        if colon and words.strip() and len(group) <= LONGEST_GROUP:
            result.append(filled("skills", {"name": group.strip(), "keywords": "\n".join(listed(words))}))
        else:
            into = result[-1] if result and not (line.is_point or line.is_apart) else loose
            into.values["keywords"] = "\n".join(filter(None, [into.values["keywords"], *listed(line.text)]))
    return [*result, *([loose] if loose.values["keywords"] else [])]


def whole_lines(lines: list[Line]) -> list[Line]:
    """The lines, those joined that go on in the next."""
    result: list[Line] = []
    for line in lines:
        if result and not line.is_point and result[-1].is_unfinished and not GROUP.match(line.text):
            result[-1] = Line(f"{result[-1].text} {line.text}", result[-1].is_point)
        else:
            result.append(line)
    return result


def languages(lines: list[Line]) -> list[Entry]:
    result: list[Entry] = []
    for part in (part for line in lines for part in listed(line.text)):
        cut = re.fullmatch(r"(.+?)\s*(?:\((.+)\)|[:–—-]\s+(.+))", part)
        values = {"language": cut[1], "fluency": cut[2] or cut[3]} if cut else {"language": part}
        result.append(filled("languages", values))
    return result


def projects(lines: list[Line]) -> list[Entry]:
    result = []
    for block in blocks(lines):
        text = " | ".join(block.header)
        url = next(iter(ADDRESS.findall(text)), "")
        name, *others = pieces(text.replace(url, " | ") if url else text) or [""]
        values = {"name": name, "entity": ", ".join(others), "url": whole(url) if url else ""}
        said = below(block)
        values |= {"description": said.get("summary", ""), "highlights": said["highlights"]}
        result.append(filled("projects", values | span_values(block)))
    return result


def taught(key: str) -> Callable[[list[Line]], list[Entry]]:
    """The reader of a part whose entries are what one did for a while: its name, where, when, and what came of it."""

    def read(lines: list[Line]) -> list[Entry]:
        result = []
        for block in blocks(lines):
            name, *where = [part for line in block.header for part in pieces(line)] or [""]
            points = "\n".join(line.text for line in block.lines)
            values = {"name": name, "entity": ", ".join(where), "highlights": points}
            result.append(filled(key, values | span_values(block)))
        return result

    return read


def interests(lines: list[Line]) -> list[Entry]:
    return [filled("interests", {"name": part}) for line in lines for part in listed(line.text)]


def references(lines: list[Line]) -> list[Entry]:
    return [filled("references", {"reference": "\n".join(line.text for line in lines)})] if lines else []


READERS: dict[str, Callable[[list[Line]], list[Entry]]] = {
    "work": posts("work", "name"),
    "volunteer": posts("volunteer", "organization"),
    "education": education,
    "certificates": single("certificates", "name", "issuer", "date"),
    "awards": single("awards", "title", "awarder", "date"),
    "publications": single("publications", "name", "publisher", "releaseDate", "summary"),
    "presentations": single("presentations", "name", "entity", "startDate", "description"),
    "teaching": taught("teaching"),
    "service": taught("service"),
    "grants": single("grants", "name", "entity", "startDate", "description"),
    "skills": skills,
    "languages": languages,
    "projects": projects,
    "interests": interests,
    "references": references,
}
