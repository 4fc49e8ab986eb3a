"""Resumes in and out: the form, JSON Resume, the layout and the checks."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from guides.models import Skill
from guides.toolkit.documents.text import plain_text
from guides.toolkit.resume import checks, draft, jsonresume, layout, repair, strengths
from guides.toolkit.resume.parts import PARTS

SAMPLE = Path(__file__).parent / "data" / "jsonresume-sample.json"
SCHEMA = repair.schema()


def sample():
    return json.loads(SAMPLE.read_text())


def posted(**fields):
    """Return a form as the browser sends it; dots in names are written as __."""
    query = QueryDict(mutable=True)
    for name, value in fields.items():
        query[name.replace("__", ".")] = value
    return query


def form_of(resume):
    """Return what the page would send for that draft."""
    query = QueryDict(mutable=True)
    query["rest"], query["order"] = json.dumps(resume.rest), " ".join(resume.parts)
    query.update({f"basics.{key}": value for key, value in resume.basics.items()})
    for key, entries in resume.parts.items():
        for number, entry in enumerate(entries):
            query.update({f"{key}.{number}.{name}": value for name, value in entry.values.items()})
            query[f"{key}.{number}.rest"] = json.dumps(entry.rest)
    return query


def form_sent(sent):
    """The form as it is shown again after a page sent it."""
    return draft.read(sent).form(sent)


def taken_in(resume):
    """The Draft of a file: its bytes, or what they would say."""
    return jsonresume.load(resume if isinstance(resume, bytes) else json.dumps(resume).encode())[0]


def without_empty(value):
    """Drop empty texts: the form cannot tell them from what is missing."""
    if isinstance(value, dict):
        return {key: without_empty(item) for key, item in value.items() if item != ""}
    return [without_empty(item) for item in value] if isinstance(value, list) else value


def test_the_official_sample_comes_through_the_form_unchanged():
    imported = taken_in(SAMPLE.read_bytes())
    assert imported.form().is_valid()
    exported = json.loads(jsonresume.dump(draft.read(form_of(imported))))
    assert exported["projects"][0].pop("url") == "https://missdirection.example.com"
    exported["projects"][0]["url"] = "missdirection.example.com"
    assert without_empty(exported) | {"$schema": ""} == without_empty(sample()) | {"$schema": ""}
    jsonschema.Draft4Validator(SCHEMA).validate(exported)


def test_an_export_imported_again_is_equal():
    first = jsonresume.dump(taken_in(SAMPLE.read_bytes()))
    assert jsonresume.dump(taken_in(first)) == first


lines = st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip), max_size=3)
texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)


@settings(deadline=None)
@given(st.fixed_dictionaries({}, optional={"name": texts, "summary": texts, "image": texts}), lines, texts)
def test_any_export_imported_again_is_equal(basics, highlights, position):
    resume = {"basics": basics, "work": [{"position": position, "highlights": highlights, "x-own": {"a": [1]}}]}
    first = jsonresume.dump(taken_in(resume))
    assert jsonresume.dump(draft_again(first)) == first


def draft_again(raw):
    return draft.read(form_of(taken_in(raw)))


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"{", "line 1 cannot be read from column 2"),
        (b'{"basics": \xff}', "UTF-8"),
        (b"[]", "no resume"),
        (b"{}", "nothing of a resume"),
        (b'{"basics": null, "work": []}', "nothing of a resume"),
        (b"[" * 100_000, "to be a resume"),
        (b" " * 1_100_000, "1 MB"),
    ],
)
def test_a_file_that_is_no_resume_is_refused_with_what_to_do(raw, reason):
    with pytest.raises(jsonresume.JSONResumeRefused) as refused:
        jsonresume.load(raw)
    assert reason in " ".join(refused.value.reasons)


def test_the_form_names_the_field_that_is_wrong():
    form = form_sent(
        posted(
            basics__email="nobody",
            basics__url="javascript:alert(1)",
            basics__summary="x" * 20_000,
            work__0__startDate="last May",
            work__1__startDate="2024-05",
            work__1__endDate="2023",
        )
    )
    wrong = {field.html_name: field.errors for each in form.all_forms() for field in each if field.errors}
    assert set(wrong) == {"basics.email", "basics.url", "basics.summary", "work.0.startDate", "work.1.endDate"}
    assert "20000" in wrong["basics.summary"][0]
    assert not form.is_valid()


WAYS = {
    "2024-05": "2024-05|5/2024|05/24|May 2024|May, 2024|May '24|2024 May|may of 2024|mayo de 2024|5.2024|since 5/2024",
    "2024": "2024|about 2024|early 2024",
    "2024-05-13": "5/13/2024|13 May 2024|May 13th, 2024|2024-5-13",
    "1998-05": "5/98",
    "2025-12": "Dec 2025|dic. 2025",
}


def test_a_date_may_be_typed_in_any_way_and_stays_as_it_was_typed():
    for plain, ways in WAYS.items():
        for way in ways.split("|"):
            resume = draft.read(posted(work__0__startDate=way, work__0__endDate="Present"))
            assert resume.form().is_valid(), way
            assert resume.form().parts[1].forms[0].typed("startDate") == way
            assert jsonresume.to_json(resume)["work"] == [{"startDate": plain}], way
    for wrong in ["last May", "13/2024", "2024-02-30", "Q2 2024", "Present"]:
        [line] = draft.read(posted(work__0__startDate=wrong)).form().error_lines()
        assert "We cannot read this date" in line.text, wrong
    swapped = draft.read(posted(work__0__startDate="May 2024", work__0__endDate="4/2024")).form()
    assert "before it began" in next(swapped.error_lines()).text


def test_a_month_is_chosen_beside_the_year_and_either_box_takes_all_of_a_date():
    chosen = {
        ("06", "2021"): "2021-06", ("06", "21"): "2021-06", ("06", "summer 2021"): "2021-06", ("", "6/21"): "2021-06",
        ("06", "June 2021"): "2021-06", ("", "June 2021"): "2021-06", ("", "2021"): "2021", ("", ""): None,
        ("99", "2021"): "2021",
    }  # fmt: skip
    for (month, year), plain in chosen.items():
        resume = draft.read(posted(work__0__name="A", work__0__startDate__month=month, work__0__startDate=year))
        assert resume.form().is_valid(), (month, year)
        [job] = jsonresume.to_json(resume)["work"]
        assert job.get("startDate") == plain, (month, year)
        if plain and len(plain) > 4:
            field = str(resume.form().parts[1].forms[0]["startDate"])
            assert '<option value="06" selected>June</option>' in field
            assert 'value="2021"' in field, "it shows how the date was read"
    going_on = draft.read(posted(work__0__name="A", work__0__endDate__month="06", work__0__endDate="present"))
    assert going_on.form().is_valid()
    assert "endDate" not in jsonresume.to_json(going_on)["work"][0]


@pytest.mark.parametrize(
    ("month", "year", "question"),
    [
        ("", "Summer 2020", "“Summer 2020”: in which month? Choose it beside the year, or write 2020 alone."),
        ("06", "", "In which year was that June?"),
        ("05", "June 2021", "You chose May and wrote “June 2021”: which is it?"),
        ("", "May 24", "Is that May 2024?"),
        ("", "2019 to present", "are two dates"),
    ],
)
def test_a_date_that_may_mean_several_things_is_asked_about_and_stays_as_it_was_typed(month, year, question):
    sent = posted(work__0__startDate__month=month, work__0__startDate=year)
    form = form_sent(sent)
    [line] = form.error_lines()
    assert question in line.text
    again = form.parts[1].forms[0]["startDate"]
    assert "selected" in str(again) or f'value="{year}"' in str(again)
    assert [each.text for each in form_sent(sent).error_lines()] == [line.text]


@pytest.mark.parametrize("count", [0, 1, 100, 119, 120, 123, 400, 750, 751, 2000])
def test_what_is_said_of_a_length_agrees_with_itself(count):
    resume = {"basics": {"summary": "word"}}
    document = layout.document(resume)
    [said] = [each for each in checks.check(resume, document, "word " * count, []) if f"{count:,} word" in each.text]
    numbers = [int(number) for number in re.findall(r"(?<!,)\b\d{3}\b", said.text.partition("word")[2])]
    if said.good:
        assert numbers[0] <= count <= numbers[1]
    else:
        assert count < numbers[0] or count > numbers[0] == checks.LONG


def test_too_many_entries_are_refused_in_their_part():
    form = form_sent(posted(**{f"work__{number}__name": "x" for number in range(200)}))
    [work] = [part for part in form.parts if part.prefix == "work"]
    assert "200 entries" in work.non_form_errors()[0]


def test_control_characters_go_and_everything_else_stays():
    resume = draft.read(posted(basics__name="A\0\x1b\ud800B 😀 שלום\r\nC"))
    assert resume.basics["name"] == "AB 😀 שלום\nC"


def test_a_damaged_rest_is_said_and_dropped():
    sent = posted(rest="{no", work__0__rest="[]", basics__name="A")
    assert draft.read(sent).rest == {}
    assert "Import it once more" in form_sent(sent).non_field_errors()[0]


def test_entries_are_added_moved_and_removed():
    resume = draft.read(posted(work__0__name="A", work__7__name="B"))
    names = lambda: [entry.values.get("name", "") for entry in resume.parts["work"]]  # noqa: E731
    assert draft.act(resume, "up work 1") == "work.0.position"
    assert names() == ["B", "A"]
    assert draft.act(resume, "add work") == "work.2.position"
    assert draft.act(resume, "remove work 0") == "undo work"
    assert names() == ["A", ""]
    assert draft.act(resume, "down work 1") == "work.1.position"
    # Of an entry that was empty there is nothing to bring back.
    assert draft.act(resume, "remove work 1") == "add work"
    for nonsense in ["remove work 9", "add cats", "up", "up work x", "shout work 1", "undo skills", "undo cats"]:
        assert draft.act(resume, nonsense) is None


def through_the_page(resume):
    """The draft as the next request finds it, after the page has carried it."""
    sent = form_of(resume)
    sent["removed"] = resume.form()["removed"].value()
    return draft.read(sent)


def test_what_was_removed_comes_back_with_its_place_and_all_that_it_held():
    for key, part in PARTS.items():
        resume = draft.Draft()
        resume.parts[key] = [
            draft.Entry({name: f"{name} {number}" for name in part.form.names()}, {"x": [number]})
            for number in range(3)
        ]
        before = through_the_page(resume).parts[key]
        for place in (1, 0):
            assert draft.act(resume, f"remove {key} {place}") == f"undo {key}"
            resume = through_the_page(resume)
        assert [entry.rest for entry in resume.parts[key]] == [{"x": [2]}]
        first = part.form.names()[0]
        for place in (0, 1):
            assert draft.act(resume, f"undo {key}") == f"{key}.{place}.{first}"
            resume = through_the_page(resume)
        assert resume.parts[key] == before
        assert draft.act(resume, f"undo {key}") is None


@pytest.mark.parametrize(
    "sent",
    [
        "x", "5", "[5]", "[" * 5_000, '{"part": "work"}', '[{"part": "cats", "place": 0, "values": {}, "rest": {}}]',
        '[{"part": [], "place": 0, "values": {}, "rest": {}}]',
        '[{"part": "work", "place": -1, "values": {}, "rest": {}}]',
        '[{"part": "work", "place": true, "values": {}, "rest": {}}]',
        '[{"part": "work", "place": 0, "values": {"name": 5}, "rest": {}}]',
        '[{"part": "work", "place": 0, "values": {"rest": "x"}, "rest": {}}]',
        '[{"part": "work", "place": 0, "values": {}, "rest": []}]', "[]" + " " * 100_000,
    ],
)  # fmt: skip
def test_what_no_page_carries_brings_nothing_back(sent):
    resume = draft.read(posted(removed=sent, work__0__name="A"))
    assert draft.act(resume, "undo work") is None
    assert [entry.values["name"] for entry in resume.parts["work"]] == ["A"]


def test_of_much_that_was_removed_the_last_can_come_back():
    resume = draft.Draft()
    resume.parts["work"] = [draft.Entry({"summary": "x" * 40_000, "name": str(number)}) for number in range(5)]
    for _time in range(5):
        draft.act(resume, "remove work 0")
    assert len(resume.form()["removed"].value()) < 100_000
    assert [each.values["name"] for each in draft.removing.read(resume.form()["removed"].value())] == ["3", "4"]


def test_a_part_that_is_raised_stands_first_in_the_document_and_the_file():
    resume = draft.read(posted(work__0__name="A", volunteer__0__organization="B"))
    for _time in range(4):
        draft.act(resume, "raise volunteer")
    assert [key for key in jsonresume.to_json(resume) if key in {"work", "volunteer"}] == ["volunteer", "work"]
    text = plain_text(layout.document(jsonresume.to_json(resume)))
    assert text.index("VOLUNTEERING") < text.index("EXPERIENCE")
    assert [key for key in taken_in(jsonresume.dump(resume)).parts if key in {"work", "volunteer"}] == [
        "volunteer",
        "work",
    ]


def advice(**resume):
    document = layout.document(resume)
    return [each.text for each in checks.check(resume, document, plain_text(document), [])]


def test_the_checks_name_what_to_look_at():
    advised = " ".join(
        advice(
            basics={"name": "A 東京", "image": "me.png", "location": {"postalCode": "12345"}},
            work=[
                {"position": "Page", "highlights": ["Responsible for books", "word " * 40]},
                {"position": "Clerk", "startDate": "2020-01", "endDate": "2021-01"},
                {"position": "Aide", "startDate": "2023-01", "endDate": "2999"},
                {"position": "Aide", "startDate": "2023-01"},
            ],
            education=[{"studyType": "BA", "endDate": "2098-05"}],
        )
    )
    for expected in [
        "Nobody can reach you",
        "Add a summary",
        "words so far",
        '"Responsible for books"',
        "Split it in two",
        "No line holds a number",
        '"Page" has no dates',
        '"Aide" ends in 2999, which is still to come',
        "Education: is May 2098 right?",
        "24 months between two jobs",
        "your ZIP code",
        "a resume in this country carries none",
        "東 京",
    ]:
        assert expected in advised


def test_no_two_remarks_and_no_remark_and_error_contradict_each_other():
    unread = advice(work=[{"position": "Page", "startDate": "some spring", "endDate": "2999"}])
    assert not [each for each in unread if "still to come" in each or "no dates" in each], "the field says it"
    spans = [("2010", "2024"), ("2012", "2013"), ("2024-06", ""), ("2025", "2026")]
    told = advice(work=[{"position": "Page", "startDate": start, "endDate": end} for start, end in spans])
    assert not [each for each in told if "between two jobs" in each], "a longer job goes over it"
    years = advice(work=[{"startDate": "2018", "endDate": "2019"}, {"startDate": "2020", "endDate": "2021"}])
    assert not [each for each in years if "between two jobs" in each], "a year alone lasts until December"
    skills = [Skill(slug="koha", name="Koha", weight="core"), Skill(slug="marc", name="MARC", weight="useful")]
    resume = {"skills": [{"keywords": ["Koha"]}]}
    document = layout.document(resume)
    text = plain_text(document)
    [good] = [each for each in checks.check(resume, document, text, skills) if each.good]
    assert [skill.name for skill in strengths.suggestions(text, skills)] == ["MARC"]
    assert good.text == "It names every core skill of this job.", "the form offers another, which is none"


ACADEMIC = {
    "basics": {"name": "Ingrid"},
    "publications": [{"name": "Cost per use", "publisher": "Journal", "releaseDate": "2025"}],
    "teaching": [{"name": "Usage data", "entity": "Library", "startDate": "2021-09", "highlights": ["Once a term"]}],
    "presentations": [{"name": "Reading a license", "entity": "Pueblo", "startDate": "2024-10"}],
    "service": [{"name": "Chair", "entity": "Section", "startDate": "2024-01"}],
    "grants": [{"name": "Comparison", "entity": "Association", "startDate": "2022", "description": "$4,800"}],
    "projects": [{"name": "Move", "type": "talk"}],
}


def test_parts_of_an_academic_resume_are_projects_of_a_type_in_a_file_and_come_back():
    first = draft.read(form_of(jsonresume.from_json(ACADEMIC)))
    raw = jsonresume.dump(first)
    file = json.loads(raw)
    jsonschema.Draft4Validator(SCHEMA).validate(file)
    types = {project["name"]: project["type"] for project in file["projects"]}
    assert types["Reading a license"] == "presentation"
    assert types["Move"] == "talk"
    assert {"startDate": "2022", "endDate": "2022"}.items() <= file["projects"][-1].items(), "it does not go on"
    back = taken_in(raw)
    assert jsonresume.to_json(back) == jsonresume.to_json(first)
    assert jsonresume.dump(draft.read(form_of(back))) == raw
    text = plain_text(layout.document(jsonresume.to_json(back)))
    assert "PRESENTATIONS\n\nReading a license, Pueblo\nOct 2024\n" in text
    assert text.index("TEACHING") < text.index("PRESENTATIONS") < text.index("SERVICE") < text.index("GRANTS")
    assert "Jan 2024 – present" in text
    others = json.dumps({"basics": {"name": "A"}, "projects": [{"name": "B", "type": "Grant", "endDate": "2022"}]})
    assert taken_in(others.encode()).parts["grants"][0].values["startDate"] == "2022"
