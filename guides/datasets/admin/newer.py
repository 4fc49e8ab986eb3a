"""Newer figures: what each would change, corrections of values and sentences, and taking them over as one batch."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides import formats, typed_pages
from guides.admin import unsaved
from guides.admin.batches import batch_url
from guides.models import Figure, Guide, Observation
from guides.publishing import rewriting, status
from guides.publishing.rewriting import Spot

from ..comparison import NEWER, OTHER, Correction, HeldFigure, Outdated, hold, use_several
from ..models import Dataset, ImportedObservation
from ..proposals import Proposal, Sentence, propose, warnings

DISAGREEMENT, AGE = "disagreement", "age"
ORDERS = [(DISAGREEMENT, gettext_lazy("By disagreement")), (AGE, gettext_lazy("By age"))]
URGENCY = [OTHER, NEWER, ""]
PER_PAGE = 100
# A key of a row, and of another one; longer numbers are no keys.
PAIR = re.compile(r"(\d{1,18})-(\d{1,18})")
# What a form sends of a sentence: always, or if the figure with that key is taken over; and its words.
WITH, WITH_FIGURE, WORDS = "with", "with_figure", "words-"


class ChosenForm(forms.Form):
    """Which figures to look at before newer ones are taken over: some, or `all` that newer data contradicts."""

    f = forms.ModelMultipleChoiceField(Figure.objects.all(), required=False)
    all = forms.BooleanField(required=False)
    by = forms.ChoiceField(choices=ORDERS, required=False)


class ChosenField(forms.Field):
    """Figures, and for each the imported value that was shown beside it: '12-345', several times."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: list[str] | None) -> dict[int, int]:
        pairs = [PAIR.fullmatch(one) for one in value or []]
        if not all(pairs):
            raise ValidationError(_("The form does not name imported figures."), "invalid")
        return {int(pair[1]): int(pair[2]) for pair in pairs if pair}


class UseNewerForm(forms.Form):
    """What the editor takes over, and the order to come back to."""

    take = ChosenField(required=False)
    by = forms.ChoiceField(choices=ORDERS, required=False)


class CorrectionForm(forms.Form):
    """What an imported value says, for whoever knows better."""

    value = forms.IntegerField(label=gettext_lazy("Value"))
    low = forms.IntegerField(label=gettext_lazy("From"))
    high = forms.IntegerField(label=gettext_lazy("To"))
    text = forms.CharField(label=gettext_lazy("In words"), max_length=300)

    def __init__(self, figure: int, imported: ImportedObservation, data: Any = None) -> None:
        super().__init__(data, prefix=f"figure-{figure}", use_required_attribute=False)
        for name in list(self.fields):
            self.initial[name] = getattr(imported, name)
            if self.initial[name] in (None, ""):
                del self.fields[name]
        # A form that was sent without it takes the value as it is.
        if data is not None and not any(self.add_prefix(name) in data for name in self.fields):
            self.is_bound = False

    def correction(self) -> Correction:
        """What it says otherwise; raises nothing, since only valid forms are asked."""
        return {name: self.cleaned_data[name] for name in self.changed_data} if self.is_bound else {}

    @property
    def is_fine(self) -> bool:
        return not self.is_bound or self.is_valid()


@dataclass(frozen=True)
class ShownSentence:
    """A sentence as the page shows it: the words in its box, and whether they are to be used."""

    sentence: Sentence
    words: str
    is_used: bool


@dataclass(frozen=True)
class ShownProposal:
    """A newer figure as the page shows it, with what was typed."""

    proposal: Proposal
    form: CorrectionForm
    is_taken: bool
    changed: list[ShownSentence]
    by_hand: list[ShownSentence]
    warnings: list[str]


