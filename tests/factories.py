"""A small guide built by hand: a section of every kind, rows in each, figures with a history."""

from datetime import date

from django.apps import apps
from django.utils import timezone

from guides import picture_files
from guides.datasets.models import StateLink
from guides.exercises.models import ExerciseEdition
from guides.models import (
    CareerLevel,
    Edition,
    Entry,
    Figure,
    FormerAddress,
    Guide,
    GuideTitle,
    LinkVisit,
    Listing,
    Name,
    Observation,
    Passage,
    Picture,
    Point,
    PublishedSection,
    Question,
    RelatedCareer,
    Release,
    Route,
    Section,
    ShareImage,
    ShippedContent,
    Skill,
    Source,
    Step,
    ToolLink,
    Word,
)
from guides.publishing import content_version, editions
from guides.registry import content_models, kinds

from .toolkit.content import make_toolkit


def make_guide(slug="bookbinder", publish=True, **fields):
    """Return a guide with a section of every kind; each section's slug is its kind with hyphens."""
    guide = Guide.objects.create(
        slug=slug,
        **{
            "title": slug.capitalize(),
            "short_title": "BB",
            "summary": "Sews, glues and covers books, and mends old ones.",
            "highlights": "Mostly on site\nLittle screen work",
            "field_of_work": "Crafts",
            "occupation_code": "51-5113",
            "reviewed_on": date(2026, 11, 1),
        }
        | fields,
    )
    GuideTitle.objects.create(guide=guide, title="Book finisher", why="The older name for the same work.")
    RelatedCareer.objects.create(guide=guide, title="Conservator", difference="Works on single, precious books.")
    RelatedCareer.objects.create(guide=guide, title="Printer", other="printer", difference="Prints what you bind.")
    FormerAddress.objects.create(guide=guide, slug="folding", leads_to="text")
    known = [kind for kind in kinds.KINDS.values() if kind.rows in ("", *MAKERS)]
    for position, kind in enumerate(known):
        fill(make_section(guide, kind.slug, position=position))
    pair = guide.sections.get(kind="pros_and_cons")
    guide.sections.filter(kind__in=["pros", "cons"]).update(parent=pair)
    make_toolkit(guide)
    if publish:
        editions.publish(editions.save(guide))
    return guide


def make_picture(guide, slug="bench", upload=None, **fields):
    """Return a picture of the guide, an SVG where none is uploaded; no text shows it yet."""
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"><rect width="30" height="20"/></svg>'
    file = picture_files.store(upload or drawing)
    picture = Picture(guide=guide, slug=slug, file=file, **{"credit": "R. Binder", "licence": "CC BY 4.0"} | fields)
    picture.full_clean()
    picture.save()
    return picture


def make_live_unchecked(edition):
    """Have readers see an edition that no way to readers lets pass, as one that came there before it was checked."""
    edition.guide.editions.live().update(state=Edition.State.RETIRED)
    Edition.objects.filter(pk=edition.pk).update(state=Edition.State.LIVE, published_at=timezone.now())
    content_version.content_changed()


def make_section(guide, kind="text", **fields):
    """Return an empty section of that kind, with a heading, a summary and a text."""
    name = kind.replace("_", " ")
    return Section.objects.create(
        guide=guide,
        kind=kind,
        **{
            "slug": name.replace(" ", "-"),
            "heading": name.capitalize(),
            "summary": f"What to know of {name} first.",
            "body": f"An introduction to **{name}**.",
        }
        | fields,
    )


def fill(section):
    """Give the section two rows of what its kind holds."""
    rows = section.kind_info.rows
    for position in range(2 if rows else 0):
        MAKERS[rows](section, position)


def make_source(slug="office", **fields):
    """Return the source with that slug, made on the first use."""
    defaults = {
        "publisher": "Office of Statistics",
        "short_name": "Office",
        "title": "Wages by occupation",
        "url": "https://statistics.example/wages",
    }
    return Source.objects.get_or_create(slug=slug, defaults=defaults | fields)[0]


