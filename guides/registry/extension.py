"""The one point where an app extends the site: an Extension, added in the app's `AppConfig.ready`.

    def ready(self):
        registry.add(Extension("recipes", kinds=[Kind("recipe", _("a recipe"))], tools=[...], urls="recipes.urls"))

Whoever shows, loads, searches or guards something walks what is registered here and knows no app by name.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

from . import content_models as content_registry
from . import groups
from . import jobs as job_registry
from . import kinds as kind_registry
from . import search_sources as search_registry
from . import tools as tool_registry
from .content_models import ContentModel
from .drafts import Draft
from .jobs import Job
from .kinds import Kind
from .overview import Part
from .search_sources import SearchSource
from .tools import SiteTool, Tool


@dataclass(frozen=True)
class Action:
    """Something a reader may do next: what it is called, where it leads, and why, in a sentence."""

    name: str | Promise
    url: str
    why: str | Promise = ""


@dataclass(frozen=True)
class Warning:
    """Something that waits for editors, on their front page: what it is, and where to mend it."""

    text: str | Promise
    url: str


@dataclass(frozen=True)
class Counter:
    """A number that a host may want to watch: its name for a monitor, what it counts, and whether it wants somebody."""

    name: str
    label: str | Promise
    value: int
    is_bad: bool = False


@dataclass(frozen=True)
class ShownSkill:
    """A skill of a guide that a text shows, and the words that show it."""

    name: str
    evidence: str


@dataclass(frozen=True)
class ShownSkills:
    """The skills of a guide that a text shows, and the address of a form that begins with them."""

    skills: Sequence[ShownSkill]
    url: str


@dataclass(frozen=True)
class ComparedRow:
    """One row of the comparison's table: what it compares, for each career its title and what it says, and a note."""

    label: str | Promise
    texts: Sequence[tuple[str, str]]
    note: str = ""


@dataclass(frozen=True)
class Extension:
    """All that one app adds. `label` is the app's; everything else is optional.

    - `content_models`: models that hang from a guide (ContentModel), parents before children. Editors may change them.
    - `shared`: models of the site's own content beside guides, by label, with the fixture file that holds them. Each
      row is known by its `slug` and refers to no other row.
    - `live`: gives what readers see of `shared`, as FrozenContent (guides/models/edition.py), where it is not the rows.
    - `loaded`: called with a comment and whether readers are to see it, once such rows have been loaded or upgraded.
    - `edited`: names of further models of the app that editors may change; `rights`: what else they may do there.
    - `kinds`: kinds of section (Kind); each has a template `guides/kinds/<kind>.html`.
    - `tools`: tools of every guide (Tool); `urls` is the module of URLs that serves them, below `url_prefix`.
    - `site_tools`: tools that belong to no guide (SiteTool). The front page and the page of tools show both.
    - `search`: what search finds beside guides (SearchSource).
    - `plan_items`: what a plan can hold (guides.plan.item_types.ItemType).
    - `plan_keys`: what a key to a plan can be derived for (guides.plan.purposes.KeyPurpose).
    - `publishers`: whose files can be imported (guides.datasets.publisher.Publisher).
    - `feed_forms`: forms of feeds of openings (guides.openings.feed_forms.FeedForm).
    - `comparison`: gives ComparedRows of a list of Readings.
    - `compared`: gives Readings, by key, of careers that can be compared without a guide (Reading.is_guide).
    - `shown_skills`: gives ShownSkills for the Listing of a guide and a text of sentences on lines of their own.
    - `sitemap`: gives (address, moment of the last change or None) for pages that search engines should know.
    - `jobs`: what the clock does (guides.registry.jobs.Job).
    - `restored`: gives the names of database tables whose rows backups leave out, since a job fills them again by
      itself, or they last for an hour. No row of another table may refer to them.
    - `next_actions`: gives a guide's Actions, shown at its end.
    - `counters`: gives the Counters that whoever hosts the site may watch.
    - `warnings`: gives the Warnings for a user who is an editor.
    - `occupation_codes`: gives (code, title) of each occupation that can be chosen for a guide.
    - `drafts`: gives the Drafts (guides/registry/drafts.py) beside guides, for that page too.
    - `overview`: gives the Parts (guides/registry/overview.py) of a guide's page for editors: what the app holds of the
      guide, and what is missing.
    - `templates`: what stands at a place of a page, by the place: `guide_scripts`, `guide_actions`, `step`, `skill`,
      `pay` (behind official pay), `sources` (below a guide's sources), `guide_footer` (of a guide's pages),
      `occupation` (of an occupation's page), `occupation_actions` (of its first lines), `guides_list` (below the list
      of guides), `exercise_result` (of an item without a fault), `footer` (of every page), `privacy` (what the app
      keeps of readers), `new_guide` (on the editors' list of guides), `search_results` (above what search found),
      `search_instead` (in place of it, where it says anything), `typed` (above what a page says to `text` that was
      typed, where that page is no search),
      `interview_question` (what to do with a question, `asked`, of an interview),
      `nothing_found` (where search finds nothing), `openings` (above the list of openings), `packet` (beside the
      packet's button to print), `applications` (beside what logs an application in the plan),
      `application` (below the form of one).
    """

    label: str
    content_models: Sequence[ContentModel] = ()
    shared: Mapping[str, str] = field(default_factory=dict)
    live: Callable[[], Iterable[Any]] | None = None
    loaded: Callable[[str, bool], None] | None = None
    edited: Sequence[str] = ()
    rights: Sequence[str] = ()
    kinds: Sequence[Kind] = ()
    tools: Sequence[Tool] = ()
    site_tools: Sequence[SiteTool] = ()
    urls: str = ""
    url_prefix: str = ""
    search: Sequence[SearchSource] = ()
    plan_items: Sequence[Any] = ()
    plan_keys: Sequence[Any] = ()
    publishers: Sequence[Any] = ()
    feed_forms: Sequence[Any] = ()
    comparison: Callable[[list[Any]], Iterable[ComparedRow]] | None = None
    compared: Callable[[Sequence[str]], Mapping[str, Any]] | None = None
    shown_skills: Callable[[Any, str], ShownSkills] | None = None
    sitemap: Callable[[], Iterable[tuple[str, datetime | None]]] | None = None
    jobs: Sequence[Job] = ()
    restored: Callable[[], Iterable[str]] | None = None
    next_actions: Callable[[Any], Iterable[Action]] | None = None
    counters: Callable[[], Iterable[Counter]] | None = None
    warnings: Callable[[Any], Iterable[Warning]] | None = None
    occupation_codes: Callable[[], Iterable[tuple[str, str]]] | None = None
    drafts: Callable[[], Iterable[Draft]] | None = None
    overview: Callable[[Any], Iterable[Part]] | None = None
    templates: Mapping[str, str] = field(default_factory=dict)

    def editable_models(self) -> list[str]:
        """The names of the app's models that editors may change."""
        own = [label.partition(".") for label in (*(content.label for content in self.content_models), *self.shared)]
        return [*(name for app, _dot, name in own if app == self.label), *self.edited]


