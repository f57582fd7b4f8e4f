"""The size that AV1 data itself claims (AV1 specification, 5.5): what a decoder will really make room for."""

from __future__ import annotations

from .boxes import NAME
from .facts import broken

_MOST_UNITS = 4
_MOST_HEADER_BYTES = 512
_SEQUENCE_HEADER = 1


class _Bits:
    """Reads bits from the most significant one on. Raises InvalidPicture at the end."""

    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data, "big")
        self._left = 8 * len(data)

    def read(self, count: int) -> int:
        """The next `count` bits as a number."""
        if count > self._left:
            raise broken(NAME, "its AV1 header is cut short")
        self._left -= count
        return self._value >> self._left & (1 << count) - 1

    def skip_uvlc(self) -> None:
        """Pass over a number written with as many leading zeros as it has further bits."""
        zeros = 0
        while zeros < 32 and not self.read(1):
            zeros += 1
        self.read(zeros % 32)


def sequence_header(data: bytes) -> bytes:
    """The sequence header, which comes near the beginning of AV1 data. Raises InvalidPicture without one."""
    position = 0
    for _ in range(_MOST_UNITS):
        if position >= len(data):
            break
        header = data[position]
        position += 2 if header & 4 else 1
        if header & 0x80 or not header & 2:
            break
        size, position = _leb128(data, position)
        if header >> 3 & 15 == _SEQUENCE_HEADER:
            return data[position : position + min(size, _MOST_HEADER_BYTES)]
        position += size
    raise broken(NAME, "its image data is no AV1 picture")


def frame_size(header: bytes) -> tuple[int, int]:
    """(width, height) that a sequence header claims. Raises InvalidPicture when it is cut."""
    bits = _Bits(header)
    bits.read(4)
    if bits.read(1):
        bits.read(5)
    else:
        _skip_operating_points(bits)
    width_bits, height_bits = bits.read(4) + 1, bits.read(4) + 1
    return bits.read(width_bits) + 1, bits.read(height_bits) + 1


def _leb128(data: bytes, position: int) -> tuple[int, int]:
    value = 0
    for place, byte in enumerate(data[position : position + 8]):
        value |= (byte & 0x7F) << 7 * place
        if not byte & 0x80:
            return value, position + place + 1
    raise broken(NAME, "its image data is no AV1 picture")


def _skip_operating_points(bits: _Bits) -> None:
    delay_bits = _skip_timing(bits) if bits.read(1) else 0
    has_display_delay = bits.read(1)
    for _ in range(bits.read(5) + 1):
        bits.read(12)
        if bits.read(5) > 7:
            bits.read(1)
        if delay_bits and bits.read(1):
            bits.read(2 * delay_bits + 1)
        if has_display_delay and bits.read(1):
            bits.read(4)


def _skip_timing(bits: _Bits) -> int:
    """Pass over the timing; the number of bits of a decoder's delay, 0 where there is no decoder model."""
    bits.read(64)
    if bits.read(1):
        bits.skip_uvlc()
    if not bits.read(1):
        return 0
    delay_bits = bits.read(5) + 1
    bits.read(42)
    return delay_bits
