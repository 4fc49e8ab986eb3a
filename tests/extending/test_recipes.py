"""The app of docs/extending.md, written down from the document and tried end to end on a database of its own."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILE = re.compile(r"^`(?P<path>[\w/.]+)`\n```\w*\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """What the site answers once the document's app is installed: the output of try_recipes.py."""
    folder = tmp_path_factory.mktemp("extended")
    for written in FILE.finditer((ROOT / "docs" / "extending.md").read_text(encoding="utf-8")):
        path = folder / written["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written["text"], encoding="utf-8")
    (folder / "recipes" / "__init__.py").touch()
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
        "EXTRA_APPS": "recipes",
        "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}",
        "DATA_DIR": str(folder / "var"),
        "DJANGO_SETTINGS_MODULE": "careerguide.settings",
    }
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("try_recipes.py")],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_a_kind_of_section_with_its_own_rows(answers):
    assert "<li>Paste of wheat</li>" in answers["section"]
    assert answers["in_store"]["section"]
    assert answers["exported"] == ["Paste of wheat"]
    assert answers["reloaded"] == ["Paste of wheat"]
    assert answers["schema"] == ["section", "position", "name"]
    assert "glue-recipes" in answers["search"]
    assert answers["admin_form"] == 200
    assert answers["editors_may"] == ["add_recipe", "change_recipe", "delete_recipe", "view_recipe"]


def test_a_tool_has_its_page_and_its_address(answers):
    assert "Paste of wheat" in answers["tool"]
    assert answers["in_store"]["tool"]
    assert answers["tool_post"] == 405
    assert answers["reserved"]


def test_search_finds_what_it_declares(answers):
    assert answers["search_entry"] == ["/guides/bookbinder/cookbook/", "cookbook"]
    assert 'href="/guides/bookbinder/cookbook/"' in answers["search_page"]


def test_a_plan_holds_its_items(answers):
    assert answers["plan_new"] == 302
    assert answers["plan_export"] == ["Bread"]
    assert answers["plan_import"] == ["Bread"]
    assert "dishes" in answers["plan_schema"]


def test_an_importer_from_its_declaration(answers):
    assert "Bookbinders' guild, 2030: figures: 1 added" in answers["import_dry"]
    assert answers["import_dry"].endswith("Nothing was imported.\n")
    assert answers["dry_left"] == 0
    assert "figures: 1 added, 0 changed, 0 as before." in answers["import"]
    assert "Source: Guild of Bookbinders, 2030." in answers["import"]
    assert "figures: 0 added, 0 changed, 1 as before." in answers["import_again"]
    assert answers["raised"] == 1
    assert answers["compared"] == ["newer", "$41,000"]
    assert answers["source"] == ["guild-2030", "Guild", "Guild of Bookbinders", "CC BY 4.0", "https://guild.example/"]
    assert "Source: Guild of Bookbinders, 2030." in answers["credited"]
    assert answers["import_bad"].endswith(
        "guild.csv: line 2, column median: 'much' is not a number. Nothing was imported."
    )


def test_a_publisher_that_lacks_something_is_refused_and_no_other_stands_in_for_it(answers):
    assert answers["lacking"] == [
        "The publisher 'guild' lacks: credit.",
        "The publisher 'guild' lacks: read.",
        "The credit of the publisher 'guild' lacks its {edition}.",
        "'the guild' cannot name a publisher: take up to 20 of a-z, 0-9 and _.",
    ]
    assert "'oews' is taken already in publishers" in answers["publisher_taken"]
    assert answers["uninstalled"] == [True, []]


def test_what_an_app_lacks_or_takes_twice_is_refused(answers):
    assert "already" in answers["taken"]
    assert answers["gone"] == 404
    assert answers["section_without_its_app"] == 200
