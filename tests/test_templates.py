"""Templates know no app that stands above theirs: what such an app adds comes by its Extension."""

import re
from pathlib import Path

import pytest

from guides.registry import EXTENSIONS

ROOT = Path(__file__).parents[1] / "templates"
# Every app, lowest first: each may name those before it.
APPS = ["guides", "datasets", "plan", "occupations", "readiness", "exercises", "toolkit"]
# Folders of the app guides.
FOLDERS = {"guides": ["guides", "compare", "search", "reports", "forms"]}
TOOL = re.compile(r"{% tool_url [^%]*%}")
NAME_WITH_APP = re.compile(r"""["'](\w+)[/:][\w./-]+["']""")


@pytest.mark.parametrize("app", APPS)
def test_no_template_names_an_app_above_its_own(app):
    above = set(APPS[APPS.index(app) + 1 :])
    pages = [page for folder in FOLDERS.get(app, [app]) for page in (ROOT / folder).rglob("*.html")]
    assert pages
    # A tool is asked for by its key in the registry.
    texts = {page.relative_to(ROOT): TOOL.sub("", page.read_text(encoding="utf-8")) for page in pages}
    wrong = [f"{page}: {name}" for page, text in texts.items() for name in NAME_WITH_APP.findall(text) if name in above]
    assert not wrong


def test_every_app_with_an_extension_has_its_place_in_the_order():
    assert {label for label in EXTENSIONS if label != "careerguide"} <= set(APPS)
