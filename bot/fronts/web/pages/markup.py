"""Builds HTML elements with everything escaped that is not markup already."""

import html
from typing import TypeAlias


class Markup(str):
    """HTML that is safe to put into a page."""

    __slots__ = ()


Content: TypeAlias = "str | Markup | None"


def el(tag: str, *children: Content, **attributes: str | bool | None) -> Markup:
    """An element; `class_` is the attribute class, True an attribute without value, None or False no attribute."""
    given = ((name.rstrip("_").replace("_", "-"), value) for name, value in attributes.items())
    written = "".join(_attribute(name, value) for name, value in given)
    if tag == "input":
        return Markup(f"<{tag}{written}>")
    return Markup(f"<{tag}{written}>{joined(*children)}</{tag}>")


def joined(*children: Content) -> Markup:
    """Children one after another; None is left out."""
    return Markup("".join(one if isinstance(one, Markup) else html.escape(one) for one in children if one is not None))


def _attribute(name: str, value: str | bool | None) -> str:
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{html.escape(value)}"'
