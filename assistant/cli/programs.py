"""``mcp``: the answers for another program's assistant, over standard input and output."""

from __future__ import annotations

from assistant.cli.engine import IndexOption


def mcp(index: IndexOption = None) -> None:
    """供别的程序的智能助手查预算（MCP 协议，走标准输入输出）；serve 的 /mcp 是同一套。"""
    from assistant.cli.server import open_serving
    from assistant.mcp_server import create_mcp

    serving = open_serving(index)
    serving.watch()
    create_mcp(serving).run("stdio")
