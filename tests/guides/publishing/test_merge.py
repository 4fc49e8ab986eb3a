"""Three states of a guide into one: each side's changes arrive, and nothing that an editor wrote is ever missing."""

import copy
import json

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from guides import freezing
from guides.publishing.alignment import align, text_of
from guides.publishing.merge import is_same, merge

SOURCES = json.loads((settings.FIXTURES_DIR / "sources.json").read_text())
# Many of one kind say no more than a few.
LEFT_OUT = {"toolkit.wording", "toolkit.jobphrase", "readiness.practice", "readiness.stage", "toolkit.resumeline"}
SHIPPED = [
    freezing.normal(plain)
    for plain in json.loads((settings.FIXTURES_DIR / "library_aide.json").read_text())
    if plain["model"] not in LEFT_OUT
]
# Models whose rows hang from a section or the guide, and a text of each that may be changed.
TEXTS = {
    "guides.point": "text",
    "guides.skill": "detail",
    "guides.section": "summary",
    "guides.figure": "label",
    "guides.observation": "note",
    "readiness.question": "hint",
    "toolkit.interviewquestion": "weak",
}


def section_of(plain):
    """The slug of the section that a plain object is or hangs from, or None."""
    if plain["model"] == "guides.section":
        return plain["fields"]["slug"]
    above = plain["fields"].get("section") or plain["fields"].get("figure")
    return above[1] if above else None


class State:
    """A state of the guide that a test changes."""

    def __init__(self):
        self.objects = copy.deepcopy(SHIPPED)

    def rows(self, model, **fields):
        return [
            plain
            for plain in self.objects
            if plain["model"] == model and all(plain["fields"].get(name) == value for name, value in fields.items())
        ]

    def row(self, model, **fields):
        [row] = self.rows(model, **fields)
        return row

    def remove(self, plain):
        self.objects.remove(plain)

    def remove_section(self, slug):
        """A section with its parts and all that hangs from them."""
        gone = {slug} | {
            plain["fields"]["slug"] for plain in self.rows("guides.section", parent=["library-aide", slug])
        }
        self.objects = [plain for plain in self.objects if not gone & {section_of(plain)}]

    def add(self, model, **fields):
        self.objects.append({"model": model, "fields": fields})


@pytest.fixture
def theirs():
    return State()


@pytest.fixture
def shipped():
    return State()


def merged(theirs, shipped):
    return merge(SHIPPED, theirs.objects, shipped.objects, SOURCES)


def texts(outcome, model):
    rows = sorted(outcome.objects.values(), key=lambda plain: plain["fields"].get("position", 0))
    return [plain["fields"].get("text") for plain in rows if plain["model"] == model]


def points(state, section="responsibilities"):
    return state.rows("guides.point", section=["library-aide", section])


def test_without_changes_here_the_outcome_is_the_release(theirs, shipped):
    shipped.row("guides.guide")["fields"]["title"] = "Library helper"
    points(shipped)[2]["fields"]["text"] = "Something quite different."
    shipped.remove(points(shipped)[0])
    shipped.remove_section("pay-outlook")
    outcome = merged(theirs, shipped)
    assert is_same(list(outcome.objects.values()), shipped.objects)
    assert not outcome.collisions


def test_without_changes_of_the_release_the_outcome_is_theirs(theirs, shipped):
    points(theirs)[1]["fields"]["text"] = "Ours."
    theirs.remove_section("pay-outlook")
    outcome = merged(theirs, shipped)
    assert list(outcome.objects.values()) == theirs.objects
    assert not outcome.taken
    assert not outcome.collisions


def test_rows_changed_on_one_side_each_come_together(theirs, shipped):
    points(theirs)[0]["fields"]["text"] = "What an editor wrote."
    points(shipped)[1]["fields"]["text"] = "What the release corrects."
    outcome = merged(theirs, shipped)
    said = texts(outcome, "guides.point")
    assert {"What an editor wrote.", "What the release corrects."} <= set(said)
    assert len(outcome.objects) == len(SHIPPED)
    assert not outcome.collisions


def test_a_row_changed_on_both_sides_stays_theirs_and_collides(theirs, shipped):
    points(theirs)[0]["fields"]["text"] += " An editor's words."
    points(shipped)[0]["fields"]["text"] += " The release's words."
    outcome = merged(theirs, shipped)
    [collision] = outcome.collisions.values()
    assert collision.base == points(State())[0]
    assert collision.theirs["fields"]["text"].endswith("An editor's words.")
    assert collision.shipped["fields"]["text"].endswith("The release's words.")
    assert list(outcome.objects.values()) == theirs.objects


