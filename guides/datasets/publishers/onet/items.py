"""How a row of each table becomes an item of a block, and the items of one occupation a block.

A reader of rows gives `(key, item)`, or None to pass a row over. The key may stand once for each occupation; None may
stand as often as it likes. An item is a list: (month, source) of its survey, then what profiles.BLOCKS makes of it.
"""

from typing import Any

from ...profiles import EDUCATION_LEVELS, HOT, IN_DEMAND, NOT_RELEVANT, SUPPRESSED
from .lines import Line

Item = list[Any]

# The ends of scales: importance, level, occupational interest, an interest's number among the high-points.
SCALES = {"IM": (1, 5), "LV": (0, 7), "OI": (1, 7), "IH": (0, 6)}


def survey(line: Line) -> tuple[str, str]:
    """The month as 2017-07 and the source of a line's data; both may be ''."""
    return line.month("Date"), line.text("Domain Source", 60, required=False)


def estimate(line: Line, low: float, high: float) -> Item:
    """Return what profiles.Estimate is made of. Intervals are kept to two places, as values are published."""
    bounds = [line.number(name, low, high) for name in ("Lower CI Bound", "Upper CI Bound")]
    item: Item = [
        line.needed("Data Value", low, high),
        line.count("N"),
        *(None if bound is None else round(bound, 2) for bound in bounds),
    ]
    marks = SUPPRESSED * line.flag("Recommend Suppress")
    if "Not Relevant" in line.row:
        marks |= NOT_RELEVANT * line.flag("Not Relevant")
    return [*item, marks] if marks else item


def rating(line: Line) -> tuple[Any, Item]:
    element, scale = line.text("Element ID", 20), line.text("Scale ID", 3)
    name = line.text("Element Name", 100)
    return (element, scale), [survey(line), element, name, scale, estimate(line, *SCALES[scale])]


def shape_ratings(items: list[Item]) -> list[Item]:
    """Bring importance and level together; an element without importance is left out."""
    by_element: dict[str, dict[str, Item]] = {}
    for item in items:
        by_element.setdefault(item[1], {})[item[3]] = item
    return [
        [*scales["IM"][:3], scales["IM"][4], *([scales["LV"][4]] if "LV" in scales else [])]
        for scales in by_element.values()
        if "IM" in scales
    ]


def education(line: Line) -> tuple[Any, Item]:
    number = line.whole("Category", 1, len(EDUCATION_LEVELS))
    return number, [survey(line), number, estimate(line, 0, 100)]


def task(line: Line) -> tuple[Any, Item]:
    number, kind = line.whole("Task ID", 1, 10**9), line.text("Task Type", 20, required=False)
    return number, [survey(line), number, line.text("Task", 1000), kind, line.count("Incumbents Responding")]


def activity(line: Line) -> tuple[Any, Item]:
    number, title = line.text("DWA ID", 40), line.text("DWA Title", 300)
    tasks = line.whole("Task ID", 1, 10**9)
    return (number, tasks), [survey(line), number, title, [tasks]]


def shape_activities(items: list[Item]) -> list[Item]:
    """One item for each activity, with all tasks that it was linked to."""
    by_activity: dict[str, Item] = {}
    for item in items:
        if item[1] in by_activity:
            by_activity[item[1]][3].extend(item[3])
        else:
            by_activity[item[1]] = item
    return list(by_activity.values())


def technology(line: Line) -> tuple[Any, Item]:
    product, commodity = line.text("Example", 200), line.whole("Commodity Code", 1, 99_999_999)
    marks = HOT * line.flag("Hot Technology") | IN_DEMAND * line.flag("In Demand")
    return (commodity, product), [("", ""), commodity, line.text("Commodity Title", 200), [[product, marks]]]


def shape_technology(items: list[Item]) -> list[Item]:
    """One item for each kind of software, with its products."""
    return shape_activities(items)


def interest(line: Line) -> tuple[Any, Item]:
    element, scale = line.text("Element ID", 20), line.text("Scale ID", 3)
    value = line.needed("Data Value", *SCALES[scale])
    return (element, scale), [survey(line), element, line.text("Element Name", 100), value, scale]


def shape_interests(items: list[Item]) -> list[Item]:
    """The six interests with their rank among the high-points, whose values are the interests' numbers."""
    points = [item[3] for item in sorted((item for item in items if item[4] == "IH"), key=lambda item: str(item[1]))]
    interests = sorted((item[:4] for item in items if item[4] == "OI"), key=lambda item: str(item[1]))
    return [
        [*item, points.index(number) + 1 if number in points else 0] for number, item in enumerate(interests, start=1)
    ]


def related(line: Line) -> tuple[Any, Item]:
    code, index = line.code("Related O*NET-SOC Code"), line.whole("Index", 1, 1000)
    title = line.text("Related Title", 200, required=False)
    return code, [("", ""), code, title, line.text("Relatedness Tier", 40), index]


def job_zone(line: Line) -> tuple[Any, Item]:
    return (), [survey(line), line.whole("Job Zone", 1, 5)]


def occupation(line: Line) -> tuple[Any, Item]:
    return (), [line.text("Title", 200), line.text("Description", 2000)]


def alternate_title(line: Line) -> tuple[Any, Item]:
    return None, [line.text("Alternate Title", 250), line.text("Short Title", 250, required=False)]


def reported_title(line: Line) -> tuple[Any, Item]:
    return None, [line.text("Reported Job Title", 250), line.flag("Shown in My Next Move")]


def element_reference(line: Line) -> tuple[Any, Item]:
    element = line.text("Element ID", 20)
    return element, [element, line.text("Element Name", 200), line.text("Description", 4000)]


def zone_reference(line: Line) -> tuple[Any, Item]:
    number = line.whole("Job Zone", 1, 5)
    texts = [line.text(name, 2000) for name in ("Name", "Experience", "Education", "Job Training", "Examples")]
    return number, [number, *texts]


def activity_reference(line: Line) -> tuple[Any, Item]:
    number, element = line.text("DWA ID", 40), line.text("Element ID", 20)
    return number, [number, element, line.text("Element Name", 200), line.text("IWA Title", 300)]


def interest_activity(line: Line) -> tuple[Any, Item] | None:
    """Not those of the six general interests: they are items of O*NET's own test, the Interest Profiler."""
    if line.text("Interest Type", 40) == "General":
        return None
    element, text = line.text("Element ID", 20), line.text("Activity", 300)
    return (element, text), [element, line.text("Element Name", 200), text]


def basic_interest(line: Line) -> tuple[Any, Item]:
    basic, general = (line.text(f"{kind} Element ID", 20) for kind in ("Basic Interests", "RIASEC"))
    return (basic, general), [basic, general]
