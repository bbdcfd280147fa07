"""Finding generations by words of their prompts: FTS5 on SQLite, tsvector on PostgreSQL.

What a word is, is decided here alone: the databases get words that are ready, so both find the same.
"""

import unicodedata
from collections.abc import Sequence

from sqlalchemy import ColumnElement, bindparam, text

from storage.db.database import Transaction

LONGEST = 100
"""Characters of a word that count; PostgreSQL takes none beyond 2046 bytes."""
_INSERT = {
    "sqlite": "INSERT INTO prompt_words (generation_id, words) VALUES (:generation, :words)",
    "postgresql": "INSERT INTO prompt_words VALUES (:generation, array_to_tsvector(string_to_array(:words, ' ')))",
}
_MATCH = {
    "sqlite": "images.generation_id IN (SELECT generation_id FROM prompt_words WHERE words MATCH :query)",
    "postgresql": "images.generation_id IN "
    "(SELECT generation_id FROM prompt_words WHERE words @@ CAST(:query AS tsquery))",
}


def fold(words: str) -> str:
    """Lower case without accents: "Élodie" and "elodie" are one word."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", words).casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


async def index(tx: Transaction, generation: str, words: str) -> None:
    """Make a generation findable by these words."""
    await tx.execute(text(_INSERT[tx.dialect.name]), {"generation": generation, "words": " ".join(_words(words))})


def matching(tx: Transaction, wanted: str) -> ColumnElement[bool] | None:
    """The condition on images that every word of `wanted` begins a word of the prompt; None without words.

    The person's text is taken as words alone: no operator of a search language passes.
    """
    words = _words(wanted)
    if not words:
        return None
    if tx.dialect.name == "sqlite":
        query = " ".join(f'"{word}"*' for word in words)
    else:
        query = " & ".join(f"'{word}':*" for word in words)
    return text(_MATCH[tx.dialect.name]).bindparams(bindparam("query", query, unique=True))  # type: ignore[return-value]


def _words(words: str) -> list[str]:
    """The runs of letters, marks and digits."""
    kept = (char if unicodedata.category(char)[0] in "LMN" else " " for char in fold(words))
    return [word[:LONGEST] for word in "".join(kept).split()]


async def drop(tx: Transaction, generations: Sequence[str]) -> None:
    """Take the words of requests that go out of the index."""
    for generation in generations:
        await tx.execute(text("DELETE FROM prompt_words WHERE generation_id = :id"), {"id": generation})


async def forget(tx: Transaction, user: str) -> None:
    """Take the words of all a person's requests out of the index.

    FTS5 only marks a deleted row as such; "optimize" merges its segments, which leaves the words out
    (https://www.sqlite.org/fts5.html#the_optimize_command). Its `secure-delete` option needs SQLite 3.42.
    """
    theirs = "DELETE FROM prompt_words WHERE generation_id IN (SELECT id FROM generations WHERE user_id = :user)"
    await tx.execute(text(theirs), {"user": user})
    if tx.dialect.name == "sqlite":
        await tx.execute(text("INSERT INTO prompt_words (prompt_words) VALUES ('optimize')"))
