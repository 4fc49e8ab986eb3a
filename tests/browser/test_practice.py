"""Interview practice in a browser: aloud with Chromium's own microphone, nothing sent, counted as the server does."""

import json
import random
import re

import pytest
from playwright.sync_api import expect

from guides.practice.counting import count
from guides.practice.models import KeptSession
from guides.practice.vocabulary import of_guide
from guides.publishing import editions
from guides.reading import reader
from tests import factories
from tests.toolkit.content import make_question

PRACTICE = "/guides/bookbinder/practice/"
PHONE = {"viewport": {"width": 360, "height": 720}}


# Stands for the browser's own model, which must be fetched before it can write: it hears one sentence, and
# only where it is asked to hear on the device.
HEARS = """
  window.SpeechRecognition = class extends EventTarget {
    static available = async ({ processLocally }) => (processLocally ? "available" : "unavailable");
    get processLocally() { return this.isLocal; }
    set processLocally(value) { this.isLocal = value; }
    start() { if (!this.isLocal) throw new Error("not on the device"); }
    stop() {
      const results = [Object.assign([{ transcript: "and I bound 40 books." }], { isFinal: true })];
      this.dispatchEvent(Object.assign(new Event("result"), { results, resultIndex: 0 }));
      this.dispatchEvent(new Event("end"));
    }
  };
"""


@pytest.fixture
def guide(transactional_db):
    guide = factories.make_guide()
    for position in range(3, 8):
        group = ["work", "people", "situations"][position % 3]
        make_question(guide, position, group=group, question=f"What of glue {position}?")
    editions.publish(editions.save(guide))
    return guide


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_session_aloud_and_typed_by_keyboard_sends_nothing(new_context, guide, axe):
    page = new_context(**PHONE).new_page()
    page.add_init_script(HEARS)
    page.goto(PRACTICE)
    expect(page.locator("#practice[data-ready]")).to_be_visible()
    axe(page)
    assert fits(page)
    # The site's own fonts come after a first page, whatever it is.
    page.wait_for_function("localStorage.getItem('fonts')")
    sent = []
    page.on("request", lambda request: sent.append(request.url) if not request.url.startswith("blob:") else None)
    first = page.locator("[data-ask]:visible")
    expect(first).to_have_count(1)
    page.get_by_label("Time for each answer").select_option("2")
    button = page.get_by_role("button", name="Answer aloud")
    button.press("Enter")
    expect(page.get_by_role("button", name="Stop recording")).to_be_focused()
    expect(first.locator("[data-time]")).to_have_text(re.compile(r"^[12]:\d\d$"))
    expect(first.locator("[data-recorded]")).to_have_text(re.compile(r"^0:0[1-9]$"))
    page.get_by_role("button", name="Stop recording").press("Enter")
    player = first.locator("audio")
    expect(player).to_be_visible()
    assert player.get_attribute("src").startswith("blob:")
    # What was recorded is played: the policy of this page lets it.
    page.wait_for_function(
        "new Promise((done, fail) => { const it = document.querySelector('audio:not([hidden])');"
        " it.onended = () => done(true); it.onerror = () => fail(it.error); it.play().catch(fail); })"
    )
    field = page.locator("[data-ask]:visible textarea")
    expect(field).to_have_value("and I bound 40 books.")
    answer = "When I worked at a shop, I bound 40 books. I would tell the mother what her son borrowed."
    field.fill(answer)
    page.get_by_role("button", name="Look at my answer").press("Enter")
    expect(page.get_by_role("heading", name="What is in your answer")).to_be_focused()
    expect(first.locator("[data-count=situation]")).to_have_text("When I worked")
    expect(first.locator("[data-count=numbers]")).to_have_text("40")
    expect(first.locator("[data-spoken] dd")).to_have_text(re.compile(r"^0:\d\d$"))
    expect(page.get_by_role("heading", name="You speak of telling what somebody borrowed")).to_be_visible()
    expect(page.get_by_role("heading", name="The guide’s answer")).to_be_visible()
    axe(page)
    assert fits(page)
    for _number in range(4):
        page.get_by_role("button", name="Next question").press("Enter")
        expect(page.locator("[data-ask]:visible h2")).to_be_focused()
        page.get_by_role("button", name="Look at my answer").press("Enter")
    page.get_by_role("button", name="See the whole session").press("Enter")
    end = page.locator("[data-end]")
    expect(end.get_by_role("heading", name="The whole session")).to_be_focused()
    expect(end.locator("[data-count=answered]")).to_have_text("1 / 5")
    axe(page)
    assert fits(page)
    assert sent == []
    # On to the form, with the answers in this tab's memory, and kept from there alone.
    end.get_by_role("link", name="Keep it in my plan").click()
    expect(page.get_by_label("Why glue 0?")).to_have_value(answer)
    # Back, and there again, nothing that was typed is lost; nor is there a question that one cannot go back to.
    page.go_back()
    expect(page.locator("#practice[data-ready]")).to_be_visible()
    expect(page.locator("[data-end]")).to_be_visible()
    page.locator("[data-end]").get_by_role("button", name="One question back").click()
    for number in range(4, 0, -1):
        expect(page.get_by_text(f"Question {number + 1} of 5")).to_be_visible()
        page.locator("[data-ask]:visible").get_by_role("button", name="One question back").click()
    expect(page.locator("[data-ask]:visible textarea")).to_have_value(answer)
    page.reload()
    expect(page.locator("#practice[data-ready]")).to_be_visible()
    expect(page.locator("[data-ask]:visible textarea")).to_have_value(answer)
    page.goto(f"{PRACTICE}1/written/")
    expect(page.get_by_label("Why glue 0?")).to_have_value(answer)
    assert not any("glue" in url or "mother" in url for url in sent)
    page.get_by_label("Keep my answers too").check()
    page.get_by_role("button", name="Keep in my plan").click()
    expect(page.get_by_role("heading", name="My plan")).to_be_visible()
    assert "I bound 40 books" in KeptSession.objects.get().text
    # What waits in the tab is cleared there.
    page.goto(PRACTICE)
    expect(page.locator("#practice[data-ready]")).to_be_visible()
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Clear my answers").click()
    expect(page.locator("[data-ask]:visible textarea")).to_have_value("")
    page.reload()
    expect(page.locator("#practice[data-ready]")).to_be_visible()
    expect(page.locator("[data-ask]:visible textarea")).to_have_value("")


