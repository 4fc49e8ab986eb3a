"""What differs between two editions."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.models import Figure
from guides.publishing import diff, editions
from tests import factories


def compare(guide):
    old = guide.editions.get(number=1).content
    return diff.compare(old, editions.save(guide).content)


def marked(parts):
    return "".join(f"[{part.change} {part.text}]" if part.change else part.text for part in parts)


def test_a_paragraph_added_at_the_end_marks_nothing_before_it():
    left, right = diff.words("They mend books.", "They mend books.\n\nThey bind.")
    assert [part.text for part in left if part.change] == []
    assert "".join(part.text for part in right if part.change) == "\n\nThey bind."


def test_words_are_marked_on_their_side():
    left, right = diff.words("They mend old books.", "They mend and bind old books.")
    assert marked(left) == "They mend old books."
    assert marked(right) == "They mend [ins and bind ]old books."


@given(st.text(alphabet="ab \n", max_size=60), st.text(alphabet="ab \n", max_size=60))
def test_no_word_is_lost(before, after):
    left, right = diff.words(before, after)
    assert "".join(part.text for part in left) == before
    assert "".join(part.text for part in right) == after
    assert [part.text for part in left if not part.change] == [part.text for part in right if not part.change]


@pytest.mark.parametrize("text", ["word " * 4000, " ".join(str(number) for number in range(4000))])
def test_the_longest_texts_are_compared_at_once(text):
    start = time.process_time()
    diff.words(text, text[: len(text) // 2] + "new " + text[len(text) // 2 :])
    assert time.process_time() - start < 2


def test_equal_editions_have_no_changes(guide):
    content = guide.editions.get().content
    assert diff.compare(content, content) == []


def test_a_changed_text_names_section_and_field(guide):
    section = guide.sections.get(kind="text")
    section.body = "Something **else**."
    section.save()
    [change] = compare(guide)
    assert (change.place, change.kind, change.differences[0].label) == ("Text", "changed", "text")


def test_a_changed_row_stays_the_same_row(guide):
    points = guide.sections.get(kind="points").points
    factories.make_point(points.instance, position=0)
    points.filter(position=0).first().delete()
    second = points.last()
    second.text = "Some other text."
    second.save()
    kinds = {change.kind for change in compare(guide) if change.place == "Points"}
    assert "changed" in kinds


def test_a_row_in_front_moves_no_other(guide):
    section = guide.sections.get(kind="points")
    section.points.update(position=5)
    point = factories.make_point(section, position=0)
    point.text = "In front."
    point.save()
    [change] = compare(guide)
    assert (change.kind, change.name) == ("added", "point: Label 0")


def test_an_observation_is_named_with_its_section(guide):
    figure = Figure.objects.get(slug="figures-0")
    figure.observations.filter(year=2024).update(value=1)
    [change] = compare(guide)
    assert change.place == "Figures"
    assert marked(change.differences[0].before) == "[del 40000]"


def test_a_new_order_is_told(guide):
    first, last = guide.sections.get(kind="steps").steps.all()
    first.position, last.position = 2, 1
    first.save()
    last.save()
    [change] = compare(guide)
    assert (change.kind, change.place, change.name) == ("moved", "Steps", "steps")
    assert marked(change.differences[0].before) == "Step 0\n[del Step 1\n]"
    assert marked(change.differences[0].after) == "[ins Step 1\n]Step 0\n"


def test_a_removed_section_is_shown_with_its_text(guide):
    guide.sections.get(kind="text").delete()
    changes = compare(guide)
    assert [change.kind for change in changes] == ["removed"]
    assert "introduction" in marked(changes[0].differences[-1].before)


def test_sources_are_compared_too(guide):
    source = factories.make_source()
    source.title = "Other wages"
    source.save()
    [change] = compare(guide)
    assert change.place == "Sources"


def test_a_summary_fits(guide):
    for number in range(60):
        factories.make_section(guide, slug=f"more-{number}", heading=f"A section with a long heading {number}")
    assert len(editions.save(guide).changes) == 300
