"""The exercises as readers play them: every item of fixtures/, answered right and wrong, through its addresses."""

import pytest
from django.http import QueryDict
from django.utils.http import urlencode
from lxml import html

from guides.exercises import reading
from guides.exercises.kinds import KINDS
from guides.exercises.models import ExerciseEdition, KeptExercise
from guides.models import Guide, Skill

from .sample import make_exercises

pytestmark = pytest.mark.django_db
LEAST = 40  # items an exercise


@pytest.fixture
def exercises(db):
    return make_exercises()


def right(item):
    """The right answer to an item, as the form sends it."""
    form = KINDS[item.exercise_slug].form(item)
    match item.exercise_slug:
        case "call-numbers":
            order = item.in_order()
            return {f"place-{n}": order.index(number) + 1 for n, number in enumerate(form.mixed, start=1)}
        case "marc-records":
            return {"line": item.faulty_line}
        case "at-the-desk":
            return {"answer": list(item.whys()).index(item.good_answer) + 1}
    return item.expected() | {"seconds": 30}


def wrong(item):
    """A wrong answer to an item."""
    answer = right(item)
    match item.exercise_slug:
        case "call-numbers":
            return answer | {"place-1": answer["place-2"], "place-2": answer["place-1"]}
        case "marc-records":
            return {"line": item.faulty_line % len(item.lines()) + 1}
        case "at-the-desk":
            return {"answer": answer["answer"] % len(item.whys()) + 1}
    return answer | {"book_title": f"x{item.book_title}"}


def verdict(response):
    assert response.status_code == 200
    return html.fromstring(response.content).findtext(".//h1").strip()


@pytest.mark.any_database
def test_every_item_of_the_fixtures_is_answered_right_and_wrong(client, lta):
    for edition in reading.listed():
        live = reading.live(edition.exercise.slug)
        assert len(live.items) >= LEAST, edition.name
        assert {item.level for item in live.items} == {1, 2, 3}
        listed = client.get(edition.exercise.get_absolute_url()).content.decode()
        for item in live.items:
            address = f"/exercises/{edition.exercise.slug}/{item.slug}/"
            assert f'href="{address}"' in listed
            page = client.get(address)
            assert page.status_code == 200
            assert edition.exercise.slug == "at-the-desk" or item.explanation not in page.content.decode()
            assert verdict(client.get(f"{address}answer/", wrong(item))) != "Right", address
            form = live.kind.form(item, QueryDict(urlencode(right(item))))
            assert form.is_valid(), address
            assert form.outcome().is_right, address
        # Its page leads to the questions of every guide that it bears out, which takes as long as all else here.
        for item in {item.level: item for item in live.items}.values():
            address = f"/exercises/{edition.exercise.slug}/{item.slug}/"
            assert verdict(client.get(f"{address}answer/", right(item))) == "Right", address


def test_every_skill_that_is_trained_is_one_of_a_guide(lta):
    trained = {slug for edition in reading.listed() for slug in edition.skills.split()}
    assert trained <= set(Skill.objects.values_list("slug", flat=True))
    # Every guide leads to an exercise.
    for guide in Guide.objects.all():
        assert Skill.objects.filter(section__guide=guide, slug__in=trained).exists(), guide


def test_what_is_shown_does_not_tell_the_answer(lta):
    for edition in reading.listed():
        for item in reading.live(edition.exercise.slug).items:
            if item.exercise_slug == "call-numbers":
                assert item.mixed() != item.in_order()
                assert sorted(item.mixed()) == sorted(item.in_order())


def test_an_answer_is_kept_nowhere(client, exercises):
    answer = client.get("/exercises/at-the-desk/one/answer/", {"answer": "1"})
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert not answer.cookies


