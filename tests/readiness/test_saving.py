"""Results in a plan: kept, updated, shown with what changed, dated, exported, deleted."""

import json
from datetime import date

import icalendar
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from guides.models import Guide, Skill, Step
from guides.plan.models import Plan
from guides.publishing import editions
from guides.readiness import fitting, saving
from guides.readiness.models import KeptGap, KeptResult, KeptStage, Practice, Stage
from tests.installed import need_checker
from tests.plan.conftest import open_plan
from tests.test_html import FRAGMENT, check_html

from .test_pages import CHECK, GAP, SKILL_0, SKILL_1, option_codes, text_of

FIRST = f"{GAP}keep/?a={SKILL_0}0{SKILL_1}0"
BETTER = f"{GAP}keep/?a={SKILL_0}2{SKILL_1}1"
ANSWERS = option_codes(diploma=0, years=20, papers=20)
READY = f"{CHECK}keep/?a={ANSWERS}&hours=60&start=2027-01-11"
IN_PLACE = {"HX-Request": "true"}


@pytest.fixture
def plan(client, checks):
    """A plan whose key the test client holds."""
    return open_plan(client)


def keep(client, address, tasks="on", **headers):
    """Send the form at `address` as the browser shows it."""
    fingerprint = client.get(address).context["fingerprint"]
    return client.post(address, {"fingerprint": fingerprint, "tasks": tasks}, headers=headers)


def upload(client, content):
    """Import a plan file, in the place of what the plan holds."""
    return client.post("/plan/import/", {"file": SimpleUploadedFile("plan.json", content), "way": "instead"})


def test_the_result_leads_to_a_form_that_keeps_it(client, checks):
    result = client.get(GAP, {"a": f"{SKILL_0}0{SKILL_1}0"})
    assert f'href="{FIRST}"' in result.content.decode()
    form = client.get(FIRST)
    assert "with its 2 gaps as things to close" in text_of(form)
    assert "no-store" in form["Cache-Control"]
    assert "noindex" in form["X-Robots-Tag"]
    assert not KeptResult.objects.exists()


def test_the_first_save_makes_a_plan(client, checks):
    response = keep(client, FIRST)
    assert response["Location"] == "/plan/?notice=saved"
    assert response.cookies["plan"].value
    kept = KeptResult.objects.get()
    assert (kept.tool, kept.guide, kept.guide_name, kept.score) == ("skills-gap", "bookbinder", "Bookbinder", 0)
    assert [gap.name for gap in KeptGap.objects.all()] == ["Skill 0", "Skill 1"]
    page = text_of(client.get("/plan/"))
    assert "Sew a book. About 5–10 hours." in page
    assert "Skills gap, Bookbinder 0 of 100" in page
    assert client.get(kept.get_result_url()).context["result"].score == 0


def test_in_place_the_answer_is_the_form_alone(client, plan):
    assert b"<html" not in client.get(FIRST, headers=IN_PLACE).content
    response = keep(client, FIRST, **IN_PLACE)
    assert response.status_code == 200
    assert b"<html" not in response.content
    assert "Saved." in text_of(response)


def test_without_its_gaps_the_result_alone_is_kept(client, plan):
    keep(client, FIRST, tasks="")
    assert KeptResult.objects.count() == 1
    assert not KeptGap.objects.exists()


def test_a_newer_result_updates_and_says_what_changed(client, plan):
    keep(client, FIRST)
    KeptGap.objects.filter(skill="skill-1").update(due_on=date(2027, 3, 1))
    form = text_of(client.get(BETTER))
    changes = ["Score: 0, now 75.", "Skill 0: “Not yet”, now “At work”.", "Skill 1: “Not yet”, now “Basics”."]
    assert "What changed since last time " + " ".join(changes) in form
    keep(client, BETTER)
    kept = KeptResult.objects.get()
    assert (kept.score, kept.changes()) == (75, changes)
    closed, still = KeptGap.objects.get(skill="skill-0"), KeptGap.objects.get(skill="skill-1")
    assert closed.done_on == timezone.localdate()
    assert (still.done_on, still.due_on) == (None, date(2027, 3, 1))
    assert " ".join(changes) in text_of(client.get("/plan/"))


def test_a_result_says_what_changed_since_the_one_in_the_plan(client, plan):
    first, better = FIRST.replace("keep/", ""), BETTER.replace("keep/", "")
    assert "result__since" not in client.get(first).content.decode()
    keep(client, FIRST)
    page = text_of(client.get(better))
    assert "with a score of 0." in page
    assert "Skill 0: “Not yet”, now “At work”." in page
    assert "with a score of 0." not in text_of(Client().get(better))
    keep(client, BETTER)
    assert "This result is in your plan" in text_of(client.get(better))
    plan.delete()
    assert client.get(better).status_code == 200


