"""The clock: what is due is done once, and what goes wrong harms nothing else. The long forms are in tests/faults."""

import threading
import time
from datetime import timedelta
from subprocess import PIPE

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models.functions import Now
from django.utils import timezone

from careerguide import clock
from careerguide.models import JobState
from guides import registry
from guides.models import Edition
from guides.publishing import editions
from guides.registry import jobs
from guides.registry.jobs import Job
from tests import factories
from tests.guides import processes
from tests.server import serving

HOUR = timedelta(hours=1)
CLOCKWORK = "tests.clockwork.settings"


@pytest.fixture
def job(monkeypatch):
    """A job of the test's own, due now, and no other."""
    job = Job("own", "Is there for the test.", every=HOUR, run=lambda: "Done.", limit=timedelta(minutes=1))
    monkeypatch.setattr(jobs, "JOBS", {"own": job})
    return job


def state():
    return JobState.objects.get(name="own")


def let_pass(**span):
    """Let time pass for the job."""
    row = state()
    for name in ("due_at", "started_at", "finished_at", "failed_at"):
        if moment := getattr(row, name):
            setattr(row, name, moment - timedelta(**span))
    row.save()


class TestClaims:
    """One row a job, which only one process can claim."""

    pytestmark = pytest.mark.django_db

    def test_a_new_job_is_due_at_once_and_then_after_its_time(self, job):
        assert clock.due() == [job]
        claim = clock.claim(job)
        assert clock.due() == []
        assert clock.claim(job) is None
        clock.finish(job, claim, "Done.")
        assert (state().result, state().claim, state().is_failing) == ("Done.", "", False)
        assert state().due_at == state().started_at + HOUR
        let_pass(minutes=61)
        assert clock.due() == [job]

    def test_a_job_whose_process_is_lost_is_due_again_and_says_so(self, job):
        clock.due()
        lost = clock.claim(job)
        let_pass(minutes=1, seconds=20)
        assert clock.claim(job) is None
        let_pass(seconds=20)
        claim = clock.claim(job)
        assert claim
        assert state().is_failing
        assert "killed" in state().fault
        # What was thought lost comes back late: it undoes nothing.
        clock.finish(job, lost, "Late.")
        clock.fail(job, lost, "Late.")
        assert (state().claim, state().result) == (claim, "")
        assert clock.perform(job, lost) is True
        clock.finish(job, claim)
        assert not state().is_failing
        assert "killed" in state().fault, "the last fault stays to be read"

    @pytest.mark.parametrize(("every", "again"), [(timedelta(minutes=1), timedelta(minutes=1)), (24 * HOUR, HOUR)])
    def test_a_job_that_failed_is_tried_again_soon(self, monkeypatch, every, again):
        job = Job("own", "Fails.", every=every, run=lambda: "")
        monkeypatch.setattr(jobs, "JOBS", {"own": job})
        clock.due()
        clock.fail(job, clock.claim(job), "x" * 600)
        assert (state().fault, state().is_failing) == ("x" * 500, True)
        assert state().due_at == state().started_at + again

    def test_a_job_that_this_release_does_not_know_is_left_alone(self, job):
        JobState.objects.create(name="of another release")
        assert clock.due() == [job]

    def test_nothing_is_started_where_there_is_nothing_to_do(self, monkeypatch):
        job = Job("own", "Has nothing to do.", every=HOUR, run=lambda: "", is_needed=lambda: False)
        monkeypatch.setattr(jobs, "JOBS", {"own": job})
        assert clock.due() == [job]
        assert clock.begin(job) is None
        assert state().finished_at
        assert clock.due() == []

    def test_a_question_that_fails_is_the_jobs_own_fault(self, monkeypatch, caplog):
        job = Job("own", "Cannot tell.", every=HOUR, run=lambda: "", is_needed=lambda: 1 / 0)
        monkeypatch.setattr(jobs, "JOBS", {"own": job})
        clock.due()
        runs = []
        clock.look(runs)
        assert runs == []
        assert state().fault == "ZeroDivisionError: division by zero"

    def test_two_jobs_of_one_name_are_refused(self, job):
        with pytest.raises(ImproperlyConfigured, match="own"):
            registry.add(registry.Extension("twice", jobs=[job, job]))

    def test_looking_costs_one_question(self, job, django_assert_num_queries):
        clock.claim(clock.due()[0])
        with django_assert_num_queries(1):
            clock.look([])