def test_the_same_change_on_both_sides_is_no_collision(theirs, shipped):
    for side in (theirs, shipped):
        side.rows("guides.skill")[0]["fields"]["detail"] = "Agreed."
        side.add("guides.point", section=["library-aide", "tools"], text="Both added it.", position=9)
    outcome = merged(theirs, shipped)
    assert not outcome.collisions
    assert texts(outcome, "guides.point").count("Both added it.") == 1


def test_rows_added_on_both_sides_are_both_there_each_in_its_place(theirs, shipped):
    for plain in points(theirs)[1:]:
        plain["fields"]["position"] += 1
    theirs.add("guides.point", section=["library-aide", "responsibilities"], text="Ours, second.", position=2)
    shipped.add("guides.point", section=["library-aide", "responsibilities"], text="Theirs, last.", position=99)
    outcome = merged(theirs, shipped)
    rows = [plain for plain in outcome.objects.values() if plain["model"] == "guides.point"]
    rows = [plain for plain in rows if plain["fields"]["section"][1] == "responsibilities"]
    said = [plain["fields"]["text"] for plain in sorted(rows, key=lambda plain: plain["fields"]["position"])]
    base = [plain["fields"]["text"] for plain in points(State())]
    assert said == [base[0], "Ours, second.", *base[1:], "Theirs, last."]


def test_a_point_put_in_front_leaves_an_edited_one_the_same_row(theirs, shipped):
    points(theirs)[0]["fields"]["text"] += " Ours."
    for plain in points(shipped):
        plain["fields"]["position"] += 1
    shipped.objects.insert(
        2,
        {
            "model": "guides.point",
            "fields": {"section": ["library-aide", "responsibilities"], "text": "New and first.", "position": 1},
        },
    )
    outcome = merged(theirs, shipped)
    said = texts(outcome, "guides.point")
    assert not outcome.collisions
    assert len(said) == len(points(State(), "responsibilities")) + 1 + len(SHIPPED_POINTS_ELSEWHERE)
    assert any(text.endswith(" Ours.") for text in said)


SHIPPED_POINTS_ELSEWHERE = [
    plain
    for plain in SHIPPED
    if plain["model"] == "guides.point" and plain["fields"]["section"][1] != "responsibilities"
]


def test_an_order_changed_here_stays_and_new_rows_find_their_place(theirs, shipped):
    rows = points(theirs)
    for position, plain in enumerate(reversed(rows), start=1):
        plain["fields"]["position"] = position
    shipped.add("guides.point", section=["library-aide", "responsibilities"], text="New, last.", position=99)
    outcome = merged(theirs, shipped)
    rows = [plain for plain in outcome.objects.values() if plain["model"] == "guides.point"]
    rows = [plain for plain in rows if plain["fields"]["section"][1] == "responsibilities"]
    said = [plain["fields"]["text"] for plain in sorted(rows, key=lambda plain: plain["fields"]["position"])]
    base = [plain["fields"]["text"] for plain in points(State())]
    # It stood after the last one, which is the first one here.
    assert said == [base[-1], "New, last.", *reversed(base[:-1])]


def test_an_order_changed_by_the_release_arrives(theirs, shipped):
    points(theirs)[0]["fields"]["text"] += " Ours."
    for position, plain in enumerate(reversed(points(shipped)), start=1):
        plain["fields"]["position"] = position
    outcome = merged(theirs, shipped)
    assert [text[-5:] for text in texts(outcome, "guides.point") if text.endswith("Ours.")] == ["Ours."]
    places = [plain["fields"]["position"] for plain in outcome.objects.values() if "Ours." in str(plain["fields"])]
    assert places == [len(points(State()))]


def test_a_row_deleted_here_stays_deleted_and_collides_only_where_the_release_changed_it(theirs, shipped):
    first, second = points(theirs)[:2]
    theirs.remove(first)
    theirs.remove(second)
    points(shipped)[1]["fields"]["text"] = "Changed since."
    outcome = merged(theirs, shipped)
    assert list(outcome.objects.values()) == theirs.objects
    [collision] = outcome.collisions.values()
    assert collision.theirs is None
    assert collision.shipped["fields"]["text"] == "Changed since."


def test_what_the_release_adds_to_a_section_deleted_here_stays_out(theirs, shipped):
    theirs.remove_section("responsibilities")
    shipped.add("guides.point", section=["library-aide", "responsibilities"], text="New.", position=9)
    outcome = merged(theirs, shipped)
    assert list(outcome.objects.values()) == theirs.objects
    [collision] = outcome.collisions.values()
    assert (collision.base, collision.theirs, collision.shipped["fields"]["text"]) == (None, None, "New.")


