"""What whoever operates the bot sees that others do not."""

from pathlib import Path

from tests.fronts.telegram.talking import talking
from tests.servers.telegram import telegram


async def test_the_menu_of_operators_is_theirs_alone(tmp_path: Path) -> None:
    async with telegram() as server:
        ada, zoe = server.person("Ada"), server.person("Zoé", "fr")
        async with talking(tmp_path, server, ADMINS=f"telegram:{ada.id}"):
            await ada.writes("/admin")
            menu = await ada.shows("/admin stats")
            await ada.presses("/admin models", menu)
            await ada.hears("Free fake")
            await zoe.writes("/admin")
            await zoe.hears("Seul un opérateur de ce bot")
