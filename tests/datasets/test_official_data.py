"""The snapshot that the project ships, loaded once, and held against what docs/data.md says of it."""

import json
import re
from collections import Counter

import pytest
from django.conf import settings as project

from guides.datasets import profiles, references
from guides.datasets.models import (
    ImportedObservation,
    Occupation,
    OccupationTitle,
    Projection,
    UtilizationFactor,
    WageEstimate,
)
from guides.datasets.snapshot import manifest

OURS = "25-4022, 25-4031, 43-4121"
DOCS = project.BASE_DIR / "docs" / "data.md"
BLOCKS = {
    "tasks": "tasks",
    "activities": "work activities",
    "skills": "skills",
    "knowledge": "knowledge",
    "technology": "technology",
    "interests": "interests",
    "related": "related occupations",
    "job_zone": "a job zone",
    "work_styles": "work styles",
    "education": "required education",
}


@pytest.mark.django_db
def test_what_the_project_ships(run, settings):
    settings.OFFICIAL_DATA = True
    shipped = manifest.parts()
    assert sum(part.size for part in shipped) <= manifest.LARGEST

    run("load_snapshot")

    assert documented() == coverage()
    assert sum(part.rows.get("datasets.wageestimate", 0) for part in shipped) == WageEstimate.objects.count()
    for edition in (edition for part in shipped for edition in part.editions if edition.publisher == "onet"):
        assert f"O*NET {edition.edition} Database" in " ".join(DOCS.read_text(encoding="utf-8").split())
    medians = ImportedObservation.objects.filter(
        codes="25-4031", measure="pay", statistic="median", unit="currency", dataset__form="oews"
    )
    annual = {row.period: row.value for row in medians if row.value > 1_000}
    assert annual == {
        "May 2020": 37_010, "May 2021": 36_970, "May 2022": 37_600,
        "May 2023": 39_310, "May 2024": 39_970, "May 2025": 44_580,
    }  # fmt: skip
    technicians = profiles.of("25-4031.00")
    bachelor = technicians.education.items[5]
    assert (bachelor.name, bachelor.percent.value, bachelor.percent.answers) == ("Bachelor's degree", 29.62, 28)
    assert (round(bachelor.percent.low), round(bachelor.percent.high)) == (13, 55)
    assert f"{bachelor.survey.month:%B %Y}" == "July 2017"
    assert technicians.editions == ["30.2", "29.2"]
    assert references.job_zones()[3].number == 3
    assert not list(not_dated_by_survey())
    nation = WageEstimate.objects.of("25-4031").in_nation().get(dataset__edition="May 2023")
    assert nation.annual_mean == 42_570


def not_dated_by_survey():
    """What fixtures say by O*NET of a period in which it surveyed none of the occupations: a release is no survey."""
    for path in sorted((project.BASE_DIR / "fixtures").glob("*.json")):
        rows = json.loads(path.read_text(encoding="utf-8"))
        fields = [(row["model"], row["fields"]) for row in rows]
        figures = [each for model, each in fields if model == "guides.figure"]
        codes = {(*each["section"], each["slug"]): each.get("occupation_codes") or OURS for each in figures}
        for model, each in fields:
            if model == "guides.observation" and each["source"][0].startswith("onet"):
                known = surveyed(codes[tuple(each["figure"])])
                if not set(each["period"].split(" to ")) <= known:
                    yield f"{path.stem}, {each['figure']}: {each['period']}, surveyed {sorted(known)}"


def surveyed(codes):
    """The months of O*NET's surveys of those occupations, such as 'July 2017'."""
    surveyed_profiles = [profiles.of(f"{code}.00") for code in re.findall(r"\d\d-\d{4}", codes)]
    return {
        f"{survey.month:%B %Y}"
        for profile in surveyed_profiles
        for name in profile.blocks
        for survey in getattr(profile, name).surveys
        if survey.month
    }


def coverage():
    """What is there for how many of O*NET's occupations, by the words of the documentation's table."""
    counts = Counter(BLOCKS[name] for profile in profiles.each() for name in profile.blocks)
    codes = [code[:7] for code in Occupation.objects.values_list("code", flat=True)]
    nation = set(WageEstimate.objects.in_nation().filter(dataset__edition="May 2025").values_list("code", flat=True))
    states = Counter(WageEstimate.objects.in_states().values_list("code", flat=True))
    counts["in the list"] = len(codes)
    counts["national pay of May 2025"] = sum(code in nation for code in codes)
    counts["mean pay of May 2023 in 40 states or more"] = sum(states[code] >= 40 for code in codes)
    counts["mean pay of May 2023 in fewer than 10 states"] = sum(0 < states[code] < 10 for code in codes)
    projected, explained = (
        set(model.objects.values_list("code", flat=True)) for model in (Projection, UtilizationFactor)
    )
    counts["a projection of 2024-34"] = sum(code in projected for code in codes)
    counts["a reason for a change in use"] = sum(code in explained for code in codes)
    counts["another title"] = OccupationTitle.objects.values("occupation").distinct().count()
    return dict(counts)


def documented():
    table = DOCS.read_text(encoding="utf-8").partition("| occupations with | how many |")[2].partition("\n\n")[0]
    return {
        words: int(count.replace(",", "")) for words, count in re.findall(r"^\| (.+?) \| ([\d,]+) \|$", table, re.M)
    }
