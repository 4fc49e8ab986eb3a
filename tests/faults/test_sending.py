"""Killed while mails of alerts go out: nobody gets two of one mail, and nobody goes without the news.

The suite kills three times; the long form (`make faults`) twenty-five times. Where the server may have had a mail when
its sender was killed, nobody can know: the next mail, a day later, tells the same again and says why.
"""

import contextlib
import os
import random
import signal
import subprocess
import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from careerguide import clock
from careerguide.models import JobState
from guides.alerts import mailing
from guides.alerts.models import Alert, MailAlert
from guides.openings.models import Feed
from guides.plan import keys
from guides.plan.models import Plan
from guides.registry import jobs
from tests import factories
from tests.alerts.smtp import Mailbox, serving_mail
from tests.guides import processes
from tests.openings.test_pages import make_posting

from .outage import LONG, tell

KILLS = 25 if LONG else 3
SEED = 24
READERS = 12
MOMENTS = ("greeted", "asked", "handed over", "kept", "answered")
IN_DOUBT = "We do not know whether our last mail reached you"


class Deadly(Mailbox):
    """A mail server that has its client killed at one moment of one mail."""

    def __init__(self):
        super().__init__()
        self.process, self.moment, self.left, self.pause = None, "", 0, 0.0
        self.lock = threading.Lock()

    def arm(self, process, moment, number, pause):
        """Kill the process at that moment of the mail of that number, counted from 0, so many seconds later."""
        self.process, self.moment, self.left, self.pause = process, moment, number, pause

    def pass_by(self, moment):
        """Kill where it is time."""
        with self.lock:
            if self.process is None or moment != self.moment:
                return
            if self.left:
                self.left -= 1
                return
            process, self.process = self.process, None
        if self.pause:
            threading.Timer(self.pause, kill, [process]).start()
        else:
            kill(process)

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        self.pass_by("greeted")
        return responses

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        self.pass_by("asked")
        return await super().handle_RCPT(server, session, envelope, address, rcpt_options)

    async def handle_DATA(self, server, session, envelope):
        self.pass_by("handed over")
        if self.process is None and self.moment == "handed over":
            self.moment = ""
            return "451 the sender is gone before it ended"
        answer = await super().handle_DATA(server, session, envelope)
        self.pass_by("kept")
        threading.Timer(0.001, self.pass_by, ["answered"]).start()
        return answer


def kill(process):
    """SIGKILL, where it is still there."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(process.pid, signal.SIGKILL)


def start_sending():
    """Start the process that the clock starts to send mails, where nobody else is at it (any more)."""
    JobState.objects.all().delete()
    clock.due()
    claim = clock.claim(jobs.registered()["send_alerts"], early=True)
    command = ["manage.py", "run_due", "--claim", claim, "send_alerts"]
    return processes.start(*command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture
def mailbox(settings, monkeypatch):
    with serving_mail(settings, Deadly()) as mailbox:
        monkeypatch.setenv("MAIL_URL", f"smtp://127.0.0.1:{settings.EMAIL_PORT}")
        monkeypatch.setenv("MAIL_FROM", settings.DEFAULT_FROM_EMAIL)
        yield mailbox


@pytest.fixture
def readers(transactional_db):
    """People who get a mail of all openings each day."""
    factories.make_guide()
    Feed.objects.create(name="County jobs", address="https://glue.example/jobs", is_on=True)
    long_ago, addresses = timezone.now() - timedelta(days=2), []
    for number in range(READERS):
        plan = Plan.objects.create(key_hash=keys.hashed(keys.new_key()))
        alert = Alert.objects.create(plan=plan, subject=Alert.Subject.OPENINGS, name=f"All {number}")
        addresses.append(f"reader{number}@mail.example")
        MailAlert.objects.create(
            alert=alert, email=addresses[-1], rhythm="daily", confirmed_at=long_ago, told_until=long_ago
        )
    return addresses


def got(mailbox, title):
    """How many mails with that news each address has got."""
    return Counter(message["To"] for message in mailbox.messages if title in message.get_content())


def test_nobody_gets_two_mails_and_nobody_goes_without(mailbox, readers):
    chance, in_doubt, killed_at = random.Random(SEED), 0, Counter()  # noqa: S311
    for number in range(2 * KILLS):
        title = f"Job Number {number:02}."
        make_posting(title=title, first_seen=timezone.now())
        MailAlert.objects.update(next_at=timezone.now() - timedelta(minutes=1))
        moment = chance.choice(MOMENTS)
        process = start_sending()
        # One greeting serves all mails of a run.
        mail = 0 if moment == "greeted" else chance.randrange(READERS - 1)
        # What is killed while it hands a mail over has no time to hear that it was not taken.
        pause = 0 if moment == "handed over" else chance.choice([0, chance.uniform(0, 0.02)])
        mailbox.arm(process, moment, mail, pause)
        process.wait(timeout=60)
        # Where it was faster than its end, the round counts for nothing but must be right all the same.
        killed_at[moment] += process.returncode == -signal.SIGKILL
        # Whoever is next sends what nobody had in hand, and ten minutes later what the dead one had.
        mailing.send_due()
        left = MailAlert.objects.exclude(claimed_at=None)
        assert left.count() <= 1
        left.update(claimed_at=timezone.now() - mailing.GONE_AFTER - timedelta(minutes=1))
        mailing.send_due()
        told = got(mailbox, title)
        assert set(told.values()) == {1}, "nobody has two"
        unsure = set(MailAlert.objects.filter(is_unsure=True).values_list("email", flat=True))
        assert set(readers) - set(told) <= unsure, "whoever has none is known"
        # The next day.
        mailbox.messages.clear()
        MailAlert.objects.filter(is_unsure=True).update(next_at=timezone.now() - timedelta(minutes=1))
        mailing.send_due()
        again = {message["To"]: message.get_content() for message in mailbox.messages}
        assert len(mailbox.messages) == len(again)
        assert set(again) == unsure
        assert all(title in text and IN_DOUBT in text for text in again.values())
        assert set(told) | set(again) == set(readers), "nobody goes without"
        assert not MailAlert.objects.filter(is_unsure=True).exists()
        in_doubt += len(unsure)
        mailbox.messages.clear()
        if killed_at.total() == KILLS:
            break
    assert killed_at.total() == KILLS
    tell(
        f"sending, killed {KILLS} times ({dict(killed_at)}): {in_doubt} mails in doubt, nobody with two, nobody without"
    )
