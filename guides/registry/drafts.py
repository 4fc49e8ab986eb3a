"""What editors saved beside guides and readers do not see yet: an app says in its Extension what waits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Draft:
    """Something that was saved: its name, the address of its page, who saved it and when.

    `note` is what was said of it; `is_submitted` says that it waits for a reviewer, `review_note` what one answered.
    """

    name: str
    url: str
    author: Any
    saved_at: datetime
    note: str = ""
    is_submitted: bool = False
    review_note: str = ""
