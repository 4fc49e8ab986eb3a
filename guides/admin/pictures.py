"""One screen for a picture of a guide: uploading it, whose it is, and what to write to show it."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import picture_files
from ..models import Picture, PictureFile
from ..models.pictures import address, file_name
from ..picture_errors import PictureRefused
from ..uploads import takes_large_files
from .base import ContentAdmin
from .forms import CommentForm

# What its form may have: the picture, and the words beside it.
MOST_BYTES = picture_files.MOST_BYTES + 500_000
TOO_LARGE = gettext_lazy("This file has more than 12 MB, so it cannot be sent. Save it smaller, or choose another.")


class PictureForm(CommentForm):
    """A picture and its credit. The upload is cleaned at once; what is stored never holds what it came with."""

    # The file of an upload whose form was refused for something else: a browser never sends the upload again.
    uploaded = forms.RegexField(file_name.regex, required=False, widget=forms.HiddenInput)
    upload = forms.FileField(
        label=gettext_lazy("Picture"),
        required=False,
        widget=forms.FileInput(
            attrs={
                "accept": "image/png,image/jpeg,image/webp,image/svg+xml",
                "data-most-bytes": picture_files.MOST_BYTES,
                "data-too-large": TOO_LARGE,
            }
        ),
        help_text=gettext_lazy(
            "PNG, JPEG, WebP or SVG, at most 12 MB and 25 million pixels, a JPEG 64 million. It is made as small as "
            "pages need; where, when and with what it was taken is left out."
        ),
    )

    def clean_upload(self) -> UploadedFile | None:
        upload: UploadedFile | None = self.cleaned_data["upload"]
        before = self.cleaned_data.get("uploaded", "")
        if upload:
            try:
                self.instance.file = picture_files.store(upload.read())
            except PictureRefused as refusal:
                raise ValidationError(str(refusal)) from refusal
        elif before and PictureFile.objects.filter(name=before).exists():
            self.instance.file = before
        elif not self.instance.file:
            raise ValidationError(_("Choose a picture."))
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("uploaded")] = self.instance.file
        self.data = data
        return upload


@admin.register(Picture)
class PictureAdmin(ContentAdmin):
    form = PictureForm
    list_display = ["slug", "guide", "shown", "credit", "licence"]
    list_filter = ["guide"]
    list_select_related = ["guide"]
    search_fields = ["slug", "credit", "licence", "url"]
    search_help_text = gettext_lazy("Search short names, credits, licences and addresses.")
    ordering = ["guide__title", "slug"]
    readonly_fields = ["shown", "weight", "write"]
    change_form_template = "admin/guides/picture/change_form.html"
    fieldsets = [
        (None, {"fields": ["guide", "slug", "uploaded", "upload", "shown", "weight", "write"]}),
        (gettext_lazy("Whose it is"), {"fields": ["credit", "licence", "url"]}),
    ]

    @admin.display(description=gettext_lazy("as it is now"))
    def shown(self, picture: Picture) -> str | SafeString:
        if not picture.file:
            return _("nothing yet")
        width = min(picture.width, 240)
        height = round(picture.height * width / max(picture.width, 1))
        return format_html(
            '<img src="{}" width="{}" height="{}" alt="{}">', address(picture.file), width, height, picture.slug
        )

    @admin.display(description=gettext_lazy("what readers load"))
    def weight(self, picture: Picture) -> str:
        file = PictureFile.objects.filter(name=picture.heaviest).only("size").first() if picture.file else None
        if file is None:
            return _("nothing yet")
        return _("%(width)d × %(height)d pixels, %(size)d KB at most") % {
            "width": picture.width,
            "height": picture.height,
            "size": -(-file.size // 1000),
        }

    @admin.display(description=gettext_lazy("to show it, write"))
    def write(self, picture: Picture) -> str | SafeString:
        return format_html("<code>{}</code>", picture.markdown) if picture.slug else _("its short name comes first")

    @takes_large_files(MOST_BYTES)
    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().add_view(request, form_url, extra_context)

    @takes_large_files(MOST_BYTES)
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().change_view(request, object_id, form_url, extra_context)

    def trail(self, obj: Picture) -> list[Model]:
        return [obj.guide]
