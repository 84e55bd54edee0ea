"""The image and the composition, as far as they can be tested without a container engine: the files are read, and what the
image would hold is put together in a folder (the packages of requirements.txt, the files of the COPY lines, the environment
of the ENV lines) and run. What stays untested here: the base image, pip's download and Compose itself."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import venv
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

from cli import table
from sandbox.client import Sandbox
from tests.cli.machine import ROOT, Machine

TOKEN = re.compile(r"xox[a-z]-|xapp-|password\s*[:=]\s*['\"]?[a-z0-9]{3,}", re.IGNORECASE)


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile: word and rest of each instruction, continued lines joined."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1]) for line in lines if line.strip()]


def last_stage() -> list[tuple[str, str]]:
    found = instructions()
    return found[max(number for number, (word, _) in enumerate(found) if word == "FROM") :]


def copied(stage: list[tuple[str, str]]) -> list[str]:
    """What is copied from the repository."""
    return [rest.split()[0] for word, rest in stage if word == "COPY" and not rest.startswith("--from")]


def environment() -> dict[str, str]:
    return dict(pair.split("=", 1) for word, rest in last_stage() if word == "ENV" for pair in rest.split())


def only(word: str) -> str:
    (found,) = (rest for name, rest in last_stage() if name == word)
    return found


def health_check() -> list[str]:
    found: list[str] = json.loads(only("HEALTHCHECK").split("CMD ", 1)[1])
    return found


def locked() -> list[tuple[Requirement, str]]:
    """The pinned packages of requirements.txt with the text that follows each."""
    blocks = re.split(r"\n(?=[a-zA-Z])", (ROOT / "requirements.txt").read_text(encoding="utf-8"))
    pinned = [block for block in blocks if block and block[0].isalpha()]
    return [(Requirement(block.split("\\")[0].strip()), block) for block in pinned]


# What the files say.


def test_every_copied_path_is_in_the_repository_and_passes_the_ignore_file() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    allowed = {line[1:] for line in lines if line.startswith("!")}
    paths = set(copied(instructions()))
    assert all((ROOT / path).exists() for path in paths)
    assert lines[1] == "*"
    assert allowed == paths


def test_it_runs_as_nobody_in_particular_with_serve_as_its_command() -> None:
    assert only("USER") not in {"root", "0"}
    words = [word for word, _ in last_stage()]
    assert words.index("USER") > max(number for number, word in enumerate(words) if word in {"RUN", "COPY"})
    assert json.loads(only("ENTRYPOINT")) == ["python", "app.py"]
    assert json.loads(only("CMD"))[0] in table.COMMANDS


def test_the_database_lies_on_the_volume() -> None:
    assert only("VOLUME") == "/data"
    assert environment()["DATABASE_URL"] == "sqlite:////data/postmortem.db"


@pytest.mark.parametrize("name", ["Dockerfile", "compose.yaml", ".dockerignore"])
def test_no_secret_stands_in_the_files(name: str) -> None:
    assert not TOKEN.search((ROOT / name).read_text(encoding="utf-8"))


def test_every_package_is_pinned_with_hashes_and_without_an_address() -> None:
    assert len(locked()) > 10
    for requirement, block in locked():
        assert str(requirement.specifier).startswith("=="), requirement
        assert "--hash=sha256:" in block, requirement
    assert "http" not in (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert "--require-hashes -r requirements.txt" in str(instructions())


def test_the_composition_runs_commands_that_there_are_in_the_right_order() -> None:
    made = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    services: dict[str, Any] = made["services"]
    for name, command in (("migrate", "migrate"), ("bot", "serve")):
        service = services[name]
        assert service["command"] == [command]
        assert command in table.COMMANDS
        assert (service["read_only"], service["env_file"], service["cap_drop"]) == (True, ".env", ["ALL"])
        assert service["environment"]["DATABASE_URL"].startswith("postgresql://")
        assert "SLACK" not in str(service["environment"])
    assert services["bot"]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert services["migrate"]["depends_on"]["database"] == {"condition": "service_healthy"}
    assert "pg_isready" in str(services["database"]["healthcheck"])
    assert services["database"]["volumes"][0].split(":")[0] in made["volumes"]


# What the image would do.


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with /venv, /app and /data as the image has them; /app cannot be written where that means anything."""
    folder = tmp_path_factory.mktemp("image")
    venv.create(folder / "venv", with_pip=False, symlinks=True)
    (site,) = (folder / "venv" / "lib").glob("python*/site-packages")
    for requirement, _ in locked():
        if requirement.marker is None or requirement.marker.evaluate():
            _link(requirement, site)
    (folder / "app").mkdir()
    (folder / "data").mkdir()
    for path in copied(last_stage()):
        if (ROOT / path).is_dir():
            shutil.copytree(ROOT / path, folder / "app" / path, ignore=shutil.ignore_patterns("__pycache__", "*.db*"))
        else:
            shutil.copy(ROOT / path, folder / "app" / path)
    _protect(folder / "app", writable=False)
    yield folder
    _protect(folder / "app", writable=True)


