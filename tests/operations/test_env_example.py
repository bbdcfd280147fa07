"""`.env.example` lists what the code reads, explains it, and works as it is."""

import ast
import re
from itertools import pairwise
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.wiring import FRONTS
from tests.operations.processes import ROOT

EXAMPLE = ROOT / ".env.example"
ROOMS = ("bot", "providers", "storage", "prompts")
OF_THE_SYSTEM = {"LANG"}
"""What the code reads that is no setting of ours."""
_KEY = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
_LINE = re.compile(r"(# )?([A-Z][A-Z0-9_]+)=(.*)")


def read_by_the_code() -> set[str]:
    """Every `….get("KEY")`, `…["KEY"]` and `key_of(…, "KEY")` in the sources, and what turns a front end on."""
    files = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    found = {key for path in files for node in ast.walk(ast.parse(path.read_text("utf-8"))) for key in keys(node)}
    return (found | {key for _, key in FRONTS.values() if key}) - OF_THE_SYSTEM


def keys(node: ast.AST) -> list[str]:
    match node:
        case ast.Call(func=ast.Attribute(attr="get"), args=[ast.Constant(value=str(key)), *_]):
            return [key] if _KEY.fullmatch(key) else []
        case ast.Call(
            func=ast.Name(id="key_of" | "written" | "address_of"), args=[_, ast.Constant(value=str(key)), *_]
        ):
            return [key] if _KEY.fullmatch(key) else []
        case ast.Subscript(slice=ast.Constant(value=str(key))):
            return [key] if _KEY.fullmatch(key) else []
        case _:
            return []


def listed(*, active: bool) -> list[str]:
    lines = map(_LINE.fullmatch, EXAMPLE.read_text("utf-8").splitlines())
    return [line[2] for line in lines if line and bool(line[1]) is not active]


def test_keys_are_found_in_every_way_the_code_writes_them() -> None:
    source = 'a.get("DATA_DIR") or b.get("WEB_PORT", "1"); c["FAL_KEY"]; d.get("lower"); e["x"]; key_of(f, "A_KEY")'
    found = [key for node in ast.walk(ast.parse(source)) for key in keys(node)]
    assert sorted(found) == ["A_KEY", "DATA_DIR", "FAL_KEY", "WEB_PORT"]


def test_every_setting_the_code_reads_can_be_set_there() -> None:
    assert set(listed(active=True)) == read_by_the_code()


def test_no_setting_is_listed_twice() -> None:
    all_ = listed(active=True) + listed(active=False)
    assert len(all_) == len(set(all_))


def test_every_setting_is_explained_with_its_default() -> None:
    lines = EXAMPLE.read_text("utf-8").splitlines()
    for above, line in pairwise(lines):
        if (found := _LINE.fullmatch(line)) and not found[1]:
            assert above.startswith("# "), line
            assert "(default: " in above, line


@pytest.mark.usefixtures("own_logging")
def test_a_copy_of_it_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".env").write_bytes(EXAMPLE.read_bytes())
    assert main(["check"], {}) == 0
    assert "❌" not in capsys.readouterr().out
    assert Path("data").is_dir()
