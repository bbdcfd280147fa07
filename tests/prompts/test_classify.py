"""What kind of picture words ask for, in English and French."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompts.classify import classify, kinds
from prompts.lexicon import stems


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("photography/portrait", "a close portrait of my grandmother laughing, 85mm"),
        ("photography/portrait", "portrait d'un vieux pêcheur à la barbe blanche"),
        ("photography/portrait", "mon chien endormi contre un chaton"),
        ("photography/landscape", "snowy mountains above a lake at sunrise"),
        ("photography/landscape", "une ruelle de Lisbonne après la pluie, photo de rue"),
        ("photography/product", "a bowl of ramen on a wooden table"),
        ("photography/product", "deux croissants et une tasse de thé"),
        ("photography/macro", "macro shot of dew drops on a spider web"),
        ("photography/macro", "vue macro d'une aile de libellule"),
        ("products/ecommerce", "packshot of a sneaker, isolated on white, for our Shopify catalogue"),
        ("products/ecommerce", "photo de catalogue d'un sac à main sur fond blanc"),
        ("products/advertising", "billboard advertisement for a mineral water, headline on the left"),
        ("products/advertising", "bannière publicitaire pour les soldes d'été"),
        ("products/editorial", "fashion editorial for a magazine, model in a wool coat"),
        ("products/editorial", "éditorial de mode, silhouette en manteau oversize"),
        ("products/lifestyle", "lifestyle photo of a thermos in use at a campsite"),
        ("products/lifestyle", "mets en scène ce casque audio dans un cadre quotidien"),
        ("art/painting", "an oil painting of a harbour, impasto, palette knife"),
        ("art/painting", "un phare à l'aquarelle, dans le style de Monet"),
        ("art/digital_art", "anime heroine with a glowing sword, concept art"),
        ("art/digital_art", "une licorne en bande dessinée"),
        ("art/3d_render", "isometric low poly bakery, 3D render in Blender"),
        ("art/3d_render", "un renard en pâte à modeler, rendu 3D"),
        ("art/abstract", "abstract composition of concentric circles"),
        ("art/abstract", "art abstrait, formes géométriques et tourbillons"),
        ("diagrams/architecture", "AWS architecture diagram with Lambda, S3 and an API gateway"),
        ("diagrams/architecture", "schéma d'architecture avec Kubernetes et une base de données"),
        ("diagrams/flowchart", "flowchart of our refund process with two decisions"),
        ("diagrams/flowchart", "organigramme du processus de commande"),
        ("diagrams/technical", "infographic with a pie chart about coffee"),
        ("diagrams/technical", "vue éclatée d'une montre mécanique, annotée"),
        ("diagrams/wireframe", "wireframe of a banking app with a login screen"),
        ("diagrams/wireframe", "maquette de site pour un restaurant, page d'accueil"),
    ],
)
def test_words_tell_their_kind(kind: str, words: str) -> None:
    assert classify(words).kind == kind


def test_the_name_of_the_picture_outweighs_what_is_seen_in_it() -> None:
    seen = "a woman, a man, a dog, a cat, a horse, their family and friends, all with a smile"
    assert classify(seen).kind == "photography/portrait"
    assert classify(f"an oil painting of {seen}").kind == "art/painting"


def test_many_hints_count_more_than_one() -> None:
    assert classify("a car, a cat").kind == "photography/product"
    assert classify("a car, a cat, a dog, a horse").kind == "photography/portrait"


def test_what_stands_first_weighs_more() -> None:
    assert classify("a cat beside a car").kind == "photography/portrait"
    assert classify("a car beside a cat").kind == "photography/product"


def test_close_kinds_are_alternatives() -> None:
    found = classify("a cat beside a car")
    assert found.alternatives == ("photography/product",)
    assert 0 < found.score < 1


def test_no_doubt_scores_one() -> None:
    found = classify("watercolour")
    assert (found.alternatives, found.score) == ((), 1.0)


@pytest.mark.parametrize("words", ["", "   ", "xyzzy", "今日は"])
def test_words_that_say_nothing_score_nothing(words: str) -> None:
    found = classify(words)
    assert (found.kind, found.alternatives, found.score) == (kinds()[0], (), 0.0)


@given(st.text())
def test_any_text_has_a_kind(words: str) -> None:
    found = classify(words)
    assert {found.kind, *found.alternatives} <= set(kinds())
    assert found.kind not in found.alternatives
    assert 0 <= found.score <= 1


@pytest.mark.parametrize(
    "words", ["the", "and", "with", "of a", "le", "la", "les", "et", "dans", "pour", "mais", "des"]
)
def test_everyday_words_mean_nothing(words: str) -> None:
    assert stems(words)
    assert classify(words).score == 0
