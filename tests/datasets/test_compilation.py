"""The Handbook as the publisher's XML compilation."""

import pytest

from guides.datasets.models import ImportedObservation

from .files import COMPILED, LIBRARY, TECHNICIANS_FACTS, make_compilation, make_ooh

TITLE, URL, CODES, FACTS = COMPILED[0]


def of(codes, **fields):
    return ImportedObservation.objects.with_codes().get(counted=codes, **fields)


def test_quick_facts_become_figures_of_their_codes(run, tmp_path):
    said = run("import_ooh", make_compilation(tmp_path / "xml-compilation.xml"))

    assert "2024-34: figures: 9 added, 0 changed, 0 as before." in said
    both = "25-4031 43-4121"
    assert of(both, measure="pay").says == "$37,540"
    assert of(both, measure="pay").period == "May 2024"
    assert of(both, measure="employment").value == 163100
    assert of(both, measure="change", unit="percent").says == "−7%"
    assert of(both, measure="change", unit="count").value == -11000
    assert of("25-4022", measure="education").text == "Master's degree"
    assert of("25-4022", measure="pay").entry == "librarians"
    assert of(both, measure="pay").url == LIBRARY["url"]


def test_the_table_and_the_compilation_of_one_edition_speak_of_the_same(run, tmp_path):
    run("import_ooh", make_ooh(tmp_path / "table.csv"))

    said = run("import_ooh", make_compilation(tmp_path / "xml-compilation.xml"))

    assert "figures: 0 added, 9 changed, 0 as before." in said  # titles are written in another case
    assert of("25-4031 43-4121", measure="employment", period="2024-34").value == 152100
    assert "0 added, 0 changed, 9 as before." in run("import_ooh", tmp_path / "xml-compilation.xml")


def test_an_older_edition_is_imported_only_when_asked_for(run, refused, tmp_path):
    run("import_ooh", make_compilation(tmp_path / "xml-compilation.xml"))
    older = make_compilation(tmp_path / "older.xml", years=("2022", "2032"))

    assert "2022-32 is older than 2024-34, which is here already: add --older" in refused("import_ooh", older)
    assert "2022-32: figures: 9 added" in run("import_ooh", older, older=True)


def test_an_entry_of_many_codes_is_left_to_editors(run, tmp_path):
    many = [(TITLE, URL.replace("technicians", "x"), [f"25-40{number}" for number in range(10, 22)], FACTS)]

    said = run("import_ooh", make_compilation(tmp_path / "xml-compilation.xml", many))

    assert "no figure is held against them: 1 (library-x-and-assistants)" in said


@pytest.mark.parametrize(
    ("occupation", "line"),
    [
        ((TITLE, URL, CODES, FACTS | {"qf_number_of_jobs": "many"}), f"occupation 3 ({TITLE}), column num_jobs_<year>"),
        (
            (TITLE, URL, CODES, FACTS | {"qf_employment_openings": "25800"}),
            "which is not the change of -7% of 163,100 jobs",
        ),
        ((TITLE, "https://www.bls.gov/", CODES, FACTS), "its <citation> has no address of a page of the Handbook."),
        ((TITLE, URL, ["25-403"], FACTS), "column soc_code: '25-403' is not an occupation code."),
        ((TITLE, URL, CODES, FACTS), "the entry library-technicians-and-assistants stands twice."),
        (("", URL, CODES, FACTS), "occupation 3 (), column title: a title of 1 to 200 characters is needed."),
    ],
)
def test_a_bad_occupation_is_named(refused, tmp_path, occupation, line):
    assert line in refused("import_ooh", make_compilation(tmp_path / "xml-compilation.xml", [*COMPILED, occupation]))


def test_what_is_no_compilation_is_refused(refused, tmp_path):
    path = make_compilation(tmp_path / "xml-compilation.xml")
    whole = path.read_text(encoding="utf-8")

    def said(text, encoding="utf-8"):
        path.write_text(text, encoding=encoding)
        return refused("import_ooh", path)

    assert "is not whole XML" in said(whole[:-30])
    assert "is XML, but not the Handbook's compilation: it begins with <rss>." in said("<rss/>")
    assert "<current_year> is 'now', not a year." in said(whole.replace(">2024</current_year>", ">now</current_year>"))
    assert "the years run the wrong way" in said(whole.replace(">2034<", ">2014<"))
    assert "is not UTF-8 text" in said(whole.replace("Librarians", "Biblioth\xe9caires"), "latin-1")
    assert "has no rows." in said(whole.partition("<occupation>")[0] + "</ooh>")


def test_entities_that_multiply_are_refused(refused, tmp_path):
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 100}">' for n in range(9))
    facts = TECHNICIANS_FACTS | {"qf_entry_level_education": "&e8;"}

    line = refused(
        "import_ooh",
        make_compilation(tmp_path / "x.xml", [(TITLE, URL, CODES, facts)], head=f"<!DOCTYPE ooh [{entities}]>"),
    )

    assert "declares a document type" in line
