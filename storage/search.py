"""Finding generations by words of their prompts: FTS5 on SQLite, tsvector on PostgreSQL."""

import re
import unicodedata

from sqlalchemy import ColumnElement, bindparam, text

from storage.db import Transaction

_INSERT = {
    "sqlite": "INSERT INTO prompt_words (generation_id, words) VALUES (:generation, :words)",
    "postgresql": "INSERT INTO prompt_words VALUES (:generation, to_tsvector('simple', :words))",
}
_MATCH = {
    "sqlite": "images.generation_id IN (SELECT generation_id FROM prompt_words WHERE words MATCH :query)",
    "postgresql": "images.generation_id IN "
    "(SELECT generation_id FROM prompt_words WHERE words @@ to_tsquery('simple', :query))",
}


def fold(words: str) -> str:
    """Lower case without accents: "Élodie" and "elodie" are one word."""
    decomposed = unicodedata.normalize("NFKD", words.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


async def index(tx: Transaction, generation: str, words: str) -> None:
    """Make a generation findable by these words."""
    await tx.execute(text(_INSERT[tx.dialect.name]), {"generation": generation, "words": fold(words)})


def matching(tx: Transaction, wanted: str) -> ColumnElement[bool] | None:
    """The condition on images that every word of `wanted` begins a word of the prompt; None without words.

    The person's text is taken as words alone: no operator of a search language passes.
    """
    words = re.findall(r"\w+", fold(wanted))
    if not words:
        return None
    if tx.dialect.name == "sqlite":
        query = " ".join(f'"{word}"*' for word in words)
    else:
        query = " & ".join(f"{word}:*" for word in words)
    return text(_MATCH[tx.dialect.name]).bindparams(bindparam("query", query, unique=True))  # type: ignore[return-value]
