"""What people type, and what must answer first: asked of the shipped guides and the shipped official data."""

import pytest

from guides.datasets.areas import STATES
from guides.occupations import informal
from guides.search.topics import PLACE, TOPICS

from . import queries

# The data is loaded into the database of the tests.
pytestmark = pytest.mark.django_db
# How many in a hundred must be right, on both databases.
ENOUGH = 92


def says(official, address):
    """What a page says, on one line."""
    response = official.answers[address]
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(("path", "fewest"), [(queries.TABLE, 160), (queries.HELD_BACK, 60)])
def test_the_right_answer_comes_first(official, path, fewest):
    wrong = queries.wrong(official.found, path)
    count = len(list(queries.table(path)))
    assert count >= fewest
    assert len(wrong) * 100 <= (100 - ENOUGH) * count, wrong


def test_every_job_of_a_name_is_shown(official):
    page = says(official, "/search/?q=teacher")
    assert "Which one do you mean?" in page
    assert "“teacher” names 26 jobs here." in page
    choices = page.split('id="same-name"')[1].split("</section>")[0]
    assert choices.count('href="/occupations/') == 26
    assert "jobs here" not in says(official, "/search/?q=archivist+pay")


def test_a_question_of_no_job_leads_to_the_list_that_answers_it(official):
    page = official.answers["/search/?q=jobs+that+pay+well+without+college"].content.decode()
    assert '/occupations/?education=none&amp;education=school&amp;education=certificate&amp;sort=pay"' in page
    assert "occupations that typically ask for no degree, the best paid first" in page
    assert "You named no job" in page
    assert "You named no job" not in official.answers["/search/?q=archivist+pay"].content.decode()


def test_wishes_are_narrowed_lists(official):
    page = says(official, "/search/?q=jobs+that+pay+30+an+hour")
    assert "occupations with a median of at least $30 an hour" in page
    assert 'href="/occupations/?hourly_from=30&amp;sort=pay"' in page
    assert "No official data here says which occupations can be done from home." in says(
        official, "/search/?q=work+from+home"
    )


def test_a_job_without_a_title_says_what_it_is_nearest_to_and_why(official):
    page = says(official, "/search/?q=youtuber+salary")
    assert "<b>YouTuber</b>: Official data has no occupation of its own for it." in page
    assert "Nearest, as we read it, is Producers and Directors: they, too, plan," in page
    assert 'href="/occupations/producers-and-directors/#pay"' in page
    nurse = says(official, "/search/?q=nurse")
    assert "</b>: Official data" not in nurse
    assert "“nurse” names 3 jobs here" in nurse


def test_names_of_our_list_lead_to_occupations_that_there_are(official):
    codes = {listing.code for listing in official.listings.values()}
    called = [job.called.lower() for job in informal.every()]
    assert len(called) == len(set(called))
    for job in informal.every():
        assert job.code in codes, job.called
        assert job.why.startswith(("it is", "they, too,", "the work", "caring", "O*NET", "official")), job.called
        assert not job.why.endswith("."), "it is the end of a sentence"


def test_the_states_that_search_knows_are_those_of_the_data():
    (place,) = [topic for topic in TOPICS if topic.slug == PLACE]
    assert {" ".join(words) for words in place.asked} == {state.name.lower() for state in STATES}


def test_a_job_without_a_guide_names_its_source_and_the_nearest_guide(official):
    page = says(official, "/search/?q=archivist+pay")
    assert 'href="/occupations/archivists/#pay"' in page
    assert "a year. BLS OEWS, May 20" in page
    assert "No one has written a guide to this job yet" in page
    assert 'The nearest guide is <a href="/guides/' in page
    assert "No one has written a guide" not in says(official, "/search/?q=library+technician")


def test_nothing_is_taken_for_something_else_in_silence(official):
    corrected = says(official, "/search/?q=lawer")
    assert "Nothing here says “lawer”. These are the answers to “lawyer”." in corrected
    assert "The first answer says nothing of “dogs”." in says(official, "/search/?q=nurse+with+dogs")
    offered = says(official, "/search/?q=screamer")
    assert "Did you mean" in offered
    assert 'class="result__group"' not in offered


def test_where_nothing_is_found_there_is_a_way_on(official):
    foreign = says(official, "/search/?q=bibliotecario")
    assert "That does not look like English." in foreign
    unknown = says(official, "/search/?q=25-9999")
    assert "No occupation has the code 25-9999." in unknown
    for page in (foreign, unknown):
        for address in ("/guides/", "/occupations/", "/exercises/", "/compare/", "/glossary/"):
            assert f'<li><a href="{address}">' in page


def test_compare_asks_which_one_is_meant(official):
    teacher = says(official, "/compare/?g=library-clerk&add=teacher")
    assert "Which “teacher” do you mean?" in teacher
    assert teacher.split('id="which"')[1].count('href="/compare/?g=library-clerk&amp;g=25-') >= 26
    page = says(official, "/compare/?g=library-clerk&add=library+page")
    assert "Which “library page” do you mean?" in page
    assert 'href="/compare/?g=library-clerk&amp;g=library-aide"' in page
    added = official.answers["/compare/?g=library-clerk&add=library+technician"]
    assert added["Location"] == "/compare/?g=library-clerk&g=library-technical-assistant"
    assert "No job here is called “zzzqqq”." in says(official, "/compare/?g=library-clerk&add=zzzqqq")
