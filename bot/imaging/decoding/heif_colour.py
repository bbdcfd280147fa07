"""The colours of HEIC and AVIF pictures, by the `colr` property (ISO/IEC 14496-12, 12.1.5)."""

from bot.imaging.colour.pixels import Colour
from bot.imaging.colour.spaces import by_code


def colour_of(properties: list[tuple[bytes, bytes]]) -> Colour:
    """An ICC profile, else what the code points say: the decoders have undone matrix and range, not the rest."""
    contents = [content for kind, content in properties if kind == b"colr"]
    profile = next((content[4:] for content in contents if content[:4] in (b"prof", b"rICC")), None)
    code = next((content for content in contents if content[:4] == b"nclx" and len(content) >= 8), None)
    if profile or code is None:
        return profile
    return by_code(int.from_bytes(code[4:6], "big"), int.from_bytes(code[6:8], "big"))
