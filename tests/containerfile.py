"""A Containerfile read into what a builder would do: an honest part of its language, for deploy/Containerfile alone.

What is not known here, or would need a builder's own variables, is refused and never passed over: a test that runs the
steps must not leave one out.
"""

import json
import os
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

# Only RUN leaves its variables to a shell.
EXPANDED = {"FROM", "WORKDIR", "COPY", "ENV", "USER", "VOLUME", "EXPOSE", "STOPSIGNAL"}
UNITS = {"s": 1, "m": 60, "h": 3600}


class Unknown(ValueError):
    """An instruction, or a form of one, that is not known here."""


@dataclass(frozen=True)
class Step:
    """Something to do while the image is built: a command to run, or what to copy (from, to)."""

    word: str
    arguments: list[str]
    folder: str
    user: str
    environment: dict[str, str]


@dataclass(frozen=True)
class Health:
    """How the container's health is asked: the command, and seconds between, for, and before its answers count."""

    command: list[str]
    interval: float = 30
    timeout: float = 30
    start_period: float = 0
    retries: float = 3


@dataclass
class Containerfile:
    """What the file says: the steps in their order, and how a container is run."""

    base: str = ""
    steps: list[Step] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)
    folder: str = "/"
    user: str = "root"
    volumes: list[str] = field(default_factory=list)
    ports: list[str] = field(default_factory=list)
    signal: str = "SIGTERM"
    health: Health | None = None
    entrypoint: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)

    def take(self, word: str, text: str) -> None:
        """Do what one instruction says."""
        if not self.base and word != "FROM":
            raise Unknown(f"{word} before FROM")
        if word in EXPANDED and "$" in text:
            raise Unknown(f"{word} with a variable: {text}")
        if word != "HEALTHCHECK" and text.startswith("--"):
            raise Unknown(f"{word} with an option: {text}")
        match word:
            case "FROM":
                if self.base:
                    raise Unknown("a second FROM")
                (self.base,) = _words(word, text, 1)
            case "RUN" | "COPY":
                arguments = _command(text) if word == "RUN" else _words(word, text, 2)
                self.steps.append(Step(word, arguments, self.folder, self.user, dict(self.environment)))
            case "ENV":
                pairs = [pair.partition("=") for pair in shlex.split(text)]
                if not all(name and equals for name, equals, _value in pairs):
                    raise Unknown(f"ENV without a sign of equality: {text}")
                self.environment |= {name: value for name, _equals, value in pairs}
            case "WORKDIR":
                self.folder = str(PurePosixPath(self.folder) / _words(word, text, 1)[0])
            case "USER":
                (self.user,) = _words(word, text, 1)
            case "VOLUME":
                self.volumes += json.loads(text) if text.startswith("[") else text.split()
            case "EXPOSE":
                self.ports += text.split()
            case "STOPSIGNAL":
                (self.signal,) = _words(word, text, 1)
            case "HEALTHCHECK":
                self.health = _health(text)
            case "ENTRYPOINT" | "CMD":
                # A shell between would keep signals to itself.
                if not text.startswith("["):
                    raise Unknown(f"{word} as a line of the shell: {text}")
                setattr(self, "entrypoint" if word == "ENTRYPOINT" else "command", json.loads(text))
            case _:
                raise Unknown(word)


def read(text: str) -> Containerfile:
    """Read the text of a Containerfile; raise Unknown where a builder would know more."""
    file = Containerfile()
    for line in _lines(text):
        word, _space, rest = line.partition(" ")
        file.take(word.upper(), rest.strip())
    if not file.base:
        raise Unknown("no FROM")
    return file


def _lines(text: str) -> Iterator[str]:
    """The instructions: without comments, and with the lines that end in a backslash joined to the next."""
    joined = ""
    for line in map(str.strip, text.splitlines()):
        if re.match(r"#\s*(syntax|escape|check)\s*=", line):
            raise Unknown(f"a word to the builder: {line}")
        if not line or line.startswith("#"):
            continue
        if line.endswith("\\"):
            joined += line[:-1]
            continue
        if "<<" in (whole := joined + line):
            raise Unknown(f"a text within the file: {whole}")
        yield whole
        joined = ""
    if joined:
        raise Unknown(f"a line that does not end: {joined}")


def _words(word: str, text: str, count: int) -> list[str]:
    words = text.split()
    if len(words) != count or text.startswith("["):
        raise Unknown(f"{word} of another form: {text}")
    return words


def _command(text: str) -> list[str]:
    """The words of a command, which stand there as JSON or are a line of the shell."""
    return json.loads(text) if text.startswith("[") else ["/bin/sh", "-c", text]


def _health(text: str) -> Health:
    options, is_command, command = text.rpartition("CMD ")
    times: dict[str, float] = {}
    for option in options.split():
        match = re.fullmatch(r"--(interval|timeout|start-period|retries)=(\d+)([smh]?)", option)
        if not match or bool(match[3]) == (match[1] == "retries"):
            raise Unknown(f"HEALTHCHECK {option}")
        times[match[1].replace("-", "_")] = int(match[2]) * UNITS.get(match[3], 1)
    if not is_command:
        raise Unknown(f"HEALTHCHECK without a command: {text}")
    return Health(_command(command.strip()), **times)


class Ignored:
    """What .dockerignore keeps out of an image: the last line that fits a path, or a folder above it, decides."""

    def __init__(self, text: str) -> None:
        self.rules: list[tuple[re.Pattern[str], bool]] = []
        for line in map(str.strip, text.splitlines()):
            if not line or line.startswith("#"):
                continue
            pattern = line.removeprefix("!").strip("/")
            if re.search(r"[?\[\\]|\*\*(?!/)", pattern):
                raise Unknown(f".dockerignore: {line}")
            parts = re.split(r"(\*\*/|\*)", pattern)
            known = {"**/": "(?:.*/)?", "*": "[^/]*"}
            inside = "".join(known.get(part, re.escape(part)) for part in parts)
            self.rules.append((re.compile(f"{inside}(?:/.*)?"), not line.startswith("!")))

    def __contains__(self, path: str) -> bool:
        verdicts = [is_ignored for pattern, is_ignored in self.rules if pattern.fullmatch(path)]
        return verdicts[-1] if verdicts else False


def context(root: Path) -> list[Path]:
    """The files of the project that a builder is given, as paths below `root`."""
    ignored = Ignored((root / ".dockerignore").read_text(encoding="utf-8"))
    result = []
    for folder, folders, files in os.walk(root):
        below = Path(folder).relative_to(root)
        # No line lets something through in a folder that is itself kept out.
        folders[:] = [name for name in folders if str(below / name) not in ignored]
        result += [below / name for name in files if str(below / name) not in ignored]
    return sorted(result)
