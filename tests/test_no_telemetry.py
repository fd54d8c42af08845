"""No library tells anybody what is done here, be it asked for by the environment."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from index.quiet import OFF
from tests.conftest import ROOT

WANTED = {name: "true" for name in OFF} | {"LANGSMITH_API_KEY": "k", "LANGCHAIN_API_KEY": "k", "DO_NOT_TRACK": "0"}
"""An environment that asks for all of it."""

CHECKS = {
    "building": """
import index.build
import chromadb.config
from index.vectors import _open
import tempfile
settings = _open(tempfile.mkdtemp()).get_settings()
assert settings.anonymized_telemetry is False, settings
""",
    "answering": """
import assistant.ask
from langsmith.utils import tracing_is_enabled
from langchain_core.tracers.context import _tracing_v2_is_enabled
assert not tracing_is_enabled() and not _tracing_v2_is_enabled()
from huggingface_hub import constants
assert constants.HF_HUB_DISABLE_TELEMETRY
""",
    "serving": """
import assistant.ui.page
from gradio.analytics import analytics_enabled
assert not analytics_enabled()
""",
}
"""What a fresh process imports, and what the libraries then make of it."""

WALL = """
import socket
def refuse(*args, **kwargs):
    raise SystemExit(f"reached out: {args}")
socket.getaddrinfo = socket.create_connection = refuse
socket.socket.connect = refuse
"""


@pytest.mark.parametrize("work", CHECKS)
def test_nothing_is_reported(work: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WALL + CHECKS[work]], env={**os.environ, **WANTED}, cwd=ROOT, capture_output=True,
        text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-1_500:]
