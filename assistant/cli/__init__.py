"""The command line. Everything here is thin: parse, call the engine, show what came back."""

from __future__ import annotations

from typing import Any

import typer
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup

from assistant.cli import auditing, checking, documents, evaluation, objections, programs, questions, service, users
from assistant.cli.console import show_problem, use_utf8
from index.collector import collect_rarely
from index.errors import BudgetError

EXIT_CODES = """退出码：0 正常；1 出错；2 命令、问题、题集不合要求；3 文件用不了；4 索引用不了；130 被 Ctrl-C 停下。"""

rich_utils.ARGUMENTS_PANEL_TITLE = "参数"
rich_utils.OPTIONS_PANEL_TITLE = "选项"
rich_utils.COMMANDS_PANEL_TITLE = "命令"
rich_utils.ERRORS_PANEL_TITLE = "用法不对"
rich_utils.DEFAULT_STRING = "[默认：{}]"
rich_utils.REQUIRED_LONG_STRING = "[必填]"
rich_utils.RICH_HELP = "用 [blue]{command_path} {help_option}[/] 看帮助。"


class _ChineseHelp:
    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "显示帮助。"
        return option


class BudgetCommand(_ChineseHelp, TyperCommand):
    """A command whose help is Chinese."""


class BudgetCommands(_ChineseHelp, TyperGroup):
    """Turns an error a user can do something about into a panel and its exit code: never a traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except BudgetError as error:
            show_problem(error)
            raise typer.Exit(error.exit_code) from None


app = typer.Typer(
    cls=BudgetCommands,
    name="budget-assistant",
    help="[b]预算问答[/]：用中文问已公开的部门预算，每个数字都指到它所在的单元格或句子。",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)

for command in (documents.build, questions.ask, questions.chat, service.serve, checking.check, documents.documents):
    app.command(cls=BudgetCommand, epilog=EXIT_CODES)(command)
app.command(cls=BudgetCommand, epilog=EXIT_CODES)(documents.shards)
app.command(cls=BudgetCommand, epilog=EXIT_CODES)(objections.objections)
app.command(cls=BudgetCommand, epilog=EXIT_CODES)(programs.mcp)
app.command(cls=BudgetCommand, epilog=EXIT_CODES)(auditing.audit)
app.command("eval", cls=BudgetCommand, epilog=EXIT_CODES)(evaluation.evaluate_file)
app.add_typer(users.users, name="users", cls=BudgetCommands, epilog=EXIT_CODES)


def main() -> None:
    """The entry point of ``budget-assistant`` and ``python -m assistant``."""
    use_utf8()
    collect_rarely()  # dictionaries and catalogues stay: a tenth of a start
    app(prog_name="budget-assistant")
