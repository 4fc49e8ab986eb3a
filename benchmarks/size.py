"""What a large site costs against a small one: pages, publishing, the clock's jobs, backups, by what each grows with.

    python -m benchmarks.size [--plans 100000] [--openings 50000] [--guides 30]

Both have all occupations of the official data. The small one has the guides of fixtures/, 500 openings and 1,000 plans;
then guides, openings and plans are added, and all is measured again in the same run. Wanted: what a person waits for
costs at most 1.5 times as much, and what goes through data grows no faster than that data. On PostgreSQL with
BENCHMARK_DATABASE_URL.
"""

import argparse
import secrets
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from . import made_up, openings, site

SMALL_PLANS, SMALL_FEEDS, MOST = 1_000, 2, 1.5
# One plan in so many has not been opened for a year.
OLD = 100
PORTION = 5_000
# Opens the second plan of all.
OWN_KEY = "1" * 30
SLUG = site.GUIDE.split("/")[2]
PAGES = [
    "/", "/guides/", "/tools/", site.GUIDE, f"{site.GUIDE}pay/ohio/", f"/compare/?g={SLUG}&g=library-clerk",
    "/occupations/", "/occupations/library-technicians/", "/move/?from=cashier", "/ask/?q=what+does+it+pay",
    "/search/?q=library+assistant", "/search/?q=librery+asistant", "/openings/", f"/openings/?guide={SLUG}",
    "/openings/?state=OH&sort=closing", "/feed/", "/plan/",
]  # fmt: skip
# These say all there is of it.
ALL_OF = {"/sitemap.xml": "guides", "/admin/guides/guide/": "guides"}
EDITORS = ["/admin/", "/admin/guides/guide/"]
# What asks the network, what is measured by itself, and what counts the official data anew, which both sites have.
LEFT_OUT = {
    "fetch_openings", "visit_links", "send_alerts", "backup", "verify_backup", "expire_plans",
    "load_snapshot", "list_occupations", "compare_occupations", "count_activities",
}  # fmt: skip


def make_plans(count):
    """Make plans until there are so many, each with a guide, two steps, an application and a note."""
    from django.utils import timezone

    from guides.plan import keys
    from guides.plan.models import Application, Note, Plan, SavedGuide, SavedStep

    now, there = timezone.now(), Plan.objects.count()
    for start in range(there, count, PORTION):
        numbers = range(start, min(start + PORTION, count))
        made = Plan.objects.bulk_create(
            Plan(
                key_hash=keys.hashed(OWN_KEY) if number == 1 else secrets.token_hex(),
                used_at=now - timedelta(days=400 if number % OLD == 0 else number % 300),
            )
            for number in numbers
        )
        SavedGuide.objects.bulk_create(SavedGuide(plan=plan, guide=SLUG, name="Library assistant") for plan in made)
        SavedStep.objects.bulk_create(
            SavedStep(plan=plan, guide=SLUG, step=f"step-{number}", name=f"Step {number}", due_on=now.date())
            for plan in made
            for number in range(2)
        )
        Application.objects.bulk_create(
            Application(plan=plan, post="Library page", employer=f"City {plan.pk % 900}") for plan in made
        )
        Note.objects.bulk_create(Note(plan=plan, text="Ask what the hours are. " * 4) for plan in made)


def sizes():
    """How many guides, openings and plans there are, and the bytes of the database."""
    from careerguide.monitoring.counters import counters
    from guides.models import Listing
    from guides.openings.models import Posting
    from guides.plan.models import Plan

    size = next(counter.value for counter in counters() if counter.name == "database_bytes")
    counts = {model: rows.objects.count() for model, rows in zip(NAMES, (Listing, Posting, Plan), strict=True)}
    return counts | {"bytes": size}


NAMES = ("guides", "openings", "plans")


