"""The Source that a figure cites when it takes over an imported value."""

from guides.models import Source

from .models import ImportedObservation


def known_source(imported: ImportedObservation) -> Source | None:
    """Return the source of an imported observation, or None where no guide has cited it yet.

    Editors may have named it themselves: the address and the year tell one edition's source from another's.
    """
    cited = imported.dataset.publisher.cite(imported)
    same = Source.objects.filter(slug=cited.slug).first()
    return same or Source.objects.filter(url=cited.url, slug__endswith=f"-{imported.year}").first()


def source_of(imported: ImportedObservation) -> Source:
    """Return the source of an imported observation as its publisher names it, made where no guide has cited it yet."""
    if same := known_source(imported):
        return same
    publisher = imported.dataset.publisher
    cited = publisher.cite(imported)
    fields = {"short_name": cited.short_name, "title": cited.title[:200], "url": cited.url, "note": cited.note}
    fields |= {"publisher": publisher.organisation, "licence": publisher.licence}
    return Source.objects.get_or_create(slug=cited.slug, defaults=fields)[0]
