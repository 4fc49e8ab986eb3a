"""The editors' screens for imported data."""

import json
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.http import QueryDict
from django.urls import reverse
from lxml import html

from guides.datasets import warnings
from guides.datasets.models import Dataset, HandbookEntry, ImportedObservation
from guides.models import Figure, Observation, UnsavedText
from guides.publishing import checks, editions
from tests import factories
from tests.kept_rows import kept, put_back

from .conftest import IMPORTED
from .files import make_oews, make_onet, make_ooh

FIGURES = "/admin/datasets/checkedfigure/"
USE = f"{FIGURES}use/"


def make_imports():
    with TemporaryDirectory() as name:
        folder = Path(name)
        for command, path in [
            ("import_oews", make_oews(folder / "survey.xlsx")),
            ("import_ooh", make_ooh(folder / "table.csv")),
            ("import_onet", make_onet(folder / "onet")),
        ]:
            call_command(command, str(path), stdout=StringIO(), stderr=StringIO())


def make_figure():
    """Import, and publish a guide with one figure, which is older."""
    make_imports()
    guide = factories.make_guide()
    Figure.objects.all().delete()
    fields = {"measure": "pay", "statistic": "median", "unit": "currency", "currency": "USD"}
    figure = guide.sections.get(kind="figures").figures.create(
        slug="median", label="Median pay", occupation_codes="25-4031", **fields
    )
    factories.make_observation(figure, value=38400, period="May 2023", year=2023)
    editions.publish(editions.save(guide))


kept_imports = kept(make_imports, *IMPORTED)
kept_figure = kept(make_figure, *IMPORTED)


@pytest.fixture
def imported(db, request):
    if "figure" in request.fixturenames:
        put_back(request.getfixturevalue("kept_figure"), make_figure)
    else:
        put_back(request.getfixturevalue("kept_imports"), make_imports)


@pytest.fixture
def editor(client, imported):
    """A browser in which an editor is logged in."""
    user = User.objects.create_user("edith", is_staff=True)
    user.groups.add(Group.objects.get(name="Editors"))
    client.force_login(user)
    return client


@pytest.fixture
def figure(imported):
    return Figure.objects.get()


def newest():
    return ImportedObservation.objects.get(codes="25-4031", measure="pay", statistic="median")


def test_the_list_shows_what_disagrees_with_its_credit(editor, figure):
    page = editor.get(FIGURES).content.decode()

    assert "$38,400 (May 2023, Office)" in page
    assert "$39,970 (May 2024, BLS wage survey (OEWS))" in page
    assert "newer data is out" in page
    assert "Use the newer figure for Median pay, Bookbinder" in page
    assert "Source: U.S. Bureau of Labor Statistics, Occupational Employment and Wage Statistics, May 2024." in page


def test_the_list_is_ordered_by_disagreement_or_by_age(editor, figure):
    section = figure.section
    older = factories.make_figure(section, 3, label="Older")
    older.observations.update(year=1999)
    section.figures.create(slug="none", label="Without", measure="other", statistic="total", unit="count")

    def labels(address):
        return [line["figure"].label for line in editor.get(address).context["lines"]]

    assert labels(FIGURES) == ["Median pay", "Without", "Older"]
    assert labels(f"{FIGURES}?by=age") == ["Without", "Older", "Median pay"]


@pytest.mark.parametrize("query", ["by=name", "p=x", "p=0"])
def test_a_bad_address_is_answered_400(editor, query):
    assert editor.get(f"{FIGURES}?{query}").status_code == 400


def test_the_list_costs_a_constant_number_of_queries(editor, figure, django_assert_max_num_queries):
    for number in range(20):
        factories.make_figure(figure.section, number + 5)

    with django_assert_max_num_queries(16):
        editor.get(FIGURES)


def looked_at(client, *figures, by="age"):
    """The page that shows what newer figures would change, and the form that it sends."""
    response = client.get(f"{USE}?by={by}&" + "&".join(f"f={figure.pk}" for figure in figures))
    page = html.fromstring(response.content.decode())
    [form] = [form for form in page.forms if form.action == USE]
    return response.content.decode(), form.form_values()


def send(client, values, **more):
    data = QueryDict(mutable=True)
    for name, value in values:
        data.appendlist(name, value)
    data.update(more)
    several = {name: data.getlist(name) for name in ("take", "with", "with_figure", "f")}
    return client.post(USE, data.dict() | several, follow=True)


