"""Bounds: time by call and by question, a rest after failures, replies kept."""

from __future__ import annotations

import pytest

from assistant.model.bounded import Allowance, Bounded
from assistant.model.chat import ModelSilent, Prompt, Silence


class Clock:
    """A clock that moves only when told."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


class Chat:
    """Takes its time, then says a text or fails."""

    def __init__(self, clock: Clock, takes: float = 0, fails: Silence | None = None) -> None:
        self.clock, self.takes, self.fails = clock, takes, fails
        self.given: list[float] = []

    def __call__(self, prompt: Prompt, seconds: float) -> str:
        self.given.append(seconds)
        self.clock.now += min(self.takes, seconds)
        if self.fails:
            raise ModelSilent(self.fails)
        return prompt.user.upper()


def prompt(text: str) -> Prompt:
    return Prompt("s", text)


def silence(bounded: Bounded, text: str, allowance: Allowance) -> str:
    with pytest.raises(ModelSilent) as raised:
        bounded.ask(prompt(text), allowance)
    return raised.value.reason


def test_the_same_prompt_is_asked_once() -> None:
    clock = Clock()
    chat = Chat(clock)
    bounded = Bounded(chat, 5, clock)
    assert [bounded.ask(prompt("a"), Allowance(9, clock)) for _ in range(3)] == ["A", "A", "A"]
    assert len(chat.given) == 1


def test_a_call_and_a_question_have_their_times() -> None:
    clock = Clock()
    chat = Chat(clock, takes=5, fails="timeout")
    bounded, allowance = Bounded(chat, 5, clock), Allowance(8, clock)
    assert [silence(bounded, text, allowance) for text in "abc"] == ["timeout", "timeout", "no_time"]
    assert chat.given == [5, 3]
    assert clock.now == 108


def test_after_three_failures_it_is_left_alone_for_a_while_then_tried_once() -> None:
    clock = Clock()
    chat = Chat(clock, fails="broken")
    bounded = Bounded(chat, 5, clock)
    told = [silence(bounded, text, Allowance(9, clock)) for text in "abcd"]
    clock.now += 61
    told += [silence(bounded, text, Allowance(9, clock)) for text in "ef"]
    assert told == ["broken", "broken", "broken", "resting", "broken", "resting"]
    clock.now += 61
    chat.fails = None
    assert [bounded.ask(prompt(text), Allowance(9, clock)) for text in "gh"] == ["G", "H"]


def test_a_reply_that_is_still_to_come_is_no_failure() -> None:
    clock = Clock()
    bounded = Bounded(Chat(clock, fails="no_reply_yet"), 5, clock)
    assert {silence(bounded, text, Allowance(9, clock)) for text in "abcdefg"} == {"no_reply_yet"}
