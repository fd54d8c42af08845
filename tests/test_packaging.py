"""What a fresh machine installs: every dependency pinned, nothing that only one machine has."""

import re
import tomllib
from typing import Any

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    content: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return content


@pytest.fixture(scope="module")
def pinned() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return {_canonical(name): version for name, version in (line.split("==") for line in lines)}


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_dependency_has_an_exact_version(project: dict[str, Any], pinned: dict[str, str]) -> None:
    wanted = sum(project["optional-dependencies"].values(), start=project["dependencies"])
    names = {_canonical(re.match(r"[\w.-]+", each).group()) for each in wanted}  # type: ignore[union-attr]
    assert names - {"budget-assistant"} - pinned.keys() == set()


def test_versions_come_from_any_package_index(pinned: dict[str, str]) -> None:
    assert [version for version in pinned.values() if not re.fullmatch(r"\d[\w.]*", version)] == []


def test_torch_is_the_same_in_both_places(project: dict[str, Any], pinned: dict[str, str]) -> None:
    assert f"torch=={pinned['torch']}" in project["dependencies"]


def test_the_command_is_named(project: dict[str, Any]) -> None:
    assert project["scripts"] == {"budget-assistant": "assistant.cli:main"}
