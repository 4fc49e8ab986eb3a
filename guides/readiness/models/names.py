"""What rows of the checks name elsewhere: rows of their guide, tools of the site, answers of the check.

They name them by their slugs, as everything outside a section does.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from guides.models import Guide
from guides.registry import content_models, tools

if TYPE_CHECKING:
    from .checks import Option
    from .routes import Stage


def check_names(row: models.Model, guide: Guide | None) -> None:
    """Raise a ValidationError at each field of `row` that names a row which `guide` does not have.

    A form that names no guide says so itself: without one nothing is checked.
    """
    faults = {}
    content = content_models.content_of(type(row))
    if guide is None or content is None:
        return
    for name, slugs in content_models.names_in(row).items():
        model = apps.get_model(content.names[name])
        known = set(model.objects.filter(section__guide=guide, slug__in=slugs).values_list("slug", flat=True))
        if missing := [slug for slug in slugs if slug not in known]:
            words = {"kind": model._meta.verbose_name, "slug": missing[0]}
            faults[name] = _("This guide has no %(kind)s with the short name '%(slug)s'.") % words
    if faults:
        raise ValidationError(faults)


def check_tool(row: "Option | Stage") -> None:
    """Raise a ValidationError at `tool` where the site has no such tool."""
    if row.tool and row.tool not in tools.TOOLS:
        words = {"key": row.tool, "keys": ", ".join(sorted(tools.TOOLS))}
        raise ValidationError({"tool": _("The site has no tool '%(key)s'. It has: %(keys)s.") % words})


def check_options(guide: Guide, field: str, slugs: Collection[str]) -> None:
    """Raise a ValidationError at `field` where `guide` has no answer with one of the short names `slugs`."""
    options = apps.get_model("readiness.option")._default_manager
    known = set(options.filter(question__area__guide=guide, slug__in=slugs).values_list("slug", flat=True))
    if missing := [slug for slug in slugs if slug not in known]:
        raise ValidationError(
            {field: _("This guide has no answer with the short name '%(slug)s'.") % {"slug": missing[0]}}
        )
