"""What people type into the search that `/explore/` answers: who is in school, and who says what they like or want."""

import re

from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from guides.registry.search_sources import SearchQuestion

from .answers import Company, Start

ANIMALS = (
    "raise-and-tend-to-farm-animals",
    "exercise-animals-in-a-shelter",
    "provide-treatment-to-sick-or-injured",
    "supply-animals-with-food-water-and",
    "train-animals-to-assist-persons-with",
)
YOUNG = (
    r"1[4-7][ -]?year[ -]?olds?|teens?|teenagers?|minors|kids|high ?schoolers|(?:high school )?students?|"
    r"people (?:still )?in school|high school kids"
)
# What people say that they would work with, and what is ticked for it.
WITH = {
    "animals?|pets|dogs|cats|horses": ANIMALS,
    "plants|trees|nature|outdoors|outside": ("outdoors",),
    "(?:my |your |their )?hands": ("building",),
    "cars|machines|engines|motors|trucks": ("machines",),
    "computers|software|code": ("computers",),
    "numbers|money|records": ("office",),
    "food": ("guests",),
    "(?:kids|children|students)": ("teaching",),
    "(?:the )?(?:sick|elderly|disabled|seniors|patients)": ("care",),
    "music|sports?": ("stage",),
    "art|design|colors?": ("design",),
    "words|books": ("words",),
}
# What they say that they like doing.
DOING = {
    "draw(?:ing)?|paint(?:ing)?|design(?:ing)?": ("design",),
    "writ(?:e|ing)": ("words",),
    "help(?:ing)? (?:people|others)": ("care",),
    "cook(?:ing)?": ("guests",),
    "build(?:ing)?": ("building",),
    "teach(?:ing)?": ("teaching",),
    "sell(?:ing)?": ("selling",),
    "sing(?:ing)?|danc(?:e|ing)|act(?:ing)?": ("stage",),
    "cod(?:e|ing)|program(?:ming)?": ("computers",),
    "driv(?:e|ing)": ("machines",),
}
LIKES = r"(?:like|likes|love|loves|enjoy|enjoys)(?: to)?"
WORK = r"(?:work|works|working|jobs?|careers?)"


# What somebody does not know who asks which job it is to be. 'What to wear' and 'what MARC means' are no such thing.
WHICH_JOB = (
    r"(?:what|which)(?: (?:kind|sort|type) of)? (?:i (?:want|should|could|can|would like|like|am good)\b|"
    r"i['’]?m good\b|"
    r"to (?:be|become|study|choose|pick)\b|to do(?! (?:at|before|about|if|during|when|with (?!(?:my|the rest)\b)|in "
    r"(?!life\b)))|(?:jobs?|careers?|occupations?|profession|field|work)\b)"
)
UNKNOWN = (
    r"no (?:idea|clue)|not (?:really )?sure|unsure|undecided|(?:i )?(?:do not|don['’]?t)(?: really)? know|dunno|idk|"
    r"clueless"
)
UNSURE = (
    rf"(?:{UNKNOWN}) (?:about |of )?{WHICH_JOB}|"
    rf"^(?:i(?:['’]?m| am| have)? )?(?:still )?(?:{UNKNOWN})(?: what)?(?: yet)?"
    r"[.!?]*$|"
    r"what (?:should|can|could) i (?:be|become|do (?:with my life|for (?:work|a living)))\b|"
    r"(?:which|what) (?:job|career|occupation|work)s? (?:is|are|would be|fits?|suits?) "
    r"(?:right |best |good )?(?:for )?me"
)


def _question(asked: str, name: str | Promise, *answers: tuple[str, str]) -> SearchQuestion:
    return SearchQuestion(re.compile(rf"\b(?:{asked})\b"), name, "occupations:explore", urlencode(answers))


def _liked(asked: str, like: tuple[str, ...]) -> SearchQuestion:
    name = _("jobs by what you like doing, each with its reasons")
    return _question(asked, name, *(("like", choice) for choice in like))


QUESTIONS = [
    SearchQuestion(re.compile(UNSURE), _("Not sure? A few questions, and which jobs fit"), "occupations:explore"),
    _question(
        rf"{WORK} (?:for|as) (?:an? )?(?:{YOUNG})|(?:{YOUNG}) (?:summer )?jobs?|(?:after|in) school jobs?|"
        rf"(?:first|summer) jobs?|jobs? (?:after|while in) school",
        _("jobs for who is still in school, and what they lead to"),
        ("start", Start.SCHOOL),
    ),
    *(_liked(rf"{WORK} (?:with|in|on|around) (?:{words})|{LIKES} (?:{words})", like) for words, like in WITH.items()),
    _liked(rf"{WORK} (?:outside|outdoors)|(?:outside|outdoors?) (?:work|jobs?)", ("outdoors",)),
    *(_liked(rf"{LIKES} (?:{words})", like) for words, like in DOING.items()),
    _question(
        rf"{WORK} (?:alone|by (?:myself|yourself)|without people)|{WORK} (?:for|that suit) introverts",
        _("jobs with few tasks with people"),
        ("company", Company.ALONE),
    ),
    _question(
        rf"{WORK} with (?:people|the public)|{WORK} for (?:extroverts|a people person)",
        _("jobs with people"),
        ("company", Company.PEOPLE),
    ),
]
