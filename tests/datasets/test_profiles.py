"""What O*NET says of an occupation beside its titles: read from text and Excel, kept packed, read as dataclasses."""

from datetime import date

import pytest

from guides.datasets import profiles, references
from guides.datasets.models import Dataset, Occupation, OccupationBlock, OccupationTitle

from .files import EDUCATION_HEADER, ONET_FILES, RATING_HEADER, make_onet, make_rating, make_table

# In the order of their numbers in O*NET's high-points.
INTERESTS = ("Realistic", "Investigative", "Artistic", "Social", "Enterprising", "Conventional")
READING, WRITING = ("2.A.1.a", "Reading Comprehension"), ("2.A.1.c", "Writing")
NEGOTIATION = ("2.B.1.d", "Negotiation")
TASK_HEADER = "O*NET-SOC Code,Task ID,Task,Task Type,Incumbents Responding,Date,Domain Source".split(",")
ACTIVITY_HEADER = "O*NET-SOC Code,Task ID,Task,DWA ID,DWA Title,Date,Domain Source".split(",")


@pytest.fixture
def folder(tmp_path):
    """A folder with the three files of titles, to which a test adds others."""
    return make_onet(tmp_path / "onet")


def technicians():
    return profiles.of("25-4031.00")


def row(header, *cells):
    return dict(zip(header, cells, strict=True))


def test_ratings_keep_interval_answers_date_and_the_publishers_advice(run, folder):
    rows = [
        make_rating(*READING),
        make_rating(*READING, "LV", 3.88, **{"Not Relevant": "Y", "Recommend Suppress": "Y"}),
        make_rating(*NEGOTIATION, value=2, N=None, **{"Lower CI Bound": None, "Upper CI Bound": None}),
    ]
    make_table(folder / "skills.xlsx", rows)
    knowledge = make_rating("2.C.7.d", "History", **{"Domain Source": "Incumbent", "Date": "08/2016", "N": 28})
    make_table(folder / "knowledge.txt", [knowledge])

    run("import_onet", folder)

    reading, negotiation = technicians().skills.items
    survey = profiles.Survey(date(2017, 7, 1), "Analyst")
    assert (reading.survey, reading.element, reading.name) == (survey, *READING)
    assert reading.importance == profiles.Estimate(3.38, 8, 3.02, 3.73)
    assert reading.level == profiles.Estimate(3.88, 8, 3.02, 3.73, is_suppressed=True, is_not_relevant=True)
    assert negotiation.importance == profiles.Estimate(2)
    assert negotiation.level is None
    assert technicians().knowledge.surveys == [profiles.Survey(date(2016, 8, 1), "Incumbent")]
    assert technicians().work_styles is None
    assert profiles.of("43-4121.00").skills is None
    assert profiles.of("99-0000.00") is None


