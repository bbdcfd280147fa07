"""Providers of other distributions: found by their entry point, with their settings and models, or refused in words."""

from pathlib import Path

import pytest

from bot.__main__ import main
from bot.env_file import settings_of
from bot.settings import Settings
from bot.wiring import models_of
from providers.plugins import BadPlugin
from providers.registry import factory, load_models, providers
from tests.harness.setups import setup_of
from tests.servers.example import block

MODELS = block("toml")
DECLARED = """
from pathlib import Path
import {code}
EASEL = {code}.Declaration(
    build="{code}:build", settings={code}.EASEL.settings, models=Path(__file__).with_name("{code}.toml")
)
"""


class Site:
    """A folder of packages on Python's path."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def install(self, name: str, point: str, **files: str) -> None:
        """Install a distribution with one entry point, as pip leaves it behind."""
        info = self.folder / f"{name.replace('-', '_')}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[likeness.providers]\n{point}\n")
        for file, text in files.items():
            (self.folder / file.replace("__", ".")).write_text(text, "utf-8")

    def install_easel(self, code: str, models: str = MODELS, point: str = "easel") -> None:
        files = {
            f"{code}__py": block("python").replace('"easel:build"', f'"{code}:build"'),
            f"{code}_declaration__py": DECLARED.format(code=code), f"{code}__toml": models,
        }  # fmt: skip
        self.install("likeness-easel", f"{point} = {code}_declaration:EASEL", **files)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    return Site(folder)


def test_a_plug_in_stands_beside_the_shipped_providers(site: Site) -> None:
    site.install_easel("easel_one")
    declared = providers()["easel"]
    assert declared.keys == ("EASEL_KEY",)
    setup = setup_of("easel", {"EASEL_KEY": "easel-1"})
    assert type(factory("easel")(setup)).__name__ == "Easel"


def test_its_models_follow_the_shipped_ones_and_its_key_turns_them_on(site: Site) -> None:
    site.install_easel("easel_two")
    assert load_models().models[-1].id == "watercolour"
    assert "watercolour" not in {model.id for model in models_of(Settings()).models}
    assert "watercolour" in {model.id for model in models_of(Settings({"EASEL_KEY": "easel-1"})).models}


def test_a_list_of_the_operators_own_holds_and_may_bring_the_plug_ins_models_in(site: Site, tmp_path: Path) -> None:
    site.install_easel("easel_three")
    own = tmp_path / "models.toml"
    own.write_text(MODELS.replace("watercolour", "gouache"))
    assert [model.id for model in load_models(own).models] == ["gouache"]
    own.write_text("shipped = true\n" + MODELS.replace("watercolour", "gouache"))
    listed = [model.id for model in load_models(own).models]
    assert (listed[0], listed[-1]) == ("gouache", "watercolour")


def test_its_settings_are_known_and_a_slip_in_one_is_refused(site: Site, tmp_path: Path) -> None:
    site.install_easel("easel_four")
    file = tmp_path / ".env"
    file.write_text("EASEL_KEY=easel-1\n")
    assert settings_of(file, {}).of(["EASEL_KEY"]) == {"EASEL_KEY": "easel-1"}
    file.write_text("EASEL_KEI=easel-1\n")
    with pytest.raises(Exception, match="did you mean EASEL_KEY"):
        settings_of(file, {})


@pytest.mark.parametrize(
    ("point", "code", "words"),
    [
        ("easel = nowhere:EASEL", "", "cannot be loaded: update it or uninstall it (ModuleNotFoundError: No module"),
        ("easel = broken_one:EASEL", "raise RuntimeError('no brushes')", "(RuntimeError: no brushes)"),
        ("easel = broken_two:EASEL", "", "cannot be loaded: update it or uninstall it (AttributeError"),
        ("easel = broken_three:EASEL", "EASEL = 1", "which is no providers.contract.settings.Declaration"),
        ("fal = broken_four:FAL", "", "has the name of another provider: uninstall one of them"),
    ],
)
def test_a_plug_in_that_cannot_be_used_is_one_sentence(
    site: Site, capsys: pytest.CaptureFixture[str], point: str, code: str, words: str
) -> None:
    module = point.partition("= ")[2].partition(":")[0]
    files = {} if module == "nowhere" else {f"{module}__py": code}
    site.install("likeness-broken", point, **files)
    assert main(["run"], {"DATA_DIR": str(site.folder / "data")}) == 2
    printed = capsys.readouterr().err
    assert printed.startswith(f"The provider plug-in {point.partition(' =')[0]!r} of likeness-broken 1.0 ")
    assert words in printed
    assert printed.count("\n") == 1


def test_a_plug_in_whose_code_is_missing_is_named_when_it_is_built(site: Site) -> None:
    code = "from providers.contract.settings import Declaration\nEASEL = Declaration(build='no_easel:build')"
    site.install("likeness-easel", "easel = easel_five:EASEL", easel_five__py=code)
    with pytest.raises(BadPlugin, match="'easel' has no no_easel:build"):
        factory("easel")


@pytest.mark.parametrize(
    ("models", "words"),
    [
        (MODELS.replace('"easel"', '"local"'), "lists the model 'watercolour' of 'local'"),
        (MODELS.replace("models.watercolour", "models.local"), "lists the model 'local', which there is already"),
    ],
)
def test_it_may_bring_only_new_models_of_its_own(site: Site, models: str, words: str) -> None:
    site.install_easel("easel_six" if "'local'," in words else "easel_seven", models)
    with pytest.raises(BadPlugin, match=words):
        load_models()
