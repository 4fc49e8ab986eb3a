"""Stories: written in steps or on one page, counted, held against a guide's questions, and used again."""

import json
import re
from html import unescape

import lxml.html
import pytest

from guides.models import Guide, Skill
from guides.plan import validators
from guides.plan.models import EarlierState, Plan, SavedGuide
from guides.publishing import editions
from guides.stories import counts, keeping, wording
from guides.stories.models import Story
from guides.toolkit.letters.draft import with_paragraph
from tests import factories
from tests.kept_rows import kept, put_back
from tests.plan.conftest import open_plan
from tests.toolkit.content import make_question

pytestmark = pytest.mark.django_db
PRACTICE = "/guides/bookbinder/toolkit/interview/practice/"
TEXTS = {
    "situation": "In my second week at the branch 300 damaged books waited in boxes.",
    "task": "They had to be back on the shelf before school began.",
    "action": "I sorted them by damage, then I mended spines and showed a volunteer how.",
    "result": "We had 280 of them back in five weeks.",
}


def make_guide():
    guide = factories.make_guide(publish=False)
    section = factories.make_section(guide, "skills", slug="craft", heading="Craft", position=60)
    Skill.objects.create(section=section, slug="mending", name="Mending", also_known_as="mended spines\nbook repair")
    Skill.objects.create(section=section, slug="gilding", name="Gilding")
    guide.interviewquestions.all().delete()
    outline = {"looked_for": "Book repair with care.", "situation": "Damaged books in boxes.", "action": "Say how."}
    make_question(guide, 0, group="work", question="How do you mend a damaged book?", **outline)
    make_question(guide, 1, group="people", question="Who annoyed you?", situation="A neighbor.", task="Calm.")
    make_question(guide, 2, group="yours", question="Who checks my work?")
    editions.publish(editions.save(guide))


kept_guide = kept(make_guide)


@pytest.fixture
def guide(db, kept_guide):
    put_back(kept_guide, make_guide)
    return Guide.objects.get(slug="bookbinder")


@pytest.fixture
def plan(client):
    return open_plan(client)


def html(response):
    return response.content.decode()


def seen(page):
    """What a form of the page sends unseen."""
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in pairs if name != "csrfmiddlewaretoken"}


def write(client, address="/stories/new/", **texts):
    return client.post("/stories/new/", seen(html(client.get(address))) | texts)


def test_a_story_is_written_on_one_page_and_its_title_may_be_left_empty(client, guide):
    page = html(client.get("/stories/new/?guide=bookbinder&question=ask-0"))
    # Each part has its help, and an example that is marked as the guide's.
    assert "Say “I” for your part" in page
    assert "Damaged books in boxes." in page
    assert "Example, out of the outline for “How do you mend a damaged book?”" in page
    response = client.post("/stories/new/", seen(page) | TEXTS)
    story = Story.objects.get()
    assert response["Location"] == f"/stories/{story.slug}/"
    assert story.name.startswith("In my second week at the branch")
    assert story.questions == "bookbinder/ask-0"
    # The same form sent twice is one story, and the answer to each is the story.
    assert client.post("/stories/new/", seen(page) | TEXTS)["Location"] == response["Location"]
    page = client.get(response["Location"])
    assert "no-store" in page["Cache-Control"]
    assert "2 numbers" not in html(page)
    assert "3 numbers: 300, 280, five" in html(page)
    assert "“I” 2, “we” 1" in html(page)
    assert Plan.objects.count() == 1


def test_a_story_is_written_in_steps_and_each_is_kept(client, guide, plan):
    response = write(client, "/stories/new/steps/", situation=TEXTS["situation"])
    for part in ("task", "action", "result"):
        assert response["Location"].endswith(f"/edit/{part}/")
        page = html(client.get(response["Location"]))
        assert page.count("<textarea") == 1
        edit = response["Location"].removesuffix(f"{part}/")
        response = client.post(edit, seen(page) | {part: TEXTS[part]})
        assert getattr(Story.objects.get(), part) == TEXTS[part]
    response = client.post(edit, seen(html(client.get(response["Location"]))) | {"name": "Boxes"})
    story = Story.objects.get()
    assert (response["Location"], story.name, story.text) == (
        story.get_absolute_url(),
        "Boxes",
        "\n\n".join(TEXTS.values()),
    )


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ({}, "Write at least one of the four parts"),
        ({"action": "a" * 20_000}, "Keep it under 3000 characters: you wrote 20000."),
        ({"action": "a\x00b"}, "Null characters are not allowed."),
        ({"action": "a\x07b"}, "control character"),
        ({"action": "a \u202e b"}, "turns the direction"),
        ({"action": "I did.", "name": "n" * 121}, "Keep it under 120 characters"),
    ],
)
def test_bad_input_is_refused_with_a_sentence_and_kept_in_the_form(client, guide, plan, bad, said):
    response = write(client, **bad)
    assert response.status_code == 422
    assert said in html(response)
    assert not Story.objects.exists()
    assert bad.get("action", "")[:100].replace("\x00", "") in html(response).replace("\x00", "")


