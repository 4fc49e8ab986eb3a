"""Asking in one's own words: the answer is made of what guides and official data say, or says that they do not.

From a question (`questions.py` and `likeness.py`, with `intents.toml`, `asked.toml` and `lexicon.toml`) to what it is
about (`subjects.py`), to the passages that come nearest (`guide_passages.py`, `occupation_passages.py`, `ranking.py`),
to whether they answer (`evidence.py`). No model, nothing kept.
"""
