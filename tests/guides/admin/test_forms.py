"""Every form of the admin, walked as a browser sends it: what is changed is stored, and an older copy is refused."""

from collections import defaultdict

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.test import Client

from guides import freezing
from guides.admin.versioned import VersionedAdmin
from guides.datasets.models import (
    CheckedFigure,
    Dataset,
    ImportedObservation,
    OccupationTitle,
    Projection,
    WageEstimate,
)
from guides.exercises.models import ExerciseEdition
from guides.models import Batch, Edition, Feedback, LinkVisit, PageCount, Section, SharedEdition, ShippedContent
from guides.models.shared import Reviewed
from guides.occupations.models import OccupationListing
from guides.publishing import shared_editions
from guides.registry import content_models
from tests.addresses import Site

from .. import desk

pytestmark = pytest.mark.django_db

# Nobody types these.
MACHINERY = {"version", "comment"}
# What imports and readers write.
READ_ONLY = {
    Dataset,
    Feedback,
    ImportedObservation,
    LinkVisit,
    OccupationListing,
    OccupationTitle,
    PageCount,
    Projection,
    WageEstimate,
}
# What an upload gives, which is a field of its screen.
MADE_OF_UPLOADS = {"guides.picture": {"file", "width", "height"}}
WORDS = (MaxLengthValidator, ProhibitNullCharactersValidator)


@pytest.fixture(scope="module")
def screens():
    """Every model with a screen for one row. The pages of editions and of batches take steps and a release's asks for
    choices, which tests of their own walk, and what axes logs cannot be changed."""
    left_out = {
        Batch,
        CheckedFigure,
        Edition,
        ExerciseEdition,
        SharedEdition,
        ShippedContent,
        AccessAttempt,
        AccessFailureLog,
        AccessLog,
    }
    return [model for model in admin.site._registry if model not in left_out]


def people(site):
    """A client for each kind of person who works in the admin."""
    clients = {role: Client() for role in Site.ROLES[1:]}
    for role, client in clients.items():
        site.sign_in(client, role)
    return clients


def changeable(form, sent):
    """The name, as the page sends it, of the first field of `form` that takes any words; None where there is none."""
    for name, field in form.fields.items():
        sent_as = form.add_prefix(name)
        if type(field) is forms.CharField and sent_as in sent and name not in MACHINERY and not field.disabled:
            rules = form._meta.model._meta.get_field(name).validators
            if all(isinstance(rule, WORDS) for rule in rules):
                return sent_as
    return None


def changeable_fields(response, sent):
    """What can be changed on a screen: a field of its own, and one of the first row of each list. (form, name)."""
    inlines = [inline.formset for inline in response.context["inline_admin_formsets"] if inline.has_change_permission]
    lists = [formset.initial_forms for formset in inlines]
    forms = [response.context["adminform"].form, *(rows[0] for rows in lists if rows)]
    fields = [(form, changeable(form, sent)) for form in forms]
    return [(form, name) for form, name in fields if name]


def stored(form, name):
    """The value that the database holds now, in the draft where the row itself is what readers see."""
    field = name.removeprefix(f"{form.prefix}-") if form.prefix else name
    if isinstance(form.instance, Reviewed):
        draft = shared_editions.with_draft(type(form.instance).objects.get(pk=form.instance.pk))
        return str(getattr(draft, field))
    return str(type(form.instance)._base_manager.values_list(field, flat=True).get(pk=form.instance.pk))


def test_every_form_is_saved_by_everyone_who_may(screens):
    site, wrong, walked = Site(), [], set()
    clients = people(site)
    for model in screens:
        row = model.objects.order_by("-pk").first()
        for role, client in clients.items():
            opened = client.get(desk.screen(row))
            if opened.status_code == 200 and is_editable(opened):
                is_first = model not in walked
                walked.add(model)
                wrong += [f"{role}, {model._meta.label}: {fault}" for fault in faults(client, row, opened, is_first)]
    assert not wrong, "\n".join(wrong)
    assert set(screens) - walked == READ_ONLY


def is_editable(opened):
    """Whether the screen lets this person change anything: a field of its own, or a row of a list."""
    form, lists = opened.context["adminform"].form, opened.context["inline_admin_formsets"]
    own = set(form.fields) - MACHINERY
    return opened.context["has_change_permission"] and bool(own or any(each.has_change_permission for each in lists))


def faults(client, row, opened, with_older_copy):
    """Save what was `opened` with a change in each list, then an older copy of it: yield what went wrong."""
    older = desk.fields(opened)
    chosen = changeable_fields(opened, older)
    if not chosen:
        yield "nothing on this screen can be changed"
        return
    typed = {name: f"{older[name][:20]} x".strip() for _form, name in chosen}
    answer = client.post(desk.screen(row), older | typed)
    if answer.status_code != 302:
        yield f"not saved, {answer.status_code}: {desk.errors(answer)}"
        return
    for form, name in chosen:
        if stored(form, name) != typed[name]:
            yield f"{name} is {stored(form, name)!r}, not {typed[name]!r}"
    if with_older_copy:
        form, name = chosen[-1]
        refused = client.post(desk.screen(row), older | {name: "An older copy"})
        if refused.status_code != 409 or stored(form, name) != typed[name]:
            yield f"an older copy with another {name} was answered {refused.status_code}"
        elif (page := refused.content.decode()).count("An older copy") < 2 or typed[name] not in page:
            yield f"not both texts of {name} are shown"


def test_every_screen_that_changes_anything_refuses_older_copies(screens, rf):
    request = rf.get("/")
    request.user = User(is_superuser=True, is_active=True, is_staff=True)
    for model in screens:
        screen = admin.site.get_model_admin(model)
        if screen.has_change_permission(request) and set(screen.get_form(request).base_fields) - MACHINERY:
            assert isinstance(screen, VersionedAdmin), model


def test_whatever_loading_takes_stands_on_a_form(screens):
    """Nothing of a guide is out of its editors' reach once a file was loaded."""
    client, reached = people(Site())["editor"], defaultdict(set)
    rows = [model.objects.order_by("-pk").first() for model in screens if model is not Section]
    for row in [*rows, *Section.objects.all()]:
        opened = client.get(desk.screen(row))
        if opened.status_code == 200:
            inlines = [inline.formset.empty_form for inline in opened.context["inline_admin_formsets"]]
            for form in [opened.context["adminform"].form, *inlines]:
                reached[form._meta.model].update(form.fields)
    for content in content_models.CONTENT_MODELS:
        names = {field.name for field in freezing.fields_of(content.model)}
        assert names - {content.parent} - MADE_OF_UPLOADS.get(content.label, set()) <= reached[content.model], content
