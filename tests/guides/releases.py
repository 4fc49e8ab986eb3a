"""Releases for tests: the files of fixtures/ in a folder of their own, changed as a later release would change them."""

import json
import re
import shutil
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

SHIPPED = settings.FIXTURES_DIR
# What tests do without: each row costs time to check and to save.
MANY = re.compile(r"toolkit\..*|readiness\.practice|guides\.(guidetitle|relatedcareer)")
SECTIONS = {
    "role",
    "responsibilities",
    "skills",
    "technical-skills",
    "how-to-become",
    "education-training",
    "pay-outlook",
    "job-outlook",
}
GUIDE = "technical-services-librarian"


class Releases:
    """A folder that stands for fixtures/, and the next release made of it.

    It holds a part of one guide, sources, glossary and synonyms as the project ships them, and no first release.
    """

    def __init__(self, folder, settings):
        self.folder, self.settings, self.number = Path(folder), settings, 1
        settings.FIXTURES_DIR, settings.RELEASE = self.folder, "0.1.0"
        for name in ["sources", "glossary", "synonyms"]:
            shutil.copy(SHIPPED / f"{name}.json", self.folder)
        self.add_guide("technical_services_librarian")

    def add_guide(self, name, whole=False, linked=False):
        """Ship a guide of the project's, its links to other guides taken out unless it is to be `linked`."""
        written = (SHIPPED / f"{name}.json").read_text()
        if linked:
            written = written.replace("/guides/library-technical-assistant/", "/guides/library-clerk/")
        else:
            written = re.sub(r"\[([^]]*)\]\(/guides/[^)]*\)", r"\1", written)
        objects = [plain for plain in json.loads(written) if whole or _is_kept(plain)]
        for plain in objects:
            if plain["model"] == "readiness.question" and not whole:
                # Its skills are left out.
                plain["fields"].pop("skill", None)
        self.write(objects, name)

    def path(self, name):
        return self.folder / f"{name}.json"

    def objects(self, name="technical_services_librarian"):
        return json.loads(self.path(name).read_text())

    def write(self, objects, name="technical_services_librarian"):
        self.path(name).write_text(json.dumps(objects))

    def change(self, model, file="technical_services_librarian", new=None, **those):
        """Give the first object of `model` whose fields are `those` the values `new`; None takes it out."""
        objects = self.objects(file)
        plain = next(
            plain for plain in objects if plain["model"] == model and those.items() <= {**plain["fields"]}.items()
        )
        if new is None:
            objects.remove(plain)
        else:
            plain["fields"] |= new
        self.write(objects, file)
        return plain

    def add(self, model, file="technical_services_librarian", **fields):
        self.write([*self.objects(file), {"model": model, "fields": fields}], file)

    def ship(self, number=None):
        """Run what every start runs, as the next release; return what it said."""
        self.number += 1
        self.settings.RELEASE = number or f"0.{self.number}.0"
        return start()


def start():
    said = StringIO()
    call_command("load_release", stdout=said, stderr=said)
    return said.getvalue()


def _is_kept(plain):
    fields = plain["fields"]
    above = fields.get("section") or fields.get("figure")
    section = fields["slug"] if plain["model"] == "guides.section" else above[1] if above else None
    return not MANY.fullmatch(plain["model"]) and (section is None or section in SECTIONS)
