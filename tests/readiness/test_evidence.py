"""What counts as evidence: measured on lines of resumes and on tasks of every other occupation; and what a text says
of where something was done."""

from pathlib import Path

import pytest

from guides.models import Guide, Skill
from guides.readiness import matching, skills_gap
from guides.readiness.occasions import Occasion
from guides.reading import reader

DATA = Path(__file__).parent / "data"
# Skills that only work in a library shows.
OF_LIBRARIES = frozenset(
    """integrated-library-systems cataloging-and-metadata bibliographic-utilities classification authority-control
    batch-editing serials media-formats interlibrary-loan physical-processing circulation-desk digital-resources
    reference-basics shelving preservation""".split()
)


def rows(name):
    """The rows of a file of labels: first column, the skills that the line shows, the line."""
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            first, skills, text = line.split("\t")
            yield first, set(skills.split()), text


def offered(text, skills):
    return {match.skill.slug for match in matching.find(text, skills)}


@pytest.mark.parametrize("name", ["onet_tasks.tsv", "onet_tasks_second.tsv"])
def test_tasks_of_other_occupations_are_offered_next_to_nothing_false(lta, name):
    """In every guide at most 2 % of the tasks have a false offer, and at most 0.5 % one of a library's skills."""
    tasks = list(rows(name))
    assert len(tasks) == 500
    for slug in sorted(Guide.objects.values_list("slug", flat=True)):
        skills = skills_gap.all_skills(reader.live(slug))
        wrong = [(task, offered(text, skills) - shown) for task, shown, text in tasks]
        wrong = [(task, false) for task, false in wrong if false]
        of_libraries = [task for task, false in wrong if false & OF_LIBRARIES]
        assert len(wrong) <= 10, (slug, wrong)
        assert len(of_libraries) <= 2, (slug, of_libraries)


@pytest.mark.parametrize("half", ["A", "B"])
def test_lines_of_resumes_are_read_as_they_are_meant(lta, half):
    skills = skills_gap.all_skills(reader.live("library-technical-assistant"))
    right = given = shown = 0
    for part, true, text in rows("resume_lines.tsv"):
        if part == half:
            found = offered(text, skills)
            right, given, shown = right + len(true & found), given + len(found), shown + len(true)
    assert right / given >= 0.95, f"{right} of {given}"
    assert right / shown >= 0.85, f"{right} of {shown}"


@pytest.mark.parametrize(
    ("name", "part", "precision", "recall"),
    [
        ("onet_trades.tsv", "tuned", 0.95, 0.9),
        ("onet_trades.tsv", "held", 0.95, 0.45),
        ("resume_lines_blind.tsv", "C", 0.8, 0.5),
    ],
)
def test_words_of_other_work_are_read(lta, name, part, precision, recall):
    """Where nothing was tuned, tasks: 14 of 14 offers right, 14 of 29 skills found; lines: 48 of 58, 48 of 94."""
    skills = skills_gap.all_skills(reader.live("library-technical-assistant"))
    right = given = shown = 0
    for of_part, labels, text in rows(name):
        if of_part == part:
            arguable = {label[1:] for label in labels if label.startswith("?")}
            true = {label for label in labels if not label.startswith("?")}
            found = offered(text, skills) - arguable
            right, given, shown = right + len(true & found), given + len(found), shown + len(true)
    assert right / given >= precision, f"{right} of {given}"
    assert right / shown >= recall, f"{right} of {shown}"


def test_another_trade_is_offered_nothing(lta):
    text = """Ann Other, site engineer
    Ran projects of four bridges and adopted a new design. Resolved complaints of neighbors.
    Team initiative prize. Lowered checkout time of an online shop; analytics dashboards. Premises wiring."""
    assert offered(text, skills_gap.all_skills(reader.live("library-technical-assistant"))) == set()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Prepared new library books for circulation", set()),
        ("Responsible for circulation at the city library", {"it"}),
        ("Circulation at the city library", {"it"}),
    ],
)
def test_what_a_thing_is_made_ready_for_is_not_what_was_done(text, shown):
    assert offered(text, [skill("Circulation")]) == shown


def test_a_noun_is_no_duty(lta):
    skills = skills_gap.all_skills(reader.live("library-technical-assistant"))
    assert "cataloging-and-metadata" not in offered("Searched the catalog for lost items", skills)
    assert "cataloging-and-metadata" in offered("Helped to catalog items", skills)


def skill(name, slug="it"):
    return Skill(slug=slug, name=name)


@pytest.mark.parametrize("text", ["inter\u00adlibrary loans", "interlibra\u200bry loan", "Interlibrary\u00a0loan"])
def test_what_is_not_seen_does_not_part_a_word(text):
    assert offered(text, [skill("Interlibrary loan")]) == {"it"}


def test_a_ligature_is_its_letters():
    assert offered("wrote finding aids, \ufb01lm archive, micro\ufb01lm", [skill("Microfilm")]) == {"it"}


@pytest.mark.parametrize(
    ("text", "occasion"),
    [
        ("EXPERIENCE\nLibrary Page, City Library, 2022 - present\n- Used Koha", Occasion.WORK),
        ("Clerk, City Library, 2019-2021\nUsed Koha every day", Occasion.WORK),
        ("I worked with Koha for three years.", Occasion.WORK),
        ("Volunteer: helped at the library with Koha", Occasion.VOLUNTEERING),
        (
            "Experience\nClerk, Shop, 2019-2021\nSold shoes\nVolunteering\nUsed Koha in a church library",
            Occasion.VOLUNTEERING,
        ),
        ("For three years I have volunteered in a library and used Koha.", Occasion.VOLUNTEERING),
        ("Education\nCollege, 2024 - 2026\nKoha lab", Occasion.STUDY),
        ("Experience\nClerk, Shop, 2019-2021\n\nSkills\nKoha, Excel", Occasion.UNSAID),
        ("Koha", Occasion.UNSAID),
        ("Scheduled volunteers\nClerk, Library, 2019-2021\nTracked volunteer hours in Koha", Occasion.WORK),
    ],
)
def test_where_something_was_done_is_what_the_text_says(text, occasion):
    [match] = matching.find(text, [skill("Koha")])
    assert match.occasion is occasion


def test_a_slip_or_a_common_word_is_weak_and_a_duty_strong():
    strength = [matching.find(text, [skill("Interlibrary loan")]) for text in ("interlibrary loan", "interlibary loan")]
    assert [match.is_strong for [match] in strength] == [True, False]
    listed = Skill(slug="organizational-skills", name="Order", also_known_as="Organized")
    [match] = matching.find("Calm, organized, friendly", [listed])
    assert not match.is_strong
    [match] = matching.find("Organized the book fair for eleven years", [listed])
    assert match.is_strong