def test_scripts_are_words_wherever_a_story_is_shown(client, guide, plan):
    bad = "<script>alert(1)</script>"
    write(client, name=bad, action=bad)
    story = Story.objects.get()
    shown = ["/stories/", story.get_absolute_url(), f"{story.get_absolute_url()}edit/", "/plan/"]
    shown += [
        "/stories/questions/bookbinder/ask-0/",
        "/plan/packet/?part=stories",
        f"/plan/stories/{story.slug}/delete/",
    ]
    for address in shown:
        page = html(client.get(address))
        assert bad not in page, address
        assert "&lt;script&gt;" in page, address


def test_addresses_that_name_nothing_are_refused(client, guide, plan):
    assert client.get("/stories/abcdefghijkm/").status_code == 404
    assert client.get("/stories/questions/bookbinder/ask-9/").status_code == 404
    assert client.get("/stories/questions/bookbinder/ask-2/").status_code == 404
    assert client.get("/stories/new/?guide=../x").status_code == 400
    assert client.post("/stories/new/", {"slug": "x"}).status_code == 400
    story = keep(client, plan)
    assert client.get(f"{story.get_absolute_url()}edit/moral/").status_code == 404
    assert client.post(f"{story.get_absolute_url()}answers/", {"question": "x", "answers": "yes"}).status_code == 400
    assert client.post(f"{story.get_absolute_url()}skills/", {"skills": "cats"}).status_code == 400
    for take in ("stories-abcdefghijkm", "notes-abcdefghijkm"):
        assert client.get(f"/guides/bookbinder/toolkit/resume/build/?take={take}").status_code == 404
    assert client.get("/guides/bookbinder/toolkit/resume/build/?take=<b>").status_code == 400


def keep(client, plan, **texts):
    return Story.objects.create(plan=plan, name="Boxes", **(TEXTS | texts))


def test_another_plans_story_is_not_there(client, guide, plan):
    story = keep(client, plan)
    open_plan(client)
    assert client.get(story.get_absolute_url()).status_code == 404
    address = f"{story.get_absolute_url()}answers/"
    assert client.post(address, {"question": "bookbinder/ask-0", "answers": "yes"}).status_code == 404


def test_a_change_in_another_tab_is_shown_and_nothing_is_lost(client, guide, plan):
    story = keep(client, plan)
    edit = f"{story.get_absolute_url()}edit/"
    page = html(client.get(edit))
    client.post(edit, seen(page) | TEXTS | {"name": "Boxes", "task": "Theirs."})
    answer = client.post(edit, seen(page) | TEXTS | {"name": "Boxes", "task": "Mine."})
    assert answer.status_code == 409
    assert "Theirs." in html(answer)
    assert "Mine." in html(answer)
    # What it was before is among the earlier versions.
    assert EarlierState.objects.get(plan=plan, kind="stories").content["task"] == TEXTS["task"]
    # One that was deleted meanwhile is offered as a new story.
    Story.objects.all().delete()
    page = client.post(edit, seen(page) | TEXTS | {"name": "Boxes"})
    assert page.status_code == 409
    assert "save it to have it as a new story" in html(page)
    client.post("/stories/new/", seen(html(page)) | TEXTS | {"name": "Boxes"})
    assert Story.objects.get().slug == story.slug


def test_skills_are_offered_with_the_words_and_the_person_decides(client, guide, plan):
    story = keep(client, plan)
    address = story.get_absolute_url()
    page = html(client.get(address))
    assert "<mark>mended spines</mark>" in page
    assert " checked" not in page
    client.post(f"{address}skills/", {"offered": ["mending", "gilding"], "skills": ["gilding"]})
    story.refresh_from_db()
    assert story.skill_slugs == ["gilding"]
    assert html(client.get(address)).count(" checked") == 1
    # A skill that no guide has any more stays until it is unticked.
    Story.objects.update(skills="gilding\nsewing")
    client.post(f"{address}skills/", {"offered": ["gilding"]})
    story.refresh_from_db()
    assert story.skill_slugs == ["sewing"]


