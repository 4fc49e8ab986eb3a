"""The forms that are answered, one a kind of item, and what each says of a right or wrong answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from rapidfuzz.distance import Levenshtein

from guides.forms import OneChoiceField, ReaderForm
from guides.publishing.diff import TextPart

from .models import CallNumberSet, DeskQuestion, ExerciseItem, FaultyRecord, TitlePage

LONGEST = 300  # signs that a line of a record may have
SIGNS_A_WORD = 5  # as typing is measured
A_DAY = 86_400  # seconds


@dataclass(frozen=True)
class Line:
    """One line of what is said of an answer: its text, whether it was answered right, and what is to be said of it."""

    text: str
    is_right: bool
    note: str = ""
    is_chosen: bool = False
    expected: Sequence[TextPart] = ()
    typed: Sequence[TextPart] = ()


@dataclass(frozen=True)
class Outcome:
    """What is said of an answer: how many faults it has, and line by line what was right."""

    faults: int
    lines: list[Line] = field(default_factory=list)
    seconds: int | None = None
    words_a_minute: int | None = None

    @property
    def is_right(self) -> bool:
        return self.faults == 0


class AnswerForm(ReaderForm):
    """A form that answers an item."""

    def __init__(self, item: ExerciseItem, data: Any = None) -> None:
        super().__init__(data)
        self.item: Any = item

    def outcome(self) -> Outcome:
        """Say how good the answer is. Only for a form that is valid."""
        raise NotImplementedError


class ShelfOrderForm(AnswerForm):
    """The place of each call number, at first the one in which it is shown."""

    item: CallNumberSet

    def __init__(self, item: CallNumberSet, data: Any = None) -> None:
        super().__init__(item, data)
        self.mixed = item.mixed()
        places = [(str(place), str(place)) for place in range(1, len(self.mixed) + 1)]
        for number, call_number in enumerate(self.mixed, start=1):
            self.fields[f"place-{number}"] = forms.ChoiceField(
                label=call_number,
                choices=places,
                initial=str(number),
                error_messages={"required": _("Give it a place.")},
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a place that was given twice: nobody could say which of the two stands wrong."""
        given: set[str] = set()
        for name, place in list(self.cleaned_data.items()):
            if place in given:
                self.add_error(
                    name, _("Place %(place)s is given to two numbers: give each its own.") % {"place": place}
                )
            given.add(place)
        return self.cleaned_data

    def outcome(self) -> Outcome:
        places = {number: int(self.cleaned_data[f"place-{place}"]) for place, number in enumerate(self.mixed, start=1)}
        lines = [
            Line(number, places[number] == place, note=str(places[number]))
            for place, number in enumerate(self.item.in_order(), start=1)
        ]
        return Outcome(sum(not line.is_right for line in lines), lines)


class FaultyLineForm(AnswerForm):
    """The line of a record that is wrong."""

    item: FaultyRecord

    def __init__(self, item: FaultyRecord, data: Any = None) -> None:
        super().__init__(item, data)
        lines = [(str(number), format_html("<code>{}</code>", line)) for number, line in enumerate(item.lines(), 1)]
        self.fields["line"] = OneChoiceField(
            label=_("Which line is wrong?"),
            choices=lines,
            error_messages={
                "required": _("Choose one line."),
                "invalid_choice": _("The record has no such line: choose one of these."),
                "repeated": _("Choose one line, not several."),
            },
        )

    def outcome(self) -> Outcome:
        chosen = int(self.cleaned_data["line"])
        lines = [
            Line(line, number == self.item.faulty_line, is_chosen=number == chosen)
            for number, line in enumerate(self.item.lines(), start=1)
        ]
        return Outcome(int(chosen != self.item.faulty_line), lines)


class DeskForm(AnswerForm):
    """The answer that somebody gives at the desk."""

    item: DeskQuestion

    def __init__(self, item: DeskQuestion, data: Any = None) -> None:
        super().__init__(item, data)
        self.fields["answer"] = OneChoiceField(
            label=_("What do you say?"),
            choices=[(str(number), answer) for number, answer in enumerate(item.whys(), start=1)],
            error_messages={
                "required": _("Choose one answer."),
                "invalid_choice": _("There is no such answer: choose one of these."),
                "repeated": _("Choose one answer, not several."),
            },
        )

    def outcome(self) -> Outcome:
        chosen = int(self.cleaned_data["answer"])
        lines = [
            Line(answer, answer == self.item.good_answer, note=why, is_chosen=number == chosen)
            for number, (answer, why) in enumerate(self.item.whys().items(), start=1)
        ]
        return Outcome(int(not any(line.is_right and line.is_chosen for line in lines)), lines)


class RecordEntryForm(AnswerForm):
    """A record typed from a title page."""

    item: TitlePage

    def __init__(self, item: TitlePage, data: Any = None) -> None:
        super().__init__(item, data)
        for name in item.expected():
            label = str(item._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # these are all columns
            self.fields[name] = forms.CharField(
                label=capfirst(label),
                max_length=LONGEST,
                widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"}),
                error_messages={"required": _("Type what the page says.")},
            )
        # A script writes how long the typing took; without one nothing is said of it.
        self.fields["seconds"] = forms.IntegerField(
            required=False, min_value=1, max_value=A_DAY, widget=forms.HiddenInput(attrs={"data-seconds": True})
        )

    def outcome(self) -> Outcome:
        lines, faults = [], 0
        for name, text in self.item.expected().items():
            typed = self.cleaned_data[name]
            wrong = Levenshtein.distance(plain(text), plain(typed))
            before, after = sign_by_sign(text, typed) if wrong else ([], [])
            lines.append(Line(str(self.fields[name].label), not wrong, note=text, expected=before, typed=after))
            faults += wrong
        seconds = self.cleaned_data.get("seconds")
        signs = sum(len(self.cleaned_data[name]) for name in self.item.expected())
        speed = round(signs / SIGNS_A_WORD / (seconds / 60)) if seconds else None
        return Outcome(faults, lines, seconds, speed)


def sign_by_sign(text: str, typed: str) -> tuple[list[TextPart], list[TextPart]]:
    """Return both texts as parts: what lacks in what was typed is marked, and what is there too much or wrong."""
    before: list[TextPart] = []
    after: list[TextPart] = []
    for step in Levenshtein.opcodes(text.lower(), typed.lower()):
        is_same = step.tag == "equal"
        if old := text[step.src_start : step.src_end]:
            before.append(TextPart(old, "" if is_same else "ins"))
        if new := typed[step.dest_start : step.dest_end]:
            after.append(TextPart(new, "" if is_same else "del"))
    return before, after


def plain(text: str) -> str:
    """A text as it is compared: capitals, spaces and a stop at its end do not count."""
    return re.sub(r"\s+", " ", text).strip().rstrip(".").casefold()
