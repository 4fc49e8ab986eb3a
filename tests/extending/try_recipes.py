"""Run by test_recipes.py in a process whose site has the app of docs/extending.md; prints what the site answers."""

import json
import sys

import django
from django.conf import settings

django.setup()
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.ALLOWED_HOSTS.append("testserver")

from django.contrib.auth.models import Group, User  # noqa: E402
from django.core.exceptions import ImproperlyConfigured  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import clear_url_caches, reverse  # noqa: E402

from careerguide import page_store  # noqa: E402
from guides import registry  # noqa: E402
from guides.models import Guide, Section  # noqa: E402
from guides.plan import keys, validators  # noqa: E402
from guides.plan.models import Plan  # noqa: E402
from guides.publishing import editions  # noqa: E402
from guides.registry.addresses import reserved_slugs  # noqa: E402
from guides.registry.kinds import Kind  # noqa: E402
from tests import factories  # noqa: E402

call_command("migrate", run_syncdb=True, verbosity=0)
from recipes.models import Recipe  # noqa: E402

guide = factories.make_guide()
section = Section.objects.create(
    guide=guide, kind="recipes", slug="glue-recipes", heading="Glue to cook", summary="Two kinds of glue."
)
Recipe.objects.create(section=section, name="Paste of wheat")
editor = User.objects.create_user("ed", is_staff=True)
editor.groups.add(Group.objects.get(name="Editors"))
editions.publish(editions.save(guide, editor), editor)

client = Client()
answers = {}
base = "/guides/bookbinder/"
answers["section"] = client.get(f"{base}glue-recipes/").content.decode()
answers["tool"] = client.get(f"{base}cookbook/").content.decode()
answers["tool_post"] = client.post(f"{base}cookbook/").status_code
store = page_store.PageStore(None, lambda: 1, {"testserver"})
answers["in_store"] = {
    name: store.may_store(("http", "testserver", base + path, False))
    for name, path in {"section": "glue-recipes/", "tool": "cookbook/"}.items()
}
exported = client.get("/guides/bookbinder.json").json()["objects"]
answers["exported"] = [entry["fields"]["name"] for entry in exported if entry["model"] == "recipes.recipe"]
schema = client.get("/schema/guide.json").json()
answers["schema"] = list(schema["$defs"]["recipes.recipe"]["properties"]["fields"]["properties"])
answers["search"] = client.get("/search/", {"q": "paste of wheat"}).content.decode()
answers["reserved"] = "cookbook" in reserved_slugs()
answers["editors_may"] = sorted(
    Group.objects.get(name="Editors")
    .permissions.filter(content_type__app_label="recipes")
    .values_list("codename", flat=True)
)
client.force_login(editor)
answers["admin_form"] = client.get(reverse("admin:guides_section_change", args=[section.pk])).status_code
client.logout()

key = keys.new_key()
plan = Plan.objects.create(key_hash=keys.hashed(key))
client.cookies["plan"] = key
form = {"new": "yes", "was-name": "", "name": "Bread"}
answers["plan_new"] = client.post(f"/plan/dishes/{validators.new_slug()}/", form).status_code
file = client.get("/plan/plan.json").content
answers["plan_export"] = [dish["name"] for dish in json.loads(file)["dishes"]]
answers["plan_schema"] = list(client.get("/plan/schema.json").json()["properties"])
other = keys.new_key()
Plan.objects.create(key_hash=keys.hashed(other))
client.cookies["plan"] = other
client.post("/plan/import/", {"file": SimpleUploadedFile("plan.json", file), "replace": ""})
answers["plan_import"] = [dish["name"] for dish in json.loads(client.get("/plan/plan.json").content)["dishes"]]

frozen = json.dumps([{"model": entry["model"], "fields": entry["fields"]} for entry in exported])
Guide.objects.get(slug="bookbinder").sections.filter(slug="glue-recipes").delete()
fixtures_folder = settings.DATA_DIR / "loaded"
fixtures_folder.mkdir()
(fixtures_folder / "bookbinder.json").write_text(frozen, encoding="utf-8")
call_command("load_guides", fixtures_folder / "bookbinder.json", verbosity=0)
answers["reloaded"] = list(Recipe.objects.values_list("name", flat=True))

try:
    registry.add(registry.Extension("others", kinds=[Kind("recipes", "taken")]))
except ImproperlyConfigured as refusal:
    answers["taken"] = str(refusal)
registry.remove("recipes")
clear_url_caches()
for name in ("careerguide.urls",):
    sys.modules.pop(name, None)
answers["gone"] = client.get(f"{base}cookbook/").status_code
answers["section_without_its_app"] = client.get(f"{base}glue-recipes/").status_code
print(json.dumps(answers))  # noqa: T201
