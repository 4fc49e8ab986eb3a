"""What the screens for a guide's content share: saves queue up, and each one is an edition."""

from adminsortable2.admin import SortableAdminBase, SortableStackedInline, SortableTabularInline
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AdminURLFieldWidget
from django.db import transaction
from django.db.models import CharField, ForeignKey, URLField
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from .. import contents, editions
from ..models import Guide
from .forms import CommentForm, OrderForm, RowForm

# A line of this many characters or more is edited in a box that shows all of it.
LONG_LINE = 200


def change_url(obj):
    """The address of the screen that edits `obj`."""
    return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk])


def change_link(obj):
    """A link to the screen that edits `obj`."""
    return format_html('<a href="{}">{}</a>', change_url(obj), obj)


def published_names(request, obj):
    """The published names of the guide that `obj` belongs to, looked up once a request."""
    if not hasattr(request, "published_names"):
        request.published_names = editions.published_names(contents.guide_of(obj))
    return request.published_names


class Fields:
    """How fields look on every screen: long lines wrap, and references lead no further than they need."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, CharField) and (db_field.max_length or 0) >= LONG_LINE:
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 2})
        if isinstance(db_field, URLField):
            kwargs |= {"assume_scheme": "https", "widget": AdminURLFieldWidget}
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, ForeignKey):
            wrapper = field.widget
            wrapper.can_add_related = wrapper.can_add_related and db_field.name == "source"
            wrapper.can_change_related = wrapper.can_delete_related = wrapper.can_view_related = False
        return field


class KeepsPublishedNames(Fields):
    """An inline whose rows keep the addresses that readers know."""

    form = RowForm
    extra = 0
    view_on_site = False

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.published = published_names(request, obj)
        return formset


class RowStack(KeepsPublishedNames, SortableStackedInline):
    """Rows one below the other, put in order by drag and drop."""


class RowTable(KeepsPublishedNames, SortableTabularInline):
    """Rows as a table, put in order by drag and drop."""


class OrderTable(SortableTabularInline):
    """Rows that are put in order here and edited on screens of their own."""

    form = OrderForm
    extra = 0
    view_on_site = False
    can_delete = False

    def has_add_permission(self, request, obj):
        return False


class ContentAdmin(Fields, SortableAdminBase, admin.ModelAdmin):
    """A screen that edits content of one guide. `guide_path` is the lookup from its rows to the guide."""

    form = CommentForm
    actions = None
    guide_path = "guide"

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.published = published_names(request, obj) if change else frozenset()
        return form

    def lock(self, object_id):
        """Hold the guide that an object belongs to until the transaction ends, before anything is read."""
        holders = self.model.objects.filter(pk=object_id).values(self.guide_path)
        editions.lock_all(Guide.objects.filter(pk__in=list(holders.values_list(self.guide_path, flat=True))))

    @transaction.atomic
    def _posted(self, view, request, object_id, *args):
        """Run `view`, which writes, with the guide locked."""
        if object_id:
            self.lock(object_id)
        return view(request, object_id, *args)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        view = super().changeform_view
        if request.method == "POST":
            return self._posted(view, request, object_id, form_url, extra_context)
        return view(request, object_id, form_url, extra_context)

    def delete_view(self, request, object_id, extra_context=None):
        view = super().delete_view
        if request.method == "POST":
            return self._posted(view, request, object_id, extra_context)
        return view(request, object_id, extra_context)

    def trail(self, obj):
        """What `obj` is part of, the guide first: the way back."""
        return []

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["trail"] = [(change_url(part), str(part)) for part in self.trail(obj)] if obj else []
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        editions.save(contents.guide_of(form.instance), request.user, form.cleaned_data.get("comment", ""))

    def delete_model(self, request, obj):
        guide, comment = contents.guide_of(obj), _("Deleted: %(name)s") % {"name": obj}
        super().delete_model(request, obj)
        if guide.pk:
            editions.save(guide, request.user, comment)
