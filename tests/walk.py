"""A walk through the site as readers make it: every link is followed, every form is filled in and sent, and so is
whatever the pages that come of it show, until nothing of a new shape is left.

Of addresses and forms that differ in their values alone a few are enough. Nothing here knows what the site holds.
"""

import re
from collections import Counter, deque
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

import lxml.html
from django.urls import Resolver404, resolve

from guides.plan.several import FIELD

from .crawl import LinkParser, is_html, own_addresses
from .filling import ANYTHING, FILLS, SIMPLE, Filler, files_for

# How many addresses of one shape are enough, without and with a query string.
LINKS_ALIKE = (2, 3)
# Forms after which there is no plan left to walk through, or less of it: they are sent last, in this order.
LAST = [
    re.compile(pattern)
    for pattern in [
        "/delete/$",
        "^/plan/(?:guides|applications)/.*/delete/$",
        "^/kept-pages/$",
        "^/plan/several/",
        "^/plan/leave/$",
        "^/plan/delete/$",
    ]
]
NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True)
class Visit:
    """One request and its answer. `sent` is what a form sent, None for a link; `origin` says where it stood.

    `by_script`: in a browser a script sends this form; `in_place`: so it was sent here, else as by a browser without.
    """

    address: str
    response: object
    origin: str
    method: str = "GET"
    sent: dict | None = None
    by_script: bool = False
    in_place: bool = False

    @property
    def status(self) -> int:
        return self.response.status_code

    def __str__(self) -> str:
        sent = "" if self.sent is None else f", sent {self.sent}"
        return f"{self.status} {self.method} {self.address}{sent}, from {self.origin}"


@dataclass(frozen=True)
class Task:
    """A form to be filled in, in one of the FILLS, and sent by the button with that number."""

    form: object
    page: str
    button: int
    fill: str
    shape: tuple
    # Whether the page can be loaded again, to have the form as it is now.
    again: bool


class Walk:
    """The walk of `client`: `visits` is all that it has seen, `accepted` says how often forms of each shape were.

    In a `short` one a form is filled in until it is accepted, and not in every way that there is.
    """

    def __init__(self, client, start="/", short=False):
        self.client, self.filler, self.short = client, Filler(), short
        self.visits, self.accepted = [], Counter()
        self._alike, self._known = Counter(), set()
        self._links, self._tasks = deque(), [deque() for _ in range(len(LAST) + 1)]
        self._noted = set()
        self._last_key = ""
        self._follow(start, "the start")
        while self._links or any(self._tasks):
            if self._links:
                self._follow(*self._links.popleft())
            else:
                self._send(next(filter(None, self._tasks)).popleft())

    @property
    def refused(self) -> list:
        """The shapes of forms of which none was accepted, however it was filled in."""
        return [shape for shape in self._noted if not self.accepted[shape]]

    def _follow(self, address, origin, **how):
        self._read(Visit(address, self.client.get(address), origin, **how))

    def _send(self, task):
        """Fill in a form and send it: as HTMX does where that has its hand in, once of the three ways."""
        if self.short and self.accepted[task.shape]:
            return
        form = self._as_it_is_now(task) if task.again and holds_what_was_seen(task.form) else task.form
        if form is None:
            return
        button = buttons_of(form)[task.button]
        data = self.filler.fill(form, task.fill)
        if FIELD in data:
            # A page from before the walk had a plan: one of another plan is refused, however it is filled in.
            data[FIELD] = ""
        if "key" in data and task.fill == SIMPLE:
            data["key"] = self._plan_key()
        if button.get("name"):
            data.appendlist(button.get("name"), button.get("value", ""))
        address = target_of(form, task.page, button)
        if form.method == "GET":
            visit = Visit(query := f"{address}?{data.urlencode()}", self.client.get(query), task.page, sent=dict(data))
        else:
            sent = {name: values[0] if len(values) == 1 else values for name, values in data.lists()}
            sent |= files_for(form, task.fill, lambda: self.client.get("/plan/plan.json").content)
            by_script = is_sent_by_script(form, button)
            in_place = by_script and task.fill == ANYTHING
            headers = {"HX-Request": "true"} if in_place else {"Accept": "text/html"}
            response = self.client.post(address, sent, headers=headers)
            visit = Visit(address, response, task.page, "POST", sent, by_script, in_place)
        self._read(visit)
        self.accepted[task.shape] += visit.status < 400 and not is_refusal(self.visits[-1])

    def _plan_key(self):
        """The key of the plan that the client has, or had before a public computer let go of it."""
        groups = re.findall(r'plan-key__group">([^<]+)<', self.client.get("/plan/link/").content.decode())
        self._last_key = "".join(groups) or self._last_key
        return self._last_key

    def _as_it_is_now(self, task):
        """Return the form as its page has it now; None where it is gone, or has no such button any more."""
        response = self.client.get(task.page)
        forms = forms_of(response) if is_html(response) else []
        target, words = target_of(task.form, task.page), list(map(word_of, buttons_of(task.form)))
        alike = [each for each in forms if list(map(word_of, buttons_of(each))) == words]
        same = [each for each in alike if target_of(each, task.page) == target]
        # A form that adds something has a new address each time.
        like = [each for each in alike if shape_of(target_of(each, task.page)) == task.shape[1]]
        return next(iter(same or like), None)

    def _read(self, visit):
        """Note the visit, and the links and forms of the page that it led to."""
        self.visits.append(visit)
        if location := visit.response.headers.get("Location") or visit.response.headers.get("HX-Redirect"):
            for address in own_addresses(visit.address, [location]):
                self._follow(address, str(visit), sent=visit.sent)
        elif is_html(visit.response) and visit.response.content.strip():
            links = LinkParser(visit.response.content.decode()).links["href"]
            for address in own_addresses(visit.address, [link for link in links if not link.startswith("#")]):
                self._note_link(address, visit.address)
                # Whoever cuts an address short comes to a page too.
                self._note_link(parent_of(address), visit.address)
            for form in forms_of(visit.response):
                self._note_form(form, visit)

    def _note_link(self, address, origin):
        shape = shape_of(address)
        if address not in self._known and self._alike[shape] < LINKS_ALIKE["?" in address]:
            self._known.add(address)
            self._alike[shape] += 1
            self._links.append((address, origin))

    def _note_form(self, form, visit):
        """Note the form for later, once for each of its buttons and each way to fill it in."""
        target = target_of(form, visit.address)
        if target.startswith("/admin/"):
            return
        last = [place for place, pattern in enumerate(LAST, 1) if pattern.search(target)]
        for number, button in enumerate(buttons_of(form)):
            shape = (*shape_of_form(form, visit.address), word_of(button))
            # The first button is what the form is for.
            ways = FILLS if number == 0 else (SIMPLE, ANYTHING)
            for fill in ways if has_fields(form) else [SIMPLE]:
                if (shape, fill) not in self._known:
                    self._known.add((shape, fill))
                    self._noted.add(shape)
                    again = visit.method == "GET"
                    self._tasks[max(last, default=0)].append(Task(form, visit.address, number, fill, shape, again))


