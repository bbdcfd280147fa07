"""What `make setup` and the container install is what the pins say, whatever the index offers by then.

Packages here are small ones in the shape of ours: one asks for another with an extra, and of each there is a newer
release than the pinned one. `.ci/run` names further versions of pip by PIP_WHEELS.
"""

import ensurepip
import os
import re
import shlex
import subprocess
import venv
import zipfile
from pathlib import Path

import pytest

from tests.harness.index import Index, Release
from tests.operations.processes import ROOT

PIPS = sorted(Path(ensurepip.__file__).with_name("_bundled").glob("pip-*.whl"))[:1] + sorted(
    Path(folder).glob("pip-*.whl") if (folder := os.environ.get("PIP_WHEELS", "")) else []
)
RESOLVES_WRONGLY = (23, 3)
"""Before this version pip took an extra's requirement for one that is not pinned (its change log of 23.3)."""
PINNED = {"drawing": "1.0", "signing": "1.0", "sending": "1.0"}
FILES = ("Makefile", "Dockerfile")
every_pip = pytest.mark.parametrize("pip", PIPS, ids=lambda path: path.name.split("-")[1], indirect=True)


def flags(file: str) -> list[str]:
    """The options that a file gives to `pip install`."""
    given = set(re.findall(r"/pip install (.*?)-r ", (ROOT / file).read_text("utf-8")))
    assert len(given) == 1, "each install of a file takes the same options"
    return shlex.split(given.pop())


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    made = Index(tmp_path_factory.mktemp("index"))
    for version in ("1.0", "2.0"):
        made.add(Release("drawing", version, requires=["signing[requests]>=1.0"]))
        made.add(Release("signing", version, requires=['sending>=1.0; extra == "requests"'], extras=["requests"]))
        made.add(Release("sending", version))
    return made


@pytest.fixture(scope="module")
def pip(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pip, unpacked so that Python caches what it compiles of it."""
    folder = tmp_path_factory.mktemp("pip") / request.param.name
    with zipfile.ZipFile(request.param) as wheel:
        wheel.extractall(folder)
    return folder


class Clean:
    """A new virtual environment, a cache that is empty, and one pip."""

    def __init__(self, folder: Path, index: Index, pip: Path) -> None:
        venv.create(folder / "venv", symlinks=True)
        self._python = folder / "venv" / "bin" / "python"
        self._pins = folder / "pins.txt"
        self._environment = {
            "HOME": str(folder), "PYTHONPATH": str(pip), "PIP_INDEX_URL": index.url, "PIP_CONFIG_FILE": os.devnull,
            "PIP_CACHE_DIR": str(folder / "cache"),
        }  # fmt: skip

    @property
    def packages(self) -> dict[str, str]:
        """The name and version of whatever is installed."""
        return dict(path.stem.split("-") for path in (self._python.parents[1] / "lib").rglob("*.dist-info"))

    def install(self, pins: str, options: list[str]) -> subprocess.CompletedProcess[str]:
        self._pins.write_text(pins, "utf-8")
        return self.pip("install", *options, "-r", str(self._pins))

    def pip(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [self._python, "-m", "pip", *arguments]
        return subprocess.run(command, env=self._environment, capture_output=True, text=True)


@every_pip
def test_the_pins_are_installed_though_newer_releases_exist(tmp_path: Path, index: Index, pip: Path) -> None:
    clean = Clean(tmp_path, index, pip)
    installed = clean.install(index.pins(PINNED), flags("Makefile"))
    assert installed.returncode == 0, installed.stderr
    assert clean.packages == PINNED
    assert clean.pip("check").returncode == 0


@every_pip
def test_an_older_pip_that_resolves_dependencies_refuses_the_same_pins(tmp_path: Path, index: Index, pip: Path) -> None:
    """Which is why --no-deps is there."""
    clean = Clean(tmp_path, index, pip)
    installed = clean.install(index.pins(PINNED), [flag for flag in flags("Makefile") if flag != "--no-deps"])
    older = tuple(int(part) for part in pip.name.split("-")[1].split(".")[:2]) < RESOLVES_WRONGLY
    assert ("must have their versions pinned" in installed.stderr) is older
    assert (installed.returncode == 0) is not older


@pytest.mark.parametrize("pip", PIPS[:1], ids=["bundled"], indirect=True)
def test_a_pin_that_was_forgotten_stops_the_setup(tmp_path: Path, index: Index, pip: Path) -> None:
    clean = Clean(tmp_path, index, pip)
    assert clean.install(index.pins({"drawing": "1.0"}), flags("Makefile")).returncode == 0
    checked = clean.pip("check")
    assert checked.returncode == 1
    assert "drawing 1.0 requires signing, which is not installed" in checked.stdout


@pytest.mark.parametrize("file", FILES)
def test_both_install_pins_alone_and_look_whether_they_fit(file: str) -> None:
    assert {"--no-deps", "--require-hashes"} <= set(flags(file))
    assert re.search(r"/pip check", (ROOT / file).read_text("utf-8"))


def test_no_file_names_a_package_index() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    wanted = [ROOT / name for name in tracked if not name.startswith("tests/")]
    texts = {path: path.read_bytes() for path in wanted if path.is_file()}
    address = re.compile(rb"--(extra-)?index-url|--find-links|\bindex-url\s*=|://[^\s\"')]*/simple\b|pypi\.org")
    assert [str(path.relative_to(ROOT)) for path, text in texts.items() if address.search(text)] == []


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "requirements").glob("*.txt")))
def test_every_requirement_is_one_version_with_its_hashes(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert lines
    assert [line for line in lines if not re.match(r"[\w.-]+(\[[\w,.-]+\])?==\S+.* --hash=sha256:", line)] == []
