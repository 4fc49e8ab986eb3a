"""Fields that hold a code, as lists to choose from by name: nobody types a code.

A long list can be searched (static/js/admin-pickers.js); where no script runs it is a plain list.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from babel import Locale
from babel.numbers import get_currency_name
from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db.models import Field
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .. import registry
from ..models import Figure, Guide, Source, Term
from ..registry import tools
from .choices import NameField, NamesField

Choices = list[tuple[str, str]]
# Long lists become searchable with what Django ships for that; the order is the one that its own fields ask for.
_MIN = "" if settings.DEBUG else ".min"
_VENDOR = "admin/js/vendor"
MEDIA = forms.Media(
    css={"screen": ("admin/css/vendor/select2/select2.css", "admin/css/autocomplete.css")},
    js=(
        f"{_VENDOR}/jquery/jquery{_MIN}.js",
        f"{_VENDOR}/select2/select2.full{_MIN}.js",
        "admin/js/jquery.init.js",
        "js/admin-pickers.js",
    ),
)
# What money of today is counted in, beside the US dollar.
CURRENCIES = "AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF ILS INR JPY KRW MXN NOK NZD PLN SEK SGD TRY ZAR".split()


class CodeField(NameField):
    """A choice of one code by the name of what it stands for."""

    def __init__(self, rows: Choices, unknown: str, **kwargs: Any) -> None:
        super().__init__(rows, "", **kwargs)
        self.error_messages["invalid_choice"] = unknown


class CodesField(NamesField):
    """A choice of several codes, stored with spaces between them."""

    def __init__(self, rows: Choices, unknown: str, **kwargs: Any) -> None:
        super().__init__(rows, "", **kwargs)
        self.widget = forms.SelectMultiple(attrs={"size": 6})
        self.widget.choices = self.choices
        self.error_messages["invalid_choice"] = unknown

    def clean(self, value: list[str]) -> str:
        return " ".join(super().clean(value).split())


def occupations() -> Choices:
    """The occupations that official data knows, by code."""
    named = {code: f"{title} ({code})" for codes in registry.each("occupation_codes") for code, title in codes()}
    return sorted(named.items(), key=lambda pair: pair[1])


@cache
def currencies() -> tuple[tuple[str, str], ...]:
    """The US dollar, then other currencies by name."""
    locale = Locale("en")
    named = sorted((get_currency_name(code, locale=locale), code) for code in CURRENCIES)
    return (
        ("USD", f"{get_currency_name('USD', locale=locale)} (USD)"),
        *((code, f"{name} ({code})") for name, code in named),
    )


def _of_occupation(db_field: "Field[Any, Any]") -> forms.Field | None:
    rows = occupations()
    told = _kept(db_field) | {"help_text": _("What official statistics count this job under.")}
    return CodeField(rows, _("No such occupation is known."), **told) if rows else None


def _of_occupations(db_field: "Field[Any, Any]") -> forms.Field | None:
    rows = occupations()
    told = _kept(db_field) | {"help_text": _("All that official statistics count together. None if none.")}
    return CodesField(rows, _("One of these occupations is not known."), **told) if rows else None


def _of_currency(db_field: "Field[Any, Any]") -> forms.Field:
    initial = db_field.get_default() or None
    told = _kept(db_field) | {"help_text": _("For money alone."), "initial": initial}
    return CodeField(list(currencies()), _("No such currency is known."), **told)


def _of_tool(db_field: "Field[Any, Any]") -> forms.Field:
    rows = [(key, str(tool.name)) for key, tool in tools.TOOLS.items()]
    told = _kept(db_field) | {"help_text": _("One of the site's tools.")}
    return CodeField(rows, _("The site has no such tool."), **told)


def _of_guide(db_field: "Field[Any, Any]") -> forms.Field:
    rows = list(Guide.objects.order_by("title").values_list("slug", "title"))
    field = CodeField(rows, _("There is no such guide."), **_kept(db_field))
    if db_field.name == "other":
        field.help_text = _("The guide to it, where there is one. It becomes a link once that guide is live.")
        field.gone = _("%(name)s: no guide yet")
    return field


def _kept(db_field: "Field[Any, Any]") -> dict[str, Any]:
    """What a field of a form keeps of the model's."""
    label, help_text = capfirst(str(db_field.verbose_name)), str(db_field.help_text)
    return {"label": label, "required": not db_field.blank, "help_text": help_text}


# By the field's name, which means the same in every model.
PICKERS: dict[str, Callable[["Field[Any, Any]"], forms.Field | None]] = {
    "occupation_code": _of_occupation,
    "occupation_codes": _of_occupations,
    "codes": _of_occupations,
    "currency": _of_currency,
    "tool": _of_tool,
    "other": _of_guide,
    "replaced_by": _of_guide,
}


def picker(db_field: "Field[Any, Any]") -> forms.Field | None:
    """Return the list to choose from for a field that holds a code, None for any other field."""
    made = PICKERS.get(db_field.name)
    return made(db_field) if made and not db_field.is_relation else None


class SuggestingInput(AdminTextInputWidget):
    """A line of text that offers words in use already; another one may be typed."""

    def __init__(self, words: Callable[[], list[str]], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.words = words

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        offered = f"{(attrs or {}).get('id', name)}_offered"
        box = super().render(name, value, (attrs or {}) | {"list": offered}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((word,) for word in self.words()))
        return format_html('{}<datalist id="{}">{}</datalist>', box, offered, options)


def known_words(values: Iterable[str]) -> list[str]:
    """The words that are in use, each once, to be suggested while one types."""
    return sorted(set(filter(None, values)))


def areas() -> list[str]:
    """The areas that figures are of."""
    return known_words(Figure.objects.values_list("area", flat=True))


def fields_of_work() -> list[str]:
    """The shelves that guides stand on."""
    return known_words(Guide.objects.values_list("field_of_work", flat=True))


# Words that stay free, with those in use offered.
SUGGESTED: dict[str, Callable[[], list[str]]] = {"area": areas, "field_of_work": fields_of_work}


def link_choices() -> Iterator[tuple[str, str, str]]:
    """Yield what of ours a text can link to: what it is, its name, and the link as it is written."""
    for term in Term.objects.live():
        yield _("term"), term.name, f"[{term.name}](glossary:{term.slug})"
    for guide in Guide.objects.live().order_by("title"):
        yield _("guide"), guide.title, f"[{guide.title}]({guide.get_absolute_url()})"


def shown_choices(guide: Guide | None) -> Iterator[tuple[str, str, str]]:
    """Yield what a text of the guide can show or name in a footnote: what it is, its name, and how it is written."""
    for picture in guide.pictures.all() if guide else ():
        yield _("picture"), f"{picture.slug} ({picture.credit})", picture.markdown
    cited = set(Source.objects.filter(observations__figure__section__guide=guide).values_list("pk", flat=True))
    # Those of the guide's figures first: they are what its texts speak of.
    for source in sorted(Source.objects.all(), key=lambda each: (each.pk not in cited, each.publisher, each.title)):
        name = f"{source.publisher}: {source.title}"
        yield _("source"), name, f"[^source:{source.slug}]"
