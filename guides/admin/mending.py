"""Where what the check before publishing finds is mended: the screen, and the field, row or list on it."""

from django.urls import reverse
from django.utils.http import urlencode

from ..models import Figure, Guide, Picture, Section
from ..publishing.checks import Problem
from ..registry.overview import change_url

# Lists that stand on the guide's screen, whatever section shows them.
OF_GUIDE = {"titles", "related_careers", "sections"}


def address(problem: Problem, guide: Guide, section: Section | None) -> str:
    """The address of the place where a problem of the guide is mended; `section` is the draft's, None without one."""
    where, _slash, row = problem.at.partition("/")
    if where == "figures" and section:
        return _of_figure(section, row)
    if where == "pictures" and (picture := Picture.objects.filter(guide=guide, slug=row).first()):
        return change_url(picture)
    if section is None or where in OF_GUIDE:
        return f"{change_url(guide)}#{_anchor(where, row) or 'guide_form'}"
    return f"{change_url(section)}#{_anchor(where, row) or 'section_form'}"


def _of_figure(section: Section, slug: str) -> str:
    """The screen of a figure; without one, a new one of the section."""
    if figure := Figure.objects.filter(section=section, slug=slug).first():
        return f"{change_url(figure)}#observations-group"
    return f"{reverse('admin:guides_figure_add')}?{urlencode({'section': section.pk})}"


def _anchor(where: str, row: str) -> str:
    """What the browser goes to: a field, a list of rows, or one row of it."""
    if not where:
        return ""
    if row:
        return f"{where}-{row}"
    fields = {field.name for model in (Section, Guide) for field in model._meta.fields}
    return f"id_{where}" if where in fields else f"{where}-group"
