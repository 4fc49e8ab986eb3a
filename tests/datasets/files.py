"""Small files in the form that the publishers give theirs."""

import csv

import openpyxl

OEWS_HEADER = (
    "AREA AREA_TITLE AREA_TYPE PRIM_STATE NAICS NAICS_TITLE I_GROUP OWN_CODE OCC_CODE OCC_TITLE O_GROUP TOT_EMP "
    "EMP_PRSE JOBS_1000 LOC_QUOTIENT PCT_TOTAL PCT_RPT H_MEAN A_MEAN MEAN_PRSE H_PCT10 H_PCT25 H_MEDIAN H_PCT75 "
    "H_PCT90 A_PCT10 A_PCT25 A_MEDIAN A_PCT75 A_PCT90 ANNUAL HOURLY"
).split()
TECHNICIANS = {
    "OCC_CODE": "25-4031", "OCC_TITLE": "Library Technicians", "TOT_EMP": 73770.0, "A_MEAN": 43050.0,
    "A_PCT10": 27890.0, "A_PCT25": 33510.0, "A_MEDIAN": 39970.0, "A_PCT75": 49740.0, "A_PCT90": 60960.0,
    "H_MEAN": 20.7, "H_PCT10": 13.41, "H_PCT25": 16.11, "H_MEDIAN": 19.22, "H_PCT75": 23.91, "H_PCT90": 29.31,
}  # fmt: skip
CHIEFS = {
    "OCC_CODE": "11-1011", "OCC_TITLE": "Chief Executives", "TOT_EMP": "**", "A_MEAN": 262930.0,
    "A_PCT10": 73710.0, "A_PCT25": 130840.0, "A_MEDIAN": "*", "A_PCT75": "#", "A_PCT90": "#",
}  # fmt: skip
NATIONAL = {
    "AREA": "99", "AREA_TITLE": "U.S.", "AREA_TYPE": "1", "PRIM_STATE": "US", "NAICS": "000000",
    "I_GROUP": "cross-industry", "OWN_CODE": "1235", "O_GROUP": "detailed",
}  # fmt: skip
# An area's fields, and the technicians there.
WASHINGTON = {"AREA": "53", "AREA_TITLE": "Washington", "AREA_TYPE": "2", "PRIM_STATE": "WA"}
GUAM = {"AREA": "66", "AREA_TITLE": "Guam", "AREA_TYPE": "3", "PRIM_STATE": "GU"}
SEATTLE = {"AREA": "42660", "AREA_TITLE": "Seattle-Tacoma-Bellevue, WA", "AREA_TYPE": "4", "PRIM_STATE": "WA"}
THERE = TECHNICIANS | {"TOT_EMP": 2510, "A_MEAN": 60000, "H_MEAN": 28.85, "A_MEDIAN": "*", "H_MEDIAN": "*"}
MEANS_HEADER = "AREA_TITLE OCC_CODE OCC_TITLE H_MEAN A_MEAN".split()


def make_oews(path, rows=(TECHNICIANS, CHIEFS), header=OEWS_HEADER, sheet="national_M2024_dl", note="May 2024 OEWS"):
    """Write a national workbook: the table, and a sheet that describes it."""
    workbook = openpyxl.Workbook()
    table = workbook.active
    table.title = sheet
    table.append(header)
    for row in rows:
        table.append([(NATIONAL | row).get(name) for name in header])
    workbook.create_sheet("Field Descriptions").append([note])
    workbook.save(path)
    return path


def make_means(path, rows, header=MEANS_HEADER, end=""):
    """Write a table as a third party cut it down: semicolons, a mark of byte order, its last line left open."""
    lines = [";".join(map(str, row)) for row in (header, *rows)]
    path.write_text("\n".join(lines) + end, encoding="utf-8-sig")
    return path


OOH_HEADER = (
    "title,category,slug,soc_code,median_pay_annual,median_pay_hourly,entry_education,work_experience,training,"
    "num_jobs_2024,projected_employment_2034,outlook_pct,outlook_desc,employment_change,url"
).split(",")
LIBRARY = {
    "title": "Library technicians and assistants", "slug": "library-technicians-and-assistants", "soc_code": "",
    "median_pay_annual": "37540", "entry_education": "See How to Become One", "num_jobs_2024": "163100",
    "projected_employment_2034": "152100", "outlook_pct": "-7", "employment_change": "-11000",
    "url": "https://www.bls.gov/ooh/education-training-and-library/library-technicians-and-assistants.htm",
}  # fmt: skip
LIBRARIANS = {
    "title": "Librarians and library media specialists", "slug": "librarians", "soc_code": "25-4022",
    "median_pay_annual": "64320", "entry_education": "Master's degree", "num_jobs_2024": "142100",
    "projected_employment_2034": "144500", "outlook_pct": "2", "employment_change": "2400",
    "url": "https://www.bls.gov/ooh/education-training-and-library/librarians.htm",
}  # fmt: skip


