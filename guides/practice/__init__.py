"""Practicing an interview: sessions of five of a guide's questions, and what is counted in an answer."""
