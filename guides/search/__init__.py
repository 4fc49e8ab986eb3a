"""Search: `find` answers what a person typed; `index` keeps what is searched in step with what is live.

Words are cut to their stems here, in Python, so both databases hold and match the same ones; what a database adds
is its full-text index over stems and its trigram index over words (sqlite.py, postgres.py).
"""
