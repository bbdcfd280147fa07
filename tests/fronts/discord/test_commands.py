"""The catalogue as Discord has it."""

import json
import re
from collections.abc import Iterator
from typing import Any

import discord
import pytest

from bot.core.chat.catalogue import listed
from bot.core.chat.messages import say
from bot.fronts.discord.commands.application_commands import has_form
from tests.fronts.discord.world import Server, World, picture

pytestmark = pytest.mark.asyncio(loop_scope="module")


def registered(world: World) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in world.env.backend.commands[None].values()}


async def test_every_listed_command_can_be_called(server: Server) -> None:
    ann = server.member("Ann", roles=[server.guild.create_role("Managers", permissions=_managing())])
    assert set(ann.available_commands(server.channel)) == {spec.name for spec in listed()}


async def test_commands_are_there_for_servers_and_people_everywhere(world: World) -> None:
    for command in registered(world).values():
        assert sorted(command["contexts"]) == [0, 1, 2], command["name"]
        assert sorted(command["integration_types"]) == [0, 1], command["name"]


async def test_words_and_choices_are_told_in_both_languages(world: World) -> None:
    imagine = registered(world)["imagine"]
    assert imagine["description"] == "Make pictures from words and your photos"
    assert imagine["description_localizations"]["fr"].startswith("Créer")
    options = {one["name"]: one for one in imagine["options"]}
    assert options["prompt"]["required"]
    assert options["prompt"]["max_length"] == 4000
    assert options["image4"]["type"] == 11
    assert "image5" not in options
    square = next(one for one in options["aspect"]["choices"] if one["value"] == "1:1")
    assert square["name_localizations"]["fr"]
    menus = [one for one in registered(world).values() if one["type"] == 3]
    assert {one["name"]: one["name_localizations"]["fr"] for one in menus} == {
        "Use as reference": "Utiliser comme référence",
        "Add to persona": "Ajouter au personnage",
        "Recipe": "Recette",
    }


async def test_options_are_called_by_french_names_and_commands_by_one_name_in_every_language(world: World) -> None:
    imagine = registered(world)["imagine"]
    options = {one["name"]: one.get("name_localizations", {}).get("fr") for one in imagine["options"]}
    assert options["model"] == "modèle"
    assert options["count"] == "nombre"
    assert options["prompt"] == "prompt"
    for command in registered(world).values():
        for part in parts(command):
            names = [one.get("name_localizations", {}).get("fr", one["name"]) for one in part.get("options", ())]
            assert len(set(names)) == len(names), part["name"]
            assert all(re.fullmatch(r"[\w-]{1,32}", name) and name == name.lower() for name in names), names


async def test_a_french_person_fills_options_like_anybody_else(server: Server) -> None:
    zoe = server.member("Zoé", locale="fr")
    await zoe.slash(server.channel, "imagine", prompt="un renard", count=2, model="free", private=True)
    assert len((await server.result()).pictures) == 2


async def test_discords_own_limits_hold(world: World) -> None:
    commands = registered(world)
    assert len(commands) <= 100
    for command in commands.values():
        assert len(json.dumps(command, ensure_ascii=False)) <= 8000, command["name"]
        for part in parts(command):
            assert len(part["name"]) <= 32, part
            assert len(part.get("options", ())) <= 25, part
            assert len(part.get("choices", ())) <= 25, part
            described = [part.get("description", ""), *part.get("description_localizations", {}).values()]
            assert all(len(words) <= 100 and "…" not in words for words in described), part
            assert all(len(choice["name"]) <= 100 for choice in part.get("choices", ())), part


async def test_every_description_says_all_of_what_the_catalogue_says(world: World) -> None:
    for spec in listed():
        for text in (spec.key, *(option.key for option in spec.options)):
            for locale in ("en", "fr"):
                assert len(world.bot.app.words(say(text), locale)) <= 100, (text, locale)


