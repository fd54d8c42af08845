"""The engine over the seed with a model in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import ask
from assistant.ask import Assistant
from assistant.library import Library
from assistant.model.chat import Chat
from assistant.settings import Settings

WithModel = Callable[..., Assistant]


@pytest.fixture(scope="session")
def with_model(seed_index: Path, seed_library: Library, tmp_path_factory: pytest.TempPathFactory) -> WithModel:
    """Opens the engine over the seed with a chat, or with settings that name an endpoint; all over one library."""
    import langchain.chat_models  # noqa: F401 - so that no test waits for it within its bound
    import langchain_openai  # noqa: F401

    folder = tmp_path_factory.mktemp("model_talks")

    def opened(chat: Chat | None = None, **options: object) -> Assistant:
        settings = Settings.model_validate({"conversations": folder / "talks.sqlite", **options})
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ask, "Library", lambda *_: seed_library)
            return Assistant(seed_index, settings, chat)

    return opened
