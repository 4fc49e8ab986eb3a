#!/usr/bin/env python
"""Django's command line for Careerguide."""

import sys

from careerguide import startup

if __name__ == "__main__":
    with startup.in_one_sentence():
        try:
            from django.core.management import execute_from_command_line
        except ImportError:
            sys.exit("Django is not installed for this Python. Use .venv/bin/python, which `make run` makes.")
        startup.begin()
        execute_from_command_line(sys.argv)
