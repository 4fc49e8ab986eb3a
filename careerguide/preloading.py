"""All templates, loaded before somebody needs them.

An upgrade changes the project's files while workers go on serving with the code that they have. One that read a
template for the first time then would have the next release's, with tags that its code lacks. So each worker loads all
of them once: not when it starts, since readers wait for it, but soon after.
"""

import logging
import threading
import time
from pathlib import Path
from typing import cast

from django.template import engines
from django.template.backends.django import DjangoTemplates

log = logging.getLogger(__name__)

# Seconds: by then a worker that has just started has answered those who waited for it.
AFTER = 20.0
# Between two templates, so that readers are hardly held up.
PAUSE = 0.01


def start_in_server() -> None:
    """Load them soon, beside what this process does for readers."""
    threading.Thread(target=_load_soon, name="preloading", daemon=True).start()


def _load_soon() -> None:
    time.sleep(AFTER)
    load_templates(PAUSE)


def load_templates(pause: float = 0.0) -> int:
    """Load every template of the project, which Django then keeps; return how many there are."""
    backend, count = cast(DjangoTemplates, engines["django"]), 0
    for folder in map(Path, backend.engine.dirs):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                try:
                    backend.get_template(str(path.relative_to(folder)))
                except Exception:  # whoever asks for that page is told
                    log.exception("The template %s cannot be loaded", path)
                count += 1
                time.sleep(pause)
    return count
