"""What search looks through: entries, their names and passages, the words in them, and what means the same.

All of it but the synonyms is made from what is live (guides/search/index.py) and can be made anew.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import LimitedTextField
from .shared import Reviewed


class IndexedSource(models.Model):
    """Which state of a source (guides/registry/search_sources.py) the index holds."""

    slug = models.CharField(max_length=20, unique=True)
    version = models.CharField(max_length=200, blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.slug


class Entry(models.Model):
    """Something that search finds: a guide, or what an app declares, such as an occupation, an exercise, a term.

    `source` says what it is, GUIDES or the slug of a SearchSource; `key` which of them. `weight`, from 0 to 1, says how
    often people mean it rather than another of the same name.
    """

    GUIDES = "guides"

    source = models.CharField(max_length=20)
    key = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    address = models.CharField(max_length=300)
    code = models.CharField(max_length=10, blank=True, db_index=True)
    weight = models.FloatField(default=0)
    # Of all that its source gave, to see what of it is new; empty for a guide.
    fingerprint = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["title", "key"]
        default_permissions = ()
        verbose_name = _("entry of the search index")
        verbose_name_plural = _("entries of the search index")
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="entry_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_guide(self) -> bool:
        return self.source == self.GUIDES


class Name(models.Model):
    """What an entry is called: its title, or another name of it.

    `stems` is the name cut to its stems: what is typed is held against it whole, and word by word.
    """

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="names")
    text = models.CharField(max_length=250)
    stems = models.CharField(max_length=300, db_index=True)
    is_title = models.BooleanField(default=False)
    # How many stems it has: of two names that hold a word, the shorter says less beside it.
    length = models.PositiveSmallIntegerField()

    # Of one that was just made, its words as readers see them.
    words: frozenset[str] | None = None

    class Meta:
        ordering = ["entry", "pk"]
        default_permissions = ()
        verbose_name = _("name in the search index")
        verbose_name_plural = _("names in the search index")

    def __str__(self) -> str:
        return self.text


class Passage(models.Model):
    """A place that a search can lead to: an entry itself, a section of it, a skill, a question, a tool.

    `title` and `text` are shown; the `*_stems` fields hold the same words cut to their stems, which is what the
    databases' full-text indexes look through (guides/search/sqlite.py and postgres.py). `section` is the section of a
    guide, or the topic that a place of another entry answers.
    """

    class Kind(models.TextChoices):
        GUIDE = "guide", _("guide")
        ENTRY = "entry", _("page")
        NAME = "name", _("also called")
        SECTION = "section", _("section")
        SKILL = "skill", _("skill")
        QUESTION = "question", _("question")
        TOOL = "tool", _("tool")

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="passages")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    position = models.PositiveIntegerField()
    section = models.SlugField(max_length=60, blank=True, db_index=False)
    anchor = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=300)
    title = models.CharField(max_length=200)
    text = models.TextField()
    title_stems = models.TextField()
    context_stems = models.TextField()
    text_stems = models.TextField()

    # Of one that was just made, its words as readers see them.
    words: frozenset[str] | None = None

    class Meta:
        ordering = ["entry", "position"]
        verbose_name = _("passage")
        verbose_name_plural = _("passages")

    def __str__(self) -> str:
        return self.title

    @property
    def is_entry(self) -> bool:
        """Whether it stands for the entry itself."""
        return self.kind in {self.Kind.GUIDE, self.Kind.ENTRY, self.Kind.NAME}


class Word(models.Model):
    """A word of what is found, its stem, and how many entries and names use it: what a typed word is held against."""

    word = models.CharField(max_length=40, unique=True)
    stem = models.CharField(max_length=40, db_index=True)
    entries = models.IntegerField(default=0)
    names = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("word")
        verbose_name_plural = _("words")

    def __str__(self) -> str:
        return self.word


class Synonym(Reviewed):
    """Words that search takes for one another, such as ILS and integrated library system."""

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    words = LimitedTextField(
        _("words"),
        max_length=500,
        help_text=_("Two or more words or phrases that mean the same, one a line. Small and capital letters are one."),
    )

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
