"""What a packet is to hold."""

import re
from collections.abc import Sequence
from typing import cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from guides.forms import ReaderForm

from .. import validators
from ..packet import Packet, Part
from ..summaries import GuideOfPlan


class PacketForm(ReaderForm):
    """What the packet holds: which of the saved guides (the first without one), which parts, which sections of it."""

    guide = forms.CharField(
        label=_("Guide"), max_length=80, required=False, validators=validators.guide_slug, widget=forms.Select
    )
    part = forms.MultipleChoiceField(
        label=_("Parts"), choices=Part.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    section = forms.MultipleChoiceField(
        label=_("Or sections of the guide"), required=False, widget=forms.CheckboxSelectMultiple
    )
    with_key = forms.BooleanField(
        label=_("The link with your key: whoever has the paper can then open and change your plan"),
        required=False,
    )

    def __init__(self, sent: QueryDict, guides: Sequence[GuideOfPlan]) -> None:
        super().__init__(sent)
        choices = [(guide.slug, guide.name) for guide in guides]
        self.fields["guide"].widget = forms.Select(choices=choices) if len(guides) > 1 else forms.HiddenInput()
        # Of whichever guide: the chosen one is known after the form was read.
        slugs = {slug for slug in sent.getlist("section") if re.search(validators.GUIDE_SLUG, slug)}
        self._choice("section").choices = [(slug, slug) for slug in sorted(slugs)]

    def offer(self, packet: Packet) -> None:
        """Show what is chosen, and offer the sections of the chosen guide."""
        sections = packet.reading.sections if packet.reading else []
        self._choice("section").choices = [(section.slug, section.heading) for section in sections]
        sent = cast(QueryDict, self.data).copy()
        sent.setlist("part", list(packet.parts))
        self.data = sent
        if not sections:
            del self.fields["section"]
        if packet.plan.visit is not None:
            del self.fields["with_key"]

    def _choice(self, name: str) -> forms.ChoiceField:
        return cast(forms.ChoiceField, self.fields[name])