def test_every_block_is_read(run, folder):
    code = "25-4031.00"
    tasks = [
        row(TASK_HEADER, code, 1688, "Renew books.", "Core", 100, "07/2017", "Incumbent"),
        row(TASK_HEADER, code, 9, "Deliver mail.", None, None, "03/2014", "Analyst"),
    ]
    make_table(folder / "tasks.xlsx", tasks, TASK_HEADER)
    shared = ("4.A.4.c.1.I01.D08", "Process library materials.", "03/2014", "Analyst")
    linked = [row(ACTIVITY_HEADER, code, task, "As above.", *shared) for task in (1688, 9)]
    make_table(folder / "dwas.txt", linked, ACTIVITY_HEADER)
    header = "O*NET-SOC Code,Example,Commodity Code,Commodity Title,Hot Technology,In Demand".split(",")
    kind = (43231507, "Project management software")
    make_table(folder / "software.xlsx", [row(header, code, "Jira", *kind, "Y", "N"),
                                          row(header, code, "Trello", *kind, "N", "N")], header)  # fmt: skip
    header = "O*NET-SOC Code,Element ID,Element Name,Scale ID,Data Value,Date,Domain Source".split(",")
    areas = [(f"1.B.1.{letter}", name, "OI") for letter, name in zip("abcdef", INTERESTS, strict=True)]
    points = [("1.B.1.g", "First Interest High-Point", "IH", 6), ("1.B.1.h", "Second Interest High-Point", "IH", 4)]
    rows = [row(header, code, *area, 1.5, "11/2023", "Machine Learning") for area in areas]
    rows += [row(header, code, *point, "11/2023", "Machine Learning") for point in points]
    make_table(folder / "interests.txt", rows, header)
    header = "O*NET-SOC Code,Related O*NET-SOC Code,Relatedness Tier,Index".split(",")
    make_table(folder / "related.txt", [row(header, code, "43-4121.00", "Primary-Short", 1)], header)
    education = {"Scale ID": "RL", "Category": 6, "Data Value": 29.62}
    rows = [make_rating("2.D.1", "Required Level of Education", **education | {"Upper CI Bound": 54.8458}),
            make_rating("3.A.1", "Related Work Experience", **{"Scale ID": "RW", "Category": 11})]  # fmt: skip
    make_table(folder / "education_training_experience.xlsx", rows, EDUCATION_HEADER)
    make_table(folder / "styles.xlsx", [make_rating("1.C.5.b", "Attention to Detail")], EDUCATION_HEADER)
    header = "O*NET-SOC Code,Reported Job Title,Shown in My Next Move".split(",")
    make_table(folder / "reported.txt", [row(header, code, "Library Page", "Y"),
                                         row(header, code, "Circulation Clerk", "N")], header)  # fmt: skip

    said = run("import_onet", folder)

    profile = technicians()
    assert list(profile.blocks) == [name for name in profiles.BLOCKS if name not in {"skills", "knowledge"}]
    assert profile.job_zone.items[0].number == 3
    first, second = profile.tasks.items
    assert (first.id, first.text, first.answers, first.is_core) == (1688, "Renew books.", 100, True)
    assert (second.kind, second.answers, second.survey.month) == ("", None, date(2014, 3, 1))
    assert [survey.source for survey in profile.tasks.surveys] == ["Incumbent", "Analyst"]
    assert [(each.title, each.tasks) for each in profile.activities.items] == [(shared[1], (1688, 9))]
    (software,) = profile.technology.items
    assert (software.commodity, software.name) == kind
    assert software.products == (profiles.Product("Jira", is_hot=True), profiles.Product("Trello"))
    assert {each.name: each.rank for each in profile.interests.items if each.rank} == {"Conventional": 1, "Social": 2}
    assert profile.related.items == (
        profiles.RelatedOccupation("43-4121.00", "Library Assistants, Clerical", "Primary-Short", 1),
    )
    (level,) = profile.education.items
    assert (level.name, level.percent.value, level.percent.high) == ("Bachelor's degree", 29.62, 54.85)
    assert "rows of education_training_experience.xlsx about what is not used here: 1." in said
    assert profile.work_styles.items[0].name == "Attention to Detail"
    titles = OccupationTitle.objects.filter(occupation__code=code, is_reported=True).order_by("title")
    assert list(titles.values_list("title", "is_alternate", "is_shown")) == [
        ("Circulation Clerk", True, False),
        ("Library Page", False, True),
    ]
    assert OccupationTitle.objects.get(title="Library Technical Assistant (LTA)").short == "LTA"
    assert "0 added, 0 changed" in run("import_onet", folder)


def test_what_the_terms_mean(run, folder):
    header = ["Element ID", "Element Name", "Description"]
    make_table(folder / "Content Model Reference.xlsx", [row(header, *READING, "Understanding sentences.")], header)
    header = ["Element ID", "Element Name", "Interest Type", "Activity"]
    rows = [row(header, "1.B.1.d", "Social", "General", "Teach a class."),
            row(header, "1.B.3.x", "Teaching", "Basic", "Plan lessons.")]  # fmt: skip
    make_table(folder / "activities.txt", rows, header)
    header = ["Basic Interests Element ID", "RIASEC Element ID"]
    make_table(folder / "basic.txt", [row(header, "1.B.3.x", "1.B.1.d")], header)

    run("import_onet", folder)

    assert references.elements()["2.A.1.a"].description == "Understanding sentences."
    # Not what O*NET's own test asks.
    assert references.interest_activities() == {"1.B.1.d": ["Plan lessons."]}
    assert references.job_zones() == references.work_activities() == {}
    assert (references.edition("elements"), references.edition("skills")) == ("27.0", "")


def test_each_block_keeps_the_edition_that_it_is_of(run, refused, tmp_path, folder):
    run("import_onet", folder)
    newer = tmp_path / "onet-30.2"
    newer.mkdir()
    make_table(newer / "skills.xlsx", [make_rating(*READING)])

    assert "Not in this folder: Occupation Data" in run("import_onet", newer)

    profile = technicians()
    assert (profile.job_zone.edition, profile.skills.edition, profile.editions) == ("27.0", "30.2", ["30.2", "27.0"])
    assert set(Dataset.objects.values_list("edition", flat=True)) == {"27.0", "30.2"}
    assert OccupationTitle.objects.count() == 3

    make_table(folder / "skills.txt", [make_rating(*READING, value=1.5)])
    make_table(folder / "knowledge.txt", [make_rating("2.C.7.d", "History")])
    assert "is of 27.0, older than what is here (Skills of 30.2): add --keep-newer" in refused("import_onet", folder)

    assert "Left as they are, being newer: Skills (30.2)." in run("import_onet", folder, keep_newer=True)
    assert technicians().skills.items[0].importance.value == 3.38
    assert technicians().knowledge.edition == "27.0"

    run("import_onet", folder, older=True)
    assert technicians().skills.items[0].importance.value == 1.5
    assert Dataset.objects.get().edition == "27.0"


