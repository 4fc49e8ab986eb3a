"""Run by test_recipes.py in a process whose site has the app of docs/extending.md; prints what the site answers."""

import json
import sys
from dataclasses import replace
from io import StringIO

import django
from django.conf import settings

django.setup()
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.ALLOWED_HOSTS.append("testserver")

from django.contrib.auth.models import Group, User  # noqa: E402
from django.core.exceptions import ImproperlyConfigured  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.core.management import CommandError, call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import clear_url_caches, reverse  # noqa: E402

from careerguide import page_store  # noqa: E402
from guides import registry  # noqa: E402
from guides.datasets.comparison import hold, use_newer  # noqa: E402
from guides.datasets.models import Dataset  # noqa: E402
from guides.datasets.publisher import Publisher  # noqa: E402
from guides.models import ContentVersion, Guide, Section  # noqa: E402
from guides.plan import keys, validators  # noqa: E402
from guides.plan.models import Plan  # noqa: E402
from guides.publishing import editions  # noqa: E402
from guides.registry.addresses import reserved_slugs  # noqa: E402
from guides.registry.kinds import Kind  # noqa: E402
from guides.search.finding import find  # noqa: E402
from tests import factories  # noqa: E402

call_command("migrate", run_syncdb=True, verbosity=0)
from recipes.guild import GUILD  # noqa: E402
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
call_command("rebuild_search", missing=True, stdout=StringIO())
results = find("primer of glue")
answers["search_entry"] = [results.first, str(results.found[0][1][0].kind)]
answers["search_page"] = client.get("/search/", {"q": "primer"}).content.decode()
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

table = settings.DATA_DIR / "guild.csv"
table.write_text('Code,Median pay,Year\n51-5113,"41,000",2030\n', encoding="utf-8")
office = factories.make_section(guide, "figures", slug="guild-pay")
money = {"measure": "pay", "statistic": "median", "unit": "currency", "currency": "USD"}
figure = office.figures.create(slug="guild-median", label="Median pay", occupation_codes="51-5113", **money)
factories.make_observation(figure, value=40_000, period="2029", year=2029)


def imported(*args):
    said = StringIO()
    call_command("import_data", "guild", str(table), *args, stdout=said)
    return said.getvalue()


answers["import_dry"], answers["dry_left"] = imported("--dry-run"), Dataset.objects.count()
version = ContentVersion.objects.get().number
answers["import"], answers["import_again"] = imported(), imported()
answers["raised"] = ContentVersion.objects.get().number - version
comparison = hold([figure])[0]
answers["compared"] = [comparison.kind, comparison.imported.says]
use_newer(figure, comparison.imported.pk, editor)
source = figure.observations.get(year=2030).source
answers["source"] = [source.slug, source.short_name, source.publisher, source.licence, source.url]
client.force_login(editor)
answers["credited"] = client.get(reverse("admin:datasets_importedobservation_changelist")).content.decode()
client.logout()
table.write_text("Code,Median pay,Year\n51-5113,much,2031\n", encoding="utf-8")
try:
    imported()
except CommandError as refusal:
    answers["import_bad"] = str(refusal)
answers["lacking"] = []
for lacking in ({"credit": ""}, {"read": Publisher.read}, {"credit": "Source: the guild."}, {"slug": "the guild"}):
    try:
        replace(GUILD, **lacking)
    except ImproperlyConfigured as refusal:
        answers["lacking"].append(str(refusal))
try:
    registry.add(registry.Extension("others", publishers=[replace(GUILD, slug="oews")]))
except ImproperlyConfigured as refusal:
    answers["publisher_taken"] = str(refusal)

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
answers["uninstalled"] = [hold([figure])[0].imported is None, list(Dataset.objects.installed())]
clear_url_caches()
for name in ("careerguide.urls",):
    sys.modules.pop(name, None)
answers["gone"] = client.get(f"{base}cookbook/").status_code
answers["section_without_its_app"] = client.get(f"{base}glue-recipes/").status_code
print(json.dumps(answers))  # noqa: T201
