"""What a typed line means."""

from pathlib import Path

import pytest

from bot.fronts.console.typed import NoSuchFile, Pressed, Reacted, Said, files_of, read


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which people type, with two photos."""
    monkeypatch.chdir(tmp_path)
    for name in ("woman.jpg", "my photo.jpg", "notes"):
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize(
    ("line", "meaning"),
    [
        ("#2", Pressed(None, 2)),
        ("#5.12", Pressed(5, 12)),
        ("✅", Reacted("✅", True)),
        ("+❤️", Reacted("❤️", True)),
        ("-👍🏽", Reacted("👍🏽", False)),
        ("> warmer light", Said("warmer light", to=0)),
        (">5 1 4 7", Said("1 4 7", to=5)),
        (">5", Said(">5")),
        ("#2 foxes", Said("#2 foxes")),
        ("!!!", Said("!!!")),
        ("-", Said("-")),
        ("✅ a fox", Said("✅ a fox")),
        ("/imagine it's “oil”", Said("/imagine it's “oil”")),
    ],
)
def test_buttons_reactions_answers_and_words_are_told_apart(line: str, meaning: object) -> None:
    assert read(f"  {line} ") == meaning


@pytest.mark.parametrize(
    "line",
    ["oil @woman.jpg", "@woman.jpg oil", '@"woman.jpg" oil', "oil @'woman.jpg'", "oil @./woman.jpg"],
)
def test_a_file_is_attached_and_leaves_the_words(line: str) -> None:
    assert read(line) == Said("oil", (Path("woman.jpg"),))


@pytest.mark.parametrize("line", ['it\'s oil @"my photo.jpg"', "it's oil @'my photo.jpg'", r"it's oil @my\ photo.jpg"])
def test_a_name_may_hold_spaces_and_the_words_an_apostrophe(line: str) -> None:
    assert read(line) == Said("it's oil", (Path("my photo.jpg"),))


def test_several_files_keep_their_order_and_the_words_between_them() -> None:
    files = (Path("woman.jpg"), Path("my photo.jpg"))
    assert read("@woman.jpg with @'my photo.jpg' in oil") == Said("with in oil", files)
    assert read("> @woman.jpg warmer") == Said("warmer", (Path("woman.jpg"),), 0)


@pytest.mark.parametrize("line", ["@ana paint", "mail a@woman.jpg", "/imagine @", "@notes.", "x @ana."])
def test_a_mention_that_is_no_file_stays_a_word(line: str) -> None:
    assert read(line) == Said(line)


@pytest.mark.parametrize("name", ["wooman.jpg", "nowhere/x", "wooman.HEIC"])
def test_a_photo_that_is_not_there_is_named_instead_of_sent(name: str) -> None:
    assert read(f"oil @{name}") == NoSuchFile(name)


@pytest.mark.parametrize("quoted", ["'{}'", '"{}"', "{}"])
def test_a_file_dropped_on_the_terminal_is_attached(folder: Path, quoted: str) -> None:
    path = folder / "my photo.jpg"
    typed = str(path) if quoted != "{}" else str(path).replace(" ", "\\ ")
    assert read(quoted.format(typed)) == Said("", (path,))
    two = f"'{path}' {folder / 'woman.jpg'}"
    assert read(two) == Said("", (path, folder / "woman.jpg"))


@pytest.mark.parametrize("line", ["/help", "/imagine oil", "/settings --language fr"])
def test_a_command_is_no_dropped_file(line: str) -> None:
    assert read(line) == Said(line)


def test_a_home_folder_is_found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(folder))
    assert read("oil @~/woman.jpg") == Said("oil", (folder / "woman.jpg",))


def test_a_list_of_files_is_read_as_shells_and_terminals_write_it() -> None:
    assert files_of("@woman.jpg 'my photo.jpg'") == (Path("woman.jpg"), Path("my photo.jpg"))
    assert files_of("woman.jpg nowhere.jpg") == NoSuchFile("nowhere.jpg")
    assert files_of("it's") == NoSuchFile("it's")
