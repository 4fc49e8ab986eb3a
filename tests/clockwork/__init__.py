"""An app with jobs that misbehave, for tests of the clock; it also makes the clock hurry.

A job says what it does by a line in the file JOBS_LOG, which all processes share.
"""
