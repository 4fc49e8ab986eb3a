"""What a guide has of the two checks and of stages, and what is missing: for its editors, and for readers' buttons."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guides.models import Guide, Route, Skill
from guides.registry.overview import Item, Lack, Part, change_url, where_rows_go

from . import check
from .models import Question


def has_skills(guide: Any) -> bool:
    """Whether the guide, thawed or with its rows, has a skill that a reader can rate."""
    return any(section.skills.all() for section in guide.sections.all())


def has_questions(guide: Any) -> bool:
    """Whether the guide has a question of the readiness check that can be answered."""
    return bool(check.all_questions(guide))


def parts(guide: Guide) -> Iterator[Part]:
    """Yield the readiness check, the skills gap and the stages of routes, as the draft has them."""
    yield _readiness(guide)
    yield _skills_gap(guide)
    yield _stages(guide)


def _add(model: str, guide: Guide) -> str:
    return f"{reverse(f'admin:readiness_{model}_add')}?{urlencode({'guide': guide.pk})}"


def _readiness(guide: Guide) -> Part:
    questions = list(Question.objects.filter(area__guide=guide).select_related("area").prefetch_related("options"))
    areas, bands = list(guide.readiness_areas.all()), list(guide.readiness_bands.all())
    asked = {question.area_id for question in questions}
    lacks = []
    if not areas:
        said = _("No area and no question: the button 'Check your readiness' is hidden from readers.")
        lacks.append(Lack(said, _add("area", guide)))
    elif not any(question.options.all() for question in questions):
        said = _("No question that can be answered: the button 'Check your readiness' is hidden from readers.")
        lacks.append(Lack(said, _add("question", guide)))
    lacks += [
        Lack(
            _("The area '%(name)s' has no question, so readers do not see it.") % {"name": area},
            f"{_add('question', guide)}&{urlencode({'area': area.pk})}",
        )
        for area in areas
        if area.pk not in asked
    ]
    lacks += [
        Lack(
            _("'%(name)s' has no answers, so readers are not asked.") % {"name": question},
            f"{change_url(question)}#options-group",
        )
        for question in questions
        if not question.options.all()
    ]
    if questions and not bands:
        lacks.append(Lack(_("No bands: a reader gets a number, and no word on what it means."), _add("band", guide)))
    elif bands and bands[0].starts_at:
        lacks.append(
            Lack(_("No band begins at 0: the lowest scores get no word."), f"{change_url(bands[0])}#id_starts_at")
        )
    items = [Item(question.text, change_url(question), str(question.area)) for question in questions]
    items += [
        Item(band.title, change_url(band), _("from %(points)s points") % {"points": band.starts_at}) for band in bands
    ]
    return Part("readiness", _("Readiness check"), items, lacks, _("Add a question"), _add("question", guide))


def _skills_gap(guide: Guide) -> Part:
    skills = list(Skill.objects.filter(section__guide=guide).select_related("section"))
    taught = {practice.skill: practice for practice in guide.skill_practices.all()}
    lacks = []
    if not skills:
        url = where_rows_go(guide, "skills")
        lacks.append(Lack(_("No skills: the skills gap is hidden from readers."), url))
    open_skills = [skill for skill in skills if skill.slug not in taught]
    if open_skills:
        said = ngettext(
            "%(count)d skill has no way to close its gap: readers learn that it is missing, and not how to get it.",
            "%(count)d skills have no way to close their gap: readers learn what is missing, and not how to get it.",
            len(open_skills),
        )
        url = f"{_add('practice', guide)}&{urlencode({'skill': open_skills[0].slug})}"
        lacks.append(Lack(said % {"count": len(open_skills)}, url))
    items = [
        Item(
            skill.name,
            change_url(taught[skill.slug]) if skill.slug in taught else change_url(skill.section),
            taught[skill.slug].exercise if skill.slug in taught else _("no way to close its gap"),
        )
        for skill in skills
    ]
    return Part("skills-gap", _("Skills gap"), items, lacks, _("Add a way to close a gap"), _add("practice", guide))


def _stages(guide: Guide) -> Part:
    stages = list(guide.route_stages.all())
    screen = reverse("admin:readiness_guideroutes_change", args=[guide.pk])
    served = {stage.route for stage in stages}
    routes = list(Route.objects.filter(section__guide=guide))
    lacks = [
        Lack(_("The route '%(name)s' has no stages: readers get no dates for it.") % {"name": route}, screen)
        for route in routes
        if route.slug not in served
    ]
    if not routes:
        url = where_rows_go(guide, "routes")
        lacks.append(Lack(_("No routes: the readiness check ends without a way in, its time and its cost."), url))
    names = {route.slug: route.name for route in routes}
    items = [Item(stage.title, screen, names.get(stage.route, _("every route"))) for stage in stages]
    return Part("stages", _("Routes and their stages"), items, lacks, _("All stages on one screen"), screen)
