"""Times in the admin are in the editor's own zone, and say in which; a moment is typed in it."""

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.admin.models import CHANGE, LogEntry
from django.test import Client
from django.utils import timezone

from careerguide.models import JobState, TimeZoneChoice
from guides.models import Edition, Report
from guides.publishing import editions
from guides.registry import jobs
from tests.addresses import Site, every_address
from tests.guides import desk

pytestmark = pytest.mark.django_db

CHICAGO = "America/Chicago"
SCRIPT = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
CLOCK_TIME = re.compile(r"\b\d{1,2}:\d{2}(?::\d{2})?\b|\b[ap]\.m\.|\b(?:noon|midnight)\b")
WITH_ZONE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d C[SD]T\b")
# How a library names what it keeps of sign-ins that failed.
WITH_OFFSET = re.compile(r"\d\d:\d\d:\d\d(?:\.\d+)?\+00:00")
TIME_FIELD = re.compile(r'<input[^>]*(?:vTimeField|type="time"|type="datetime-local")[^>]*>')


def live_in(client, zone):
    TimeZoneChoice.objects.update_or_create(user=client.user, defaults={"name": zone})
    return client


@pytest.mark.any_database
class TestEveryPage:
    """A walk over every page of the admin: no time stands there without its zone."""

    @pytest.fixture
    def site(self):
        """A site on which everything that has a time has one."""
        site = Site()
        for model in (AccessAttempt, AccessFailureLog, AccessLog):
            counted = {"failures_since_start": 1} if model is AccessAttempt else {}
            model.objects.create(username="ed", ip_address="192.0.2.1", **counted)
        now, who = timezone.now(), site.accounts["superuser"]
        Report.objects.update(outcome=Report.Outcome.DECLINED, closed_at=now, closed_by=who)
        site.guide.sections.filter(kind="text").update(body="Other words.")
        edition = editions.save(site.guide, who)
        editions.schedule(edition, now + timedelta(days=1), who)
        Edition.objects.filter(pk=edition.pk).update(refused_at=now, refusal="Text: it is wrong.")
        JobState.objects.bulk_create(
            JobState(name=name, started_at=now, finished_at=now, failed_at=now, fault="No.")
            for name in jobs.registered()
        )
        LogEntry.objects.log_actions(who.pk, [site.guide], CHANGE, "Changed.", single_object=True)
        return site

    def test_no_time_is_without_its_zone(self, site):
        client = Client()
        site.sign_in(client, "superuser")
        TimeZoneChoice.objects.create(user=site.accounts["superuser"], name=CHICAGO)
        times, wrong = 0, []
        for address in every_address():
            if not address.route.startswith("admin/") or address.name.endswith(("preview", "logout", "delete")):
                continue
            response = client.get(site.path(address))
            if not response.headers.get("Content-Type", "").startswith("text/html"):
                continue
            page = SCRIPT.sub("", response.content.decode())
            text = TAG.sub(" ", page)
            times += len(WITH_ZONE.findall(text))
            wrong += [
                f"{address.name}: {match}" for match in CLOCK_TIME.findall(WITH_OFFSET.sub("", WITH_ZONE.sub("", text)))
            ]
            if TIME_FIELD.search(page) and f"time in {CHICAGO}" not in text:
                wrong.append(f"{address.name}: a field takes a time of no zone")
        assert not wrong
        assert times > 20

    def test_readers_pages_are_in_no_editors_zone(self, site, client):
        client.force_login(site.accounts["superuser"])
        TimeZoneChoice.objects.create(user=site.accounts["superuser"], name="Pacific/Kiritimati")
        client.get("/admin/")
        assert timezone.get_current_timezone_name() == "UTC"


class TestChoosing:
    """The site's zone until the editor chooses; the browser's own is offered."""

    def test_without_a_choice_it_is_the_sites(self, settings):
        settings.TIME_ZONE = "Europe/Vienna"
        timezone.get_default_timezone.cache_clear()
        page = desk.editor().get("/admin/").content.decode()
        timezone.get_default_timezone.cache_clear()
        assert "Times in Europe/Vienna" in page
        assert 'class="desk-zone-offer" data-zone="Europe/Vienna" hidden' in page

    def test_a_choice_is_kept_and_the_offer_is_not_made_again(self):
        client = desk.editor()
        answer = client.post("/admin/time-zone/", {"name": CHICAGO}, follow=True)
        assert "Times are now in America/Chicago." in answer.content.decode()
        assert "desk-zone-offer" not in answer.content.decode()
        assert client.user.zone_choice.name == CHICAGO
        client.post("/admin/time-zone/", {"name": "UTC"})
        assert TimeZoneChoice.objects.get().name == "UTC"
        assert f'<option value="{CHICAGO}">Chicago</option>' in client.get("/admin/time-zone/").content.decode()

    @pytest.mark.parametrize(
        "name", ["", "Middle/Earth", "../../etc/passwd", "Etc/GMT+5", "x" * 10_000, "America/Chi\0"]
    )
    def test_what_is_no_zone_is_refused(self, name):
        client = live_in(desk.editor(), CHICAGO)
        assert client.post("/admin/time-zone/", {"name": name}).status_code == 422
        assert TimeZoneChoice.objects.get().name == CHICAGO

    def test_a_zone_that_is_known_no_longer_is_the_sites_again(self):
        client = live_in(desk.editor(), "Europe/Atlantis")
        assert "Times in UTC" in client.get("/admin/").content.decode()

    def test_each_editor_has_their_own(self):
        ed, pat = live_in(desk.editor(), CHICAGO), live_in(desk.publisher(), "Asia/Tokyo")
        assert "Times in America/Chicago" in ed.get("/admin/").content.decode()
        assert "Times in Asia/Tokyo" in pat.get("/admin/").content.decode()