EXTENSIONS: dict[str, Extension] = {}
# What must be there once, and the name it has.
NAMES: dict[str, Callable[[Any], str]] = {
    "content_models": lambda content: content.label,
    "shared": lambda label: label,
    "kinds": lambda kind: kind.slug,
    "tools": lambda tool: tool.slug,
    "site_tools": lambda tool: tool.key,
    "search": lambda source: source.slug,
    "plan_items": lambda item_type: item_type.slug,
    "publishers": lambda publisher: publisher.slug,
    "feed_forms": lambda form: form.slug,
    "jobs": lambda job: job.name,
}


def add(extension: Extension) -> None:
    """Add what an app brings; what the same app had added before goes. Refuses names that another app has taken."""
    others = [other for label, other in EXTENSIONS.items() if label != extension.label]
    for what, name_of in NAMES.items():
        taken = {name_of(one) for other in others for one in getattr(other, what)}
        taken |= {kind.slug for kind in kind_registry.OWN} if what == "kinds" else set()
        for name in map(name_of, getattr(extension, what)):
            if name in taken:
                raise ImproperlyConfigured(f"'{name}' is taken already in {what}: choose another name.")
            taken.add(name)
    EXTENSIONS[extension.label] = extension
    _arrange()
    if edited := extension.editable_models():
        groups.connect(extension.label, edited, extension.rights)


def remove(label: str) -> None:
    """Take back all that the app of that label had added."""
    EXTENSIONS.pop(label, None)
    _arrange()


def each(name: str) -> list[Any]:
    """Everything that apps have registered under the field `name` of Extension, in the order they were added."""
    registered: list[Any] = []
    for extension in EXTENSIONS.values():
        value = getattr(extension, name)
        registered += [value] if callable(value) else (value or ())
    return registered


def _arrange() -> None:
    """Bring the registries up to date, in place: others hold on to them."""
    content_registry.CONTENT_MODELS[:] = [*content_registry.OWN, *each("content_models")]
    content_registry.SHARED.clear()
    content_registry.SHARED.update(content_registry.OWN_SHARED)
    for extension in EXTENSIONS.values():
        content_registry.SHARED.update(extension.shared)
    kind_registry.KINDS.clear()
    kind_registry.KINDS.update({kind.slug: kind for kind in [*kind_registry.OWN, *each("kinds")]})
    tool_registry.TOOLS.clear()
    tool_registry.TOOLS.update({tool.key: tool for tool in each("tools")})
    tool_registry.SITE_TOOLS.clear()
    tool_registry.SITE_TOOLS.update({tool.key: tool for tool in each("site_tools")})
    search_registry.SEARCH_SOURCES.clear()
    search_registry.SEARCH_SOURCES.update({source.slug: source for source in each("search")})
    job_registry.JOBS.clear()
    job_registry.JOBS.update({job.name: job for job in each("jobs")})
