"""Counters for whoever hosts the site: what is counted, who may read it, and that nothing of a person is in it."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.utils import timezone

from careerguide import environment
from careerguide.models import AnswerCount, JobState
from careerguide.monitoring.answers import AnswerCounts
from careerguide.monitoring.counters import counters
from guides.models.feedback import today
from guides.openings.models import Feed

from .test_page_store import ask

KEY = "a-word-that-nobody-guesses"


def values():
    return {counter.name: counter.value for counter in counters()}


def test_each_answer_counts_by_its_kind(guide, kept_connection):
    application = AnswerCounts(WSGIHandler(), every=3600)
    for path in ("/guides/bookbinder/", "/guides/", "/no-such-page/", "/guides"):
        ask(application, path)
    application.counts.flush()
    ask(application, "/guides/")
    application.counts.flush()
    found = values()
    assert [found[f"answers_{kind}"] for kind in ("2xx", "3xx", "4xx", "5xx")] == [3, 1, 1, 0]
    assert found["answer_milliseconds"] > 0
    assert set(AnswerCount.objects.values_list("kind", flat=True)) == {"2xx", "3xx", "4xx", "ms"}


def test_what_wants_somebody_is_said(db):
    bad = {counter.name for counter in counters() if counter.is_bad}
    assert not bad
    hour_ago = timezone.now() - timedelta(hours=1)
    JobState.objects.update_or_create(name="publish", defaults={"due_at": hour_ago, "failed_at": hour_ago})
    Feed.objects.create(name="County", address="https://jobs.example.org/feed", is_on=True, failures=2)
    AnswerCount.objects.create(day=today(), kind="5xx", count=1)
    bad = {counter.name for counter in counters() if counter.is_bad}
    assert bad == {"jobs_failing", "jobs_overdue", "feeds_failing", "answers_5xx"}
    assert values()["database_bytes"] > 10_000 or connection.vendor == "sqlite"


def test_a_monitor_reads_them_with_its_key_alone(client, db, settings):
    def read(key=None):
        return client.get("/counters.json", headers={"Authorization": f"Bearer {key}"} if key else {})

    assert read().status_code == read("").status_code == read(KEY).status_code == 404
    settings.MONITOR_KEY = KEY
    assert read().status_code == read("another").status_code == 404
    answer = read(KEY)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    said = json.loads(answer.content)
    assert said["bad"] == []
    assert set(said["counters"]) == set(values())
    assert all(isinstance(value, int) for value in said["counters"].values()), "numbers alone: nothing of a person"
    statuses = {read("guessed").status_code for _time in range(25)}
    assert statuses == {404, 429}
    assert read(KEY).status_code == 200


def test_a_superuser_reads_the_page(admin_client):
    text = admin_client.get("/admin/counters/").content.decode()
    for counter in counters():
        assert f"<code>{counter.name}</code>" in text
        assert str(counter.label) in text


@pytest.mark.parametrize(("key", "is_good"), [("", True), (KEY, True), ("short", False)])
def test_a_short_key_is_refused_by_its_name(monkeypatch, key, is_good):
    monkeypatch.setenv("MONITOR_KEY", key)
    if is_good:
        assert environment.monitor_key() == key
    else:
        with pytest.raises(ImproperlyConfigured, match="MONITOR_KEY"):
            environment.monitor_key()
