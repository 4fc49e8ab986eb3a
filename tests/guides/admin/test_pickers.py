"""Nobody types a code in the admin: every form is walked, and what wants one offers it by name."""

import re

import pytest
from django import forms
from django.contrib import admin
from django.db.models import SlugField
from django.test import Client
from django.urls import reverse

from guides.admin import pickers
from guides.datasets.models import CheckedFigure
from guides.models import Figure
from guides.models.figures import occupation_codes
from guides.models.guide import soc_code
from guides.models.rows import currency_code
from guides.readiness.models import Option, Question, Stage
from guides.registry import content_models
from tests.addresses import Site

from .. import desk

pytestmark = pytest.mark.django_db

# What a row is called itself is no code of something else.
OWN = {"slug"}
CODES = [soc_code, occupation_codes, currency_code]
SPEAKS_OF_CODES = re.compile(r"\b(short names?|codes (an|of|that)|address below the guide)\b", re.IGNORECASE)


def wants_code(field, db_field):
    """Whether a field of a form is to hold what something else is known by."""
    if db_field.name in OWN:
        return False
    is_named = isinstance(db_field, SlugField) or bool(SPEAKS_OF_CODES.search(str(field.help_text)))
    return is_named or any(rule in CODES for rule in db_field.validators)


def is_typed(field):
    return isinstance(field.widget, forms.TextInput | forms.Textarea)


def shown_forms(response):
    yield response.context["adminform"].form
    for inline in response.context["inline_admin_formsets"]:
        yield inline.formset.empty_form


def pages(client, site):
    """Every form of the admin that can be opened: of a new row, and of one that is there."""
    for model, screen in admin.site._registry.items():
        if model is CheckedFigure:  # a list alone
            continue
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        addresses = [reverse(f"{name}_add", query={"guide": site.guide.pk})] if content_models.content_of(model) else []
        addresses += [reverse(f"{name}_add")]
        row = screen.model._default_manager.order_by("-pk").first()
        addresses += [reverse(f"{name}_change", args=[row.pk])] if row else []
        for address in addresses:
            response = client.get(address)
            if response.status_code == 200 and "adminform" in (response.context or {}):
                yield model, address, response


def test_no_form_wants_a_code_to_be_typed():
    site, client = Site(), Client()
    site.sign_in(client, "superuser")
    typed, walked, chosen = [], set(), set()
    for model, address, response in pages(client, site):
        walked.add(model)
        for form in shown_forms(response):
            for name, field in form.fields.items():
                db_fields = {each.name: each for each in form._meta.model._meta.concrete_fields}
                if name in db_fields and not field.disabled and wants_code(field, db_fields[name]):
                    (typed.append if is_typed(field) else chosen.add)(f"{form._meta.model._meta.label}.{name}")
                    if is_typed(field):
                        typed[-1] += f" at {address}"
    assert not typed, "\n".join(sorted(set(typed)))
    assert len(walked) > 25
    # The walk has met what it is about: it finds fields that are chosen by name.
    assert {"guides.Guide.occupation_code", "guides.Figure.occupation_codes", "readiness.Option.leads_to"} <= chosen


def test_what_is_chosen_is_stored_as_before(db):
    site, client = Site(), Client()
    site.sign_in(client, "editor")
    figure = Figure.objects.filter(section__guide=site.guide).first()
    field = pickers.picker(Figure._meta.get_field("occupation_codes"))
    codes = [code for code, _name in field.choices][:2]
    assert field.clean(codes) == " ".join(codes)
    assert field.prepare_value("51-5113 25-4031") == ["51-5113", "25-4031"]
    page = client.get(reverse("admin:guides_figure_change", args=[figure.pk]))
    assert page.context["adminform"].form.fields["currency"].choices[1] == ("USD", "US Dollar (USD)")


def test_a_name_that_is_gone_is_kept_and_said(db):
    site, client = Site(), Client()
    site.sign_in(client, "editor")
    Stage.objects.filter(guide=site.guide).update(tool="no-such-tool")
    stage = Stage.objects.filter(guide=site.guide).first()
    page = client.get(reverse("admin:readiness_stage_change", args=[stage.pk])).content.decode()
    assert "no-such-tool: no longer there" in page


class TestSuggested:
    """Short names and places that are left empty."""

    @pytest.fixture
    def start(self, db):
        site, client = Site(), Client()
        site.sign_in(client, "editor")
        return site.guide, client

    def add(self, client, model, guide, rows=(), **fields):
        address = reverse(f"admin:{model}_add", query={"guide": guide.pk})
        sent = desk.fields(client.get(address)) | fields
        response = client.post(address, sent)
        return response, (desk.errors(response) if response.status_code == 200 else None)

    def test_a_question_with_its_answers_is_added_at_once(self, start):
        guide, client = start
        area = guide.readiness_areas.first()
        for _time in range(2):
            response, errors = self.add(
                client, "readiness_question", guide, area=area.pk, text="Can you fold?",
                **{"options-0-text": "Yes", "options-0-points": "10", "options-1-text": "No"},
            )  # fmt: skip
            assert response.status_code == 302, errors
        questions = Question.objects.filter(text="Can you fold?").order_by("pk")
        assert list(questions.values_list("slug", flat=True)) == ["can-you-fold", "can-you-fold-2"]
        options = Option.objects.filter(question__in=questions).order_by("pk")
        assert list(options.values_list("slug", "position")) == [("yes", 1), ("no", 2), ("yes-2", 1), ("no-2", 2)]
        last = area.questions.order_by("-position").first()
        assert last == questions[1]
        assert last.position == questions[0].position + 1

    def test_what_was_typed_by_hand_is_refused_where_it_is_taken(self, start):
        guide, client = start
        response, errors = self.add(
            client, "guides_section", guide, heading="Pay", slug="text", summary="So.", kind="text"
        )
        assert "This guide has a section with that address already." in str(errors)
        response, errors = self.add(
            client, "guides_section", guide, heading="Text", slug="text", summary="So.", kind="text"
        )
        assert response.status_code == 302, errors
        assert guide.sections.filter(slug="text-2").exists()

    def test_a_row_is_added_without_a_name_or_a_place(self, start):
        guide, client = start
        words = {"title": "Second letter", "situation": "You.", "body": "Dear [name],", "why": "Short."}
        response, errors = self.add(client, "toolkit_coverletter", guide, **words)
        assert response.status_code == 302, errors
        letter = guide.coverletters.get(slug="second-letter")
        assert letter.position == 1
