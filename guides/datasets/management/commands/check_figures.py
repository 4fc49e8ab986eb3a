"""Hold what readers see against imported data and review dates."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from guides.datasets.checking import PAST_REVIEW, SUPERSEDED, Finding, check_live_guides

COLUMNS = ("Guide", "Figure", "Says", "Period", "Source", "Finding")


class Command(BaseCommand):
    help = (
        "Check the figures of every live guide: exit 1 where one that readers see is contradicted by imported data "
        "or past its review date. Superseded observations are listed and are no failure."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="write every finding as JSON instead of a table")

    def handle(self, *args: Any, json: bool, **options: Any) -> None:
        findings = check_live_guides()
        failed = [finding for finding in findings if finding.failed]
        write = self.write_json if json else self.write_table
        write(findings, failed)
        if failed:
            sys.exit(1)

    def write_json(self, findings: list[Finding], failed: list[Finding]) -> None:
        """Write `{"failed": n, "checked": n, "findings": [...]}`."""
        plain = {"failed": len(failed), "checked": len(findings), "findings": [each.as_dict() for each in findings]}
        self.stdout.write(json.dumps(plain, ensure_ascii=False, indent=2))

    def write_table(self, findings: list[Finding], failed: list[Finding]) -> None:
        """Write what failed, then what is superseded, then the count of both and of the rest."""
        superseded = [finding for finding in findings if finding.state == SUPERSEDED]
        rows = [COLUMNS, *(row(finding) for finding in [*failed, *superseded])]
        widths = [max(len(cells[place]) for cells in rows) for place in range(len(COLUMNS))]
        if len(rows) > 1:
            for cells in rows:
                line = "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
                self.stdout.write(line.rstrip())
        stand = len(findings) - len(failed) - len(superseded)
        self.stdout.write(f"{len(failed)} failed, {stand} stand, {len(superseded)} superseded.")


def row(finding: Finding) -> tuple[str, ...]:
    """Return a finding's cells; long words are cut."""
    what = ", ".join(finding.problems) or finding.state
    if finding.problems and finding.newest and finding.problems[0] != PAST_REVIEW:
        what += f": {finding.newest} ({finding.newest_period})"
    says = finding.says if len(finding.says) <= 40 else f"{finding.says[:39]}…"
    return (finding.guide, finding.figure, says, finding.period, finding.source, what)
