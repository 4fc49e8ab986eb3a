"""Every kind of section is complete: rows that exist, a template, a line in docs/editing.md."""

import re

import pytest
from django.conf import settings
from django.template.loader import get_template

from guides.models import Section
from guides.registry.kinds import KINDS


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_kind_has_its_template_its_rows_and_its_line(kind):
    get_template(kind.template)
    editing = (settings.BASE_DIR / "docs" / "editing.md").read_text()
    assert re.search(rf"^\| `{kind.slug}` \|", editing, re.MULTILINE)
    if kind.rows:
        assert Section._meta.get_field(kind.rows).related_model


def test_no_template_without_a_kind():
    templates = {path.stem for path in (settings.BASE_DIR / "templates/guides/kinds").glob("*.html")}
    assert {name for name in templates if not name.startswith("_")} == set(KINDS)
