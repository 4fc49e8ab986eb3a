"""The text of a resume put into the builder's fields: a start, which the person corrects. No word is lost: what finds
no field stands in the draft's `unplaced` lines."""

import re
from collections.abc import Iterable

from .draft import Draft, Entry, in_order
from .forms import BasicsForm
from .parts import PARTS
from .text_entries import ADDRESS, READERS, whole
from .text_lines import Line, is_place, lines_of, pieces

HEADINGS = {
    "teaching": r"teaching(?: (?:experience|(?:and|&) \w+))?|courses taught|(?:library )?instruction(?: experience)?",
    "summary": r"(?:\w+ )?(?:summary|profile|objective)(?: of qualifications)?|about(?: me)?|qualifications",
    "work": r"(?:[\w-]+ ){0,2}(?:experience|employment|work history|career history)(?: history)?|jobs|work|history",
    "education": r"education(?:al background| and training| & training)?|academic background|studies",
    "certificates": r"(?:licen[sc]es? (?:and|&) )?(?:certifications?|certificates)(?: (?:and|&) \w+)?|licen[sc]es"
    r"|professional development|training",
    "skills": r"(?:[\w-]+ ){0,2}(?:skills|competencies|strengths)(?: (?:and|&) \w+)?|areas of expertise|tools"
    r"|technology",
    "volunteer": r"volunteer(?:ing|ism)?(?: (?:experience|work|service))?|community (?:service|involvement)"
    r"|volunteer (?:and|&) community \w+",
    "projects": r"(?:\w+ )?projects",
    "languages": r"languages",
    "awards": r"(?:honors|awards|achievements)(?: (?:and|&) (?:honors|awards|achievements))?",
    "publications": r"(?:[\w-]+ ){0,2}publications(?: (?:and|&) \w+)?|articles",
    "presentations": r"(?:[\w-]+ ){0,2}presentations|(?:invited )?(?:talks|lectures)(?: (?:and|&) \w+)?",
    "service": r"(?:(?:professional|university|college|academic|departmental|institutional) )?service"
    r"(?: (?:to|and|&)(?: the)? \w+)?|committees(?: (?:and|&) \w+)?",
    "grants": r"(?:\w+ )?(?:grants|fellowships|funding)(?: (?:and|&) (?:grants|fellowships|funding|awards))?",
    "interests": r"(?:interests|hobbies)(?: (?:and|&) \w+)?",
    "references": r"references",
    "": r"(?:professional )?(?:memberships?|affiliations?)|military service|activities|additional information"
    r"|coursework",
}
HEADING = {key: re.compile(words, re.IGNORECASE) for key, words in HEADINGS.items()}
EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?:\+?1[\s.-]*)?\(?\d{3}\)?[\s.-]*\d{3}[\s.-]?\d{4}|\+\d[\d\s().-]{7,}\d")
NETWORKS = {"linkedin.com": "LinkedIn", "github.com": "GitHub"}
CONTACT_LABEL = re.compile(r"(?:e-?mail|phone|tel|telephone|mobile|cell|linkedin|github|web|website|address)\s*:", re.I)
TITLE = re.compile(r"(?:resume|résumé|curriculum vitae|cv)", re.IGNORECASE)
TITLE_OF = re.compile(rf"{TITLE.pattern} of ", re.IGNORECASE)
LONGEST_LABEL = 80  # characters


def from_text(text: str) -> Draft:
    """Return the Draft of a resume's text."""
    draft, sections = Draft(basics=dict.fromkeys(BasicsForm.base_fields, "")), cut(lines_of(text))
    unplaced = head(draft, sections.pop("head", []))
    for key, lines in sections.items():
        if key == "summary":
            summary = " ".join(line.text for line in lines)
            draft.basics["summary"] = " ".join(filter(None, [draft.basics["summary"], summary]))
        elif key in PARTS:
            draft.parts[key] += READERS[key](lines)
        else:
            unplaced += [line.text for line in lines]
    draft.parts = in_order(draft.parts, [key for key in sections if key in PARTS])
    draft.unplaced = "\n".join(unplaced)
    return draft


