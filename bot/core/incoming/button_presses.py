"""What our buttons do. They work months later: the id names the row, the row says the rest."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from bot.core.account import ask_for_more, link, preferences, privacy
from bot.core.admin import joining
from bot.core.chat.action_ids import Action, parse
from bot.core.chat.errors import UserError
from bot.core.chat.messages import MessageRef, Press
from bot.core.curation import reports, review_round, sharing, trash, vote_commands
from bot.core.curation.judge import ALL, VERBS, judge
from bot.core.generation import cancelling
from bot.core.incoming import commands, draft_buttons, press_check
from bot.core.people import access
from bot.core.personas import likeness, persona_commands, photo_collection, traits
from bot.core.requests import borrow, recipe, retries, variations
from bot.core.results.refresh import refresh
from bot.core.runtime.context import Context
from bot.core.runtime.open_questions import which

ByRow: TypeAlias = Callable[[Context, str], Awaitable[None]]
ByAction: TypeAlias = Callable[[Context, Action, MessageRef], Awaitable[None]]

WHICH = ("vary", "edit", "original", "trash", "best", "report")
"""What may be asked "which?" about."""


async def press(context: Context, pressed: Press) -> None:
    """Do what a button says; raises UserError for one that no longer works or is somebody else's."""
    action = parse(pressed.action)
    if action is None:
        raise UserError("button-unknown")
    await press_check.check(context, pressed, action)
    if action.verb in VERBS:
        image = await access.image(context, action.row)
        await judge(context, [image.id], VERBS[action.verb])
    elif action.verb in ALL:
        _, slots = await access.generation(context, action.row)
        await judge(context, [slot.id for slot in slots if slot.status == "done"], ALL[action.verb])
    elif by_row := _BY_ROW.get(action.verb):
        await by_row(context, action.row)
    elif by_action := _BY_ACTION.get(action.verb):
        await by_action(context, action, pressed.message)
    else:
        raise UserError("button-unknown")


async def _page(context: Context, action: Action, _: MessageRef) -> None:
    await access.generation(context, action.row)
    if not action.arg.isdecimal():
        raise UserError("button-unknown")
    await refresh(context.services, action.row, page=int(action.arg))


async def _which(context: Context, action: Action, _: MessageRef) -> None:
    if action.arg not in WHICH:
        raise UserError("button-unknown")
    slots = (await access.generation(context, action.row))[1]
    await which(context, [slot for slot in slots if slot.status == "done" and slot.trashed_at is None], action.arg)


async def _settings(context: Context, whose: str) -> None:
    await preferences.form(context, whose)


async def _other(context: Context, action: Action, _: MessageRef) -> None:
    await retries.other_model(context, action.row, action.arg)


async def _grant(context: Context, action: Action, message: MessageRef) -> None:
    await ask_for_more.answer(context, action.row, action.arg, message)


async def _lend(context: Context, action: Action, message: MessageRef) -> None:
    await borrow.answer(context, action.row, action.arg, message)


async def _let(context: Context, action: Action, message: MessageRef) -> None:
    await joining.let(context, action.row, action.arg, message)


async def _menu(context: Context, action: Action, _: MessageRef) -> None:
    await commands.run(context, action.row.replace("-", " "), {}, ())


async def _collected(context: Context, action: Action, message: MessageRef) -> None:
    await photo_collection.done(context, action.row, message)


async def _uncollect(context: Context, action: Action, message: MessageRef) -> None:
    await photo_collection.cancel(context, action.row, message)


async def _depict(context: Context, action: Action, message: MessageRef) -> None:
    await (likeness.agree if action.arg == "yes" else likeness.refuse)(context, action.row, message)


async def _flag(context: Context, action: Action, message: MessageRef) -> None:
    await reports.report(context, action.row, action.arg, message)


async def _decide(context: Context, action: Action, message: MessageRef) -> None:
    await reports.decide(context, action.row, action.arg, message)


async def _changed(context: Context, action: Action, _: MessageRef) -> None:
    await variations.answer_which(context, action.row, action.arg)


async def _link(context: Context, action: Action, message: MessageRef) -> None:
    await (link.agree if action.arg == "yes" else link.decline)(context, action.row, message)


async def _erase(context: Context, action: Action, message: MessageRef) -> None:
    await privacy.delete(context, action.row, message)


async def _unmake(context: Context, action: Action, message: MessageRef) -> None:
    await persona_commands.delete(context, action.row, message)


_BY_ROW: Mapping[str, ByRow] = {
    "trash": trash.trash,
    "restore": trash.restore,
    "cancel": cancelling.cancel,
    "again": variations.again,
    "vary": variations.vary,
    "edit": variations.edit_form,
    "recipe": recipe.show,
    "original": recipe.original,
    "parent": recipe.parent,
    "send": recipe.both,
    "retry": retries.retry,
    "reword": retries.reword_form,
    "answer": retries.answer_form,
    "settings": _settings,
    "curate": review_round.of_generation,
    "more": ask_for_more.ask,
    "report": reports.ask,
    "share": sharing.share,
    "vote": vote_commands.start_on,
    "endvote": vote_commands.close_on,
}
_BY_ACTION: Mapping[str, ByAction] = {
    "page": _page,
    "which": _which,
    "other": _other,
    "gallery": draft_buttons.turn_page,
    "shelf": draft_buttons.shelf,
    "card": draft_buttons.card,
    "zip": draft_buttons.archive,
    "consent": draft_buttons.consent,
    "confirm": draft_buttons.confirm,
    "drop": draft_buttons.drop,
    "make": draft_buttons.make,
    "person": draft_buttons.person,
    "addto": draft_buttons.add_to,
    "into": draft_buttons.into,
    "forget": draft_buttons.forget,
    "unmake": _unmake,
    "menu": _menu,
    "collected": _collected,
    "uncollect": _uncollect,
    "depict": _depict,
    "flag": _flag,
    "decide": _decide,
    "changed": _changed,
    "traits": traits.open_,
    "trait": traits.toggle,
    "lend": _lend,
    "let": _let,
    "link": _link,
    "erase": _erase,
    "grant": _grant,
}
