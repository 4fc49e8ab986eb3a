"""The Source that a figure cites when it takes over an imported value."""

from guides.models import Figure, Source

from .models import Dataset, ImportedObservation

BUREAU = "U.S. Bureau of Labor Statistics"
PUBLIC = "U.S. government work, public domain"
# The Handbook prints the projections; its pay and education are its own pages' words.
PROJECTED = {Figure.Measure.EMPLOYMENT, Figure.Measure.CHANGE, Figure.Measure.OPENINGS}


def source_of(imported: ImportedObservation) -> Source:
    """Return the source of an imported observation, made where no guide has cited it yet."""
    fields = describe(imported)
    if imported.dataset.form == Dataset.Form.OOH and imported.measure not in PROJECTED:
        # Editors may have named the page's source themselves; the year tells one edition's source from another's.
        same: Source | None = Source.objects.filter(url=imported.url, slug__endswith=f"-{imported.year}").first()
        if same:
            return same
    return Source.objects.get_or_create(slug=fields.pop("slug"), defaults=fields)[0]


def describe(imported: ImportedObservation) -> dict[str, str]:
    """Return the fields of the source of an imported observation."""
    common = {"publisher": BUREAU, "licence": PUBLIC}
    if imported.dataset.form == Dataset.Form.OEWS:
        return common | {
            "slug": f"bls-oews-{imported.year}",
            "short_name": "BLS OEWS",
            "title": f"Occupational Employment and Wage Statistics, national estimates, {imported.period}",
            "url": "https://www.bls.gov/oes/tables.htm",
            "note": "A survey of employers. It does not count the self-employed.",
        }
    if imported.measure in PROJECTED:
        return common | {
            "slug": f"bls-ep-{imported.year}",
            "short_name": "BLS Projections",
            "title": f"Employment Projections, {imported.dataset.edition}",
            "url": "https://www.bls.gov/emp/",
            "note": "Read as the Handbook prints them.",
        }
    return common | {
        "slug": f"bls-ooh-{imported.entry[:45]}-{imported.year}",
        "short_name": "BLS Handbook",
        "title": f"Occupational Outlook Handbook: {imported.title}"[:200],
        "url": imported.url,
    }
