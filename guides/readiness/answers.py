"""Answers in an address: compact, and still understood after a guide gains or loses a skill or a question.

Each answer is a short code made from the slugs it speaks of, so neither order nor keys matter. A rating is
a skill's code and a digit for the level; a readiness answer is the code of the chosen option.
"""

import base64
import hashlib
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

CODE_LENGTH = 5
RATING = re.compile(r"([a-z2-7]{5})([0-9])")
MOST_ANSWERS = 200
# What `write_ratings` makes, for the forms of other pages that take it over from a result's address.
RATINGS = rf"^([a-z2-7]{{{CODE_LENGTH}}}[0-9]){{0,{MOST_ANSWERS}}}\Z"


@dataclass(frozen=True)
class Fault:
    """What is wrong with an answer: a sentence, the field it belongs to and what that asks; both may be empty."""

    text: str
    field: str = ""
    about: str = ""


@dataclass
class Answers:
    """What an address or a form says: `given` by slug, how many it holds that are `unknown` here, and its `faults`."""

    given: dict = field(default_factory=dict)
    unknown: int = 0
    faults: list = field(default_factory=list)


def code(*slugs):
    """Return the five characters that stand for these slugs; 33 million are possible."""
    digest = hashlib.sha256("/".join(slugs).encode()).digest()
    return base64.b32encode(digest[:5]).decode().lower()[:CODE_LENGTH]


def write_ratings(ratings, skills):
    """Return the ratings, levels by skill slug, as one string in the order of `skills`."""
    return "".join(f"{code(skill.slug)}{ratings[skill.slug]}" for skill in skills if skill.slug in ratings)


def read_ratings(text, skills, levels):
    """Return the Answers in `text`, as `write_ratings` makes it. A skill the guide has not is counted, no more."""
    answers, by_code = Answers(), {code(skill.slug): skill for skill in skills}
    pairs = RATING.findall(text)
    if not pairs or len(text) != len(pairs) * (CODE_LENGTH + 1) or len(pairs) > MOST_ANSWERS:
        answers.faults.append(
            Fault(_("This address does not hold answers that we can read. Please rate yourself again."))
        )
        return answers
    for name, digit in pairs:
        skill = by_code.get(name)
        if skill is None:
            answers.unknown += 1
        else:
            rate(answers, skill, digit, levels)
    return answers


def read_rating_fields(query, skills, levels):
    """Return the Answers of a form with a field `s-<code>` for each skill; a field left empty is no answer."""
    answers, by_field = Answers(), {field_name(skill): skill for skill in skills}
    for name, values in query.lists():
        if not name.startswith("s-"):
            continue
        skill = by_field.get(name)
        if skill is None:
            answers.unknown += 1
            continue
        for value in values:
            rate(answers, skill, value, levels)
    return answers


def rate(answers, skill, value, levels):
    """Add one rating to `found`, or what is wrong with it."""
    name = field_name(skill)
    if skill.slug in answers.given:
        answers.faults.append(Fault(_("It is rated twice. Choose one."), name, f"{skill.name}:"))
    elif value not in levels:
        text = _("'%(value)s' is not one of the four ratings. Choose one.") % {"value": value[:20]}
        answers.faults.append(Fault(text, name, f"{skill.name}:"))
    else:
        answers.given[skill.slug] = int(value)


def field_name(skill):
    """The name of a skill's form field."""
    return f"s-{code(skill.slug)}"


def write_choices(options):
    """Return the chosen options as one string."""
    return "".join(code(option.question.slug, option.slug) for option in options)


def read_choices(text, questions):
    """Return the Answers in `text`, as `write_choices` makes it: options by question slug."""
    answers = Answers()
    by_code = {code(question.slug, option.slug): option for question in questions for option in question.options.all()}
    if not re.fullmatch(rf"([a-z2-7]{{{CODE_LENGTH}}}){{1,{MOST_ANSWERS}}}", text):
        answers.faults.append(Fault(_("This address does not hold answers that we can read. Please answer again.")))
        return answers
    for start in range(0, len(text), CODE_LENGTH):
        option = by_code.get(text[start : start + CODE_LENGTH])
        if option is None:
            answers.unknown += 1
        else:
            choose(answers, option.question, option)
    if answers.unknown:
        answers.faults.append(
            Fault(_("Some answers in this address are not among the answers of this check. It may have changed since."))
        )
    require_all(answers, questions)
    return answers


def read_choice_fields(query, questions):
    """Return the Answers of a form with a field `q-<slug>` for each question, every one of them required."""
    answers, by_slug = Answers(), {question.slug: question for question in questions}
    for name, values in query.lists():
        if not name.startswith("q-"):
            continue
        question = by_slug.get(name[2:])
        if question is None:
            answers.unknown += 1
            answers.faults.append(Fault(_("'%(name)s' is not a question of this check.") % {"name": name[2:42]}))
            continue
        options = {option.slug: option for option in question.options.all()}
        for value in values:
            choose(answers, question, options.get(value))
    require_all(answers, questions)
    return answers


def choose(answers, question, option):
    """Add one chosen option to `found`, or what is wrong with it."""
    name = f"q-{question.slug}"
    if question.slug in answers.given:
        answers.faults.append(Fault(_("It is answered twice. Choose one."), name, question.text))
    elif option is None:
        answers.faults.append(Fault(_("That is not one of its answers. Choose one."), name, question.text))
    else:
        answers.given[question.slug] = option


def require_all(answers, questions):
    """Add a fault for each question that has neither an answer nor a fault."""
    faulty = {fault.field for fault in answers.faults}
    for question in questions:
        name = f"q-{question.slug}"
        if question.slug not in answers.given and name not in faulty:
            answers.faults.append(Fault(_("Choose an answer."), name, question.text))
