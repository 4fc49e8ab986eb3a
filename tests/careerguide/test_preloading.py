"""Workers load every template soon after they have started: an upgrade changes the files under them."""

from django.conf import settings
from django.template import Template, engines

from careerguide import preloading


def test_every_template_is_loaded_and_kept():
    templates = {path for path in (settings.BASE_DIR / "templates").rglob("*") if path.is_file()}
    assert preloading.load_templates() == len(templates)
    (loader,) = engines["django"].engine.template_loaders
    kept = {name for name, template in loader.get_template_cache.items() if isinstance(template, Template)}
    assert {str(path.relative_to(settings.BASE_DIR / "templates")) for path in templates} <= kept
