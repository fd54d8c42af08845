"""The file of users."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from assistant.access.users import UserInvalid, Users
from index.errors import BudgetError


@pytest.fixture
def users(tmp_path: Path) -> Users:
    return Users(tmp_path / "deep" / "users.json")


def test_a_user_is_known_by_the_password_alone(users: Users, tmp_path: Path) -> None:
    users.add("王芳", "correct horse")
    assert users.knows("王芳", "correct horse")
    assert not users.knows("王芳", "correct horsf")
    assert not users.knows("王", "correct horse")
    assert Users(tmp_path / "deep" / "users.json").names() == ["王芳"]


def test_no_password_stands_in_the_file_and_only_its_owner_reads_it(users: Users, tmp_path: Path) -> None:
    users.add("a", "correct horse")
    users.add("b", "correct horse")
    path = tmp_path / "deep" / "users.json"
    text = path.read_text()
    assert "horse" not in text and len(set(text.split())) > 6
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_another_password_and_removal_hold_at_once(users: Users) -> None:
    users.add("a", "correct horse")
    users.add("a", "another horse")
    assert not users.knows("a", "correct horse") and users.knows("a", "another horse")
    users.remove("a")
    assert not users.knows("a", "another horse") and users.names() == []


@pytest.mark.parametrize(
    ("name", "password"), [("", "correct horse"), ("a:b", "correct horse"), ("a", "short"), ("a\n", "correct horse")]
)
def test_bad_names_and_short_passwords_are_told(users: Users, name: str, password: str) -> None:
    with pytest.raises(UserInvalid):
        users.add(name, password)


def test_nobody_is_removed_twice(users: Users) -> None:
    with pytest.raises(UserInvalid, match="没有用户"):
        users.remove("a")


@pytest.mark.parametrize("text", ["{", "[]", '{"a": 3}', '{"a": {"salt": "zz", "hash": ""}}'])
def test_a_damaged_file_is_told(users: Users, tmp_path: Path, text: str) -> None:
    users.add("a", "correct horse")
    (tmp_path / "deep" / "users.json").write_text(text)
    with pytest.raises(BudgetError, match="用户文件读不了"):
        users.knows("a", "correct horse")
