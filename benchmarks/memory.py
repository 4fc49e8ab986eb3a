"""What a worker takes of memory: by what it has done, and once it has done everything.

    python -m benchmarks.memory [--folder FOLDER]

The site, with every guide and all occupations of the official data, is served by two workers until both have done
everything several times. Then one process loads it as a worker does and does one thing after the other: each line says
how much more it holds for good, and the most that it held meanwhile. What processes share counts once (PSS). Wanted:
at most 200 MB a worker. A FOLDER keeps the site for the next time.
"""

import argparse
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from . import servers, site

MOST = 200
SLUG = site.GUIDE.split("/")[2]
RESUME = Path(__file__).parent.parent / "tests/readiness/resumes/library_page.txt"
# By what it is: addresses to ask for, one after the other.
STEPS = {
    "pages of guides": [site.GUIDE, f"{site.GUIDE}print/", f"{site.GUIDE}sources/", f"{site.GUIDE}pay/ohio/", "/"],
    "occupations": ["/occupations/", "/occupations/library-technicians/", "/occupations/registered-nurses/"],
    "compare": [f"/compare/?g={SLUG}&g=library-clerk", f"/compare/?g={SLUG}&g=registered-nurses"],
    "search": ["/search/?q=library+assistant", "/search/?q=nurse+pay"],
    "search, mistyped and in other languages": ["/search/?q=librery+asistant", "/search/?q=cuanto+gana+una+enfermera"],
    "ask": ["/ask/?q=what+does+it+pay", f"{site.GUIDE}ask/?q=do+i+need+a+degree", "/ask/?q=can+i+wear+jeans"],
    "from the job you have": ["/move/?from=cashier", "/move/?from=cashier&to=library+page"],
    "not sure": ["/explore/", "/explore/?like=books&like=people"],
    "openings": ["/openings/", f"/openings/?guide={SLUG}"],
    "practice": [f"{site.GUIDE}practice/"],
    "lists and feeds": ["/guides/", "/tools/", "/feed/", "/sitemap.xml", "/glossary/", f"/guides/{SLUG}.json"],
    "pictures of links": ["/tools.png", f"/guides/{SLUG}.png", "/occupations/library-technicians.png"],
    "plan": ["/plan/"],
}


def held(pid="self"):
    """What a process holds, in MB: what it shares with others by its part."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(rollup.partition("\nPss:")[2].split()[0]) / 1000


def most():
    """The most that this process held since it was asked last, in MB."""
    value = int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) / 1000
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
    return value


class Told:
    """Prints a line for each step."""

    def __init__(self):
        self.before = held()

    def __call__(self, name):
        now, peak = held(), most()
        print(f"{name:48}{now - self.before:+8.1f} MB{now:8.1f} MB in all{peak:8.1f} MB at most")
        self.before = now


def in_one_process(environment):
    """Say what each step takes."""
    tell = Told()
    site.set_up(environment)
    tell("the site, loaded")
    from django.test import Client
    from django.urls import get_resolver

    client = Client()
    get_resolver().url_patterns  # noqa: B018
    for name, paths in STEPS.items():
        for path in paths:
            answer = client.get(path, follow=True)
            if answer.status_code >= 500:
                raise RuntimeError(f"{path} answered {answer.status_code}")
            if answer.status_code >= 400:
                print(f"  {path}: {answer.status_code}")
        tell(name)
    form = client.get(f"{site.GUIDE}skills-gap/resume/")
    print(f"  resume: {form.status_code}")
    client.post(f"{site.GUIDE}skills-gap/resume/", {"text": RESUME.read_text()})
    tell("reading a resume")
    made_documents(client)
    tell("making a PDF and a DOCX")
    for row in sorted(STEPS["pages of guides"]):
        client.get(row)
    tell("pages of guides once more")


def made_documents(client):
    """Have a letter or resume made as a PDF and as a DOCX."""
    from benchmarks.toolkit import a_document
    from guides.toolkit.documents.pdf import DESIGNS, pdf
    from guides.toolkit.documents.word import docx

    pdf(a_document(1), next(iter(DESIGNS)))
    docx(a_document(1))


def served(environment, workers=2):
    """Return what each process of a server holds in MB, once its workers have done everything."""
    port = servers.free_port()
    command = servers.granian("careerguide.wsgi:application", port, workers)
    with servers.serving(command, port, environment | {"PORT": str(port)}, processor="0,1") as process:
        for _round in range(6):
            for path in (path for paths in STEPS.values() for path in paths):
                with suppress(OSError):
                    servers.get(port, path)
        return [held(pid) for pid in servers.children(process.pid)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="careerguide-benchmark.") as name:
        environment = site.prepare_whole(options.folder or Path(name))
        processes = served(environment)
        in_one_process(environment)
    told = ", ".join(f"{each:.0f}" for each in processes)
    print(f"a server of two workers: {sum(processes):.0f} MB ({told})")
    sys.exit(max(processes) > MOST)


if __name__ == "__main__":
    main()
