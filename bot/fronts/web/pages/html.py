"""The two HTML pages with their words filled in."""

import html
import re
from pathlib import Path

from aiohttp import web

from bot.core.chat.messages import say
from bot.fronts.web.access.people import PERSON
from bot.fronts.web.app_port import ChatApp
from bot.fronts.web.pages.browser_locale import preferred
from bot.fronts.web.pages.page_words import page_words

STATIC = Path(__file__).parent.parent / "static"
_SLOT = re.compile(r"\{\{([a-z-]+)\}\}")


class Templates:
    """HTML files whose {{web-…}} slots take the page's words in the reader's language."""

    def __init__(self, app: ChatApp) -> None:
        self._app = app
        self._pages = {name: (STATIC / name).read_text("utf-8") for name in ("index.html", "sign-in.html")}

    def response(
        self, request: web.Request, page: str, *, problem: str | None = None, name: str = "", status: int = 200
    ) -> web.Response:
        """The page of that file name; `problem` is the key of what went wrong, `name` what was typed as a name."""
        person = request.get(PERSON)
        locale = person.locale if person else preferred(request.headers.get("Accept-Language", ""))
        said = self._app.words(say(problem), locale) if problem else ""
        slots = page_words(self._app, locale) | {"lang": locale, "problem": said, "name": name}
        text = _SLOT.sub(lambda match: html.escape(slots[match[1]]), self._pages[page])
        return web.Response(
            text=text, status=status, content_type="text/html", charset="utf-8",
            headers={"Cache-Control": "no-store", "Vary": "Accept-Language, Cookie"},
        )  # fmt: skip
