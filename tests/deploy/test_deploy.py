"""What is under deploy/, checked by the tools that will read it; a tool that isn't installed is passed over."""

from __future__ import annotations

import base64
import os
import re
import shutil
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.access import Gate, Proxies, Users
from assistant.api import create_api
from assistant.serving import Serving
from assistant.settings import Settings
from assistant.ui import mount_page
from index.paths import ROOT
from tests.browser.conftest import free_port
from tests.doubles import FixtureEngine
from tests.served import served

DEPLOY = ROOT / "deploy"
INSTALLED = "/opt/budget"
PASSWORD = "correct horse"


def tool(name: str) -> str:
    """Where a tool is; skips where it isn't."""
    found = shutil.which(name) or shutil.which(f"/usr/sbin/{name}")
    if not found:
        pytest.skip(f"{name} is not installed")
    return found


def settings_of(lines: str) -> dict[str, str]:
    """``NAME=value`` lines without the comments."""
    return dict(line.split("=", 1) for line in lines.splitlines() if line and not line.startswith("#"))


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The compose file."""
    return dict(yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8")))


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    analyze = tool("systemd-analyze")
    for unit in (DEPLOY / "systemd").glob("budget*.[st]*"):
        text = unit.read_text(encoding="utf-8").replace(INSTALLED, str(ROOT))
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    units = sorted(map(str, tmp_path.iterdir()))
    assert len(units) == 3
    told = subprocess.run([analyze, "verify", "--man=no", *units], capture_output=True, text=True)
    assert told.returncode == 0 and not [line for line in told.stderr.splitlines() if "budget" in line], told.stderr


def test_all_settings_that_are_written_down_exist(compose: dict[str, Any]) -> None:
    container = re.findall(r"\b(BUDGET_\w+)=", (DEPLOY / "Containerfile").read_text(encoding="utf-8"))
    unit = settings_of((DEPLOY / "systemd" / "budget.env").read_text(encoding="utf-8"))
    for name in (*container, *unit, *compose["services"]["app"]["environment"]):
        assert name.removeprefix("BUDGET_").lower() in Settings.model_fields, name
    proxies = Proxies.of(unit["BUDGET_PROXY_HEADER"], unit["BUDGET_PROXY_ADDRESSES"])
    assert proxies and proxies.trusts("127.0.0.1")


@pytest.mark.parametrize("command", [["docker-compose"], ["docker", "compose"]])
def test_compose_takes_its_file(command: list[str]) -> None:
    tool(command[0])
    if subprocess.run([*command, "version"], capture_output=True).returncode:
        pytest.skip(f"{' '.join(command)} is not installed")
    config = [*command, "-f", str(DEPLOY / "compose.yaml"), "config", "-q"]
    told = subprocess.run(config, capture_output=True, text=True, env={**os.environ, "POSTGRES_PASSWORD": "x"})
    assert told.returncode == 0, told.stderr
    without = {name: value for name, value in os.environ.items() if name != "POSTGRES_PASSWORD"}
    told = subprocess.run(config, capture_output=True, text=True, env=without)
    assert told.returncode != 0 and "POSTGRES_PASSWORD" in told.stderr, "no password is given by default"


def test_the_containers_gateway_is_the_one_that_is_trusted(compose: dict[str, Any]) -> None:
    ((network,),) = [each["ipam"]["config"] for each in compose["networks"].values()]
    environment = compose["services"]["app"]["environment"]
    assert environment["BUDGET_PROXY_ADDRESSES"] == network["gateway"]
    assert all(port.startswith("127.0.0.1:") for port in compose["services"]["app"]["ports"])
    assert compose["services"]["build"]["network_mode"] == "none"


def test_what_the_container_is_made_of_is_there() -> None:
    lines = (DEPLOY / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    words = [line.split() for line in lines]
    copied = {source for first, *rest in filter(None, words) if first == "COPY" for source in rest[:-1]}
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[0] == "!"}
    assert copied == kept
    assert all((ROOT / source).exists() for source in copied)
    assert {"USER 10001", "STOPSIGNAL SIGTERM"} <= set(lines)


@pytest.fixture
def inside(tmp_path: Path) -> Iterator[str]:
    """The service, which believes its own machine's proxy."""
    engine: Any = FixtureEngine(tmp_path)
    page = mount_page(create_api(Serving(engine)), Serving(engine), tmp_path / "talks.sqlite")
    gate = Gate(page, Users(tmp_path / "users.json"), proxies=Proxies.of("X-Remote-User", "127.0.0.1"))
    with served(gate, proxy_headers=False, lifespan="off") as address:
        yield address


@pytest.fixture
def outside(inside: str, tmp_path: Path) -> Iterator[str]:
    """The address that nginx answers at, with the configuration as it is but for places and ports."""
    nginx, openssl, port = tool("nginx"), tool("openssl"), free_port()
    new = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "1"]
    files = ["-keyout", str(tmp_path / "key.pem"), "-out", str(tmp_path / "certificate.pem")]
    subprocess.run([openssl, *new, *files], check=True, capture_output=True)
    (tmp_path / "users").write_text(f"wang:{{PLAIN}}{PASSWORD}\n")
    (tmp_path / "users").chmod(0o644)
    site = (DEPLOY / "nginx" / "budget.conf").read_text(encoding="utf-8")
    changes = {
        "/etc/nginx/budget": str(tmp_path), "listen 443": f"listen 127.0.0.1:{port}",
        "listen 80": f"listen 127.0.0.1:{free_port()}", "127.0.0.1:7860;": f"{inside.removeprefix('http://')};",
    }  # fmt: skip
    for before, after in changes.items():
        assert before in site
        site = site.replace(before, after)
    (tmp_path / "site.conf").write_text(site, encoding="utf-8")
    main = tmp_path / "nginx.conf"
    main.write_text(_MAIN.format(folder=tmp_path, user="user root;" if os.geteuid() == 0 else ""), encoding="utf-8")
    told = subprocess.run([nginx, "-t", "-c", str(main)], capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    with subprocess.Popen([nginx, "-c", str(main)], stderr=subprocess.DEVNULL) as process:
        _wait_for(f"https://127.0.0.1:{port}/api/health")
        yield f"https://127.0.0.1:{port}"
        process.terminate()


_MAIN = """{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            told(address)
            return
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.1)


def told(address: str, **headers: str) -> tuple[int, str]:
    """The status and what comes back."""
    context = ssl._create_unverified_context()
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), context=context) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_nginx_names_the_user_and_nobody_else_does(outside: str) -> None:
    login = {"Authorization": f"Basic {base64.b64encode(f'wang:{PASSWORD}'.encode()).decode()}"}
    assert told(f"{outside}/page/state")[0] == 401
    assert told(f"{outside}/page/state", **{"X-Remote-User": "editor"})[0] == 401
    status, state = told(f"{outside}/page/state", **login, **{"X-Remote-User": "editor"})
    assert status == 200 and '"user":"wang"' in state
    assert told(f"{outside}/api/health")[0] == 200
    assert told(f"{outside}/metrics", **login)[0] == 404
