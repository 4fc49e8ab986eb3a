"""What editors write: loaded, frozen, thawed, exported and edited like the rest of a guide."""

import json
import re
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from guides import freezing
from guides.models import Guide
from guides.publishing import diff, editions
from guides.readiness import answers, check, skills_gap
from guides.readiness.models import Area, Band, GuideRoutes, Option, Practice, Question, Stage
from guides.reading import reader
from guides.registry import content_models
from tests.guides import desk

FILES = sorted(settings.FIXTURES_DIR.glob("*.json"))
GUIDES = [path.stem.replace("_", "-") for path in FILES if path.stem not in content_models.SHARED.values()]


def test_the_checks_are_frozen_and_thawed_with_the_guide(checks):
    thawed = freezing.thaw(freezing.freeze(checks))
    questions = check.all_questions(thawed)
    assert [question.slug for question in questions] == ["diploma", "years", "papers"]
    assert [option.points for option in questions[2].options.all()] == [0, 15, 20]
    assert questions[0].area.guide is thawed
    assert [band.title for band in thawed.readiness_bands.all()] == ["At the start", "On the way", "Ready"]


def test_readers_see_the_published_questions_until_the_next_publishing(checks):
    Option.objects.update(points=1)
    assert check.all_questions(reader.live(checks.slug).guide)[2].options.all()[2].points == 20
    editions.publish(editions.save(checks))
    assert check.all_questions(reader.live(checks.slug).guide)[2].options.all()[2].points == 1


def test_restoring_brings_the_checks_back(checks):
    edition = checks.editions.first()
    Area.objects.all().delete()
    Practice.objects.all().delete()
    editions.restore(edition)
    assert Counter([Question.objects.count(), Option.objects.count()]) == Counter([3, 8])
    assert Practice.objects.get().skill == "skill-0"


@pytest.mark.parametrize(
    ("model", "change", "field"),
    [
        (Option, {"step": "no-such"}, "step"),
        (Option, {"routes": "route-0\nno-such"}, "routes"),
        (Option, {"points": 101}, "points"),
        (Stage, {"route": "no-such"}, "route"),
        (Practice, {"skill": "no-such"}, "skill"),
        (Practice, {"hours_from": 11}, "hours_from"),
        (Band, {"starts_at": 101}, "starts_at"),
    ],
)
def test_what_editors_write_must_fit_the_guide(checks, model, change, field):
    row = model.objects.first()
    for name, value in change.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError) as caught:
        row.full_clean()
    assert field in caught.value.message_dict


def test_a_question_has_its_name_once_in_a_guide(checks):
    with pytest.raises(ValidationError):
        Question(area=Area.objects.get(slug="school"), slug="years", text="Again?").full_clean()


def test_an_answer_has_its_name_once_in_a_guide(checks):
    with pytest.raises(ValidationError):
        Option(question=Question.objects.get(slug="years"), slug="diploma-0", text="None").full_clean()


def test_loading_twice_keeps_every_row(lta):
    before = {model: set(model.objects.values_list("pk", flat=True)) for model in (Question, Option, Practice)}
    call_command("load_guides", settings.FIXTURES_DIR / "library_aide.json", stdout=StringIO())
    assert {model: set(model.objects.values_list("pk", flat=True)) for model in before} == before


def test_what_changed_is_told_under_a_name_of_its_own(checks):
    before = freezing.freeze(checks)
    Option.objects.filter(slug="years-5").update(points=6)
    [change] = diff.compare(before, freezing.freeze(checks))
    assert (change.place, change.name) == ("Skills gap and readiness", "answer: Years 5")


