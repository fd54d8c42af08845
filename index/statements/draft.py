"""A statement while it is being read."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from index.money import to_yuan
from index.prose import Classification, Statement
from index.statements.tokens import Token


@dataclass(slots=True, eq=False)
class Draft:
    """What is known so far about one subject; ``start`` and ``end`` span its sentences in the paragraph.

    ``is_budgeted``: its amount was called what had been budgeted, so that what was spent may follow.
    """

    subject: str
    start: int
    end: int
    whole: Draft | None = None
    explains_change: bool = False
    amount: Decimal | None = None
    budget: Decimal | None = None
    completion: Decimal | None = None
    is_budgeted: bool = False
    earlier: Decimal | None = None
    earlier_basis: str | None = None
    change: Decimal | None = None
    percent: Decimal | None = None
    share: Decimal | None = None
    share_of: str | None = None
    number: Decimal | None = None
    number_unit: str | None = None
    reason: str | None = None

    def covers(self, start: int, end: int) -> None:
        """Let the quoted sentences reach over ``start`` to ``end`` too."""
        self.start, self.end = min(self.start, start), max(self.end, end)

    def spend(self, amount: Decimal) -> None:
        """What was spent; the amount so far is what had been budgeted."""
        self.budget, self.amount, self.is_budgeted = self.amount, amount, False

    def state(self, figure: Token) -> None:
        """The amount, or the number with its unit, that a figure is."""
        if figure.kind == "amount" and figure.number is not None and figure.unit is not None:
            self.amount = to_yuan(figure.number, figure.unit)
        else:
            self.number, self.number_unit = figure.number, figure.unit

    @property
    def says_change(self) -> bool:
        return self.change is not None or self.percent is not None

    @property
    def says_something(self) -> bool:
        figures = (self.amount, self.earlier, self.change, self.percent, self.share, self.number, self.completion)
        return self.reason is not None or any(figure is not None for figure in figures)

    def statement(
        self, paragraph: int, text: str, whole: int | None, classification: Classification | None
    ) -> Statement:
        """The finished statement, its sentence cut out of the paragraph's ``text``."""
        return Statement(
            paragraph=paragraph,
            subject=self.subject,
            sentence=text[self.start : self.end].strip(),
            amount=self.amount,
            budget=self.budget,
            completion=self.completion,
            earlier=self.earlier,
            earlier_basis=self.earlier_basis,
            change=self.change,
            percent=self.percent,
            share=self.share,
            number=self.number,
            number_unit=self.number_unit,
            reason=self.reason,
            whole=whole,
            explains_change=self.explains_change,
            share_of=self.share_of,
            classification=classification,
        )
