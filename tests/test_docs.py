"""README and docs say what is true: links lead somewhere, and every command, path and setting that they name exists."""

import os
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

from guides.registry import Extension

ROOT = Path(settings.BASE_DIR)
PAGES = [
    ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "benchmarks/README.md")
]
PAGES += sorted((ROOT / "docs").glob("*.md"))
LINK = re.compile(r"\]\((?!https?://|glossary:)([^)#\s]*)(?:#([^)\s]*))?\)")
# A file or folder of the project, named from its root.
PATH = re.compile(r"`((?:careerguide|guides|templates|static|fixtures|tests|deploy|docs|benchmarks|scripts)/[\w./-]*)`")


def anchors(text):
    """The anchors of a page's headings, as repositories make them."""
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.fixture(params=PAGES, ids=lambda path: path.name)
def document(request):
    return request.param


def test_links_lead_somewhere(document):
    text = document.read_text(encoding="utf-8")
    for path, anchor in LINK.findall(text):
        target = document.parent / path if path else document
        assert target.exists(), f"{document.name}: {path}"
        if anchor:
            assert anchor in anchors(target.read_text(encoding="utf-8")), f"{document.name}: #{anchor}"


def test_commands_and_paths_exist(document):
    text = document.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)(?=[`\s,.]*(?:`|$|\s{2,}#))", text, re.MULTILINE)) <= targets
    commands = set(re.findall(r"manage\.py ([a-z_]+)", text)) | set(re.findall(r"`careerguide ([a-z_]+)", text))
    assert commands <= set(get_commands())
    for module in re.findall(r"python -m (benchmarks[.\w]*|scripts[.\w]*)", text):
        assert (ROOT / f"{module.replace('.', '/')}.py").exists(), module
    for path in PATH.findall(text):
        assert (ROOT / path).exists(), f"{document.name}: {path}"


COMMAND_LINE = re.compile(r"(?:manage\.py|(?<=`)careerguide|^ {4}careerguide) ([a-z_]+)([^`#,;\n]*)", re.MULTILINE)


def test_command_lines_have_only_options_that_there_are(document):
    for name, rest in COMMAND_LINE.findall(document.read_text(encoding="utf-8")):
        parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
        options = set(re.findall(r"--[a-z-]+", rest))
        assert options <= set(parser._option_string_actions), f"{document.name}: {name}{rest}"


def test_every_command_that_pages_name_is_run_by_a_test():
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    own = {name for name, _rest in COMMAND_LINE.findall(text) if not get_commands()[name].startswith("django.")}
    assert len(own) > 12
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))
    assert [name for name in sorted(own) if f'"{name}"' not in tests] == []


def test_everything_that_an_app_can_add_is_in_the_docs():
    text = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8")
    missing = [each.name for each in fields(Extension) if not re.search(rf"\b{each.name}\b", text)]
    assert missing == []


# Where each target that pages name is run, or what it runs.
TARGETS = {
    "check": (".ci/run", "make lint"),  # and tests that `make test` runs
    "dev": ("tests/scripts/test_run.py", '"scripts.prepare"'),
    "editor": ("tests/scripts/test_run.py", '"scripts.prepare"'),
    "help": ("tests/test_docs.py", 'run_make("help")'),
    "lint": (".ci/run", "make lint"),
    "run": ("tests/scripts/test_run.py", '"scripts.run"'),
    "superuser": ("tests/scripts/test_run.py", '"scripts.prepare"'),
    "test": (".ci/run", "make test"),
}


def test_every_target_that_pages_name_is_run_by_a_test_or_before_a_change_lands():
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert {target for target in targets if re.search(rf"(?:`|    )make {target}\b", text)} == TARGETS.keys()
    for file, command in TARGETS.values():
        assert command in (ROOT / file).read_text(encoding="utf-8"), file


def test_every_benchmark_that_pages_name_starts():
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    names = sorted(set(re.findall(r"python -m (benchmarks\.\w+)", text)))
    assert len(names) > 5
    # To run them takes minutes and a quiet machine: that they load and say what they take is seen in one process.
    code = """
import contextlib, runpy, sys
for name in sys.argv[1:]:
    sys.argv = [name, "--help"]
    with contextlib.suppress(SystemExit):
        runpy.run_module(name, run_name="__main__")
"""
    command = [sys.executable, "-c", code, *names]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.count("usage: ") == len(names), result.stderr


def test_make_knows_what_to_do_for_each_target_and_says_how_long_it_takes():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):", makefile, re.MULTILINE)
    told = run_make("help").splitlines()
    assert [line.split()[0] for line in told] == targets
    # What only tells, and what waits for a person, takes no time.
    assert [line for line in told if not line.endswith(")") and line.split()[0] != "help"] == []
    for target in targets:
        assert run_make("--dry-run", target)


def test_every_long_form_is_told_of():
    said = run_make("--dry-run", "-o", ".venv/.dev", "faults")
    together = set(re.findall(r" (tests/[\w/]+\.py)", said))
    files = {f"tests/faults/{path.name}" for path in (ROOT / "tests" / "faults").glob("test_*.py")}
    text = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([\w/]+\.py)` ", text, re.MULTILINE)) == together | files


def run_make(*arguments):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    command = ["make", "--no-print-directory", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout


def test_every_setting_is_explained():
    code = "".join((ROOT / "careerguide" / name).read_text() for name in ("settings.py", "environment.py"))
    names = set(re.findall(r"environment\.\w+\(\"([A-Z_]+)\"", code)) | set(
        re.findall(r"environ\.get\(\"([A-Z_]+)\"", code)
    )
    assert len(names) > 8
    hosting = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
    assert not [name for name in names if f"`{name}`" not in hosting]


def test_the_readme_is_one_screen():
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < 60