def test_a_section_that_the_release_removes_stays_where_an_editor_wrote_in_it(theirs, shipped):
    points(theirs)[0]["fields"]["text"] += " Ours."
    theirs.add("guides.point", section=["library-aide", "responsibilities"], text="Ours, too.", position=9)
    shipped.remove_section("responsibilities")
    outcome = merged(theirs, shipped)
    said = texts(outcome, "guides.point")
    assert "Ours, too." in said
    assert any(text.endswith(" Ours.") for text in said)
    assert any(plain["fields"].get("slug") == "responsibilities" for plain in outcome.objects.values())
    assert {collision.plain["model"] for collision in outcome.collisions.values()} == {"guides.section", "guides.point"}


def test_what_the_release_removes_and_nobody_touched_goes(theirs, shipped):
    theirs.row("guides.guide")["fields"]["title"] = "Ours"
    shipped.remove_section("responsibilities")
    outcome = merged(theirs, shipped)
    assert not any("responsibilities" in str(plain["fields"]) for plain in outcome.objects.values())
    assert not outcome.collisions


def test_a_slug_that_the_release_renames_brings_both_rows_where_an_editor_changed_the_old_one(theirs, shipped):
    slug = theirs.rows("guides.skill")[0]["fields"]["slug"]
    theirs.row("guides.skill", slug=slug)["fields"]["detail"] = "Ours."
    shipped.row("guides.skill", slug=slug)["fields"]["slug"] = "renamed"
    outcome = merged(theirs, shipped)
    slugs = [plain["fields"]["slug"] for plain in outcome.objects.values() if plain["model"] == "guides.skill"]
    assert {slug, "renamed"} <= set(slugs)
    [collision] = outcome.collisions.values()
    assert collision.shipped is None


def test_entries_of_one_name_in_two_examples_are_two_rows():
    """Only their example tells them apart."""
    guide = {"model": "guides.guide", "fields": {"slug": "a"}}
    examples = [{"model": "toolkit.resumeexample", "fields": {"guide": ["a"], "slug": slug}} for slug in "xy"]
    entries = [
        {"model": "toolkit.resumeentry", "fields": {"example": ["a", slug], "slug": "education", "title": slug}}
        for slug in "xy"
    ]
    [keyed] = align([guide, *examples, *entries])
    assert list(keyed.values()) == [guide, *examples, *entries]


@st.composite
def changes(draw):
    """What a side does: rows that it changes, rows that it removes, points that it adds."""
    rows = [place for place, plain in enumerate(SHIPPED) if plain["model"] in TEXTS]
    changed = draw(st.sets(st.sampled_from(rows), max_size=6))
    parents = {"guides.section", "guides.figure", "readiness.question"}
    leaves = [place for place in rows if SHIPPED[place]["model"] not in parents]
    removed = draw(st.sets(st.sampled_from(leaves), max_size=4))
    sections = draw(st.lists(st.sampled_from(["responsibilities", "tools", "pros", "skills"]), max_size=3))
    gone = draw(st.sampled_from([None, "responsibilities", "pay-outlook", "tools"]))
    return changed, removed, sections, gone


def apply(change, word):
    changed, removed, sections, gone = change
    state = State()
    for place in changed:
        plain = state.objects[place]
        plain["fields"][TEXTS[plain["model"]]] = f"{plain['fields'].get(TEXTS[plain['model']], '')} {word} {place}"
    for number, section in enumerate(sections):
        state.add("guides.point", section=["library-aide", section], text=f"{word} adds {number}", position=90 + number)
    rows = [state.objects[place] for place in removed]
    state.objects = [plain for plain in state.objects if not any(plain is row for row in rows)]
    if gone:
        state.remove_section(gone)
    return state


@hypothesis_settings(max_examples=30, deadline=None)
@given(changes(), changes())
def test_whatever_both_sides_do_nothing_of_an_editor_is_lost_and_all_of_the_release_is_there_or_shown(ours, released):
    theirs, shipped = apply(ours, "ours"), apply(released, "released")
    outcome = merge(SHIPPED, theirs.objects, shipped.objects, SOURCES)
    said = {text_of(plain) for plain in outcome.objects.values()}
    to_decide = {text_of(collision.shipped) for collision in outcome.collisions.values()}
    base = {text_of(plain) for plain in SHIPPED}
    for plain in theirs.objects:
        # What an editor changed or added is in the outcome; what nobody wrote here may be the release's now.
        assert text_of(plain) in said | base
        if text_of(plain) not in base:
            assert text_of(plain) in said
    for plain in shipped.objects:
        if text_of(plain) not in base:
            assert text_of(plain) in said | to_decide
    # It can be loaded: every row has what it hangs from.
    freezing.thaw({"format": 1, "sources": SOURCES, "objects": list(outcome.objects.values())})
