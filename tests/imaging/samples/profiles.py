"""ICC profiles made in code (ICC.1:2010)."""

import struct

import numpy as np

from tests.imaging.samples.colour_spaces import D50, P3, SRGB, Encode, Space, adapted, srgb_light


def _fixed(*values: float) -> bytes:
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def profile(kind: bytes, colours: bytes, space: bytes, tags: dict[bytes, bytes]) -> bytes:
    """A profile of a device class, with its colour space, the one it connects to, and its tags."""
    table = struct.pack(">I", len(tags))
    body = b""
    start = 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        table += struct.pack(">4sII", name, start + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    head = struct.pack(">I4sI4s4s4s", start + len(body), b"lcms", 0x02400000, kind, colours, space)
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + _fixed(*D50)
    return head.ljust(128, b"\0") + table + body


def described(name: str) -> dict[bytes, bytes]:
    text = name.encode() + b"\0"
    return {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", len(text)) + text + bytes(4 + 4 + 2 + 1 + 67),
        b"cprt": b"text" + bytes(4) + b"none\0",
    }


def sampled(decode: Encode) -> bytes:
    """A curve of 1,024 points."""
    values = np.round(decode(np.arange(1024) / 1023) * 65535).astype(">u2").tobytes()
    return b"curv" + bytes(4) + struct.pack(">I", 1024) + values


def gamma(exponent: float) -> bytes:
    return b"curv" + bytes(4) + struct.pack(">IH", 1, round(exponent * 256)) + bytes(2)


SRGB_FORMULA = b"para" + bytes(4) + struct.pack(">HH", 3, 0) + _fixed(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
"""sRGB's curve as phones write it."""


def matrix_profile(name: str, space: Space, curve: bytes, **extra: bytes) -> bytes:
    """Primaries and one curve; `extra` tags by their signature."""
    columns = adapted(space)
    colorants = {
        sign: b"XYZ " + bytes(4) + _fixed(*columns[:, index]) for index, sign in enumerate((b"rXYZ", b"gXYZ", b"bXYZ"))
    }
    white = {b"wtpt": b"XYZ " + bytes(4) + _fixed(*D50)}
    curves = dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    more = {sign.encode(): content for sign, content in extra.items()}
    return profile(b"mntr", b"RGB ", b"XYZ ", described(name) | colorants | white | curves | more)


def grey_profile(name: str, curve: bytes) -> bytes:
    white = {b"wtpt": b"XYZ " + bytes(4) + _fixed(*D50)}
    return profile(b"mntr", b"GRAY", b"XYZ ", described(name) | white | {b"kTRC": curve})


def wide_rgb() -> bytes:
    """Display P3's primaries with a gamma of 2.2."""
    return matrix_profile("Wide", P3, gamma(2.2))


def odd_cmyk() -> bytes:
    """A press whose cyan ink prints red: only who reads the profile can know."""
    paper, ink = (255, 128, 128), (136, 208, 195)  # Lab in 8 bits: white; a strong red
    identity = _fixed(1, 0, 0, 0, 1, 0, 0, 0, 1)
    ramp = bytes(range(256))
    grid = b"".join(bytes(ink if node & 0b1000 else paper) for node in range(16))
    table = b"mft1" + bytes(4) + bytes((4, 3, 2, 0)) + identity + ramp * 4 + grid + ramp * 3
    return profile(b"prtr", b"CMYK", b"Lab ", described("Odd press") | {b"A2B0": table})


def swapped_table() -> bytes:
    """A scanner that calls red blue and blue red, told by a table alone."""
    light = srgb_light(np.array([0.0, 1.0]))
    nodes = [(b, g, r) for r in light for g in light for b in light]
    colours = np.array(nodes) @ adapted(SRGB).T
    grid = np.round(colours / (1 + 32767 / 32768) * 65535).astype(">u2").tobytes()
    curve = np.round(srgb_light(np.arange(256) / 255) * 65535).astype(">u2").tobytes()
    straight = np.array([0, 65535], ">u2").tobytes()
    head = b"mft2" + bytes(4) + bytes((3, 3, 2, 0)) + _fixed(1, 0, 0, 0, 1, 0, 0, 0, 1) + struct.pack(">HH", 256, 2)
    return profile(
        b"scnr", b"RGB ", b"XYZ ", described("sRGB IEC61966-2.1") | {b"A2B0": head + curve * 3 + grid + straight * 3}
    )
