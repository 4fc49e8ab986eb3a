"""The editors' front page says of each job when it ran last, and what went wrong."""

from datetime import timedelta

import pytest
from django.utils import timezone

from careerguide.models import JobState
from guides.registry import jobs
from tests.guides import desk

pytestmark = pytest.mark.django_db


def front():
    return desk.editor().get("/admin/").content.decode()


@pytest.fixture
def well():
    """Every job has run a minute ago; return that moment as it is written."""
    moment = timezone.now() - timedelta(minutes=1)
    JobState.objects.bulk_create(
        JobState(name=name, started_at=moment, finished_at=moment, due_at=moment) for name in jobs.registered()
    )
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def test_each_job_stands_there_with_its_last_run(well):
    JobState.objects.filter(name="expire_plans").update(result="3 plans deleted.")
    page = front()
    for job in jobs.registered().values():
        assert str(job.purpose) in page
    assert page.count(well) == len(jobs.registered())
    assert "all is well" in page
    assert "3 plans deleted." in page
    assert "every 30 seconds" in page
    assert "once a day" in page


def test_what_fails_stands_in_the_open(well):
    moment = timezone.now()
    JobState.objects.filter(name="publish").update(failed_at=moment, fault="ValueError: <b>no</b>")
    page = front()
    assert "all is well" not in page
    assert f"Failed at {moment:%Y-%m-%d %H:%M} UTC" in page
    assert "ValueError: &lt;b&gt;no&lt;/b&gt;" in page


def test_an_old_fault_is_told_without_alarm(well):
    moment = timezone.now() - timedelta(days=3)
    JobState.objects.filter(name="publish").update(failed_at=moment, fault="It was the disk.")
    page = front()
    assert "all is well" in page
    assert "It was the disk." in page


def test_a_job_of_another_host_stands_there_while_it_is_in_use(well):
    now = timezone.now()
    JobState.objects.create(name="elsewhere", started_at=now, failed_at=now, fault="The disk is full.")
    JobState.objects.create(name="of old", started_at=now - timedelta(days=4), failed_at=now, fault="No.")
    page = front()
    assert "What only another host does: elsewhere." in page
    assert "The disk is full." in page
    assert "of old" not in page


def test_a_clock_that_stands_still_says_since_when(well):
    moment = timezone.now() - timedelta(hours=1)
    JobState.objects.update(started_at=moment)
    assert f"nothing has been done since {moment:%Y-%m-%d %H:%M} UTC" in front()


def test_a_site_that_was_just_made_says_what_to_expect():
    assert "Nothing that is due has been done yet." in front()
