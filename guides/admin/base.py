"""What the screens for a guide's content share: saves queue up, and each one is an edition."""

from collections.abc import Sequence
from typing import Any, cast

from adminsortable2.admin import SortableAdminBase, SortableStackedInline, SortableTabularInline
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextareaWidget, AdminURLFieldWidget
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import CharField, ForeignKey, Model, QuerySet, TextField, URLField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .. import figures_in_texts
from ..models import Guide
from ..publishing import editions, review
from ..registry import content_models
from ..registry.overview import change_url
from . import choices, figure_names, pickers, writing
from .forms import CommentForm, OrderForm, RowForm, RowFormSet, TableFormSet
from .looked_up import KnownRowField, share_choices
from .referenced import ReferencedAdmin
from .staying import StaysInGuide
from .versioned import Saved

# A line of this many characters or more is edited in a box that shows all of it.
LONG_LINE = figures_in_texts.SHORTEST_PROSE
# What is longer is a text of several lines.
LONGEST_LINE = 400
# How many empty rows `?rows` adds to each list, for browsers that run no script.
EMPTY_ROWS = 3


class ContentRequest(HttpRequest):
    """A request to a screen of a guide's content, with what is looked up once for it."""

    guide_at_hand: Guide | None
    published_names: frozenset[editions.Name]
    guide_of_deleted: Guide


def change_link(obj: Model) -> SafeString:
    """A link to the screen that edits `obj`."""
    return format_html('<a href="{}">{}</a>', change_url(obj), obj)


def person(request: HttpRequest) -> User:
    """Who is at an editors' screen, which nobody sees who is not signed in."""
    return cast(User, request.user)


def history_url(guide: Guide) -> str:
    """The address of a guide's editions, newest first."""
    return f"{reverse('admin:guides_edition_changelist')}?guide__id__exact={guide.pk}"


def published_names(request: HttpRequest, obj: Any) -> frozenset[editions.Name]:
    """The published names of the guide that `obj` belongs to, looked up once a request."""
    if obj is None or obj.pk is None:
        return frozenset()
    known = cast(ContentRequest, request)
    if not hasattr(known, "published_names"):
        known.published_names = editions.published_names(content_models.guide_of(obj))
    return known.published_names


def is_row(model: type[Model]) -> bool:
    """Whether `model` is a guide, or hangs from one."""
    return model is Guide or content_models.content_of(model) is not None


