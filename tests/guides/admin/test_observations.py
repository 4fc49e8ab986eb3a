"""A figure's screen: a new observation begins with the last one, and what is out of line is asked about."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from guides.models import Observation
from tests import factories

from .. import desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def figure():
    guide = factories.make_guide()
    figure = guide.sections.get(kind="figures").figures.first()
    figure.observations.filter(year=2022).delete()
    figure.observations.update(
        note="Without tips.", checked_on=date(2026, 11, 1), review_after=date(2026, 11, 1) + timedelta(days=400),
        source=factories.make_source("office-2024", title="Wages, May 2024"),
    )  # fmt: skip
    return figure


def begun(client, figure):
    """What a browser would send of the figure's screen with empty rows, nothing typed."""
    return desk.fields(client.get(f"{desk.screen(figure)}?rows"))


def test_a_new_observation_begins_with_the_last_one_and_its_source(figure):
    client = desk.editor()
    fields = begun(client, figure)
    row = {name.removeprefix("observations-1-"): value for name, value in fields.items() if "observations-1-" in name}
    today = timezone.localdate()
    last = figure.observations.get()
    assert row["source"] == str(last.source_id)
    assert (row["basis"], row["note"]) == ("official", "Noted of May 2024: Without tips.")
    assert (row["checked_on"], row["review_after"]) == (str(today), str(today + timedelta(days=400)))
    assert (row["period"], row["year"], row["value"]) == ("", "", "")
    # Rows that nobody types into are none.
    assert client.post(desk.screen(figure), fields).status_code == 302
    assert figure.observations.count() == 1

    newer = factories.make_source("office-2026", title="Wages, May 2026")
    fields = begun(client, figure)
    assert fields["observations-1-source"] == str(newer.pk)
    assert (fields["observations-1-period"], fields["observations-1-year"]) == ("May 2026", "2026")
    assert client.post(desk.screen(figure), fields | {"observations-1-value": "41500"}).status_code == 302
    assert figure.leading.value == 41500
    assert Observation.objects.get(value=41500).note == "Noted of May 2024: Without tips."


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"value": "415000"}, "From $40,000 to $415,000 it is 10 times or more"),
        ({"value": "3900"}, "From $40,000 to $3,900 it is a tenth or less"),
        ({"value": "41000", "period": "May 2025", "year": "2025"}, "It is said to be of May 2025, but it comes from"),
        ({"value": "41000", "year": "2027"}, "Its period is “May 2026”, but its year is 2027."),
        ({"value": "41000", "text": "7%"}, "Its words hold “%”, but the figure’s unit is: money."),
        ({"value": "41000"}, ""),
    ],
)
def test_what_is_out_of_line_is_asked_about_once(figure, typed, said):
    client = desk.editor()
    factories.make_source("office-2026", title="Wages, May 2026")
    sent = begun(client, figure) | {f"observations-1-{name}": value for name, value in typed.items()}
    answer = client.post(desk.screen(figure), sent)
    if not said:
        assert answer.status_code == 302
        return
    assert answer.status_code == 200
    page = answer.content.decode()
    assert said in page
    assert "Please correct the error" not in page
    assert figure.observations.count() == 1
    again = desk.fields(answer)
    assert again["observations-1-value"] == typed["value"]
    # Another slip is asked about anew; the same one is not.
    other = client.post(desk.screen(figure), again | {"observations-1-value": "9999999"})
    assert "10 times or more" in other.content.decode()
    assert client.post(desk.screen(figure), again).status_code == 302
    assert figure.observations.count() == 2


def test_another_unit_is_asked_about(figure):
    client = desk.editor()
    sent = desk.fields(client.get(desk.screen(figure))) | {"unit": "count", "currency": ""}
    answer = client.post(desk.screen(figure), sent)
    assert "Its unit was “money” and is “a number of things” now" in answer.content.decode()
    figure.refresh_from_db()
    assert figure.unit == "currency"
    assert client.post(desk.screen(figure), desk.fields(answer)).status_code == 302
    figure.refresh_from_db()
    assert figure.unit == "count"
