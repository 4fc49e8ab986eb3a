"""What the whole site counts; nothing here is content."""

from django.db import models


class RecentWrites(models.Model):
    """How often one client wrote to one kind of form in one stretch of time."""

    name = models.CharField(max_length=40)
    client = models.CharField(max_length=64, help_text="A keyed hash of the address, so that no address is kept.")
    window = models.BigIntegerField(help_text="The stretch's number since 1970, in stretches of the limit's length.")
    count = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "client", "window"], name="recent_writes_once")]

    def __str__(self):
        return f"{self.name}: {self.count}"
