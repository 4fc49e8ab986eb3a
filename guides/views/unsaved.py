"""What is typed into a form of content is kept while one types (js/admin-unsaved.js), for its author alone."""

from datetime import timedelta
from typing import cast
from urllib.parse import urlsplit

from django import forms
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ..models import UnsavedText
from ..models.unsaved import LASTS, form_at, has_form, page_at
from ..registry.throttling import throttled

# So many texts of one person are kept, the newest.
MOST = 200
# What a text may hold; a form of ours has less than a tenth of it.
LARGEST, MOST_FIELDS = 1_000_000, 5_000


class KeepForm(forms.Form):
    """What js/admin-unsaved.js sends."""

    key = forms.RegexField(r"^[0-9a-f]{32}$")
    address = forms.CharField(max_length=UnsavedText._meta.get_field("address").max_length)
    typed = forms.JSONField()
    age = forms.IntegerField(min_value=0, required=False)

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if not has_form(address):
            raise ValidationError("No form of ours.")
        if page_at(address) is None:
            screen, _row = form_at(address)
            if not getattr(screen, "keeps_unsaved", False) or urlsplit(address).path.endswith("/delete/"):
                raise ValidationError("Nothing is kept of this form.")
        return address

    def clean_typed(self) -> list[list[str]]:
        pairs = self.cleaned_data["typed"]
        if not isinstance(pairs, list) or len(pairs) > MOST_FIELDS:
            raise ValidationError("A list of fields.")
        for pair in pairs:
            if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(each, str) for each in pair)):
                raise ValidationError("Pairs of a name and a value.")
        # NUL, which no page of ours sends, is more than a database takes.
        text = "".join(name + value for name, value in pairs)
        if "\0" in text or len(text) > LARGEST:
            raise ValidationError("Too much, or no text.")
        return cast(list[list[str]], pairs)


# It follows the typing, every few seconds, for all editors behind one line.
@throttled("unsaved", most=60_000, seconds=3600)
@never_cache
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what stands in a form now, unless it was saved or thrown away meanwhile: 204 for both."""
    sent = KeepForm(request.POST)
    if not sent.is_valid():
        return HttpResponse(sent.errors.as_text(), status=422, content_type="text/plain; charset=utf-8")
    typed_at = timezone.now() - timedelta(seconds=min(sent.cleaned_data["age"] or 0, LASTS.total_seconds()))
    values = {"address": sent.cleaned_data["address"], "fields": sent.cleaned_data["typed"], "typed_at": typed_at}
    with transaction.atomic():
        of_person = UnsavedText.objects.filter(author=request.user.pk)
        text, is_new = of_person.select_for_update().get_or_create(
            author=_person(request), key=sent.cleaned_data["key"], defaults=values
        )
        if not is_new and not text.is_settled:
            of_person.filter(pk=text.pk).update(**values)
        if is_new:
            newest = of_person.waiting().values_list("pk", flat=True)[:MOST]
            of_person.filter(is_settled=False).exclude(pk__in=list(newest)).delete()
    return HttpResponse(status=204)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show its author a text, whose form may be gone; throw it away (POST)."""
    text = UnsavedText.objects.waiting().filter(author=request.user.pk, pk=pk).first()
    context = admin.site.each_context(request) | {"unsaved": text}
    if text is None:
        return render(request, "signing_in/not_yours.html", context, status=404)
    if request.method == "POST":
        settle(request, text.key)
        return HttpResponseRedirect(text.address if text.has_form else reverse("admin:index"))
    return render(request, "admin/guides/unsaved.html", context)


def settle(request: HttpRequest, key: str) -> None:
    """The text of the open page `key` was saved or thrown away: forget its words."""
    if key.isalnum() and len(key) <= 32:
        values = {"is_settled": True, "fields": [], "typed_at": timezone.now()}
        UnsavedText.objects.update_or_create(author=_person(request), key=key, defaults=values)


def of(user: User | AnonymousUser) -> list[UnsavedText]:
    """What a person typed and did not save, newest first, for their front page."""
    return list(UnsavedText.objects.waiting().filter(author=user.pk)[:MOST])


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)