def test_an_editor_sees_what_changes_and_uses_the_newer_figure(editor, figure):
    guide = figure.section.guide
    guide.sections.filter(kind="text").update(
        summary="Half earn more than {figure:figures/median} ({figure:figures/median period}). So they say.",
        body="It was [$38,400](/glossary/) once.",
    )
    before = guide.editions.count()
    page, form = looked_at(editor, figure)
    assert "<del>Half earn more than $38,400 (May 2023).</del>" in page
    assert "<ins>Half earn more than $39,970 (May 2024).</ins>" in page
    assert "So they say" not in page
    assert "“It was $38,400 once.” holds the old value by hand" in page
    assert guide.editions.count() == before
    assert figure.observations.count() == 1

    response = send(editor, form)
    edition = guide.editions.first()
    assert response.redirect_chain == [(f"/admin/guides/batch/{edition.batch.pk}/change/", 302)]
    assert "In the draft of Bookbinder: Median pay now says $39,970." in response.content.decode()
    assert [each.value for each in Figure.objects.get().history] == [39970, 38400]
    # The sentence that held the old value by hand names the figure now: publishing does not stop at it.
    assert guide.sections.get(kind="text").body == "It was [{figure:figures/median}](/glossary/) once."
    assert checks.errors(edition) == []
    assert edition.author.username == "edith"
    assert edition.comment == "Taken over from imported data: Median pay (May 2024)"


def test_many_are_used_at_once_one_edition_a_guide(editor, figure):
    section, guide = figure.section, figure.section.guide
    fields = {"measure": "employment", "statistic": "total", "unit": "count", "occupation_codes": "25-4031"}
    jobs = section.figures.create(slug="jobs", label="Jobs", **fields)
    factories.make_observation(jobs, value=70_000, period="May 2023", year=2023)
    other = factories.make_guide("printer").sections.get(kind="figures").figures.create(
        slug="median", label="Median pay", measure="pay", statistic="median", unit="currency", currency="USD",
        occupation_codes="25-4031",
    )  # fmt: skip
    factories.make_observation(other, value=38_000, period="May 2023", year=2023)
    editions.save(other.section.guide)
    before = {each.pk: each.editions.count() for each in (guide, other.section.guide)}
    page = html.fromstring(editor.get(FIGURES).content.decode())
    [listed] = [form for form in page.forms if form.get("id") == "use-newer"]
    assert len(page.xpath("//input[@name='f'][@form='use-newer']")) == 3
    assert listed.action == USE
    form = [each for each in html.fromstring(editor.get(f"{USE}?all=1").content.decode()).forms if each.action == USE]
    response = send(editor, form[0].form_values())

    told = " ".join(response.content.decode().split())
    assert "Median pay now says $39,970; Jobs now says 73,770." in told
    for each in (guide, other.section.guide):
        assert each.editions.count() == before[each.pk] + 1
    assert guide.editions.first().comment.endswith("Median pay (May 2024), Jobs (May 2024)")
    assert editor.get(f"{USE}?all=1").content.decode().count("No newer figure is out") == 1


@pytest.mark.parametrize(
    ("typed", "written", "reads"),
    [
        ("Half earn $38,400.", "Half earn {figure:figures/median}.", "Half earn $39,970."),
        (
            "By May 2023 it was $38,400 or more.",
            "By {figure:figures/median period} it was {figure:figures/median} or more.",
            "By May 2024 it was $39,970 or more.",
        ),
        ("In spring 2023 it was $38,400.", "In spring 2023 it was {number:$38,400}.", "In spring 2023 it was $38,400."),
        ("- It *is* 38,400\n  dollars. And so on.", "- It *is* {figure:figures/median}\n  dollars. And so on.", ""),
    ],
)
def test_sentences_that_hold_a_value_by_hand_are_put_in_other_words(editor, figure, typed, written, reads):
    text = figure.section.guide.sections.get(kind="text")
    text.body = typed
    text.save()
    page, form = looked_at(editor, figure)
    assert reads in page
    send(editor, form)
    text.refresh_from_db()
    assert text.body == written


def test_a_value_and_a_sentence_are_corrected(editor, figure):
    text = figure.section.guide.sections.get(kind="text")
    text.body = "Half earn more than {figure:figures/median}. So they say."
    text.save()
    figure.observations.update(note="Without tips.")
    _page, form = looked_at(editor, figure)
    [name] = [name for name, _value in form if name.startswith("words-")]
    field = f"figure-{figure.pk}-value"
    sent = [(key, value) for key, value in form if key not in {name, field}]
    assert send(editor, [*sent, (field, "many")]).status_code == 422
    unlikely = send(editor, [*sent, (field, "4097000"), (name, "Some earn {figure:figures/median}.")])
    assert unlikely.status_code == 422
    assert "10 times or more" in unlikely.content.decode()
    assert "Some earn {figure:figures/median}." in unlikely.content.decode()
    assert figure.observations.count() == 1
    assert send(editor, [*sent, (field, "40970"), (name, "Some earn {figure:figures/median}.")]).status_code == 200
    text.refresh_from_db()
    assert text.body == "Some earn {figure:figures/median}. So they say."
    figure.refresh_from_db()
    assert figure.leading.value == 40970
    expected = "Corrected by hand; the imported data says $39,970. Noted of May 2023: Without tips."
    assert figure.leading.note == expected


