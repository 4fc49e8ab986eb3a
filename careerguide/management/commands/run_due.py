"""Do what is due: for hosts who prefer cron to the server's own clock, and to have a job done now."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from careerguide import clock
from careerguide.models import JobState
from guides.registry import jobs
from guides.registry.jobs import Job


class Command(BaseCommand):
    help = (
        "Run each job that is due, one after the other. With names, run those now, due or not. Does nothing for a job "
        "that another process is at."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("jobs", nargs="*", metavar="JOB", help=f"one of: {', '.join(jobs.registered())}")
        parser.add_argument("--claim", help="for the clock itself: run the one job that it claimed, in this process")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = [self.job(name) for name in options["jobs"]]
        if options["claim"]:
            sys.exit(not all(clock.perform(job, options["claim"]) for job in chosen))
        try:
            due = clock.due()
        except DatabaseError as error:
            raise CommandError(f"The database cannot be asked what is due: {error}") from None
        wrong = [job.name for job in chosen or due if not self.run(job, early=bool(chosen))]
        if wrong:
            raise CommandError(f"Not done: {', '.join(wrong)}.")

    def job(self, name: str) -> Job:
        """Return the job of that name."""
        try:
            return jobs.registered()[name]
        except KeyError:
            raise CommandError(f"There is no job '{name}'. Choose from: {', '.join(jobs.registered())}.") from None

    def run(self, job: Job, early: bool) -> bool:
        """Run `job` and say how it went; return whether it went well."""
        run = clock.begin(job, early=early)
        if run:
            run.end(wait=True)
        state = JobState.objects.get(name=job.name)
        if run is None and state.claim:
            self.stdout.write(f"{job.name}: another process is at it.")
        elif state.is_failing:
            self.stderr.write(f"{job.name}: {state.fault}")
            return False
        else:
            self.stdout.write(f"{job.name}: {state.result if run else 'nothing to do.'}")
        return True
