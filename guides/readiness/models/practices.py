"""What editors write for the skills gap: how to close the gap in each skill."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from guides.models import Guide
from guides.models.rows import check_range, in_order

from .names import check_names


class Practice(models.Model):
    """How to close the gap in one skill, and how to word the skill in a resume once it is there."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="skill_practices", verbose_name=_("guide"))
    skill = models.SlugField(
        _("skill"), max_length=60, help_text=_("The skill whose gap it closes, by its short name.")
    )
    exercise = models.CharField(
        _("exercise"), max_length=300, help_text=_("Something to do at home or in a library that builds the skill.")
    )
    hours_from = models.PositiveSmallIntegerField(_("hours, from"), help_text=_("From nothing to the basics and on."))
    hours_to = models.PositiveSmallIntegerField(_("hours, to"))
    step = models.SlugField(_("step"), max_length=60, blank=True, help_text=_("A step of the guide that builds it."))
    route = models.SlugField(
        _("route"), max_length=60, blank=True, help_text=_("A route of the guide that teaches it.")
    )
    resume_line = models.CharField(
        _("line for a resume"),
        max_length=200,
        blank=True,
        help_text=_("What someone who has the skill may write, numbers to fill in as [number]."),
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("way to close a gap")
        verbose_name_plural = _("ways to close gaps")
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "skill"],
                name="readiness_practice_once",
                violation_error_message=_("There is a way to close the gap in that skill already."),
            ),
            in_order("hours_from", "hours_to", "readiness_practice_hours_in_order"),
        ]

    def __str__(self) -> str:
        return self.skill

    def clean(self) -> None:
        check_range(self, "hours_from", "hours_to")
        check_names(self, getattr(self, "guide", None))
