"""How call numbers file, held against sets that were put in order by hand."""

import random

import pytest

from guides.exercises import call_numbers
from guides.exercises.call_numbers import congress_key, dewey_key

# Each rule once, by the order of the shelf.
DEWEY = """
004 KER|004.6 TAN|005 BRO|005.1 HUN|005.13 RIT|005.133 DOW|005.2 FLA|025 TAY|551.46 CAR|551.5 SIM|551.55 LAR
813 T96|813 T96a|813 T96l|813 T961a|823 D54|823 D548|823 D55|823 D6|823 E4
808|808 STR|808 STR 1979|808 STR 1979 c.2|808 STR 2000|808 STR v.2|808 STR v.2 c.2|808 STR v.10|808 STU
920 L|920 LI|920 LINC|920 LIT
"""
CONGRESS = """
B105 .A3|BF9 .A1|H62 .B3|HA29 .H8|Q1 .B2|QA9 .D4|QA76 .K5|QA76.15 .R2|QA76.5 .S3|QA76.73.C15 K4|QA76.73.J38 B5
QA76.73 .P98 L8|QA76.73.P98 L88|QA76.73.P98 L88 2019|QA76.73.P98 L88 2019 v.2|QA76.73.P98 L88 2019 v.10|QA135 .P6
E185.97 .K5|E185.97 .K5 A3|E185.97 .K54 A2|E185.97 .L5
QE501 .P7 1990|QE501 .P7 1990a|QE501 .P7 1991|QE501 .P72|QE501.25 .A3
"""


@pytest.mark.parametrize(("key", "sets"), [(dewey_key, DEWEY), (congress_key, CONGRESS)])
def test_sets_in_order(key, sets):
    for line in sets.strip().splitlines():
        right = line.split("|")
        mixed = random.Random(1).sample(right, len(right))  # noqa: S311
        assert sorted(mixed, key=key) == right


@pytest.mark.parametrize(
    ("scheme", "number"),
    [("dewey", ""), ("dewey", "55 ABC"), ("dewey", "551. ABC"), ("dewey", "551 A-B"), ("congress", "551 ABC")],
)
def test_what_is_no_call_number_is_refused(scheme, number):
    with pytest.raises(call_numbers.UnknownForm):
        call_numbers.key(scheme, number)
