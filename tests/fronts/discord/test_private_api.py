"""Every private or undocumented name of discord.py that the front uses is still there."""

import inspect

import discord
import pytest
import yarl
from discord.gateway import DiscordWebSocket, KeepAliveHandler
from discord.http import HTTPClient, Route

NAMES = {
    "Route.BASE": (isinstance(getattr(Route, "BASE", None), str), "settings.py points the API to another server by it"),
    "DiscordWebSocket.DEFAULT_GATEWAY": (
        isinstance(getattr(DiscordWebSocket, "DEFAULT_GATEWAY", None), yarl.URL),
        "settings.py points the gateway to another server by it",
    ),
    "Interaction._state": (
        "_state" in discord.Interaction.__slots__,
        "files of a form after a restart are made with it",
    ),
    "Attachment(data=, state=)": (
        {"data", "state"} <= inspect.signature(discord.Attachment.__init__).parameters.keys(),
        "files of a form after a restart are made with it",
    ),
    "HTTPClient.connector": (
        "self.connector is MISSING" in inspect.getsource(HTTPClient.static_login),
        "a second login makes a connector only where this is MISSING",
    ),
    "KeepAliveHandler.ws": (
        "self.ws" in inspect.getsource(KeepAliveHandler.__init__),
        "connections that were cut off before they identified are closed by it",
    ),
    "HTTPClient.request": (inspect.iscoroutinefunction(HTTPClient.request), "registered commands are read by it"),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_discord_py_may_change_any_time_is_still_there(name: str) -> None:
    stands, purpose = NAMES[name]
    assert stands, f"discord.py {discord.__version__} changed {name}: {purpose}. Mend that place, then this test."


def test_discord_py_is_held_to_the_minor_version_that_this_was_checked_with() -> None:
    assert (discord.version_info.major, discord.version_info.minor) == (2, 7)
