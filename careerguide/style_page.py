"""The style page, for those who build the site: every component in its states, by day and by lamp."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

COMPONENTS = settings.BASE_DIR / "static" / "css" / "components"


def style_page(request: HttpRequest) -> HttpResponse:
    """Show the example of each component: the template of the same name as its style sheet."""
    names = sorted(sheet.stem for sheet in COMPONENTS.glob("*.css"))
    examples = [(name, f"style/components/{name}.html") for name in names]
    return render(request, "style/page.html", {"examples": examples, "themes": ["light", "dark"]})
