"""The page over the fixture engine, as its own process: ``python -m tests.browser.fixture_server FOLDER PORT``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import uvicorn

from assistant.api import create_api

from assistant.ui import mount_page
from tests.doubles import FixtureEngine

if __name__ == "__main__":
    engine = cast("Assistant", FixtureEngine(Path(sys.argv[1])))
    uvicorn.run(mount_page(create_api(engine), engine), host="127.0.0.1", port=int(sys.argv[2]), log_level="warning")
