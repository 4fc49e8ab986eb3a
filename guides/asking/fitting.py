"""Which passages may answer at all: those of the part that is asked for, and that say what it is asked for."""

from .passages import Body, Passage
from .questions import Intent, Question


def may_answer(question: Question, passage: Passage, body: Body) -> bool:
    """Whether a passage may answer, however many words it shares with the question."""
    best = question.best
    if best is None:
        return True
    first, *further = question.wanted
    if first.is_said and not _says(passage, body, best):
        return False
    if first.is_said and not best.parts and not body.is_guide:
        # What no part of an occupation's page tells it does not say, whatever else the words are like.
        return False
    others = [wanted.intent for wanted in further if not wanted.intent.needs_evidence]
    return body.is_guide or any(passage.section in intent.parts for intent in [best, *others])


def _says(passage: Passage, body: Body, intent: Intent) -> bool:
    """Whether a passage has a word without which it is beside the point, in whatever section it stands."""
    asked = intent.says if body.is_guide else intent.parts_say
    return not asked or not asked.isdisjoint(passage.all_in_it.stems)
