"""The reader of Containerfiles reads what it knows as a builder does, and refuses the rest."""

import pytest

from .containerfile import Ignored, Unknown, read

FROM = "FROM debian:bookworm\n"


def test_steps_are_done_as_who_and_where_the_lines_before_them_say():
    file = read(
        "# What it is\n" + FROM + "ENV A=1 B='two words'\nWORKDIR /opt\nRUN one && \\\n    # between\n    two $A\n"
        "WORKDIR site\nUSER 7:8\nCOPY . .\nENV A=3\n"
        'HEALTHCHECK --interval=1m --retries=2 CMD ["ask", "it"]\nCMD ["serve"]\n'
    )
    run, copy = file.steps
    assert (run.arguments, run.folder, run.user) == (["/bin/sh", "-c", "one && two $A"], "/opt", "root")
    assert run.environment == {"A": "1", "B": "two words"}
    assert (copy.arguments, copy.folder, copy.user) == ([".", "."], "/opt/site", "7:8")
    assert (file.environment["A"], file.command, file.folder) == ("3", ["serve"], "/opt/site")
    assert file.health
    assert (file.health.command, file.health.interval, file.health.retries) == (["ask", "it"], 60, 2)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "RUN true",
        "# syntax=docker/dockerfile:1\nFROM debian:bookworm",
        f"{FROM}ADD . .",
        f"{FROM}ARG A=1",
        f"{FROM}COPY --from=other a b",
        f"{FROM}COPY a b c",
        f"{FROM}RUN --mount=type=cache true",
        f"{FROM}RUN cat <<END",
        f"{FROM}ENV A 1",
        f"{FROM}ENV A=$B",
        f"{FROM}CMD serve",
        f"{FROM}HEALTHCHECK NONE",
        f"{FROM}HEALTHCHECK --every=3s CMD ask",
        f"{FROM}FROM debian:bookworm",
        f"{FROM}RUN true \\",
        "FROM debian:bookworm AS first",
    ],
)
def test_what_it_does_not_know_is_refused(text):
    with pytest.raises(Unknown):
        read(text)


def test_the_last_line_that_fits_says_what_stays_out():
    ignored = Ignored("*\n!one\n**/__pycache__\n")
    assert [path for path in ("one/a.py", "one/two/__pycache__/a.pyc", "two/one", ".env") if path in ignored] == [
        "one/two/__pycache__/a.pyc",
        "two/one",
        ".env",
    ]
    with pytest.raises(Unknown):
        Ignored("a?\n")
