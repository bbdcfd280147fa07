"""The first answer: in time, in the right form, and seen by the right people."""

import pytest
from simcord.interactions import base_payload

from tests.fronts.discord.world import Server, picture, ring

pytestmark = pytest.mark.asyncio(loop_scope="module")


def callbacks(server: Server, since: int) -> list[tuple[int, int]]:
    """The first responses since then: type and flags (Discord: Interaction Callback Type)."""
    sent = [one for one in server.world.env.http_requests[since:] if one.path.endswith("/callback")]
    return [(one.json["type"], (one.json.get("data") or {}).get("flags", 0)) for one in sent]


async def test_public_commands_are_acknowledged_to_all_and_private_ones_to_one(server: Server) -> None:
    ann = server.member("Ann")
    since = len(server.world.env.http_requests)
    await ann.slash(server.channel, "imagine", prompt="a fox")
    await ann.slash(server.channel, "quota")
    await ann.slash(server.channel, "imagine", prompt="a fox", private=True)
    assert callbacks(server, since) == [(5, 0), (5, 64), (5, 64)]
    await server.result(2)


async def test_the_acknowledgement_is_the_first_thing_that_is_done(server: Server) -> None:
    ann = server.member("Ann")
    since = len(server.world.env.http_requests)
    await ann.slash(server.channel, "imagine", prompt="a fox", image1=("a.jpg", picture()))
    first = server.world.env.http_requests[since]
    assert first.path.endswith("/callback")
    await server.result()


async def test_an_error_takes_the_public_post_away_and_is_told_in_private(server: Server) -> None:
    ann = server.member("Ann")
    answer = await ann.slash(server.channel, "imagine", prompt="a fox", persona="nobody")
    assert answer.response is None
    assert [one.ephemeral for one in answer.followups] == [True]
    assert "nobody" in server.last.text
    assert len(server.messages) == 1


async def test_a_command_that_keeps_photos_opens_its_form_at_once(server: Server) -> None:
    ann = server.member("Ann")
    shown = await ann.slash(server.channel, "persona create", kind="product")
    assert shown.modal
    assert shown.modal["title"] == "/persona create"
    controls = {row["component"]["custom_id"]: row["component"] for row in shown.modal["components"]}
    assert list(controls) == ["name", "kind", "description", "images"]
    assert controls["images"]["type"] == 19
    assert controls["images"]["max_values"] == 10
    answer = await ann.submit_modal(
        shown, {"name": "Teapot", "kind": ["product"], "images": [("a.jpg", picture()), ("b.jpg", picture(400, 500))]}
    )
    assert answer.ephemeral
    assert "Teapot is here" in server.last.text
    await ann.slash(server.channel, "reference list", persona="Teapot")
    assert len(server.last.pictures) == 2


async def test_adding_photos_without_any_opens_the_form_with_what_was_said(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "persona create", name="Teapot", kind="product", image1=("a.jpg", picture()))
    since = len(server.world.env.http_requests)
    shown = await ann.slash(server.channel, "reference add", persona="Teapot", role="style")
    assert [kind for kind, _ in callbacks(server, since)] == [9], "the form comes first, and nothing else"
    assert shown.modal
    controls = {row["component"]["custom_id"]: row["component"] for row in shown.modal["components"]}
    assert controls["persona"]["value"] == "Teapot"
    assert [one["value"] for one in controls["role"]["options"] if one.get("default")] == ["style"]
    await ann.submit_modal(shown, {"persona": "Teapot", "role": ["style"], "images": [("b.jpg", ring())]})
    assert server.last.ephemeral
    await ann.slash(server.channel, "reference list", persona="Teapot")
    assert len(server.last.pictures) == 2


async def test_a_persona_is_changed_in_a_form_that_comes_first(server: Server) -> None:
    zoe = server.member("Zoé", locale="fr")
    await zoe.slash(server.channel, "persona create", name="Théière", kind="product", image1=("a.jpg", picture()))
    since = len(server.world.env.http_requests)
    shown = await zoe.slash(server.channel, "persona edit", persona="Théière")
    assert [kind for kind, _ in callbacks(server, since)] == [9], "the form comes first, and nothing else"
    assert shown.modal
    fields = {row["component"]["custom_id"]: row["component"].get("value") for row in shown.modal["components"]}
    assert fields["name"] == "Théière"
    await zoe.submit_modal(shown, {"name": "Bouilloire", "description": "en cuivre"})
    assert server.last.ephemeral
    assert "Bouilloire" in server.last.text