class TakesNewerFigures(admin.ModelAdmin):
    """The page that shows what newer figures would change, and takes over those that are chosen."""

    @unsaved.keeps_typed(gettext_lazy("newer figures"), ["f", "by", "take", "looked_at", WITH, WITH_FIGURE])
    def use_view(self, request: HttpRequest) -> HttpResponse:
        """Show what newer figures would change in the drafts, and take over those that are chosen."""
        if not request.user.is_authenticated or not self.has_change_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self.take_over(request, request.user)
        typed = typed_pages.typed_into(request)
        return self.show(request, request.GET if typed is None else typed)

    def show(
        self, request: HttpRequest, asked: QueryDict, code: int = 200, looked_at: Mapping[int, list[str]] | None = None
    ) -> HttpResponse:
        """Show each figure with every sentence that it would change, and what is out of line about it.

        `looked_at` are warnings about corrections, to be confirmed by sending the form once more.
        """
        form = ChosenForm(asked)
        if not form.is_valid():
            raise BadRequest(_("The address does not name figures."))
        by, chosen = form.cleaned_data["by"] or DISAGREEMENT, form.cleaned_data["f"]
        held_figures = [held for held in sorted_figures(DISAGREEMENT) if held.kind]
        if not form.cleaned_data["all"]:
            held_figures = [held for held in held_figures if held.figure in chosen]
        proposals = list(propose(held_figures[:PER_PAGE]))
        sent = asked if asked is not request.GET else None
        shown = [_shown(proposal, sent, (looked_at or {}).get(proposal.figure.pk, [])) for proposal in proposals]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Use newer figures"),
            "opts": self.model._meta,
            "shown": sorted(shown, key=lambda each: each.proposal.guide.title),
            "unpublished": _with_other_changes(proposals),
            "left_out": len(held_figures) - len(proposals),
            "left_over": _left_over(sent, shown) if sent else [],
            "looked_at": _digest(looked_at) if looked_at else "",
            "by": by,
            "credited": Dataset.objects.installed().with_figures(),
        }
        return TemplateResponse(request, "datasets/use_newer.html", context, status=code)

    def take_over(self, request: HttpRequest, author: AbstractBaseUser) -> HttpResponse:
        """Take the chosen values and sentences over: all of them, or where one is not what was shown none."""
        form = UseNewerForm(request.POST)
        if not form.is_valid():
            raise BadRequest(_("The form does not name imported figures."))
        take, words = form.cleaned_data["take"], _words_in(request.POST, form.cleaned_data["take"])
        imported = ImportedObservation.objects.select_related("dataset").in_bulk(set(take.values()))
        corrections = {
            pk: CorrectionForm(pk, imported[key], request.POST) for pk, key in take.items() if key in imported
        }
        if not all(each.is_fine for each in corrections.values()):
            messages.error(request, _("Nothing was changed: a corrected value is no number. It is marked below."))
            return self.show(request, request.POST, 422)
        corrected = {pk: each.correction() for pk, each in corrections.items() if each.correction()}
        unlikely = _unlikely(corrected, {pk: imported[key] for pk, key in take.items() if key in imported})
        if unlikely and request.POST.get("looked_at") != _digest(unlikely):
            told = _("Not taken over yet: a correction is out of line. Send it once more if it is right.")
            messages.warning(request, told)
            return self.show(request, request.POST, 422, unlikely)
        try:
            taken = use_several(take, author, corrected, words)
        except (Outdated, rewriting.Outdated):
            told = _("Nothing was changed: a figure, a sentence or the imported data is not what you saw. It is below.")
            messages.warning(request, told)
            return self.show(request, request.POST, 409)
        except ValidationError as error:
            messages.error(request, _("Nothing was changed: %(why)s") % {"why": " ".join(error.messages)})
            return self.show(request, request.POST, 422)
        if taken.batch is None:
            messages.warning(request, _("Nothing was chosen, so nothing was changed."))
            return self.show(request, request.POST, 422)
        self.say(request, taken.observations)
        return HttpResponseRedirect(batch_url(taken.batch))

    def say(self, request: HttpRequest, observations: list[Observation]) -> None:
        """Tell the editor what was done, guide by guide, and where an older observation still leads."""
        figures = Figure.objects.select_related("section__guide").in_bulk([each.figure_id for each in observations])
        done: defaultdict[Guide, list[str]] = defaultdict(list)
        for observation in observations:
            figure = figures[observation.figure_id]
            names = {"figure": figure.label, "says": formats.amount(observation)}
            if figure.leading == observation:
                done[figure.section.guide].append(_("%(figure)s now says %(says)s") % names)
            else:
                told = _("%(says)s was added to %(figure)s, but an older observation leads: edit or remove that one.")
                messages.warning(request, told % names)
        for guide, said in done.items():
            told = _("In the draft of %(guide)s: %(said)s. Readers see it once it is published.")
            messages.success(request, told % {"guide": guide, "said": "; ".join(said)})


