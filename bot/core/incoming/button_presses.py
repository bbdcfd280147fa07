"""Dispatch a pressed button by its verb. Buttons work months later: the id names a row, which holds the rest."""

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
from storage.tables.enums import Status

ByRow: TypeAlias = Callable[[Context, str], Awaitable[None]]
ByAction: TypeAlias = Callable[[Context, Action, MessageRef], Awaitable[None]]

WHICH = ("vary", "edit", "original", "trash", "best", "report")
"""Verbs of which a person is asked on which picture."""


async def press(context: Context, pressed: Press) -> None:
    """Run the use case of a button; raises UserError for one that no longer works or is somebody else's."""
    action = parse(pressed.action)
    if action is None:
        raise UserError("button-unknown")
    await press_check.check(context, pressed, action)
    if action.verb in VERBS:
        image = await access.image(context, action.row)
        await judge(context, [image.id], VERBS[action.verb])
    elif action.verb in ALL:
        _, slots = await access.generation(context, action.row)
        await judge(context, [slot.id for slot in slots if slot.status == Status.DONE], ALL[action.verb])
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
    await which(context, [slot for slot in slots if slot.visible], action.arg)


async def _menu(context: Context, action: Action, _: MessageRef) -> None:
    await commands.run(context, action.row.replace("-", " "), {}, ())


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
    "settings": preferences.form,
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
    "other": retries.other_model,
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
    "unmake": persona_commands.delete,
    "menu": _menu,
    "collected": photo_collection.done,
    "uncollect": photo_collection.cancel,
    "depict": likeness.answer,
    "flag": reports.report,
    "decide": reports.decide,
    "changed": variations.answer_which,
    "traits": traits.open_,
    "trait": traits.toggle,
    "lend": borrow.answer,
    "let": joining.let,
    "link": link.answer,
    "erase": privacy.delete,
    "grant": ask_for_more.answer,
}
