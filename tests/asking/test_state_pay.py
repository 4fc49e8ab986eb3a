"""The pay of the state that a question names; and whom a question about oneself leads to."""

import pytest
from django.core.management import call_command

from guides.asking.answering import answer
from tests.datasets.files import make_means


@pytest.fixture
def ohio(tmp_path, lta):
    """The third party's table of means, with one state."""
    rows = [("Ohio", "25-4031", "Library Technicians", "19.03", "39,590")]
    call_command("import_oews", make_means(tmp_path / "state_M2023_means.csv", rows), "--no-input", verbosity=0)


def test_a_state_that_is_named_is_answered_with_its_own_figure(client, ohio):
    first = answer("how much do LTAs make in ohio").quoted[0].passage
    assert (first.figure.label, first.figure.amount, first.figure.unit) == ("Mean pay in Ohio", "$39,590", "a year")
    assert first.address == "/guides/library-technical-assistant/pay/ohio/"
    assert [(source.name, source.period) for source in first.sources] == [("BLS OEWS", "May 2023")]
    hourly = answer("what do LTAs make an hour in ohio").quoted[0].passage.figure
    assert (hourly.amount, hourly.unit) == ("$19.03", "an hour")
    page = client.get("/ask/", {"q": "how much do LTAs make in ohio"}).content.decode()
    assert "$39,590" in page
    assert "we have no figure" not in page


def test_a_state_without_a_figure_is_said(client, ohio):
    page = client.get("/ask/", {"q": "how much do LTAs make in texas"}).content.decode()
    assert "For Texas we have no figure of this pay." in page
    assert not answer("what is the minimum wage of LTAs in ohio").state_missing
    assert "For Texas" not in client.get("/ask/", {"q": "do LTAs in texas work weekends"}).content.decode()


def test_a_question_about_oneself_leads_on_and_quotes_nothing_beside_the_point(client, lta):
    hating = client.get("/ask/", {"q": "i hate my job"}).content.decode()
    assert 'href="/move/"' in hating
    assert "<blockquote" not in hating
    assert 'href="/explore/?start=school"' in client.get("/ask/", {"q": "is 17 old enough"}).content.decode()
    assert "does not say" not in client.get("/ask/", {"q": "with a felony zebrafish"}).content.decode()
    for passage in (each.passage for each in answer("library clerk dress code").quoted):
        assert passage.text or passage.figure
