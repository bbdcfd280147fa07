"""Typed commands: how a line of chat becomes a command with options, and what a line that is none is told."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.core.chat.catalogue import COMMANDS
from bot.core.chat.errors import UserError
from bot.core.chat.messages import Text, say
from bot.core.chat.parsing import Typed, flag, parse


def imagined(text: str) -> dict[str, str]:
    typed = parse(f"/imagine {text}")
    assert typed.name == "imagine"
    return typed.options


def refusal(text: str) -> Text:
    with pytest.raises(UserError) as caught:
        parse(text)
    return caught.value.text


def test_words_and_options_are_told_apart() -> None:
    assert parse("/imagine a red fox --persona mila --aspect 4:5 --count 4") == Typed(
        "imagine", {"prompt": "a red fox", "persona": "mila", "aspect": "4:5", "count": "4"}
    )


# ── the command ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        "/persona create Mila",
        "/persona_create Mila",
        "/persona_create@LikenessBot Mila",
        "/persona@LikenessBot create Mila",
        "/PERSONA Create Mila",
        "/Persona_Create Mila",
        "  /persona   create   Mila  ",
        "/persona create\nMila",
        "/persona\ncreate Mila",
        "/persona_create\nMila",
        "/persona\tcreate\tMila",
    ],
)
def test_a_command_is_known_however_a_client_writes_it(text: str) -> None:
    assert parse(text) == Typed("persona create", {"name": "Mila"})


@pytest.mark.parametrize("command", ["/imagine", "/imagine@LikenessBot", "/IMAGINE", "/Imagine"])
@pytest.mark.parametrize("gap", [" ", "\n", "\t", "  \n\n"], ids=repr)
def test_a_prompt_may_begin_on_the_next_line_and_keeps_its_own_lines(command: str, gap: str) -> None:
    prompt = "A red fox\n\nin Deep snow,  at dusk"
    assert parse(f"{command}{gap}{prompt}\n") == Typed("imagine", {"prompt": prompt})


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_is_parsed_by_its_full_name(command) -> None:  # type: ignore[no-untyped-def]
    assert parse(f"/{command.name}") == Typed(command.name, {})
    assert parse(f"/{command.name.replace(' ', '_')}@Bot") == Typed(command.name, {})


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("/imagin a fox", "/imagine"),
        ("/imagne", "/imagine"),
        ("/quotta", "/quota"),
        ("/persona_creat", "/persona create"),
    ],
)
def test_a_misspelt_command_names_the_nearest_one(text: str, near: str) -> None:
    told = refusal(text)
    assert (told.key, told.args["near"]) == ("error-command-unknown-near", near)


@pytest.mark.parametrize("text", ["/xyzzy", "/", "/ ", "/@Bot", "/🦊", "/////", "/_"])
def test_a_command_far_from_every_other_is_just_unknown(text: str) -> None:
    assert refusal(text).key == "error-command-unknown"


def test_an_endless_command_is_quoted_in_part() -> None:
    assert len(str(refusal("/" + "x" * 10_000).args["command"])) == 60


def test_a_family_with_another_second_word_lists_what_there_is() -> None:
    choices = "/reference add, /reference list, /reference remove"
    assert refusal("/reference nonsense") == say("error-command-incomplete", command="/reference", choices=choices)


def test_a_family_alone_is_a_command_of_its_own_that_shows_a_menu() -> None:
    for text in ("/reference", "/REFERENCE", "/reference@Bot"):
        assert parse(text) == Typed("reference", {})


def test_a_command_that_takes_no_words_quotes_those_it_got() -> None:
    assert refusal("/quota please") == say("error-words-unexpected", command="/quota", words="please")


def test_what_clients_add_to_a_command_they_send_on_their_own_is_left_aside() -> None:
    assert parse("/start joined-by-link") == parse("/start@LikenessBot") == Typed("start", {})


# ── options ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        "--persona mila a red fox",
        "a --persona mila red fox",
        "a red fox --persona mila",
        "a red fox --persona=mila",
        "a red fox --persona = mila",
        'a red fox --persona "mila"',
        'a red fox --persona="mila"',
        "a red fox --persona “mila”",
        "a red fox --persona „mila“",
        "a red fox --persona « mila »",
        "a red fox --PERSONA mila",
        "a red fox —persona mila",
        "a red fox –persona mila",
        "a red fox —-persona mila",
        "a red fox –-persona=mila",
        "a red fox\n--persona mila",
        "--persona mila\na red fox",
        '"a red fox" --persona mila',
        "“a red fox” --persona mila",
    ],
)
def test_an_option_stands_anywhere_and_is_forgiven_dashes_quotes_and_case(text: str) -> None:
    assert imagined(text) == {"prompt": "a red fox", "persona": "mila"}


def test_a_quoted_value_keeps_its_spaces_and_its_dashes() -> None:
    assert imagined('a fox --persona "Anna Lee" --params="style=oil --x y=1"') == {
        "prompt": "a fox", "persona": "Anna Lee", "params": "style=oil --x y=1",
    }  # fmt: skip


def test_the_last_of_two_equal_options_holds() -> None:
    assert imagined("a fox --count 2 --count 3")["count"] == "3"


def test_an_empty_value_in_quotes_is_an_empty_value() -> None:
    assert imagined('a fox --persona "" --count 2') == {"prompt": "a fox", "persona": "", "count": "2"}


@pytest.mark.parametrize("text", ["a fox --persona", "a fox --persona=", "--persona --count 2 a fox", "--persona ="])
def test_an_option_without_its_value_is_asked_for_it(text: str) -> None:
    told = refusal(f"/imagine {text}")
    assert told == say("error-option-missing", command="/imagine", option=say("option-persona"), name="persona")


def test_a_negative_number_is_a_value() -> None:
    assert imagined("a fox --seed -5")["seed"] == "-5"


def test_a_long_text_reaches_to_the_next_option() -> None:
    assert parse("/persona create Mila --description tall, with red hair --kind fictional").options == {
        "name": "Mila", "description": "tall, with red hair", "kind": "fictional",
    }  # fmt: skip
    assert parse('/persona create --description "tall, with red hair" Mila').options == {
        "name": "Mila", "description": "tall, with red hair",
    }  # fmt: skip


def test_the_words_of_a_command_may_be_named_like_an_option_and_nothing_is_lost() -> None:
    assert imagined("--prompt a red fox --count 2") == {"prompt": "a red fox", "count": "2"}
    assert imagined('--prompt="a red fox" --count 2') == {"prompt": "a red fox", "count": "2"}
    assert imagined("a red --prompt fox") == {"prompt": "a red fox"}
    assert parse("/persona show --persona Anna Lee").options == {"persona": "Anna Lee"}


def test_photos_are_attached_so_their_option_takes_no_words_from_the_prompt() -> None:
    assert imagined("--images a red fox") == {"prompt": "a red fox"}


@pytest.mark.parametrize("text", ["a fox --cuont 3", "--counts 3 a fox"])
def test_a_misspelt_option_names_the_nearest_one(text: str) -> None:
    told = refusal(f"/imagine {text}")
    assert (told.key, told.args["choices"]) == ("error-option-unknown", "--count")


def test_an_option_far_from_every_other_lists_them_all() -> None:
    told = refusal("/settings --xyzzy 3")
    choices = "--language, --model, --persona, --quality, --fallback, --confirm, --for"
    assert told == say("error-option-unknown", option="--xyzzy", command="/settings", choices=choices)


def test_an_option_of_a_command_that_has_none_is_told_so() -> None:
    assert refusal("/quota --all") == say("error-option-none", option="--all", command="/quota")


def test_a_misspelt_option_is_found_behind_a_phones_dash_too() -> None:
    assert refusal("/imagine a fox —persnoa mila").key == "error-option-unknown"


# ── flags ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("a fox --private", {"private": "on"}),
        ("--private a fox", {"private": "on"}),
        ("--private\na fox", {"private": "on"}),
        ("a --private fox", {"private": "on"}),
        ("--private on a fox", {"private": "on"}),
        ("--private oui a fox", {"private": "oui"}),
        ("--private OFF a fox", {"private": "OFF"}),
        ("a fox --private=non", {"private": "non"}),
        ("a fox --private=maybe", {"private": "maybe"}),
        ('a fox --private "off"', {"private": "off"}),
        ("--private --references off a fox", {"private": "on", "references": "off"}),
    ],
)
def test_a_flag_is_on_by_its_name_alone_and_takes_no_word_of_the_prompt(text: str, options: dict[str, str]) -> None:
    assert imagined(text) == {"prompt": "a fox", **options}


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        *((word, True) for word in ("on", "ON", "yes", "true", "1", "oui", "Oui")),
        *((word, False) for word in ("off", "no", "false", "0", "non", "NON")),
        *((word, None) for word in ("", "maybe", "2", "onn")),
    ],
)
def test_a_flag_is_set_in_english_french_and_numbers(word: str, meaning: bool | None) -> None:
    assert flag(word) is meaning


# ── prompts ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "prompt",
    [
        "a fox - and a hare -",
        "a well--known fox",
        "a range of 10-20 foxes",
        "minus -5 degrees",
        "a -- dash, a --- longer one and —— two",
        "--5 below zero",
        "snow — deep snow — everywhere",
        "wide –5 to 10– open",
        "—Hola —dijo el zorro—",
        "renard –très roux– dans la neige",
        "“Stop” says the sign in the rain",
        '"Stop" or "Go"',
        'a 5" doll beside a 6" doll',
        "it’s the fox’s “own” den",
        "= a formula = x",
        "e = mc² — so --",
        "🦊 in ❄️ with 👩🏽‍🚀 and 🇫🇷",
        "雪の中の赤い狐",
        "ثعلب أحمر في الثلج",
        "लाल लोमड़ी बर्फ़ में",
        "a fox @Bot /imagine /persona create",
        "create",
    ],
)
def test_a_prompt_without_options_stays_whole(prompt: str) -> None:
    assert imagined(prompt) == {"prompt": prompt}


def test_what_stands_in_quotes_is_no_option() -> None:
    assert imagined('a sign "use --help or --count 9" --count 2') == {
        "prompt": 'a sign "use --help or --count 9"', "count": "2",
    }  # fmt: skip


OPTION_LIKE = re.compile(r"(?:^|\s)(?:--|[–—])")
WHOLLY_QUOTED = re.compile(r'["“”„«»][^"“”„«»]*["“”„«»]')
WORDS = st.text(max_size=80) | st.text(alphabet=' -–—"“”=\n\taé1🦊', max_size=30)


@given(WORDS)
@example("a" * 10_000)
@settings(deadline=None, max_examples=500)
def test_any_prompt_without_option_like_words_comes_back_as_typed(prompt: str) -> None:
    prompt = prompt.strip()
    if prompt and not OPTION_LIKE.search(prompt) and not WHOLLY_QUOTED.fullmatch(prompt):
        assert imagined(prompt) == {"prompt": prompt}


@given(WORDS, WORDS, st.sampled_from(["--aspect 4:5", "—aspect=4:5", '–aspect "4:5"']))
@settings(deadline=None, max_examples=300)
def test_an_option_between_any_words_takes_none_of_them(before: str, after: str, option: str) -> None:
    words = f"{before} {after}"
    if not OPTION_LIKE.search(words) and not re.search(r'["“”„«»]', words):
        expected = " ".join(part for part in (before.strip(), after.strip()) if part)
        assert imagined(f"{before} {option} {after}") == ({"prompt": expected} if expected else {}) | {"aspect": "4:5"}


NAMES = st.sampled_from([command.name for command in COMMANDS])
OPTION_SOUP = st.lists(
    st.sampled_from(["--", "—", "–", "count", "private", "prompt", "images", "description", "=", '"', "“", " ", "\n"])
    | st.text(max_size=5),
    max_size=15,
)  # fmt: skip


@given(st.text(max_size=60) | st.builds(lambda name, soup: f"{name} {''.join(soup)}", NAMES, OPTION_SOUP))
@settings(deadline=None, max_examples=1000)
def test_whatever_follows_a_slash_is_read_or_answered(text: str) -> None:
    try:
        typed = parse("/" + text)
    except UserError:
        return
    spec = next(command for command in COMMANDS if command.name == typed.name)
    assert all(spec.option(name) for name in typed.options)
