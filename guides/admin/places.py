"""Places that refer to a row, as links to where they are changed."""

from collections.abc import Iterable

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..publishing.places import Place
from ..registry import content_models


def link(place: Place) -> SafeString:
    """A link to the screen that changes a place, or to the edition that it stands in."""
    return format_html('<a href="{}">{}</a>', screen_address(place), place)


def screen_address(place: Place) -> str:
    """The address of the screen that changes a place, or of the edition that it stands in."""
    target = _with_screen(place.row) if place.row else place.edition
    if target is None:
        raise ValueError(f"{place} is neither in a draft nor in an edition.")
    return reverse(f"admin:{target._meta.app_label}_{target._meta.model_name}_change", args=[target.pk])


def _with_screen(row: Model) -> Model:
    """The row itself, or the nearest one above it that has a screen of its own."""
    while not admin.site.is_registered(type(row)):
        content = content_models.content_of(type(row))
        if content is None:
            break
        row = getattr(row, content.parent)
    return row


def refusal(sentence: str, places: Iterable[Place]) -> ValidationError:
    """An error that ends with links to `places`."""
    links = format_html_join("; ", "{}", ((link(place),) for place in places))
    return ValidationError(format_html("{} {}.", sentence, links), "referred_to")
