"""An occupation's page answers from the part that is asked for or not at all; what is compared is shown of both."""

import pytest

from guides.asking.answering import answer
from guides.asking.passages import Body, FigureShown, Passage
from guides.asking.questions import understand

REFUSED = """
can i work from home
is it remote
what hours do they work
do they work full time or part time
is it dangerous
is the work dangerous
how old do i have to be
do they do background checks
is there overtime
do they work nights
""".strip().splitlines()


def profile(*, is_licensed):
    """What official data says of an occupation, made of passages that speak of all of it beside the point."""
    words = "Care for patients at home and in hospitals." + (" Licensing or registration required." * is_licensed)
    texts = [
        ("work", "What people in it do", words, "What people in it do"),
        ("work", "What people in it do", "Assess home or work environments, hours of sleep and danger.", "Task"),
        ("education", "Education", "High school diploma 20%, Post-secondary certificate 80%", "What a new hire needs"),
        ("skills", "Skills and knowledge", "Public Safety and Security, Law", "Most important knowledge"),
        ("technology", "Software", "Shift Scheduler, Hours Planner", "Calendar and scheduling software"),
    ]
    passages = [Passage(part, heading, f"#{part}", text, title) for part, heading, text, title in texts]
    figure = FigureShown("Median pay", "$50,000", "a year")
    passages.append(Passage("pay", "Pay", "#pay", "", "Median pay", "figure", (), figure, "pay:median"))
    return Body("29-0000.00", "Carers", "", "/occupations/carers/", False, "", passages, ["Carers"])


def test_what_no_part_tells_is_refused(db):
    body = profile(is_licensed=True)
    assert not {text: answer(text, body).quoted for text in REFUSED if answer(text, body).quoted}
    assert answer("how much does it pay", body).quoted[0].passage.section == "pay"


@pytest.mark.parametrize("text", ["do i need a license", "do you have to be licensed", "is a license required"])
def test_a_license_is_answered_by_words_on_licensing(db, text):
    quoted = answer(text, profile(is_licensed=True)).quoted
    assert [each.passage.section for each in quoted] == ["work"]
    assert "Licensing or registration required." in [each.text for each in quoted[0].sentences if each.is_best]
    assert not answer(text, profile(is_licensed=False)).quoted


def test_a_comparison_shows_both_or_says_which_is_left_out(client, lta):
    for text in ("is a library clerk paid more than a library aide", "who makes more, an aide or a clerk"):
        shown = [each for each in answer(text).quoted if each.passage.figure]
        assert {each.body.key for each in shown} == {"library-aide", "library-clerk"}, text
    page = client.get("/ask/", {"q": "who earns more a library clerk or a teacher"}).content.decode()
    assert "Of “teacher” nothing is shown" in page
    assert "nothing is shown" not in client.get("/ask/", {"q": "how much does a library clerk earn"}).content.decode()


def test_a_guide_answers_of_checks_only_where_it_speaks_of_them(lta, client):
    for text in ("do they do a background check", "do i have to pass a drug test", "will they take my fingerprints"):
        page = client.get("/guides/library-clerk/ask/", {"q": text}).content.decode()
        assert "<blockquote" not in page, text
    page = client.get("/guides/library-aide/ask/", {"q": "is there a background check"}).content.decode()
    assert "may also run a background check" in page


def test_an_age_beyond_the_law_is_not_the_answer_for_teenagers(client, lta):
    for text in ("am I too old at 67", "would they hire me at 62", "will anyone hire somebody over 55"):
        page = client.get("/guides/library-aide/ask/", {"q": text}).content.decode()
        assert "fact-sheet-age-discrimination" in page, text
        assert "<blockquote" not in page, text
    for text in ("how old do you have to be to drive a truck across state lines", "what age can i get a cdl"):
        page = client.get("/ask/", {"q": text}).content.decode()
        assert "federal rules ask for 21 years" in page, text
        assert "<blockquote" not in page, text


def test_a_record_is_answered_with_boards_and_the_law_on_driving(client, lta):
    for text in ("can a felon be a nurse", "can I drive with a DUI", "will a felony keep me from a license"):
        page = client.get("/ask/", {"q": text}).content.decode()
        assert "section-383.51" in page, text
        assert "find-licenses" in page, text
        assert "<blockquote" not in page, text


def test_a_short_word_is_not_taken_for_another_one():
    assert not understand("wifi").corrected
    assert understand("wrok hours").corrected == {"wrok": "work"}
    assert understand("skil").corrected == {"skil": "skill"}
    assert understand("colege").corrected == {"colege": "college"}


def test_what_comes_nearest_to_nonsense_is_not_shown(client, lta):
    for text in ("who won the world series in 2024", "how tall is mount everest", "best pizza in town"):
        assert not answer(text).nearest, text
    assert "What comes nearest" not in client.get("/ask/", {"q": "who won the world series in 2024"}).content.decode()
