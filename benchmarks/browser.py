"""What a reader on a slow phone waits for: Lighthouse, first paint, opening a section, and the next guide.

    LIGHTHOUSE=folder/node_modules/.bin/lighthouse python -m benchmarks.browser [--times 3]

Needs Chromium and Playwright (Debian: chromium; requirements-dev.txt). LIGHTHOUSE is the program of the npm package of
that name; without it only the rest is measured. The line is one of 150 ms and 1.6 Mbit/s, the processor four times
slowed: Lighthouse computes that from an unhindered visit, the rest is measured under it.
"""

import argparse
import contextlib
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

from . import servers, site

CHROMIUM = os.environ.get("CHROME_PATH", "/usr/bin/chromium")
SLUG = site.GUIDE.split("/")[2]
OTHER = "/guides/library-clerk/"
PAGES = {
    "home": "/",
    "guide": site.GUIDE,
    "section": f"{site.GUIDE}pay-outlook/",
    "print": f"{site.GUIDE}print/",
    "compare": f"/compare/?g={SLUG}&g=library-clerk",
    "readiness": f"{site.GUIDE}readiness/",
}
SLOW_LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 200_000}
# What the browser saw of its own painting, shifting and long tasks.
WATCH = """
window.measured = {paint: 0, shift: 0, blocked: 0};
new PerformanceObserver(list => list.getEntries().forEach(each => measured.paint = each.startTime))
  .observe({type: 'largest-contentful-paint', buffered: true});
new PerformanceObserver(list => list.getEntries().forEach(each => measured.shift += each.value))
  .observe({type: 'layout-shift', buffered: true});
new PerformanceObserver(list => list.getEntries().forEach(each => measured.blocked += Math.max(0, each.duration - 50)))
  .observe({type: 'longtask', buffered: true});
"""
# Milliseconds from the click until the section's text stands in a frame that was drawn.
OPEN = """
async (slug) => {
  const section = document.getElementById(slug);
  const began = performance.now();
  section.querySelector('summary').click();
  while (!section.querySelector('.section__body')?.offsetHeight) await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return performance.now() - began;
}
"""
LOAD_AHEAD = """
async (slug) => {
  const section = document.getElementById(slug);
  section.querySelector('summary').dispatchEvent(new MouseEvent('mouseenter'));
  while (!section.querySelector('.section__body')) await new Promise(requestAnimationFrame);
  await new Promise(resolve => setTimeout(resolve, 500));
}
"""


def lighthouse(program, address):
    """Return (four scores, largest paint in ms, shift, blocking in ms) of one visit as Lighthouse's phone."""
    flags = "--chrome-flags=--headless=new --no-sandbox --disable-gpu"
    command = [program, address, "--quiet", "--output=json", flags]
    said = subprocess.run(
        command, capture_output=True, text=True, check=True, env=os.environ | {"CHROME_PATH": CHROMIUM}
    ).stdout
    report = json.loads(said)
    if report.get("runtimeError"):
        raise RuntimeError(report["runtimeError"]["message"])
    names = ("largest-contentful-paint", "cumulative-layout-shift", "total-blocking-time")
    if any(each["score"] is None for each in report["categories"].values()):
        raise RuntimeError("An audit failed, so that a category has no score.")
    scores = [round(each["score"] * 100) for each in report["categories"].values()]
    return scores, *(report["audits"][name]["numericValue"] for name in names)


def best_of_lighthouse(program, address, times):
    """Return the best of so many visits: on a busy machine others' work counts as the page's."""
    visits = []
    for _visit in range(times):
        with contextlib.suppress(subprocess.CalledProcessError, RuntimeError):
            visits.append(lighthouse(program, address))
    return max(visits, key=lambda visit: (visit[0][0], -visit[1])) if visits else None


@contextlib.contextmanager
def visitor(browser):
    """A page of a phone that has never been here, on the slow line; give it with its requests that were not cached."""
    context = browser.new_context(
        viewport={"width": 412, "height": 823}, device_scale_factor=1.75, is_mobile=True, has_touch=True
    )
    page = context.new_page()
    page.add_init_script(WATCH)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    asked = {}
    session.on("Network.requestWillBeSent", lambda event: asked.update({event["requestId"]: event["request"]["url"]}))
    session.on("Network.requestServedFromCache", lambda event: asked.pop(event["requestId"], None))

    def answered(event):
        if event["response"].get("fromDiskCache"):
            asked.pop(event["requestId"], None)

    session.on("Network.responseReceived", answered)
    yield page, asked
    context.close()


