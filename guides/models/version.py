"""One number that says whether anything readers see has changed, and what of its raises concern only some pages."""

from django.db import models


class ContentVersion(models.Model):
    """The content version: a single row, raised inside the transaction of every change that readers can see."""

    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="content_version_single")]

    def __str__(self) -> str:
        return str(self.number)


class NarrowChange(models.Model):
    """A raise of the content version, by its number, that makes only some pages old: those with that concern
    (guides/registry/concerns.py).

    A number that has no row here concerns every page: so does what raised it without saying, such as an older release
    that still runs beside this one, and what is so long ago that its row has been deleted.
    """

    number = models.BigIntegerField(primary_key=True)
    concern = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"{self.number}: {self.concern}"
