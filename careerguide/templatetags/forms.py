"""Django's `csrf_token`, and beside it whose page it is: which editor's, or of which plan. Settings put it in place of
Django's own, so that no form is forgotten, whoever wrote its template.
"""

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from careerguide.signing_in import owner

register = template.Library()


class FormTokenNode(CsrfTokenNode):
    """The hidden fields that each form sent by POST begins with.

    A page of the admin is whoever's it is shown to, unless its context names its author as `opened_by`. On other pages
    a view says in the request's `form_fields` what else its forms carry.
    """

    def render(self, context: Context) -> SafeString:
        token, request = SafeString(super().render(context)), context.get("request")
        match = getattr(request, "resolver_match", None)
        # Readers' pages are the same for everyone: there nobody asks who it is.
        if not token or request is None or match is None:
            return token
        if match.namespace != "admin":
            fields = getattr(request, "form_fields", {}).items()
            return token + format_html_join("", '<input type="hidden" name="{}" value="{}">', fields)
        author = context.get("opened_by") or request.user
        if not author.is_authenticated:
            return token
        return format_html('{}<input type="hidden" name="{}" value="{}">', token, owner.FIELD, owner.proof(author))


@register.tag
def csrf_token(parser: Parser, token: Token) -> FormTokenNode:
    """Write the fields."""
    return FormTokenNode()