async def test_a_command_that_might_open_a_form_answers_in_private_where_it_opens_none(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "persona create", name="Teapot", kind="product", image1=("a.jpg", picture()))
    for options in ({"persona": "Teapot", "name": "Kettle"}, {"persona": "Nobody"}):
        answer = await ann.slash(server.channel, "persona edit", **options)
        assert answer.modal is None
        assert server.last.ephemeral
    assert "Kettle" in server.last.text, "those there are are named"


async def test_a_form_filled_after_a_restart_is_still_understood(server: Server) -> None:
    ann = server.member("Ann")
    shown = await ann.slash(server.channel, "persona create")
    await server.world.start()
    await ann.submit_modal(shown, {"name": "Kettle", "kind": ["product"], "images": [("a.jpg", picture())]})
    assert "Kettle is here" in server.last.text


async def test_a_hundred_commands_at_once_are_all_acknowledged_before_work_is_done(server: Server) -> None:
    people = [server.member(f"Ann{n}") for n in range(100)]
    world = server.world
    since = len(world.env.http_requests)
    root = world.env.backend.find_command("quota", None, type=1)
    for ann in people:
        _, payload = base_payload(
            world.env.backend, type=2, channel_id=server.channel.id, guild_id=server.guild.id, user_id=ann.id,
            data={"id": root["id"], "name": "quota", "type": 1, "options": []},
        )  # fmt: skip
        world.env.backend.emit("INTERACTION_CREATE", payload)
    await world.env.settle(timeout=60)
    sent = [one.path.rsplit("/", 1)[-1] for one in world.env.http_requests[since:]]
    assert sent[:100] == ["callback"] * 100
    assert len([one for one in server.messages if "pictures" in one.text.lower()]) == 100


async def test_a_press_with_a_form_gets_it_first_and_one_without_leaves_no_trace(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox")
    result = await server.result()
    since = len(server.world.env.http_requests)
    await server.press(ann, result, "Edit")
    await server.press(ann, result, "Keep")
    assert [kind for kind, _ in callbacks(server, since)] == [9, 6]


async def test_an_old_button_of_another_version_gets_a_polite_private_answer(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox")
    result = await server.result()
    stored = server.world.env.backend.get_message(result.channel, result.id)
    old = {"type": 2, "style": 2, "label": "Old", "custom_id": "v0:x:y"}
    stored.components.append({"type": 1, "components": [old]})
    await ann.click(server.world.handle(result), custom_id="v0:x:y")
    assert server.last.ephemeral
    assert "no longer" in server.last.text


async def test_buttons_work_after_a_restart(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox")
    result = await server.result()
    await server.world.start()
    await server.press(ann, result, "Keep")
    assert server.world.now(result).pressed == ["✅ Keep"]
    assert len(server.world.now(result).pictures) == 1


async def test_a_result_after_the_end_of_the_token_is_posted_in_the_channel(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox [hold]")
    going = server.last
    await server.world.env.advance_time(17 * 60)
    await server.world.scripted.release()
    result = await server.result()
    assert result.id != going.id, "nobody looks at the old message any more"
    assert [one.id for one in server.messages] == [result.id], "so it is gone"
    assert "for Ann" in result.text
    assert ann.mention not in result.text, "the requester is named, not called"
    await server.world.noted(result)
    await server.press(ann, result, "Keep")
    assert server.world.now(result).pressed == ["✅ Keep"]


async def test_a_late_private_result_goes_to_the_private_chat(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox [hold]", private=True)
    await server.world.env.advance_time(17 * 60)
    await server.world.scripted.release()
    result = await server.world.result(ann.user.dm_channel.id)
    assert len(result.pictures) == 1
    assert not [one for one in server.messages if one.pictures]


async def test_a_late_private_result_waits_in_the_gallery_where_private_chats_are_closed(server: Server) -> None:
    ann = server.member("Ann")
    closed = f"/channels/{ann.user.dm_channel.id}/messages"
    server.world.env.inject_error("POST", closed, status=403, code=50007, times=None)
    await ann.slash(server.channel, "imagine", prompt="a fox [hold]", private=True)
    await server.world.env.advance_time(17 * 60)
    await server.world.scripted.release()
    notice = await server.world.until(
        server.channel.id, lambda ours: next((one for one in ours if "/gallery browse" in one.text), None)
    )
    assert notice.text.startswith(f"{ann.mention}, your result is ready")
    assert not notice.pictures


async def test_a_private_result_is_seen_by_its_person_alone(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox", private=True)
    result = await server.result()
    assert result.ephemeral
    assert result.reactions == []
    await server.press(ann, result, "Keep")
    assert server.world.now(result).pressed == ["✅ Keep"]
    assert len(server.messages) == 1
