"""The commands that Telegram lists when somebody types a slash, for each kind of chat and in each language."""

from collections.abc import Iterable

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)  # fmt: skip

from bot.core.chat.catalogue import LANGUAGES, CommandSpec, families, find, for_managers
from bot.core.chat.messages import say
from bot.fronts.common.app_port import ChatApp
from bot.fronts.telegram.sending.text_limits import cut

LONGEST = 256
"""Characters of a description (Bot API: BotCommand)."""


async def publish(bot: Bot, app: ChatApp) -> None:
    """Give Telegram the menus; raises TelegramError."""
    for language in LANGUAGES:
        code = None if language == LANGUAGES[0] else language
        for scope, commands in _menus(app, language):
            await bot.set_my_commands(commands, scope, code)


def _menus(app: ChatApp, language: str) -> Iterable[tuple[BotCommandScope, list[BotCommand]]]:
    """The menu of each kind of chat; Telegram's names have no spaces, so a family of commands is one entry."""
    heads = {head: BotCommand(head, cut(_about(app, head, language), LONGEST)) for head in families()}
    managing = {head for head, specs in families().items() if for_managers(specs)}
    private = {head for head, specs in families().items() if all(spec.private_chat for spec in specs)}

    def menu(without: set[str]) -> list[BotCommand]:
        return [command for head, command in heads.items() if head not in without]

    yield BotCommandScopeAllPrivateChats(), menu(managing)
    yield BotCommandScopeAllGroupChats(), menu(managing | private)
    yield BotCommandScopeAllChatAdministrators(), menu(private)


def _about(app: ChatApp, head: str, language: str) -> str:
    spec: CommandSpec | None = find(head)
    return app.words(say(spec.key) if spec else say(f"telegram-menu-{head}"), language)