def test_an_occupation_that_a_newer_list_drops_goes_with_all_that_is_said_of_it(run, tmp_path, folder):
    run("import_onet", folder)
    one = ONET_FILES["Occupation Data.txt"][:2]
    titles = ONET_FILES["Alternate Titles.txt"][:3]
    zones = ONET_FILES["Job Zones.txt"][:2]
    newer = make_onet(tmp_path / "newer", read=["O*NET 29.0 Database"], occupation=one, alternate=titles, job=zones)

    said = run("import_onet", newer)

    assert "43-4121.00 Library Assistants, Clerical: removed, with its titles and its profile" in said
    assert list(Occupation.objects.values_list("code", flat=True)) == ["25-4031.00"]
    assert profiles.of("43-4121.00") is None
    assert [profile.code for profile in profiles.each()] == ["25-4031.00"]

    # What an older edition says of it has no place any more.
    make_table(newer / "skills.txt", [make_rating(*READING)])
    (newer / "Occupation Data.txt").unlink()
    make_table(newer / "knowledge.txt", [make_rating("2.C.7.d", "History"),
                                         make_rating("2.C.7.d", "History", code="43-4121.00")])  # fmt: skip
    assert "rows of occupations that are not in the list at hand: 1." in run("import_onet", newer)


def test_a_table_may_be_split_over_files_whose_names_nobody_knows(run, refused, folder):
    """From 30.3 on skills are in two files."""
    make_table(folder / "Essential Skills.xlsx", [make_rating(*READING), make_rating(*WRITING)])
    make_table(folder / "transferable_skills.txt", [make_rating(*NEGOTIATION)])
    make_table(folder / "Work Styles.txt", [make_rating("1.D.1.a", "Innovation", "WI", -1)])

    assert "Not used: Job Zone Reference.txt, Work Styles.txt." in run("import_onet", folder)

    assert [rating.name for rating in technicians().skills.items] == [READING[1], WRITING[1], NEGOTIATION[1]]
    assert OccupationBlock.objects.get(name="skills").rows == 3

    make_table(folder / "skills.xlsx", [make_rating(*WRITING)])
    assert "skills.xlsx: sheet 'Table', row 2: what it says of 25-4031.00 stands twice." in refused(
        "import_onet", folder
    )


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"Data Value": 5.5}, "column Data Value: '5.5' is not a number from 1 to 5."),
        ({"Data Value": None}, "column Data Value: is empty."),
        ({"Data Value": "nan"}, "column Data Value: 'nan' is not a number from 1 to 5."),
        ({"N": 2.5}, "column N: 2.5 is not a whole number."),
        ({"N": -1}, "column N: '-1' is not a number from 0 to 1e+06."),
        ({"Recommend Suppress": "yes"}, "column Recommend Suppress: 'yes' is neither Y nor N."),
        ({"Date": "2017"}, "column Date: '2017' is not a month such as 07/2017."),
        ({"Date": "13/2017"}, "column Date: '13/2017' is not a month such as 07/2017."),
        ({"O*NET-SOC Code": "25-4031"}, "column O*NET-SOC Code: '25-4031' is not a known occupation code."),
        ({"Element Name": None}, "column Element Name: a text of 1 to 100 characters is needed."),
    ],
)
def test_a_fault_names_file_sheet_row_and_column(refused, folder, changed, said):
    rows = [make_rating(*READING), make_rating(*WRITING, **changed)]
    place = {"skills.xlsx": "sheet 'Table', row 3", "skills.txt": "line 3"}
    for name, where in place.items():
        path = make_table(folder / name, rows)

        assert f"{path}: {where}, {said} Nothing was imported." in refused("import_onet", folder)
        path.unlink()


def test_a_file_without_rows_and_a_folder_without_a_list_are_refused(run, refused, tmp_path):
    folder = tmp_path / "db_30_2"
    folder.mkdir()
    make_table(folder / "skills.xlsx", [make_rating(*READING)])
    assert "has no list of occupations (Occupation Data), and none was imported before." in refused(
        "import_onet", folder
    )

    make_table(folder / "skills.xlsx", [], RATING_HEADER)
    assert "none of its files is a table" in refused("import_onet", folder)


def test_a_block_that_lost_rows_is_refused(run, refused, folder):
    make_table(folder / "skills.txt", [make_rating(*READING), make_rating(*WRITING)])
    run("import_onet", folder)
    make_table(folder / "skills.txt", [make_rating(*READING)])

    assert "lacks 1 of the 2 rows of Skills that this edition has: cut off?" in refused("import_onet", folder)


def test_reading_a_profile_costs_one_query(run, folder, django_assert_num_queries):
    make_table(folder / "skills.txt", [make_rating(*READING)])
    run("import_onet", folder)

    with django_assert_num_queries(1):
        assert technicians().skills.items[0].name == READING[1]
