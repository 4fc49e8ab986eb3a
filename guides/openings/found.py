"""What a reader found in a feed, as the feed says it: nothing of it is checked or understood yet."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class FoundPosting:
    """One posting in a feed's own words, HTML and all; '' stands for what the feed does not say.

    `guid` is what the feed knows it by, `posted` and `closes` are days as it writes them. Pay is either one text, or
    two sums with what they are for; `is_pay_withheld` where the feed has a place for it and says that it is not shown.
    `latitude` and `longitude` are degrees. `text` is all that it says of the job.
    """

    title: str
    address: str
    guid: str = ""
    employer: str = ""
    department: str = ""
    place: str = ""
    state: str = ""
    country: str = ""
    latitude: str = ""
    longitude: str = ""
    remote: str = ""
    hours: str = ""
    pay: str = ""
    is_pay_withheld: bool = False
    posted: str = ""
    closes: str = ""
    text: str = ""


@dataclass(frozen=True)
class FeedContent:
    """What one document of a feed holds: its postings, and the addresses of pages with one more posting each."""

    postings: Sequence[FoundPosting]
    more: Sequence[str] = field(default_factory=tuple)


class Unreadable(Exception):
    """A document that cannot be read as the form it seems to have; says in a sentence why."""
