import pytest

from prompts.rules import broken


@pytest.mark.parametrize(
    "words",
    [
        "a nude woman on a beach",
        "NSFW version of her",
        "make him naked",
        "portrait érotique",
        "une femme nue",
        "without clothes",
        "n-u-d-e? no: NUDE!",
        "topless at the pool",
    ],
)
def test_sexual_content_is_refused_in_english_and_french(words: str) -> None:
    assert broken(words) == "sexual"


@pytest.mark.parametrize(
    "words",
    ["a schoolgirl in lingerie", "sexy teen", "une adolescente sensuelle", "naked child", "fillette en sous-vêtements"],
)
def test_anything_suggestive_about_somebody_young_is_refused(words: str) -> None:
    assert broken(words) == "minors"


@pytest.mark.parametrize(
    "words",
    [
        "a red fox in the snow",
        "a child on a swing",
        "a woman in a bikini on the beach",
        "lipstick in nude tones",
        "visible to the naked eye",
        "pieds nus dans le sable",
        "à l'œil nu",
        "a sexton in Essex",
        "the kids menu of a diner",
        "un enfant qui joue au ballon",
        "portrait de ma grand-mère",
    ],
)
def test_ordinary_pictures_are_not(words: str) -> None:
    assert broken(words) is None