def is_refusal(visit) -> bool:
    """Whether the page that the visit led to says what to mend in the form."""
    return is_html(visit.response) and b"data-error-summary" in visit.response.content


def forms_of(response) -> list:
    """The forms of a page, or of a part of one."""
    return lxml.html.document_fromstring(response.content.decode()).forms


def buttons_of(form) -> list:
    """The buttons that send the form."""
    return form.xpath(".//button[not(@type) or @type='submit'] | .//input[@type='submit']")


def word_of(button) -> str:
    """What the button does, without the numbers and names that it does it to."""
    return f"{button.get('name') or ''}={NUMBERS.sub('', button.get('value') or '').split(' ')[0]}"


def has_fields(form) -> bool:
    """Whether the form has anything for a person to fill in."""
    kinds = {each.get("type", each.tag) for each in form.iter("input", "textarea", "select")}
    return bool(kinds - {"hidden", "submit", "button"})


def holds_what_was_seen(form) -> bool:
    """Whether the form says what the person saw: an old one is refused."""
    return any(name == "fingerprint" or name.startswith("was-") for name in form.inputs.keys())  # noqa: SIM118


def is_sent_by_script(form, button) -> bool:
    """Whether HTMX or a script of ours sends it, so that the page stays."""
    return button.get("data-download") is not None or any(each.get("data-hx-post") for each in (form, button))


def target_of(form, page, button=None) -> str:
    """The address that the form is sent to."""
    action = button.get("formaction") if button is not None else None
    return own_addresses(page, [action or form.get("action") or page])[0]


def parent_of(address) -> str:
    """The address of the folder above."""
    return urlsplit(address).path.rstrip("/").rpartition("/")[0] + "/"


def shape_of(address) -> tuple:
    """What addresses share that differ in guide, in random names and in the values of their query alone."""
    parts = urlsplit(address)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return (parts.path,)
    kinds = tuple(
        sorted((name, value) for name, value in match.kwargs.items() if name not in {"guide", "slug", "state", "item"})
    )
    return match.view_name, kinds, tuple(sorted(dict(parse_qsl(parts.query, keep_blank_values=True))))


def shape_of_form(form, page) -> tuple:
    """What forms share that differ in values, and in how many entries of one kind they hold."""
    # A name with a dot is of a part that may be there many times, or not at all.
    names = tuple(sorted({name for name in form.xpath(".//*[not(@type='hidden')]/@name") if "." not in name}))
    return form.method, shape_of(target_of(form, page)), names
