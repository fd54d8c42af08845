"""What is under deploy/, checked by the tools that will read it; a tool that isn't installed is passed over."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import ssl
import subprocess
import sys
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
MOST_EXPOSED = 20
"""Of 100, as systemd weighs what a unit leaves open."""


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
    programs = str(Path(sys.executable).parent)
    for unit in (DEPLOY / "systemd").glob("budget*.[st]*"):
        text = unit.read_text(encoding="utf-8").replace(f"{INSTALLED}/.venv/bin", programs)
        (tmp_path / unit.name).write_text(text.replace(INSTALLED, str(ROOT)), encoding="utf-8")
    units = sorted(map(str, tmp_path.iterdir()))
    assert len(units) == 3
    told = subprocess.run([analyze, "verify", "--man=no", *units], capture_output=True, text=True)
    assert told.returncode == 0 and not [line for line in told.stderr.splitlines() if "budget" in line], told.stderr


@pytest.mark.parametrize("unit", sorted((DEPLOY / "systemd").glob("*.service")), ids=lambda unit: unit.name)
def test_the_services_are_closed_off(unit: Path) -> None:
    weigh = [tool("systemd-analyze"), "security", "--offline=true", "--no-pager", f"--threshold={MOST_EXPOSED}"]
    told = subprocess.run([*weigh, str(unit)], capture_output=True, text=True)
    if "unrecognized option" in told.stderr:
        pytest.skip("this systemd-analyze weighs running units only")
    assert told.returncode == 0, f"{told.stdout}{told.stderr}"


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


_BASE = """FROM scratch
COPY root /
ENV PATH=/bin
"""
"""In place of the image that the container is made from, which is on a registry."""

_STANDS_IN = {
    "apt-get": "", "pip": "", "python": "",
    "useradd": "echo budget:x:10001:10001::/var/lib/budget: >> /etc/passwd; echo budget:x:10001: >> /etc/group",
    "install": 'owner=$3:$5; mode=$7; shift 7; mkdir -p "$@" && chown $owner "$@" && chmod $mode "$@"',
}  # fmt: skip
"""What the programs do that would fetch something, or that a bare image doesn't have."""


class Builder:
    """buildah with a store of its own."""

    def __init__(self, folder: Path) -> None:
        self._command = [tool("buildah"), "--root", str(folder / "store"), "--runroot", str(folder / "run")]
        self._environment = {**os.environ, "STORAGE_DRIVER": "vfs"}

    def __call__(self, *arguments: str) -> str:
        """What it prints; skips where it may not run here."""
        told = subprocess.run(
            [*self._command, *arguments], capture_output=True, text=True, env=self._environment, cwd=ROOT
        )
        if any(sign in told.stderr for sign in ("operation not permitted", "newuidmap", "cannot clone")):
            pytest.skip("buildah may not run here")
        assert told.returncode == 0 and "level=warning" not in told.stderr, told.stderr
        return told.stdout


@pytest.fixture
def builder(tmp_path: Path) -> Builder:
    """With the base image as the Containerfile names it, made of one program."""
    busybox, build = tool("busybox"), Builder(tmp_path)
    programs = tmp_path / "base" / "root" / "bin"
    programs.mkdir(parents=True)
    for folder in ("etc", "tmp", "var/lib"):
        (programs.parent / folder).mkdir(parents=True)
    shutil.copy(busybox, programs / "busybox")
    for applet in ("sh", "echo", "mkdir", "rm", "chown", "chmod"):
        (programs / applet).symlink_to("busybox")
    for name, work in _STANDS_IN.items():
        (programs / name).write_text(f'#!/bin/sh\necho {name} "$@" >> /done\n{work}\n')
        (programs / name).chmod(0o755)
    (tmp_path / "base" / "Containerfile").write_text(_BASE)
    first = (DEPLOY / "Containerfile").read_text(encoding="utf-8").splitlines()[1]
    build("build", "--isolation", "chroot", "-t", first.removeprefix("FROM "), str(tmp_path / "base"))
    return build


def test_buildah_builds_the_container(builder: Builder) -> None:
    file = str(DEPLOY / "Containerfile")
    builder("build", "--format", "docker", "--isolation", "chroot", "--pull=never", "-f", file, "-t", "made", ".")
    made = json.loads(builder("inspect", "--type", "image", "made"))["Docker"]["config"]
    assert (made["User"], made["WorkingDir"], made["StopSignal"]) == ("10001", INSTALLED, "SIGTERM")
    assert (made["Entrypoint"], made["Cmd"]) == (["budget-assistant"], ["serve"])
    assert "7860/tcp" in made["ExposedPorts"] and "/var/lib/budget" in made["Volumes"]
    assert "/api/ready" in made["Healthcheck"]["Test"][-1]
    root = Path(builder("mount", builder("from", "--pull=never", "made").strip()).strip())
    copied = root / INSTALLED.removeprefix("/")
    assert {"pyproject.toml", "constraints.txt", "index", "assistant", "prompts", "data"} == set(os.listdir(copied))
    assert not (copied / "data" / "built").exists() and not list(copied.rglob("__pycache__"))
    assert "pip install --no-cache-dir -c constraints.txt -e .[model,ocr,postgres]" in (root / "done").read_text()
    for name in ("index", "documents"):
        state = (root / "var/lib/budget" / name).stat()
        assert (state.st_uid, state.st_mode & 0o777) == (10001, 0o700)


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
    assert told.returncode == 0 and "[warn]" not in told.stderr, told.stderr
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