async def test_every_command_that_needs_nothing_answers(server: Server) -> None:
    ann = server.member("Ann", roles=[server.guild.create_role("Managers", permissions=_managing())])
    for spec in listed():
        if any(option.required for option in spec.options) or has_form(spec):
            continue
        before = len(server.messages)
        answer = await ann.slash(server.channel, spec.name)
        assert answer.acknowledged, spec.name
        assert len(server.messages) > before, spec.name
        assert server.last.text, spec.name
        assert server.last.ephemeral == answer.ephemeral or server.last.ephemeral, spec.name


async def test_nobody_is_shown_the_command_that_claims_the_bot_but_its_words_are_understood(world: World) -> None:
    room = world.server()
    ann = room.member("Ann", roles=[room.guild.create_role("Managers", permissions=_managing())])
    assert "admin claim" not in ann.available_commands(room.channel)
    code = world.bot.claim.code
    us = f"<@{world.env.backend.bot_user.id}>"
    await ann.send(room.channel, f"{us} /admin claim {code}")
    told = world.messages(ann.user.dm_channel.id) or room.messages
    assert "private" in told[-1].text.lower(), "others would read the code"
    await ann.send_dm("/admin claim not-the-code")
    assert world.bot.claim.code == code
    await ann.send_dm(f"/admin claim {code}")
    assert world.bot.claim.code is None
    answer = await ann.slash(room.channel, "admin health")
    assert answer.ephemeral
    assert "✅" in room.last.text, "from now on she operates it"


async def test_the_operators_commands_are_shown_to_those_who_manage_a_server(server: Server) -> None:
    ann = server.member("Ann")
    assert not [name for name in ann.available_commands(server.channel) if name.startswith("admin")]
    manager = server.member("Mona", roles=[server.guild.create_role("Managers", permissions=_managing())])
    answer = await manager.slash(server.channel, "admin health")
    assert answer.ephemeral
    assert "operator" in server.last.text.lower(), "seeing a command makes nobody an operator"


async def test_templates_and_own_prompts_are_suggested_while_typing(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "prompt save", text="in moonlight", name="night")
    assert "Saved" in server.last.text
    for command in ("imagine", "prompt enhance"):
        assert {"name": "night", "value": "night"} in await ann.autocomplete(server.channel, command, "template", "nig")
        [pet] = await ann.autocomplete(server.channel, command, "template", "pet-p")
        assert pet["value"] == "pet-portrait"
    await ann.slash(server.channel, "imagine", prompt="rex", template="night")
    await server.result()
    assert "in moonlight" in server.world.scripted.journal[-1].request.prompt


async def test_commands_are_registered_only_when_they_changed(world: World) -> None:
    await world.start()
    since = len(world.env.http_requests)
    await world.start()
    puts = [one for one in world.env.http_requests[since:] if one.method == "PUT" and one.path.endswith("/commands")]
    assert puts == []
    next(iter(world.env.backend.commands[None].values()))["description"] = "something older"
    since = len(world.env.http_requests)
    await world.start()
    puts = [one for one in world.env.http_requests[since:] if one.method == "PUT" and one.path.endswith("/commands")]
    assert len(puts) == 1


async def test_personas_models_and_commands_are_suggested_while_typing(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "persona create", name="Teapot", kind="product", image1=("a.jpg", picture()))
    assert "Teapot is here" in server.last.text
    found = await ann.autocomplete(server.channel, "imagine", "persona", "tea")
    assert found == [{"name": "Teapot", "value": "Teapot"}]
    models = await ann.autocomplete(server.channel, "imagine", "model", "paid")
    assert [(one["value"], "0.04" in one["name"]) for one in models] == [("paid", True)]
    assert "imagine" in {one["value"] for one in await ann.autocomplete(server.channel, "help", "command", "")}


def parts(command: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A command, its options and theirs."""
    yield command
    for option in command.get("options", ()):
        yield from parts(option)


def _managing() -> discord.Permissions:
    return discord.Permissions(manage_guild=True)
