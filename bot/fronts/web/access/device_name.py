"""A short name for a browser, such as "Firefox · Linux", by which people recognise their sessions."""

from aiohttp import web

_BROWSERS = {
    "Edg": "Edge", "OPR/": "Opera", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox", "FxiOS": "Firefox",
    "CriOS": "Chrome", "Chrome": "Chrome", "Safari": "Safari",
}  # fmt: skip
_SYSTEMS = {
    "Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS X": "macOS",
    "CrOS": "ChromeOS", "Linux": "Linux",
}  # fmt: skip
"""In this order, since browsers name the older ones that they are compatible with, too."""


def device_name(request: web.BaseRequest) -> str:
    """The browser and system in the User-Agent; "" where neither is known. The header itself is not kept."""
    agent = request.headers.get("User-Agent", "")[:500]
    found = (next((name for mark, name in names.items() if mark in agent), "") for names in (_BROWSERS, _SYSTEMS))
    return " · ".join(filter(None, found))
