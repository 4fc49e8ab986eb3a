"""Occupations as O*NET describes them: titles are rows, the rest is packed and read by guides/datasets/profiles.py."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .imported import Dataset


class Occupation(models.Model):
    """An occupation of O*NET. CC BY 4.0: show the dataset's credit wherever you show it."""

    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="occupations", verbose_name=_("imported from"))
    code = models.CharField(_("O*NET code"), max_length=10, unique=True)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    # As in its profile, to filter by.
    job_zone = models.PositiveSmallIntegerField(_("job zone"), null=True, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("O*NET occupation")
        verbose_name_plural = _("O*NET occupations")

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class OccupationProfile(models.Model):
    """All that O*NET says of an occupation, packed in one row: guides/datasets/profiles.py reads it."""

    occupation = models.OneToOneField(Occupation, models.CASCADE, primary_key=True, related_name="profile")
    packed = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.occupation)


class OccupationBlock(models.Model):
    """One part of O*NET's data, such as skills, and the edition that it is of: not all parts need be of one."""

    name = models.CharField(_("block"), max_length=30, unique=True)
    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="blocks", verbose_name=_("imported from"))
    rows = models.PositiveIntegerField(_("rows"))
    # Of a table that explains others, such as what each job zone means; empty for blocks of the profiles.
    packed = models.BinaryField(default=bytes)

    class Meta:
        ordering = ["name"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name}, {self.dataset}"


class OccupationTitle(models.Model):
    """Another title that O*NET lists for an occupation; some stand under two."""

    occupation = models.ForeignKey(Occupation, models.CASCADE, related_name="titles", verbose_name=_("listed under"))
    title = models.CharField(_("title"), max_length=250, db_index=True)
    short = models.CharField(_("short form"), max_length=250, blank=True)
    is_alternate = models.BooleanField(_("alternate title"), default=True)
    is_reported = models.BooleanField(_("reported by people in the job"), default=False)
    is_shown = models.BooleanField(_("shown in My Next Move"), default=False)

    class Meta:
        ordering = ["title", "occupation__code"]
        verbose_name = _("title in O*NET")
        verbose_name_plural = _("titles in O*NET")
        constraints = [models.UniqueConstraint(fields=["occupation", "title"], name="occupation_title_once")]

    def __str__(self) -> str:
        return self.title
