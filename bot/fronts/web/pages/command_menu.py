"""The catalogue as the page's autocompletion takes it: names, words and choices in the reader's language."""

from typing import Any

from bot.core.chat import catalogue
from bot.core.chat.messages import Text, say
from bot.fronts.web.app_port import ChatApp


def menu(app: ChatApp, locale: str) -> list[dict[str, Any]]:
    """The listed commands with their options."""

    def words(text: Text) -> str:
        return app.words(text, locale)

    def choice(value: str) -> dict[str, str]:
        return {"value": value, "label": words(say(f"choice-{value.replace(':', 'x').lower()}"))}

    def option(one: catalogue.Option) -> dict[str, Any]:
        return {
            "name": one.name, "kind": one.kind, "description": words(say(one.key)),
            "required": one.required, "positional": one.positional,
            "choices": [choice(value) for value in one.choices],
        }  # fmt: skip

    return [
        {
            "name": spec.name,
            "description": words(say(spec.key)),
            "options": [option(one) for one in spec.options],
        }
        for spec in catalogue.listed()
    ]