def make_ooh(path, rows=(LIBRARY, LIBRARIANS), header=OOH_HEADER):
    """Write the Handbook's table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([row.get(name, "") for name in header] for row in rows)
    return path


ONET_FILES = {
    "Occupation Data.txt": [
        "O*NET-SOC Code\tTitle\tDescription",
        "25-4031.00\tLibrary Technicians\tAssist librarians.",
        '43-4121.00\tLibrary Assistants, Clerical\tCompile records and "issue" them.',
    ],
    "Alternate Titles.txt": [
        "O*NET-SOC Code\tAlternate Title\tShort Title\tSource(s)",
        "25-4031.00\tCirculation Clerk\tn/a\t02",
        "25-4031.00\tLibrary Technical Assistant (LTA)\tLTA\t02,04,08",
        "43-4121.00\tCirculation Clerk\tn/a\t02,04,06,10",
    ],
    "Job Zones.txt": [
        "O*NET-SOC Code\tJob Zone\tDate\tDomain Source",
        "25-4031.00\t3\t07/2017\tAnalyst",
        "43-4121.00\t2\t08/2018\tAnalyst",
    ],
    "Job Zone Reference.txt": ["Job Zone\tName\tExperience", "1\tJob Zone One\tLittle"],
    "Read Me.txt": ["O*NET 27.0 Database", "August 2022 Release"],
}


def make_onet(folder, **changed):
    """Write a database's text files; `changed` gives other lines by the file's first word, None for no such file."""
    folder.mkdir(exist_ok=True)
    for name, lines in ONET_FILES.items():
        lines = changed.get(name.split()[0].lower() if name != "Job Zone Reference.txt" else "", lines)
        if lines is not None:
            (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


RATING_HEADER = (
    "O*NET-SOC Code,Title,Element ID,Element Name,Scale ID,Scale Name,Data Value,N,Standard Error,Lower CI Bound,"
    "Upper CI Bound,Recommend Suppress,Not Relevant,Date,Domain Source"
).split(",")
EDUCATION_HEADER = [name for name in RATING_HEADER if name != "Not Relevant"]
EDUCATION_HEADER.insert(6, "Category")


def make_rating(element, name, scale="IM", value=3.38, code="25-4031.00", **changed):
    """Return a row of a file of ratings by column."""
    given = {
        "O*NET-SOC Code": code, "Title": "Library Technicians", "Element ID": element, "Element Name": name,
        "Scale ID": scale, "Data Value": value, "N": 8, "Lower CI Bound": 3.0164, "Upper CI Bound": 3.7336,
        "Recommend Suppress": "N", "Not Relevant": "N" if scale == "LV" else None, "Date": "07/2017",
        "Domain Source": "Analyst",
    }  # fmt: skip
    return given | changed


def make_table(path, rows, header=RATING_HEADER):
    """Write rows, dicts by column, as a file of O*NET's text or Excel edition, whichever the name says."""
    if path.suffix == ".txt":
        cells = [["n/a" if row.get(name) is None else str(row[name]) for name in header] for row in rows]
        path.write_text("".join("\t".join(line) + "\n" for line in [header, *cells]), encoding="utf-8")
        return path
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Table"
    sheet.append(header)
    for row in rows:
        sheet.append([row.get(name) for name in header])
    workbook.save(path)
    return path