def test_what_was_typed_is_given_back_where_somebody_was_faster(editor, figure):
    text = figure.section.guide.sections.get(kind="text")
    text.body = "Half earn more than {figure:figures/median}."
    text.save()
    _page, form = looked_at(editor, figure)
    [name] = [name for name, _value in form if name.startswith("words-")]
    text.body = "Eve: half earn {figure:figures/median}."
    text.save()
    sent = [(key, value) for key, value in form if key != name]
    answer = send(editor, [*sent, (name, "My own words for {figure:figures/median}.")])
    assert answer.status_code == 409
    assert "My own words for {figure:figures/median}." in answer.content.decode()
    assert "Nothing was changed" in answer.content.decode()
    text.refresh_from_db()
    assert text.body == "Eve: half earn {figure:figures/median}."
    assert figure.observations.count() == 1


def test_all_or_none_are_used(editor, figure):
    jobs = figure.section.figures.create(
        slug="jobs", label="Jobs", measure="employment", statistic="total", unit="count", occupation_codes="25-4031"
    )
    factories.make_observation(jobs, value=70_000, period="May 2023", year=2023)
    _page, form = looked_at(editor, figure, jobs)
    ImportedObservation.objects.filter(measure="employment", codes="25-4031").delete()
    response = send(editor, form)
    assert "Nothing was changed" in response.content.decode()
    assert Observation.objects.count() == 2


def test_a_second_press_changes_nothing(editor, figure):
    _page, form = looked_at(editor, figure)
    for _press in range(2):
        response = send(editor, form)

    assert "Nothing was changed" in response.content.decode()
    assert figure.observations.count() == 2


def test_a_correction_is_kept_as_it_is_typed_and_given_back(editor, figure):
    _page, form = looked_at(editor, figure)
    values = dict(form) | {f"figure-{figure.pk}-value": "39999"}
    values.pop("take")
    key, typed = "a" * 32, [[name, value] for name, value in values.items() if not name.startswith("_")]
    kept = editor.post("/admin/unsaved/", {"key": key, "address": USE, "typed": json.dumps(typed)})
    assert kept.status_code == 204
    assert "newer figures" in editor.get("/admin/").content.decode()
    # Whichever figures the page is opened for next, the text is offered there, with those that it is about.
    assert "39999" in editor.get(USE).content.decode()
    taken = html.fromstring(editor.post(USE, {"_take_back": key}).content.decode())
    assert taken.xpath(f"//input[@name='figure-{figure.pk}-value']/@value") == ["39999"]
    assert taken.xpath("//input[@name='_unsaved']/@value") == [key]
    assert figure.observations.count() == 1
    # Sent without a figure ticked it stands there still.
    refused = html.fromstring(editor.post(USE, values | {"_unsaved": key}).content.decode())
    assert refused.xpath(f"//input[@name='figure-{figure.pk}-value']/@value") == ["39999"]
    assert UnsavedText.objects.waiting().exists()


def test_choosing_nothing_changes_nothing(editor, figure):
    assert "Nothing was chosen" in editor.post(USE, {"by": "age"}, follow=True).content.decode()
    assert "No newer figure is out" in editor.get(USE).content.decode()
    assert figure.observations.count() == 1


def test_an_older_observation_that_still_leads_is_told(editor, figure):
    figure.observations.update(period="2024", year=2024)
    _page, form = looked_at(editor, figure)
    assert "an older observation leads" in send(editor, form).content.decode()


def series(**values):
    """Import earlier years of the technicians' median."""
    for year, value in values.items():
        dataset = Dataset.objects.create(form="oews", edition=f"May {year[1:]}", file_name=f"national_M{year[1:]}.xlsx")
        fields = {"entry": "25-4031", "codes": "25-4031", "title": "Library Technicians", "measure": "pay"}
        ImportedObservation.objects.create(
            dataset=dataset, statistic="median", unit="currency", value=value, period=f"May {year[1:]}",
            year=int(year[1:]), **fields,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda figure: None, None),
        (lambda figure: figure.observations.update(value=3840), "10 times or more"),
        (lambda figure: series(y2020=35000, y2021=37400, y2022=37800), None),
        (
            lambda figure: series(y2020=38000, y2021=38100, y2022=38200),
            "From $38,400 to $39,970 it is 4.1 percent more in a year; "
            "from 2020 to 2023 it never changed by more than 0.5 percent a year.",
        ),
        (
            lambda figure: Dataset.objects.filter(form="oews").update(file_name="national_M2023_dl.xlsx"),
            "national_M2023",
        ),
        (lambda figure: factories.make_source("bls-oews-2024", title="Survey of May 2022"), "Survey of May 2022"),
    ],
)
def test_what_is_out_of_line_is_told_and_not_chosen(editor, figure, change, said):
    change(figure)
    page, form = looked_at(editor, figure)
    taken = [name for name, _value in form if name == "take"]
    if said is None:
        assert "Out of line" not in page
        assert taken
    else:
        assert "Out of line" in page
        assert said in page
        assert not taken


