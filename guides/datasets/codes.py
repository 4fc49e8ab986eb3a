"""Occupation codes of the SOC, the classification all three publishers use."""

import re

CODE = re.compile(r"(\d{2})-\d{4}")
# 00 is the publishers' total of all occupations; the SOC numbers its major groups 11, 13, ... 55.
MAJOR_GROUPS = {"00", *(str(group) for group in range(11, 56, 2))}


def is_known(code: str) -> bool:
    """Whether `code` has the form of an occupation code and belongs to a major group of the SOC."""
    match = CODE.fullmatch(code)
    return match is not None and match[1] in MAJOR_GROUPS


def in_order(codes: str) -> str:
    """Return codes that stand with spaces between them in ascending order, each once."""
    return " ".join(sorted(set(codes.split())))
