"""Resumes that people bring: JSON of any draft and make, and the text of PDF, Word and plain files."""

import json

import jsonschema
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st

from guides.models import Guide
from guides.reading import reader
from guides.toolkit.documents.pdf import pdf
from guides.toolkit.documents.text import plain_text
from guides.toolkit.documents.word import docx
from guides.toolkit.resume import examples, incoming, jsonresume, layout, repair
from guides.toolkit.resume.from_text import from_text
from tests.readiness.files import make_docx

BUILDER = "/guides/bookbinder/toolkit/resume/build/"


def taken_in(resume):
    """The form's resume and the remarks for a file of JSON."""
    taken = incoming.from_file(SimpleUploadedFile("resume.json", json.dumps(resume).encode()))
    return jsonresume.to_json(taken.draft), {remark.target: remark.text for remark in taken.remarks}


def work(**entry):
    return {"work": [entry]}


@pytest.mark.parametrize(
    ("resume", "target", "value", "said"),
    [
        (work(company="Town Library"), "work.0.name", "Town Library", "Job 1, Employer: taken from “company”"),
        (work(website="https://a.org"), "work.0.url", "https://a.org", "taken from “website”"),
        (work(name="A", endDate="Present"), "work.0.endDate", "", "“Present” means that it goes on"),
        (work(name="A", endDate=""), "work.0.endDate", "", ""),
        (work(name="A", endDate=None), "work.0.endDate", "", ""),
        (work(startDate="2023-9-28"), "work.0.startDate", "2023-09-28", "now written 2023-09-28"),
        (work(startDate="2021-03-01T00:00:00.000Z"), "work.0.startDate", "2021-03-01", "now written 2021-03-01"),
        (work(startDate="Mar 2021"), "work.0.startDate", "2021-03", "Job 1, From: “Mar 2021” is now"),
        (work(startDate=2021), "work.0.startDate", "2021", ""),
        (work(startDate="some spring"), "work.0.startDate", "some spring", ""),
        (work(highlights="Shelved\nMended"), "work.0.highlights", ["Shelved", "Mended"], "where a list should be"),
        ({"work": {"name": "A"}}, "work.0.name", "A", ""),
        ({"work": ["Page at a library"]}, "work.0.position", "Page at a library", "a text stands there"),
        ({"skills": ["Koha", "Excel"]}, "skills.0.keywords", ["Koha", "Excel"], ""),
        ({"skills": "Koha, Excel"}, "skills.0.keywords", ["Koha", "Excel"], "where a list should be"),
        ({"languages": {"Spanish": "fluent"}}, "languages.0.fluency", "fluent", "is an entry now"),
        ({"basics": {"website": "www.a.org"}}, "basics.url", "https://www.a.org", "has its https:// now"),
        ({"basics": {"location": "Tucson"}}, "basics.location.city", "Tucson", ""),
        ({"basics": {"firstName": "Zoë", "lastName": "Łódź"}}, "basics.name", "Zoë Łódź", ""),
        ({"name": "Zoë"}, "basics.name", "Zoë", "outside"),
        ([{"basics": {"name": "Zoë"}}], "basics.name", "Zoë", ""),
        ({"basics": {"name": "Zoë"}, "cats": [1]}, "meta.cats", [1], "is no part of a resume that we know"),
        (work(name="A", mood={"a": 1}), "work.0.mood", {"a": 1}, ""),
    ],
)
def test_what_a_file_says_otherwise_is_taken_in_and_said(resume, target, value, said):
    result, remarks = taken_in(resume)
    for step in target.split("."):
        result = result[int(step)] if isinstance(result, list) else result.get(step, "")
    assert result == value
    assert (said in " ".join(remarks.values())) if said else not remarks.get(f"f-{target.replace('.', '-')}".lower())


def test_a_date_that_nobody_can_read_stands_in_its_field_and_is_marked(client, guide):
    page = client.post(BUILDER, {"do": "import", "pasted": json.dumps(work(startDate="some spring"))})
    assert page.status_code == 422
    assert 'value="some spring"' in page.content.decode()
    assert 'href="#f-work-0-startdate"' in page.content.decode()


def leaves(value):
    """Every text and number in plain data."""
    if isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from leaves(part)
    elif isinstance(value, (str, int)) and not isinstance(value, bool):
        yield str(value)


