"""What the jobs of this app do."""

import os
import signal
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.apps import AppConfig

from guides import registry
from guides.registry.jobs import Job


class ClockworkConfig(AppConfig):
    name = "tests.clockwork"

    def ready(self) -> None:
        from careerguide import clock

        clock.TICK = 0.2
        if "LEASE_MARGIN" in os.environ:
            clock.MARGIN = timedelta(seconds=float(os.environ["LEASE_MARGIN"]))
        hour, second = timedelta(hours=1), timedelta(seconds=1)
        jobs = [
            Job("steady", "Says so.", every=2 * second, run=steady),
            Job("raising", "Fails.", every=hour, run=raising),
            Job("hanging", "Hangs, and does not listen.", every=hour, run=hanging, limit=2 * second),
            Job("dying", "Takes its process with it.", every=hour, run=dying),
            Job("slow", "Takes its time.", every=hour, run=slow, limit=10 * second),
            Job("idle", "Never has anything to do.", every=second, run=raising, is_needed=lambda: False),
        ]
        registry.add(registry.Extension("clockwork", jobs=jobs))


def say(word: str) -> None:
    """Add a line to the file that all processes share."""
    with Path(os.environ["JOBS_LOG"]).open("a") as log:
        log.write(f"{word} {os.getpid()} {time.time()}\n")


def steady() -> str:
    say("steady")
    return "Said so."


def raising() -> str:
    say("raising")
    raise ValueError("no\0thing is right")


def hanging() -> str:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    say("hanging")
    while True:
        with suppress(BaseException):
            time.sleep(60)


def dying() -> str:
    say("dying")
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("This is never reached.")


def slow() -> str:
    say("slow")
    time.sleep(2)
    say("slow-done")
    return "Slowly."
