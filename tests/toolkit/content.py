"""A small toolkit for the guide that tests build by hand."""

from guides.toolkit.models import (
    CoverLetter,
    InterviewQuestion,
    JobPhrase,
    ResumeEntry,
    ResumeExample,
    ResumeLine,
    Wording,
)


def make_toolkit(guide):
    """Give the guide one or two of everything that the toolkit holds."""
    make_resume(guide)
    CoverLetter.objects.create(
        guide=guide,
        slug="first-job",
        title="First job",
        situation="You have never bound a book.",
        body="Dear [name],\n\nI saw your [shop]. I like your [shop].\n\nThank you.",
        why="It is short.",
    )
    for position, (group, difficulty) in enumerate([("work", "easy"), ("people", "hard"), ("yours", "medium")]):
        make_question(guide, position, group=group, difficulty=difficulty)
    JobPhrase.objects.create(guide=guide, slug="glue", part="requirement", text="Able to stand the smell of glue")
    JobPhrase.objects.create(guide=guide, slug="lunch", part="offer", text="Lunch")
    Wording.objects.create(
        guide=guide,
        slug="young",
        fault="biased",
        words="young\nninja*",
        why="It is about age.",
        instead="Name the skill.",
    )


def make_resume(guide):
    """Return a worked example with a volunteer post before a job."""
    example = ResumeExample.objects.create(
        guide=guide,
        slug="first",
        title="First resume",
        situation="Someone who begins.",
        name="Zoë Łódź",
        headline="Bookbinder",
        city="Łódź, Poland",
        summary="Binds books.",
        why="It says what she does.",
    )
    entries = [
        ("club", "volunteer", "Helper", "Book club", "2024-01", ""),
        ("shop", "work", "Assistant", "Glue & Sons", "2022-05", "2023-12"),
        ("school", "education", "Diploma", "School of crafts", "", "2022-04"),
        ("paper", "certificates", "Glue certificate", "Glue board", "", "2023-02"),
        ("hand", "skills", "By hand", "", "", ""),
    ]
    for position, (slug, part, title, organization, starts, ends) in enumerate(entries):
        entry = ResumeEntry.objects.create(
            example=example,
            slug=slug,
            part=part,
            title=title,
            organization=organization,
            starts=starts,
            ends=ends,
            position=position,
            why="It fits.",
        )
        ResumeLine.objects.create(entry=entry, text=f"Sewed 40 books ({slug})", why="A number.")
    return example


def make_question(guide, position=0, **fields):
    """Return an interview question."""
    return InterviewQuestion.objects.create(
        guide=guide,
        slug=f"ask-{position}",
        position=position,
        **{
            "group": "work",
            "difficulty": "easy",
            "question": f"Why glue {position}?",
            "looked_for": "Love of glue.",
            "situation": "A pot of glue.",
            "task": "A book to bind.",
            "action": "You bind it.",
            "result": "It holds.",
            "weak": "I like pots.",
            "why_weak": "Pots are not asked for.",
        }
        | fields,
    )
