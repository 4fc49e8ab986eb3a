"""Asking the guides: answers made of their own passages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


def any_live() -> bool:
    """Whether there is a guide that can be asked."""
    from guides.models import Listing

    return Listing.objects.exists()


class AskingConfig(AppConfig):
    name = "guides.asking"
    label = "asking"
    verbose_name = _("Ask")

    def ready(self) -> None:
        from guides import registry
        from guides.registry.tools import SiteTool, Tool

        ask = Tool(
            "ask",
            _("Ask this guide"),
            "asking:guide",
            _("Ask in your own words: the answer is the guide’s own, with where it stands and where it is from."),
            # The way to it from the front page is the tool below, which asks all guides.
            door=None,
            drawing="quote",
            gives=(_("The guides’ own sentences"), _("Where each one stands"), _("Source and date")),
        )
        ask_all = SiteTool(
            "ask",
            _("Ask the guides"),
            "asking:ask",
            _("Ask in your own words, and get the guides’ own sentences and figures, with source and date."),
            question=_("Ask a question"),
            is_there=any_live,
            drawing="quote",
            gives=(_("The guides’ own sentences"), _("Where each one stands"), _("Source and date")),
        )
        registry.add(
            registry.Extension(
                self.label,
                tools=[ask],
                site_tools=[ask_all],
                urls="guides.asking.urls",
                templates={
                    "guide_actions": "asking/_guide_action.html",
                    "occupation_actions": "asking/_occupation_action.html",
                    "search_instead": "asking/_instead_of_search.html",
                    "search_results": "asking/_from_search.html",
                    "typed": "asking/_typed.html",
                    "nothing_found": "asking/_from_nothing.html",
                    "footer": "asking/_footer.html",
                    "privacy": "asking/_privacy.html",
                },
            )
        )
