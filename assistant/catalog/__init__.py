"""The semantic layer over one document: which names stand for which rows, columns, units and sentences.

Built from the warehouse and data/dictionary/, not from code. A *link* is one thing that a name in a question may
stand for; the figures themselves stay in the warehouse.
"""

from assistant.catalog.build import catalog_of, load_catalog
from assistant.catalog.dated import dated_links, dated_names
from assistant.catalog.surfaces import official_names
from assistant.catalog.types import CLASSIFICATIONS, MISSPELT, Column, DocumentCatalog, Link, Row, Table

__all__ = [
    "CLASSIFICATIONS", "MISSPELT", "Column", "DocumentCatalog", "Link", "Row", "Table", "catalog_of", "dated_links",
    "dated_names", "load_catalog", "official_names",
]  # fmt: skip
