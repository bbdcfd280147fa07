"""Buttons that work for ever: the custom id is the action id, and a template finds whoever handles it."""

import re
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, Self

import discord
from discord import ui

from bot.core.chat.messages import Button

PATTERN = re.compile(r"(?P<action>(?:v|discord)\d+:.+)", re.DOTALL)
"""Action ids of any version, which the core answers whether it knows them or not, and our own."""
LABEL = 80
"""Characters of a label (Discord: Components, Button)."""
ROW = 5
AGAIN = "#"
"""Ends an action id that stands in a message a second time; no action has it."""
_STYLES = {
    "plain": discord.ButtonStyle.secondary,
    "primary": discord.ButtonStyle.primary,
    "danger": discord.ButtonStyle.danger,
}


class Presses(Protocol):
    """The client that hears of presses."""

    on_button: Callable[[discord.Interaction[Any], str], Awaitable[None]]


class ActionButton(ui.DynamicItem[ui.Button[Any]], template=PATTERN):
    """One button of ours; a press is handed to the client, whichever process made the button."""

    def __init__(self, button: ui.Button[Any]) -> None:
        super().__init__(button)

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        assert isinstance(item, ui.Button)
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        client: Presses = interaction.client
        await client.on_button(interaction, (self.item.custom_id or "").partition(AGAIN)[0])


def button_of(button: Button, label: str, again: int = 0) -> ActionButton:
    """A button as Discord draws it; a pressed one is green.

    `again` counts the buttons before it that do the same, since Discord takes no id twice in a message.
    """
    style = discord.ButtonStyle.success if button.pressed else _STYLES[button.style]
    custom_id = f"{button.action}{AGAIN}{again}" if again else button.action
    return ActionButton(ui.Button(label=label[:LABEL], style=style, custom_id=custom_id))
