"""A font whose figures 0 to 9 are the equally wide ones that it has beside its usual ones.

A feature of text (``tnum``) would choose them as well. But such a figure has no code of its own in
the font, so that it is a shape without a meaning in a PDF: a number could not be searched there, or
copied.
"""

from __future__ import annotations

import struct

_EQUAL_ZERO = 249
"""The place of the equally wide 0 among the shapes of Atkinson Hyperlegible; 1 to 9 follow it."""
_ZERO, _NINE = ord("0"), ord("9")


def with_equal_figures(font: bytes) -> bytes:
    """A TrueType font with other shapes for its figures; raises ValueError if they are not found.

    Its table of codes (``cmap``) has a run of codes for the figures alone; what is added to a code
    there to get the place of a shape is changed.
    """
    changed = bytearray(font)
    entries = {
        bytes(changed[at : at + 4]): at for at in range(12, 12 + 16 * _number(changed, 4), 16)
    }
    start, length = struct.unpack_from(">II", changed, entries[b"cmap"] + 8)
    found = 0
    for table in range(_number(changed, start + 2)):
        (offset,) = struct.unpack_from(">I", changed, start + 8 + 8 * table)
        found += _change_codes(changed, start + offset)
    if not found:
        raise ValueError("the font has no codes for its figures alone")
    total = _sum(changed[start : start + length])
    struct.pack_into(">I", changed, entries[b"cmap"] + 4, total)
    (head,) = struct.unpack_from(">I", changed, entries[b"head"] + 8)
    struct.pack_into(">I", changed, head + 8, 0)  # what the whole font is said to add up to
    struct.pack_into(">I", changed, head + 8, (0xB1B0AFBA - _sum(changed)) % 2**32)
    return bytes(changed)


def _change_codes(font: bytearray, table: int) -> bool:
    """Give the figures other shapes in one table of codes; whether it has them in a run."""
    if _number(font, table) != 4:  # of the formats that there are, the one that fonts have
        return False
    runs = _number(font, table + 6) // 2
    ends, starts = table + 14, table + 16 + 2 * runs
    for run in range(runs):
        codes = _number(font, starts + 2 * run), _number(font, ends + 2 * run)
        if codes == (_ZERO, _NINE):
            struct.pack_into(">h", font, starts + 2 * (runs + run), _EQUAL_ZERO - _ZERO)
            return True
    return False


def _number(font: bytearray, place: int) -> int:
    """Two bytes as a number."""
    (number,) = struct.unpack_from(">H", font, place)
    return int(number)


def _sum(part: bytearray) -> int:
    """What a part adds up to, in numbers of four bytes."""
    padded = bytes(part) + bytes(-len(part) % 4)
    total: int = sum(number for (number,) in struct.iter_unpack(">I", padded))
    return total % 2**32
