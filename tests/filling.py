"""What a person might type and choose in a form, found from the form alone: seeded, so the same on every run."""

import json
import random
import re
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

# Ways to fill a form: what fits each field, and the first of what there is to choose; anything at all; nothing.
SIMPLE, ANYTHING, NOTHING = FILLS = ("simple", "anything", "nothing")
TEXTS = ["word", "Zoë & Łódź <b>", "two words", "42", "2027-01-31", "línea\r\notra"]
# What a field takes, by its name or its type.
HINTS = [
    (re.compile("e-?mail"), "zoe@example.org"),
    (re.compile("url|link"), "https://example.org/a"),
    (re.compile("^country"), "US"),
    (re.compile("^currency"), "USD"),
    (re.compile("^pay_low"), "30000"),
    (re.compile("^pay_high"), "40000"),
    (re.compile("^website$"), ""),
]
DAY = re.compile("date|Date|_on$|^on$|^start$")
UNTYPED = {"submit", "button", "file", "hidden"}


class Filler:
    """Fills forms, lxml's form elements."""

    def __init__(self, seed: int = 20261101) -> None:
        self.random, self.days = random.Random(seed), 0  # noqa: S311

    def fill(self, form, way: str) -> QueryDict:
        """Return what the form sends once filled in that way, one of FILLS."""
        data, chosen = QueryDict(mutable=True), set()
        # So that the days of one form never begin anew in its middle.
        self.days %= 200
        for control in form.iter("input", "textarea", "select"):
            name, kind = control.get("name"), control.get("type", control.tag)
            if kind == "hidden" and name:
                data.appendlist(name, control.get("value", ""))
            if not name or kind in UNTYPED or name in chosen:
                continue
            if kind == "radio":
                chosen.add(name)
            for value in self._values(form, control, name, kind, way):
                data.appendlist(name, value)
        return data

    def _values(self, form, control, name, kind, way):
        """What the person gives one field: a list, since a box may stay unticked."""
        if way == NOTHING:
            return [] if kind in {"radio", "checkbox", "select"} else [""]
        if kind == "radio":
            return self._one_of([each for each in form.iter("input") if each.get("name") == name], way)
        if name.endswith(".month") and way == SIMPLE:
            return [""]  # the box beside it gets the whole date
        if kind == "select":
            return self._one_of(list(control.iter("option")), way)
        if kind == "checkbox":
            return [control.get("value", "on")] if way == SIMPLE or self.random.random() < 0.5 else []
        return [self._text(name, kind, way, control.get("inputmode") == "numeric")]

    def _one_of(self, options, way):
        # What is filled in already stays as it is: places that are all different, for one.
        filled = [option for option in options if "selected" in option.keys() and option.get("value")]  # noqa: SIM118
        chosen = (filled or options)[0] if way == SIMPLE else self.random.choice(options)
        return [chosen.get("value")]

    def _text(self, name, kind, way, numeric):
        if way != SIMPLE and self.random.random() < 0.3:
            return self.random.choice(TEXTS)
        if kind == "date" or DAY.search(name):
            # Each a little later than the one before: what ends has begun. What is only to start lies ahead.
            self.days = (self.days + self.random.randint(1, 60)) % 800
            return (date.today() + timedelta(days=self.days - (0 if name in {"start", "by"} else 400))).isoformat()
        if kind == "time":
            return "10:30"
        for pattern, value in HINTS:
            if pattern.search(name) or pattern.search(kind):
                return value
        if way == SIMPLE:
            return "1" if numeric else "word"
        return self.random.choice(TEXTS)


def files_for(form, way: str, plan_file) -> dict:
    """Return the files that the person chooses, by field; `plan_file()` gives the plan as it is exported."""
    controls = form.xpath(".//input[@type='file']") if way != NOTHING else []
    return {each.get("name"): _file(form, each.get("accept", ""), plan_file) for each in controls}


def _file(form, accept, plan_file):
    if form.get("action") == "/plan/import/":
        return SimpleUploadedFile("plan.json", plan_file())
    if "json" in accept:
        resume = {"basics": {"name": "Zoë"}, "work": [{"name": "Library", "position": "Clerk"}]}
        return SimpleUploadedFile("resume.json", json.dumps(resume).encode())
    return SimpleUploadedFile("resume.txt", b"I shelve books, answer questions and use Excel and MARC 21.")