NAMES = sorted(
    {name for part in repair.schema()["properties"].values() for name in part.get("items", part).get("properties", {})}
    | {name for names in repair.OLD_NAMES.values() for name in names}
    | set(repair.schema()["properties"]) - {"$schema", "meta"}
)
words = st.text("abcxyz", min_size=1, max_size=5) | st.integers(0, 99) | st.sampled_from(["2020-1-2", "Mar 2021"])
anything = st.recursive(
    words | st.none() | st.just("") | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), anything, max_size=5))
def test_whatever_stands_in_a_file_is_taken_in_and_nothing_is_lost(resume):
    repaired = repair.repair(resume).resume
    faults = list(jsonschema.Draft4Validator(repair.schema()).iter_errors(repaired))
    # A date, or an address, that is none stays as it stands, and the form marks it.
    assert all(fault.validator in {"pattern", "format"} for fault in faults), faults
    text = json.dumps([repaired, jsonresume.to_json(jsonresume.from_json(repaired))])
    for leaf in leaves(resume):
        assert leaf in text or leaf in {"2020-1-2", "Mar 2021"}


lines = st.lists(
    st.sampled_from(
        "EXPERIENCE|Education:|Skills|SUMMARY|Volunteer Experience|Languages|References|Projects|CERTIFICATIONS|Hobbies"
        "|Library Page, Marlow Library|May 2020 - Present|2018 – 2019|Clerk | Shop | Dayton, OH | 03/2019 to 04/2020"
        "|- Shelved 40 books|• Sorted mail;|Koha, Excel|Systems: Koha; Polaris|BA in History, Ohio State, 2015"
        "|555-010-1234|zoe@example.org|linkedin.com/in/zoe|Zoë Łódź|A sentence about me.|Spanish (fluent)||GPA 3.8"
        "|12 Elm Street, Dayton, OH 45402|MEMBERSHIPS|Award of the year, 2019".split("|")
    )
    | st.text("abc ,.-•:()A1\n\t", max_size=30),
    max_size=14,
)


@settings(max_examples=200, deadline=None)
@given(lines)
def test_no_word_of_a_text_is_lost(rows):
    text = "\n".join(rows)
    draft = from_text(text)
    kept = json.dumps(jsonresume.to_json(draft), ensure_ascii=False) + draft.unplaced
    for word in words_of(text):
        assert word in kept, (word, kept)


def words_of(text):
    """The words of a text, but for headings and dates, which are said by where things stand."""
    said = {"EXPERIENCE", "Education", "Skills", "SUMMARY", "Volunteer", "Experience", "Languages", "References",
            "Projects", "CERTIFICATIONS", "Hobbies", "May", "Present", "03", "04", "to", "at"}  # fmt: skip
    return {word for word in text.replace("\\n", " ").split() if word.isalpha()} - said


@pytest.mark.django_db
def test_every_example_comes_back_from_its_files_as_it_was(lta):
    """What our own PDF, Word and text files say is put into the fields that it came from: all of each example."""
    writers = {"pdf": pdf, "docx": docx, "txt": lambda document: plain_text(document).encode()}
    for slug in Guide.objects.values_list("slug", flat=True):
        for example in reader.live(slug).guide.resumeexamples.all():
            resume = examples.to_json(example)
            resume["basics"] |= {"email": "zoe@example.org", "phone": "555-010-1234"}
            for kind, write in writers.items():
                file = SimpleUploadedFile(f"resume.{kind}", write(layout.document(resume)))
                taken = incoming.from_file(file)
                assert not taken.draft.unplaced, (slug, example.slug, kind)
                assert without(jsonresume.to_json(taken.draft)) == without(resume), (slug, example.slug, kind)


def without(resume):
    """A resume without what a file says otherwise: a course's beginning, the name of the schema, the parts' order."""
    return {key: value for key, value in resume.items() if key != "$schema"}


FOREIGN = """JORDAN EXAMPLE
12 Elm Street, Dayton, OH 45402 | (555) 010-1234 | jordan@example.org | linkedin.com/in/jordan

PROFESSIONAL SUMMARY
Eight years of service.

WORK EXPERIENCE
Circulation Clerk\tAugust 2019 – Present
Dayton Metro Library, Dayton, OH
• Checked out books and registered new borrowers for library cards at a busy
desk
• Trained four pages
Sales Associate at Corner Store                06/2015 - 07/2019
• Sold shoes

EDUCATION
Associate of Arts, Sinclair Community College, Dayton, OH, Expected May 2027
GPA: 3.8

TECHNICAL SKILLS
Systems: Koha, Polaris

• Excel, Word
LANGUAGES
Spanish (fluent), German
PRESENTATIONS
Reading a license aloud, Ohio Library Day, Columbus, October 2024
TEACHING EXPERIENCE
Usage data for beginners, Sinclair Community College
2021 - Present
- Once a term
PROFESSIONAL SERVICE
Chair, Technical Services Section
2024 - Present
GRANTS AND AWARDS
Comparison of packages, Ohio Library Council, 2022
MEMBERSHIPS
Ohio Library Council
"""


