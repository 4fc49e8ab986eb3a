"""A publisher whose files are imported: all that the site must know of it, declared once.

An app gives its Publishers in its Extension (guides/registry/extension.py), as this one does in apps.py. The import
command, the list of imported data, the comparison with guides' figures, the credit and the source that a figure cites
all follow from that one object; none of them knows a publisher by name.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from guides import registry

from .faults import reading

if TYPE_CHECKING:
    from .models import Dataset, ImportedObservation
    from .progress import Progress
    from .storing import FileContent, Summary

SLUG = re.compile(r"[a-z][a-z0-9_]{0,19}")


@dataclass(frozen=True)
class Option:
    """What a file may not say of itself and is given by hand, such as `--period`; `read` gets it under that name."""

    name: str
    help: str
    # Whether it is said or not, and takes no value.
    is_flag: bool = False


@dataclass(frozen=True)
class CitedSource:
    """How a publisher names the source of a figure: `slug` tells it from others, `short_name` stands at the figure."""

    slug: str
    short_name: str
    title: str
    url: str
    note: str = ""


def _lacking(*args: Any, **options: Any) -> NoReturn:
    """Stands where a publisher has not said how; a Publisher that has it is refused before it is ever called."""
    raise NotImplementedError


@dataclass(frozen=True)
class Publisher:
    """One publisher's data. Whoever declares it must say all of the first group; nothing stands in for it.

    - `slug`: its short name, kept with every edition: `manage.py import_data <slug> FILE`.
    - `label`: what editors and readers call this data; `organisation`: who publishes it.
    - `credit`: the sentence that must stand wherever the data is shown, with `{edition}` in it.
    - `licence`: the licence in words; `licence_url`: where its terms stand.
    - `read`: reads a file, `read(path, progress, **options)`, and gives what it says. Raises ImportFault.
    - `cite`: gives the CitedSource of an ImportedObservation, for the figure that takes it over.

    The rest may be left out:
    - `store`: keeps what was read, `store(dataset, content, progress)`, and gives Summaries. Without it the
      observations are kept as figures to hold guides' figures against.
    - `credit_of_several`: the sentence where several editions are shown together.
    - `options`: what can be given by hand; `metavar`: what the command takes, FILE or FOLDER.
    - `quotes`: whether its figures repeat another publisher's, who then goes before it in the same year.
    - `edition_key`: sort key of editions, where a newer one takes the place of an older; without it they stand side by
      side.
    """

    slug: str = ""
    label: str | Promise = ""
    organisation: str = ""
    credit: str = ""
    licence: str = ""
    licence_url: str = ""
    read: "Callable[..., FileContent]" = _lacking
    cite: "Callable[[ImportedObservation], CitedSource]" = _lacking
    store: "Callable[[Dataset, Any, Progress], list[Summary]] | None" = None
    credit_of_several: str = ""
    options: Sequence[Option] = ()
    metavar: str = "FILE"
    quotes: bool = False
    edition_key: "Callable[[str], Any] | None" = None

    def __post_init__(self) -> None:
        needed = ("slug", "label", "organisation", "credit", "licence", "licence_url", "read", "cite")
        lacking = [name for name in needed if getattr(self, name) in ("", _lacking)]
        if lacking:
            raise ImproperlyConfigured(f"The publisher '{self.slug}' lacks: {', '.join(lacking)}.")
        if not SLUG.fullmatch(self.slug):
            raise ImproperlyConfigured(f"'{self.slug}' cannot name a publisher: take up to 20 of a-z, 0-9 and _.")
        if "{edition}" not in self.credit:
            raise ImproperlyConfigured(f"The credit of the publisher '{self.slug}' lacks its {{edition}}.")

    def credit_line(self, *editions: str) -> str:
        """Return the credit for an edition, or for several in one sentence, the newest first."""
        if len(editions) == 1:
            return self.credit.format(edition=editions[0])
        ordered = sorted(set(editions), key=self.edition_key, reverse=True)
        return (self.credit_of_several or self.credit).format(edition=get_text_list(ordered, _("and")))


def publishers() -> dict[str, Publisher]:
    """Every publisher that an app has declared, by its slug."""
    return {publisher.slug: publisher for publisher in registry.each("publishers")}


def choices() -> list[tuple[str, str | Promise]]:
    """Every publisher as a choice of a form. Called when it is needed, so that a new one costs no migration."""
    return [(publisher.slug, publisher.label) for publisher in publishers().values()]


def digest(path: Path) -> str:
    """Return the SHA-256 of a file. Raises ImportFault."""
    with reading(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def size(path: Path) -> int:
    """Return a file's size in bytes, for a progress bar. Raises ImportFault."""
    with reading(path):
        return path.stat().st_size
