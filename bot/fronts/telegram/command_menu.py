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

from bot.core.chat.catalogue import LANGUAGES, CommandSpec, find, listed
from bot.core.chat.messages import say
from bot.fronts.telegram.app_port import ChatApp
from bot.fronts.telegram.sending.text_limits import cut

LONGEST = 256
"""Characters of a description (Bot API: BotCommand)."""
_ALONE = ("reference", "link", "privacy")
"""What only makes sense in a private chat."""
_MANAGING = ("admin",)


async def publish(bot: Bot, app: ChatApp) -> None:
    """Give Telegram the menus; raises TelegramError."""
    for language in LANGUAGES:
        code = None if language == LANGUAGES[0] else language
        for scope, commands in _menus(app, language):
            await bot.set_my_commands(commands, scope, code)


def _menus(app: ChatApp, language: str) -> Iterable[tuple[BotCommandScope, list[BotCommand]]]:
    heads = {head: _about(app, head, language) for head in _heads()}

    def menu(*without: str) -> list[BotCommand]:
        return [BotCommand(head, cut(about, LONGEST)) for head, about in heads.items() if head not in without]

    yield BotCommandScopeAllPrivateChats(), menu(*_MANAGING)
    yield BotCommandScopeAllGroupChats(), menu(*_MANAGING, *_ALONE)
    yield BotCommandScopeAllChatAdministrators(), menu(*_ALONE)


def _heads() -> list[str]:
    """The first words of the commands: Telegram's names have no spaces, so a family is one entry."""
    return list(dict.fromkeys(spec.name.split()[0] for spec in listed()))


def _about(app: ChatApp, head: str, language: str) -> str:
    spec: CommandSpec | None = find(head)
    return app.words(say(spec.key) if spec else say(f"telegram-menu-{head}"), language)