def test_a_resume_from_elsewhere_finds_its_fields():
    draft = from_text(FOREIGN)
    resume = jsonresume.to_json(draft)
    assert resume["basics"]["name"] == "JORDAN EXAMPLE"
    assert resume["basics"]["location"] == {"city": "Dayton", "region": "OH"}
    assert resume["basics"]["phone"] == "(555) 010-1234"
    assert resume["basics"]["profiles"] == [{"network": "LinkedIn", "url": "https://linkedin.com/in/jordan"}]
    assert resume["basics"]["summary"] == "Eight years of service."
    clerk, sales = resume["work"]
    assert (clerk["position"], clerk["name"]) == ("Circulation Clerk", "Dayton Metro Library")
    assert clerk["location"] == "Dayton, OH"
    assert (clerk["startDate"], clerk.get("endDate")) == ("2019-08", None)
    assert clerk["highlights"][0].endswith("at a busy desk")
    assert (sales["position"], sales["name"]) == ("Sales Associate", "Corner Store")
    assert (sales["startDate"], sales["endDate"]) == ("2015-06", "2019-07")
    [study] = resume["education"]
    assert (study["studyType"], study["endDate"]) == ("Associate of Arts", "2027-05")
    assert resume["skills"] == [{"name": "Systems", "keywords": ["Koha", "Polaris"]}, {"keywords": ["Excel", "Word"]}]
    assert resume["languages"] == [{"language": "Spanish", "fluency": "fluent"}, {"language": "German"}]
    assert resume["presentations"][0]["startDate"] == "2024-10"
    assert resume["teaching"] == [
        {
            "name": "Usage data for beginners",
            "entity": "Sinclair Community College",
            "startDate": "2021",
            "highlights": ["Once a term"],
        }
    ]
    assert resume["service"][0]["entity"] == "Technical Services Section"
    assert resume["grants"] == [
        {"name": "Comparison of packages", "entity": "Ohio Library Council", "startDate": "2022"}
    ]
    assert "12 Elm Street" in draft.unplaced
    assert "Ohio Library Council" in draft.unplaced


def test_a_month_with_a_short_year_is_a_date_where_it_is_an_end_of_a_time():
    lines = [
        "Cashier, Family Store",
        "08/17 - 5/19",
        "- Sold",
        "Clerk, City Hall, 06/19 to present",
        "- Grade 9/12 tutor",
    ]
    jobs = from_text("\n".join(["Zoe", "EXPERIENCE", *lines])).parts["work"]
    times = [(job.values["startDate"], job.values["endDate"]) for job in jobs]
    assert times == [("2017-08", "2019-05"), ("2019-06", "")]
    assert jobs[1].values["highlights"] == "Grade 9/12 tutor"


def test_a_word_file_fills_the_form_and_its_rest_stays_until_it_is_placed(client, guide):
    file = SimpleUploadedFile("mine.docx", make_docx("Zoë Łódź\nzoe@example.org\nMEMBERSHIPS\nGuild of binders"))
    page = client.post(BUILDER, {"do": "import", "file": file, "basics.name": "Gone"})
    html = page.content.decode()
    assert page.status_code == 200
    assert 'value="zoe@example.org"' in html
    assert "Gone" not in html
    assert "Compare each field with your resume" in html
    rest = page.context["form"].typed("unplaced")
    assert "Guild of binders" in rest
    assert "Guild of binders" in client.post(BUILDER, {"unplaced": rest}).content.decode()
    assert "Guild" not in client.post(BUILDER, {"unplaced": rest, "do": "txt"}).content.decode()


@pytest.mark.parametrize("name", ["scan.pdf", "notes.odt", "empty.txt", "wrong.docx"])
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(client, guide, name):
    page = client.post(BUILDER, {"do": "import", "file": SimpleUploadedFile(name, b"\0\1 "), "basics.name": "Zoë"})
    assert page.status_code == 422
    assert "what you typed is unchanged" in page.content.decode()
    assert 'value="Zoë"' in page.content.decode()


def test_no_photograph_is_asked_for_and_the_page_says_why(client, guide):
    for address in (BUILDER, "/guides/bookbinder/toolkit/resume/"):
        assert "Leave out a photograph" in (page := client.get(address).content.decode())
        assert "https://www.eeoc.gov/" in page
