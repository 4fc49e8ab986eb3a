"""What people left on a site of the last release; it runs there, on that release's own code.

A guide that editors changed, with a draft that is not published; a guide of their own; accounts of each kind, a report,
answers to “Did this help?”, an opening, an alert, and a plan with an application.
"""

import json

import django

django.setup()

from django.test.utils import setup_test_environment  # noqa: E402

setup_test_environment()

from guides.models import Guide  # noqa: E402
from guides.plan.models import Application  # noqa: E402
from guides.publishing import editions  # noqa: E402
from tests.addresses import Site  # noqa: E402
from tests.guides import desk  # noqa: E402

site = Site()
clerk = Guide.objects.get(slug="library-clerk")
ed = desk.editor()
texts = clerk.sections.exclude(body="").order_by("pk")
desk.save(ed, texts[0], body="What the editors of this site wrote.")
editions.publish(editions.save(clerk))
desk.save(ed, texts[1], body="What is not published yet.")
Application.objects.create(plan=site.plan, post="Clerk", employer="Hill Library")
print(json.dumps({"key": site.key, "published": texts[0].slug, "drafted": texts[1].slug}))  # noqa: T201
