"""What belongs to each exercise: the model of its items, the form that is answered, and its templates."""

from dataclasses import dataclass

from .forms import AnswerForm, DeskForm, FaultyLineForm, RecordEntryForm, ShelfOrderForm
from .models import CallNumberSet, DeskQuestion, Exercise, ExerciseItem, FaultyRecord, TitlePage


@dataclass(frozen=True)
class Kind:
    """What belongs to one exercise."""

    slug: Exercise.Slug
    model: type[ExerciseItem]
    form: type[AnswerForm]

    @property
    def template(self) -> str:
        """The template of an item: what there is to do."""
        return f"exercises/items/{self.slug.value}.html"

    @property
    def answer_template(self) -> str:
        """The template of what is said of an answer."""
        return f"exercises/answers/{self.slug.value}.html"


KINDS = {
    kind.slug.value: kind
    for kind in (
        Kind(Exercise.Slug.CALL_NUMBERS, CallNumberSet, ShelfOrderForm),
        Kind(Exercise.Slug.MARC_RECORDS, FaultyRecord, FaultyLineForm),
        Kind(Exercise.Slug.AT_THE_DESK, DeskQuestion, DeskForm),
        Kind(Exercise.Slug.RECORD_ENTRY, TitlePage, RecordEntryForm),
    )
}
