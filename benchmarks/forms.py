"""What an editor's forms cost: queries, and milliseconds of processor time, to open and to save each.

    python -m benchmarks.forms

The forms are those of the fullest guide: its own, of each kind of rows its section with the most, and its figure with
the most observations. Saving changes one field, so it makes an edition, which is taken back each time. Wanted: at most
120 ms to open and 150 to save on a quiet machine. The fewest milliseconds of 15 are the nearest to that. The last
columns hold on a busy one too: how many times the guide's page for readers, made where nothing is stored, a form costs.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import site

if TYPE_CHECKING:
    from django.db.models import Model
    from django.test import Client

MOST_TO_OPEN, MOST_TO_SAVE, TIMES = 120, 150, 15
SLUG = site.GUIDE.split("/")[2]


def rows() -> "Iterator[tuple[str, Model]]":
    """Yield what each form is of, in words, and the row that it edits."""
    from guides.models import Figure, Guide
    from guides.registry import kinds

    guide = Guide.objects.get(slug=SLUG)
    yield "guide", guide
    sections = list(guide.sections.all())
    for relation in sorted({kind.rows for kind in kinds.KINDS.values() if kind.rows}):
        fullest = max(sections, key=lambda section: getattr(section, relation).count())
        if count := getattr(fullest, relation).count():
            yield f"section, {count} {relation}", fullest
    figures = Figure.objects.filter(section__guide=guide)
    fullest_figure = max(figures, key=lambda figure: figure.observations.count())
    yield f"figure, {fullest_figure.observations.count()} observations", fullest_figure


def sent(page: bytes) -> dict[str, list[str]]:
    """What a browser sends of the form on `page` where one field of words was changed."""
    from lxml import html

    [form] = [form for form in html.fromstring(page.decode()).forms if form.get("id", "").endswith("_form")]
    for field in form.xpath(".//input[not(@value)][not(@type='checkbox')]"):
        field.set("value", "")
    fields: dict[str, list[str]] = {}
    for name, value in form.form_values():
        # A line end right behind <textarea> is none of the text.
        typed = value.removeprefix("\n") if isinstance(form.inputs[name], html.TextareaElement) else value
        fields.setdefault(name, []).append(typed)
    changed = next(name for name in ("summary", "label") if name in fields)
    fields[changed] = [f"{fields[changed][0].strip()} x"]
    return fields


def cost(act: Callable[[], Any]) -> tuple[int, float]:
    """Return the queries of `act`, and its fewest milliseconds of processor time."""
    from django.db import connection

    queries, spent = [], []

    def count(execute: Callable[..., Any], *arguments: Any) -> Any:
        queries.append(arguments[0])
        return execute(*arguments)

    with connection.execute_wrapper(count):
        act()
    for _time in range(TIMES):
        started = time.process_time()
        act()
        spent.append((time.process_time() - started) * 1000)
    return len(queries), min(spent)


def measure(client: "Client", row: "Model") -> tuple[tuple[int, float], tuple[int, float]]:
    """Return what opening the form of `row` costs, and saving it."""
    from django.db import transaction

    from guides.registry.overview import change_url

    address = change_url(row)
    fields = sent(client.get(address).content)

    def save() -> None:
        with transaction.atomic():
            answer = client.post(address, fields)
            transaction.set_rollback(True)
        if answer.status_code != 302:
            raise RuntimeError(f"{address} answered {answer.status_code}")

    return cost(lambda: client.get(address)), cost(save)


def sign_in() -> "Client":
    """Return a client of a new editor."""
    from django.contrib.auth.models import Group, User
    from django.test import Client

    from guides.registry.groups import EDITORS

    editor = User.objects.create_user("benchmark", is_staff=True)
    editor.groups.add(Group.objects.get(name=EDITORS))
    client = Client()
    client.force_login(editor)
    return client


def main() -> None:
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    with tempfile.TemporaryDirectory(prefix="careerguide-benchmark.") as folder:
        site.set_up(site.prepare(Path(folder)))
        from django.test import Client

        client, reader, failed = sign_in(), Client(), False
        _queries, page = cost(lambda: reader.get(site.GUIDE))
        print(f"{'':36}{'opened':>24}{'saved':>24}{'times a page':>16}")
        for name, row in rows():
            (asked, opened), (asked_to_save, saved) = measure(client, row)
            costs = f"{asked:4} queries {opened:6.0f} ms{asked_to_save:6} queries {saved:6.0f} ms"
            print(f"{name:36}{costs}{opened / page:9.1f}{saved / page:7.1f}")
            failed |= opened > MOST_TO_OPEN or saved > MOST_TO_SAVE
    sys.exit(failed)


if __name__ == "__main__":
    main()