def test_keeping_the_same_again_changes_nothing(client, plan):
    keep(client, FIRST)
    keep(client, BETTER)
    KeptGap.objects.filter(skill="skill-1").update(done_on=date(2027, 3, 1))
    before = client.get("/plan/plan.json").content
    assert "No answer and no score has changed since." in text_of(client.get(BETTER))
    keep(client, BETTER)
    assert client.get("/plan/plan.json").content == before


def test_a_gap_that_opens_again_is_open(client, plan):
    keep(client, FIRST)
    keep(client, BETTER)
    keep(client, FIRST)
    assert KeptGap.objects.get(skill="skill-0").done_on is None


def test_a_form_shown_before_another_save_is_refused(client, plan):
    keep(client, FIRST)
    response = client.post(BETTER, {"fingerprint": "", "tasks": "on"})
    assert response.status_code == 409
    assert "Your plan has a result of" in text_of(response)
    assert KeptResult.objects.get().score == 0
    assert not KeptGap.objects.exclude(done_on=None).exists()


def test_a_gap_is_marked_as_done_from_the_plan(client, plan):
    keep(client, FIRST)
    gap = KeptGap.objects.first()
    response = client.post(gap.get_absolute_url(), {"was-done_on": "", "done_on": "2026-11-22"})
    assert response["Location"].endswith(f"#{gap.anchor}")
    gap.refresh_from_db()
    assert gap.done_on == date(2026, 11, 22)


def test_the_route_brings_its_dates(client, plan):
    assert "with the 2 dates of its route" in text_of(client.get(READY))
    keep(client, READY)
    stages = [(f"{stage.name} (Bookbinder)", stage.due_on) for stage in KeptStage.objects.all()]
    events = icalendar.Calendar.from_ical(client.get("/plan/calendar.ics").content).walk("VEVENT")
    assert [(str(event["SUMMARY"]), event["DTSTART"].dt) for event in events] == stages
    assert len(stages) == client.get("/plan/").content.decode().count('class="day"')


def test_a_newer_timeline_moves_what_is_not_done(client, plan):
    keep(client, READY)
    first, second = KeptStage.objects.all()
    KeptStage.objects.filter(pk=first.pk).update(done_on=first.due_on)
    keep(client, READY.replace("2027-01-11", "2027-02-11"))
    assert [stage.pk for stage in KeptStage.objects.all()] == [first.pk, second.pk]
    assert KeptStage.objects.get(pk=first.pk).due_on == first.due_on
    assert KeptStage.objects.get(pk=second.pk).due_on > second.due_on


def test_another_route_takes_the_place_of_the_stages(client, plan):
    keep(client, READY)
    codes = option_codes(diploma=0, years=5, papers=15)
    keep(client, f"{CHECK}keep/?a={codes}&hours=60&start=2027-01-11")
    assert {stage.route for stage in KeptStage.objects.all()} == {"route-1"}
    assert "Score: 80, now 40." in KeptResult.objects.get().changes()


def test_without_a_route_the_result_alone_is_kept(client, plan, monkeypatch):
    monkeypatch.setattr(fitting, "ways", lambda *args: fitting.Ways([], []))
    keep(client, READY)
    assert KeptResult.objects.exists()
    assert not KeptStage.objects.exists()


@pytest.mark.parametrize("query", ["", "?a=", "?a=zzzzz9", f"?a={SKILL_0}7", "?a=" + "x" * 3000])
def test_an_address_without_a_result_leads_to_the_check(client, plan, query):
    for page in (GAP, CHECK):
        for response in (client.get(f"{page}keep/{query}"), client.post(f"{page}keep/{query}")):
            assert response.status_code == 302
            assert response["Location"].startswith(page)
    assert not KeptResult.objects.exists()


def test_an_overlong_seen_is_refused(client, plan):
    assert client.post(FIRST, {"fingerprint": "x" * 17}).status_code == 422


def test_a_forged_form_is_refused(checks):
    assert Client(enforce_csrf_checks=True).post(FIRST, {"fingerprint": ""}).status_code == 403
    assert not Plan.objects.exists()


def test_export_then_import_gives_equal_results(client, plan):
    for address in (FIRST, BETTER, READY):
        keep(client, address)
    other = Client()
    assert upload(other, client.get("/plan/plan.json").content).status_code == 302
    assert other.get("/plan/plan.json").json() == client.get("/plan/plan.json").json()
    assert KeptResult.objects.count() == 4