@pytest.mark.django_db(transaction=True)
def test_of_many_who_claim_at_once_one_has_it(job):
    clock.due()
    for _time in range(10):
        JobState.objects.update(due_at=Now())
        claims, start = [], threading.Barrier(8)

        def claim(claims=claims, start=start):
            start.wait()
            claims.append(clock.claim(job))
            connection.close()

        threads = [threading.Thread(target=claim) for _number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len([claim for claim in claims if claim]) == 1


@pytest.fixture
def clockwork(transactional_db, tmp_path, monkeypatch):
    """The jobs of tests/clockwork beside the site's, all of which are done; return what they say."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", CLOCKWORK)
    monkeypatch.setenv("DATABASE_URL", processes.database_url())
    monkeypatch.setenv("JOBS_LOG", str(tmp_path / "jobs"))
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    JobState.objects.bulk_create(
        JobState(name=name, due_at=timezone.now() + HOUR, finished_at=timezone.now()) for name in jobs.registered()
    )
    return tmp_path / "jobs"


def said(path, word):
    """How often a job said that it was run."""
    return [line.split()[0] for line in path.read_text().splitlines()].count(word) if path.exists() else 0


def test_run_due_runs_each_and_says_what_failed(clockwork):
    process = processes.start("manage.py", "run_due", "steady", "raising", "idle", stdout=PIPE, stderr=PIPE)
    out, errors = process.communicate(timeout=100)
    assert "steady: Said so." in out
    assert "idle: nothing to do." in out
    assert "raising: ValueError: no\N{REPLACEMENT CHARACTER}thing is right" in errors
    assert "Not done: raising." in errors
    assert process.returncode == 1


def test_a_name_that_is_no_job_is_refused(db):
    with pytest.raises(CommandError, match=r"no job 'nonsense'\. Choose from: .*publish"):
        call_command("run_due", "nonsense")


def test_run_due_without_a_database_says_so_in_a_sentence(tmp_path):
    process = processes.start("manage.py", "run_due", database=f"sqlite:///{tmp_path}/empty", stdout=PIPE, stderr=PIPE)
    _out, errors = process.communicate(timeout=100)
    assert process.returncode == 1
    assert errors.startswith("CommandError: The database cannot be asked what is due: no such table")
    assert len(errors.splitlines()) == 1


def test_tests_and_commands_have_no_clock(db):
    assert "clock" not in {thread.name for thread in threading.enumerate()}


def test_the_server_does_what_is_due_once_and_goes_on_serving(clockwork, tmp_path):
    """Two workers, a guide that is due, and jobs that raise, hang and die: each is done once, and harms no other."""
    guide = schedule_a_guide()
    JobState.objects.filter(name="publish").update(due_at=Now())
    began = time.time()
    chosen = {"CLOCK": "1", "DJANGO_SETTINGS_MODULE": CLOCKWORK, "JOBS_LOG": str(clockwork)}
    with serving(tmp_path, workers=2, **chosen) as server:
        ends = time.monotonic() + 120
        while faults() != FAULTS or not said(clockwork, "slow-done") or said(clockwork, "steady") < 2:
            assert time.monotonic() < ends, (faults(), clockwork.read_text())
            assert server.ask("/healthz").status == 200
            time.sleep(0.1)
        page = server.ask(guide.get_absolute_url())
    seconds = time.time() - began
    assert [said(clockwork, word) for word in ("raising", "hanging", "dying", "slow")] == [1, 1, 1, 1]
    assert said(clockwork, "steady") <= seconds / 2 + 1
    assert "Binder of books" in page.content.decode()
    assert (tmp_path / "log").read_text().count('"event": "published"') == 1


def schedule_a_guide():
    """Return a guide of which a new edition waits for a moment that has come."""
    guide = factories.make_guide()
    guide.title = "Binder of books"
    guide.save()
    edition = editions.save(guide)
    editions.schedule(edition, timezone.now() + HOUR)
    Edition.objects.filter(pk=edition.pk).update(publish_at=timezone.now())
    return guide


FAULTS = {
    "raising": "ValueError: no\N{REPLACEMENT CHARACTER}thing is right",
    "hanging": "It took longer than 2 seconds and was ended.",
    "dying": "Its process was ended by signal 9.",
}


def faults():
    return dict(JobState.objects.exclude(fault="").values_list("name", "fault"))
