"""Which of the Bureau's rows counts an occupation: its own, or one that counts several together.

The Bureau has joint rows of three forms. 31-1120 is the SOC's broad group of 31-1121 and 31-1122, neither of which has
a row. 21-1018 is a code of the Bureau's own for those of 21-1011 to 21-1019 that have none. And an occupation that
O*NET divides further, such as 15-1299.08, is counted in the row of its SOC code.
"""

from collections.abc import Set


def row_that_counts(code: str, published: Set[str], occupations: Set[str]) -> str:
    """Return which of the rows in `published` counts an SOC code, '' where none does.

    `occupations` are all SOC codes that occupations have: what is published beside them counts several together.
    """
    if code in published:
        return code
    siblings = {other for other in occupations if other[:6] == code[:6]}
    joint = {row for row in published if row[:6] == code[:6] and row not in occupations}
    broad = f"{code[:6]}0"
    if own := joint - {broad}:
        return own.pop() if len(own) == 1 else ""
    # The broad group is larger than what is missing where one of its occupations has a row.
    return broad if broad in joint and not siblings & published else ""
