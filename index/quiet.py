"""Nothing is reported to anybody: what libraries would send home about their use is switched off before they load.

Set here, once for building and serving, whatever the environment says: questions and documents stay on this machine.
"""

from __future__ import annotations

import os
from typing import Final

OFF: Final = {
    "ANONYMIZED_TELEMETRY": "False",  # Chroma
    "DO_NOT_TRACK": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",  # Hugging Face: sentence-transformers, tokenizers, Gradio
    "LANGCHAIN_TRACING_V2": "false",  # LangSmith would be sent every question
    "LANGSMITH_TRACING": "false",
    "LANGSMITH_TRACING_V2": "false",
    "OTEL_SDK_DISABLED": "true",  # Chroma's traces
}


def switch_off() -> None:
    """Takes effect for what is imported afterwards, and for processes started."""
    os.environ.update(OFF)
