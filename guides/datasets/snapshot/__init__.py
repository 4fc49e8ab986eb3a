"""The official snapshot: imported data as the project ships it, compact and complete with where it comes from.

`make_snapshot` writes what was imported into fixtures/official/, one file for each part that is loaded by itself, and a
manifest of them. The clock's job loads what a site does not have. `tables` says which rows belong to an edition;
`manifest` what is shipped; `making` and `loading` are the two ways.
"""

from .restoring import restored_tables

__all__ = ["restored_tables"]
