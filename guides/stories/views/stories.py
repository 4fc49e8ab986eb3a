"""The list of a person's stories, and one of them: what can be counted, what it shows, where it is used again."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from guides.forms import refused
from guides.models import Listing
from guides.plan.access import PlanRequest, personal, with_plan
from guides.plan.models import Plan
from guides.plan.views.items import changing
from guides.reading.reader import Reading
from guides.toolkit.models import KeptDocument

from .. import answering, counts, guides_of_plan, keeping
from .. import skills as skills_of_stories
from ..forms import StoryAnswersForm, StorySkillsForm
from ..models import Story

MOST_FITTING = 4


def story_or_404(plan: Plan | None, slug: str) -> Story:
    """Return the plan's story of that name, or raise Http404."""
    story = Story.objects.filter(plan=plan, slug=slug).first() if plan else None
    if story is None:
        raise Http404
    return story


@dataclass
class Tally:
    """How many of a guide's questions have a story."""

    reading: Reading
    answered: int
    count: int


@dataclass
class Told:
    """A story on the list: its counts, and the names of its skills."""

    story: Story
    counts: counts.Counts
    skills: list[str]
    missing: list[str]


@dataclass
class Uses:
    """Where one guide takes a story over: the questions that it answers or could, and the documents that are there."""

    reading: Reading
    answered: list[answering.AskedQuestion]
    fitting: list[tuple[answering.AskedQuestion, answering.Candidate]]
    take: str
    resumes: list[KeptDocument] = field(default_factory=list)
    letters: list[KeptDocument] = field(default_factory=list)


def missing_parts(story: Story) -> list[str]:
    """The labels of the parts that are still to be written."""
    return [label for label, words in story.labeled_texts() if not words]


@require_safe
@personal
def story_list(request: PlanRequest, plan: Plan | None) -> HttpResponse:
    """Every story of the plan, and how many questions of each guide have one."""
    stories = list(Story.objects.filter(plan=plan)) if plan else []
    readings = guides_of_plan.readings(plan, stories) if plan else []
    known = skills_of_stories.known(readings)
    answered = {key for story in stories for key in story.question_slugs}
    tallies = [_tally(reading, answered) for reading in guides_of_plan.with_questions(readings)]
    told = [
        Told(story, counts.count(story.text), skills_of_stories.names(story, known), missing_parts(story))
        for story in stories
    ]
    context = {"plan": plan, "told": told, "tallies": tallies, "guides": [] if tallies else Listing.objects.all()}
    return render(request, "stories/list.html", context)


def _tally(reading: Reading, answered: set[str]) -> Tally:
    rows = answering.questions_of(reading)
    return Tally(reading, sum(f"{reading.guide.slug}/{row.slug}" in answered for row in rows), len(rows))


@require_safe
@with_plan
def story(request: PlanRequest, plan: Plan, slug: str) -> HttpResponse:
    """One story."""
    return _page(request, plan, story_or_404(plan, slug))


def _page(request: PlanRequest, plan: Plan, story: Story, refusal: ValidationError | None = None) -> HttpResponse:
    readings = guides_of_plan.readings(plan, [story])
    offers, others = skills_of_stories.offered(story, skills_of_stories.known(readings))
    documents = list(KeptDocument.objects.filter(plan=plan))
    parts = [(label, words, counts.count(words).words) for label, words in story.labeled_texts()]
    context = {
        "plan": plan,
        "story": story,
        "parts": parts,
        "missing": missing_parts(story),
        "counts": counts.count(story.text),
        "words_a_minute": counts.WORDS_A_MINUTE,
        "offers": offers,
        "others": others,
        "uses": [_uses(reading, story, documents) for reading in readings],
        "line": story.words_for("resume"),
        "paragraph": story.words_for("letter"),
        "refusal": refusal,
    }
    return render(request, "stories/story.html", context, status=422 if refusal else 200)


def _uses(reading: Reading, story: Story, documents: list[KeptDocument]) -> Uses:
    own = [each for each in documents if each.guide == reading.guide.slug]
    asked = answering.asked(reading, [story])
    return Uses(
        reading,
        [one for one in asked if one.stories],
        answering.fitting(asked)[:MOST_FITTING],
        urlencode({"take": story.anchor}),
        [each for each in own if each.tool == KeptDocument.Tool.RESUME],
        [each for each in own if each.tool == KeptDocument.Tool.LETTER],
    )


@changing
@require_POST
@with_plan
def skills(request: PlanRequest, plan: Plan, slug: str) -> HttpResponse:
    """Keep which skills the story shows, as the person ticked them."""
    story = story_or_404(plan, slug)
    offers, others = skills_of_stories.offered(story, skills_of_stories.known(guides_of_plan.readings(plan, [story])))
    form = StorySkillsForm(request.POST, [*offers, *others])
    if not form.is_valid():
        raise refused(form)
    try:
        keeping.choose_skills(story, form.cleaned_data["offered"], form.cleaned_data["skills"])
    except ValidationError as refusal:
        return _page(request, plan, story, refusal)
    return HttpResponseRedirect(f"{story.get_absolute_url()}#skills")


@changing
@require_POST
@with_plan
def answers(request: PlanRequest, plan: Plan, slug: str) -> HttpResponse:
    """Have the story answer a question, or no more; then go on at that question."""
    story = story_or_404(plan, slug)
    form = StoryAnswersForm(request.POST)
    if not form.is_valid():
        raise refused(form)
    question = form.cleaned_data["question"]
    try:
        keeping.choose_question(story, question, form.cleaned_data["answers"] == "yes")
    except ValidationError as refusal:
        return _page(request, plan, story, refusal)
    if "stay" in request.POST:
        return HttpResponseRedirect(f"{story.get_absolute_url()}#use")
    return HttpResponseRedirect(reverse("stories:question", args=question.split("/")))
