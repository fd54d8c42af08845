"""The form in which a model writes what a question asks: flat and short, since deep typed JSON is beyond small models.

``queries`` turns it into the query algebra. What is not of this form is told in Chinese, so that a model can repair it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from assistant.query import Intent, RowKind, Side

Operation = Literal[
    "value", "exists", "list", "rank", "sum", "mean", "count", "share", "change", "difference", "ratio", "say"
]  # fmt: skip
MOST_ASKS: Final = 6
_MOST_ITEMS: Final = 12
_MOST_TEXT: Final = 80
_MOST_ERRORS: Final = 4


def _listed(value: Any) -> Any:
    """One thing where several may stand."""
    if value is None or value == "":
        return ()
    return value if isinstance(value, list | tuple) else (value,)


def _as_text(value: Any) -> Any:
    """A code that was written as a number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _blank(value: Any) -> Any:
    return None if value == "" else value


Text = Annotated[str, BeforeValidator(_as_text), Field(max_length=_MOST_TEXT)]
Optional = Annotated[Text | None, BeforeValidator(_blank)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_listed), Field(max_length=_MOST_ITEMS)]
Place = Annotated[int, Field(ge=1, le=100)]


class _Form(BaseModel):
    # what a model adds beside is no harm: nothing reads it
    model_config = ConfigDict(frozen=True, extra="ignore")


class Where(_Form):
    """One condition on rows: numbers as the question has them, another item's figure, or a text in the name."""

    cmp: Literal["gt", "ge", "lt", "le", "eq", "ne", "range"] = "gt"
    value: Annotated[tuple[Decimal, ...], BeforeValidator(_listed), Field(max_length=2)] = ()
    unit: Optional = None
    than: Optional = None
    starts: Optional = None
    holds: Optional = None


class FlatAsk(_Form):
    """One thing asked. Names that point at one figure together stand in one item, parted by ``/``.

    ``said``: the words of the question that a name stands for, where they differ. ``q``: the stretch that asks this.
    """

    op: Operation
    items: Texts = ()
    of: Optional = None
    rows: Annotated[RowKind | None, BeforeValidator(_blank)] = None
    within: Optional = None
    where: Annotated[tuple[Where, ...], BeforeValidator(_listed), Field(max_length=4)] = ()
    except_: Annotated[Texts, Field(alias="except")] = ()
    k: Place | None = None
    places: Annotated[tuple[Place, ...], BeforeValidator(_listed)] = ()
    asc: bool = False
    by: Annotated[Literal["value", "change"] | None, BeforeValidator(_blank)] = None
    last: bool = False
    counted: Optional = None
    why: bool = False
    side: Annotated[Side | None, BeforeValidator(_blank)] = None
    intent: Annotated[Intent | None, BeforeValidator(_blank)] = None
    said: dict[str, str] = {}
    q: Optional = None


class FlatReading(_Form):
    """All that a question asks; nothing where a model can't read it."""

    asks: Annotated[tuple[FlatAsk, ...], BeforeValidator(_listed), Field(max_length=MOST_ASKS)]


class FormBroken(ValueError):
    """What a model wrote is not of the form; says where."""


def reading_of(data: dict[str, Any]) -> FlatReading:
    """What a model wrote, typed. Raises FormBroken."""
    try:
        return FlatReading.model_validate(data)
    except ValidationError as error:
        told = (f"{'.'.join(map(str, e['loc']))}：{_told(e)}" for e in error.errors()[:_MOST_ERRORS])
        raise FormBroken("；".join(told)) from error


def _told(error: Any) -> str:
    allowed = (error.get("ctx") or {}).get("expected")
    return f"只能是 {allowed}" if allowed else f"不合格式（{error['type']}）"
