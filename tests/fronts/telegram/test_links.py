"""Links from a group into the private chat: what they repeat there, and what nobody can make them do."""

import pytest

from bot.fronts.telegram import links

ROW = "01a1f83f29f6720d944509f9d06b05bb"


@pytest.mark.parametrize("verb", ["recipe", "original", "parent"])
def test_a_button_that_shows_something_is_repeated(verb: str) -> None:
    payload = links.of_action(f"v1:{verb}:{ROW}")
    assert len(payload) <= 64
    assert links.action_of(payload) == f"v1:{verb}:{ROW}"


@pytest.mark.parametrize("action", [f"v1:trash:{ROW}", f"v1:again:{ROW}", f"v1:erase:{ROW}", "nonsense", ""])
def test_a_button_that_does_something_leads_to_the_greeting(action: str) -> None:
    assert links.of_action(action) == links.GREETING


@pytest.mark.parametrize("payload", [f"a_trash_{ROW}", f"a_again_{ROW}", "a_recipe_", "a_recipe_../..", "hello", ""])
def test_a_payload_that_somebody_made_up_repeats_no_button(payload: str) -> None:
    assert links.action_of(payload) is None


def test_commands_that_show_something_are_repeated_and_no_others() -> None:
    assert links.command_of(links.of_command("gallery browse")) == "gallery browse"
    assert links.of_command("privacy delete") == links.GREETING
    assert links.command_of("c_privacy-delete") is None


def test_a_link_opens_the_private_chat() -> None:
    assert links.link("LikenessBot", "c_quota") == "https://t.me/LikenessBot?start=c_quota"
