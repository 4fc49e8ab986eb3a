"""What the whole site counts and keeps for a while; nothing here is content."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from guides.models.unsaved import name_of


class RecentWrites(models.Model):
    """How often one client wrote to one kind of form in one stretch of time."""

    name = models.CharField(max_length=40)
    client = models.CharField(max_length=64, help_text="A keyed hash of the address, so that no address is kept.")
    window = models.BigIntegerField(help_text="The stretch's number since 1970, in stretches of the limit's length.")
    count = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "client", "window"], name="recent_writes_once")]

    def __str__(self) -> str:
        return f"{self.name}: {self.count}"


class JobState(models.Model):
    """Where a job of the clock stands: one row a job, which whoever runs it claims (careerguide/clock.py)."""

    name = models.CharField(max_length=60, unique=True)
    due_at = models.DateTimeField(
        db_default=Now(), help_text="When it is due; of a job that runs, when whoever runs it counts as lost."
    )
    claim = models.CharField(max_length=32, blank=True, help_text="A random word of whoever runs it now.")
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True, help_text="When it last went well.")
    result = models.CharField(max_length=500, blank=True, help_text="What it did when there last was something to do.")
    failed_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def is_failing(self) -> bool:
        """Whether it went wrong the last time."""
        return bool(self.failed_at and (self.finished_at is None or self.failed_at > self.finished_at))


class AnswerCount(models.Model):
    """How many answers of one kind Django gave on one day, in UTC; the kind `ms` counts their milliseconds."""

    day = models.DateField()
    kind = models.CharField(max_length=3, help_text="The first digit of the status and xx, or ms.")
    count = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "kind"], name="answer_count_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day}, {self.kind}: {self.count}"


class TimeZoneChoice(models.Model):
    """The time zone in which an editor wants to see times; without one it is the site's."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="zone_choice")
    name = models.CharField(max_length=64, help_text="A name of the IANA database, such as America/Chicago.")

    def __str__(self) -> str:
        return self.name


class KeptForm(models.Model):
    """A form of the admin that its author sent when the session had ended: to be sent again by them alone."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="kept_forms")
    address = models.TextField(help_text="Where it was sent: path and query.")
    fields = models.JSONField(help_text="Pairs of a field's name and its value, as they were sent; no passwords.")
    kept_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return self.address

    @property
    def name(self) -> str:
        """What the form is about, where its address tells: 'section: Job outlook', 'new figure'."""
        return name_of(self.address)


class Invitation(models.Model):
    """A link by which one person makes themselves an account with chosen roles (careerguide/people/invitations.py)."""

    for_whom = models.CharField(max_length=150, help_text="So that whoever invites knows it again.")
    email = models.EmailField(blank=True)
    key_hash = models.CharField(max_length=64, unique=True, help_text="A hash of the key that the link holds.")
    roles = models.ManyToManyField("auth.Group", related_name="invitations")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="invitations"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.for_whom

    @property
    def is_open(self) -> bool:
        """Whether its link still works."""
        return self.accepted_at is None and self.revoked_at is None and self.ends_at > timezone.now()


class KeptPage(models.Model):
    """A page that answered a reader's form, for an hour, so that Back shows it (careerguide/kept_pages.py)."""

    key_hash = models.CharField(max_length=64, unique=True, help_text="A hash of the key that opens it.")
    browser = models.CharField(max_length=64, db_index=True, help_text="A keyed hash of what tells a browser apart.")
    path = models.TextField(help_text="Where the form was sent, and the page is given back.")
    size = models.PositiveIntegerField(help_text="Bytes of the content.")
    kept_at = models.DateTimeField(auto_now_add=True, db_index=True)
    content = models.BinaryField(help_text="The page, compressed and locked with a key that is not kept here.")

    class Meta:
        ordering = ["-kept_at", "-pk"]

    def __str__(self) -> str:
        return self.path