def _shown(proposal: Proposal, sent: QueryDict | None, unlikely: list[str]) -> ShownProposal:
    """A proposal as the page shows it: as it comes, or with what was sent."""
    form = CorrectionForm(proposal.figure.pk, proposal.imported, sent)
    is_taken = not proposal.warnings if sent is None else proposal.key in sent.getlist("take")

    def typed(sentence: Sentence, is_used: bool) -> ShownSentence:
        words = sent.get(f"{WORDS}{sentence.spot}") if sent is not None else None
        if sent is not None and words is not None:
            is_used = f"{proposal.figure.pk}.{sentence.spot}" in sent.getlist(WITH_FIGURE)
        return ShownSentence(sentence, sentence.text if words is None else words, is_used)

    changed = [typed(sentence, False) for sentence in proposal.changed]
    by_hand = [typed(sentence, bool(sentence.after)) for sentence in proposal.by_hand]
    return ShownProposal(proposal, form, is_taken, changed, by_hand, [*proposal.warnings, *unlikely])


def _words_in(sent: QueryDict, taken: Iterable[int]) -> dict[Spot, str]:
    """What sentences are to say: those that are sent always, and those of figures that are taken over."""
    figures = set(map(str, taken))
    keys = sent.getlist(WITH)
    keys += [key.partition(".")[2] for key in sent.getlist(WITH_FIGURE) if key.partition(".")[0] in figures]
    spots = [Spot.read(key) for key in keys]
    if not all(spots):
        raise BadRequest(_("The form does not name sentences."))
    words = {spot: sent.get(f"{WORDS}{spot}", "").replace("\r\n", "\n").strip() for spot in spots if spot}
    if any("\0" in text for text in words.values()):
        raise BadRequest(_("The form does not name sentences."))
    return {spot: text for spot, text in words.items() if f"{WORDS}{spot}" in sent}


def _left_over(sent: QueryDict, shown: list[ShownProposal]) -> list[str]:
    """What was typed into boxes that the page has no more: somebody changed their sentences meanwhile."""
    sentences = [each.sentence for one in shown for each in (*one.changed, *one.by_hand)]
    kept = {f"{WORDS}{sentence.spot}" for sentence in sentences if sentence.spot}
    texts = [sent.get(name, "") for name in sent if name.startswith(WORDS) and name not in kept]
    return [text for text in texts if text.strip()]


def _unlikely(corrected: Mapping[int, Correction], imported: Mapping[int, ImportedObservation]) -> dict[int, list[str]]:
    """What is out of line about values that an editor corrected, by the figure's key."""
    figures = Figure.objects.filter(pk__in=corrected).prefetch_related("observations__source")
    found = {}
    for held in hold(figures):
        new = imported[held.figure.pk].as_observation(held.figure)
        for name, value in corrected[held.figure.pk].items():
            setattr(new, name, value)
        if told := list(warnings(held, imported[held.figure.pk], new)):
            found[held.figure.pk] = told
    return found


def _digest(unlikely: Mapping[int, list[str]]) -> str:
    """What tells warnings that were looked at from any others."""
    return hashlib.sha256(repr(sorted(unlikely.items())).encode()).hexdigest()[:16]


def _with_other_changes(proposals: list[Proposal]) -> set[int]:
    """The keys of those guides whose drafts hold changes already that readers do not have."""
    guides = Guide.objects.filter(pk__in={proposal.guide.pk for proposal in proposals})
    return set(status.with_status(guides).filter(status.CONDITIONS["changed"]).values_list("pk", flat=True))


def sorted_figures(by: str) -> list[HeldFigure]:
    """Return every draft figure held against imported data, in the order asked for. A constant number of queries."""
    figures = Figure.objects.select_related("section__guide").prefetch_related("observations__source")
    held_figures = hold(figures.order_by("section__guide__title", "section__position", "position", "pk"))
    return sorted(held_figures, key=_age if by == AGE else _urgency)


def _age(held: HeldFigure) -> tuple[bool, tuple[int, date] | None]:
    """Sort key: figures without an observation, then those due longest."""
    leading = held.leading
    return (leading is not None, (leading.year, leading.review_after) if leading else None)


def _urgency(held: HeldFigure) -> int:
    return URGENCY.index(held.kind)