class TestScheduling:
    """The moment at which an edition goes live, typed in the editor's zone."""

    @pytest.fixture
    def edition(self, guide):
        guide.sections.filter(kind="text").update(body="Later.")
        return editions.save(guide)

    @pytest.fixture
    def pat(self):
        return live_in(desk.publisher(), CHICAGO)

    def schedule(self, client, edition, moment, **more):
        path = f"/admin/guides/edition/{edition.pk}/change/"
        opened = client.get(path)
        (form,) = [form for key, _step, form in opened.context["steps"] if key == "schedule"]
        sent = {form.add_prefix("zone"): form["zone"].value(), form.add_prefix("moment"): moment}
        answer = client.post(path, sent | {"step": "schedule", "live": opened.context["live_key"]} | more)
        edition.refresh_from_db()
        return answer

    def test_it_is_the_editors_time(self, edition, pat):
        year = timezone.now().year + 1
        assert (
            "Publish at (time in America/Chicago)"
            in pat.get(f"/admin/guides/edition/{edition.pk}/change/").content.decode()
        )
        answer = self.schedule(pat, edition, f"{year}-07-01T12:05")
        assert answer.status_code == 302
        assert edition.publish_at == datetime(year, 7, 1, 17, 5, tzinfo=UTC)
        assert f"<dd>{year}-07-01 12:05 CDT</dd>" in pat.get(answer.url).content.decode()
        tokyo = live_in(desk.editor(), "Asia/Tokyo")
        assert f"goes live at {year}-07-02 02:05 JST" in tokyo.get("/admin/").content.decode()

    def test_a_page_that_is_open_keeps_its_zone(self, edition, pat):
        year = timezone.now().year + 1
        path = f"/admin/guides/edition/{edition.pk}/change/"
        opened = pat.get(path).content.decode()
        sent = dict(re.findall(r'name="(schedule-zone)" value="([^"]+)"', opened))
        live_in(pat, "Asia/Tokyo")
        pat.post(path, sent | {"schedule-moment": f"{year}-07-01T12:05", "step": "schedule", "live": "1"})
        edition.refresh_from_db()
        assert edition.publish_at == datetime(year, 7, 1, 17, 5, tzinfo=UTC)

    def test_a_zone_that_is_none_is_the_editors(self, edition, pat):
        year = timezone.now().year + 1
        self.schedule(pat, edition, f"{year}-07-01T12:05", **{"schedule-zone": "../x"})
        assert edition.publish_at == datetime(year, 7, 1, 17, 5, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("month", "sign", "said", "near"),
        [
            (3, 1, "does not exist in America/Chicago, where clocks are set forward", ("01:30", "03:30")),
            (11, -1, "comes twice in America/Chicago, where clocks are set back", ("00:30", "02:30")),
        ],
    )
    def test_where_clocks_are_changed(self, edition, pat, month, sign, said, near):
        day = changing_day(timezone.now().year + 1, month)
        typed = day.replace(hour=2 if sign > 0 else 1, minute=30)
        answer = self.schedule(pat, edition, f"{typed:%Y-%m-%dT%H:%M}")
        assert answer.status_code == 422
        page = answer.content.decode()
        assert said in page
        assert f"Choose {near[0]} or {near[1]}" in page
        assert f'value="{typed:%Y-%m-%dT%H:%M}"' in page
        assert edition.publish_at is None
        hour, minute = map(int, near[1].split(":"))
        moment = day.replace(hour=hour, minute=minute)
        assert self.schedule(pat, edition, f"{moment:%Y-%m-%dT%H:%M}").status_code == 302
        assert edition.publish_at == moment.replace(tzinfo=ZoneInfo(CHICAGO))

    @pytest.mark.parametrize("typed", ["", "tomorrow", "2027-02-30T10:00", "99999-01-01T10:00", "0001-01-01T00:00"])
    def test_what_is_no_moment_is_refused(self, edition, pat, typed):
        assert self.schedule(pat, edition, typed).status_code == 422
        assert edition.publish_at is None


def changing_day(year, month):
    """The day of that month on which clocks in Chicago are changed."""
    zone = ZoneInfo(CHICAGO)
    days = [datetime(year, month, day) for day in range(1, 28)]
    offsets = [day.replace(tzinfo=zone).utcoffset() for day in days]
    return next(day for day, (before, after) in zip(days, pairwise(offsets), strict=False) if before != after)