def cut(lines: Iterable[Line]) -> dict[str, list[Line]]:
    """The lines below each heading; a heading of ours goes, one that we have no part for stays."""
    sections: dict[str, list[Line]] = {}
    key = "head"
    for line in lines:
        below = heading(line)
        # Some resumes have no headings: a stretch of time after the name begins the first job.
        if below is None and key in {"head", "summary"} and sections and (span := line.span) and span["end"]:
            below = "work", line.text
        if below is None:
            sections.setdefault(key, []).append(line)
            continue
        key, rest = below
        sections.setdefault(key, [])
        if rest:
            sections[key].append(Line(rest))
    return sections


def heading(line: Line) -> tuple[str, str] | None:
    """The part that a line heads, and what follows on the same line after a colon; None where it is no heading."""
    if line.is_point:
        return None
    words, _colon, rest = line.text.partition(":")
    if re.fullmatch(r"(?:\S )+\S", words):
        words = words.replace(" ", "")  # letters set apart
    for key, shape in HEADING.items():
        if shape.fullmatch(words.strip(" _-–—=")):
            if rest.strip() and key not in {"summary", "skills", "languages", "interests", "certificates"}:
                return None
            # 'Computer skills: Excel' in a list of skills is one of its groups.
            if rest.strip() and " " in words.strip() and key == "skills":
                return key, line.text
            return key, rest.strip() if key else line.text
    return None


def head(draft: Draft, lines: list[Line]) -> list[str]:
    """Fill in the person from what stands before the first heading; return what found no field."""
    basics, left = draft.basics, list[str]()
    unplaced = [line.text for line in lines if line.is_point]
    for line in lines:
        if line.is_point or TITLE.fullmatch(line.text):
            continue
        for part in re.split(r"\s*[|·•]\s*|\t+|\s{3,}", contact(draft, line.text)):
            if part.strip(" ,;-–—()"):
                left += place(draft, part.strip(" ,;"))
    for part in left:
        is_short = len(part) <= LONGEST_LABEL
        if not basics["name"] and len(part.split()) <= 8 and not re.search(r"\d", part) and is_short:
            name, *others = re.split(r"\s+[-–—]\s+|,\s+(?=.*[a-z])", TITLE_OF.sub("", part), maxsplit=1)
            basics |= {"name": name, "label": ", ".join(others)}
        elif not basics["label"] and basics["name"] and is_short and not part.endswith(".") and not part[:1].isdigit():
            basics["label"] = part
        elif len(part) > LONGEST_LABEL or part.endswith("."):
            basics["summary"] = f"{basics['summary']} {part}".strip()
        else:
            unplaced.append(part)
    return unplaced


def contact(draft: Draft, text: str) -> str:
    """Take email, phone and addresses out of a line into their fields; return what is left of it."""
    for name, shape in (("email", EMAIL), ("url", ADDRESS), ("phone", PHONE)):
        for words in shape.findall(text):
            if name == "url" and add_profile(draft, words):
                pass
            elif not draft.basics[name]:
                draft.basics[name] = whole(words) if name == "url" else words.strip()
            else:
                continue
            text = text.replace(words, " | ", 1)
    return CONTACT_LABEL.sub(" ", text)


def add_profile(draft: Draft, address: str) -> bool:
    """Add an address at a network that people have profiles at; return whether it is one."""
    network = next((name for site, name in NETWORKS.items() if site in address.casefold()), "")
    if network:
        draft.parts["profiles"].append(Entry({"network": network, "username": "", "url": whole(address)}))
    return bool(network)


def place(draft: Draft, text: str) -> list[str]:
    """Take a town with its state out of a text; return what is left of it."""
    parts = pieces(text)
    for part in parts:
        if is_place(part) and "," in part and not draft.basics["city"]:
            town, _comma, state = part.rpartition(",")
            cut_off = re.search(r"\d{5}(?:-\d{4})?$", state)
            code = cut_off[0] if cut_off else ""
            region = state.removesuffix(code).strip()
            draft.basics |= {"city": town.strip(), "region": region}
            return [*(other for other in parts if other is not part), *filter(None, [code])]
    return [text]
