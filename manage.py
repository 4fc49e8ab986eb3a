#!/usr/bin/env python
"""Django's command line for Careerguide."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerguide.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as fault:
        # A wrong setup is a sentence, not a trace.
        sys.exit(f"Not started. {fault}")
