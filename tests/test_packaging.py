"""What is shipped: the wheel, the lock, and a repository that names no machine."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PIN = re.compile(
    r"^([A-Za-z0-9._-]+)==(\S+)((?: [^\n\\]*)?)((?: \\\n    --hash=sha256:[0-9a-f]{64})+)", re.M
)
# A path as a machine has it, not the tail of an address or of a longer path.
MACHINE_PATH = re.compile(r"(?<![\w./])/(?:work|root|home|Users|tmp|opt)/\w")
INDEX_ADDRESS = re.compile(
    r"(?:https?|file)://[^\s\"'<>)]*/simple\b|--(?:extra-)?index-url[ =]\S*:"
)
PUBLIC_INDEXES = {"pypi.org", "files.pythonhosted.org"}


def lock(name: str) -> dict[str, Version]:
    """The pinned versions of a lock file."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return {canonicalize_name(pin[1]): Version(pin[2]) for pin in PIN.finditer(text)}


def group(name: str) -> list[Requirement]:
    """The requirements of a dependency group, the groups it includes unfolded."""
    found: list[Requirement] = []
    for entry in PROJECT["dependency-groups"][name]:
        found += [Requirement(entry)] if isinstance(entry, str) else group(entry["include-group"])
    return found


CORE = [*map(Requirement, PROJECT["project"]["dependencies"]), *group("build")]
WEB = [*CORE, *map(Requirement, PROJECT["project"]["optional-dependencies"]["web"])]
EXTRAS = [
    Requirement(text)
    for texts in PROJECT["project"]["optional-dependencies"].values()
    for text in texts
]


@pytest.mark.parametrize(
    ("name", "requirement"),
    [("core", r) for r in CORE]
    + [("web", r) for r in WEB]
    + [("dev", r) for r in [*CORE, *EXTRAS, *group("dev")]],
    ids=str,
)
def test_lock_holds_a_fitting_version(name: str, requirement: Requirement) -> None:
    pinned = lock(name).get(canonicalize_name(requirement.name))
    assert pinned is not None, f"{requirement} is not in requirements/{name}.txt; run `make lock`"
    assert pinned in requirement.specifier


def test_each_lock_holds_all_of_the_smaller_one_in_the_same_versions() -> None:
    assert lock("core").items() <= lock("web").items() <= lock("dev").items()


@pytest.mark.parametrize("name", ["core", "web", "dev"])
def test_lock_pins_every_line_with_hashes_and_names_no_index(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    # One package may have two lines, for different Pythons.
    assert len(PIN.findall(text)) == len(re.findall(r"^[A-Za-z0-9]", text, re.M))
    assert "://" not in text
    assert not re.search(r"^--", text, re.M)


def index_hosts() -> set[str]:
    """Hosts of the package indexes this machine is set up with, other than the public ones."""
    settings = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=True
    ).stdout
    settings += "\n".join(v for k, v in os.environ.items() if k.startswith(("PIP_", "UV_")))
    hosts = (urlsplit(url).hostname for url in re.findall(r"https?://[^\s'\"]+", settings))
    return {host for host in hosts if host} - PUBLIC_INDEXES


def tracked_texts() -> list[tuple[str, str]]:
    """Name and content of every tracked text file."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    found = []
    for path in (ROOT / name for name in names if name):
        try:
            found.append((path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")))
        except (UnicodeDecodeError, FileNotFoundError):
            continue  # a picture, or a file somebody is just moving
    return found


def test_no_tracked_file_names_this_machine_or_its_package_index() -> None:
    hosts = index_hosts()
    offences = [
        f"{name}: {hit}"
        for name, text in tracked_texts()
        for hit in (
            *(match[0] for match in MACHINE_PATH.finditer(text)),
            *(match[0] for match in INDEX_ADDRESS.finditer(text)),
            *(host for host in hosts if host in text),
        )
    ]
    assert offences == []


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("see " + "/" + "home/ada/beleg", MACHINE_PATH),
        ("(" + "/" + "tmp/x)", MACHINE_PATH),
        ("https:" + "//mirror.example/simple", INDEX_ADDRESS),
        ("--index" + "-url https:" + "//mirror.example", INDEX_ADDRESS),
    ],
)
def test_the_search_for_machine_names_finds_them(text: str, pattern: re.Pattern[str]) -> None:
    assert pattern.search(text)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in the wheel built from the working tree, without fetching anything."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(built).namelist())


@pytest.mark.slow
def test_wheel_holds_every_file_of_the_package(wheel: set[str]) -> None:
    package = ROOT / "src"
    expected = {
        path.relative_to(package).as_posix()
        for path in (package / "beleg").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert expected <= wheel


@pytest.mark.slow
@pytest.mark.parametrize(
    "pattern",
    [
        r"beleg/py\.typed",
        r"beleg/rules/de/.+\.toml",
        r"beleg/report/.+\.(?:html|j2|jinja|jinja2)",
        r"beleg-.+\.dist-info/licenses/LICENSE",
    ],
)
def test_wheel_holds_typing_marker_rule_tables_templates_and_licence(
    wheel: set[str], pattern: str
) -> None:
    assert any(re.fullmatch(pattern, name) for name in wheel)


@pytest.mark.slow
def test_wheel_holds_nothing_but_the_package(wheel: set[str]) -> None:
    assert {name.split("/")[0].split("-")[0] for name in wheel} == {"beleg"}


def modules_outside_the_core() -> list[str]:
    """Importable names that only the extras or the development tools bring."""
    core = {*lock("core"), "beleg"}
    return [
        module
        for module, owners in metadata.packages_distributions().items()
        if not any(canonicalize_name(owner) in core for owner in owners)
    ]


def run_without_extras(*arguments: str) -> subprocess.CompletedProcess[str]:
    """`beleg …` in a process where only the core's packages can be imported."""
    script = (
        "import json, sys\n"
        "sys.modules.update(dict.fromkeys(json.loads(sys.argv.pop(1))))\n"
        "from beleg.cli import main\n"
        "main()\n"
    )
    return subprocess.run(
        [sys.executable, "-c", script, json.dumps(modules_outside_the_core()), *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )


def test_the_extras_are_among_the_blocked_modules() -> None:
    assert {"pypdf", "docx", "pytest"} <= set(modules_outside_the_core())


def test_help_runs_without_extras() -> None:
    done = run_without_extras("--help")
    assert done.returncode == 0, done.stderr
    assert "read" in done.stdout


@pytest.mark.model
@pytest.mark.parametrize("name", ["reprint-undated.txt", "saved-page.html"])
def test_reading_an_article_runs_without_extras(name: str) -> None:
    done = run_without_extras("read", f"examples/{name}", "--format", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["schema"] == 1
