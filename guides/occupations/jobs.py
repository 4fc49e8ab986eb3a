"""What the clock does for the occupations' pages."""

from guides.registry.jobs import Job

JOBS: list[Job] = []
