"""Interviews: the questions, a sheet to print, and practice."""
