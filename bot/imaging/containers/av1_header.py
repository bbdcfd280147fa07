"""The size of a coded AV1 picture, which an AVIF's boxes may deny (AV1 Bitstream Specification, 5.3 to 5.5)."""

_TEMPORAL_DELIMITER, _SEQUENCE_HEADER = 2, 1
_LONGEST = 256
"""Bytes of a sequence header with all operating points."""


class _Bits:
    """Reads bits from the highest of the first byte on; beyond the end there are zeros."""

    def __init__(self, data: bytes) -> None:
        self._number = int.from_bytes(data, "big")
        self._left = len(data) * 8

    def take(self, count: int) -> int:
        self._left -= count
        shifted = self._number >> self._left if self._left >= 0 else self._number << -self._left
        return shifted & ((1 << count) - 1)

    def skip_uvlc(self) -> None:
        """Pass over a number of variable length (4.10.3)."""
        zeros = 0
        while zeros < 32 and not self.take(1):
            zeros += 1
        self.take(zeros)


def coded_size(data: bytes) -> tuple[int, int]:
    """Largest width and height in px of the pictures in AV1 data; (0, 0) if it does not begin with a header."""
    at = 0
    while at < min(len(data), _LONGEST):
        kind, has_size = data[at] >> 3 & 15, data[at] >> 1 & 1
        at += 2 if data[at] >> 2 & 1 else 1
        size, at = _leb128(data, at) if has_size else (len(data) - at, at)
        if kind == _SEQUENCE_HEADER:
            return _sequence_size(_Bits(data[at : at + min(size, _LONGEST)]))
        if kind != _TEMPORAL_DELIMITER:
            break
        at += size
    return 0, 0


def _leb128(data: bytes, at: int) -> tuple[int, int]:
    """A number in groups of 7 bits (4.10.5), and where it ends."""
    value = 0
    for index, byte in enumerate(data[at : at + 8]):
        value |= (byte & 127) << 7 * index
        if byte < 128:
            return value, at + index + 1
    return value, at + 8


def _sequence_size(bits: _Bits) -> tuple[int, int]:
    bits.take(3 + 1)  # profile, still picture
    if bits.take(1):  # the reduced header of still pictures
        bits.take(5)
    else:
        _skip_operation(bits)
    widths = bits.take(4) + 1, bits.take(4) + 1
    return bits.take(widths[0]) + 1, bits.take(widths[1]) + 1


def _skip_operation(bits: _Bits) -> None:
    """Pass over timing and operating points (5.5.1)."""
    delay = 0
    if bits.take(1):  # timing
        bits.take(64)
        if bits.take(1):
            bits.skip_uvlc()
        if bits.take(1):  # decoder model
            delay = bits.take(5) + 1
            bits.take(32 + 5 + 5)
    display_delay = bits.take(1)
    for _ in range(bits.take(5) + 1):
        bits.take(12)
        if bits.take(5) > 7:
            bits.take(1)
        if delay and bits.take(1):
            bits.take(2 * delay + 1)
        if display_delay and bits.take(1):
            bits.take(4)
