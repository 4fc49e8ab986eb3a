"""A small exercise of each kind, with one item, published."""

from guides.exercises import editions
from guides.exercises.models import CallNumberSet, DeskQuestion, Exercise, FaultyRecord, TitlePage

NUMBERS = "551.21 FRA\n551.46 CAR\n551.5 SIM\n551.5 SIM 2001"
RECORD = "100 1_ $a Dickinson, Emily.\n245 10 $a Hope / $c Emily Dickinson.\n264 _1 $a Boston :\n300 __ $a 96 pages"
OF_EACH = {"rules": "One **rule**.", "summary": "A summary.", "introduction": "What to do.", "skills": "skill-0"}


def make_exercises(publish=True):
    """Return the exercises by slug; each has an item with the slug 'one'."""
    CallNumberSet.objects.create(slug="one", title="Earth", numbers=NUMBERS, explanation="Digit by digit.")
    FaultyRecord.objects.create(
        slug="one", title="Hope", record=RECORD, faulty_line=3, right_line="264 _1 $a Boston", explanation="No colon."
    )
    DeskQuestion.objects.create(
        slug="one",
        title="A book",
        situation="Where is it?",
        good_answer="I will show you.",
        good_why="It helps.",
        first_answer="There.",
        first_why="Points.",
        second_answer="No.",
        second_why="Rude.",
    )
    TitlePage.objects.create(
        slug="one", title="Salt", page="SALT\nby Ada Bell", book_title="Salt", author="Bell, Ada", explanation="Short."
    )
    exercises = {}
    for position, choice in enumerate(Exercise.Slug):
        exercise = Exercise.objects.create(
            slug=choice, name=str(choice.label).capitalize(), position=position, **OF_EACH
        )
        exercises[choice.value] = exercise
        edition = editions.save(exercise)
        if publish:
            editions.publish(edition)
    return exercises