def test_a_broken_fixture_changes_nothing_and_says_what_is_wrong(checks, tmp_path):
    plains = json.loads(json.dumps(freezing.freeze(checks, derived=False)))
    bad = next(plain for plain in plains["objects"] if plain["model"] == "readiness.practice")
    bad["fields"]["hours_from"] = 50
    file = tmp_path / "bad.json"
    file.write_text(json.dumps(plains["sources"] + plains["objects"]))
    errors = StringIO()
    with pytest.raises(CommandError):
        call_command("load_guides", str(file), stderr=errors)
    assert "readiness.practice" in errors.getvalue()
    assert "hours_from" in errors.getvalue()
    assert Practice.objects.get().hours_from == 5


def test_every_guide_has_its_questions_and_its_ways_to_close_gaps(lta):
    for slug in GUIDES:
        reading = reader.live(slug)
        questions = check.all_questions(reading.guide)
        assert len(questions) == 12 if slug == "library-technical-assistant" else 6 <= len(questions) <= 9
        assert len(check.areas(reading.guide)) == 5
        assert sum(max(option.points for option in question.options.all()) for question in questions) == 100
        assert min(band.starts_at for band in reading.guide.readiness_bands.all()) == 0
        skills = skills_gap.all_skills(reading)
        assert {practice.skill for practice in reading.guide.skill_practices.all()} == {skill.slug for skill in skills}
        routes = {stage.route for stage in reading.guide.route_stages.all()} - {""}
        assert routes == set(skills_gap.by_slug(reading, "routes"))


def test_every_answer_short_of_the_best_has_advice_and_no_two_codes_are_the_same(lta):
    for slug in GUIDES:
        reading = reader.live(slug)
        codes = [answers.code(skill.slug) for skill in skills_gap.all_skills(reading)]
        for question in check.all_questions(reading.guide):
            options = list(question.options.all())
            codes += [answers.code(question.slug, option.slug) for option in options]
            assert [option.points for option in options] == sorted(option.points for option in options)
            assert [bool(option.advice) for option in options] == [True] * (len(options) - 1) + [False]
        assert len(set(codes)) == len(codes)


def test_a_stage_of_practice_is_called_for_by_the_answers_to_one_question(lta):
    """Who has one of two things has its hours behind them: in one stage of both they would count."""
    for guide in Guide.objects.all():
        asked = {
            option.slug: question.slug
            for question in check.all_questions(guide)
            if question.skill
            for option in question.options.all()
        }
        for stage in guide.route_stages.all():
            assert len({asked[slug] for slug in stage.only_for.split() if slug in asked}) <= 1, stage


def test_export_gives_back_the_fixtures(lta, tmp_path):
    call_command("export_guides", str(tmp_path), stdout=StringIO())
    for guide in Guide.objects.all():
        name = f"{guide.slug.replace('-', '_')}.json"
        assert (Path(settings.FIXTURES_DIR) / name).read_text() == (tmp_path / name).read_text()


@pytest.mark.parametrize("model", [Area, Question, Band, Stage, Practice])
def test_an_editor_opens_and_saves_each_screen_and_the_save_is_an_edition(checks, model):
    editor = desk.editor()
    Stage.objects.filter(title="Learn").update(text="Changed")  # so that there is something new to freeze
    before = checks.editions.count()
    answer = desk.save(editor, model.objects.first())
    assert "was changed successfully" in answer.content.decode()
    assert checks.editions.count() == before + 1


def test_an_editor_finds_the_lists_and_gets_errors_by_field(checks):
    editor = desk.editor()
    for name in ["area", "question", "band", "stage", "practice"]:
        assert editor.get(f"/admin/readiness/{name}/").status_code == 200
        assert editor.get(f"/admin/readiness/{name}/add/").status_code == 200
    answer = desk.save(editor, Practice.objects.get(), skill="no-such")
    assert "no skill with the short name" in desk.errors(answer)["skill"][0]
    assert Practice.objects.get().skill == "skill-0"


