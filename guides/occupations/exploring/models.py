"""What is counted once after official data has changed, so that the page need not.

Both name occupations by code alone, and are made again by the clock's job (building.py).
"""

from django.db import models


class ExploringData(models.Model):
    """What is known of every surveyed occupation, packed, and which official data it was counted from: one row."""

    editions = models.TextField()
    packed = models.BinaryField(default=bytes)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.editions


class ExploringPart(models.Model):
    """What is counted for one answer, packed: an activity's tasks by occupation, or a state's pay by code.

    `key` is the activity's slug or the state's abbreviation.
    """

    key = models.CharField(max_length=80, unique=True)
    packed = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.key
