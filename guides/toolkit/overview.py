"""What a guide has of the toolkit, and what is missing: for its editors, and for readers' buttons."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from guides.models import Guide
from guides.registry.overview import Item, Lack, Part, change_url, where_rows_go

from .job_descriptions.phrases import DUTIES


def has_resumes(guide: Any) -> bool:
    """Whether the guide, thawed or with its rows, has a worked resume."""
    return bool(guide.resumeexamples.all())


def has_letters(guide: Any) -> bool:
    """Whether the guide has a cover letter."""
    return bool(guide.coverletters.all())


def has_questions(guide: Any) -> bool:
    """Whether the guide has interview questions."""
    return bool(guide.interviewquestions.all())


def has_sentences(guide: Any) -> bool:
    """Whether the guide has something that a job description can be made of: duties, skills or sentences."""
    return bool(guide.jobphrases.all()) or any(
        section.skills.all() or (section.slug == DUTIES and section.points.all()) for section in guide.sections.all()
    )


def has_any(guide: Any) -> bool:
    """Whether the toolkit has anything to show of the guide."""
    return has_resumes(guide) or has_letters(guide) or has_questions(guide) or has_sentences(guide)


def parts(guide: Guide) -> Iterator[Part]:
    """Yield the four tools of the toolkit, as the guide's draft has them."""
    yield _resumes(guide)
    letters = list(guide.coverletters.all())
    none = _("No cover letter: the toolkit leaves the letters out.")
    yield _part("letters", _("Cover letters"), guide, letters, none, "coverletter", _("Add a cover letter"))
    questions = list(guide.interviewquestions.all())
    none = _("No interview question: the toolkit leaves questions and practice out.")
    name = _("Interview questions")
    yield _part("interview", name, guide, questions, none, "interviewquestion", _("Add an interview question"))
    yield _job_description(guide)


def _add(model: str, guide: Guide) -> str:
    return f"{reverse(f'admin:toolkit_{model}_add')}?{urlencode({'guide': guide.pk})}"


def _part(slug: str, name: str, guide: Guide, rows: list[Any], none: str, model: str, add: str) -> Part:
    url = _add(model, guide)
    items = [Item(str(row), change_url(row)) for row in rows]
    return Part(slug, name, items, () if rows else [Lack(none, url)], add, url)


def _resumes(guide: Guide) -> Part:
    examples = list(guide.resumeexamples.prefetch_related("entries__lines"))
    url = _add("resumeexample", guide)
    lacks = [] if examples else [Lack(_("No worked resume: the toolkit leaves the examples out."), url)]
    for example in examples:
        if not example.entries.all():
            entry = f"{reverse('admin:toolkit_resumeentry_add')}?{urlencode({'example': example.pk})}"
            said = _("'%(name)s' has no entries: readers see a name and a summary alone.") % {"name": example}
            lacks.append(Lack(said, entry))
    items = [Item(example.title, change_url(example), example.headline) for example in examples]
    return Part("resumes", _("Resume examples"), items, lacks, _("Add a resume example"), url)


def _job_description(guide: Guide) -> Part:
    rows: list[Model] = [*guide.jobphrases.all(), *guide.wordings.all()]
    url = _add("jobphrase", guide)
    lacks = []
    if not guide.sections.filter(slug=DUTIES, points__isnull=False).exists():
        said = _("No duties: the section with the address '%(slug)s' and its points stand in the job description.")
        lacks.append(Lack(said % {"slug": DUTIES}, where_rows_go(guide, "points", DUTIES)))
    if not has_sentences(guide):
        lacks.append(Lack(_("Neither duties nor skills nor sentences: the job description is hidden."), url))
    if not guide.wordings.all():
        lacks.append(Lack(_("No words to avoid: whoever hires is not warned."), _add("wording", guide)))
    items = [Item(str(row), change_url(row), row._meta.verbose_name or "") for row in rows]
    return Part("job-description", _("Job description"), items, lacks, _("Add a sentence"), url)
