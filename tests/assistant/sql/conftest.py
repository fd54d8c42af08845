"""The invented budgets, and the statements in tests/sql/."""

from __future__ import annotations

import pytest

from assistant.sql.catalogue import Catalogue
from tests.assistant.sql.budgets import SmallWarehouse, invented_budgets


@pytest.fixture(scope="session")
def warehouse() -> SmallWarehouse:
    return invented_budgets()


@pytest.fixture(scope="session")
def catalogue(warehouse: SmallWarehouse) -> Catalogue:
    return warehouse.catalogue()