@pytest.mark.parametrize("sent", [{"take": "x"}, {"take": "1"}, {"take": ["1-2", "1-"]}, {"take": "9" * 30 + "-1"}])
def test_a_bad_form_changes_nothing(editor, figure, sent):
    assert editor.post(USE, sent).status_code == 400
    assert figure.observations.count() == 1


@pytest.mark.parametrize("query", ["?f=x", "?f=0", "?f=999999", "?by=name"])
def test_a_bad_address_of_newer_figures_is_answered_400(editor, figure, query):
    assert editor.get(f"{USE}{query}").status_code == 400
    assert "Nothing was changed" in editor.post(USE, {"take": "0-0"}, follow=True).content.decode()


def test_others_are_refused(client, figure):
    client.force_login(User.objects.create_user("sam", is_staff=True))

    assert client.get(FIGURES).status_code == 403
    assert client.get(f"{USE}?f={figure.pk}").status_code == 403
    assert client.post(USE, {"take": f"{figure.pk}-{newest().pk}"}).status_code == 403
    client.logout()
    assert client.get(FIGURES).status_code == 302
    assert figure.observations.count() == 1


def test_imported_figures_are_read_only(editor):
    page = editor.get(reverse("admin:datasets_importedobservation_changelist") + "?q=library").content.decode()

    assert "25-4031 43-4121" in page
    assert "−7%" in page
    assert "Occupational Outlook Handbook, 2024-34." in page
    one = f"/admin/datasets/importedobservation/{newest().pk}"
    assert editor.get(f"{one}/change/").status_code == 200
    assert editor.post(f"{one}/change/", {"value": 1}).status_code == 403
    assert editor.post(f"{one}/delete/").status_code == 403
    assert editor.get("/admin/datasets/importedobservation/add/").status_code == 403
    assert newest().value == 39970


def test_imported_figures_are_found_by_the_codes_an_editor_mapped(editor):
    rows = editor.get("/admin/datasets/importedobservation/?q=43-4121").context["cl"].result_list

    assert {row.entry for row in rows} == {"library-technicians-and-assistants"}


def test_a_title_under_two_codes_is_listed_with_both_and_the_credit(editor):
    page = editor.get("/admin/datasets/occupationtitle/?q=Circulation+Clerk").content.decode()

    assert "25-4031.00 Library Technicians" in page
    assert "43-4121.00 Library Assistants, Clerical" in page
    assert "Used under the CC BY 4.0 license" in page


def test_editors_own_the_table_of_handbook_entries(editor):
    address = "/admin/datasets/handbookentry/add/"

    assert b"There is no occupation code 99-0001" in editor.post(address, {"slug": "x", "codes": "99-0001"}).content
    assert editor.post(address, {"slug": "x", "codes": "25-4031 11-1011"}).status_code == 302
    assert HandbookEntry.objects.get(slug="x").codes == "11-1011 25-4031"


def test_the_screens_stand_in_the_index(editor):
    page = editor.get("/admin/").content.decode()

    assert f'href="{FIGURES}"' in page
    assert "/admin/datasets/handbookentry/" in page


def test_the_front_page_says_that_newer_data_is_out(editor, figure, django_assert_num_queries):
    def said():
        links = html.fromstring(editor.get("/admin/").content).xpath("//section[@aria-labelledby='warnings']//a")
        return [(link.text_content(), link.get("href")) for link in links if link.get("href") == FIGURES]

    assert said() == [("Newer data is out for 1 figure that readers see.", FIGURES)]

    observation = figure.observations.get()
    observation.period, observation.year = "May 2024", 2024
    observation.save()
    assert said() == [("Newer data is out for 1 figure that readers see.", FIGURES)], "readers see the old one still"
    editions.publish(editions.save(figure.section.guide))
    assert said() == [("The source of 1 figure that readers see says otherwise.", FIGURES)]

    observation.value = newest().value
    observation.save()
    editions.publish(editions.save(figure.section.guide))
    assert said() == []

    user = User.objects.get(username="edith")
    assert user.has_perm("guides.view_figure")
    with django_assert_num_queries(3):
        assert list(warnings.of_figures(user)) == []
    user.groups.clear()
    Dataset.objects.all().delete()
    assert list(warnings.of_figures(User.objects.get(username="edith"))) == []