PROJECTIONS_HEADER = [
    "2024 National Employment Matrix title", "2024 National Employment Matrix code", "Occupation type",
    "Employment, 2024", "Employment, 2034", "Employment distribution, percent, 2024",
    "Employment change, numeric, 2024–34", "Employment change, percent, 2024–34", "Percent self employed, 2024",
    "Occupational openings, 2024–34 annual average", "Median annual wage, dollars, 2024[1]",
    "Typical education needed for entry", "Work experience in a related occupation",
    "Typical on-the-job training needed to attain competency in the occupation",
]  # fmt: skip
SEPARATIONS_HEADER = [
    *PROJECTIONS_HEADER[:5], "Employment change, numeric, 2024–34",
    "Labor force exit rate, 2024–34 annual average", "Occupational transfer rate, 2024–34 annual average",
    "Labor force exits, 2024–34 annual average", "Occupational transfers, 2024–34 annual average",
    "Total occupational separations, 2024–34 annual average", "Occupational openings, 2024–34 annual average",
]  # fmt: skip
FACTORS_HEADER = [
    "2024 National Employment Matrix occupation title", "2024 National Employment Matrix occupation code",
    "2024 National Employment Matrix industry title", "2024 National Employment Matrix industry code",
    "Factors affecting occupational utilization",
]  # fmt: skip
PROJECTED = [
    ["Total, all occupations", "00-0000", "Summary", 169956.1, 175167.9, 100, 5211.8, 3.1, 5.8, 18863.3, 49500,
     "—", "—", "—"],
    ["  Librarians", "25-4022", "Line item", 142.1, 144.5, 0.1, 2.4, 1.7, "—", 13.5, 64320,
     "Master's degree", "None", "None"],
    ["  Library technicians", "25-4031", "Line item", 78.6, 73.2, 0, -5.4, -6.8, "—", 13, 39970,
     "Postsecondary nondegree award", "None", "None"],
]  # fmt: skip
SEPARATED = [
    ["Total, all occupations", "00-0000", "Summary", 169956.1, 175167.9, 5211.8, 4.7, 5.9,
     8155, 10187.1, 18342.1, 18863.3],
    ["  Librarians", "25-4022", "Line item", 142.1, 144.5, 2.4, 5.3, 4.0, 7.6, 5.7, 13.3, 13.5],
    ["  Library technicians", "25-4031", "Line item", 78.6, 73.2, -5.4, 9.3, 8.5, 7, 6.5, 13.5, 13],
]  # fmt: skip
FACTORS = [
    ["Technicians", "25-4031", "Junior colleges; state", "61120S", "Demand change - share decreases: use falls"],
    ["Technicians", "25-4031", "Junior colleges; local", "61120L", "Demand change- share decreases: use falls"],
]  # fmt: skip
NOTES = [["Footnotes:"], ["Source: Employment Projections program, U.S. Bureau of Labor Statistics"]]


def make_projections(path, projected=PROJECTED, separated=SEPARATED, factors=FACTORS, years=("2024", "2034")):
    """Write the workbook of projections, its tables on three of its sheets, notes below them."""
    start, end = years
    workbook = openpyxl.Workbook()
    workbook.active.title = "Index"
    tables = [
        ("Table 1.2", "Occupational projections", PROJECTIONS_HEADER, projected),
        ("Table 1.10", "Occupational separations and openings", SEPARATIONS_HEADER, separated),
        ("Table 1.12", "Factors affecting occupational utilization", FACTORS_HEADER, factors),
    ]
    for name, title, header, rows in tables:
        sheet = workbook.create_sheet(name)
        sheet.append([f"{name} {title}, {start}–{end}"])
        sheet.append(
            [text.replace("2024", start).replace("2034", end).replace("–34", f"–{end[2:]}") for text in header]
        )
        for row in [*rows, *NOTES]:
            sheet.append(row)
    workbook.save(path)
    return path


TECHNICIANS_FACTS = {
    "qf_median_pay_annual": "37540", "qf_median_pay_hourly": "18.05",
    "qf_entry_level_education": "See How to Become One",
    "qf_number_of_jobs": "163100", "qf_employment_outlook": "-7", "qf_employment_openings": "-11000",
}  # fmt: skip
LIBRARIANS_FACTS = {
    "qf_median_pay_annual": "64320", "qf_median_pay_hourly": "30.92", "qf_entry_level_education": "Master's degree",
    "qf_number_of_jobs": "142100", "qf_employment_outlook": "2", "qf_employment_openings": "2400",
}  # fmt: skip
COMPILED = [
    ("Library Technicians and Assistants", LIBRARY["url"], ["25-4031", "43-4121"], TECHNICIANS_FACTS),
    ("Librarians and Library Media Specialists", LIBRARIANS["url"], ["25-4022"], LIBRARIANS_FACTS),
]


def make_compilation(path, occupations=COMPILED, head="", years=("2024", "2034")):
    """Write the Handbook's XML compilation."""
    parts = []
    for title, url, codes, facts in occupations:
        quick = "".join(
            f"<{name}><help><![CDATA[<p>?</p>]]></help><value>{value}</value></{name}>" for name, value in facts.items()
        )
        covered = "".join(f"<soc_code>{code}</soc_code>" for code in codes)
        parts.append(
            f"<occupation><title>{title}</title><citation><![CDATA[<p>at <a href='{url}'>{url}</a></p>]]></citation>"
            f"<soc_coverage>{covered}</soc_coverage><quick_facts>{quick}</quick_facts></occupation>"
        )
    text = (
        f'<?xml version="1.0" encoding="utf-8"?>\n{head}<ooh><publication_title>Occupational Outlook Handbook'
        f"</publication_title><current_year>{years[0]}</current_year><projection_year>{years[1]}</projection_year>"
        f"<reference_period>May</reference_period><reference_year>{years[0]}</reference_year>{''.join(parts)}</ooh>"
    )
    path.write_text(text, encoding="utf-8")
    return path
