"""The queries of queries.txt, and what search answers to them where the shipped guides and official data are loaded."""

from dataclasses import dataclass
from pathlib import Path

from guides.search.finding import find

# Pages of which test_queries.py asks what they say.
PAGES = [
    "/search/?q=teacher", "/search/?q=archivist+pay", "/search/?q=lawer", "/search/?q=bibliotecario",
    "/search/?q=25-9999", "/search/?q=screamer", "/search/?q=nurse+with+dogs", "/search/?q=library+technician",
    "/search/?q=jobs+that+pay+well+without+college", "/search/?q=jobs+that+pay+30+an+hour",
    "/search/?q=youtuber+salary", "/search/?q=nurse", "/search/?q=work+from+home",
    "/compare/?g=library-clerk&add=teacher", "/compare/?g=library-clerk&add=library+page",
    "/compare/?g=library-clerk&add=library+technician", "/compare/?g=library-clerk&add=zzzqqq",
]  # fmt: skip
TABLE = Path(__file__).with_name("queries.txt")
# Those by which nothing was tuned.
HELD_BACK = TABLE.with_name("held_back.txt")


@dataclass(frozen=True)
class Answer:
    """The best answer: the key of its entry ('-' for none), its section, else its kind, and whether it is the entry."""

    key: str
    section: str = ""
    is_entry: bool = False
    address: str = ""


def table(path=TABLE):
    """Yield a query, the keys of which any is right ('-' for none), and the sections of which any is."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            query, keys, sections = (part.strip() for part in line.split("|"))
            yield query, keys.split(), sections.split()


def answer(query):
    """The Answer to a query."""
    results = find(query)
    if results.lists:
        return Answer(results.lists[0][1], is_entry=True)
    if not results.found:
        return Answer("-")
    entry, hits = results.found[0]
    best = hits[0].passage
    return Answer(entry.key, best.section or str(best.kind), best.is_entry, best.address)


def ask(path=TABLE):
    """Ask every query of a table."""
    return {query: answer(query) for query, _keys, _sections in table(path)}


def wrong(answers, path=TABLE):
    """Return the queries of a table whose best answer is not a right one, with that."""
    return {
        query: answers[query]
        for query, keys, sections in table(path)
        if answers[query].key not in keys
        or not (answers[query].section in sections if sections else answers[query].is_entry)
        if (keys, answers[query].key) != (["-"], "-")
    }
