"""A new guide: from a blank with its sections, and from a copy of another one."""

import pytest
from django.urls import reverse
from lxml import html

from guides.models import Guide
from guides.publishing import checks, editions, new_guides
from tests import factories

from .. import desk

START = "/admin/guides/guide/start/"
NEW = {"title": "Paper maker", "slug": "", "occupation_code": "51-9196", "field_of_work": "Crafts"}


@pytest.fixture
def editor(guide):
    return desk.editor()


def test_a_blank_has_its_sections_and_its_page_says_what_is_missing(editor):
    assert 'href="/admin/guides/guide/start/"' in editor.get(reverse("admin:guides_guide_changelist")).content.decode()
    usual = editor.get(START).context["form"].initial["headings"].splitlines()
    assert "Skills and qualifications" in usual
    page = editor.post(START, NEW | {"headings": f"{usual[0]}\r\n\r\nPlan \r\n{usual[2]}"}, follow=True)
    made = Guide.objects.get(slug="paper-maker")
    assert page.redirect_chain == [(desk.screen(made), 302)]
    wholes = made.sections.filter(parent=None)
    assert list(wholes.values_list("heading", "kind", "slug")) == [
        ("The role", "text", "role"), ("Plan", "text", "plan-2"), ("How to get there", "steps", "how-to-become"),
    ]  # fmt: skip
    assert made.sections.filter(parent__slug="role").count() == 2
    shown = page.context["overview"]
    assert shown.next_step.stops
    assert "The guide has no summary." in [lack.text for part in shown.parts for lack in part.lacks]
    assert editions.newest(made).author == editor.user


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"title": ""}, "title"),
        ({"occupation_code": "nonsense"}, "occupation_code"),
        ({"headings": ""}, "headings"),
        ({"headings": "x" * 101}, "headings"),
        ({"headings": "\n".join(map(str, range(41)))}, "headings"),
        ({"copy_of": "999999"}, "copy_of"),
    ],
)
def test_what_is_wrong_is_said_and_makes_nothing(editor, changes, where):
    answer = editor.post(START, NEW | {"headings": "One"} | changes)
    assert answer.status_code == 422
    assert where in answer.context["form"].errors
    assert Guide.objects.count() == 1


def test_a_second_one_of_that_name_gets_an_address_of_its_own(editor):
    editor.post(START, NEW | {"title": "Bookbinder", "headings": "One"})
    assert Guide.objects.filter(slug="bookbinder-2").exists()


def test_a_copy_has_all_of_it_and_leads_to_itself(editor, guide):
    guide.sections.filter(kind="text").update(body="See [the steps](/guides/bookbinder/steps/).")
    editor.post(START, NEW | {"copy_of": guide.pk, "occupation_code": guide.occupation_code})
    made = Guide.objects.get(slug="paper-maker")
    assert made.title == "Paper maker"
    assert made.sections.get(kind="text").body == "See [the steps](/guides/paper-maker/steps/)."
    for name in ("sections", "titles", "coverletters", "resumeexamples", "interviewquestions"):
        assert getattr(made, name).count() == getattr(guide, name).count(), name
    assert not made.former_addresses.exists()
    assert guide.sections.count() == made.sections.count()
    editions.publish(editions.newest(made))


def test_a_copy_says_what_nobody_has_read_for_the_new_job_yet(editor, guide):
    Guide.objects.filter(pk=guide.pk).update(reviewed_on="2025-01-31")
    guide.refresh_from_db()
    editions.save(guide)
    editor.post(START, NEW | {"copy_of": guide.pk, "occupation_code": guide.occupation_code})
    made = Guide.objects.get(slug="paper-maker")
    assert made.reviewed_on.isoformat() == "2025-01-31", "nobody has reviewed it today"
    page = editor.get(desk.screen(made))
    shown = page.context["overview"]
    unread = [lack for part in shown.parts for lack in part.lacks if lack.is_unread]
    assert len(unread) == made.sections.count() + 1
    assert shown.next_step in unread
    # Whoever saves one, or marks it as reviewed, has looked at it.
    desk.save(editor, made.sections.get(kind="text"), body="Words of its own.")
    marked = made.sections.get(kind="steps")
    editor.post(f"/admin/guides/section/review/?section={marked.pk}", {"reviewed_on": "2026-01-01"})
    after = {lack.text for part in editor.get(desk.screen(made)).context["overview"].parts for lack in part.lacks}
    gone = {lack.text for lack in unread} - after
    assert {text.partition(":")[0] for text in gone} == {made.sections.get(kind="text").heading, marked.heading}
    # A guide that readers never saw is among its author's drafts.
    front = html.fromstring(editor.get("/admin/").content.decode())
    own = [link.text for link in front.xpath("//section[@aria-labelledby='my-drafts']//li/a")]
    assert str(editions.newest(made)) in own


def test_figures_of_another_job_come_without_their_values(guide):
    official, own = guide.sections.get(kind="figures").figures.all()
    official.occupation_codes = "51-5113"
    official.save()
    made = new_guides.copy(guide, Guide(**NEW | {"slug": "paper-maker"})).guide
    copied = made.sections.get(kind="figures").figures.get(slug=official.slug)
    assert (copied.occupation_codes, copied.observations.count()) == ("51-9196", 0)
    assert made.sections.get(kind="figures").figures.get(slug=own.slug).observations.count() == 2
    said = [problem.message for problem in checks.errors(editions.newest(made))]
    assert said == [f"The figure '{official.label}' has no observation, so no value and no source."]


def test_an_unfinished_draft_is_not_copied_and_says_why(editor, guide):
    factories.make_section(guide, slug="open", summary="")
    answer = editor.post(START, NEW | {"copy_of": guide.pk})
    assert "It cannot be copied while its draft is unfinished" in str(answer.context["form"].errors["copy_of"])
    assert Guide.objects.count() == 1
