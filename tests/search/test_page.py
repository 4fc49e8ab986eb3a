"""The search page: fragment and page, and whatever a person or a program may put into the address."""

import pytest

HTMX = {"HX-Request": "true"}


def text(response):
    return response.content.decode()


def test_page_and_fragment_hold_the_same_results(client, guide):
    page = client.get("/search/?q=bookbinder")
    fragment = client.get("/search/?q=bookbinder", headers=HTMX)
    assert "<html" in text(page)
    assert "<html" not in text(fragment)
    assert '<section class="result__group"' in text(page)
    assert text(fragment).split("</section>")[0].strip() in text(page)
    restored = client.get("/search/?q=bookbinder", headers=HTMX | {"HX-History-Restore-Request": "true"})
    assert restored.content == page.content
    assert "HX-Request" in page["Vary"]
    assert "HX-Request" in fragment["Vary"]


def test_answers_stay_out_of_stores_and_search_engines(client, guide):
    response = client.get("/search/?q=bookbinder")
    assert "private" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies


def test_what_is_typed_is_escaped(client, guide):
    page = text(client.get("/search/", {"q": '<script>alert("1")</script> bookbinder'}))
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("address", ["/search/", "/search/?q=", "/search/?q=+++", "/search/?q=the+of", "/search/?x=1"])
def test_nothing_typed_is_a_friendly_page(client, guide, address):
    assert client.get(address).status_code == 200


ODD = [
    '"', "'", "''", '"bookbinder', "bookbinder AND", "OR", "NOT bookbinder", "NEAR(a b)", "a* b^", "title:book",
    "(((", "a & | !b", "a <-> b", ":*", "\\", "%", "_", "book%", "--", "; DROP TABLE guides_passage", "{}", "{x", "$1",
    "%s", "%(x)s", "\N{PILE OF POO}", "日本語", "ﬁne", "e\u0301", "\u202ebookbinder", "a" * 200, "a " * 100, "1e400",
    "-1", "\n",
    "book\tbinder", "ß", "İ", "’s",
]  # fmt: skip


@pytest.mark.parametrize("query", ODD)
def test_no_input_is_an_error(client, guide, query):
    response = client.get("/search/", {"q": query})
    assert response.status_code == 200
    assert client.get("/search/", {"q": f"bookbinder {query}"[:200]}).status_code == 200


@pytest.mark.parametrize("query", ["x" * 201, "x " * 1_500, "x" * 10_000, "\0", "a\0b"])
def test_too_long_or_impossible_input_is_refused_with_a_page(client, guide, query):
    response = client.get("/search/", {"q": query})
    assert response.status_code == 400
    assert "<h1" in text(response)


def test_repeated_words_count_once_and_the_last_q_counts(client, guide):
    assert client.get("/search/?q=zzz&q=bookbinder").status_code == 200
    assert "/guides/bookbinder/" in text(client.get("/search/?q=zzz&q=bookbinder"))


def test_the_search_box_of_another_page_is_empty_whatever_that_page_holds(client, guide):
    page = client.get("/guides/bookbinder/toolkit/resume/build/").content.decode()
    assert 'id="site-search" name="q" maxlength' in page


UNSURE = [
    "i have no idea what to do", "No idea what to do with my life", "not sure", "I'm not sure what job I want",
    "I don't know what I want to be", "dont know what", "I don’t know what to do after high school", "idk what to do",
    "i don't know what i'm good at", "what should I be", "which job is right for me", "unsure which career to choose",
]  # fmt: skip
SURE = [
    "not sure how much a bookbinder makes", "no idea what to wear to an interview", "I don't know what MARC means",
    "don't know what to do in an interview", "no experience jobs", "what does a bookbinder do",
]  # fmt: skip


def test_who_does_not_know_which_job_is_led_to_the_few_questions_first(client, guide):
    explore = '<li><a href="/explore/">Not sure? A few questions, and which jobs fit</a></li>'
    for query in UNSURE:
        page = text(client.get("/search/", {"q": query}))
        assert explore in page, query
        if '<section class="result__group"' in page:
            assert page.index(explore) < page.index('<section class="result__group"'), query
    for query in SURE:
        assert explore not in text(client.get("/search/", {"q": query})), query
