"""How soon a page answers a finger or a key: what a reader does on each kind of page, on the slow line.

    python -m benchmarks.interaction [--times 3] [--root http://127.0.0.1:8000]

Interaction to next paint is what the browser itself measures (Event Timing): from the input to the frame that shows
that it was heard; of each visit the longest one counts, and the median of the visits is given. Without `--root` a site
with the guides alone is made; a running site with official data has all pages. The processor is slowed four times.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as TooLate

from . import browser as slow
from . import servers, site

GUIDE = site.GUIDE
# A finger stays on the glass for about this long (ms).
PRESS = 80
WATCH = """
window.heard = [];
new PerformanceObserver(list => list.getEntries().forEach(({interactionId, duration, name}) => {
  if (interactionId) window.heard.push([duration, name]);
})).observe({type: 'event', durationThreshold: 16, buffered: true});
"""


def press(page: Page, selector: str, place: int = 0) -> None:
    """Put a finger on the first such element that is to be seen, and lift it."""
    goal = page.locator(f"{selector} >> visible=true").nth(place)
    goal.scroll_into_view_if_needed()
    box = goal.bounding_box()
    if box is None:
        raise TooLate(f"{selector} is not to be seen")
    # Its beginning: a line that is broken has a middle where there is nothing of it.
    point = {"x": box["x"] + min(box["width"] / 2, 24), "y": box["y"] + min(box["height"] / 2, 24)}
    session = page.context.new_cdp_session(page)
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    page.wait_for_timeout(PRESS)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    session.detach()
    page.wait_for_timeout(600)


def write(page: Page, selector: str, text: str) -> None:
    """Write as somebody types on a phone."""
    press(page, selector)
    page.keyboard.type(text, delay=150)
    page.wait_for_timeout(600)


def read_guide(page: Page) -> None:
    press(page, ".section:not([open]) > summary")
    press(page, ".section:not([open]) > summary", 1)
    press(page, ".section[open] > summary")


def save_guide(page: Page) -> None:
    press(page, "a[data-plan]")


def choose_filters(page: Page) -> None:
    press(page, ".filters > summary")
    press(page, ".filter__choice")
    press(page, ".filter__choice", 2)


def search(page: Page) -> None:
    write(page, "main input[type=search]", "librarian")


def rate(page: Page) -> None:
    for place in range(3):
        press(page, "label:has(input[type=radio])", place * 3)
    press(page, "[data-next]")


def build(page: Page) -> None:
    press(page, "#work .steps a", 1)
    press(page, "#work .steps a", 0)
    write(page, "#work .pane--current input[type=text]", "Maria Lopez")
    press(page, "[data-show-preview]")


def explore(page: Page) -> None:
    press(page, "main form details > summary")
    press(page, "main form label:has(input)", 1)


def unfold(page: Page) -> None:
    press(page, "main summary")


def choose_on_map(page: Page) -> None:
    press(page, "main svg a, main a.tile", 4)


PAGES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "home: type a search": ("/", search),
    "search: type": ("/search/?q=nurse", search),
    "guide: open and close sections": (GUIDE, read_guide),
    "guide: add to the plan": (GUIDE, save_guide),
    "section: unfold a part": (f"{GUIDE}pay-outlook/", unfold),
    "guides: filters": ("/guides/", choose_filters),
    "occupations: filters": ("/occupations/", choose_filters),
    "openings: filters": ("/openings/", choose_filters),
    "compare: unfold": (slow.PAGES["compare"], unfold),
    "readiness: answer, next": (f"{GUIDE}readiness/", rate),
    "skills gap: rate, next": (f"{GUIDE}skills-gap/", rate),
    "builder: step, type, preview": (f"{GUIDE}toolkit/resume/build/", build),
    "explore: choose": ("/explore/", explore),
    "pay by state: the map": (f"{GUIDE}pay/", choose_on_map),
    "print: unfold": (f"{GUIDE}print/", lambda page: press(page, "#print-now")),
}
# Milliseconds from the lifted finger until the section's text stands in a frame that was drawn.
AWAIT_OPEN = """
(slug) => {
  const section = document.getElementById(slug);
  window.opened = new Promise(resolve => section.addEventListener('click', async ({timeStamp}) => {
    while (!section.querySelector('.section__body')?.offsetHeight) await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    resolve(performance.now() - timeStamp);
  }, {once: true, capture: true}));
}
"""


def visit(browser: Browser, address: str, act: Callable[[Page], None]) -> tuple[float, str] | None:
    """Return the longest time from an input to the next paint (ms) and its event; None where the page lacks it."""
    with slow.visitor(browser) as (page, _asked):
        page.add_init_script(WATCH)
        page.set_default_timeout(8_000)
        page.goto(address, wait_until="networkidle")
        page.wait_for_selector("html:not([data-scripts])")
        try:
            act(page)
            page.wait_for_timeout(300)
            heard: list[Any] = page.evaluate("window.heard")
        except TooLate:
            return None
        duration, name = max(heard, default=(0, "shorter than a frame"))
        return float(duration), str(name)


def press_open(browser: Browser, root: str) -> float:
    """Return milliseconds to open a section that was not loaded ahead, from the lifted finger on."""
    with slow.visitor(browser) as (page, _asked):
        page.goto(root + GUIDE, wait_until="networkidle")
        page.wait_for_selector("html:not([data-scripts])")
        slug = page.evaluate("document.querySelectorAll('.section:not([open])')[1].id")
        page.evaluate(AWAIT_OPEN, slug)
        press(page, f"#{slug} > summary")
        return float(page.evaluate("opened"))


def measure(root: str, times: int) -> None:
    """Print the interaction to next paint of every page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=slow.CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        print(f"{'Interaction to next paint, medians of ' + str(times):48}{'ms':>6}  longest at")
        for name, (path, act) in PAGES.items():
            visits = [heard for _visit in range(times) if (heard := visit(browser, root + path, act))]
            if visits:
                print(
                    f"{name:48}{statistics.median(duration for duration, _ in visits):>6.0f}  {visits[0][1]}",
                    flush=True,
                )
            else:
                print(f"{name:48}     -  not on this site", flush=True)
        opened = statistics.median(press_open(browser, root) for _visit in range(times))
        print(f"{'a section opened by a finger, not loaded ahead':48}{opened:>6.0f}")
        browser.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--root", help="a running site, as http://127.0.0.1:8000")
    options = parser.parse_args()
    if not Path(slow.CHROMIUM).exists():
        sys.exit(f"There is no {slow.CHROMIUM}: install Chromium, or set CHROME_PATH.")
    if options.root:
        measure(options.root.rstrip("/"), options.times)
        return
    with tempfile.TemporaryDirectory(prefix="careerguide-benchmark.") as name:
        port = servers.free_port()
        environment = site.prepare(Path(name)) | {"PORT": str(port)}
        with servers.serving(servers.granian("careerguide.wsgi:application", port), port, environment, processor="0,1"):
            measure(f"http://127.0.0.1:{port}", options.times)


if __name__ == "__main__":
    main()
