"""Raw tables to clean tables: an ordered tuple of small passes, one concern a file."""

from __future__ import annotations

from functools import partial

from index.clean.beside import split_beside
from index.clean.blocks import stack_blocks
from index.clean.captions import find_caption, lines_above, title_from_heading, units_below
from index.clean.columns import assign_columns
from index.clean.draft import DraftPass, draft_tables, each, finish
from index.clean.forms import split_forms
from index.clean.headed import owners_from_headings
from index.clean.headers import find_headers
from index.clean.join_columns import join_columns
from index.clean.labels import complete_labels
from index.clean.languages import in_one_language
from index.clean.ledger_digits import join_digits
from index.clean.pages import drop_page_rows, join_pages
from index.clean.performance import split_performance
from index.clean.placing import printed_cells
from index.clean.recognise import recognise_kind
from index.clean.row_measures import name_row_measures
from index.clean.rows import read_rows
from index.clean.scale import scale_units
from index.clean.sides import split_sides
from index.clean.stacked import split_stacked
from index.clean.state import find_state
from index.clean.systems import assign_systems
from index.clean.table import CleanTable
from index.clean.tree import build_tree
from index.clean.unit_notes import units_from_notes
from index.clean.units import name_units
from index.clean.unstack import unstack_values
from index.document import Document
from index.prose import OutlinedParagraph


def passes(paragraphs: tuple[OutlinedParagraph, ...]) -> tuple[DraftPass, ...]:
    """From printed to clean, in this order."""
    return (
        each(in_one_language),
        each(drop_page_rows),
        lines_above,
        split_stacked,
        split_beside,
        units_below,
        each(find_caption),
        owners_from_headings,
        join_pages,
        each(title_from_heading),
        join_columns,
        each(join_digits),
        each(unstack_values),
        split_forms,
        each(find_headers),
        split_sides,
        each(stack_blocks),
        each(recognise_kind),
        split_performance,
        each(assign_columns),
        partial(units_from_notes, paragraphs=paragraphs),
        partial(scale_units, paragraphs=paragraphs),
        each(read_rows),
        each(name_row_measures),
        name_units,
        each(assign_systems),
        each(build_tree),
        complete_labels,
        each(find_state),
    )


def clean_tables(document: Document, paragraphs: tuple[OutlinedParagraph, ...]) -> tuple[CleanTable, ...]:
    """All tables of a document, in reading order."""
    drafts = draft_tables(document, paragraphs)
    for clean_pass in passes(paragraphs):
        drafts = clean_pass(drafts)
    printed = printed_cells(document)
    return tuple(finish(draft, number, printed) for number, draft in enumerate(drafts, start=1))
