"""The question sets of this folder, and the indexes that they are asked over: each set's name begins with one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, get_args

from tests.conftest import CORPUS, SEED

if TYPE_CHECKING:
    from assistant.ask import Assistant
    from assistant.evaluate import Score

Index = Literal["seed", "corpus", "invented"]

HERE: Final = Path(__file__).parent
INDEXES: Final[tuple[Index, ...]] = get_args(Index)


def sets_of(index: Index) -> list[str]:
    """The file names of the sets that are asked over an index."""
    return sorted(file.name for file in HERE.glob(f"{index}*.jsonl"))


def index_of(name: str) -> Index:
    """The index that a set is asked over."""
    return next(index for index in INDEXES if name.startswith(index))


def build_index(index: Index, folder: Path) -> Path:
    """The folder of a new index, built below ``folder``."""
    from index.build import build

    # The few small invented files are read sooner by one process than several are started.
    build(_documents(index, folder), folder / "index", processes=1 if index == "invented" else None)
    return folder / "index"


def open_index(index_dir: Path, folder: Path) -> Assistant:
    """The engine over an index; what it is asked is kept in ``folder``."""
    from assistant.ask import Assistant
    from assistant.settings import Settings

    return Assistant(index_dir, Settings(conversations=folder / "talks.sqlite"))


def ask_set(name: str, assistant: Assistant) -> Score:
    """All questions of a set, asked once and judged."""
    from assistant.evaluate import evaluate, load_questions

    return evaluate(load_questions(HERE / name), lambda q: assistant.ask(q.question, q.history, q.id))


def _documents(index: Index, folder: Path) -> list[Path]:
    if index == "invented":
        from tests.questions.shelf import write_shelf

        return write_shelf(folder)
    return [SEED] if index == "seed" else [CORPUS]
