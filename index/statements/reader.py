"""Read one paragraph: a walk over its tokens that keeps in mind what is being spoken of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal

from index.money import to_yuan
from index.statements.draft import Draft
from index.statements.execution import says_budgeted, says_spent, spent_against_budget
from index.statements.in_turn import InTurn, names_in_turn, told_in_turn
from index.statements.sentences import sentence_spans
from index.statements.subject import (
    clean_subject,
    counted_noun,
    earlier_basis,
    is_purpose,
    purpose_of,
    subject_of_change,
)
from index.statements.tokens import Token, tokenise

_STARTS_ANEW: Final = re.compile(r"^\s*(?:(?:本|我)(?:部门|单位|局|办|委)|\d{4}\s*年)")
_TOPIC: Final = re.compile(r"^(?:[^，,；;。：:]{2,30}|[^，,；;。：:]{2,90}[（(][类款项][）)])[。：:]")
_NO_TOPIC: Final = re.compile("原因|主要|包括|用于|如下|其中|分别|情况")
_PEOPLE: Final = re.compile("(?:参加|参会|参训|培训|与会)?人(?:数|次|员)")
_LAST_YEAR: Final = re.compile("同比|上年|去年")
_BEFORE: Final = "上年"
_FROM: Final = re.compile(r"[由从](?:上年|去年|\d{4}年)?(?:度|预算)?的?\s*$")
_UNREAD_FIGURE: Final = re.compile(r"(?<!\d)(?!20\d\d年)\d[\d.,]*\s*[万亿元美欧英]")
"""What was left to words though it is a figure, of other money or for each of something: what follows is of that."""
_SIGNS: Final = "-－−+＋△▲"


@dataclass(slots=True)
class _Scope:
    """Where figures are parts of ``head``: in brackets, behind 其中, or (up to token ``until``) in its reason."""

    kind: Literal["bracket", "among", "reason"]
    head: Draft | None
    until: int = 0


@dataclass(slots=True)
class ParagraphReader:
    """Reads the drafts of one paragraph.

    ``heading`` is what its section is about; ``carried`` the subject that the paragraph before leaves to a change told
    in this one.
    """

    text: str
    heading: str = ""
    carried: str = ""
    drafts: list[Draft] = field(default_factory=list)
    _sentence: str = ""
    _tokens: tuple[Token, ...] = ()
    _scopes: list[_Scope] = field(default_factory=list)
    _current: Draft | None = None
    _topic: str = ""
    _label: str = ""
    _label_is_over: bool = False
    _label_is_open: bool = False
    _noun_is_taken: bool = False
    _left_open: bool = False
    _basis: str | None = None
    _span: tuple[int, int] = (0, 0)

    def read(self) -> list[Draft]:
        """All drafts of the paragraph that say anything."""
        self._topic = self._find_topic()
        for span in sentence_spans(self.text):
            self._span = self._with_topic(span)
            self._read_sentence(self.text[slice(*span)])
        return [draft for draft in self.drafts if draft.says_something]

    def _find_topic(self) -> str:
        match = _TOPIC.match(self.text)
        if not match or _NO_TOPIC.search(match.group()) or any(token.is_figure for token in tokenise(match.group())):
            return ""
        return clean_subject(match.group().rstrip("。：:"))

    def _with_topic(self, span: tuple[int, int]) -> tuple[int, int]:
        """A sentence that only names the topic is quoted together with the next."""
        return (0, span[1]) if self._topic and not self.drafts else span

    def _read_sentence(self, sentence: str) -> None:
        self._sentence, self._tokens = sentence, tokenise(sentence)
        self._label, self._label_is_over, self._basis, self._left_open = "", False, None, False
        end = 0
        for number, token in enumerate(self._tokens):
            self._leave_reason(number)
            if number >= end and (turn := told_in_turn(self._tokens, number, self._label_of(token))):
                self._take_in_turn(turn)
                end = turn.end
            if number >= end:
                self._take(number, token)
        if self._scopes:
            self._current = self._scopes[0].head or self._current
            self._scopes.clear()

    def _take(self, number: int, token: Token) -> None:
        match token.kind:
            case "text":
                self._take_text(token)
            case "separator":
                self._take_separator(number, token)
            case "basis":
                self._basis = token.unit
            case "amount":
                self._take_amount(number, token)
            case "percent":
                self._take_percent(number, token)
            case "count":
                self._take_count(number, token)
            case "flat":
                self._take_flat()
            case "reason" | "weak_reason":
                self._take_reason(number, token)
            case "among":
                # "收入包括：" opens a list of its own: its parts are not those of the figure before.
                own_list = bool(self._label) and not self._label_is_over
                self._open(_Scope("among", None if own_list else self._current), drop_label=True)
            case "open":
                self._open(_Scope("bracket", self._current), drop_label=False)
            case "close":
                self._close_bracket()

    def _label_of(self, token: Token) -> str:
        """The words that stand before a token without a comma between."""
        return "" if self._label_is_over and token.kind == "text" else self._label

    def _take_in_turn(self, turn: InTurn) -> None:
        """Each figure for what is named in its turn; nothing where that is not certain."""
        count = len(turn.figures)
        names = names_in_turn(turn.names, count)
        if turn.share or any(direction for _, direction in turn.figures):
            drafts = [self._spoken_of(name) for name in names] or self._last_drafts(count)
            for draft, (figure, direction) in zip(drafts, turn.figures, strict=False):
                self._tell(draft, figure, direction, turn)
        else:
            for name, (figure, _) in zip(names, turn.figures, strict=False):
                self._current = self._new(name)
                self._current.state(figure)
        self._end_label()

    def _spoken_of(self, name: str) -> Draft:
        """The draft that this sentence made of the name, else a new one."""
        known = (d for d in reversed(self.drafts) if d.subject == name and d.start == self._span[0])
        return next(known, None) or self._new(name)

    def _last_drafts(self, count: int) -> list[Draft]:
        """The amounts told just before in one list, if there are as many; none where there are more or less."""
        told = [draft for draft in self.drafts if draft.start == self._span[0] and draft.amount is not None]
        last = [draft for draft in told if draft.whole is told[-1].whole]
        return last if len(last) == count and last == told[-count:] else []

    def _tell(self, draft: Draft, figure: Token, direction: Token | None, turn: InTurn) -> None:
        """The change or the share that a figure is."""
        number = _signed(figure.number or Decimal(0), direction) if direction else figure.number
        if turn.share:
            draft.share, draft.share_of = number, clean_subject(turn.share.unit or "") or None
            return
        if figure.kind == "percent":
            draft.percent = number
        elif figure.kind == "amount" and number is not None:
            draft.change = to_yuan(number, figure.unit or "")
        draft.earlier_basis = draft.earlier_basis or turn.basis or self._basis

    def _take_text(self, token: Token) -> None:
        if self._label_is_over:
            self._left_open = self._left_open or bool(_UNREAD_FIGURE.search(self._label))
            self._end_label()
        if not self._noun_is_taken:
            self._label += token.text
        self._noun_is_taken = False
        if _LAST_YEAR.search(token.text):
            self._basis = self._basis or "上年"

    def _take_separator(self, number: int, token: Token) -> None:
        if token.text == "、" and self._label and not self._label_is_over:
            self._label += token.text
            return
        self._label_is_over, self._label_is_open = True, token.text in "：:=＝"
        if token.text not in "；;" or self._explained is not None:
            return
        scopes = [scope for scope in self._scopes if scope.kind == "among"]
        if scopes and self._is_about_the_whole(number + 1, scopes[-1]):
            self._current = scopes[-1].head
            self._scopes.remove(scopes[-1])
            return
        if scopes and (len(scopes) > 1 or self._starts_anew(number + 1) or self._is_told(number + 1, scopes[-1])):
            self._scopes.remove(scopes[-1])

    def _is_told(self, number: int, scope: _Scope) -> bool:
        """Whether the parts told so far make up the whole already, so that the next amount is none of them."""
        following = next((token for token in self._tokens[number:] if token.kind == "amount"), None)
        parts = [draft.amount for draft in self.drafts if draft.whole is scope.head and not draft.explains_change]
        told = [amount for amount in parts if amount is not None]
        is_whole = scope.head is not None and len(told) > 1 and sum(told) == scope.head.amount
        return is_whole and following is not None and bool(following.number)

    def _is_about_the_whole(self, number: int, scope: _Scope) -> bool:
        """Whether behind a list of parts a change of nothing that is named follows: that of what they are parts of."""
        following = self._tokens[number].kind if number < len(self._tokens) else ""
        parts = [draft for draft in self.drafts if draft.whole is scope.head and not draft.explains_change]
        return scope.head is not None and following == "basis" and len(parts) > 1

    def _starts_anew(self, number: int) -> bool:
        """Whether the part from token ``number`` to the next semicolon is a whole of its own."""
        part: list[Token] = []
        for token in self._tokens[number:]:
            if token.kind == "separator" and token.text in "；;。":
                break
            part.append(token)
        return bool(part) and (bool(_STARTS_ANEW.match(part[0].text)) or any(token.kind == "among" for token in part))

    def _take_amount(self, number: int, token: Token) -> None:
        assert token.number is not None and token.unit is not None
        amount = to_yuan(token.number, token.unit)
        before = self._tokens[number - 1] if number else None
        if before and _says_change(before, token):
            self._set_change(_signed(amount, before))
        elif self._current and self._current.is_budgeted and says_spent(self._label):
            self._current.spend(amount)
        elif before and before.kind == "basis":
            self._set_earlier(amount, self._basis)
        elif begun := _FROM.search(self._label):
            self._set_begin(clean_subject(self._label[: begun.start()]), amount)
        elif self._current and (basis := earlier_basis(self._label, self._current.subject)):
            self._basis = basis
            self._set_earlier(amount, basis)
        elif before and before.kind == "count" and self._current and self._current.amount is None:
            self._current.amount = amount
        else:
            self._state_amount(amount)
        self._end_label()

    def _state_amount(self, amount: Decimal) -> None:
        if self._is_spent_on_more(amount):
            self._state_part(amount)
            return
        subject = self._subject()
        if self._current and self._current.subject == subject and self._current.amount in (None, amount):
            self._current.amount = amount
            self._current.covers(*self._span)
        elif subject:
            self._current = self._new(subject)
            self._current.amount = amount
            self._current.is_budgeted = says_budgeted(self._label)

    def _is_spent_on_more(self, amount: Decimal) -> bool:
        """Whether this is what one purpose of the figure before costs (``…15 万元，用于奖补 4 万元``)."""
        is_other = self._current is not None and self._current.amount not in (None, amount)
        return is_other and (is_purpose(self._label) or is_purpose(clean_subject(self._label)))

    def _state_part(self, amount: Decimal) -> None:
        """A purpose right before its amount names it; one that a comma parts from it leaves open whose it is."""
        whole = self._current
        if not self._label_is_over and (purpose := purpose_of(self._label)):
            self._current = self._new(purpose)
            self._current.amount = amount
            self._current.whole = self._current.whole or whole

    def _set_earlier(self, amount: Decimal, basis: str | None) -> None:
        draft = self._target()
        if draft and draft.earlier is None:
            draft.earlier, draft.earlier_basis = amount, basis

    def _set_begin(self, subject: str, amount: Decimal) -> None:
        """What a figure was before (``由上年的 980 万元减少到…``)."""
        draft = self._new(subject) if subject else self._target()
        if draft and draft.earlier is None:
            draft.earlier, draft.earlier_basis = amount, _BEFORE
            self._current = draft

    def _set_change(self, change: Decimal) -> None:
        draft = self._target()
        if draft is None or draft.change == change:
            return
        if draft.change is not None:
            draft = self._again(draft)
        draft.change = change
        draft.earlier_basis = draft.earlier_basis or self._basis

    def _take_percent(self, number: int, token: Token) -> None:
        assert token.number is not None
        before = self._tokens[number - 1] if number else None
        if before and _says_change(before, token):
            self._set_percent(_signed(token.number, before))
        elif (
            before and before.kind == "separator" and token.text[0] in _SIGNS and self._current and self._current.change
        ):
            self._set_percent(token.number)
        elif before and before.kind == "share":
            draft = self._target()
            if draft and draft.share is None:
                draft.share, draft.share_of = token.number, clean_subject(before.unit or "") or None
        elif before and before.kind == "completion":
            if (draft := self._target()) and draft.completion is None:
                draft.completion = token.number
        elif subject := self._named():
            self._count(subject, token)
        self._end_label()

    def _set_percent(self, percent: Decimal) -> None:
        draft = self._target()
        if draft is None:
            return
        if draft.percent not in (None, percent):
            draft = self._again(draft)
        draft.percent = percent
        draft.earlier_basis = draft.earlier_basis or self._basis

    def _take_count(self, number: int, token: Token) -> None:
        before = self._tokens[number - 1] if number else None
        after = self._tokens[number + 1 : number + 3]
        if len(after) == 2 and after[0].kind == "text" and after[1].kind == "amount":
            self._label += token.text
            return
        noun = clean_subject(after[0].text) if after and after[0].kind == "text" else ""
        named = clean_subject(self._label) if not self._label_is_over else ""
        if before and before.kind == "direction" and named:
            self._count(named + re.sub(r"\s", "", before.text), token)
        elif subject := counted_noun(self._label, noun) or named or noun:
            self._count(subject, token)
            self._noun_is_taken = subject.endswith(noun) and subject != named
        self._end_label()

    def _count(self, subject: str, token: Token) -> None:
        if _PEOPLE.fullmatch(subject) and self._current and self._current.amount is not None:
            subject = f"{self._current.subject}{subject}"  # 会议费 5 万元，……，人数约 400 人
        self._current = self._new(subject)
        self._current.number, self._current.number_unit = token.number, token.unit

    def _take_flat(self) -> None:
        named = self._named()
        if self._explained is not None or not (self._current or named) or (named and not self._basis):
            return
        draft = self._target()
        if draft and not draft.says_change:
            draft.change = draft.percent = Decimal(0)
            draft.earlier_basis = draft.earlier_basis or self._basis

    def _take_reason(self, number: int, token: Token) -> None:
        if self._explained is not None:
            return
        draft = self._explained_draft(token)
        if draft is None:
            return
        end = self._end_of_reason(number)
        stop = self._tokens[end - 1].end
        reason = self._sentence[token.end : stop].strip("：:，,；;。 ")
        if not reason:
            return
        draft.reason = reason
        draft.covers(*self._span)
        self._current = draft
        self._end_label()
        self._scopes.append(_Scope("reason", draft, end))

    def _explained_draft(self, token: Token) -> Draft | None:
        """Whose reason begins here: the one named before it, else the one whose change was told last."""
        against = spent_against_budget(self._label) if not self._label_is_over else None
        if against is not None:
            return next((d for d in reversed(self.drafts) if d.whole is None and d.subject.startswith(against)), None)
        named = subject_of_change(self._label) if not self._label_is_over else ""
        if token.kind == "weak_reason":
            named = ""
            if not (self._current and self._current.says_change):
                return None
        if not named:
            return self._current if self._current and self._current.reason is None else None
        for draft in reversed(self.drafts):
            if draft.subject == named and draft.reason is None:
                return draft
        return self._new(named)

    def _end_of_reason(self, number: int) -> int:
        """The first token that no longer belongs to the reason that token ``number`` opens."""
        depth = 0
        for position in range(number + 1, len(self._tokens)):
            token = self._tokens[position]
            depth += (token.kind == "open") - (token.kind == "close")
            if depth < 0 or (token.kind == "separator" and token.text == "。" and depth == 0):
                return position
            if token.kind == "separator" and token.text in "；;" and self._speaks_of_change(position):
                return position
        return len(self._tokens)

    def _speaks_of_change(self, position: int) -> bool:
        for token in self._tokens[position + 1 :]:
            if token.kind == "separator" and token.text == "。":
                return False
            if token.kind in ("basis", "direction", "reason", "flat"):
                return True
        return False

    def _open(self, scope: _Scope, *, drop_label: bool) -> None:
        self._scopes.append(scope)
        if drop_label:
            self._label = ""
        else:
            self._label_is_over = True

    def _close_bracket(self) -> None:
        for position in reversed(range(len(self._scopes))):
            if self._scopes[position].kind == "bracket":
                self._current = self._scopes[position].head or self._current
                del self._scopes[position:]
                self._end_label()
                return

    def _leave_reason(self, number: int) -> None:
        while self._scopes and self._scopes[-1].kind == "reason" and self._scopes[-1].until <= number:
            self._current = self._scopes.pop().head

    @property
    def _explained(self) -> Draft | None:
        return next((scope.head for scope in self._scopes if scope.kind == "reason"), None)

    def _end_label(self) -> None:
        self._label, self._label_is_over = "", False

    def _named(self) -> str:
        """The subject that the words before this figure name, "" where they name none.

        Words before a comma don't name what was named in the same sentence already (``…，用于接待，比上年增加…``).
        """
        spoken_of = self._current is not None and self._current.end >= self._span[1]
        if is_purpose(self._label) or (self._label_is_over and not self._label_is_open and spoken_of):
            return ""
        subject = clean_subject(self._label)
        return "" if is_purpose(subject) else subject

    def _subject(self) -> str:
        """What this figure is about; in a reason only what is named counts."""
        if named := self._named():
            return named
        if self._explained is not None:
            return ""
        if self._current:
            return self._current.subject
        return "" if self._left_open else self._topic or (self.heading if self._label.strip() else "")

    def _target(self) -> Draft | None:
        """The draft that a change, share or earlier amount belongs to."""
        named = self._named()
        if self._current and (not named or named == self._current.subject):
            inside_reason = self._current is self._explained
            if not inside_reason:
                self._current.covers(*self._span)
            return None if inside_reason else self._current
        for draft in reversed(self.drafts):
            if named and draft.subject == named and draft.start == self._span[0] and not draft.says_change:
                self._current = draft
                return draft
        subject = named if named or self._explained else self._topic or self.carried or self.heading
        if subject:
            self._current = self._new(subject)
        return self._current if subject else None

    def _new(self, subject: str) -> Draft:
        head = self._scopes[-1].head if self._scopes else None
        draft = Draft(subject, *self._span, whole=head, explains_change=head is not None and head is self._explained)
        self.drafts.append(draft)
        return draft

    def _again(self, draft: Draft) -> Draft:
        """The same figure, against something else."""
        self._current = self._new(draft.subject)
        self._current.amount, self._current.whole = draft.amount, draft.whole
        return self._current


def _says_change(before: Token, figure: Token) -> bool:
    """Whether a figure is a change: behind a word that says so, or with a sign right behind what it is against."""
    return before.kind == "direction" or (before.kind == "basis" and figure.text[0] in _SIGNS)


def _signed(number: Decimal, direction: Token) -> Decimal:
    """A change with its sign; 减少-2.00 is a decrease too."""
    return -abs(number) if number and direction.sign < 0 else number