def make_point(section, position=0):
    return Point.objects.create(section=section, position=position, label=f"Label {position}", text="Some *text*.")


def make_skill(section, position=0):
    return Skill.objects.create(
        section=section, position=position, slug=f"skill-{position}", name=f"Skill {position}", also_known_as="Knack"
    )


def make_step(section, position=0):
    return Step.objects.create(
        section=section, position=position, slug=f"step-{position}", title=f"Step {position}", text="Do it."
    )


def make_route(section, position=0):
    return Route.objects.create(
        section=section,
        position=position,
        slug=f"route-{position}",
        name=f"Route {position}",
        months_from=12,
        months_to=24,
        cost_from=1000 * position,
        cost_to=5000,
        who_it_suits="People with steady hands.",
        source=make_source(),
    )


def make_level(section, position=0):
    return CareerLevel.objects.create(
        section=section,
        position=position,
        slug=f"level-{position}",
        title=f"Level {position}",
        years_from=2 * position,
        years_to=2 * position + 2,
        work="Binds.",
        focus="Glue.",
        source=make_source(),
    )


def make_question(section, position=0):
    return Question.objects.create(
        section=section, position=position, slug=f"question-{position}", question=f"Why {position}?", answer="Because."
    )


def make_tool_link(section, position=0):
    tool = ["toolkit/resume", "skills-gap"][position]
    return ToolLink.objects.create(section=section, position=position, tool=tool, title=tool, text="Helps.")


def make_state_link(section, position=0):
    return StateLink.objects.create(
        section=section,
        position=position,
        slug=f"oh-{position}",
        state="OH",
        purpose=["jobs", "library"][position],
        name=f"Bindery jobs {position}",
        url=f"https://binders.example/{position}",
        text="openings",
        source=make_source(),
        copy="its own page, a copy of 2025",
        checked_on=date(2026, 11, 1),
    )


def make_figure(section, position=0, **fields):
    """Return a median pay with an official observation and an older estimate."""
    figure = Figure.objects.create(
        section=section,
        position=position,
        **{
            "slug": f"{section.slug}-{position}",
            "label": f"Median pay {position}",
            "measure": Figure.Measure.PAY,
            "statistic": Figure.Statistic.MEDIAN,
            "unit": Figure.Unit.CURRENCY,
            "currency": "USD",
            "on_card": section.kind == "figures",
        }
        | fields,
    )
    make_observation(figure, value=40_000 + 1000 * position, period="May 2024", year=2024)
    make_observation(figure, low=30_000, high=45_000, period="2022", year=2022, basis=Observation.Basis.ESTIMATE)
    return figure


def make_observation(figure, **fields):
    """Return an official observation of the figure; give it a value, a range or a text, a period and a year."""
    return Observation.objects.create(
        figure=figure,
        **{
            "source": make_source(),
            "basis": Observation.Basis.OFFICIAL,
            "checked_on": date(2026, 11, 1),
            "review_after": date(2126, 11, 1),
        }
        | fields,
    )


MAKERS = {
    "points": make_point,
    "skills": make_skill,
    "steps": make_step,
    "routes": make_route,
    "careerlevels": make_level,
    "questions": make_question,
    "toollinks": make_tool_link,
    "figures": make_figure,
    "statelinks": make_state_link,
}


def edited_models():
    """Every model that editing fills, parents before children."""
    return [Source, Guide, *(apps.get_model(content.label) for content in content_models.CONTENT_MODELS), Edition]


def loaded_models():
    """Every model that loading and publishing fill, parents before children."""
    shared = [apps.get_model(label) for label in content_models.SHARED if label != "guides.source"]
    return [
        *shared,
        ExerciseEdition,
        *edited_models(),
        LinkVisit,
        Listing,
        PublishedSection,
        ShareImage,
        Entry,
        Name,
        Passage,
        Word,
        Release,
        ShippedContent,
    ]
