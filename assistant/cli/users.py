"""``users``: who may use a server that other machines can reach."""

from __future__ import annotations

import secrets
import sys
from typing import Annotated

import typer

from assistant.cli.console import UsageProblem, out

users = typer.Typer(help="管理能登录网页和接口的用户（对外监听时要登录）。", no_args_is_help=True)


@users.command("add")
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="用户名。")],
    role: Annotated[
        str | None,
        typer.Option(
            help="reader 只提问，editor 还能在网页上加入、移出文件（新用户默认 reader）。", show_default=False
        ),
    ] = None,
    from_stdin: Annotated[bool, typer.Option("--password-stdin", help="从标准输入读密码，不提问。")] = False,
    by_proxy: Annotated[bool, typer.Option("--no-password", help="不设密码：只经登录网关进来的用户。")] = False,
) -> None:
    """添加一个用户；已有的改密码、身份。"""
    from assistant.access import Users
    from assistant.access.users import ROLES
    from assistant.settings import settings

    chosen = next((each for each in ROLES if each == role), None)
    if role and chosen is None:
        raise UsageProblem(f"没有“{role}”这种身份。", f"可以是 {'、'.join(ROLES)}。")
    password = _given(from_stdin=from_stdin, by_proxy=by_proxy)
    Users(settings().users_path).add(name, password, chosen)
    out.print(f"已保存用户“{name}”。", markup=False)


def _given(*, from_stdin: bool, by_proxy: bool) -> str:
    """The password; one that nobody knows for those who come by a proxy."""
    if by_proxy:
        return secrets.token_urlsafe(32)
    return sys.stdin.readline().rstrip("\r\n") if from_stdin else _asked()


def _asked() -> str:
    first = typer.prompt("密码", hide_input=True)
    if typer.prompt("再输一遍", hide_input=True) != first:
        raise UsageProblem("两遍密码不一样。", "请重新运行。")
    return str(first)


@users.command("remove")
def remove(name: Annotated[str, typer.Argument(metavar="NAME", help="用户名。")]) -> None:
    """删除一个用户；他的对话留着。"""
    from assistant.access import Users
    from assistant.settings import settings

    Users(settings().users_path).remove(name)
    out.print(f"已删除用户“{name}”。", markup=False)


@users.command("list")
def listed() -> None:
    """列出用户。"""
    from assistant.access import Users
    from assistant.settings import settings

    users = Users(settings().users_path)
    lines = [f"{name}\t{users.role(name)}" for name in users.names()]
    out.print("\n".join(lines) or "没有用户。", markup=False)
