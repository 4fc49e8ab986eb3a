"""The stylesheets hold for browsers that know less."""

import re

from django.conf import settings

BASE = settings.BASE_DIR / "static" / "css" / "base.css"


def test_every_color_has_its_value_by_day_for_browsers_without_light_dark():
    themed, _, plain = BASE.read_text().partition("@supports not (color: light-dark(")
    by_day = dict(re.findall(r"(--[\w-]+): light-dark\(([^,]+),", themed))
    assert len(by_day) > 10
    assert dict(re.findall(r"(--[\w-]+): (#\w+);", plain.partition("\n  }\n")[0])) == by_day
