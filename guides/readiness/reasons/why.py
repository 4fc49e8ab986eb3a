"""What stands behind a sentence of a result."""

from dataclasses import dataclass, field

from guides.models import Source

from ..check import Answer


@dataclass(frozen=True)
class Ground:
    """What a part of a sentence rests on: a source, or our own estimate (None)."""

    of: str
    source: Source | None = None


@dataclass(frozen=True)
class Why:
    """The rule behind a sentence, the answers it looks at, and what it rests on, for the sentence on `subject`."""

    subject: str
    rules: list[str]
    answers: list[Answer] = field(default_factory=list)
    grounds: list[Ground] = field(default_factory=list)
