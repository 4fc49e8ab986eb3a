"""One number that says whether anything readers see has changed."""

from django.db import models


class ContentVersion(models.Model):
    """The content version: a single row, raised inside the transaction of every change that readers can see."""

    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="content_version_single")]

    def __str__(self) -> str:
        return str(self.number)
