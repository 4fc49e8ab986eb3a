"""How tests use the editors' screens: as a signed-in person who opens a page, changes fields and saves."""

from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from lxml import html

from guides.registry.groups import EDITORS, PUBLISHERS


def sign_in(name, group):
    """Return a client signed in as a new member of `group`."""
    user = User.objects.create_user(name, password="correct horse battery", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    client.user = user
    return client


def editor(name="ed"):
    return sign_in(name, EDITORS)


def publisher(name="pat"):
    return sign_in(name, PUBLISHERS)


def screen(obj):
    """The address of the screen that edits `obj`."""
    return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk])


def fields(response):
    """What a browser would send back if nothing were changed on the page of `response`, its buttons left out."""
    page = html.fromstring(response.content.decode())
    [form] = [form for form in page.forms if form.get("id", "").endswith("_form")]
    for field in form.xpath(".//input[not(@value)][not(@type='checkbox')]"):
        field.set("value", "")
    result = {}
    for name, value in form.form_values():
        is_text = isinstance(form.inputs[name], html.TextareaElement)
        # A line end right behind <textarea> is none of the text.
        result.setdefault(name, []).append(value.removeprefix("\n") if is_text else value)
    return {name: values[0] if len(values) == 1 else values for name, values in result.items()}


def save(client, obj, **changes):
    """Open the screen of `obj`, change fields and save; return the answer, redirects followed."""
    opened = client.get(screen(obj))
    assert opened.status_code == 200
    return client.post(screen(obj), fields(opened) | changes | {"_continue": "1"}, follow=True)


def errors(response):
    """Every error on the page, `{field: [sentences]}`."""
    errors = dict(response.context["adminform"].form.errors)
    for inline in response.context["inline_admin_formsets"]:
        for form in inline.formset.forms:
            errors |= {f"{form.prefix}-{name}": list(messages) for name, messages in form.errors.items()}
    return errors
