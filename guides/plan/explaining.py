"""What a saved step is: the plan's row knows its name alone, the guide says the rest."""

import re
from collections.abc import Sequence

from django.urls import reverse
from django.utils.text import Truncator

from guides.formats import plain_text
from guides.reading import reader

from .models import SavedStep

LONGEST = 180  # characters of what a step is
_SENTENCE_END = re.compile(r"(?<=[.!?])\s")


def explain_steps(steps: Sequence[SavedStep]) -> None:
    """Tell each step its first sentence in its guide, how long it takes, and where it stands there. One query."""
    known = {}
    for reading in reader.several(sorted({step.guide for step in steps})):
        for section in reading.all_sections():
            for step in section.steps.all():
                known[reading.guide.slug, step.slug] = (reading, section, step)
    for saved in steps:
        if (saved.guide, saved.step) in known:
            reading, section, step = known[saved.guide, saved.step]
            saved.guide_name = reading.title
            saved.where = f"{reverse('guides:section', args=[saved.guide, section.slug])}#step-{step.slug}"
            sentence = Truncator(_SENTENCE_END.split(plain_text(step.text_html))[0]).chars(LONGEST)
            saved.explained = f"{sentence} ({step.duration})" if step.duration else sentence
