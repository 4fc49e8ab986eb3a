"""What thirty nights of backups take with every guide and all occupations, and how long one takes to come back.

    python -m benchmarks.backups

The site is filled as a first start fills it, and by every job of the clock. Wanted: thirty backups in under 1 GB.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from . import site

NIGHTS, MOST_BYTES = 30, 1_000_000_000
KEY = "only for this benchmark's backups"


def main() -> None:
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    with tempfile.TemporaryDirectory(prefix="careerguide-benchmark.") as name:
        folder = Path(name)
        environment = site.environment_of(folder)
        for command in (["migrate"], ["load_release"], ["load_snapshot"], ["run_due"]):
            site.manage(environment, *command)
        plain = measure(environment, folder / "plain.backup")
        encrypted = measure(environment | {"BACKUP_KEY": KEY}, folder / "encrypted.backup")
        most = max(plain, encrypted) * NIGHTS
        print(f"{NIGHTS} nights: {most / 1e6:.0f} MB")
        if most > MOST_BYTES:
            sys.exit(f"More than {MOST_BYTES / 1e6:.0f} MB.")


def measure(environment: dict[str, str], file: Path) -> int:
    """Back up, verify and restore, say how long each takes, and return the bytes of the backup."""
    seconds = []
    for command in (["backup", str(file)], ["verify", str(file)], ["restore", "--yes", str(file)]):
        started = time.perf_counter()
        site.manage(environment, *command)
        seconds.append(time.perf_counter() - started)
    size = file.stat().st_size
    backed_up, verified, restored = (f"{each:.1f} s" for each in seconds)
    print(f"{file.name}: {size / 1e6:.1f} MB; backed up in {backed_up}, verified in {verified}, restored in {restored}")
    if "BACKUP_KEY" not in environment:
        # The official data comes again for the next one.
        site.manage(environment, "load_snapshot")
    return size


if __name__ == "__main__":
    main()
