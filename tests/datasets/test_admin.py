"""The editors' screens for imported data."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from guides.datasets.models import HandbookEntry, ImportedObservation
from guides.models import Figure
from guides.publishing import editions
from tests import factories

from .files import make_oews, make_onet, make_ooh

FIGURES = "/admin/datasets/checkedfigure/"


@pytest.fixture
def imported(run, tmp_path):
    run("import_oews", make_oews(tmp_path / "survey.xlsx"))
    run("import_ooh", make_ooh(tmp_path / "table.csv"))
    run("import_onet", make_onet(tmp_path / "onet"))


@pytest.fixture
def editor(client, imported):
    """A browser in which an editor is logged in."""
    user = User.objects.create_user("edith", is_staff=True)
    user.groups.add(Group.objects.get(name="Editors"))
    client.force_login(user)
    return client


@pytest.fixture
def figure(imported):
    guide = factories.make_guide()
    Figure.objects.all().delete()
    fields = {"measure": "pay", "statistic": "median", "unit": "currency", "currency": "USD"}
    made = guide.sections.get(kind="figures").figures.create(
        slug="median", label="Median pay", occupation_codes="25-4031", **fields
    )
    factories.make_observation(made, value=38400, period="May 2023", year=2023)
    editions.publish(editions.save(guide))
    return made


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


def test_an_editor_uses_the_newer_figure(editor, figure):
    response = editor.post(f"{FIGURES}{figure.pk}/use/", {"imported": newest().pk, "by": "age"}, follow=True)

    assert response.redirect_chain == [(f"{FIGURES}?by=age", 302)]
    assert "Median pay now says $39,970 in the draft of Bookbinder." in response.content.decode()
    assert [each.value for each in Figure.objects.get().history] == [39970, 38400]
    assert figure.section.guide.editions.first().author.username == "edith"


def test_a_second_press_changes_nothing(editor, figure):
    for _press in range(2):
        response = editor.post(f"{FIGURES}{figure.pk}/use/", {"imported": newest().pk}, follow=True)

    assert "Nothing was changed" in response.content.decode()
    assert figure.observations.count() == 2


def test_an_older_observation_that_still_leads_is_told(editor, figure):
    figure.observations.update(period="2024", year=2024)

    response = editor.post(f"{FIGURES}{figure.pk}/use/", {"imported": newest().pk}, follow=True)

    assert "an older observation leads" in response.content.decode()


@pytest.mark.parametrize(("pk", "sent", "status"), [(0, {"imported": 1}, 404), (None, {}, 400)])
def test_bad_requests_change_nothing(editor, figure, pk, sent, status):
    assert editor.post(f"{FIGURES}{figure.pk if pk is None else pk}/use/", sent).status_code == status
    assert editor.get(f"{FIGURES}{figure.pk}/use/").status_code == 405
    assert figure.observations.count() == 1


def test_others_are_refused(client, figure):
    client.force_login(User.objects.create_user("sam", is_staff=True))

    assert client.get(FIGURES).status_code == 403
    assert client.post(f"{FIGURES}{figure.pk}/use/", {"imported": newest().pk}).status_code == 403
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
