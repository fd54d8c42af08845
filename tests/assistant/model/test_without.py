"""Without a model nothing of its libraries is imported, and its key is never shown."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.model.endpoint import ModelMissing
from assistant.settings import Settings
from tests.conftest import ROOT

LIBRARIES = ("openai", "langchain_openai", "langchain.chat_models")


def test_without_a_model_its_libraries_are_not_imported(seed_index: Path, tmp_path: Path) -> None:
    program = f"""
import sys
from pathlib import Path
from assistant.ask import Assistant
from assistant.settings import Settings
assistant = Assistant(Path({str(seed_index)!r}), Settings(conversations=Path({str(tmp_path / "t.sqlite")!r})))
assert assistant.ask("公务接待费是多少").figures
print([name for name in {LIBRARIES!r} if name in sys.modules], assistant.tally)
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] Counter()"


def test_a_model_without_its_library_is_named(seed_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.model.endpoint.find_spec", lambda _: None)
    with pytest.raises(ModelMissing, match=r"pip install -e '\.\[model\]'"):
        Assistant(seed_index, Settings(model="m"))


def test_the_key_comes_from_the_environment_or_a_file_and_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / ".env"
    file.write_text("BUDGET_MODEL=qwen\nBUDGET_MODEL_KEY=sk-secret\nOTHER=x\n", encoding="utf-8")
    settings = Settings(_env_file=file)  # type: ignore[call-arg]
    assert settings.model == "qwen" and settings.model_key
    assert settings.model_key.get_secret_value() == "sk-secret"
    assert "sk-secret" not in repr(settings) + settings.model_dump_json()
    monkeypatch.setenv("BUDGET_MODEL_KEY", "sk-other")
    key = Settings(_env_file=file).model_key  # type: ignore[call-arg]
    assert key and key.get_secret_value() == "sk-other"
