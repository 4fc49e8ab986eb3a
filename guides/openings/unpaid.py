"""Whether a posting is for work without pay: what feeds call it, what its title says, and what its text says of it."""

import re

# Of titles: 'Library Volunteer', but a volunteer coordinator is paid.
PAID = (
    r"coordinators?|managers?|services?|programs?|specialists?|directors?|supervisors?|recruiters?|engagement|"
    r"administrators?|leaders?|librarians?|liaisons?|assistants?|associates?"
)
TITLED = re.compile(rf"\b(?:unpaid|volunteers?)\b(?! (?:\w+ ){{0,2}}(?:{PAID})\b)", re.IGNORECASE)
CALLED = re.compile(r"\b(?:unpaid|volunteers?)\b", re.IGNORECASE)
WORK = r"(?:position|role|internship|opportunity|post|job|volunteer|placement)"
SAID = re.compile(
    rf"^\W*unpaid\b(?! (?:leave|time))|(?<!and )(?<!or )(?<!any )\bunpaid {WORK}\b"
    rf"|\b(?:this|the) (?:is (?:an? )?|{WORK} is (?:an? )?)(?:unpaid|volunteer)\b"
    rf"|\bthis volunteer {WORK}\b",
    re.IGNORECASE,
)


def is_said(hours: str, title: str, text: str) -> bool:
    """Whether it is unpaid, by what the feed calls it, by its title, or by its text."""
    return bool(CALLED.search(hours) or TITLED.search(title) or SAID.search(text))
