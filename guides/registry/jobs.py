"""What is due again and again: an app names its jobs in its Extension, and the site's clock runs them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from django.utils.functional import Promise


@dataclass(frozen=True)
class Job:
    """Something to do again and again.

    `name` is its word in the database and for `manage.py run_due`, `purpose` a sentence for editors. `run` does it in a
    process of its own, and returns a sentence that says what was done. That process is ended after `limit` and may be
    killed at any moment; the job is then run again. So `run` leaves everything whole wherever it stops.

    `is_needed` says whether there is anything to do. It runs inside the server, so it may ask the database one quick
    question and wait for nothing else; without it `run` is called each time.
    """

    name: str
    purpose: str | Promise
    every: timedelta
    run: Callable[[], str]
    limit: timedelta = timedelta(minutes=5)
    is_needed: Callable[[], bool] | None = None


JOBS: dict[str, Job] = {}


def registered() -> Mapping[str, Job]:
    """Every job by its name, in the order of registering."""
    return MappingProxyType(JOBS)
