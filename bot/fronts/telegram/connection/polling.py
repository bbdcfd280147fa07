"""Long polling: an update is confirmed only when it has been dealt with, so that a crash loses none."""

import asyncio
from collections.abc import Callable

import structlog
from telegram import Bot, Update
from telegram.error import Conflict, NetworkError, TelegramError

from bot.fronts.telegram.connection.timing import Timing
from bot.settings import SettingError

WAIT = 30
"""Seconds Telegram holds a poll open while nothing happens."""
LIMIT = 100
"""Updates of one poll (Bot API: getUpdates)."""
_FIRST_LOOK, _LAST_LOOK = 0.05, 0.25
"""Seconds between looks for newer updates while earlier ones are still being dealt with."""
_CONFLICTS = 5
ALLOWED = (
    "message", "edited_message", "callback_query", "message_reaction", "message_reaction_count",
    "my_chat_member", "chat_member",
)  # fmt: skip
"""Kinds of updates we ask for; those for reactions and members are off unless named (Bot API: getUpdates)."""

Take = Callable[[Update], "asyncio.Task[None]"]
log = structlog.get_logger(__name__)


class Poller:
    """Fetches updates; `take` deals with one and says by its task when that is done."""

    def __init__(self, bot: Bot, take: Take, timing: Timing) -> None:
        self._bot = bot
        self._take = take
        self._timing = timing
        self._going: dict[int, asyncio.Task[None]] = {}
        self._next = 0
        self._conflicts = 0

    async def run(self) -> None:
        """Poll until cancelled; raises SettingError when another program goes on polling with the same token."""
        look = _FIRST_LOOK
        while True:
            updates = await self._fetch()
            fresh = [update for update in updates if update.update_id >= self._next]
            for update in fresh:
                self._going[update.update_id] = self._take(update)
                self._next = update.update_id + 1
            look = _FIRST_LOOK if fresh else min(look * 2, _LAST_LOOK)
            if self._unfinished():
                await asyncio.wait(self._going.values(), timeout=look, return_when=asyncio.FIRST_COMPLETED)

    async def confirm(self) -> None:
        """Tell Telegram at the end what has been dealt with, so that the next start does not do it again."""
        done = min(self._going) if self._unfinished() else self._next
        try:
            if done:
                await self._bot.get_updates(done, limit=1, timeout=0, allowed_updates=ALLOWED)
        except TelegramError as exc:
            log.info("updates not confirmed", reason=str(exc))

    def _unfinished(self) -> bool:
        self._going = {id_: task for id_, task in self._going.items() if not task.done()}
        return bool(self._going)

    async def _fetch(self) -> tuple[Update, ...]:
        """What is new, at once while something is still going on; asking confirms all that is finished."""
        offset = min(self._going) if self._unfinished() else self._next
        seconds = 0 if self._going else WAIT
        try:
            updates = await self._bot.get_updates(offset or None, LIMIT, seconds, allowed_updates=ALLOWED)
        except Conflict as exc:
            self._conflicts += 1
            if self._conflicts >= _CONFLICTS:
                fix = "another program receives this bot's messages: stop it, or use another token"
                raise SettingError("TELEGRAM_TOKEN", fix) from exc
            log.warning("another program polls with the same token")
        except NetworkError as exc:
            log.warning("telegram cannot be reached", reason=str(exc))
        except TelegramError as exc:
            log.warning("telegram refuses to be polled", reason=str(exc))
        else:
            self._conflicts = 0
            return updates
        await asyncio.sleep(self._timing.retry)
        return ()
