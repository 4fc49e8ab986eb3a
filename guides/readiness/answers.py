"""Answers in an address: compact, and still understood after a guide gains or loses a skill or a question.

Each answer is a short code made from the slugs it speaks of, so neither order nor keys matter. A rating is
a skill's code and a digit for the level; a readiness answer is the code of the chosen option.
"""

import base64
import hashlib
import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from guides.models import Skill

from .models import Option, Question

CODE_LENGTH = 5
RATING = re.compile(r"([a-z2-7]{5})([0-9])")
MOST_ANSWERS = 200
# What `write_ratings` makes, for the forms of other pages that take it over from a result's address.
RATINGS = rf"^([a-z2-7]{{{CODE_LENGTH}}}[0-9]){{0,{MOST_ANSWERS}}}\Z"


def code(*slugs: str) -> str:
    """Return the five characters that stand for these slugs; 33 million are possible."""
    digest = hashlib.sha256("/".join(slugs).encode()).digest()
    return base64.b32encode(digest[:5]).decode().lower()[:CODE_LENGTH]


def rating_name(skill: Skill) -> str:
    """The name of a skill's form field."""
    return f"s-{code(skill.slug)}"


def choice_name(question: Question) -> str:
    """The name of a question's form field."""
    return f"q-{question.slug}"


def write_ratings(ratings: dict[str, int], skills: Iterable[Skill]) -> str:
    """Return the ratings, levels by skill slug, as one string in the order of `skills`."""
    return "".join(f"{code(skill.slug)}{ratings[skill.slug]}" for skill in skills if skill.slug in ratings)


def write_choices(options: Iterable[Option]) -> str:
    """Return the chosen options as one string."""
    return "".join(code(option.question.slug, option.slug) for option in options)


def ratings_sent(text: str) -> QueryDict:
    """Return the ratings in `text`, as `write_ratings` makes it, as a form sends them. Raises ValidationError."""
    pairs = RATING.findall(text)
    if not pairs or len(text) != len(pairs) * (CODE_LENGTH + 1) or len(pairs) > MOST_ANSWERS:
        raise ValidationError(_("This address does not hold answers that we can read. Please rate yourself again."))
    sent = QueryDict(mutable=True)
    for name, digit in pairs:
        sent.appendlist(f"s-{name}", digit)
    return sent


def choices_sent(text: str, questions: Iterable[Question]) -> tuple[QueryDict, int]:
    """Return the options in `text`, as `write_choices` makes it, as a form sends them, and how many are unknown.

    Raises ValidationError where `text` cannot be read.
    """
    if not re.fullmatch(rf"([a-z2-7]{{{CODE_LENGTH}}}){{1,{MOST_ANSWERS}}}", text):
        raise ValidationError(_("This address does not hold answers that we can read. Please answer again."))
    by_code = {code(question.slug, option.slug): option for question in questions for option in question.options.all()}
    codes = [text[start : start + CODE_LENGTH] for start in range(0, len(text), CODE_LENGTH)]
    known = [by_code[each] for each in codes if each in by_code]
    sent = QueryDict(mutable=True)
    for option in known:
        sent.appendlist(choice_name(option.question), option.slug)
    return sent, len(codes) - len(known)
