"""What search looks through: passages of live guides, the words in them, and what editors say means the same."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import LimitedTextField
from .guide import Guide


class Passage(models.Model):
    """A place in a live guide that a search can lead to: the guide, a name of it, a section, a skill, a question.

    `title` and `text` are shown; the `*_stems` fields hold the same words cut to their stems, which is what the
    databases' full-text indexes look through (guides/search/sqlite.py and postgres.py).
    """

    class Kind(models.TextChoices):
        GUIDE = "guide", _("guide")
        NAME = "name", _("also called")
        SECTION = "section", _("section")
        SKILL = "skill", _("skill")
        QUESTION = "question", _("question")

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="passages")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    position = models.PositiveIntegerField()
    section = models.SlugField(max_length=60, blank=True, db_index=False)
    anchor = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=200)
    text = models.TextField()
    title_stems = models.TextField()
    context_stems = models.TextField()
    text_stems = models.TextField()

    class Meta:
        ordering = ["guide", "position"]
        verbose_name = _("passage")
        verbose_name_plural = _("passages")

    def __str__(self) -> str:
        return self.title


class Word(models.Model):
    """A word of the live guides, its stem, and how many guides use it: what a typed word is held against."""

    word = models.CharField(max_length=40, unique=True)
    stem = models.CharField(max_length=40, db_index=True)
    guides = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("word")
        verbose_name_plural = _("words")

    def __str__(self) -> str:
        return self.word


class SynonymQuerySet(models.QuerySet["Synonym"]):
    def get_by_natural_key(self, slug: str) -> "Synonym":
        return self.get(slug=slug)


class Synonym(models.Model):
    """Words that search takes for one another, such as ILS and integrated library system."""

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    words = LimitedTextField(
        _("words"),
        max_length=500,
        help_text=_("Two or more words or phrases that mean the same, one a line. Small and capital letters are one."),
    )

    objects = SynonymQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")

    def __str__(self) -> str:
        return " = ".join(self.phrases())

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def phrases(self) -> list[str]:
        """The words and phrases, one string each."""
        return [line.strip() for line in self.words.splitlines() if line.strip()]

    def clean(self) -> None:
        if len(self.phrases()) < 2:
            raise ValidationError({"words": _("Give at least two, one a line: a word alone has no synonym.")})
