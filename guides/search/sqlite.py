"""Search on SQLite: FTS5 tables that triggers keep in step with the tables of Passage, Name and Word.

A later migration that alters one of those tables must call `set_up` again: SQLite alters a table by making it
anew, and its triggers go with the old one.
"""

from collections.abc import Callable, Sequence

from .clauses import ORDER, Clause, column, render

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

# Names are searched by their words alone, and ordered by their own columns: no text of theirs is kept a second time.
NAMES = """
DROP TABLE IF EXISTS guides_name_fts;
CREATE VIRTUAL TABLE guides_name_fts USING fts5(stems, content='guides_name', content_rowid='id', columnsize=0,
  detail=full, tokenize="unicode61 remove_diacritics 0");
DROP TRIGGER IF EXISTS guides_name_added;
CREATE TRIGGER guides_name_added AFTER INSERT ON guides_name BEGIN
  INSERT INTO guides_name_fts(rowid, stems) VALUES (new.id, new.stems); END;
DROP TRIGGER IF EXISTS guides_name_gone;
CREATE TRIGGER guides_name_gone AFTER DELETE ON guides_name BEGIN
  INSERT INTO guides_name_fts(guides_name_fts, rowid, stems) VALUES ('delete', old.id, old.stems); END
"""


def set_up(execute: Callable[[str], None]) -> None:
    """Make the indexes, in place of any before, by calling `execute` with one statement after another."""
    for statement in STATEMENTS.strip().split(";\n"):
        execute(statement)


def set_up_names(execute: Callable[[str], None]) -> None:
    """Make the index of names, in place of any before."""
    for statement in NAMES.strip().split(";\n"):
        execute(statement)


def _match(clauses: Sequence[Clause]) -> str:
    return render(clauses, lambda phrase: '"{}"'.format(" ".join(phrase)), " AND ", " OR ")


def passages(clauses: Sequence[Clause], limit: int, titles_only: bool = False) -> list[int]:
    """Return the primary keys of the best passages for `clauses`; see engines.py."""
    match = _match(clauses)
    if titles_only:
        match = f"title_stems : ({match})"
    sql = (
        f"SELECT rowid FROM guides_passage_fts WHERE guides_passage_fts MATCH %s "  # noqa: S608
        f"ORDER BY bm25(guides_passage_fts, {WEIGHTS}), rowid LIMIT %s"
    )
    return column(sql, [match, limit])


def names(clauses: Sequence[Clause], limit: int) -> list[int]:
    """Return the primary keys of the shortest names for `clauses`; see engines.py."""
    sql = (
        f"SELECT id FROM guides_name_fts CROSS JOIN guides_name ON id = guides_name_fts.rowid "  # noqa: S608
        f"WHERE guides_name_fts MATCH %s {ORDER}"
    )
    return column(sql, [_match(clauses), limit])


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
    sql = (
        "SELECT word FROM guides_word WHERE word GLOB %s AND word <> %s "
        "ORDER BY names DESC, entries DESC, word LIMIT %s"
    )
    return column(sql, [f"{start}*", start, limit])