def test_whatever_a_guide_says_its_results_can_be_imported(client, plan, checks):
    """Words that editors paste, and a route that takes longer than any calendar goes."""
    Guide.objects.update(title="Book\x0bbinder \x9f<script>")
    Skill.objects.update(name="Sew\x1fing <\x85>")
    Practice.objects.update(exercise="Sew\x7f it.")
    Step.objects.update(title="Le\x0carn")
    Stage.objects.update(hours=30_000)
    editions.publish(editions.save(checks))
    for address in (FIRST, BETTER, f"{CHECK}keep/?a={ANSWERS}&hours=1&start=2099-12-31"):
        assert keep(client, address).status_code == 302
    assert client.post("/plan/save/?guide=bookbinder", {"steps": "on"}).status_code == 302
    other = Client()
    assert upload(other, client.get("/plan/plan.json").content).status_code == 302
    assert other.get("/plan/plan.json").json() == client.get("/plan/plan.json").json()
    assert KeptResult.objects.filter(guide_name="Book binder  <script>").count() == 4


@pytest.mark.parametrize("wrong", [{"query": 'a"><script'}, {"score": 101}, {"tool": "x"}, {"guide": "../x"}])
def test_an_imported_result_is_checked(client, plan, wrong):
    keep(client, FIRST)
    content = client.get("/plan/plan.json").json()
    content["results"][0] |= wrong
    assert upload(Client(), json.dumps(content).encode()).status_code == 422
    assert KeptResult.objects.count() == 1


def test_taking_a_result_out_leaves_what_is_to_do(client, plan):
    keep(client, FIRST)
    kept = KeptResult.objects.get()
    page = client.get(f"{kept.get_absolute_url()}delete/")
    client.post(f"{kept.get_absolute_url()}delete/", {"fingerprint": page.context["fingerprint"]})
    assert not KeptResult.objects.exists()
    assert KeptGap.objects.count() == 2


def test_deleting_the_plan_deletes_its_results(client, plan):
    keep(client, FIRST)
    keep(client, READY)
    client.post("/plan/delete/")
    assert not any(model.objects.exists() for model in (KeptResult, KeptGap, KeptStage))


def test_gaps_are_in_the_packet(client, plan):
    keep(client, FIRST)
    assert "Gaps to close ☐ Skill 0 (Bookbinder) ☐ Skill 1 (Bookbinder)" in text_of(
        client.get("/plan/packet/?part=plan")
    )


def test_tasks_lead_to_what_they_name(client, plan):
    Stage.objects.filter(title="Practice").update(tool="toolkit/resume")
    editions.publish(editions.save(Guide.objects.get()))
    keep(client, FIRST)
    keep(client, READY)
    gap, stage = KeptGap.objects.get(skill="skill-0"), KeptStage.objects.get(name="Practice")
    assert gap.links() == [("In the guide", "/guides/bookbinder/steps/")]
    assert [address for _words, address in stage.links()] == [
        "/guides/bookbinder/routes/",
        "/guides/bookbinder/toolkit/resume/",
    ]
    page = client.get("/plan/").content.decode()
    for _words, address in [*gap.links(), *stage.links()]:
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200


def test_skills_learned_raise_the_next_gap(client, plan):
    keep(client, FIRST)
    assert KeptResult.objects.get().raised() is None
    KeptGap.objects.filter(skill="skill-0").update(done_on=timezone.localdate())
    raised = KeptResult.objects.get().raised()
    assert raised.count == 1
    assert raised.url == f"{GAP}?change={SKILL_0}1{SKILL_1}0"
    page = client.get("/plan/")
    assert "You have closed 1 gap since. Rate yourself again" in text_of(page)
    form = client.get(raised.url).context["form_errors"]
    assert not form
    keep(client, BETTER)
    assert KeptResult.objects.get().raised() is None


def test_what_changed_is_cut_at_a_whole_sentence():
    assert saving._within(["one", "two", "three"], 9) == "one\ntwo"


@pytest.mark.any_database
def test_pages_are_valid_html(client, plan, tmp_path):
    need_checker()
    documents = {address: client.get(address).content.decode() for address in (FIRST, READY)}
    for address in (FIRST, BETTER, READY):
        keep(client, address)
    documents |= {f"again {address}": client.get(address).content.decode() for address in (FIRST, READY, "/plan/")}
    documents |= {
        f"packet {part}": client.get(f"/plan/packet/?part={part}").content.decode()
        for part in ("summary", "results", "plan")
    }
    documents["fragment"] = FRAGMENT.format(client.get(FIRST, headers=IN_PLACE).content.decode())
    assert check_html(documents, tmp_path) == []