def _link(requirement: Requirement, site: Path) -> None:
    """Put one installed package into a site-packages folder: the very version that is locked."""
    package = metadata.distribution(requirement.name)
    assert requirement.specifier.contains(package.version), requirement
    for top in {file.parts[0] for file in package.files or () if file.parts[0] not in {"..", "__pycache__"}}:
        if not (site / top).exists():
            (site / top).symlink_to(package.locate_file(top))


def _protect(folder: Path, *, writable: bool) -> None:
    for path in (folder, *folder.rglob("*")):
        mode = path.stat().st_mode
        path.chmod(mode | stat.S_IWUSR if writable else mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))


def _content(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
        for path in folder.rglob("*")
    }


@pytest.fixture
def container(image: Path) -> Machine:
    """The image's python, files and environment, with the volume at another place."""
    for file in (image / "data").iterdir():
        file.unlink()
    env = environment() | {"PATH": f"{image}/venv/bin:{os.environ['PATH']}"}
    env["DATABASE_URL"] = env["DATABASE_URL"].replace("/data/", f"{image}/data/")
    return Machine(image / "app", {}, str(image / "venv" / "bin" / "python"), image / "app" / "app.py", env=env)


def is_healthy(container: Machine, **settings: str) -> bool:
    command = [container.python, *health_check()[1:]]
    assert health_check()[0] == "python"
    done = subprocess.run(command, env=container.env | settings, capture_output=True, text=True, timeout=30)
    return done.returncode == 0


@pytest.mark.parametrize("way", ["socket", "http"])
def test_the_image_serves_is_healthy_and_writes_to_its_volume_alone(
    container: Machine, image: Path, slack: Sandbox, way: str
) -> None:
    before = _content(image / "app")
    container.settings = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_URL": slack.api_url}
    if way == "socket":
        container.settings |= {"SLACK_APP_TOKEN": slack.app_token, "HEALTH_PORT": "0"}
    else:
        container.settings |= {"SLACK_SIGNING_SECRET": slack.signing_secret, "PORT": "0", "HEALTH_PORT": "0"}
    with container.start("serve") as bot:
        port = bot.until(r"listening on port (\d+)")[1]
        bot.until("serving ")
        # A free port was taken, so the check is told which; how it chooses between the two settings is the test below.
        asked = {"SLACK_APP_TOKEN": "x", "HEALTH_PORT": port} if way == "socket" else {"PORT": port}
        assert is_healthy(container, **asked)
        assert bot.stop() == 0
    assert not is_healthy(container, **asked)
    assert _content(image / "app") == before
    assert (image / "data" / "postmortem.db").exists()


@pytest.mark.parametrize(
    ("settings", "port"),
    [
        ({"SLACK_APP_TOKEN": "x", "HEALTH_PORT": "3000", "PORT": "8080"}, "3000"),
        ({"SLACK_APP_TOKEN": "x", "HEALTH_PORT": "9000"}, "9000"),
        ({"HEALTH_PORT": "3000", "PORT": "8080"}, "8080"),
        ({"HEALTH_PORT": "9000"}, "3000"),
        ({}, "3000"),
    ],
    ids=["socket", "socket-other-port", "http", "http-default", "nothing"],
)
def test_the_health_check_asks_where_the_bot_listens(settings: dict[str, str], port: str) -> None:
    code = health_check()[2].replace("u.urlopen(", "print(").replace(", timeout=4).close()", ")")
    env = {"PATH": os.environ["PATH"]} | settings
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=30)
    assert done.stdout == f"http://127.0.0.1:{port}/healthz\n"


@pytest.mark.parametrize("word", ["doctor", "migrate", "harvest", "help"])
def test_the_operators_commands_work_in_the_image(container: Machine, slack: Sandbox, word: str) -> None:
    container.settings = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_URL": slack.api_url}
    container.settings |= {"SLACK_APP_TOKEN": slack.app_token}
    said = container.run(word, *(["--help"] if word == "harvest" else []))
    assert said.code == 0, said


def test_the_demo_is_not_in_the_image_and_says_so(container: Machine) -> None:
    said = container.run("demo", "--once")
    assert said.code == 2
    assert said.err.startswith("The demo needs ")
