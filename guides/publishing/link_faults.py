"""Links of texts that lead nowhere: to a term, a section, a page of ours or an address that there is not."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.http import Http404
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from ..models import Guide, Term, markdown
from ..reading import reader
from ..reading.reader import Reading
from ..registry import tools
from . import links
from .text_faults import TextFault

# The slugs of the sections that guides will have, by the guide's slug: those that go live at the same moment.
Coming = dict[str, set[str]]


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


def fault_of_link(link: str, reading: Reading, coming: Coming | None = None) -> str | None:
    """Return what is wrong with a link in a text of the guide read, or None."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return _("'%(link)s' is not a web address.") % {"link": link}
    terms = [name[1] for name in links.names_of(link, "") if name[0] == "guides.term"]
    if terms and not Term.objects.live().filter(slug__in=terms).exists():
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
    if not leads_somewhere(parts.path, reading, coming or {}):
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


def leads_somewhere(path: str, reading: Reading, coming: Coming) -> bool:
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
        return match.view_name in {tool.view for tool in tools.offered(reading.guide).values()}
    if slug == reading.guide.slug:
        return section is None or section in {known.slug for known in reading.all_sections()}
    if slug in coming:
        return section is None or section in coming[slug]
    try:
        other = reader.live(slug)
        return section is None or bool(other.find(section))
    except reader.Moved:
        # Readers are led on to what took its place.
        return True
    except Http404:
        return False
