"""What is done in an exercise, one row an item. An item refers to no other row; its short name is its address."""

import hashlib
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.models.fields import LimitedTextField

from .. import call_numbers
from .exercise import Exercise


def lines_of(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class ExerciseItem(models.Model):
    """One item of an exercise: a thing to do, at one of three levels."""

    class Level(models.IntegerChoices):
        FIRST = 1, gettext_lazy("Level 1")
        SECOND = 2, gettext_lazy("Level 2")
        THIRD = 3, gettext_lazy("Level 3")

    exercise_slug: Exercise.Slug

    slug = models.SlugField(
        gettext_lazy("short name"),
        max_length=60,
        unique=True,
        help_text=gettext_lazy("Stands in the item's address: choose it once."),
    )
    title = models.CharField(gettext_lazy("title"), max_length=80)
    level = models.PositiveSmallIntegerField(gettext_lazy("level"), choices=Level, default=Level.FIRST)
    position = models.PositiveIntegerField(gettext_lazy("position"), default=0)

    class Meta:
        abstract = True
        ordering = ["level", "position", "slug"]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def shuffled(self, texts: list[str]) -> list[str]:
        """The texts in an order that has nothing to do with theirs, the same for every reader."""
        return sorted(texts, key=lambda text: hashlib.sha256(f"{self.slug}/{text}".encode()).digest())


class CallNumberSet(ExerciseItem):
    """A few call numbers, in the order in which they stand on the shelf."""

    exercise_slug = Exercise.Slug.CALL_NUMBERS

    class Scheme(models.TextChoices):
        DEWEY = "dewey", gettext_lazy("Dewey")
        CONGRESS = "congress", gettext_lazy("Library of Congress")

    scheme = models.CharField(gettext_lazy("scheme"), max_length=10, choices=Scheme, default=Scheme.DEWEY)
    numbers = LimitedTextField(
        gettext_lazy("call numbers"),
        max_length=600,
        help_text=gettext_lazy("Four to eight, one a line, in the order of the shelf. Readers see them mixed."),
    )
    explanation = LimitedTextField(
        gettext_lazy("explanation"), max_length=800, help_text=gettext_lazy("Which rule decides, and where.")
    )

    class Meta(ExerciseItem.Meta):
        verbose_name = gettext_lazy("set of call numbers")
        verbose_name_plural = gettext_lazy("sets of call numbers")

    def clean(self) -> None:
        super().clean()
        lines = self.in_order()
        if not 4 <= len(lines) <= 8:
            raise ValidationError({"numbers": _("Give four to eight call numbers, one a line.")})
        try:
            keys = [call_numbers.key(self.scheme, line) for line in lines]
        except call_numbers.UnknownForm as fault:
            raise ValidationError({"numbers": str(fault)}) from fault
        for (before, key), (after, next_key) in pairwise(zip(lines, keys, strict=True)):
            if key >= next_key:
                wrong = {"before": before, "after": after}
                raise ValidationError({"numbers": _("'%(after)s' files before '%(before)s', or the same.") % wrong})

    def in_order(self) -> list[str]:
        """The call numbers as they stand on the shelf."""
        return lines_of(self.numbers)

    def mixed(self) -> list[str]:
        """The call numbers as readers get them: never in their order."""
        right = self.in_order()
        mixed = self.shuffled(right)
        return mixed if mixed != right else mixed[::-1]


class FaultyRecord(ExerciseItem):
    """A MARC record, one line of which is wrong."""

    exercise_slug = Exercise.Slug.MARC_RECORDS

    in_hand = LimitedTextField(
        gettext_lazy("the book in hand"),
        max_length=600,
        blank=True,
        help_text=gettext_lazy("What title page, cover or last page say, where the record is to be held against it."),
    )
    record = LimitedTextField(
        gettext_lazy("record"),
        max_length=2000,
        help_text=gettext_lazy("A field a line, with its fault: 245 10 $a Walden / $c Henry D. Thoreau."),
    )
    faulty_line = models.PositiveSmallIntegerField(
        gettext_lazy("faulty line"), help_text=gettext_lazy("Which line of the record is wrong: 1 is the first.")
    )
    right_line = models.CharField(
        gettext_lazy("how the line should be"), max_length=400, blank=True, help_text=gettext_lazy("Empty: not at all.")
    )
    explanation = LimitedTextField(gettext_lazy("explanation"), max_length=800)

    class Meta(ExerciseItem.Meta):
        verbose_name = gettext_lazy("record with a fault")
        verbose_name_plural = gettext_lazy("records with a fault")

    def clean(self) -> None:
        super().clean()
        lines = self.lines()
        if len(lines) < 3 or len(set(lines)) < len(lines):
            raise ValidationError({"record": _("Give at least three lines, each another one.")})
        if self.faulty_line is not None and not 1 <= self.faulty_line <= len(lines):
            raise ValidationError({"faulty_line": _("The record has no such line.")})
        if self.faulty_line is not None and self.right_line == lines[self.faulty_line - 1]:
            raise ValidationError({"right_line": _("That is what the record says: it would be no fault.")})

    def lines(self) -> list[str]:
        """The fields of the record, a line each."""
        return lines_of(self.record)


class DeskQuestion(ExerciseItem):
    """What somebody asks at the desk, one good answer, and others that fall short."""

    exercise_slug = Exercise.Slug.AT_THE_DESK

    situation = LimitedTextField(
        gettext_lazy("situation"), max_length=600, help_text=gettext_lazy("Who asks, and in which words.")
    )
    good_answer = models.CharField(gettext_lazy("good answer"), max_length=300)
    good_why = LimitedTextField(gettext_lazy("what makes it good"), max_length=500)
    first_answer = models.CharField(gettext_lazy("another answer"), max_length=300)
    first_why = LimitedTextField(gettext_lazy("why it falls short"), max_length=500)
    second_answer = models.CharField(gettext_lazy("a second one"), max_length=300)
    second_why = LimitedTextField(gettext_lazy("why that falls short"), max_length=500)
    third_answer = models.CharField(gettext_lazy("a third one"), max_length=300, blank=True)
    third_why = LimitedTextField(gettext_lazy("why that one falls short"), max_length=500, blank=True)

    class Meta(ExerciseItem.Meta):
        verbose_name = gettext_lazy("question at the desk")
        verbose_name_plural = gettext_lazy("questions at the desk")

    def clean(self) -> None:
        super().clean()
        if bool(self.third_answer) != bool(self.third_why):
            raise ValidationError({"third_why": _("An answer and why it falls short go together.")})
        given = [self.good_answer, self.first_answer, self.second_answer, self.third_answer]
        if len(set(given)) < len(given):
            raise ValidationError({"good_answer": _("Each answer must be another one.")})

    def whys(self) -> dict[str, str]:
        """What is to be said of each answer, by the answer, as readers get them: the good one anywhere among them."""
        pairs = {
            self.good_answer: self.good_why,
            self.first_answer: self.first_why,
            self.second_answer: self.second_why,
        }
        if self.third_answer:
            pairs[self.third_answer] = self.third_why
        return {answer: pairs[answer] for answer in self.shuffled(list(pairs))}


class TitlePage(ExerciseItem):
    """A title page, and what is to be typed from it. What is empty is not asked for."""

    exercise_slug = Exercise.Slug.RECORD_ENTRY
    ASKED = ("book_title", "subtitle", "author", "edition", "place", "publisher", "year", "series", "isbn")

    page = LimitedTextField(
        gettext_lazy("title page"),
        max_length=800,
        help_text=gettext_lazy("As it stands in the book, line by line, the back of the title page below."),
    )
    is_made_up = models.BooleanField(gettext_lazy("the book is made up"), default=True)
    book_title = models.CharField(gettext_lazy("title"), max_length=200)
    subtitle = models.CharField(gettext_lazy("rest of the title"), max_length=200, blank=True)
    author = models.CharField(gettext_lazy("author, last name first"), max_length=120, blank=True)
    edition = models.CharField(gettext_lazy("edition"), max_length=80, blank=True)
    place = models.CharField(gettext_lazy("place of publication"), max_length=80, blank=True)
    publisher = models.CharField(gettext_lazy("publisher"), max_length=120, blank=True)
    year = models.CharField(gettext_lazy("year"), max_length=4, blank=True)
    series = models.CharField(gettext_lazy("series"), max_length=120, blank=True)
    isbn = models.CharField(
        gettext_lazy("ISBN"), max_length=13, blank=True, help_text=gettext_lazy("Digits alone, no hyphens.")
    )
    explanation = LimitedTextField(
        gettext_lazy("explanation"), max_length=800, help_text=gettext_lazy("What to look out for on this page.")
    )

    class Meta(ExerciseItem.Meta):
        verbose_name = gettext_lazy("title page")
        verbose_name_plural = gettext_lazy("title pages")

    def expected(self) -> dict[str, str]:
        """What is to be typed, by field."""
        return {name: text for name in self.ASKED if (text := getattr(self, name))}
