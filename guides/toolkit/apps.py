"""The application toolkit: resume, cover letter, interview and job description, made for the job of a guide."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ToolkitConfig(AppConfig):
    name = "guides.toolkit"
    label = "toolkit"
    verbose_name = _("Application toolkit")

    def ready(self) -> None:
        from guides import registry
        from guides.plan.item_types import ItemType
        from guides.registry.content_models import ContentModel
        from guides.registry.tools import APPLY, Tool

        from . import overview

        documents = ItemType(
            "documents",
            "toolkit.keptdocument",
            _("Documents"),
            _("document"),
            ("tool", "guide", "name", "application", "content"),
            most=100,
            refers={"application": "applications"},
            panel="toolkit/_documents.html",
            packet_part="documents",
            packet_panel="toolkit/_packet_documents.html",
        )
        registry.add(
            registry.Extension(
                self.label,
                content_models=[
                    ContentModel("toolkit.resumeexample", "guide"),
                    ContentModel("toolkit.resumeentry", "example"),
                    ContentModel("toolkit.resumeline", "entry"),
                    ContentModel("toolkit.coverletter", "guide"),
                    ContentModel("toolkit.interviewquestion", "guide"),
                    ContentModel("toolkit.jobphrase", "guide"),
                    ContentModel("toolkit.wording", "guide"),
                ],
                tools=[
                    Tool(
                        "toolkit",
                        self.verbose_name,
                        "toolkit:toolkit",
                        _("What you send for this job, and what you say when they call."),
                        has_content=overview.has_any,
                        door=None,
                        drawing="sheet",
                        gives=(_("Resume and cover letter"), _("Interview questions"), _("Made for this job")),
                    ),
                    Tool(
                        "toolkit/resume",
                        _("Resume examples"),
                        "toolkit:resume",
                        _("Worked examples for this job, each line explained, and a builder for your own."),
                        has_content=overview.has_resumes,
                        door=APPLY,
                        in_short=_("resume"),
                        shows="toolkit/shows/resume.html",
                        drawing="sheet",
                        gives=(_("Worked examples"), _("Each line explained"), _("A builder for your own")),
                    ),
                    Tool(
                        "toolkit/cover-letter",
                        _("Cover letter examples"),
                        "toolkit:cover_letter",
                        _("Letters for different situations, with the places to fill marked."),
                        has_content=overview.has_letters,
                        door=APPLY,
                        in_short=_("cover letter"),
                        shows="toolkit/shows/letter.html",
                        drawing="sheet",
                        gives=(
                            _("A letter for each situation"),
                            _("The places to fill are marked"),
                            _("A page to write yours"),
                        ),
                    ),
                    Tool(
                        "toolkit/interview",
                        _("Interview questions"),
                        "toolkit:interview",
                        _("The questions asked for this job, what a good answer shows, and a way to practice."),
                        has_content=overview.has_questions,
                        door=APPLY,
                        in_short=_("interview"),
                        shows="toolkit/shows/interview.html",
                        drawing="quote",
                        gives=(_("The questions they ask"), _("What a good answer shows"), _("A way to practice")),
                    ),
                    Tool(
                        "toolkit/job-description",
                        _("Job description template"),
                        "toolkit:job_description",
                        _("For those who hire: duties and requirements from this guide, to tick and reword."),
                        has_content=overview.has_sentences,
                        door=APPLY,
                        shows="toolkit/shows/job_description.html",
                        drawing="ticks",
                        gives=(_("Duties to tick and reword"), _("Requirements that are needed"), _("A file to post")),
                    ),
                ],
                urls="guides.toolkit.urls",
                overview=overview.parts,
                plan_items=[documents],
                templates={"privacy": "toolkit/_privacy.html", "packet": "toolkit/_packet_link.html"},
            )
        )
