"""The style sheets: what stands where, that they are joined whole, and that they hold for browsers that know less."""

import re
import shutil
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder

from careerguide.style_sheets import JoiningStaticFilesStorage

SHEETS = settings.BASE_DIR / "static" / "css"
COMPONENTS = sorted((SHEETS / "components").glob("*.css"))
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
IMPORT = re.compile(r'@import url\("([^"]+)"\) layer\(\w+\);')
VALUE = re.compile(r"[\w-]+:\s*([^;{}]+);")
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(rgb|hsl|hwb|lab|lch|oklab|oklch)a?\(|(?<![\w-])(black|white|gr[ae]y|silver|red|orange|gold|"
    r"yellow|green|teal|blue|navy|purple|pink|brown|maroon)(?![\w-])",
    re.IGNORECASE,
)
CLASS = re.compile(r"\.([a-z][\w-]*)")


def read(sheet):
    return COMMENT.sub("", sheet.read_text(encoding="utf-8"))


def test_every_sheet_of_a_component_or_page_is_imported_once():
    imported = [name for entry in ("site", "tools") for name in IMPORT.findall(read(SHEETS / f"{entry}.css"))]
    sheets = [sheet for folder in ("components", "pages") for sheet in (SHEETS / folder).glob("*.css")]
    assert sorted(name for name in imported if "/" in name) == sorted(str(each.relative_to(SHEETS)) for each in sheets)
    assert imported[:3] == ["tokens.css", "base.css", "layout.css"]


def test_colours_stand_in_the_tokens_alone_and_rules_win_by_layer():
    faults = []
    for sheet in SHEETS.rglob("*.css"):
        text, name = read(sheet), sheet.relative_to(SHEETS)
        if "!important" in text:
            faults.append(f"{name}: !important")
        if sheet.name != "tokens.css":
            faults += [f"{name}: {value}" for value in VALUE.findall(text) if COLOUR.search(value)]
            # A relative address would be wrong in the sheet that this one is joined with.
            faults += [f"{name}: an address" for _place in re.findall(r"(?<!@import )url\(", text)]
    assert not faults


def test_every_color_has_its_value_by_day_for_browsers_without_light_dark():
    themed, _, plain = (SHEETS / "tokens.css").read_text().partition("@supports not (color: light-dark(")
    by_day = dict(re.findall(r"(--[\w-]+): light-dark\(([^,]+),", themed))
    assert len(by_day) > 10
    assert dict(re.findall(r"(--[\w-]+): (#\w+);", plain.partition("\n  }\n")[0])) == by_day


class ComponentClasses(HTMLParser):
    """Collects the classes that stand in each section of the style page."""

    def __init__(self):
        super().__init__()
        self.classes, self.name = {}, None

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        names = (given.get("class") or "").split()
        if "style" in names:
            self.name = given["id"]
        self.classes.setdefault(self.name, set()).update(names)


@pytest.mark.urls("tests.style_urls")
def test_the_style_page_shows_every_class_of_every_component(client):
    style_page = ComponentClasses()
    style_page.feed(client.get("/style/").content.decode())
    missing = {
        sheet.stem: classes
        for sheet in COMPONENTS
        if (classes := own_classes(sheet) - style_page.classes.get(sheet.stem, set()))
    }
    assert not missing, missing


def own_classes(sheet):
    """The classes in the selectors of a component's sheet."""
    text = re.sub(r'"[^"]*"', "", read(sheet))
    selectors = re.findall(r"([^;{}]+)\{", text)
    return {name for selector in selectors if not selector.strip().startswith("@") for name in CLASS.findall(selector)}


def test_without_debug_there_is_no_style_page(client, db):
    assert client.get("/style/").status_code == 404


def test_collected_sheets_are_joined_and_minified(tmp_path):
    shutil.copytree(settings.BASE_DIR / "static", tmp_path, dirs_exist_ok=True)
    storage = JoiningStaticFilesStorage(location=tmp_path, base_url="/static/")
    sheets = {name: (source, name) for name, source in FileSystemFinder().list([])}
    assert not [fault for _name, _hashed, fault in storage.post_process(sheets) if isinstance(fault, Exception)]
    site, tools = ((tmp_path / storage.stored_name(f"css/{name}.css")).read_text() for name in ("site", "tools"))
    for text in (site, tools):
        assert "@import" not in text
        assert "\n" not in text.strip()
    # In the order of the layers, each class of each component, and the fonts under their collected names.
    first = [re.search(rf"@layer {layer}\b", site).start() for layer in ("base", "layout", "components", "print")]
    assert first == sorted(first)
    assert {name for sheet in COMPONENTS for name in own_classes(sheet)} <= set(CLASS.findall(site + tools))
    fonts = re.findall(r'url\("?([^")]+)"?\)', site)
    assert len(fonts) == 4
    for font in fonts:
        assert re.search(r"\.[0-9a-f]{12}\.woff2$", font)
        assert (tmp_path / "css" / font).is_file()
    # Its parts get no address of their own.
    assert "css/components/button.css" not in storage.hashed_files
    assert {"css/site.css", "css/tools.css", "css/admin.css"} <= set(storage.hashed_files)
    # A script stands with those that it imports, each in a block of its own, and without comments.
    guide, plan = ((tmp_path / storage.stored_name(f"js/{name}.js")).read_text() for name in ("guide", "plan"))
    for script, own, imported in (
        (guide, "const home = ", "const TERMS = "),
        (plan, "const FLAG = ", "const FORMS = "),
    ):
        assert script.startswith("{\n")
        assert 0 < script.index(imported) < script.index("\n}\n") < script.index(own)
        assert not re.search(r"^\s*//|^import ", script, re.MULTILINE)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/guides/", "/plan/", "/privacy/"])
def test_a_page_needs_at_most_two_sheets(client, address):
    page = client.get(address).content.decode()
    assert 1 <= len(re.findall(r'<link rel="stylesheet"', page)) <= 2
