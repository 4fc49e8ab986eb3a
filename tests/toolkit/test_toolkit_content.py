"""What editors write: the rows, their screens, and what fixtures/ holds."""

import re

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.urls import reverse

from guides import freezing
from guides.models import Guide
from guides.reading import reader
from guides.registry import EXTENSIONS
from guides.registry.groups import EDITORS
from guides.toolkit.letters.draft import PLACE
from guides.toolkit.models import CoverLetter, InterviewQuestion, ResumeEntry, ResumeExample

pytestmark = pytest.mark.django_db

WRITTEN = [content.label for content in EXTENSIONS["toolkit"].content_models]
WRITTEN.remove("toolkit.resumeline")


def test_the_rows_are_frozen_and_thawed(guide):
    frozen = freezing.freeze(guide)
    thawed = freezing.thaw(frozen)
    example = thawed.resumeexamples.all()[0]
    assert [entry.slug for entry in example.entries.all()] == ["club", "shop", "school", "paper", "hand"]
    assert example.entries.all()[0].lines.all()[0].text == "Sewed 40 books (club)"
    assert [row.slug for row in thawed.interviewquestions.all()] == ["ask-0", "ask-1", "ask-2"]
    assert thawed.coverletters.all()[0].slug == "first-job"


def test_readers_see_the_edition_and_not_the_draft(client, guide):
    ResumeExample.objects.update(title="Draft")
    assert "Draft" not in client.get("/guides/bookbinder/toolkit/resume/").content.decode()


def test_a_date_that_is_none_is_refused(guide):
    entry = ResumeEntry.objects.first()
    entry.starts = "May 2024"
    with pytest.raises(ValidationError) as refused:
        entry.full_clean()
    assert "starts" in refused.value.message_dict


@pytest.mark.parametrize("label", WRITTEN)
def test_an_editor_works_on_every_kind_of_row(client, guide, label):
    editor = User.objects.create_user("ed", password="x", is_staff=True)
    editor.groups.add(Group.objects.get(name=EDITORS))
    client.force_login(editor)
    name = label.replace(".", "_")
    page = client.get(reverse(f"admin:{name}_changelist"))
    assert page.status_code == 200
    row = apps.get_model(label).objects.first()
    address = reverse(f"admin:{name}_change", args=[row.pk])
    assert client.get(address).status_code == 200
    assert client.get(reverse(f"admin:{name}_add")).status_code == 200


def test_saving_a_letter_is_an_edition(client, guide, admin_user):
    client.force_login(admin_user)
    letter = CoverLetter.objects.get()
    address = reverse("admin:toolkit_coverletter_change", args=[letter.pk])
    page = client.get(address)
    form = page.context["adminform"].form
    values = {name: value for name, value in form.initial.items() if value is not None}
    values |= {field.html_name: field.value() for field in form if field.value() is not None}
    response = client.post(address, values | {"title": "Another title", "comment": "Clearer"})
    assert response.status_code == 302, response.context["adminform"].form.errors
    newest = Guide.objects.get().editions.first()
    assert newest.comment == "Clearer"
    assert "Another title" in str(newest.content)


def test_the_first_guides_set_is_complete(lta):
    guide = reader.live("library-technical-assistant").guide
    assert len(guide.resumeexamples.all()) >= 4
    assert len(guide.coverletters.all()) >= 4
    questions = guide.interviewquestions.all()
    assert len(questions) >= 40
    assert {row.group for row in questions} == set(InterviewQuestion.Group.values)
    assert {row.difficulty for row in questions} == set(InterviewQuestion.Difficulty.values)
    assert all(text for row in questions for _label, text in row.outline)


def test_every_other_guide_has_a_set_of_its_own(lta):
    for slug in Guide.objects.values_list("slug", flat=True):
        guide = reader.live(slug).guide
        assert guide.resumeexamples.all(), slug
        assert guide.coverletters.all(), slug
        # What stands in brackets is a place to fill: none is too long for one.
        assert not [row for row in guide.coverletters.all() if "[" in PLACE.sub("", row.body)], slug
        assert len(guide.interviewquestions.all()) >= 8, slug
        assert guide.jobphrases.all(), slug
        assert guide.wordings.all(), slug


NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
# 'three years of', 'for six years'; not 'once in two years'.
STRETCH = re.compile(rf"\b(?P<count>{'|'.join(NUMBERS)}|\d+) years?\b", re.IGNORECASE)


def test_the_years_that_an_example_tells_of_are_those_of_its_entries(lta):
    """Each number of years is that of an entry, or of entries that follow each other, give or take one."""
    for slug in Guide.objects.values_list("slug", flat=True):
        guide = reader.live(slug).guide
        for example in guide.resumeexamples.all():
            dated = [entry for entry in example.entries.all() if entry.starts]
            spans = [(months(entry.starts), months(entry.ends or guide.reviewed_on.isoformat())) for entry in dated]
            lengths = {(end - start) / 12 for start, _end in spans for _start, end in spans if end > start}
            for count in STRETCH.findall(f"{example.situation} {example.summary}"):
                number = NUMBERS.index(count.lower()) + 1 if count.lower() in NUMBERS else int(count)
                assert any(abs(length - number) < 1 for length in lengths), (slug, example.name, count, lengths)
            assert all(not entry.ends or entry.starts <= entry.ends for entry in dated), (slug, example.name)


def months(text):
    return int(text[:4]) * 12 + int(text[5:7] or 1)
