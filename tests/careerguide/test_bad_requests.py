"""Whoever is refused with 400 is told what is wrong with the address, in words."""

import ast
import re

import pytest
from django.conf import settings

pytestmark = pytest.mark.django_db


def raised():
    """Yield the place and the argument of every BadRequest in the project."""
    for folder in ("guides", "careerguide"):
        for path in (settings.BASE_DIR / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "BadRequest":
                    yield f"{path.name}:{node.lineno}", node.args[0]


def is_translated(argument):
    inner = argument.left if isinstance(argument, ast.BinOp) else argument
    return isinstance(inner, ast.Call) and getattr(inner.func, "id", "") == "_"


def test_every_refusal_is_a_sentence_for_readers():
    places = dict(raised())
    assert len(places) > 10
    bare = [
        place for place, argument in places.items() if not is_translated(argument) and not place.startswith("forms")
    ]
    assert bare == []


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/guides/?page=x", "“Page”: Enter a whole number."),
        ("/guides/?education=lots", "“Education needed”: Select a valid choice. lots is not one of the"),
        ("/compare/?g=a&g=b&g=c&g=d&g=e", "“g” names 5 careers: at most 4 stand side by side."),
        ("/compare/?g=%3Cb%3E", "“g” names a career by letters, digits, dots and hyphens, which “&lt;b&gt;” is not."),
        ("/occupations/?hourly_from=lots", "“An hour, in dollars”: Give a sum in whole dollars, such as 30."),
        ("/guides/?q=%00", "It holds a sign (NUL) that is part of no text."),
        (f"/guides/?q={'x' * 5000}", "It is longer than any address of this site."),
        ("/occupations/?state=Ohoi", "“State”: “Ohoi” is no state or territory. Choose one from the list."),
        ("/guides/bookbinder/?open=some", "“open”: Select a valid choice."),
    ],
)
def test_a_refusal_says_what_is_wrong(client, guide, address, said):
    response = client.get(address)
    assert response.status_code == 400
    (notice,) = re.findall(r'<p class="notice">(.*?)</p>', response.content.decode())
    assert said in notice
    # The way back is the same page without what was wrong.
    assert f'href="{address.partition("?")[0]}">Open this page afresh</a>' in response.content.decode()
