"""Search on SQLite: FTS5 tables that triggers keep in step with the tables of Passage and Word.

A later migration that alters one of those two tables must call `set_up` again: SQLite alters a table by making it
anew, and its triggers go with the old one.
"""

from collections.abc import Callable, Sequence

from .clauses import Clause, column, render

# How much a match weighs in title, context and text; ranking.py weighs those found again.
WEIGHTS = "10.0, 2.0, 1.0"

# Spaces before and behind a word give its ends groups of their own, as pg_trgm has them.
STATEMENTS = """
DROP TABLE IF EXISTS guides_passage_fts;
CREATE VIRTUAL TABLE guides_passage_fts USING fts5(title_stems, context_stems, text_stems,
  content='guides_passage', content_rowid='id', tokenize="unicode61 remove_diacritics 0");
DROP TRIGGER IF EXISTS guides_passage_added;
CREATE TRIGGER guides_passage_added AFTER INSERT ON guides_passage BEGIN
  INSERT INTO guides_passage_fts(rowid, title_stems, context_stems, text_stems)
  VALUES (new.id, new.title_stems, new.context_stems, new.text_stems); END;
DROP TRIGGER IF EXISTS guides_passage_gone;
CREATE TRIGGER guides_passage_gone AFTER DELETE ON guides_passage BEGIN
  INSERT INTO guides_passage_fts(guides_passage_fts, rowid, title_stems, context_stems, text_stems)
  VALUES ('delete', old.id, old.title_stems, old.context_stems, old.text_stems); END;
DROP TABLE IF EXISTS guides_word_trigrams;
CREATE VIRTUAL TABLE guides_word_trigrams USING fts5(word, content='', tokenize='trigram');
DROP TRIGGER IF EXISTS guides_word_added;
CREATE TRIGGER guides_word_added AFTER INSERT ON guides_word BEGIN
  INSERT INTO guides_word_trigrams(rowid, word) VALUES (new.id, '  ' || new.word || ' '); END;
DROP TRIGGER IF EXISTS guides_word_gone;
CREATE TRIGGER guides_word_gone AFTER DELETE ON guides_word BEGIN
  INSERT INTO guides_word_trigrams(guides_word_trigrams, rowid, word)
  VALUES ('delete', old.id, '  ' || old.word || ' '); END
"""


def set_up(execute: Callable[[str], None]) -> None:
    """Make the indexes, in place of any before, by calling `execute` with one statement after another."""
    for statement in STATEMENTS.strip().split(";\n"):
        execute(statement)


def passages(clauses: Sequence[Clause], limit: int, titles_only: bool = False) -> list[int]:
    """Return the primary keys of the best passages for `clauses`; see engines.py."""
    match = render(clauses, lambda phrase: '"{}"'.format(" ".join(phrase)), " AND ", " OR ")
    if titles_only:
        match = f"title_stems : ({match})"
    sql = (
        f"SELECT rowid FROM guides_passage_fts WHERE guides_passage_fts MATCH %s "  # noqa: S608
        f"ORDER BY bm25(guides_passage_fts, {WEIGHTS}), rowid LIMIT %s"
    )
    return column(sql, [match, limit])


def near(word: str, limit: int) -> list[str]:
    """Return known words like `word`, the closest first; see engines.py."""
    padded = f"  {word} "
    groups = dict.fromkeys(padded[start : start + 3] for start in range(len(padded) - 2))
    match = " OR ".join(f'"{group}"' for group in groups)
    sql = (
        "SELECT guides_word.word FROM guides_word_trigrams JOIN guides_word ON guides_word.id = "
        "guides_word_trigrams.rowid WHERE guides_word_trigrams MATCH %s ORDER BY rank LIMIT %s"
    )
    return column(sql, [match, limit])


def starting(start: str, limit: int) -> list[str]:
    """Return known words that begin with `start`; see engines.py. GLOB, unlike LIKE, uses the column's index."""
    sql = "SELECT word FROM guides_word WHERE word GLOB %s AND word <> %s ORDER BY guides DESC, word LIMIT %s"
    return column(sql, [f"{start}*", start, limit])
