"""What people call a job that official data has no title for, and the occupation that comes nearest, with the reason.

The list stands in informal_titles.toml and is ours: a reading of what O*NET says of each occupation.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

LIST = Path(__file__).with_name("informal_titles.toml")


@dataclass(frozen=True)
class InformalTitle:
    """A name for a job, the code of the occupation that is nearest to it, and why, as half a sentence.

    `has_code`: the occupation is that job under another name, and not only near it.
    """

    called: str
    code: str
    why: str
    has_code: bool = False

    def says(self, occupation: str) -> str:
        """What a reader is told who is led from this name to the occupation."""
        said = {"called": self.called, "occupation": occupation, "why": self.why}
        if self.has_code:
            return _("Official data counts this job under %(occupation)s: %(why)s.") % said
        return (
            _("Official data has no occupation of its own for it. Nearest, as we read it, is %(occupation)s: %(why)s.")
            % said
        )


@cache
def every() -> Sequence[InformalTitle]:
    """The whole list; the first code of a name is the nearest."""
    jobs = tomllib.loads(LIST.read_text(encoding="utf-8"))["job"]
    return [
        InformalTitle(called, job["code"], job["why"], job.get("has_code", False))
        for job in jobs
        for called in job["called"]
    ]


def by_code() -> Mapping[str, list[InformalTitle]]:
    """The list by the code of the occupation."""
    found: dict[str, list[InformalTitle]] = {}
    for job in every():
        found.setdefault(job.code, []).append(job)
    return found


def of(typed: str) -> list[InformalTitle]:
    """Return those of the list that are called what was typed."""
    said = typed.casefold().strip()
    return [job for job in every() if job.called.casefold() == said]
