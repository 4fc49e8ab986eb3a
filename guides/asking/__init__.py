"""Asking in one's own words: the answer is made of what guides and official data say, or says that they do not.

From a question (`questions.py`, with `intents.toml` and `lexicon.toml`) to what it is about (`subjects.py`), to the
passages that answer (`guide_passages.py`, `occupation_passages.py`, `ranking.py`), or none. No model, nothing kept.
"""
