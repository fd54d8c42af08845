"""The report as one HTML file that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from assistant.checking.report import OUTCOMES, DocumentReport, held_percent

_FOLDER: Final = Path(__file__).parent


def render_page(reports: Sequence[DocumentReport], *, with_holding: bool, now: datetime) -> str:
    """The reports as a page; ``with_holding`` also lists what agrees."""
    return _template().render(
        reports=reports, outcomes=OUTCOMES, held_percent=held_percent, with_holding=with_holding, now=now
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.jinja")
