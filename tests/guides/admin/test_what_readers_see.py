"""Whoever may not publish changes nothing that readers see, whatever kind of content they change or delete."""

import pytest
from django.contrib import admin
from django.test import Client

from guides.admin.versioned import VersionedAdmin
from guides.models import Section
from guides.registry.public_pages import is_same_for_everyone
from tests.addresses import Site, every_address

from .. import desk
from .test_forms import changeable_fields, is_editable

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
ASKED = ["/search/?q=glue", "/search/?q=paste", "/search/?q=half", "/glossary/", "/guides/bookbinder/sources/"]


def pages(site):
    """What readers see: every page that is the same for everyone, by its address."""
    reader, pages = Client(), {}
    addresses = [site.path(address) for address in every_address() if not address.route.startswith("admin/")]
    for address in [*addresses, *ASKED]:
        if is_same_for_everyone(address.partition("?")[0]):
            answer = reader.get(address)
            pages[address] = (answer.status_code, b"".join(answer) if answer.streaming else answer.content)
    return pages


def changed(before, after):
    return [address for address in before if before[address] != after[address]]


def test_an_editor_changes_nothing_that_readers_see():
    site, editor, walked = Site(), Client(), []
    site.sign_in(editor, "editor")
    before = pages(site)
    assert len(before) > 20
    for model, screen in admin.site._registry.items():
        if not isinstance(screen, VersionedAdmin):
            continue
        # Sections of each kind have a screen of their own; of the others, rows are alike.
        for row in model._default_manager.all()[: None if model is Section else 2]:
            opened = editor.get(desk.screen(row))
            if opened.status_code != 200 or not is_editable(opened):
                continue
            sent = desk.fields(opened)
            typed = {name: f"{sent[name][:20]} half" for _form, name in changeable_fields(opened, sent)}
            assert editor.post(desk.screen(row), sent | typed).status_code == 302, row
            walked.append(model)
        added = editor.get(desk.screen(model(pk=1)).replace("1/change", "add"), {"guide": site.guide.pk})
        assert added.status_code in {200, 403}, model
    assert len(set(walked)) >= 18
    assert not changed(before, pages(site))
    # Deleting, too: what refers to nothing and what nothing refers to.
    for model in dict.fromkeys(walked):
        for row in model._default_manager.all():
            editor.post(desk.screen(row).replace("change", "delete"), {"post": "yes"})
    assert not changed(before, pages(site))