class Fields(admin.options.BaseModelAdmin):
    """How fields look on every screen: long lines wrap, and references lead no further than they need."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, CharField | TextField) and LONG_LINE <= (db_field.max_length or 0) <= LONGEST_LINE:
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 3})
        if db_field.name in getattr(self.model, "markdown_fields", ()):
            kwargs["widget"] = writing.MarkdownWidget(writing.at_hand(request))
        if db_field.name in pickers.SUGGESTED and isinstance(db_field, CharField):
            kwargs["widget"] = pickers.SuggestingInput(pickers.SUGGESTED[db_field.name])
        if isinstance(db_field, URLField):
            kwargs |= {"assume_scheme": "https", "widget": AdminURLFieldWidget}
        content, guide = content_models.content_of(self.model), getattr(request, "guide_at_hand", None)
        if content and db_field.name in content.names:
            return choices.name_field(db_field, content.names[db_field.name], guide)
        if found := pickers.picker(db_field):
            return found
        if isinstance(db_field, ForeignKey):
            kwargs.setdefault("form_class", KnownRowField)
            if is_row(db_field.related_model):
                kwargs |= choices.row_field(db_field, guide)
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, ForeignKey):
            wrapper = field.widget
            wrapper.can_add_related = wrapper.can_add_related and db_field.name == "source"
            wrapper.can_change_related = wrapper.can_delete_related = wrapper.can_view_related = False
        return field


class KeepsPublishedNames(Fields, admin.options.InlineModelAdmin):
    """An inline whose rows keep the addresses that readers know."""

    form = RowForm
    view_on_site = False

    # How many empty rows a list begins with that has none.
    first_rows = 0

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        if "rows" in request.GET:
            return EMPTY_ROWS
        is_empty = obj is None or not self.get_queryset(request).filter(**{self.parent_name(): obj}).exists()
        return self.first_rows if is_empty else 0

    def parent_name(self) -> str:
        """The field by which the rows hang from what the screen edits."""
        content = content_models.content_of(self.model)
        return self.fk_name or (content.parent if content else "")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """The class of the list, made once a request: a screen asks for its version, and for the list itself."""
        made: dict[Any, Any] = request.__dict__.setdefault("formsets_made", {})
        key = (type(self), obj and obj.pk)
        if key not in made:
            made[key] = self._make_formset(request, obj, **kwargs)
        return made[key]

    def _make_formset(self, request: HttpRequest, obj: Any, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.form.published = published_names(request, obj)
        formset.form.figures = staticmethod(figure_names.at_hand(request))
        formset.form.named_after = tuple(self.prepopulated_fields.get("slug", ()))
        share_choices(formset.form.base_fields.values())
        return formset


class RowStack(KeepsPublishedNames, SortableStackedInline):
    """Rows one below the other, put in order by drag and drop."""

    formset = RowFormSet
    first_rows = EMPTY_ROWS


class RowTable(KeepsPublishedNames, SortableTabularInline):
    """Rows as a table, put in order by drag and drop."""

    formset = TableFormSet
    first_rows = EMPTY_ROWS


class OrderTable(SortableTabularInline):
    """Rows that are put in order here and edited on screens of their own."""

    form = OrderForm
    formset = TableFormSet
    extra = 0
    view_on_site = False
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any) -> bool:
        return False


class ContentAdmin(Fields, StaysInGuide, SortableAdminBase, ReferencedAdmin):
    """A screen that edits content of one guide."""

    form = CommentForm
    actions: Sequence[Any] | None = None

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        cast(ContentRequest, request).guide_at_hand = choices.guide_at_hand(request, self.model, obj)
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.figures = staticmethod(figure_names.at_hand(request))
        if change:
            form.published = self.published_names(request, obj)
        return form

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Ask which guide the row is for, unless that is said; what can be chosen depends on it."""
        content = content_models.content_of(self.model)
        if request.method == "POST" or content is None or choices.guide_at_hand(request, self.model, None):
            return super().add_view(request, form_url, extra_context)
        if not self.has_add_permission(request):
            raise PermissionDenied
        context = self.admin_site.each_context(request) | {
            "title": _("Add %(name)s: to which guide?") % {"name": self.opts.verbose_name},
            "opts": self.opts,
            "form": choices.GuideForm({"guide": request.GET["guide"]} if "guide" in request.GET else None),
        }
        return TemplateResponse(request, "admin/guides/choose_guide.html", context)

    def published_names(self, request: HttpRequest, obj: Any) -> frozenset[editions.Name]:
        """The names on this screen that readers hold on to."""
        return published_names(request, obj)

    def guides_of(self, obj: Any) -> QuerySet[Guide]:
        """The guides that a save of this screen changes."""
        return Guide.objects.filter(pk=content_models.guide_of(obj).pk)

    def lock(self, obj: Any) -> None:
        editions.lock_all(self.guides_of(obj))

    def last_saved(self, obj: Any) -> Saved | None:
        newest = editions.newest(self.guides_of(obj).first())
        return Saved(newest.author, newest.created_at) if newest else super().last_saved(obj)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The history is the guide's: every save of every screen is an edition of the whole."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None or not self.has_view_permission(request, obj):
            return super().history_view(request, object_id, extra_context)
        return HttpResponseRedirect(history_url(content_models.guide_of(obj)))

    def trail(self, obj: Any) -> list[Model]:
        """What `obj` is part of, the guide first: the way back."""
        return []

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        model: type[Model] = self.model
        if figures_in_texts.prose_fields(model):
            context["figure_choices"] = list(figure_names.choices(figure_names.at_hand(request)()))
            context["figure_forms"] = [(name, form.meaning) for name, form in figures_in_texts.FORMS.items() if name]
        if getattr(model, "markdown_fields", ()):
            context["link_choices"] = list(pickers.link_choices())
            context["shown_choices"] = list(pickers.shown_choices(writing.at_hand(request).guide))
        guide = getattr(request, "guide_at_hand", None)
        # A source has no guide of its own.
        context["sent_back"] = review.open_note(guide) if isinstance(guide, Guide) and guide.pk else None
        context["trail"] = [(change_url(part), str(part)) for part in self.trail(obj)] if obj else []
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        for guide in self.guides_of(form.instance):
            editions.save(guide, person(request), self.comment(form))

    def comment(self, form: Any) -> str:
        """What the history says of a save."""
        comment: str = form.cleaned_data["comment"]
        return comment

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        guide, comment = content_models.guide_of(obj), _("Deleted: %(name)s") % {"name": obj}
        super().delete_model(request, obj)
        if guide.pk:
            cast(ContentRequest, request).guide_of_deleted = guide
            editions.save(guide, person(request), comment)
