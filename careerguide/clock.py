"""The clock: what is due is done once, however many workers and hosts serve the site.

Each job that an app registers has a row in the database. Whoever finds a job due claims it with one UPDATE, of which
the database lets one through; the same UPDATE sets the job due again for the case that nothing more is heard. So a job
whose process was killed, or whose machine is gone, is taken up by whoever looks after that. Only the database's clock
counts, so those of the hosts may differ.

A job runs in a process of its own (`manage.py run_due --claim`): it takes no time from readers' threads, and the
system ends it at its limit, whatever it hangs in. docs/architecture.md says why this is not a library's work.
"""

import logging
import math
import os
import random
import secrets
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.db.models import Case, DurationField, ExpressionWrapper, F, Q, QuerySet, Value, When
from django.db.models.functions import Now

from guides.registry import jobs
from guides.registry.jobs import Job

from .models import JobState
from .outage import is_outage

log = logging.getLogger("careerguide.clock")

# Beyond a job's limit, for its process to start and to end.
MARGIN = timedelta(seconds=30)
# A job that failed is tried again after its usual time, but no later than this.
RETRY = timedelta(hours=1)
# Readers and editors go first.
NICENESS = 5
# How many seconds pass, more or less, until a worker looks again what is due.
TICK = 5.0
LOST = "It did not come to its end: its process was killed, its machine stopped, or a backup was brought back."


def due() -> list[Job]:
    """Return the registered jobs that are due, the one that has waited longest first. A new job gets its row."""
    states = JobState.objects.annotate(is_due=Q(due_at__lte=Now())).order_by("due_at", "pk")
    is_due = dict(states.values_list("name", "is_due"))
    if missing := [JobState(name=name) for name in jobs.registered() if name not in is_due]:
        JobState.objects.bulk_create(missing, ignore_conflicts=True)
        return due()
    return [jobs.registered()[name] for name in is_due if is_due[name] and name in jobs.registered()]


def claim(job: Job, *, early: bool = False) -> str | None:
    """Claim `job` and return the claim; None where it is not due, or another one has it. `early` does not wait."""
    word = secrets.token_hex(16)
    free = Q(due_at__lte=Now()) | (Q(claim="") if early else Q())
    was_lost = ~Q(claim="")
    claimed = JobState.objects.filter(free, name=job.name).update(
        claim=word,
        started_at=Now(),
        due_at=Now() + job.limit + MARGIN,
        failed_at=Case(When(was_lost, Now()), default=F("failed_at")),
        fault=Case(When(was_lost, Value(LOST)), default=F("fault")),
    )
    return word if claimed else None


def finish(job: Job, claim: str, result: str = "") -> None:
    """Note that `job` went well; without a `result` there was nothing to do."""
    done = {"result": result[:500]} if result else {}
    _claimed(job, claim).update(claim="", finished_at=Now(), due_at=F("started_at") + job.every, **done)


def fail(job: Job, claim: str, fault: str) -> None:
    """Note that `job` went wrong."""
    again = F("started_at") + min(job.every, RETRY)
    _claimed(job, claim).update(claim="", failed_at=Now(), fault=fault[:500], due_at=again)


def _claimed(job: Job, claim: str) -> "QuerySet[JobState]":
    """The row of `job`, if it still belongs to `claim`: one that is late must not undo what happened since."""
    return JobState.objects.filter(name=job.name, claim=claim)


@dataclass
class Run:
    """A job that a process of its own is at."""

    job: Job
    claim: str
    process: "subprocess.Popen[bytes]"

    def end(self, wait: bool = False) -> bool:
        """Whether it has ended. What its process could not say itself is noted."""
        code = self.process.wait() if wait else self.process.poll()
        if code is None:
            return False
        if code:
            fail(self.job, self.claim, _reason(self.job, code))
        return True


def _reason(job: Job, code: int) -> str:
    """Say why a process ended with `code`."""
    if code == -signal.SIGALRM:
        return f"It took longer than {job.limit.total_seconds():g} seconds and was ended."
    if code < 0:
        return f"Its process was ended by signal {-code}."
    return f"Its process ended with {code}: the server's log says why."


def begin(job: Job, *, early: bool = False) -> Run | None:
    """Claim `job` and start its process. Return None where another one has it, or where there was nothing to do."""
    word = claim(job, early=early)
    if word is None:
        return None
    try:
        if job.is_needed and not job.is_needed():
            finish(job, word)
            return None
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "run_due", "--claim", word, job.name]
        # In a session of its own: Ctrl+C ends the server, not a job half-way through.
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603
    except Exception as error:
        log.exception("The job '%s' could not be started", job.name)
        fail(job, word, _in_words(error))
        return None
    return Run(job, word, process)


def perform(job: Job, claim: str) -> bool:
    """Run `job` in this process, which its limit ends; return whether it went well."""
    left = _claimed(job, claim).values_list(ExpressionWrapper(F("due_at") - Now(), DurationField()), flat=True).first()
    if left is None or left < MARGIN / 2:
        return True  # it came too late: another one has the job, or may have it soon
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(math.ceil(min(job.limit, left - MARGIN / 2).total_seconds()))
    os.nice(NICENESS)
    try:
        result = job.run()
    except Exception as error:
        log.exception("The job '%s' failed", job.name)
        connection.close()
        fail(job, claim, _in_words(error))
        return False
    finish(job, claim, result)
    return True


def _in_words(error: Exception) -> str:
    """Say what went wrong. What a command says of its failure is a sentence already."""
    text = str(error) if isinstance(error, CommandError) else f"{type(error).__name__}: {error}"
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")


def start_in_server() -> None:
    """Let this process, which serves the site, look after what is due as long as it lives."""
    threading.Thread(target=_look_again_and_again, name="clock", daemon=True).start()


def _look_again_and_again() -> None:
    runs: list[Run] = []
    is_well = True
    while True:
        # Workers that start together do not look together.
        time.sleep(TICK * random.uniform(0.5, 1.5))  # noqa: S311
        try:
            look(runs)
        except Exception as error:
            # The database is away, busy, or not migrated yet: that is said once, and tried again.
            if is_well and is_outage(error):
                log.error("The clock cannot see what is due: %s. It goes on trying", _in_words(error))
            elif is_well:
                log.exception("The clock cannot see what is due. It goes on trying")
            is_well = False
        else:
            is_well = True
        with suppress(Exception):  # one that is broken already
            connection.close()


def look(runs: list[Run]) -> None:
    """Note which of `runs` have ended, and start what is due: one job at a time, so that they do not crowd.

    What says whether it is needed goes before what is done again and again: somebody waits for it.
    """
    runs[:] = [run for run in runs if not run.end()]
    for job in sorted(due(), key=lambda job: job.is_needed is None):
        if run := begin(job):
            runs.append(run)
            return