def test_all_stages_of_a_guide_are_edited_on_one_screen_with_three_typical_people(lta):
    editor, routes = desk.editor(), GuideRoutes.objects.get(slug="library-aide")
    before = routes.editions.count()
    opened = editor.get(desk.screen(routes))
    page = " ".join(re.sub(r"<[^>]*>", " ", opened.content.decode()).split())
    for who in ["Someone who begins", "Someone half-way", "Someone who is ready"]:
        assert who in page
    sent = desk.fields(opened)
    assert sent["route_stages-TOTAL_FORMS"] == str(routes.route_stages.count())
    [name] = [name for name, value in sent.items() if value == "One season as a volunteer"]
    weeks = name.replace("-title", "-least_weeks")
    refused = desk.save(editor, routes, **{weeks: "600"})
    assert desk.errors(refused)[weeks]
    saved = desk.save(editor, routes, **{weeks: "30", weeks.replace("least", "likely"): "40"})
    assert "was changed successfully" in saved.content.decode()
    assert Stage.objects.get(guide=routes, title="One season as a volunteer").least_weeks == 30
    assert routes.editions.count() == before + 1
    [begins, _half, _ready] = saved.context["people"]
    [fit] = [fit for fit in begins.fits if fit.route.slug == "volunteer-to-aide"]
    [season] = [dated for dated in fit.timeline.stages if dated.title == "One season as a volunteer"]
    assert (season.end - season.start).days == 30 * 7
    # Readers see it once it is published.
    live = reader.live("library-aide").guide.route_stages.all()
    assert 30 not in [stage.least_weeks for stage in live]


def test_what_is_typed_on_the_screen_of_routes_is_shown_without_being_saved(lta):
    editor, routes = desk.editor(), GuideRoutes.objects.get(slug="library-aide")
    sent = desk.fields(editor.get(desk.screen(routes)))
    [name] = [name for name, value in sent.items() if value == "One season as a volunteer"]
    count, before = int(sent["route_stages-TOTAL_FORMS"]), routes.editions.count()
    address = f"/admin/readiness/guideroutes/{routes.pk}/people/"

    def season_of(response):
        [fit] = [fit for fit in response.context["people"][0].fits if fit.route.slug == "volunteer-to-aide"]
        return {dated.title: (dated.end - dated.start).days // 7 for dated in fit.timeline.stages}

    typed = sent | {name.replace("-title", "-least_weeks"): "30"}
    new = {"title": "Read a book", "route": "volunteer-to-aide", "setting": "own", "hours": "0", "least_weeks": "5"}
    new |= {
        "likely_weeks": "0",
        "terms": "0",
        "needs_diploma": "on",
        "position": "0",
        "id": "",
        "guide": str(routes.pk),
    }
    typed |= {f"route_stages-{count}-{field}": value for field, value in new.items()}
    typed["route_stages-TOTAL_FORMS"] = str(count + 1)
    people = editor.post(address, typed, headers={"HX-Request": "true"})
    assert season_of(people)["One season as a volunteer"] == 30
    assert season_of(people)["Read a book"] == 5
    assert "<html" not in people.content.decode()
    assert "Nothing of it is saved" in people.content.decode()
    gone = editor.post(address, sent | {name.replace("-title", "-DELETE"): "on"})
    assert "One season as a volunteer" not in season_of(gone)
    assert "<html" in gone.content.decode()
    refused = editor.post(address, sent | {name.replace("-title", "-least_weeks"): "600"})
    assert refused.status_code == 422
    assert "One season as a volunteer, Weeks, at least" in refused.content.decode()
    assert (routes.editions.count(), Stage.objects.filter(least_weeks=30).count()) == (before, 0)
    assert editor.get(address).status_code == 405


def test_publishers_and_editors_alone_have_the_screen_of_routes(checks, client):
    routes = GuideRoutes.objects.get()
    assert client.get(desk.screen(routes)).status_code == 302
    assert desk.publisher().get(desk.screen(routes)).status_code == 200
    assert desk.publisher("pete").get("/admin/readiness/guideroutes/").status_code == 200
