"""README and docs say what is true: links lead somewhere, and every command, path and setting that they name exists."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

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
