"""What is reckoned once after official data has changed, so that a page need not: the weights, and who is near whom.

Both name occupations by code alone, and are made again by the clock's job (building.py).
"""

from django.db import models


class NearnessWeights(models.Model):
    """The weights over all occupations, packed, and which official data they were reckoned from: one row."""

    editions = models.TextField()
    packed = models.BinaryField(default=bytes)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.editions


class NearOccupations(models.Model):
    """The occupations nearest to one, packed: those that people can go to from it, and come from."""

    code = models.CharField(max_length=10, unique=True)
    packed = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.code
