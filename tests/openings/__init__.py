"""Openings: readers of feeds, fetching, storing, naming, and what readers see."""
