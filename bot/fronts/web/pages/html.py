"""The HTML pages with their words filled in."""

import html
import re
from pathlib import Path

from aiohttp import web

from bot.core.chat.messages import say
from bot.fronts.web.access.people import PERSON
from bot.fronts.web.app_port import ChatApp
from bot.fronts.web.pages.browser_locale import preferred
from bot.fronts.web.pages.markup import Markup
from bot.fronts.web.pages.page_words import page_words

STATIC = Path(__file__).parent.parent / "static"
_SLOT = re.compile(r"\{\{\{([a-z]+)\}\}\}|\{\{([a-z-]+)\}\}")


class Templates:
    """HTML files: {{web-…}} slots take the page's words in the reader's language, {{{…}}} slots take markup."""

    def __init__(self, app: ChatApp) -> None:
        self._app = app
        self._pages = {path.name: path.read_text("utf-8") for path in STATIC.glob("*.html")}

    def response(
        self, request: web.Request, page: str, *, problem: str | None = None, name: str = "", status: int = 200
    ) -> web.Response:
        """The page of that file name; `problem` is the key of what went wrong, `name` what was typed as a name."""
        locale = self.locale(request)
        said = self._app.words(say(problem), locale) if problem else ""
        return self.filled(request, page, {"problem": said, "name": name}, status=status)

    def filled(
        self, request: web.Request, page: str, slots: dict[str, str | Markup], *, status: int = 200
    ) -> web.Response:
        """The page with `slots` beside its words; Markup goes in as it is, text is escaped."""
        locale = self.locale(request)
        values = page_words(self._app, locale) | {"lang": locale} | slots
        text = _SLOT.sub(lambda match: _filling(values[match[1] or match[2]]), self._pages[page])
        return web.Response(
            text=text, status=status, content_type="text/html", charset="utf-8",
            headers={"Cache-Control": "no-store", "Vary": "Accept-Language, Cookie"},
        )  # fmt: skip

    def locale(self, request: web.Request) -> str:
        """The reader's language."""
        person = request.get(PERSON)
        return person.locale if person else preferred(request.headers.get("Accept-Language", ""))


def _filling(value: str | Markup) -> str:
    return str(value) if isinstance(value, Markup) else html.escape(value)
