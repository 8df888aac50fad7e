"""Writes animated GIFs, which slides and browsers alike play by themselves.

A frame holds only what has changed since the one before, in up to 255 colours of its own: the most
frequent ones; each other colour becomes the nearest of them. Format: GIF89a.
"""

from __future__ import annotations

import struct

import numpy as np
import numpy.typing as npt

from rnnstudio.core.errors import UserError

Pixels = npt.NDArray[np.uint32]
"""Colours as 0x00RRGGBB, (height, width)."""

LARGEST = 65_535
"""Pixels of a side that the format has room for."""
_UNCHANGED = 255
"""The index of what stays as it is in the frame before."""
_CLEAR, _END, _MOST_CODES = 256, 257, 4096
_CODE_BITS = 8
_LOOP_FOREVER = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"


class AnimatedGif:
    """Frames of one size that are played again and again.

    Raises UserError where ``width`` or ``height``, in pixels, is more than ``LARGEST``.
    """

    def __init__(self, width: int, height: int) -> None:
        if max(width, height) > LARGEST:
            raise UserError(
                "{width:n} x {height:n} pixels are too many for an animation.",
                width=width,
                height=height,
            )
        self.width, self.height = width, height
        self.frames = 0
        self._before: Pixels | None = None
        head = struct.pack("<6sHHBBB", b"GIF89a", width, height, 0x70, 0, 0)
        self._parts = [head, _LOOP_FOREVER]

    def add_frame(self, pixels: Pixels, seconds: float) -> None:
        """Show ``pixels``, (height, width), uint32, for so long after the frames before.

        Colours are 0x00RRGGBB and have no unit; ``seconds`` is in seconds.
        """
        pixels = pixels & np.uint32(0xFFFFFF)
        if self._before is None:
            changed = np.ones_like(pixels, dtype=bool)
        else:
            changed = pixels != self._before
        top, left, bottom, right = _bounds(changed)
        part = pixels[top:bottom, left:right]
        indices, palette = _indexed(part, changed[top:bottom, left:right])
        hundredths = max(2, round(100 * seconds))
        self._parts += [
            struct.pack("<BBBBHBB", 0x21, 0xF9, 4, 0b0101, hundredths, _UNCHANGED, 0),
            struct.pack("<BHHHHB", 0x2C, left, top, right - left, bottom - top, 0b1000_0111),
            palette,
            bytes([_CODE_BITS]),
            _in_blocks(_compressed(indices.tobytes())),
        ]
        self._before = pixels
        self.frames += 1

    def content(self) -> bytes:
        """The whole file with the frames so far."""
        return b"".join([*self._parts, b"\x3b"])


def _bounds(changed: npt.NDArray[np.bool_]) -> tuple[int, int, int, int]:
    """The smallest box around all that has changed, at least one pixel."""
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    if not rows.size:
        return 0, 0, 1, 1
    return int(rows[0]), int(columns[0]), int(rows[-1]) + 1, int(columns[-1]) + 1


def _indexed(pixels: Pixels, changed: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.uint8], bytes]:
    """The index of each pixel in a palette of 256 colours, and the palette as bytes."""
    colours, places, counts = np.unique(pixels[changed], return_inverse=True, return_counts=True)
    frequent = np.argsort(-counts, kind="stable")[:_UNCHANGED]
    chosen = colours[frequent]
    index_of = _nearest(_channels(colours), _channels(chosen))
    index_of[frequent] = np.arange(len(frequent))
    indices = np.full(pixels.shape, _UNCHANGED, np.uint8)
    indices[changed] = index_of[places]
    palette = np.zeros((_UNCHANGED + 1, 3), np.uint8)
    palette[: len(chosen)] = _channels(chosen)
    return indices, palette.tobytes()


def _channels(colours: npt.NDArray[np.uint32]) -> npt.NDArray[np.float32]:
    """Red, green and blue, 0 to 255: (colours, 3)."""
    shifts = np.array([16, 8, 0], np.uint32)
    return ((colours[:, None] >> shifts) & 0xFF).astype(np.float32)


def _nearest(
    wanted: npt.NDArray[np.float32], there: npt.NDArray[np.float32]
) -> npt.NDArray[np.intp]:
    """The place in ``there`` of the colour that is nearest to each of the wanted ones."""
    if not len(there):
        return np.zeros(len(wanted), np.intp)
    # |w - t|^2 without |w|^2, which is the same for all t
    distances = (there**2).sum(axis=1) - 2 * wanted @ there.T
    return np.asarray(distances.argmin(axis=1), np.intp)


def _compressed(indices: bytes) -> bytes:
    """LZW as GIF has it: codes of 9 to 12 bits, the lowest bit first."""
    out = bytearray()
    known: dict[int, int] = {}
    pending, bits, width = _CLEAR, _CODE_BITS + 1, _CODE_BITS + 1
    prefix = -1
    for index in indices:
        if prefix < 0:
            prefix = index
            continue
        key = prefix << _CODE_BITS | index
        code = known.get(key)
        if code is not None:
            prefix = code
            continue
        pending |= prefix << bits
        bits += width
        free = _END + 1 + len(known)
        if free < _MOST_CODES:
            known[key] = free
            width += free == 1 << width
        else:
            pending |= _CLEAR << bits
            bits += width
            known.clear()
            width = _CODE_BITS + 1
        prefix = index
        if bits >= 64:
            whole = bits // 8
            out += (pending & ((1 << 8 * whole) - 1)).to_bytes(whole, "little")
            pending >>= 8 * whole
            bits -= 8 * whole
    pending |= prefix << bits
    bits += width
    # The reader has added a code for the one just written, which may have made them wider.
    free = _END + 1 + len(known)
    width += free == 1 << width and width < 12
    pending |= _END << bits
    bits += width
    return bytes(out) + pending.to_bytes(-(-bits // 8), "little")


def _in_blocks(content: bytes) -> bytes:
    """``content`` in blocks of up to 255 bytes, each with its length before it."""
    blocks = (content[at : at + 255] for at in range(0, len(content), 255))
    return b"".join(bytes([len(block)]) + block for block in blocks) + b"\x00"