def first_visit(browser, address):
    """Return (largest paint in ms, shift, blocking in ms) of a first visit on the slow line."""
    with visitor(browser) as (page, _asked):
        page.goto(address, wait_until="networkidle")
        measured = page.evaluate("measured")
        return measured["paint"], measured["shift"], measured["blocked"]


def opening(browser, root):
    """Return milliseconds to open a section that was loaded ahead, and one that was not."""
    with visitor(browser) as (page, _asked):
        page.goto(root + site.GUIDE, wait_until="networkidle")
        ahead, cold = page.evaluate("[...document.querySelectorAll('.section:not([open])')].slice(0, 2).map(e => e.id)")
        page.evaluate(LOAD_AHEAD, ahead)
        return page.evaluate(OPEN, ahead), page.evaluate(OPEN, cold)


def next_guide(browser, root):
    """Return what is asked for when a reader of one guide opens the next one."""
    with visitor(browser) as (page, asked):
        page.goto(root + site.GUIDE, wait_until="networkidle")
        asked.clear()
        page.goto(root + OTHER, wait_until="networkidle")
        return list(asked.values())


def fill_fragments(port):
    """Have the store hold what opens in place, as it does where others have read before."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{site.GUIDE}", timeout=20) as answer:
        text = answer.read().decode()
    for path in re.findall(r'class="section__waiting" data-hx-get="([^"]+)"', text):
        servers.get(port, path, **{"HX-Request": "true"})


def medians(visits):
    return [statistics.median(values) for values in zip(*visits, strict=True)]


def measure(root, times):
    """Print everything."""
    program = os.environ.get("LIGHTHOUSE")
    if program:
        print(f"{'Lighthouse, best of ' + str(times):24}{'scores':>24}{'paint':>10}{'shift':>8}{'blocked':>10}")
        for name, path in PAGES.items():
            best = best_of_lighthouse(program, root + path, times)
            if best is None:
                print(f"{name:24} no visit succeeded")
                continue
            scores, paint, shift, blocked = best
            print(f"{name:24}{'/'.join(map(str, scores)):>24}{paint:>7.0f} ms{shift:>8.3f}{blocked:>7.0f} ms")
    else:
        print("Lighthouse is not measured: npm install lighthouse somewhere, and set LIGHTHOUSE to its program.")
    with sync_playwright() as playwright:
        options = {"executable_path": CHROMIUM, "args": ["--no-sandbox", "--disable-gpu"]}
        browser = playwright.chromium.launch(**options)
        print(f"{'Slow line, medians of ' + str(times):48}{'paint':>10}{'shift':>8}{'blocked':>10}")
        for name, path in PAGES.items():
            paint, shift, blocked = medians([first_visit(browser, root + path) for _visit in range(times)])
            print(f"{name:48}{paint:>7.0f} ms{shift:>8.3f}{blocked:>7.0f} ms")
        ahead, cold = medians([opening(browser, root) for _visit in range(times)])
        print(f"opening a section: {ahead:.0f} ms when it was loaded ahead, {cold:.0f} ms when not")
        asked = next_guide(browser, root)
        print(f"the next guide: {len(asked)} request(s) {' '.join(asked) if len(asked) > 1 else ''}")
        browser.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    if not Path(CHROMIUM).exists():
        sys.exit(f"There is no {CHROMIUM}: install Chromium, or set CHROME_PATH.")
    with tempfile.TemporaryDirectory(prefix="careerguide-benchmark.") as name:
        port = servers.free_port()
        environment = site.prepare(Path(name)) | {"PORT": str(port)}
        command = servers.granian("careerguide.wsgi:application", port)
        with servers.serving(command, port, environment, processor="0,1"):
            for path in [*PAGES.values(), OTHER]:
                servers.get(port, path)
            fill_fragments(port)
            measure(f"http://127.0.0.1:{port}", options.times)


if __name__ == "__main__":
    main()
