"""Text without case and accents, for comparing words."""

import re
import unicodedata


def fold(words: str) -> str:
    """Lower-case words without accents, separated by single spaces: "Dé-nudé" gives "de nude"."""
    decomposed = unicodedata.normalize("NFKD", words.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", plain.replace("œ", "oe").replace("_", " ")))
