"""Templates know no app that stands above theirs: what such an app adds comes by its Extension."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from django.utils.formats import date_format

from guides.registry import EXTENSIONS

ROOT = Path(__file__).parents[1] / "templates"
# Every app, lowest first: each may name those before it.
APPS = [
    "guides", "datasets", "plan", "occupations", "readiness", "exercises", "toolkit", "stories", "practice", "asking",
    "openings", "alerts",
]  # fmt: skip
# Folders of the app guides.
FOLDERS = {"guides": ["guides", "compare", "search", "reports", "feedback", "forms"]}
TOOL = re.compile(r"{% tool_url [^%]*%}")
DATE = re.compile(r"""\|(?:date|time):["']([^"']*)["']""")
# What machines read, and a weekday below its month: all else has a name in careerguide/formats.
FORMATS_SPELLED = {"Y-m-d", "Y-m", "Ym", "c", "M Y", "D j"}
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


def test_every_day_is_written_in_one_of_the_formats_that_have_a_name():
    written = {(page.name, each) for page in ROOT.rglob("*.html") for each in DATE.findall(page.read_text("utf-8"))}
    assert ("_days.html", "D j") in written
    assert not [each for each in written if not each[1].endswith("_FORMAT") and each[1] not in FORMATS_SPELLED]


def test_days_are_written_as_americans_write_them():
    day = datetime(2026, 11, 28, 14, 5)
    written = {name: date_format(day, name) for name in ["DATE_FORMAT", "SHORT_DATE_FORMAT", "MONTH_DAY_FORMAT"]}
    assert list(written.values()) == ["November 28, 2026", "Nov 28, 2026", "Nov 28"]
    assert date_format(day, "TIME_FORMAT") == "2:05 PM"
