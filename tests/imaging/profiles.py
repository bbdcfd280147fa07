"""Small ICC profiles made in code (ICC.1:2010), for colours that are not sRGB."""

import struct


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _profile(kind: bytes, colours: bytes, space: bytes, tags: dict[bytes, bytes]) -> bytes:
    table = struct.pack(">I", len(tags))
    body = b""
    start = 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        table += struct.pack(">4sII", name, start + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    white = _fixed(0.9642) + _fixed(1.0) + _fixed(0.8249)
    head = struct.pack(">I4sI4s4s4s", start + len(body), b"lcms", 0x02400000, kind, colours, space)
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + white
    return head.ljust(128, b"\0") + table + body


def _described(name: bytes) -> dict[bytes, bytes]:
    text = b"desc" + bytes(4) + struct.pack(">I", len(name) + 1) + name + b"\0" + bytes(4 + 4 + 2 + 1 + 67)
    return {b"desc": text, b"cprt": b"text" + bytes(4) + b"none\0"}


def wide_rgb() -> bytes:
    """Display P3's primaries, adapted to D50, with a gamma of 2.2."""
    primaries = {
        b"rXYZ": (0.5151, 0.2412, -0.0011),
        b"gXYZ": (0.2920, 0.6922, 0.0419),
        b"bXYZ": (0.1571, 0.0666, 0.7841),
        b"wtpt": (0.9642, 1.0, 0.8249),
    }
    tags = {name: b"XYZ " + bytes(4) + b"".join(map(_fixed, xyz)) for name, xyz in primaries.items()}
    gamma = b"curv" + bytes(4) + struct.pack(">IH", 1, round(2.2 * 256))
    curves = dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), gamma)
    return _profile(b"mntr", b"RGB ", b"XYZ ", _described(b"Wide") | tags | curves)


def odd_cmyk() -> bytes:
    """A press whose cyan ink prints red: only who reads the profile can know."""
    paper, ink = (255, 128, 128), (136, 208, 195)  # Lab in 8 bits: white; a strong red
    identity = b"".join(_fixed(value) for value in (1, 0, 0, 0, 1, 0, 0, 0, 1))
    ramp = bytes(range(256))
    grid = b"".join(bytes(ink if node & 0b1000 else paper) for node in range(16))
    table = b"mft1" + bytes(4) + bytes((4, 3, 2, 0)) + identity + ramp * 4 + grid + ramp * 3
    return _profile(b"prtr", b"CMYK", b"Lab ", _described(b"Odd press") | {b"A2B0": table})