def test_questions_say_which_have_no_story_and_which_story_could_answer(client, guide, plan):
    SavedGuide.objects.create(plan=plan, guide="bookbinder", name="Bookbinder")
    story = keep(client, plan)
    assert "0 of 2 questions with a story" in html(client.get("/stories/"))
    page = html(client.get("/stories/questions/bookbinder/"))
    could, _head, none = page.partition("No story yet")
    assert "How do you mend a damaged book?" in could
    assert "Both show: Mending." in could
    assert "Both speak of" in could
    assert "Who annoyed you?" in none
    assert "Who checks my work?" not in page
    question = "/stories/questions/bookbinder/ask-0/"
    assert "Both show: Mending." in html(client.get(question))
    told = {"question": "bookbinder/ask-0", "answers": "yes"}
    assert client.post(f"{story.get_absolute_url()}answers/", told)["Location"] == question
    assert "1 of 2 questions with a story" in html(client.get("/stories/"))
    assert f"{PRACTICE}?take={story.anchor}&amp;take-for=ask-0" in html(client.get(story.get_absolute_url()))
    client.post(f"{story.get_absolute_url()}answers/", told | {"answers": "no"})
    assert "Not with this one" not in html(client.get(question))
    # Who is upset is one thing in many words, and what every text says is no reason.
    angry = keep(client, plan, situation="A furious customer shouted at me.", task="", action="I have it.", result="")
    page = html(client.get("/stories/questions/bookbinder/ask-1/"))
    assert "Both are about somebody who is upset." in page
    assert "“have”" not in page
    angry.delete()
    # Where the person said which skills it shows, those count, and no others.
    Story.objects.update(skills="gilding", action="I waited.", situation="", task="", result="")
    assert "Both show" not in html(client.get(question))


def test_a_story_goes_into_a_resume_a_letter_and_an_answer(client, guide, plan):
    story = keep(client, plan)
    take = f"take={story.anchor}"
    page = html(client.get(story.get_absolute_url()))
    build = "/guides/bookbinder/toolkit/resume/build/"
    assert f'href="{build}?{take}"' in page
    resume = html(client.get(f"{build}?{take}"))
    line = (
        "Sorted them by damage, then I mended spines and showed a volunteer how. We had 280 of them back in five weeks."
    )
    assert re.search(rf'name="work\.0\.highlights"[^>]*>\s*{re.escape(line)}', resume)
    letter = html(client.get(f"/guides/bookbinder/toolkit/cover-letter/write/?{take}"))
    # Each opens at the step where the words are, and says so.
    for page, title in ((resume, "Experience"), (letter, "Your words")):
        current = lxml.html.fromstring(page).xpath("//nav[contains(@class, 'steps')]//a[@aria-current='step']")
        assert title in current[0].text_content()
        assert f"in the step “{title}" in page
    assert " ".join(TEXTS.values()) in letter
    practice = html(client.get(f"{PRACTICE}?{take}&take-for=ask-0"))
    assert "How do you mend a damaged book?" in practice
    assert TEXTS["action"] in practice
    # Nothing was stored by looking.
    assert not plan.keptdocuments.exists()
    # In a document that is there it stands beside what it held; the document stays as it is until it is saved.
    client.post(build, {"do": "save", "kept-as": "Mine", "work.0.name": "Glue Ltd", "work.0.highlights": "Glued."})
    kept = plan.keptdocuments.get()
    page = html(client.get(story.get_absolute_url()))
    address = f"{kept.get_absolute_url()}&{take}"
    assert address.replace("&", "&amp;") in page
    resume = html(client.get(address))
    assert "Glue Ltd" in resume
    assert f"Glued.\n{line}" in unescape(resume)
    kept.refresh_from_db()
    assert line not in kept.content
    # What the browser kept of a form comes back with the story in it, once.
    sent = {"do": "restore", "take": story.anchor, "work.0.highlights": f"Sewed.\n{line}"}
    assert html(client.post(build, sent)).count("We had 280 of them back") >= 1
    assert f"{line}\n{line}" not in unescape(html(client.post(build, sent)))
    sent = {"do": "restore", "take": story.anchor, "body": "Dear all,\n\nI bind.\n\nThank you."}
    assert "I bind.\n\nIn my second week" in html(client.post("/guides/bookbinder/toolkit/cover-letter/write/", sent))
    sent = {"do": "restore", "take": story.anchor, "take-for": "ask-1", "waiting": "ask-0", "answer.ask-1": "Calmly."}
    practice = html(client.post(PRACTICE, sent))
    assert seen(practice)["waiting"] == "ask-1 ask-0"
    assert f"Calmly.\n\n{TEXTS['situation']}" in practice


