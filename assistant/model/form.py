"""The form in which a model writes what a question asks: flat and short, since deep typed JSON is beyond small models.

``queries`` turns it into the query algebra. What is not of this form is told in Chinese, so that a model can repair it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

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
    return value if isinstance(value, list | tuple) else (value,)


def _as_text(value: Any) -> Any:
    """A code that was written as a number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Text = Annotated[str, BeforeValidator(_as_text), Field(max_length=_MOST_TEXT)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_listed), Field(max_length=_MOST_ITEMS)]
Place = Annotated[int, Field(ge=1, le=100)]
Bound = Annotated[Decimal, Field(gt=-(10**16), lt=10**16)]


class _Form(BaseModel):
    # what a model adds beside is no harm: nothing reads it
    model_config = ConfigDict(frozen=True, extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def _written(cls, data: Any) -> Any:
        """Without the fields that are left blank."""
        return {k: v for k, v in data.items() if v is not None and v != ""} if isinstance(data, dict) else data


class Where(_Form):
    """One condition on rows: numbers as the question has them, another item's figure, or a text in the name."""

    cmp: Literal["gt", "ge", "lt", "le", "eq", "ne", "range"] = "gt"
    value: Annotated[tuple[Bound, ...], BeforeValidator(_listed), Field(max_length=2)] = ()
    unit: Text | None = None
    than: Text | None = None
    starts: Text | None = None
    holds: Text | None = None


class FlatAsk(_Form):
    """One thing asked. Names that point at one figure together stand in one item, parted by ``/``.

    ``said``: the words of the question that a name stands for, where they differ. ``q``: the stretch that asks this.
    """

    op: Operation
    items: Texts = ()
    of: Text | None = None
    rows: RowKind | None = None
    within: Text | None = None
    where: Annotated[tuple[Where, ...], BeforeValidator(_listed), Field(max_length=4)] = ()
    except_: Annotated[Texts, Field(alias="except")] = ()
    k: Place | None = None
    places: Annotated[tuple[Place, ...], BeforeValidator(_listed)] = ()
    asc: bool = False
    by: Literal["value", "change"] | None = None
    last: bool = False
    counted: Text | None = None
    why: bool = False
    side: Side | None = None
    intent: Intent | None = None
    said: dict[str, str] = {}
    q: Text | None = None


class FlatReading(_Form):
    """All that a question asks; nothing where a model can't read it."""

    asks: Annotated[tuple[FlatAsk, ...], BeforeValidator(_listed), Field(max_length=MOST_ASKS)] = ()


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
