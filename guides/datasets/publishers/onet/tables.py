"""The tables of the O*NET database that we read.

A table is known by its header, and those that share one (skills, knowledge and more) by the elements that their rows
are about and the scale that they are measured on: files are named and split in other ways from one edition to the next.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ...files.cells import Cell
from ...files.columns import Column, Recognized
from . import items
from .items import Item
from .lines import Line

CODE = Column("O*NET-SOC Code", "o_net_soc_code|onetsoc_code|onet_soc_code")
ELEMENT = Column("Element ID", "element_id")
ELEMENT_NAME = Column("Element Name", "element_name")
SCALE = Column("Scale ID", "scale_id")
VALUE = Column("Data Value", "data_value")
DATE = Column("Date", "date|date_updated", required=False)
SOURCE = Column("Domain Source", "domain_source", required=False)
ESTIMATE = [
    VALUE,
    Column("N", "n"),
    Column("Lower CI Bound", "lower_ci_bound"),
    Column("Upper CI Bound", "upper_ci_bound"),
    Column("Recommend Suppress", "recommend_suppress"),
]
RATING = [CODE, ELEMENT, ELEMENT_NAME, SCALE, *ESTIMATE, DATE, SOURCE]
SURVEY = [DATE, SOURCE]


@dataclass(frozen=True)
class Table:
    """A table we read.

    - `block`: the name of what it is kept as; `name`: the publisher's, for a person.
    - `read` makes an item of a line, `shape` those of one occupation into a block: see items.py.
    - `elements` and `scales`: what tells the table from others under the same header.
    """

    block: str
    name: str
    columns: Sequence[Column]
    read: Callable[[Line], tuple[object, Item] | None]
    shape: Callable[[list[Item]], list[Item]] = list
    elements: re.Pattern[str] | None = None
    scales: Sequence[str] = ()
    # Whether each row is about an occupation; the others explain what rows of other tables name.
    is_reference: bool = False

    def fits(self, row: Mapping[str, Cell]) -> bool:
        """Whether a row is this table's, and not another's under the same header."""
        return (self.elements is None or bool(self.elements.match(str(row[ELEMENT.name] or "")))) and (
            not self.scales or row[SCALE.name] in self.scales
        )


OCCUPATIONS, ALTERNATE, REPORTED = "occupations", "alternate_titles", "reported_titles"

TABLES = (
    Table(
        OCCUPATIONS,
        "Occupation Data",
        [CODE, Column("Title", "title|occupation_title"), Column("Description", "description")],
        items.occupation,
    ),
    Table(
        ALTERNATE,
        "Alternate Titles",
        [
            CODE,
            Column("Alternate Title", "alternate_title|alternative_title|lay_title"),
            Column("Short Title", "short_title", required=False),
        ],
        items.alternate_title,
    ),
    Table(
        REPORTED,
        "Sample of Reported Titles",
        [
            CODE,
            Column("Reported Job Title", "reported_job_title"),
            Column("Shown in My Next Move", "shown_in_my_next_move", required=False),
        ],
        items.reported_title,
    ),
    Table("job_zone", "Job Zones", [CODE, Column("Job Zone", "job_zone"), *SURVEY], items.job_zone),
    Table(
        "tasks",
        "Task Statements",
        [
            CODE,
            Column("Task ID", "task_id"),
            Column("Task", "task"),
            Column("Task Type", "task_type"),
            Column("Incumbents Responding", "incumbents_responding", required=False),
            *SURVEY,
        ],
        items.task,
    ),
    Table(
        "activities",
        "Tasks to DWAs",
        [CODE, Column("Task ID", "task_id"), Column("DWA ID", "dwa_id"), Column("DWA Title", "dwa_title"), *SURVEY],
        items.activity,
        items.shape_activities,
    ),
    Table(
        "skills",
        "Skills",
        [*RATING, Column("Not Relevant", "not_relevant", required=False)],
        items.rating,
        items.shape_ratings,
        elements=re.compile(r"2\.[AB]\."),
        scales=("IM", "LV"),
    ),
    Table(
        "knowledge",
        "Knowledge",
        [*RATING, Column("Not Relevant", "not_relevant", required=False)],
        items.rating,
        items.shape_ratings,
        elements=re.compile(r"2\.C\."),
        scales=("IM", "LV"),
    ),
    Table(
        "work_styles",
        "Work Styles",
        RATING,
        items.rating,
        items.shape_ratings,
        elements=re.compile(r"1\.[CD]\."),
        scales=("IM",),
    ),
    Table(
        "education",
        "Education, Training, and Experience",
        [CODE, ELEMENT, SCALE, Column("Category", "category"), *ESTIMATE, *SURVEY],
        items.education,
        elements=re.compile(r"2\.D\.1$"),
        scales=("RL",),
    ),
    Table(
        "technology",
        "Technology Skills",
        [
            CODE,
            Column("Example", "example|workplace_example"),
            Column("Commodity Code", "commodity_code"),
            Column("Commodity Title", "commodity_title"),
            # 'Tools Used' has the other columns too.
            Column("Hot Technology", "(?:employer_based_)?hot_technology"),
            Column("In Demand", "(?:employer_based_)?in_demand", required=False),
        ],
        items.technology,
        items.shape_technology,
    ),
    Table(
        "interests",
        "Interests",
        [CODE, ELEMENT, ELEMENT_NAME, SCALE, VALUE, *SURVEY],
        items.interest,
        items.shape_interests,
        elements=re.compile(r"1\.B\.1\."),
        scales=("OI", "IH"),
    ),
    Table(
        "related",
        "Related Occupations",
        [
            CODE,
            Column("Related O*NET-SOC Code", "related_(?:o_net_soc|onetsoc|onet_soc)_code"),
            Column("Related Title", "related_title", required=False),
            Column("Relatedness Tier", "relatedness_tier"),
            Column("Index", "index|related_index"),
        ],
        items.related,
    ),
    Table(
        "elements",
        "Content Model Reference",
        [ELEMENT, ELEMENT_NAME, Column("Description", "description")],
        items.element_reference,
        is_reference=True,
    ),
    Table(
        "job_zones",
        "Job Zone Reference",
        [
            Column("Job Zone", "job_zone"),
            Column("Name", "name"),
            Column("Experience", "experience"),
            Column("Education", "education"),
            Column("Job Training", "job_training"),
            Column("Examples", "examples"),
        ],
        items.zone_reference,
        is_reference=True,
    ),
    Table(
        "work_activities",
        "DWA Reference",
        [ELEMENT, ELEMENT_NAME, Column("IWA Title", "iwa_title"), Column("DWA ID", "dwa_id")],
        items.activity_reference,
        is_reference=True,
    ),
    Table(
        "interest_activities",
        "Interests Illustrative Activities",
        [ELEMENT, ELEMENT_NAME, Column("Interest Type", "interest_type"), Column("Activity", "activity")],
        items.interest_activity,
        is_reference=True,
    ),
    Table(
        "basic_interests",
        "Basic Interests to RIASEC",
        [
            Column("Basic Interests Element ID", "basic_interests_element_id"),
            Column("RIASEC Element ID", "riasec_element_id"),
        ],
        items.basic_interest,
        is_reference=True,
    ),
)


def recognize(headers: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> Table | None:
    """Return the table whose columns all stand in `headers` and that one of `rows` fits, if there is one."""
    rows = list(rows)
    for table in TABLES:
        recognized = Recognized(table.columns, headers)
        if not recognized.missing and any(table.fits(recognized.pick(row, None)) for row in rows):
            return table
    return None
