"""Printed pages, whatever file they stand in: characters and rules to tables and paragraphs."""

from index.convert.page.blocks import blocks_of
from index.convert.page.content import PageContent, read_page

__all__ = ["PageContent", "blocks_of", "read_page"]
