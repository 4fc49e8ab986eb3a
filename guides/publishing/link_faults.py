"""Links of texts that lead nowhere: to a term, a section, a page of ours or an address that there is not."""

from collections.abc import Callable, Iterator
from functools import cached_property
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.http import Http404
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from ..models import Edition, Guide, Term, markdown
from ..reading import reader
from ..reading.reader import Reading
from ..registry import tools
from . import links, references
from .text_faults import TextFault

# The slugs of the sections that guides will have, by the guide's slug: those that go live at the same moment.
Coming = dict[str, set[str]]


class Destinations:
    """What of the site a text may lead to beside its own guide: each is looked up once for all the links of a check.

    `coming` are the guides that go live at the same moment.
    """

    def __init__(self, coming: Coming | None = None) -> None:
        self.coming = coming or {}
        self._live: dict[str, Edition | Http404] = {}
        self._sections: dict[str, set[str]] = {}
        self._tools: dict[str, set[str]] = {}

    @cached_property
    def terms(self) -> set[str]:
        """The slugs of the terms in the glossary."""
        return set(Term.objects.live().values_list("slug", flat=True))

    def tools_of(self, guide: Guide) -> set[str]:
        """The views of the tools that the guide, thawed or with its rows, has something for."""
        if guide.slug not in self._tools:
            self._tools[guide.slug] = {tool.view for tool in tools.offered(guide).values()}
        return self._tools[guide.slug]

    def has(self, guide: str, section: str | None) -> bool:
        """Whether readers can follow the address of another guide, or of a section of it."""
        if guide in self.coming:
            return section is None or section in self.coming[guide]
        if guide not in self._live:
            try:
                self._live[guide] = reader.live_edition(guide)
            except Http404 as why:
                self._live[guide] = why
        live = self._live[guide]
        if isinstance(live, Http404):
            # Where another one took its place, readers are led on to that.
            return isinstance(live, reader.Moved)
        return section is None or self._has_section(guide, live, section)

    def _has_section(self, guide: str, live: Edition, section: str) -> bool:
        if guide not in self._sections:
            self._sections[guide] = references.section_slugs(live.content)
        if section in self._sections[guide]:
            return True
        try:
            return bool(reader.of(live).find(section))
        except reader.Moved:
            return True
        except Http404:
            return False


def in_text(text: str, fault: Callable[[str], str | None]) -> Iterator[TextFault]:
    """Yield what is wrong with the links of a text, each with its line; `fault` says it of an address."""
    for token in links.parse(text):
        for child in token.children or ():
            if child.type == "link_open" and (said := fault(address := str(child.attrGet("href")))):
                first, end = token.map or (0, 1)
                lines = text.split("\n")
                place = next(
                    (number for number in range(first, min(end, len(lines))) if address in lines[number]), first
                )
                yield TextFault(place + 1, said)


def of_draft(guide: Guide | None) -> Reading:
    """A guide's draft, of its rows, with as much as links need; what belongs to no guide has none. One query."""
    reading = Reading(guide or Guide(), None)
    for section in guide.sections.all() if guide and guide.pk else ():
        section.parts = []
        reading.sections.append(section)
    return reading


def fault_of_link(link: str, reading: Reading, destinations: Destinations | None = None) -> str | None:
    """Return what is wrong with a link in a text of the guide read, or None."""
    destinations = destinations or Destinations()
    try:
        parts = urlsplit(link)
    except ValueError:
        return _("'%(link)s' is not a web address.") % {"link": link}
    terms = [name[1] for name in links.names_of(link, "") if name[0] == "guides.term"]
    if terms and destinations.terms.isdisjoint(terms):
        return _("The glossary has no term '%(term)s'.") % {"term": terms[0]}
    if link.startswith("glossary:"):
        return None
    if not markdown.says_where_it_leads(link):
        return _("'%(link)s' leads nowhere: begin it with https://, or for a page of ours with a single /.") % {
            "link": link
        }
    if parts.scheme or parts.netloc:
        own = f"{parts.scheme}://{parts.netloc}" == settings.SITE_URL
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            return _("'%(link)s' does not begin with http:// or https://.") % {"link": link}
        if not own:
            return _fault_of_address(link)
    if not parts.path and parts.fragment:
        slugs = {section.slug for section in reading.all_sections()}
        return None if parts.fragment in slugs else _("'%(link)s' leads to no section of this guide.") % {"link": link}
    if not leads_somewhere(parts.path, reading, destinations):
        return _("'%(link)s' leads nowhere: write an address as it stands in the browser, from the first /.") % {
            "link": link
        }
    return None


def _fault_of_address(link: str) -> str | None:
    """Return what is wrong with an address on another site, or None."""
    try:
        URLValidator(["http", "https"])(link)
    except ValidationError:
        return _("'%(link)s' is not a web address.") % {"link": link}
    return None


def leads_somewhere(path: str, reading: Reading, destinations: Destinations) -> bool:
    """Whether readers of the guide read can follow `path`, an address of this site."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    is_public = match.app_name == "guides" or getattr(match.func, "same_for_everyone", False)
    if not is_public and match.view_name not in tools.views():
        return False
    slug, section = match.kwargs.get("guide"), match.kwargs.get("section")
    if slug is None:
        return True
    if slug == reading.guide.slug and match.view_name in tools.views():
        return match.view_name in destinations.tools_of(reading.guide)
    if slug == reading.guide.slug:
        return section is None or section in {known.slug for known in reading.all_sections()}
    return destinations.has(slug, section)
