"""What somebody does to an account on a page of ours stands in the admin's log, as what its own screens do."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.http import HttpRequest

from .roles import person


def changed(request: HttpRequest, account: User, message: str) -> None:
    """Write into the history of `account` what was done to it, and by whom."""
    LogEntry.objects.log_actions(person(request).pk, [account], CHANGE, message, single_object=True)
