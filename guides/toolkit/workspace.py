"""Where a person's document is kept: in their plan, once they save it; else in the page's form alone."""

import hashlib
from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from guides.forms import refused
from guides.models import Guide
from guides.plan import access, earlier, room
from guides.plan import validators as plan_texts
from guides.plan.access import PlanRequest
from guides.plan.models import Application, Plan

from . import packing, texts
from .forms import ToolForm
from .models import KeptDocument


class DocumentForm(forms.Form):
    """Which document of the plan is meant, in an address or in its form, and whether it was just saved."""

    document = forms.RegexField(plan_texts.ITEM_SLUG, required=False)
    saved = forms.ChoiceField(choices=[("yes", "yes")], required=False)


class KeepDocumentForm(ToolForm):
    """What the document is called in the plan, and for a letter the application that it is for."""

    def __init__(self, data: dict[str, str]) -> None:
        super().__init__(data)
        self.fields["kept-as"] = forms.CharField(label=_("Call it"), required=False)

    def ask_for(self, applications: Iterable[Application]) -> None:
        """Let the person choose among the applications of their plan."""
        choices = [("", _("None")), *((each.slug, str(each)) for each in applications)]
        self.fields["kept-for"] = forms.CharField(
            label=_("For the application"), required=False, widget=forms.Select(choices=choices)
        )

    def refuse(self, refusal: ValidationError) -> None:
        """Say why the document was not kept, at the field that it is about."""
        reasons = refusal.message_dict if hasattr(refusal, "error_dict") else {"": refusal.messages}
        for name, messages in reasons.items():
            field = {"name": "kept-as", "application": "kept-for"}.get(name)
            self.add_error(field if field in self.fields else None, messages)


class Workspace:
    """One tool's form, for one person: what fills it, and whether and how it is kept.

    `saved` is true once this request has saved it, `notice` says so. `clash` is true where the stored document was
    changed after this page was loaded.
    """

    def __init__(self, request: PlanRequest, plan: Plan | None, tool: str, guide: Guide) -> None:
        self.request, self.plan, self.tool, self.guide = request, plan, tool, guide
        self.refusal: ValidationError | None = None
        self.clash, self.saved = False, False
        query = request.POST if request.method == "POST" else request.GET
        form = DocumentForm(query)
        if not form.is_valid():
            raise refused(form)
        self.slug = form.cleaned_data["document"]
        self.notice = _("Saved in your plan.") if form.cleaned_data["saved"] else ""
        self.stored = self._find() if self.slug else None
        if request.method != "POST" and self.slug and self.stored is None:
            raise Http404
        self.known_fingerprint = query.get("fingerprint", "") if request.method == "POST" else self.fingerprint
        self.title = query.get("kept-as", "") if request.method == "POST" else self._stored("name")
        if request.method == "POST":
            self.application = query.get("kept-for", "")
        else:
            # A link beside an application begins a letter for it.
            self.application = self._stored("application") or query.get("for", "")[:12]

    def _find(self) -> KeptDocument | None:
        """The stored document with that name, of this tool and guide, or None."""
        if self.plan is None:
            return None
        return KeptDocument.objects.filter(
            plan=self.plan, slug=self.slug, tool=self.tool, guide=self.guide.slug
        ).first()

    def _stored(self, name: str) -> str:
        return getattr(self.stored, name) if self.stored else ""

    @property
    def form(self) -> KeepDocumentForm:
        """How the document is kept, and what is wrong with that."""
        form = KeepDocumentForm({"kept-as": self.title, "kept-for": self.application})
        if self.tool == KeptDocument.Tool.LETTER and self.applications:
            form.ask_for(self.applications)
        if self.refusal:
            form.refuse(self.refusal)
        return form

    @property
    def sent(self) -> QueryDict | None:
        """What fills the form: what was posted, or what is stored; None for a new one."""
        if self.request.method == "POST":
            return self.request.POST
        return packing.unpack(self.stored.content) if self.stored else None

    @property
    def fingerprint(self) -> str:
        """A short name for what is stored now, to see whether it was changed elsewhere."""
        return hashlib.sha256(self.stored.content.encode()).hexdigest()[:16] if self.stored else ""

    @property
    def documents(self) -> Iterable[KeptDocument]:
        """The person's documents of this tool for this guide."""
        if self.plan is None:
            return []
        return KeptDocument.objects.filter(plan=self.plan, tool=self.tool, guide=self.guide.slug)

    @property
    def applications(self) -> Iterable[Application]:
        """The applications of the plan that a letter may be for."""
        return [] if self.plan is None else Application.objects.filter(plan=self.plan)

    def save(self, action: str) -> None:
        """Keep the form in the plan, in a new one where there is none. `action` is save, save over or save copy."""
        if self.request.is_for_another:
            self.refusal = ValidationError(
                _("You began this for another plan, so it is not saved. Switch back on the page “My plan”, then save.")
            )
            return
        if action == "save copy":
            self.slug, self.stored, self.known_fingerprint = "", None, ""
        elif action == "save" and self.stored and self.known_fingerprint != self.fingerprint:
            self.clash = True
            return
        try:
            stored = self._store()
        except ValidationError as refusal:
            self.refusal = refusal
            return
        if stored:
            self.saved, self.known_fingerprint, self.notice = True, self.fingerprint, _("Saved in your plan.")
        else:
            self.clash, self.stored = True, self._find()

    def _store(self) -> bool:
        """Write the document; return whether it still was what this request had read. Raises ValidationError."""
        values = {
            "name": texts.clean(self.title).strip() or str(KeptDocument.Tool(self.tool).label).capitalize(),
            "application": self.application,
            "content": packing.pack(self.request.POST),
        }
        slug = self.slug or plan_texts.new_slug()
        document = self.stored or KeptDocument(slug=slug, tool=self.tool, guide=self.guide.slug)
        was = document.content
        for name, value in values.items():
            setattr(document, name, value)
        document.clean_fields(exclude=["plan"])
        if self.stored is None:
            document = self._add(document)
        else:
            with room.changing(document.plan):
                earlier.remember(*KeptDocument.objects.filter(pk=document.pk, content=was))
                if not KeptDocument.objects.filter(pk=document.pk, content=was).update(**values):
                    return False
        self.stored, self.slug, self.title = document, document.slug, document.name
        return True

    def _add(self, document: KeptDocument) -> KeptDocument:
        """Store a new document and return it. Raises ValidationError where the plan is full."""
        self.plan = self.plan or access.make(self.request)
        document.plan = self.plan
        with room.changing(self.plan):
            # Where the same form was sent twice at once, the other request has stored it.
            stored = KeptDocument.objects.filter(plan=self.plan, slug=document.slug).first()
            if stored is None:
                document.save()
        return stored or document