@pytest.mark.parametrize(
    ("address", "query", "says"),
    [
        ("call-numbers", "", "Give it a place."),
        ("call-numbers", "place-1=1&place-2=1&place-3=2&place-4=3", "Place 1 is given to two numbers"),
        ("call-numbers", "place-1=9&place-2=1&place-3=2&place-4=3", "Select a valid choice"),
        ("marc-records", "", "Choose one line."),
        ("marc-records", "line=99", "no such line"),
        ("marc-records", "line=1&line=2", "not several"),
        ("at-the-desk", "answer=x", "no such answer"),
        ("record-entry", "book_title=Salt", "Type what the page says."),
        ("record-entry", f"book_title={'a' * 400}&author=b", "at most 300"),
    ],
)
def test_what_is_no_answer_is_shown_again_with_what_to_mend(client, exercises, address, query, says):
    response = client.get(f"/exercises/{address}/one/answer/?{query}")
    assert response.status_code == 422
    assert says in response.content.decode()


def test_what_is_typed_is_compared_sign_by_sign(client, exercises):
    answer = client.get("/exercises/record-entry/one/answer/", {"book_title": " salt. ", "author": "Bel, Adda"})
    assert verdict(answer) == "2 characters are wrong"
    assert "<ins>l</ins>" in answer.content.decode()
    answer = client.get(
        "/exercises/record-entry/one/answer/", {"book_title": "Salt", "author": "Bell, Ada", "seconds": "60"}
    )
    assert "about 3 words a minute" in answer.content.decode()


@pytest.mark.parametrize("address", ["nothing/", "call-numbers/nothing/", "call-numbers/nothing/answer/"])
def test_what_is_not_there_is_missing(client, exercises, address):
    assert client.get(f"/exercises/{address}").status_code == 404


def test_an_exercise_that_is_not_published_is_not_there(client, db):
    make_exercises(publish=False)
    assert client.get("/exercises/call-numbers/").status_code == 404
    assert "There is no exercise yet." in client.get("/exercises/").content.decode()


def test_the_plan_counts_what_was_done(client, exercises):
    keep = "/exercises/at-the-desk/one/keep/"
    edition = ExerciseEdition.objects.live().get(exercise__slug="at-the-desk")
    item = reading.live("at-the-desk").items[0]
    for answer in (right(item), wrong(item)):
        query = "&".join(f"{name}={value}" for name, value in answer.items())
        assert "Count this one" in client.get(f"{keep}?{query}").content.decode()
        assert client.post(f"{keep}?{query}").headers["Location"] == "/plan/?notice=saved"
    kept = KeptExercise.objects.get()
    assert (kept.name, kept.level, kept.done, kept.right) == (edition.name, 1, 2, 1)
    assert "<b>1</b> of 2 items without a fault" in client.get("/plan/").content.decode()
    assert client.get(keep).headers["Location"].startswith("/exercises/at-the-desk/one/answer/")


def test_skills_lead_to_their_exercise(client, guide, exercises, django_assert_num_queries):
    page = client.get("/guides/bookbinder/skills/").content.decode()
    skill = html.fromstring(page).get_element_by_id("skill-skill-0")
    assert "/exercises/call-numbers/" in skill.xpath(".//a/@href")
    assert not html.fromstring(page).get_element_by_id("skill-skill-1").xpath(".//a/@href")
    assert "Practice: Put call numbers in order" in page
    assert "<loc>http://127.0.0.1:8000/exercises/call-numbers/</loc>" in client.get("/sitemap.xml").content.decode()
    with django_assert_num_queries(2):
        client.get("/exercises/call-numbers/one/")


def test_an_item_without_a_fault_may_be_an_answer_of_a_readiness_check(lta, client):
    """Right at level 1: the lower answer that it bears out; right at level 2: the better one; a fault: none."""
    live = reading.live("marc-records")
    filled = []
    for level in (1, 2):
        item = next(item for item in live.items if item.level == level)
        address = f"/exercises/marc-records/{item.slug}/answer/"
        assert "Use this as your answer" not in client.get(address, wrong(item)).content.decode()
        page = html.fromstring(client.get(address, right(item)).content)
        links = [link for link in page.xpath("//a/@href") if "/readiness/?change=" in link]
        assert len(links) == 2  # the guides that ask about it: the technical assistant, and the one who catalogs
        form = html.fromstring(client.get(links[0]).content)
        filled.append(form.xpath("//input[@type='radio'][@checked]/@value"))
    assert filled == [["records-read"], ["records-edit"]]
