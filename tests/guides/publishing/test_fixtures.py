"""Fixtures into the rows and back: whole or not at all, with a line for every fault."""

import json
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from guides import freezing
from guides.models import Edition, Guide, Point, Source
from guides.publishing import editions
from guides.registry import content_models
from guides.toolkit.models import ResumeEntry, ResumeExample

LABELS = ["guides.source", "guides.guide", *(content.label for content in content_models.CONTENT_MODELS)]


def counts():
    return {label: apps.get_model(label).objects.count() for label in LABELS} | {"editions": Edition.objects.count()}


def load(*paths, **options):
    out = StringIO()
    call_command("load_guides", *map(str, paths), stdout=out, stderr=out, **options)
    return out.getvalue()


@pytest.fixture
def exported(guide, tmp_path):
    """The folder that the small guide was exported to."""
    call_command("export_guides", str(tmp_path / "one"), stdout=StringIO())
    return tmp_path / "one"


@pytest.fixture
def objects(exported):
    """The small guide as a fixture's list of objects, and a way to write a changed one."""
    return json.loads((exported / "bookbinder.json").read_text())


def written(folder, objects):
    path = folder / "changed.json"
    path.write_text(objects if isinstance(objects, str) else json.dumps(objects))
    return path


def test_export_load_export_gives_identical_files(exported, tmp_path):
    Guide.objects.all().delete()
    Source.objects.all().delete()
    load(*exported.glob("*.json"), publish=True)
    call_command("export_guides", str(tmp_path / "two"), stdout=StringIO())
    for path in exported.iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_the_shipped_fixtures_survive_the_round_trip(lta, tmp_path, settings):
    call_command("export_guides", str(tmp_path), stdout=StringIO())
    for path in settings.FIXTURES_DIR.glob("*.json"):
        assert json.loads(path.read_text()) == json.loads((tmp_path / path.name).read_text()), path.name


def test_loading_twice_adds_nothing(exported):
    load(*exported.glob("*.json"), publish=True)
    before = counts()
    load(*exported.glob("*.json"), publish=True)
    assert counts() == before


def test_loading_replaces_the_guide_whole_and_keeps_its_editions(guide, objects, tmp_path):
    kept = [plain for plain in objects if plain["model"] != "guides.point"]
    message = load(written(tmp_path, kept))
    assert "drafts" in message
    assert Point.objects.count() == 0
    assert Edition.objects.live().get().number == 1, "what is live stays live until the draft is published"
    load(written(tmp_path, kept), publish=True)
    assert Edition.objects.live().get().number == 2


def change(model, **fields):
    """Return a change to a fixture: the first object of `model` gets these fields."""

    def apply(objects):
        next(plain for plain in objects if plain["model"] == f"guides.{model}")["fields"].update(fields)
        return objects

    return apply


def repeat(model):
    """Return a change to a fixture: the first object of `model` stands twice."""

    def apply(objects):
        return [*objects, next(plain for plain in objects if plain["model"] == f"guides.{model}")]

    return apply


FAULTS = {
    "unknown kind": (change("section", kind="poem"), "kind: Value 'poem' is not a valid choice."),
    "reserved address": (change("section", slug="print"), "'print' is an address of the site itself"),
    "missing guide": (lambda objects: objects[1:], "no guide"),
    "missing section": (change("point", section=["bookbinder", "nowhere"]), "there is no valid section"),
    "missing source": (change("observation", source=["nobody"]), "there is no valid source nobody"),
    "no parent": (change("point", section=None), "section"),
    "text too long": (change("point", text="x" * 2000), "text: Ensure this value has at most 1500 characters"),
    "low above high": (change("route", months_from=30), "months_from: 30 is above 24"),
    "range of an observation": (change("observation", low=9, high=1), "low: 9 is above 1"),
    "duplicate slug": (repeat("step"), "has a row with that short name already"),
    "duplicate section": (repeat("section"), "has a section with that address already"),
    "guide twice": (repeat("guide"), "stands in the files twice"),
    "number for a word": (change("route", months_to="many"), "months_to:"),
    "impossible date": (change("guide", reviewed_on="2026-02-31"), "reviewed_on:"),
    "not a currency": (change("figure", currency="dollars"), "currency:"),
    "not a code": (change("guide", occupation_code="librarian"), "occupation_code: An occupation code has the form"),
    "unknown tool": (change("toollink", tool="magic"), "There is no tool 'magic'"),
    "unknown field": (change("step", colour="red"), "colour: there is no such field"),
    "list for a word": (change("step", title=["a"]), "title: must be a plain value"),
    "word for a reference": (change("step", section="steps"), "section: must be a list of names"),
    "NUL": (change("step", title="a\0b"), "title: must be a plain value without NUL"),
    "unknown model": (lambda objects: [*objects, {"model": "auth.user", "fields": {}}], "unknown model 'auth.user'"),
    "not an object": (lambda objects: [*objects, "guide"], 'must be an object with "model" and "fields"'),
    "huge number": (change("careerlevel", years_from=10**30), "years_from:"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_broken_fixture_changes_nothing_and_says_where(guide, objects, tmp_path, name):
    alter, expected = FAULTS[name]
    before, frozen = counts(), freezing.freeze(guide)
    path = written(tmp_path, alter(objects))
    err = StringIO()
    with pytest.raises(CommandError, match="nothing was loaded") as caught:
        call_command("load_guides", str(path), stderr=err)
    assert caught.value.returncode == 1
    assert any(line.startswith("changed.json: object ") and expected in line for line in err.getvalue().splitlines())
    assert counts() == before
    assert freezing.freeze(Guide.objects.get()) == frozen


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("{", "invalid JSON"),
        ("[" * 100_000, "nested too deeply"),
        ('{"model": "guides.guide"}', "must hold a list"),
        (b"\xff\xfe", "is not UTF-8"),
        (None, "cannot be read"),
    ],
)
def test_an_unreadable_file_is_named(db, tmp_path, content, expected):
    path = tmp_path / "odd.json"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    err = StringIO()
    with pytest.raises(CommandError):
        call_command("load_guides", str(path), stderr=err)
    assert "odd.json" in err.getvalue()
    assert expected in err.getvalue()


def test_one_bad_file_keeps_the_good_ones_out(exported, tmp_path, guide):
    guide.delete()
    with pytest.raises(CommandError):
        load(*exported.glob("*.json"), written(tmp_path, "[{}]"))
    assert Guide.objects.count() == 0


def test_two_rows_of_one_short_name_each_keep_their_own_place(guide, tmp_path):
    """The short name of a resume's entry is its example's: another example may have an entry of the same one."""
    for slug in ("first-job", "career-changer"):
        words = dict.fromkeys(("title", "situation", "name", "headline", "city", "summary", "why"), slug)
        example = ResumeExample.objects.create(guide=guide, slug=slug, **words)
        ResumeEntry.objects.create(example=example, slug="degree", part="education", title=slug)
    first, second = editions.save(guide), {entry.pk: entry.title for entry in ResumeEntry.objects.all()}
    editions.restore(first)
    assert {entry.pk: entry.title for entry in ResumeEntry.objects.all()} == second