def test_without_a_microphone_one_types_and_without_javascript_a_form_counts(new_context, guide, axe):
    silent = new_context().new_page()
    silent.add_init_script("delete window.MediaRecorder")
    silent.goto(PRACTICE)
    expect(silent.locator("#practice[data-ready]")).to_be_visible()
    expect(silent.locator("[data-ask]:visible textarea")).to_be_visible()
    expect(silent.get_by_role("button", name="Answer aloud")).to_have_count(0)
    plain = new_context(**PHONE, java_script_enabled=False).new_page()
    plain.goto(PRACTICE)
    expect(plain.get_by_role("button", name="Answer aloud")).to_have_count(0)
    assert fits(plain)
    plain.get_by_role("link", name="Write my answers").click()
    plain.get_by_label("Why glue 0?").fill("I bound 40 books.")
    plain.get_by_role("button", name="Count what is in them").click()
    expect(plain.locator("[data-count=action]").first).to_have_text("I bound")
    expect(plain.get_by_label("Why glue 0?")).to_have_value("I bound 40 books.")
    assert fits(plain)


def test_the_browser_and_the_server_count_alike(new_context, guide):
    words = of_guide(reader.live("bookbinder"))
    page = new_context().new_page()
    page.goto(PRACTICE)
    expect(page.locator("#practice[data-ready]")).to_be_visible()
    assert json.loads(page.locator("#practice-words").text_content()) == words
    words["skills"] += [{"name": "Office", "phrases": ["copy cataloging"], "exact": ["Word"]}]
    words["duties"] += [{"name": "Shelve", "words": ["shelv", "item", "order"], "enough": 2}]
    texts = made_up(words, 300)
    counted = page.evaluate(
        """async ([texts, words]) => {
          const { count } = await import(document.getElementById("practice").dataset.counting);
          return texts.map(([answer, weak]) => count(answer, words, weak));
        }""",
        [texts, words],
    )
    for (answer, weak), own in zip(texts, counted, strict=True):
        assert own == count(answer, words, weak), json.dumps([answer, weak])
    # They were no empty answers: everything that there is to count was counted somewhere.
    assert all(any(own[name] for own in counted) for name in counted[0])


def said(phrase, words, chance):
    """A phrase as somebody says it, with something for each of its signs."""
    signs = {"~": "thing", "#": "40", "#age": "fifty-eight", "+ed": "mended", "$": ""}
    parts = []
    for part in phrase.split():
        if part[0] in "<[":
            parts.append(chance.choice([*words["classes"][part[1:-1]], *([""] if part[0] == "[" else [])]))
        else:
            parts.append(signs.get(part, part.lstrip("=")))
    return " ".join(filter(None, parts))


def made_up(words, number):
    """Answers and weak answers made of whatever is looked for, other words, signs, and letters of other languages."""
    chance = random.Random(25)  # noqa: S311 (texts, no secrets)
    cautions = [phrases for each in words["cautions"] for phrases in (*each["all"], each["unless"])]
    lists = [*words["parts"].values(), words["ages"], *cautions, words["before_a_year"], words["past"]]
    lists += [words["fillers"], list(words["numbers"]), words["states"], words["kinds"], words["common"]]
    lists = [[said(phrase, words, chance) for phrase in phrases] for phrases in lists if phrases]
    lists += [[*each["phrases"], *each["exact"], each["name"]] for each in words["skills"]]
    lists += [each["words"] for each in words["duties"]]
    other = [
        "I’m",
        "don't",
        "café",
        "Łódź",
        "ÉCOLE",
        "İzmir",
        "3.5",
        "1,200",
        "2nd",
        "twenty-five",
        "one hundred and five",
        "US",
        "2023",
        "I\u2010V",
        "x-ray",
        "shelves",
        "stopped",
        "🙂",
    ]
    signs = [" ", " ", " ", " ", ", ", ". ", "! ", "\n", "; ", " – ", "...", "\t", "\u00a0"]
    weak = ["I like pots and I like glue", "It is a stable job, I think", ""]

    def text():
        pieces = []
        for _piece in range(chance.randrange(30)):
            piece = chance.choice(chance.choice([*lists, other, weak]))
            piece = chance.choice([str, str, str.capitalize, str.upper])(piece)
            pieces += [piece, chance.choice(signs)]
        return "".join(pieces)

    return [(text(), chance.choice(weak)) for _text in range(number)]
