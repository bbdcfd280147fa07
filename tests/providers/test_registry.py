"""The model list as data, and providers whose code is imported only when they are asked for."""

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from providers.contract.model import Account, Capabilities, Model
from providers.registry import MODELS_FILE, PROVIDERS, BadModelsFile, factory, load_models

ROOT = Path(__file__).parents[2]
GOOD = """
[models.paid]
name = "Paid"
provider = "scripted"
as_of = "2026-11-20"
prices = { "1K" = "0.04", "2K" = "0.134" }

[models.paid.capabilities]
max_references = 4
sizes = ["1K", "2K"]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "models.toml"


def loaded(file: Path, text: str = GOOD) -> tuple[Model, ...]:
    file.write_text(text, "utf-8")
    return load_models(file).models


def complaint(file: Path, text: str) -> str:
    with pytest.raises(BadModelsFile) as caught:
        loaded(file, text)
    words = str(caught.value)
    assert words.startswith(f"{file}: ")
    assert "\n" not in words
    assert "http" not in words
    return words


# ── the list ─────────────────────────────────────────────────────────────────────────────────────────────


def test_the_shipped_list_loads_and_somebody_without_a_key_still_gets_pictures() -> None:
    models = load_models().models
    assert MODELS_FILE.is_file()
    assert {model.provider for model in models} <= set(PROVIDERS)
    assert any(model.free for model in models)


@pytest.mark.parametrize("model", load_models().models, ids=lambda model: model.id)
def test_every_shipped_model_names_its_date_and_can_do_something(model: Model) -> None:
    assert len(model.as_of) == len("2026-11-20")
    assert "auto" in model.capabilities.aspects
    assert model.capabilities.sizes
    assert model.name


def test_a_model_is_data(file: Path) -> None:
    [model] = loaded(file)
    assert model == Model(
        id="paid",
        provider="scripted",
        name="Paid",
        capabilities=Capabilities(max_references=4, sizes=("1K", "2K")),
        prices={"1K": Decimal("0.04"), "2K": Decimal("0.134")},
        as_of="2026-11-20",
    )
    assert not model.free


def test_models_keep_the_order_of_the_file_since_the_first_usable_one_is_the_default(file: Path) -> None:
    another = GOOD.replace("paid", "another").replace("Paid", "Another")
    assert [model.id for model in loaded(file, another + GOOD)] == ["another", "paid"]


# ── prices ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("price", "micro"),
    [
        ('"0"', 0),
        ('"0.04"', 40_000),
        ("0.04", 40_000),
        ('"0.1"', 100_000),
        ("1", 1_000_000),
        ('"0.0000001"', 1),
        ('"0.0400001"', 40_001),
        ('"0.134"', 134_000),
        ('"0.13333333333333333333333"', 133_334),
    ],
)
def test_a_price_is_rounded_up_to_whole_microdollars_once(file: Path, price: str, micro: int) -> None:
    [model] = loaded(file, GOOD.replace('"1K" = "0.04"', f'"1K" = {price}'))
    assert model.price("1K") == micro


def test_a_star_prices_every_size_without_a_price_of_its_own(file: Path) -> None:
    [model] = loaded(file, GOOD.replace('"1K" = "0.04"', '"*" = "0.05"'))
    assert (model.price("1K"), model.price("2K"), model.price("4K")) == (50_000, 134_000, 50_000)


@pytest.mark.parametrize(("price", "free"), [('"0"', True), ('"0.000"', True), ('"0.0000001"', False)])
def test_a_model_is_free_when_every_price_is_nothing(file: Path, price: str, free: bool) -> None:
    [model] = loaded(file, GOOD.replace('{ "1K" = "0.04", "2K" = "0.134" }', f'{{ "*" = {price} }}'))
    assert model.free is free


def test_photos_and_what_is_switched_on_add_to_the_price(file: Path) -> None:
    extra = 'per_reference = "0.015"\nsurcharges = { web_search = "0.014" }\n'
    [model] = loaded(
        file, GOOD.replace("as_of", extra + "as_of").replace("sizes", 'parameters = ["web_search"]\nsizes')
    )
    assert model.price("1K") == 40_000
    assert model.price("1K", 3) == 85_000
    assert model.price("1K", 3, {"web_search": "on", "style": "on"}) == 99_000
    assert model.price("1K", 0, {"web_search": "off"}) == 40_000


def test_the_usual_price_is_that_of_the_least_one_can_ask_for(file: Path) -> None:
    [model] = loaded(file, GOOD.replace("as_of", 'per_reference = "0.015"\nas_of'))
    assert model.usual_price == 40_000
    [model] = loaded(file, GOOD.replace("as_of", 'per_reference = "0.015"\nas_of') + "min_references = 2\n")
    assert model.usual_price == model.price("1K", 2) == 70_000


# ── accounts, the shipped list, what is on ───────────────────────────────────────────────────────────────


def test_an_account_says_how_much_a_provider_takes_at_once(file: Path) -> None:
    file.write_text(GOOD + "[accounts.scripted]\nconcurrency = 2\nper_minute = 6\n", "utf-8")
    assert load_models(file).account("scripted") == Account(concurrency=2, per_minute=6)
    assert load_models(file).account("local") == Account()


def test_a_list_may_be_added_to_the_shipped_one_and_goes_over_it(file: Path) -> None:
    own = GOOD.replace("models.paid", "models.local")
    file.write_text("shipped = true\n" + own, "utf-8")
    listed = load_models(file)
    assert listed.models[0].name == "Paid"
    assert [model.id for model in listed.models].count("local") == 1
    assert {model.id for model in listed.models} == {model.id for model in load_models().models}


def test_without_a_key_only_what_needs_none_is_usable() -> None:
    assert {model.provider for model in load_models().usable({}).models} == {"local"}


# ── what is wrong with a list ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("right", "wrong", "named"),
    [
        ('name = "Paid"', "", "name"),
        ('as_of = "2026-11-20"', "", "as_of"),
        ('prices = { "1K" = "0.04", "2K" = "0.134" }', "", "prices"),
        ("max_references = 4", "", "capabilities.max_references"),
        ("max_references = 4", 'max_references = "many"', "capabilities.max_references"),
        ("max_references = 4", "max_references = 4\ndeadline = []", "capabilities.deadline"),
        ('"1K" = "0.04"', '"1K" = "cheap"', "prices.1K"),
        ('"1K" = "0.04"', '"1K" = "nan"', "prices.1K"),
        ('"1K" = "0.04"', '"1K" = "-0.04"', "prices.1K"),
        ('"1K" = "0.04", ', "", "prices.1K"),
        ('as_of = "2026-11-20"', 'as_of = "2026-11-20"\nspeed = 3', "speed"),
        ('as_of = "2026-11-20"', 'as_of = "2026-11-20"\nper_reference = "-1"', "per_reference"),
        ('as_of = "2026-11-20"', 'as_of = "2026-11-20"\nsurcharges.web = "1"', "surcharges.web"),
        ('as_of = "2026-11-20"', 'as_of = "2026-11-20"\nwire = { disable_safety_checker = true }', "checker"),
        (
            'as_of = "2026-11-20"',
            'as_of = "2026-11-20"\nwire.fixed.enable_safety_checker = false',
            "checker",
        ),
        ("max_references = 4", 'max_references = 4\nparameters = ["disable_safety_checker"]', "checker"),
        (
            'as_of = "2026-11-20"',
            'as_of = "2026-11-20"\nwire.parameters = { plain = "enable_safety_checker" }',
            "checker",
        ),
        ("max_references = 4", "max_references = 4\nmin_references = 5", "capabilities.min_references"),
        ("max_references = 4", "max_references = 4\naspects = []", "capabilities.aspects"),
        ("max_references = 4", "max_references = 4\ndeadline = 0", "capabilities.deadline"),
        ('as_of = "2026-11-20"', 'as_of = "2026-11-20"\nid = "other"', "id"),
        ("max_references = 4", "max_refs = 4", "max_refs"),
        ('provider = "scripted"', 'provider = "nobody"', "nobody"),
    ],
)
def test_a_model_that_cannot_be_used_is_named_with_its_key(file: Path, right: str, wrong: str, named: str) -> None:
    assert right in GOOD
    words = complaint(file, GOOD.replace(right, wrong))
    assert "model 'paid'" in words
    assert named in words


@pytest.mark.parametrize(
    "text", ["[accounts.scripted]\nconcurrency = 0", "[accounts.scripted]\nper_minute = 0", "[accounts.nobody]", "[x]"]
)
def test_a_section_that_makes_no_sense_is_named(file: Path, text: str) -> None:
    complaint(file, f"{GOOD}\n{text}\n")


def test_an_unknown_provider_is_answered_with_those_there_are(file: Path) -> None:
    words = complaint(file, GOOD.replace('"scripted"', '"nobody"'))
    assert all(name in words for name in PROVIDERS)


@pytest.mark.parametrize(
    "text",
    ["[models]\nlocal = 3", "[models.local]\ncapabilities = 3", "[models.local]\ncapabilities = 'none'"],
    ids=str,
)
def test_a_model_that_is_no_table_is_named(file: Path, text: str) -> None:
    assert "model 'local'" in complaint(file, text)


@pytest.mark.parametrize("text", ["[paid", "paid = ", "a\n"])
def test_a_file_that_is_no_toml_is_named(file: Path, text: str) -> None:
    complaint(file, text)


def test_a_file_that_is_no_text_is_named(file: Path) -> None:
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadModelsFile, match=r"models\.toml"):
        load_models(file)


def test_a_list_without_models_is_of_no_use(file: Path) -> None:
    assert "no model" in complaint(file, "# nothing here")


def test_a_file_that_is_not_there_is_named(file: Path) -> None:
    with pytest.raises(BadModelsFile, match=r"models\.toml"):
        load_models(file)


# ── imports ──────────────────────────────────────────────────────────────────────────────────────────────


def imported(code: str) -> set[str]:
    """The modules that are loaded after some code ran in a fresh interpreter."""
    show = "; import sys, json; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code + show], cwd=ROOT, capture_output=True, check=True, text=True)
    return set(json.loads(done.stdout))


def test_reading_the_list_imports_no_provider_and_nothing_providers_draw_with() -> None:
    modules = imported("from providers.registry import load_models; load_models()")
    assert not {one.build.partition(":")[0] for one in PROVIDERS.values()} & modules
    assert not {"numpy", "cv2", "PIL", "google.genai", "replicate", "fal_client", "openai", "aiohttp"} & modules


def test_a_provider_that_is_chosen_is_imported_and_no_other() -> None:
    modules = imported("from providers.registry import factory; factory('scripted')")
    others = {one.build.partition(":")[0] for name, one in PROVIDERS.items() if name != "scripted"}
    assert "providers.scripted" in modules
    assert not others & modules


@pytest.mark.parametrize("name", PROVIDERS)
def test_every_provider_of_the_table_is_there(name: str) -> None:
    assert callable(factory(name))
