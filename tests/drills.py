"""The drills of docs/hosting.md: the commands that stand there, and the site that was lost."""

import re
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

from . import factories

ROOT = Path(__file__).parent.parent
KEY = "a key that nobody guesses"


def newest_backup(folder: Path, settings: Any) -> Path:
    """An encrypted backup of a site with a guide of its own."""
    settings.BACKUP_KEY, settings.DATA_DIR = KEY, folder / "lost"
    factories.make_guide()
    call_command("backup", str(folder / "newest.backup"), stdout=StringIO())
    return folder / "newest.backup"


def commands(beginning: str) -> list[str]:
    """The command lines of the block that follows the paragraph which holds `beginning`."""
    text = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
    block = re.search(r"\n\n((?: {4}.*\n)+)", text[text.index(beginning) :])
    assert block, beginning
    return [line.strip() for line in block[1].splitlines()]
