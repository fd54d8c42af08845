"""The file of users. Passwords are kept as scrypt hashes, each with a salt of its own."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

from index.errors import BudgetError

Role = Literal["reader", "editor"]
"""Who only asks, and who also changes what is loaded."""

ROLES: Final[tuple[Role, ...]] = get_args(Role)
SHORTEST: Final = 8
_COST: Final = {"n": 2**14, "r": 8, "p": 1}


class UserInvalid(BudgetError):
    """A user can't be added or isn't there."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class _Kept:
    salt: bytes
    hash: bytes
    role: Role = "reader"


_NOBODY: Final = _Kept(b"\0" * 16, b"\0" * 64)


class Users:
    """Users by name. The file is read at each use, so a change holds at once, also in a running server."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def names(self) -> list[str]:
        """All names in order."""
        return sorted(self._read())

    def role(self, name: str) -> Role:
        """What a user may do."""
        return self._read().get(name, _NOBODY).role

    def add(self, name: str, password: str, role: Role | None = None) -> None:
        """Adds a user or gives one another password; without ``role`` one keeps what one had. Raises UserInvalid."""
        if not name.strip() or ":" in name or not name.isprintable():
            raise UserInvalid(f"用户名“{name}”不能用。", "用户名不能是空的，不能有冒号和控制字符。")
        if len(password) < SHORTEST:
            raise UserInvalid(f"密码太短（{len(password)} 位，至少 {SHORTEST} 位）。")
        salt = secrets.token_bytes(16)
        users = self._read()
        kept = role or users.get(name.strip(), _NOBODY).role
        self._write({**users, name.strip(): _Kept(salt, _hashed(password, salt), kept)})

    def remove(self, name: str) -> None:
        """Removes a user. Raises UserInvalid where there is none of that name."""
        users = self._read()
        if name not in users:
            raise UserInvalid(f"没有用户“{name}”。", f"现有：{'、'.join(sorted(users)) or '（无）'}")
        self._write({each: kept for each, kept in users.items() if each != name})

    def knows(self, name: str, password: str) -> bool:
        """Whether the password is that user's; takes as long for a name that isn't there."""
        kept = self._read().get(name, _NOBODY)
        return hmac.compare_digest(_hashed(password, kept.salt), kept.hash)

    def _read(self) -> dict[str, _Kept]:
        try:
            read = json.loads(self._path.read_text(encoding="utf-8"))
            return {name: _kept(each) for name, each in read.items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise BudgetError(f"用户文件读不了：{self._path}。", "请检查这个文件，或删掉它重新建立用户。") from error

    def _write(self, users: dict[str, _Kept]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        kept = {
            name: {"salt": each.salt.hex(), "hash": each.hash.hex(), "role": each.role}
            for name, each in sorted(users.items())
        }
        beside = self._path.with_suffix(".new")
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(kept, file, ensure_ascii=False, indent=1)
        beside.replace(self._path)


def _kept(read: dict[str, str]) -> _Kept:
    """One user as the file tells it; files of before there were roles know none. Raises ValueError for no role."""
    role = next((each for each in ROLES if each == read.get("role", "reader")), None)
    if role is None:
        raise ValueError(read["role"])
    return _Kept(bytes.fromhex(read["salt"]), bytes.fromhex(read["hash"]), role)


def _hashed(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode("utf-8", "surrogatepass"), salt=salt, **_COST)
