"""Search on PostgreSQL: generated tsvector columns beside each Passage, pg_trgm over each Word."""

from collections.abc import Callable, Sequence

from .clauses import ORDER, Clause, column, render

# How much a match weighs in D, C (not used), context and title: the same proportions as in sqlite.py.
WEIGHTS = "{0, 0, 0.2, 1}"

# Everything a passage holds is cut to stems already, so 'simple' only takes the words apart. `document` is what is
# looked through. `headline` is what is ranked by, short enough to stand in the row itself: reading thousands of whole
# documents to rank them would take longer than all the rest. `titles` answers what stands in many titles.
STATEMENTS = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;
ALTER TABLE guides_passage ADD COLUMN IF NOT EXISTS document tsvector GENERATED ALWAYS AS (
  to_tsvector('simple', title_stems) || to_tsvector('simple', context_stems) || to_tsvector('simple', text_stems)
) STORED;
ALTER TABLE guides_passage ADD COLUMN IF NOT EXISTS headline tsvector GENERATED ALWAYS AS (
  setweight(to_tsvector('simple', title_stems), 'A') || setweight(to_tsvector('simple', context_stems), 'B')) STORED;
ALTER TABLE guides_passage ADD COLUMN IF NOT EXISTS titles tsvector GENERATED ALWAYS AS (
  to_tsvector('simple', title_stems)) STORED;
CREATE INDEX IF NOT EXISTS guides_passage_document ON guides_passage USING gin (document);
CREATE INDEX IF NOT EXISTS guides_passage_titles ON guides_passage USING gin (titles);
CREATE INDEX IF NOT EXISTS guides_word_trigrams ON guides_word USING gin (word gin_trgm_ops)
"""

NAMES = """
CREATE INDEX IF NOT EXISTS guides_name_stems ON guides_name USING gin (to_tsvector('simple', stems))
"""


def set_up(execute: Callable[[str], None]) -> None:
    """Make the indexes by calling `execute` with one statement after another."""
    for statement in STATEMENTS.strip().split(";\n"):
        execute(statement)


def set_up_names(execute: Callable[[str], None]) -> None:
    """Make the index of names."""
    execute(NAMES)


def _match(clauses: Sequence[Clause]) -> str:
    return render(clauses, lambda phrase: " <-> ".join(f"'{stem}'" for stem in phrase), " & ", " | ")


def passages(clauses: Sequence[Clause], limit: int, titles_only: bool = False) -> list[int]:
    """Return the primary keys of the best passages for `clauses`; see engines.py."""
    searched = "titles" if titles_only else "document"
    sql = (
        f"SELECT id FROM guides_passage, to_tsquery('simple', %s) AS query WHERE {searched} @@ query "  # noqa: S608
        "ORDER BY ts_rank(%s, headline, query) DESC, id LIMIT %s"
    )
    return column(sql, [_match(clauses), WEIGHTS, limit])


def names(clauses: Sequence[Clause], limit: int) -> list[int]:
    """Return the primary keys of the shortest names for `clauses`; see engines.py."""
    sql = f"SELECT id FROM guides_name WHERE to_tsvector('simple', stems) @@ to_tsquery('simple', %s) {ORDER}"  # noqa: S608
    return column(sql, [_match(clauses), limit])


def near(word: str, limit: int) -> list[str]:
    """Return known words like `word`, the closest first; see engines.py."""
    sql = "SELECT word FROM guides_word WHERE word %% %s ORDER BY similarity(word, %s) DESC, word LIMIT %s"
    return column(sql, [word, word, limit])


def starting(start: str, limit: int) -> list[str]:
    """Return known words that begin with `start`; see engines.py."""
    sql = (
        "SELECT word FROM guides_word WHERE word LIKE %s AND word <> %s "
        "ORDER BY names DESC, entries DESC, word LIMIT %s"
    )
    return column(sql, [f"{start}%", start, limit])