def test_a_story_stands_before_all_that_closes_a_letter():
    body = "Dear all,\n\nI bind.\n\nI would like to do this for you. I can start on Monday.\n\nThank you."
    assert with_paragraph(body, "Told.").split("\n\n")[1:3] == ["I bind.", "Told."]
    assert with_paragraph("Thank you.", "Told.") == "Thank you.\n\nTold."


def test_practice_leads_from_the_missing_story_to_writing_it(client, guide):
    page = html(client.post(PRACTICE, {"waiting": "ask-1", "do": "good"}))
    missing = page.partition("The story that is missing")[2]
    assert "/stories/questions/bookbinder/ask-1/" in missing
    assert "/stories/new/?guide=bookbinder&amp;question=ask-1" in html(
        client.get("/stories/questions/bookbinder/ask-1/")
    )
    # The list of questions leads there too, but for those that the person asks.
    page = html(client.get("/guides/bookbinder/toolkit/interview/"))
    assert page.count("/stories/questions/bookbinder/ask-") == 2


def test_stories_travel_with_the_plan_and_stand_in_a_packet(client, guide, plan):
    story = keep(client, plan, skills="mending", questions="bookbinder/ask-0")
    packet = html(client.get("/plan/packet/?part=stories"))
    assert TEXTS["result"] in packet
    assert TEXTS["result"] not in html(client.get("/plan/packet/?part=plan"))
    assert client.get("/plan/packet.pdf?part=stories").content.startswith(b"%PDF")
    exported = client.get("/plan/plan.json").content
    [plain] = json.loads(exported)["stories"]
    assert plain["skills"] == "mending"
    fingerprint = seen(html(client.get(f"/plan/stories/{story.slug}/delete/")))["fingerprint"]
    client.post(f"/plan/stories/{story.slug}/delete/", {"fingerprint": fingerprint})
    assert not Story.objects.exists()
    state = EarlierState.objects.get(was_deleted=True)
    client.post(f"/plan/earlier/{state.pk}/")
    assert Story.objects.get().questions == "bookbinder/ask-0"
    assert client.get(f"/plan/stories/{story.slug}/")["Location"] == f"/stories/{story.slug}/edit/"


def test_what_is_counted():
    text = "We moved to the US. I'd sorted 1,200 books (about $3.50 each), and I told us"
    counted = counts.count(f"{text} twenty-five hundred times; i said so.")
    assert counted.numbers == ["1,200", "3.50", "twenty-five hundred"]
    assert (counted.first_person, counted.plural) == (3, 2)
    assert counts.count("word " * 195).speaking_time == (1, 30)
    assert counts.count("").words == 0


def test_a_resume_line_begins_with_the_verb_and_fits():
    assert wording.resume_line("I then built a list", "it saved\ntwo hours") == "Built a list. it saved two hours."
    assert wording.resume_line("", "It held.") == "It held."
    long = wording.resume_line("I sorted. " + "More words. " * 40, "Done. " + "And so on. " * 40)
    assert long == "Sorted. Done."


def test_practice_can_keep_an_answer_as_a_story(rf, guide, plan):
    request = rf.get("/")
    story = keeping.keep(request, plan, {"action": " I glued\x07 \u202eit.\r\n"}, guide="bookbinder", question="ask-0")
    assert (story.plan, story.action, story.name) == (plan, "I glued it.", "I glued it.")
    assert story.question_slugs == ["bookbinder/ask-0"]
    for parts in ({"action": "\x07"}, {"action": "a" * 3_001}):
        with pytest.raises(keeping.ValidationError):
            keeping.keep(request, plan, parts)
    assert Story.objects.count() == 1
    assert re.fullmatch(validators.ITEM_SLUG, story.slug)
