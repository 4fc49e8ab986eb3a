"""The page of a guide: what it has and lacks, each one click from where it is mended."""

import pytest
from django.urls import reverse

from guides.models import Guide, LinkVisit, Observation, Report
from guides.publishing import editions, new_guides
from guides.readiness.models import Area
from tests import factories
from tests.exercises.sample import make_exercises
from tests.readiness.sample import make_checks

from .. import desk


@pytest.fixture
def page(db):
    """What the overview of a guide says: its parts by slug."""
    guide = make_checks()
    make_exercises()
    return guide, desk.editor()


def overview(client, guide):
    response = client.get(desk.screen(guide))
    assert response.status_code == 200
    return response.context["overview"], response


def lacks(client, guide):
    """What is missing, by part."""
    shown, _response = overview(client, guide)
    return {part.slug: [str(lack.text) for lack in part.lacks] for part in shown.parts}


def test_every_part_says_what_there_is_and_every_link_leads_to_its_screen(page):
    guide, editor = page
    shown, _response = overview(editor, guide)
    assert {part.slug for part in shown.parts} == {
        "details", "outline", "figures", "links", "reports", "feedback", "readiness", "skills-gap", "stages",
        "resumes", "letters", "interview", "job-description", "exercises",
    }  # fmt: skip
    addresses = {item.url for part in shown.parts for item in part.items if item.url}
    addresses |= {lack.url for part in shown.parts for lack in part.lacks}
    addresses |= {part.add_url for part in shown.parts if part.add_url}
    assert len(addresses) > 30
    for address in addresses:
        assert editor.get(address).status_code == 200, address
    assert not any(part.stops for part in shown.parts)
    assert shown.next_step is None
    assert all(state == "published" for state in shown.states.values())


def test_what_is_missing_is_said_in_words_and_leads_to_its_form(page):
    guide, editor = page
    Area.objects.all().delete()
    guide.skill_practices.all().delete()
    guide.route_stages.all().delete()
    guide.coverletters.all().delete()
    guide.interviewquestions.all().delete()
    guide.resumeexamples.get().entries.all().delete()
    missing = lacks(editor, guide)
    assert missing["readiness"] == [
        "No area and no question: the button 'Check your readiness' is hidden from readers."
    ]
    assert missing["skills-gap"][0].startswith("2 skills have no way to close their gap")
    assert missing["stages"][0] == "The route 'Route 0' has no stages: readers get no dates for it."
    assert missing["letters"] == ["No cover letter: the toolkit leaves the letters out."]
    assert missing["resumes"] == ["'First resume' has no entries: readers see a name and a summary alone."]
    html = overview(editor, guide)[1].content.decode()
    assert f'href="{reverse("admin:readiness_area_add")}?guide={guide.pk}"' in html


def test_each_thing_missing_leads_to_the_field_or_list_that_lacks_it(page):
    guide, editor = page
    new = new_guides.begin(Guide(title="Paper maker", slug="paper-maker", occupation_code="51-9196"), usual()).guide
    open_figure = factories.make_figure(new.sections.get(slug="pay-outlook"), slug="open", label="Open")
    open_figure.observations.all().delete()
    points = guide.sections.get(kind="points")
    row = points.points.last()
    row.text = "A <loud> word"
    row.save()
    for each in (guide, new):
        editions.save(each)
        shown, _response = overview(editor, each)
        for lack in (lack for part in shown.parts for lack in part.lacks):
            address, _hash, place = lack.url.partition("#")
            assert not place or f'id="{place}"' in editor.get(address).content.decode(), lack
    urls = {str(lack.text): lack.url for part in overview(editor, new)[0].parts for lack in part.lacks}
    home = desk.screen(new)
    assert urls["The guide has no summary."] == f"{home}#id_summary"
    assert next(url for text, url in urls.items() if text.startswith("No other titles")) == f"{home}#titles-group"
    duties = desk.screen(new.sections.get(slug="responsibilities"))
    assert next(url for text, url in urls.items() if text.startswith("No duties")) == f"{duties}#points-group"
    assert next(url for text, url in urls.items() if text.startswith("No skills")).endswith("#skills-group")
    assert next(url for text, url in urls.items() if text.startswith("No routes")).endswith("#routes-group")
    # A figure without a value is missing among the figures.
    figures = next(part for part in overview(editor, new)[0].parts if part.slug == "figures")
    assert [lack.url for lack in figures.lacks if lack.stops] == [f"{desk.screen(open_figure)}#observations-group"]
    loud = next(lack for part in overview(editor, guide)[0].parts for lack in part.lacks if "<loud>" in str(lack.text))
    assert loud.url == f"{desk.screen(points)}#points-{points.points.count() - 1}"


def usual():
    """The headings that a new guide begins with."""
    return [planned.heading for planned in new_guides.outline()]


def test_the_outline_says_how_each_section_stands(page):
    guide, editor = page
    desk.save(editor, guide.sections.get(kind="text"), body="Other words.")
    point = guide.sections.get(kind="points").points.first()
    point.text = "Another duty."
    point.save()
    factories.make_section(guide, slug="new-one", position=99)
    draft = editions.save(guide)
    shown, response = overview(editor, guide)
    changed = {slug: state for slug, state in shown.states.items() if state != "published"}
    assert changed == {
        "text": "draft: readers see it as it was",
        "points": "draft: readers see it as it was",
        "new-one": "draft: readers see nothing of it",
    }
    assert "draft: readers see nothing of it" in response.content.decode().partition('id="sections-group"')[2]
    editions.submit(draft)
    assert overview(editor, guide)[0].states["text"] == "draft: readers see it as it was; submitted for review"


def test_what_keeps_it_from_readers_comes_first(page):
    guide, editor = page
    section = guide.sections.get(kind="text")
    guide.sections.filter(pk=section.pk).update(summary="", body="")
    editions.save(guide)
    shown, response = overview(editor, guide)
    assert [part.slug for part in shown.parts if part.stops] == ["outline"]
    assert shown.next_step.url.partition("#")[0] == desk.screen(section)
    assert "needed to publish" in response.content.decode()


def test_age_reports_and_links_stand_there(page):
    guide, editor = page
    Observation.objects.filter(figure__section__guide=guide).update(review_after="2020-01-01")
    Report.objects.create(guide="bookbinder", section="steps", text="A step is missing.")
    LinkVisit.objects.update_or_create(
        url="https://statistics.example/wages", defaults={"state": "gone", "failures": 2}
    )
    missing = lacks(editor, guide)
    assert missing["figures"][0] == "Median pay 0: past its review date, 2020-01-01; readers see a mark."
    assert missing["reports"] == ["Steps: A step is missing."]
    assert missing["links"] == ["https://statistics.example/wages: gone: the site says that there is no such page"]
