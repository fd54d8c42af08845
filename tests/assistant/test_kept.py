"""Records that are read once."""

from __future__ import annotations

from assistant.kept import Kept


def test_what_is_kept_is_not_read_again_and_no_more_is_kept_than_may_be() -> None:
    read: list[list[int]] = []

    def squares(numbers: list[int]) -> dict[int, int]:
        read.append(numbers)
        return {number: number**2 for number in numbers}

    kept = Kept(2, squares)
    assert kept.of([1, 2, 1]) == {1: 1, 2: 4}
    assert list(kept.of([2, 3])) == [2, 3], "in the order asked for"
    assert kept.of([3, 1]) == {3: 9, 1: 1}, "the oldest made room"
    assert read == [[1, 2], [3], [1]]


def test_more_than_is_kept_is_given_all_the_same() -> None:
    assert Kept(1, lambda keys: {key: key for key in keys}).of("abc") == {"a": "a", "b": "b", "c": "c"}
