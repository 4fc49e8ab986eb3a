"""Skills found in resumes: how many of those that are there, and how many that are not."""

from pathlib import Path

import pytest

from guides.models import Skill
from guides.readiness import matching, skills_gap
from guides.reading import reader

RESUMES = sorted((Path(__file__).parent / "resumes").glob("*.txt"))


def read(path):
    """Return a resume's text and the skills it truly shows, which its first line names."""
    first, _, text = path.read_text(encoding="utf-8").partition("\n")
    return text, set(first.removeprefix("skills:").replace(",", " ").split())


def found_in(text, skills):
    return {match.skill.slug for match in matching.find(text, skills)}


def test_at_least_nine_of_ten_skills_are_found_and_at_most_one_in_twenty_is_false(lta):
    skills = skills_gap.all_skills(reader.live("library-technical-assistant"))
    shown = right = offered = 0
    report = []
    for path in RESUMES:
        text, true = read(path)
        assert true <= {skill.slug for skill in skills}, path.name
        found = found_in(text, skills)
        shown, right, offered = shown + len(true), right + len(true & found), offered + len(found)
        report.append(f"{path.stem}: missed {sorted(true - found)}, false {sorted(found - true)}")
    summary = f"{len(RESUMES)} resumes: {right} of {shown} found, {offered - right} of {offered} offered are false"
    print(summary, *report, sep="\n")  # noqa: T201 - shown where the test fails, and with -s
    assert len(RESUMES) >= 10
    assert right / shown >= 0.9
    assert (offered - right) / offered <= 0.05


def skill(name, *others):
    return Skill(slug="it", name=name, also_known_as="\n".join(others))


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (["Shelving"], "I did shelving in a library."),
        (["Shelving"], "Shelved books, and shelves were read."),
        (["Cataloging"], "CATALOGUING"),
        (["Cataloging"], "catalogeing of maps"),
        (["Circulation"], "library cirulation"),
        (["Microsoft Office"], "Micorsoft Office"),
        (["Interlibrary loan"], "Inter-library loans"),
        (["Interlibrary loans"], "an interlibrary loan"),
        (["Checkout"], "check-out desk of a library"),
        (["Check-out"], "checkout desk of the library"),
        (["MARC21"], "MARC 21 records"),
        (["MARC 21"], "in MARC21"),
        (["Wi-Fi"], "set up WiFi"),
        (["Integrated library systems (ILS)"], "one ILS"),
        (["ILL"], "ILLs a day"),
        (["Excel"], "Word, Excel and Outlook"),
        (["Excel"], "Skills: Excel"),
        (["Excel"], "\n- Excel, Word\n"),
        (["Alma"], "records in Alma."),
        (["Labeling"], "labelling of books"),
        (["Paper jams"], "cleared a paper jam"),
        (["Photocopying"], "photocopied maps"),
        (["E-books"], "helped with ebooks"),
        (["Problem-solving"], "problem solving"),
        (["TCP/IP"], "TCP/IP networks"),
    ],
)
def test_a_name_is_found(names, text):
    assert found_in(text, [skill(*names)]) == {"it"}


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (["Word"], "in a word, no"),
        (["Excel"], "I excel at puzzles"),
        (["Excel"], "Excel at everything I do."),
        (["ILL"], "I was ill"),
        (["Alma"], "my alma mater"),
        (["LAN"], "a land line"),
        (["Retail"], "detail"),
        (["Thorough"], "through the woods"),
        (["Inventory"], "an inventor"),
        (["Customers"], "cleared customs"),
        (["Voyager"], "a long Voyage, alone"),
        (["Usage statistics"], "usage statistical"),
        (["Projectors"], "managed projects"),
        (["Reshelving"], "good at resolving complaints"),
        (["Precise"], "premise cabling"),
        (["Adapted"], "adopted by three cities"),
        (["Problem-solving", "Analytical"], "an Analytics team of five"),
        (["Checkout"], "checkout latency of a web shop"),
        (["Initiative"], "team initiative award"),
        (["Organized"], "Plan and organize the repair of boilers"),
        (["Accuracy"], "Measured the accuracy of turbine blades"),
        (["Circulation"], "circulation of blood"),
        (["Mending"], "sending letters"),
        (["Shelf reading"], "took it from the shelf. Reading is a hobby."),
        (["Front desk"], "in front, desk and chair"),
        (["Cataloging"], "no experience with cataloging"),
        (["ILS"], "have not used an ILS"),
        (["Cataloging"], ""),
        ([""], "anything"),
        (["()"], "anything"),
    ],
)
def test_a_name_is_not_found(names, text):
    assert found_in(text, [skill(*names)]) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Seeking a position in a library where I can learn cataloging.",
        "Library page, 2022 - 2024\nI would like to learn cataloging.",
        "Looking for library work with cataloging.",
        "Eager to learn cataloging at the library.",
        "Cataloging for a small library as a hobby.",
    ],
)
def test_a_wish_and_a_hobby_are_no_skill(text):
    assert found_in(text, [skill("Cataloging")]) == set()


def test_what_others_wanted_to_learn_was_taught():
    assert found_in("Taught people at the library who wanted to learn cataloging.", [skill("Cataloging")]) == {"it"}


def test_not_only_is_no_denial():
    assert found_in("not only cataloging but more", [skill("Cataloging")]) == {"it"}


def test_each_match_shows_the_words_it_was_found_in():
    [match] = matching.find(
        "Worked hard.\nRan the circulation desk on weekends\nLiked it.", [skill("Circulation desk")]
    )
    assert match.evidence == (("Ran the ", "circulation desk", " on weekends"),)
    text = "Metadata one. Koha two. Koha three. Koha four. Koha five."
    [match] = matching.find(text, [skill("Koha")])
    assert len(match.evidence) == matching.EVIDENCE_SHOWN


def test_overlapping_names_are_one_piece_of_evidence():
    [match] = matching.find("the circulation desk", [skill("Circulation", "Circulation desk")])
    assert [words for _before, words, _after in match.evidence] == ["circulation desk"]


def test_a_hostile_text_takes_a_bounded_time(lta):
    from time import process_time

    skills = skills_gap.all_skills(reader.live("library-technical-assistant"))
    texts = ["cataloging " * 4_000, "".join(f"c{number:07}atalog " for number in range(3_000)), "a-" * 20_000]
    texts.append(" ".join(f"cataloqin{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}" for n in range(3_600)))
    start = process_time()
    for text in texts:
        matching.find(text, skills)
    assert process_time() - start < 4 * 2