class Measuring:
    """Measures one site after the other; remembers what each thing cost, in milliseconds, and with what it may grow."""

    def __init__(self, environment):
        self.environment, self.costs, self.grows_with = environment, {}, {}

    def fewest(self, name, do, times=3, grows_with=""):
        """Note the fewest milliseconds of the processor's time that something takes, the database's with it."""
        work, spent = openings.work_of_database(), []
        for _time in range(times):
            started = time.process_time() + work()
            do()
            spent.append((time.process_time() + work() - started) * 1000)
        self.note(name, min(spent), grows_with)

    def note(self, name, value, grows_with=""):
        self.costs.setdefault(name, []).append(value)
        self.grows_with[name] = grows_with

    def everything(self):
        """Measure all once."""
        self.pages()
        self.publishing()
        self.jobs()
        self.expiry()
        self.backups()
        print("Measured once.", flush=True)

    def pages(self):
        from django.contrib.auth.models import User
        from django.test import Client

        from guides.plan import keys

        reader, editor = Client(), Client()
        reader.cookies[keys.cookie_name()] = OWN_KEY
        editor.force_login(User.objects.get_or_create(username="editor", is_staff=True, is_superuser=True)[0])
        for path in [*PAGES, "/sitemap.xml", *EDITORS]:
            client = editor if path in EDITORS else reader

            def ask(client=client, path=path):
                answer = client.get(path, follow=True)
                if answer.status_code != 200:
                    raise RuntimeError(f"{path} answered {answer.status_code}")

            ask()
            self.fewest(path, ask, grows_with=ALL_OF.get(path, ""))

    def publishing(self):
        from guides.models import Guide
        from guides.publishing import editions

        guide, numbers = Guide.objects.get(slug=SLUG), iter(range(1_000))

        def publish():
            guide.highlights = f"Highlight {next(numbers)}"
            guide.save()
            editions.publish(editions.save(guide))

        self.fewest("saving and publishing a guide", publish)

    def jobs(self):
        from careerguide.monitoring.counters import counters
        from guides.registry import jobs

        for job in jobs.registered().values():
            if job.is_needed:
                self.fewest(f"whether {job.name} is needed", job.is_needed)
            if job.name not in LEFT_OUT:
                self.fewest(f"the job {job.name}", job.run, times=2, grows_with="bytes")
        self.fewest("the counters for monitors", counters, grows_with="plans")

    def expiry(self):
        """How long a plan takes to be deleted, and how much memory all of them take at once."""
        from guides.plan.expiry import expire_plans
        from guides.plan.models import Plan

        before, count = peak(), Plan.objects.count()
        started = time.process_time()
        expire_plans()
        self.note("deleting an old plan", (time.process_time() - started) * 1000 / (count - Plan.objects.count()))
        self.note("memory that deleting old plans takes, MB", max(peak() - before, 1))

    def backups(self):
        for command in ("backup", "verify"):
            file = Path(self.environment["DATA_DIR"]) / "size.backup"
            if command == "backup":
                file.unlink(missing_ok=True)
            started = time.perf_counter()
            site.manage(self.environment, command, str(file))
            self.note(f"{command} (of the clock)", (time.perf_counter() - started) * 1000, "bytes")

    def report(self, small, large):
        """Print all; return what grew faster than it may."""
        growth = {name: large[name] / small[name] for name in small} | {"": MOST}
        for name, factor in growth.items():
            if name:
                print(f"{name:10}{small[name]:>14,}{large[name]:>14,}{factor:8.1f} times")
        print(f"\n{'milliseconds':72}{'small':>10}{'large':>10}{'times':>8}{'wanted':>8}")
        failed = []
        for name, (before, after) in self.costs.items():
            # What takes less than a millisecond is not measured well, and nobody waits for it.
            ratio, wanted = max(after, 1) / max(before, 1), max(growth[self.grows_with[name]], MOST)
            print(f"{name:72}{before:10.1f}{after:10.1f}{ratio:8.2f}{wanted:8.1f}{' !' if ratio > wanted else ''}")
            failed += [name] if ratio > wanted else []
        return failed


def peak():
    """The most memory in MB that this process had since it was asked last."""
    status = Path("/proc/self/status").read_text()
    most = int(status.partition("VmHWM:")[2].split()[0]) / 1000
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
    return most


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--guides", type=int, default=30)
    parser.add_argument("--openings", type=int, default=50_000)
    parser.add_argument("--plans", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help="where the small site is kept for the next time, as it was before")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="careerguide-benchmark.") as name:
        if options.folder:
            site.prepare_whole(options.folder)
            shutil.copytree(options.folder, name, dirs_exist_ok=True)
        environment = site.prepare_whole(Path(name))
        site.set_up(environment)
        from guides.publishing import listings

        # As made_up does: drawing is the same whatever the size.
        listings.draw = lambda listing: b""
        openings.fetch(SMALL_FEEDS)
        make_plans(SMALL_PLANS)
        measuring, small = Measuring(environment), sizes()
        measuring.everything()
        made_up.fill(options.guides)
        openings.fill(options.openings)
        make_plans(options.plans)
        large = sizes()
        measuring.everything()
        failed = measuring.report(small, large)
    print(f"Grew faster than wanted: {', '.join(failed)}." if failed else "Nothing grew faster than its data.")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
